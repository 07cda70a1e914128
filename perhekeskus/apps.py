from django.apps import AppConfig


class PerhekeskusConfig(AppConfig):
    name = "perhekeskus"
    verbose_name = "Perhekeskus"

    def ready(self) -> None:
        # Before the first word is asked for: a catalogue that came later would not be read.
        from . import catalogues

        catalogues.ensure()
