"""Meetings by the million, to see that the coordinator's pages stay quick."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network.models import Worker
from plans.demonstration.many_meetings import load_meetings

LONGEST = 120


class Command(BaseCommand):
    help = "Kirjoita keksittyjä tapaamisia kaikkiin Suomen kuntiin. Vain esittelyyn tai mittauksiin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--number", type=int, default=100_000, help="kuinka monta (oletus 100 000)")
        parser.add_argument(
            "--months", type=int, default=24, help="kuinka monelle viime kuukaudelle (oletus 24)"
        )

    def handle(self, *args: Any, number: int, months: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Keksittyjä tapaamisia ei kirjoiteta tuotantoon.")
        if number < 1 or not 1 <= months <= LONGEST:
            raise CommandError(f"--number on vähintään 1 ja --months 1–{LONGEST}.")
        # Whatever the environment is called: where a real person works, nothing invented is written.
        if Worker.objects.exclude(email__endswith=".example").exists():
            raise CommandError(
                "Tässä tietokannassa on muitakin kuin keksittyjä ihmisiä. Mitään ei kirjoitettu."
            )
        started = time.monotonic()
        load_meetings(number, months, self.stdout.write)
        self.stdout.write(f"Tapaamisia kirjoitettiin {number} ({time.monotonic() - started:.0f} s).")
