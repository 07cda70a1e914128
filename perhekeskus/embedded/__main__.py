"""`python -m perhekeskus.embedded run`, `exec -- command` and `reset`: see docs/operations.md."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from .application import PROJECT
from .console import CannotStart, say
from .data_folder import DataFolder
from .postgres import Postgres
from .process import die_with_parent
from .servers import embedded_servers
from .supervisor import Supervisor


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m perhekeskus.embedded")
    parser.add_argument("--with-parent", action="store_true", help="sammuu, kun käynnistäjä kuolee")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="kaikki käyntiin yhdellä komennolla")
    execute = commands.add_parser("exec", help="aja komento mukana tulevien palvelinten kanssa")
    execute.add_argument("--data", help="tietokansio; ilman sitä väliaikainen")
    execute.add_argument("--durable", action="store_true", help="tietokanta kuten käytössä")
    execute.add_argument("words", nargs=argparse.REMAINDER)
    commands.add_parser("reset", help="esittely alkuun: tietokanta ja tiedostot pois")
    arguments = parser.parse_args()
    if arguments.with_parent:
        die_with_parent(signal.SIGTERM)
    try:
        if arguments.command == "run":
            return run_everything()
        if arguments.command == "exec":
            words = arguments.words[1:] if arguments.words[:1] == ["--"] else arguments.words
            return execute_with_servers(words, data=arguments.data, durable=arguments.durable)
        return reset()
    except CannotStart as reason:
        say(str(reason))
        return 1


def data_folder() -> Path:
    return Path(os.environ.get("DATA") or PROJECT / ".data")


def run_everything() -> int:
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise CannotStart(f"PORT on numero väliltä 0–65535, ei {port}.")
    host = os.environ.get("BIND") or "127.0.0.1"
    return Supervisor(data_folder(), host=host, port=int(port)).run()


def execute_with_servers(words: list[str], *, data: str | None, durable: bool) -> int:
    """Run the command with DATABASE_URL and REDIS_URL of servers made for it; answer with its exit code."""
    if not words:
        raise CannotStart("Anna komento: python -m perhekeskus.embedded exec -- komento")
    temporary = None if data else tempfile.mkdtemp(prefix="yhteinen-aika-")
    folder = DataFolder(Path(data or str(temporary)))
    folder.hold()
    try:
        with embedded_servers(folder, durable=durable) as urls:
            own = {"DATA": str(folder.path)} if temporary else {}
            return wait_for(subprocess.Popen(words, env=os.environ | own | urls, preexec_fn=end_with_us))
    finally:
        folder.release()
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)


def end_with_us() -> None:
    die_with_parent(signal.SIGTERM)


def wait_for(command: subprocess.Popen[bytes]) -> int:
    """The command's exit code. Ctrl-C reaches it by itself, so here it only has to be outlived."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: command.terminate())
    signal.signal(signal.SIGHUP, lambda *_: command.terminate())
    code = command.wait()
    return code if code >= 0 else 128 - code


def reset() -> int:
    """Take away what the demonstration has gathered; the next start makes it anew."""
    if os.environ.get("DATABASE_URL"):
        raise CannotStart("Tietokanta on muualla (DATABASE_URL). Sen tietoja tämä komento ei poista.")
    path = data_folder()
    if not path.exists():
        say("Esittelyllä ei ole vielä tietoja.")
        return 0
    folder = DataFolder(path)
    folder.hold()
    try:
        folder.end_leftovers()
        Postgres(folder.path / "postgres", folder.logs / "postgres.log").end_leftover()
        for name in ("postgres", "valkey", "static", "fonts", "locale", "media", "tekstiviestit", "logs"):
            shutil.rmtree(folder.path / name, ignore_errors=True)
        for name in ("prepared.json", "run.json"):
            (folder.path / name).unlink(missing_ok=True)
    finally:
        folder.release()
    say("Esittely on tyhjennetty. Uusi alku: make run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
