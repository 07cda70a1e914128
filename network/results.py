"""What the search found, as the page shows it: name, place, and why, with the word marked."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import words
from perhekeskus.forms import Words

from .models import Need, Organisation, Team, TextSource, Unit, Worker
from .search import BREAKS, Match, Reason

# A long text is cut around the word.
AROUND = 60

OWN_FIELDS: dict[str, Words] = {
    "title": gettext_lazy("Ammatti"),
    "description": gettext_lazy("Mitä tekee"),
    "family": gettext_lazy("Perheen sanoin"),
    "words": gettext_lazy("Hakusanat"),
}


# --- the marked text -----------------------------------------------------------------------------


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without capitals and marks on letters, and for each of its letters the place in the text."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in unicodedata.normalize("NFD", letter.casefold()):
            if not unicodedata.combining(one):
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def _common(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def place_of(text: str, word: str) -> tuple[int, int] | None:
    """Where the word stands in the text: as it is, or else the word of the text that is most like it."""
    plain, places = _folded(text)
    asked, _places = _folded(word)
    if not asked:
        return None
    starts = [found.start() for found in re.finditer(re.escape(asked), plain)]
    if starts:
        first = next((at for at in starts if at == 0 or BREAKS.match(plain[at - 1])), starts[0])
        return places[first], places[first + len(asked) - 1] + 1
    best, where = 0.0, None
    for found in re.finditer(r"[^\s!-/:-@\[-`{-~]+", plain):
        alike = _common(found.group(), asked) + SequenceMatcher(None, found.group(), asked).ratio()
        if alike > best:
            best, where = alike, (places[found.start()], places[found.end() - 1] + 1)
    return where if best > 1 else None


def marked(text: str, asked: Iterable[str]) -> SafeString:
    """The text, made safe, with the asked words marked, and cut around them when it is long."""
    found = sorted(spot for word in asked if (spot := place_of(text, word)))
    first, last = 0, len(text)
    if last > 3 * AROUND:
        middle = found[0][0] if found else 0
        first = max(0, middle - AROUND)
        first = text.rfind(" ", 0, first) + 1 if first else 0
        last = min(last, middle + 2 * AROUND)
    html, at = ["… " if first else ""], first
    for start, end in found:
        if start < at or end > last:
            continue
        html += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    html += [escape(text[at:last]), " …" if last < len(text) else ""]
    return mark_safe("".join(html))


# --- the rows ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Because:
    """One line of why: what it is about, and the text."""

    label: Words
    text: SafeString


@dataclass(frozen=True)
class Row:
    """One thing that was found."""

    kind: str
    pk: int
    kind_name: Words
    icon: str
    initials: str
    name: str
    note: str
    url: str
    reasons: list[Because]
    # A sentence, where it matters to who chooses, when the person is away just now.
    away: str = ""


ICONS = {
    TextSource.WORKER: "",
    TextSource.UNIT: "building-2",
    TextSource.ORGANISATION: "landmark",
    TextSource.TEAM: "users",
    TextSource.NEED: "hand-heart",
}


def _label(match: Match, reason: Reason) -> Words:
    if reason.is_near:
        return _("Melkein sama")
    if reason.source == match.kind and reason.field in OWN_FIELDS:
        return OWN_FIELDS[reason.field]
    return TextSource(reason.source).label


def because(match: Match) -> list[Because]:
    """The reasons, each text once, with all the words that stand in it."""
    asked: dict[tuple[Words, str], list[str]] = {}
    for reason in match.reasons:
        asked.setdefault((_label(match, reason), reason.text), []).append(reason.word)
    return [Because(label, marked(text, typed)) for (label, text), typed in asked.items()]


def _note(thing: Model) -> str:
    parts: tuple[Any, ...] = ()
    if isinstance(thing, Worker):
        parts = (thing.title, thing.unit, thing.unit.municipality)
    elif isinstance(thing, Unit):
        parts = (thing.organisation, thing.municipality)
    elif isinstance(thing, Organisation):
        parts = (thing.get_sector_display(),)
    elif isinstance(thing, Team):
        parts = (thing.area,)
    elif isinstance(thing, Need):
        parts = (thing.family_words,)
    return ", ".join(str(part) for part in parts if str(part))


def _url(thing: Model) -> str:
    if isinstance(thing, Worker):
        return reverse("worker_detail", args=[thing.pk])
    if isinstance(thing, Unit):
        return reverse("unit_detail", args=[thing.pk])
    if isinstance(thing, Team):
        return reverse("team_detail", args=[thing.pk])
    if isinstance(thing, Need):
        return f"{reverse('contacts')}?need={thing.pk}"
    if isinstance(thing, Organisation):
        return f"{reverse('directory')}?organisation={thing.pk}"
    return ""


def row_of(kind: str, thing: Any, reasons: list[Because]) -> Row:
    source = TextSource(kind)
    return Row(
        kind=kind,
        pk=thing.pk,
        kind_name="" if source == TextSource.WORKER else source.label,
        icon=ICONS[source],
        initials=words.initials(str(thing)) if source == TextSource.WORKER else "",
        name=str(thing),
        note=_note(thing),
        url=_url(thing),
        reasons=reasons,
    )


WITH: dict[str, tuple[str, ...]] = {
    TextSource.WORKER: ("unit__municipality",),
    TextSource.UNIT: ("organisation", "municipality"),
    TextSource.TEAM: ("area",),
}


def with_their_own(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The things of a kind together with what their rows tell."""
    return rows.select_related(*WITH[kind]) if kind in WITH else rows


def rows_of(matches: Iterable[Match], among: dict[str, QuerySet[Any]]) -> list[Row]:
    """The rows in the order of the matches; one query for each kind of thing."""
    matches = list(matches)
    things: dict[tuple[str, int], Any] = {}
    for kind in sorted({match.kind for match in matches}):
        pks = [match.pk for match in matches if match.kind == kind]
        found = with_their_own(kind, among[kind]).filter(pk__in=pks).order_by("pk")
        things |= {(kind, thing.pk): thing for thing in found}
    return [
        row_of(match.kind, thing, because(match))
        for match in matches
        if (thing := things.get((match.kind, match.pk)))
    ]
