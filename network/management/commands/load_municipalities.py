import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from network.models import Municipality
from network.tiles import place_on_map

FILE = Path(__file__).resolve().parents[2] / "data" / "municipalities.csv"


class Command(BaseCommand):
    help = (
        "Lisää Suomen kunnat ja niiden paikat ruutukartalla. Luettelossa jo olevaa ei muuteta:"
        " pääkäyttäjä on voinut korjata sitä."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        before = Municipality.objects.count()
        with FILE.open(encoding="utf-8", newline="") as lines:
            Municipality.objects.bulk_create(
                [Municipality(**row) for row in csv.DictReader(lines)], ignore_conflicts=True
            )
        after = Municipality.objects.count()
        placed = place_on_map()
        self.stdout.write(
            f"Kuntia on {after}, uusia {after - before}. Ruutukartalle sai paikan {placed} kuntaa."
        )
