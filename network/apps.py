from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = "Verkosto"

    def ready(self) -> None:
        from . import (
            account_messages,  # noqa: F401  (registers the letter of a changed address)
            card_messages,  # noqa: F401  (registers the letter of old cards)
            code_messages,  # noqa: F401  (registers the letter of the family's one-time code)
            consultation_messages,  # noqa: F401  (registers the letters of asking for advice)
            duties,  # noqa: F401  (registers what a worker can have in hand)
            figures,  # noqa: F401  (registers what is counted, in words)
            gathering_letters,  # noqa: F401  (registers the letters of meetings and forums)
            letters,  # noqa: F401  (registers the letters to colleagues)
            messages,  # noqa: F401  (registers the letters of invitations)
        )
