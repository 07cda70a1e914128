from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meetings.advice_counts import wrong_advice_counts
from meetings.counts import wrong_counts


class Command(BaseCommand):
    help = "Vertaa koonnin lukuja pidettyihin kokouksiin ja annettuihin neuvoihin ja kertoo eroista."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = wrong_counts()
        for row in wrong:
            self.stderr.write(
                f"{row.municipality} {row.month:%Y-%m} {row.kind}:"
                f" koonnissa {row.counted}, pidetty {row.meetings}"
            )
        wrong_advice = wrong_advice_counts()
        for one in wrong_advice:
            self.stderr.write(
                f"{one.municipality} {one.month:%Y-%m} neuvot:"
                f" koonnissa {one.counted[0]} ja riitti {one.counted[1]},"
                f" vastattu {one.real[0]} ja riitti {one.real[1]}"
            )
        if wrong or wrong_advice:
            raise CommandError(f"Koonnissa on {len(wrong) + len(wrong_advice)} väärää lukua.")
        self.stdout.write("Koonti täsmää.")
