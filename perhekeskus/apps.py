from django.apps import AppConfig


class PerhekeskusConfig(AppConfig):
    name = "perhekeskus"
    verbose_name = "Perhekeskus"
