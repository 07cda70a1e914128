"""Which languages the house speaks: Finnish, and those that have a catalogue."""

from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def spoken(language: str) -> str:
    """The language when its words exist, else Finnish: half a page in each would serve nobody."""
    has_words = any(
        (Path(folder) / language / "LC_MESSAGES" / "django.mo").is_file() for folder in settings.LOCALE_PATHS
    )
    return language if has_words and language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
