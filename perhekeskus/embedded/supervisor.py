"""One command that runs everything: the servers that come along, web, worker and beat."""

import errno
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from . import application
from .child import Child
from .console import CannotStart, say
from .data_folder import DataFolder
from .postgres import Postgres
from .process import die_with_parent
from .valkey import Valkey

SIGN_INS = [
    ("lähityöntekijä", "lahityontekija@demo.example"),
    ("vastuutyöntekijä", "vastuutyontekija@demo.example"),
    ("koordinaattori", "koordinaattori@demo.example"),
    ("ohjaus ja neuvonta", "ohjaus@demo.example"),
    ("esihenkilö", "esihenkilo@demo.example"),
    ("pääkäyttäjä", "paakayttaja@demo.example"),
]
PASSWORD = "yhteinen-aika-demo"
FINNISH = {
    "postgres": "tietokanta",
    "valkey": "viestinvälittäjä",
    "web": "verkkopalvelu",
    "worker": "taustatyöt",
    "beat": "ajastin",
}


class Stopped(Exception):
    """Somebody asked us to stop."""


class Supervisor:
    """Everything in one data folder, on one port, until it is asked to stop."""

    def __init__(self, data: Path, *, host: str, port: int) -> None:
        self.folder = DataFolder(data)
        self.host = host
        self.port = port
        self.servers: list[Postgres | Valkey] = []
        self.children: list[Child] = []
        self.ours: list[Child] = []
        self.stopping = False
        self.environment: dict[str, str] = {}

    @property
    def address(self) -> str:
        name = "localhost" if self.host in {"127.0.0.1", "0.0.0.0"} else self.host
        return f"http://{name}:{self.port}/"

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # Under nohup a closed terminal is no reason to stop.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._asked_to_stop)
        try:
            self.folder.hold()
            try:
                self.folder.end_leftovers()
                with self._listener() as listener:
                    self._start(listener)
                    self._watch()
            finally:
                self._stop_all()
                self.folder.release()
        except Stopped:
            say("Kaikki on sammutettu. Tiedot säilyivät.")
        except CannotStart as reason:
            say(str(reason))
            return 1
        return 0

    def _asked_to_stop(self, signal_number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _pause(self, seconds: float = 0.03) -> None:
        if self.stopping:
            raise Stopped
        time.sleep(seconds)

    def _listener(self) -> socket.socket:
        """The port, ours from now on; tried a moment, for a killed run's last process may just be leaving."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        give_up_at = time.monotonic() + 3
        while True:
            try:
                listener = socket.create_server((self.host, self.port), family=family, backlog=256)
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise CannotStart(
                        f"Osoitetta {self.host}:{self.port} ei voi avata: {error.strerror}."
                    ) from None
                if time.monotonic() > give_up_at:
                    raise CannotStart(
                        f"Portti {self.port} on jo käytössä. Valitse toinen: make run PORT={self.port + 1}"
                    ) from None
                self._pause(0.1)
            else:
                self.port = listener.getsockname()[1]
                return listener

    def _start(self, listener: socket.socket) -> None:
        self._start_servers()
        self._prepare()
        logs = self.folder.logs
        self.ours = [
            application.web(listener, self.environment, logs),
            application.worker(self.environment, logs),
            application.beat(self.environment, logs),
        ]
        # The page first: on a small machine the others would only slow down the one who waits for it.
        self._start_child(self.ours[0])
        self._wait_for_first_page()
        for child in self.ours[1:]:
            self._start_child(child)
        self._greet()

    def _start_child(self, child: Child) -> None:
        self.children.append(child)
        child.start()
        self._note()

    def _start_servers(self) -> None:
        logs = self.folder.logs
        settings = {"DATA": str(self.folder.path)}
        settings["ENVIRONMENT"] = os.environ.get("ENVIRONMENT") or "demonstration"
        settings["BASE_URL"] = os.environ.get("BASE_URL") or self.address.rstrip("/")
        started: list[tuple[str, Postgres | Valkey]] = []
        if not os.environ.get("DATABASE_URL"):
            if not (self.folder.path / "postgres" / "cluster").exists():
                say("Luodaan tietokanta …")
            started.append(("DATABASE_URL", Postgres(self.folder.path / "postgres", logs / "postgres.log")))
            settings["EMBEDDED_DATABASE"] = "1"
        if not os.environ.get("REDIS_URL"):
            started.append(("REDIS_URL", Valkey(self.folder.path / "valkey", logs / "valkey.log")))
        for _name, server in started:
            self.servers.append(server)
            self.children.append(server.start())
        self._note()
        for name, server in started:
            server.wait(self._pause)
            settings[name] = server.url
        self.environment = settings

    def _prepare(self) -> None:
        """Fonts, static files, the database's shape and the demonstration, when something has changed."""
        fingerprint = application.fingerprint()
        embedded = "DATABASE_URL" in self.environment
        if embedded and self.folder.prepared_for == fingerprint:
            return
        say("Valmistellaan …")
        commands = [
            ["subset_fonts"],
            ["collectstatic", "--noinput", "--verbosity", "0"],
            ["migrate", "--noinput", "--verbosity", "0"],
        ]
        if self.environment["ENVIRONMENT"] == "demonstration":
            commands.append(["seed_demo", "--once", "--scale", "1"])
        for words in commands:
            self._manage(*words)
        self.folder.prepared_for = fingerprint

    def _manage(self, *words: str) -> None:
        parent = os.getpid()

        def bind_to_parent() -> None:
            die_with_parent(signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        command = subprocess.Popen(
            application.management_command(*words),
            cwd=application.PROJECT,
            env=application.environment(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=None if words[0] == "seed_demo" else subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=bind_to_parent,
        )
        try:
            while command.poll() is None:
                self._pause()
        finally:
            if command.poll() is None:
                command.terminate()
                command.wait()
        if command.returncode:
            raise CannotStart(f"Valmistelu ei onnistunut: manage.py {' '.join(words)}")

    def _wait_for_first_page(self) -> None:
        web = self.ours[0]
        url = f"http://127.0.0.1:{self.port}/terveys/elossa"
        if self.host not in {"127.0.0.1", "0.0.0.0"}:
            url = f"{self.address}terveys/elossa"
        give_up_at = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(url, timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                if time.monotonic() > give_up_at:
                    break
            if web.has_fallen:
                break
            self._pause()
        raise CannotStart(f"Verkkopalvelu ei käynnistynyt. Loki: {web.log}\n{web.last_words(15)}")

    def _greet(self) -> None:
        say(f"\nYhteinen aika on käynnissä: {self.address}\n")
        if self.environment["ENVIRONMENT"] == "demonstration":
            say(f"Esittelyn tunnukset (kaikilla salasana {PASSWORD}):")
            for role, email in SIGN_INS:
                say(f"  {role:<20}{email}")
            say(f"\nLähteneet viestit: {self.address}demo/posti")
        say(f"Tiedot: {self.folder.path}\nLopetus: Ctrl-C\n")

    def _watch(self) -> None:
        while True:
            self._pause(0.2)
            for child in self.children:
                was_resting = bool(child.rests_until)
                if child.has_fallen and not was_resting:
                    name = FINNISH[child.name].capitalize()
                    say(f"{name} kaatui, käynnistetään uudelleen. Loki: {child.log}")
                if child.revive_if_fallen():
                    self._note()

    def _note(self) -> None:
        # PostgreSQL knows its own by a mark, and is never stopped the way the others are.
        self.folder.note(
            address=self.address, children=[child for child in self.children if child.name != "postgres"]
        )

    def _stop_all(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if not self.children:
            return
        if self.stopping:
            say("\nSammutetaan …")
        for child in self.ours:
            child.ask_to_stop()
        for child in self.ours:
            child.make_stop(8)
        for server in reversed(self.servers):
            server.stop()
        self.folder.forget()
