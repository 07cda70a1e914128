"""Fill an empty database with the demonstration."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from network.models import Worker
from plans.demonstration.network import DESKS
from plans.demonstration.seeding import seed


class Command(BaseCommand):
    help = "Tee esittelyn tiedot: oikeat paikat, keksityt ihmiset, perheitä joka vaiheessa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="kuinka monta kertaa perheitä (oletus 1)")
        parser.add_argument("--seed", type=int, default=1, help="sama siemen, samat tiedot (oletus 1)")
        parser.add_argument("--once", action="store_true", help="älä tee mitään, jos tiedot ovat jo olemassa")

    def handle(self, *args: Any, scale: int, seed: int, once: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Esittelyn tietoja ei tehdä tuotantoon.")
        if scale < 1:
            raise CommandError("--scale on vähintään 1.")
        if Worker.objects.filter(email__in=[f"{name}@demo.example" for name in DESKS]).exists():
            if once:
                return
            raise CommandError("Esittelyn tiedot ovat jo olemassa. Tyhjennä ensin: make demo-reset.")
        started = time.monotonic()
        # One transaction: a start that is broken off leaves nothing half made.
        with transaction.atomic():
            _seed(self, scale, seed)
        self.stdout.write(f"Esittely on valmis ({time.monotonic() - started:.0f} s).")


def _seed(command: Command, scale: int, number: int) -> None:
    seed(scale=scale, seed_number=number, tell=command.stdout.write)
    # Every queued message asks for a drain when the transaction ends: hundreds at once. Beat drains anyway.
    connection.run_on_commit.clear()
