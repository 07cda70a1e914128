"""The ways a plan can be printed besides the one that the family needs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Situation
from meetings.rules.addresses import why_not_have_address
from meetings.rules.situations import why_not_edit_family
from network.models import Family, Worker
from perhekeskus.catalogues import LANGUAGES
from perhekeskus.languages import spoken
from perhekeskus.paper import Layout
from perhekeskus.printing import LANGUAGE_PARAMETER, LAYOUT_PARAMETER

from .paper import layout_of

IN_LANGUAGE = {"fi": "suomeksi", "sv": "på svenska", "en": "in English"}


@dataclass(frozen=True)
class Choice:
    """A link to another print of the same paper; `language` is that of the label."""

    label: str
    url: str
    language: str = "fi"


def choices(family: Family, url: str) -> list[Choice]:
    """The other layouts, then the other languages, each as an address of its own."""
    usual = layout_of(family)
    labels = {
        Layout.ORDINARY: _("tavallisella tekstillä"),
        Layout.LARGE: _("isolla tekstillä"),
        Layout.EASY: _("selkokielellä"),
        Layout.INTERPRETER: _("tulkin kanssa"),
    }
    layouts = [
        Choice(str(label), f"{url}?{LAYOUT_PARAMETER}={layout}")
        for layout, label in labels.items()
        if layout != usual
    ]
    own = "fi" if usual == Layout.INTERPRETER else spoken(family.language)
    languages = [
        Choice(
            IN_LANGUAGE[code],
            f"{url}?{LAYOUT_PARAMETER}={Layout.ORDINARY}&{LANGUAGE_PARAMETER}={code}",
            code,
        )
        for code in ("fi", *LANGUAGES)
        if code != own
    ]
    return layouts + languages


def address_url(situation: Situation, worker: Worker) -> str:
    """Where the worker writes down the family's postal address; empty when they may not, or there is none."""
    if why_not_edit_family(worker, situation) or why_not_have_address(situation.family):
        return ""
    return reverse("situation_address", args=[situation.pk])
