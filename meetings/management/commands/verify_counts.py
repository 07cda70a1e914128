from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meetings.counts import wrong_counts


class Command(BaseCommand):
    help = "Vertaa koonnin lukuja pidettyihin kokouksiin ja kertoo eroista."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = wrong_counts()
        for row in wrong:
            self.stderr.write(
                f"{row.municipality} {row.month:%Y-%m} {row.kind}:"
                f" koonnissa {row.counted}, pidetty {row.meetings}"
            )
        if wrong:
            raise CommandError(f"Koonnissa on {len(wrong)} väärää lukua.")
        self.stdout.write("Koonti täsmää.")
