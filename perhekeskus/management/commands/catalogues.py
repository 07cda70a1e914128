"""Make what gettext reads of the house's words in other languages."""

from typing import Any

from django.core.management.base import BaseCommand

from perhekeskus import catalogues


class Command(BaseCommand):
    help = "Tekee käännöksistä (locale/*.po) tiedostot kansioon CATALOGUE_DIR, jos ne ovat muuttuneet."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in catalogues.ensure():
            self.stdout.write(str(path))
