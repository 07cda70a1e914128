from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = "Verkosto"

    def ready(self) -> None:
        from . import messages  # noqa: F401  (registers the letters of this floor)
