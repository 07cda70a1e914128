"""PostgreSQL and Valkey together, for as long as somebody needs them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from .data_folder import DataFolder
from .postgres import Postgres
from .valkey import Valkey


@contextmanager
def embedded_servers(folder: DataFolder, *, durable: bool = False) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of servers in the folder, but for what the environment already names."""
    servers: dict[str, Postgres | Valkey] = {}
    if not os.environ.get("DATABASE_URL"):
        log = folder.logs / "postgres.log"
        servers["DATABASE_URL"] = Postgres(folder.path / "postgres", log, durable=durable)
    if not os.environ.get("REDIS_URL"):
        servers["REDIS_URL"] = Valkey(folder.path / "valkey", folder.logs / "valkey.log")
    try:
        for server in servers.values():
            server.start()
        for server in servers.values():
            server.wait()
        yield {name: server.url for name, server in servers.items()}
    finally:
        for server in servers.values():
            with suppress(OSError):
                server.stop()
