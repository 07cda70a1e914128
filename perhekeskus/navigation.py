"""The navigation: the sections that a reader may open, and the pages inside each.

Pages are named as strings: the ground imports nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Reader = Any


def everybody(reader: Reader) -> bool:
    return True


def works_with_families(reader: Reader) -> bool:
    return reader.works_with_families


def answers_families(reader: Reader) -> bool:
    return reader.works_with_families and reader.is_guidance


def reads_numbers(reader: Reader) -> bool:
    return reader.is_coordinator or reader.is_administrator


def supervises(reader: Reader) -> bool:
    return reader.is_supervisor


def administers(reader: Reader) -> bool:
    return reader.is_administrator


# Each page asks for the same three score.
@lru_cache(maxsize=512)
def _address(name: str, urlconf: str, prefix: str) -> str:
    """The page's address below the prefix; empty when the installation has no such page."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Place:
    """A page of the navigation: its words, its URL name, and the nouns of the pages that belong under it."""

    label: str | Promise
    name: str
    nouns: frozenset[str] = frozenset()
    may_open: Callable[[Reader], bool] = everybody

    @property
    def url(self) -> str:
        return _address(self.name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())

    def holds(self, request: HttpRequest) -> bool:
        """Whether the page that is asked for is this one or belongs under it."""
        match = request.resolver_match
        name = (match.url_name or "") if match else ""
        if name == self.name:
            return True
        return any(name == noun or name.startswith(f"{noun}_") for noun in self.nouns)


@dataclass(frozen=True)
class Section:
    """One word of the main menu, and the pages inside it; its first page is where the word leads."""

    label: str | Promise
    places: tuple[Place, ...]

    def open_places(self, reader: Reader) -> list[Place]:
        return [place for place in self.places if place.may_open(reader) and place.url]


SECTIONS = (
    Section(_("Kopissani"), (Place(_("Kopissani"), "home", may_open=works_with_families),)),
    Section(
        _("Tilanteet"),
        (
            Place(
                _("Tilanteet"),
                "situation_list",
                frozenset(
                    {
                        "situation",
                        "conversation",
                        "child_view",
                        "meeting",
                        "permission",
                        "handover",
                        "plan",
                        "responsibility",
                        "contact_record",
                    }
                ),
                works_with_families,
            ),
            Place(_("Yhteydenotot"), "incoming_list", frozenset({"incoming", "call"}), answers_families),
            Place(_("Neuvot"), "consultation_list", frozenset({"consultation"}), works_with_families),
        ),
    ),
    Section(
        _("Verkosto"),
        (
            Place(_("Ihmiset"), "directory", frozenset({"worker_detail"})),
            Place(_("Yhteydenottolista"), "contacts", frozenset({"contacts", "contact_rule"})),
            Place(_("Yksiköt"), "unit_list", frozenset({"unit_list", "unit_detail", "unit_update"})),
            Place(_("Tilat"), "room_list", frozenset({"room"})),
            Place(_("Tiimit"), "team_list", frozenset({"team"})),
            Place(_("Kartta"), "network_map"),
            Place(_("Tapaamislajit"), "kind_list", frozenset({"kind"})),
        ),
    ),
    Section(
        _("Yhteistyö"),
        (
            Place(_("Tiedotteet"), "bulletin_list", frozenset({"bulletin"})),
            Place(_("Ryhmät"), "group_list", frozenset({"group"})),
            Place(_("Foorumit"), "forum_list", frozenset({"forum"})),
            Place(_("Kehittämisasiat"), "development_need_list", frozenset({"development_need"})),
            Place(_("Epäkohdat"), "grievance_list", frozenset({"grievance"})),
            Place(_("Kiitokset ja palaute"), "thanks_list", frozenset({"thanks", "peer_feedback"})),
        ),
    ),
    Section(
        _("Yksikköni"), (Place(_("Yksikköni"), "supervised_unit", frozenset({"supervised"}), supervises),)
    ),
    Section(
        _("Koonti"),
        (
            Place(_("Yhteiset ajat"), "count_page", may_open=reads_numbers),
            Place(_("Matkan varrella"), "count_along", may_open=reads_numbers),
            Place(_("Osallistujat"), "count_people", may_open=reads_numbers),
            Place(_("Jälkeenpäin"), "count_afterwards", may_open=reads_numbers),
            Place(_("Palaute"), "count_feedback", may_open=reads_numbers),
            Place(_("Käyttöönotto"), "adoption_page", frozenset({"adoption"}), reads_numbers),
            Place(_("Kehittäminen"), "development_page", may_open=reads_numbers),
            Place(_("Raportti"), "count_report", frozenset({"count_report"}), reads_numbers),
            Place(_("Vastausta odottavat"), "incoming_list", may_open=reads_numbers),
        ),
    ),
    Section(_("Ylläpito"), (Place(_("Ylläpito"), "administration", may_open=administers),)),
)


def _is_under_administration(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("administration"))


def main_menu(request: HttpRequest) -> list[dict[str, Any]]:
    """[{label, url, current}] of the sections that the reader may open; empty without a sign-in."""
    reader = getattr(request, "user", None)
    if reader is None or not reader.is_authenticated:
        return []
    rows = []
    for section in SECTIONS:
        places = section.open_places(reader)
        if not places:
            continue
        url = places[0].url
        inside = any(place.holds(request) for place in places)
        if places[0].name == "administration":
            inside = inside or _is_under_administration(request)
        current = "page" if request.path == url else "true" if inside else ""
        rows.append({"label": section.label, "url": url, "current": current})
    return rows


def section_menu(request: HttpRequest) -> dict[str, Any] | None:
    """{label, rows: [{label, url, current}]} of the section one is in, when it has more pages than one."""
    reader = getattr(request, "user", None)
    if reader is None or not reader.is_authenticated:
        return None
    for section in SECTIONS:
        places = section.open_places(reader)
        if len(places) > 1 and any(place.holds(request) for place in places):
            return {
                "label": section.label,
                "rows": [
                    {
                        "label": place.label,
                        "url": place.url,
                        "current": "page"
                        if request.path == place.url
                        else "true"
                        if place.holds(request)
                        else "",
                    }
                    for place in places
                ],
            }
    return None
