"""Cut the typeface out of its wheel into the data folder."""

from typing import Any

from django.core.management.base import BaseCommand

from perhekeskus import fonts


class Command(BaseCommand):
    help = "Tekee kirjasintiedostot kansioon FONT_DIR. Ei tee mitään, jos ne ovat ajan tasalla."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in fonts.ensure().values():
            self.stdout.write(str(path))
