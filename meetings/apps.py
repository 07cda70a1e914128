from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Yhteiset ajat"

    def ready(self) -> None:
        from . import (
            duties,  # noqa: F401  (registers what a worker can have in hand)
            messages,  # noqa: F401  (registers the letters of this floor)
        )
