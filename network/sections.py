"""The parts of Verkosto, as links on top of each of them."""

from django.urls import reverse
from django.utils.translation import gettext as _


def sections(current: str) -> list[dict[str, object]]:
    """{label, url, current} of each part; `current` is the URL name of the one that is open."""
    parts = [
        (_("Ihmiset"), "directory"),
        (_("Yksiköt"), "unit_list"),
        (_("Yhteydenottolista"), "contacts"),
        (_("Tiimit"), "team_list"),
    ]
    return [{"label": label, "url": reverse(name), "current": name == current} for label, name in parts]
