from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.exchange.reading import Unreadable
from network.population_file import WrongFile, read_populations, take_in


class Command(BaseCommand):
    help = (
        "Lukee tiedostosta kuntien alle 18-vuotiaat: kunta;vuosi;alle_18. Kunta on numero tai nimi. Jos"
        " yksikin rivi on väärin, mitään ei tallenneta."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            new, corrected = take_in(read_populations(file.read_bytes()))
        except OSError as error:
            raise CommandError(f"Tiedostoa {file} ei voi lukea: {error.strerror}.") from error
        except (WrongFile, Unreadable) as error:
            raise CommandError(f"{error}\nMitään ei tallennettu.") from error
        self.stdout.write(f"Uusia lukuja {new}, korjattuja {corrected}.")
