"""`manage.py state_diagrams`: the diagrams of docs/architecture.md, drawn from the tables of moves."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

BEGIN = "<!-- state-diagram {name} -->"
END = "<!-- /state-diagram -->"


def drawn(moves: dict[Any, set[Any]]) -> str:
    """The table of moves as a Mermaid state diagram; a state that leads nowhere is an end."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in moves]
    first = next(iter(moves))
    lines.append(f"    [*] --> {first.value}")
    for start, ends in moves.items():
        ordered = [end for end in moves if end in ends]
        lines += [f"    {start.value} --> {end.value}" for end in ordered]
        if not ends:
            lines.append(f"    {start.value} --> [*]")
    return "\n".join([*lines, "```"])


class Command(BaseCommand):
    help = "Piirtää tilakaaviot dokumenttiin docs/architecture.md siirtymätaulukoista."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Älä kirjoita, vaan kerro, onko jokin vanhentunut."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "architecture.md"
        text = fresh = path.read_text(encoding="utf-8")
        for name, where in settings.STATE_TABLES.items():
            begin = BEGIN.format(name=name)
            before, found, rest = fresh.partition(begin)
            _old, closed, after = rest.partition(END)
            if not found or not closed:
                raise CommandError(f"Dokumentista puuttuu kaavion paikka: {begin}")
            fresh = f"{before}{begin}\n{drawn(import_string(where))}\n{END}{after}"
        if fresh == text:
            self.stdout.write("Tilakaaviot ovat ajan tasalla.")
        elif options["check"]:
            raise CommandError("Tilakaaviot ovat vanhentuneet: aja manage.py state_diagrams.")
        else:
            path.write_text(fresh, encoding="utf-8")
            self.stdout.write("Tilakaaviot piirrettiin uudelleen.")
