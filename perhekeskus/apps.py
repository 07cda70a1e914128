from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PerhekeskusConfig(AppConfig):
    name = "perhekeskus"
    verbose_name = "Perhekeskus"

    def ready(self) -> None:
        # Before the first word is asked for: a catalogue that came later would not be read.
        from . import catalogues, connections

        catalogues.ensure()
        connection_created.connect(connections.ignore_no_trigger)
