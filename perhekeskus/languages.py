"""Which languages the house speaks: its papers and letters those that have a catalogue, its pages Finnish."""

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from .catalogues import LANGUAGES


def spoken(language: str) -> str:
    """The language of a paper or a letter: the family's when we have its words, else Finnish."""
    return language if language in LANGUAGES else settings.LANGUAGE_CODE


def spoken_on_pages(_language: str) -> str:
    """Finnish, until the pages are whole in another: half a page in each would serve nobody."""
    return settings.LANGUAGE_CODE


# What the shared time is called in one place and another: the names that the catalogues know.
KNOWN_NAMES = (gettext_noop("Yhteinen aika"), gettext_noop("Yhdessä aika"))


def shared_time_name() -> str:
    """In the language that is active; a name that the catalogues don't know stays as it was given."""
    return gettext(settings.SHARED_TIME_NAME)
