from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Suunnitelmat"

    def ready(self) -> None:
        from meetings.querysets import GROUNDS

        from . import (
            duties,  # noqa: F401  (registers what a worker can have in hand)
            messages,  # noqa: F401  (registers the letters of this floor)
        )
        from .querysets import RESPONSIBLE

        # Stronger than an invitation: the responsible worker sees everything.
        if RESPONSIBLE not in GROUNDS:
            GROUNDS.insert(2, RESPONSIBLE)
