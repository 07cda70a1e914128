from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.search import wrong_texts


class Command(BaseCommand):
    help = "Vertaa haun sanoja verkoston tietoihin ja kertoo eroista."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = wrong_texts()
        for source, key, field in wrong:
            self.stderr.write(f"{source} {key} {field}")
        if wrong:
            raise CommandError(f"Haussa on {len(wrong)} väärää tekstiä.")
        self.stdout.write("Haku täsmää.")
