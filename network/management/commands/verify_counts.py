from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.recount import WrongNumber, WrongRows, mend, wrong_numbers, wrong_rows


class Command(BaseCommand):
    help = "Vertaa koonnin lukuja alusta asti laskettuihin ja kertoo eroista. Korjaa ne, kun niin pyydetään."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--mend", action="store_true", help="korjaa väärät luvut ja kerro, mitä korjattiin"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mend"]:
            rows, numbers = mend()
            self._tell(rows, numbers)
            self.stdout.write(
                f"Korjattiin {len(rows) + len(numbers)} väärää lukua."
                if rows or numbers
                else "Koonti täsmää: korjattavaa ei ole."
            )
            return
        rows, numbers = wrong_rows(), wrong_numbers()
        self._tell(rows, numbers)
        if rows or numbers:
            raise CommandError(f"Koonnissa on {len(rows) + len(numbers)} väärää lukua.")
        self.stdout.write("Koonti täsmää.")

    def _tell(self, rows: list[WrongRows], numbers: list[WrongNumber]) -> None:
        for one in rows:
            self.stderr.write(f"{one}: väärin {one.rows} rivillä")
        for wrong in numbers:
            self.stderr.write(
                f"{wrong.figure} {wrong.part or '–'} {wrong.municipality or 'yhteensä'} {wrong.month:%Y-%m}:"
                f" koonnissa {wrong.counted}, oikeasti {wrong.real}"
            )
