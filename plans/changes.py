"""What is new in a version of the plan, beside the one before it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from perhekeskus.forms import clean_text
from perhekeskus.words import listed

from .doers import place_words, when_words, who_words
from .models import Measure, Plan
from .states import MeasureStatus, PlanStatus
from .when import contact_words


class Kind(Enum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    DONE = "done"
    PUT_ASIDE = "put_aside"


@dataclass(frozen=True)
class Row:
    """One row of a version: its number, the row it goes on from, and all that it says."""

    number: int
    follows: int | None
    says: str
    ended: Kind | None = None


@dataclass(frozen=True)
class Version:
    """What one version says: its texts by their names, and its rows by what they are of."""

    texts: dict[str, str]
    rows: dict[str, tuple[Row, ...]]


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was; `name` tells of what."""

    kind: Kind
    name: str
    before: str = ""
    after: str = ""


def what_changed(before: Version, after: Version) -> list[Change]:
    """Every difference, in the order of the plan: the texts, and then row by row."""
    found = []
    for name in [*before.texts, *(one for one in after.texts if one not in before.texts)]:
        old, new = before.texts.get(name, ""), after.texts.get(name, "")
        if old != new:
            kind = Kind.CHANGED if old and new else Kind.ADDED if new else Kind.REMOVED
            found.append(Change(kind, name, old, new))
    for name in [*before.rows, *(one for one in after.rows if one not in before.rows)]:
        found += _rows_changed(name, before.rows.get(name, ()), after.rows.get(name, ()))
    return found


def _rows_changed(name: str, before: Iterable[Row], after: Iterable[Row]) -> list[Change]:
    old = {row.number: row for row in before}
    pairs: list[tuple[Row, Row | None]] = [
        (row, old.pop(row.follows) if row.follows in old else None) for row in after
    ]
    # A version from before rows knew what they go on from: the same words are the same row. What was done
    # and is agreed on anew is another.
    same_words: dict[str, list[Row]] = {}
    for row in old.values():
        if row.ended is not None:
            continue
        same_words.setdefault(row.says, []).append(row)
    changes, gone = [], dict(old)
    for row, followed in pairs:
        if followed is None and same_words.get(row.says):
            gone.pop(same_words[row.says].pop(0).number)
        elif followed is None:
            changes.append(Change(Kind.ADDED, name, after=row.says))
        elif followed.says != row.says:
            changes.append(Change(Kind.CHANGED, name, followed.says, row.says))
    changes += [Change(row.ended or Kind.REMOVED, name, before=row.says) for row in gone.values()]
    return changes


def version_of(plan: Plan, *, is_the_later: bool) -> Version:
    """What the plan says, read with its sheet; of the earlier one the contact that was promised last."""
    contacts = sorted(plan.contacts.all(), key=lambda one: one.pk)
    contact = (contacts[0] if is_the_later else contacts[-1]) if contacts else None
    texts = {
        _("Tätä toivomme"): plan.wish,
        _("Voimavaramme"): plan.strengths,
        _("Miten seurataan"): plan.follow_up,
        _("Miten työntekijä ottaa yhteyttä perheeseen"): plan.contact_to_family,
        _("Miten perhe saa työntekijään yhteyden"): plan.contact_from_family,
        _("Vastuutyöntekijä"): listed(row.worker.name for row in plan.responsible_workers.all()),
        _("Seuraava yhteydenotto"): contact_words(contact) if contact is not None else "",
    }
    matters = tuple(Row(one.pk, one.follows_id, _clean(one.text)) for one in plan.matters.all())
    measures = tuple(
        Row(one.pk, one.follows_id, _says(one), _ended(one))
        for one in plan.measures.all()
        if not one.is_blank
    )
    return Version(
        {name: _clean(text) for name, text in texts.items()},
        {_("Mihin haetaan muutosta"): matters, _("Mitä tehdään"): measures},
    )


def changes_of(plan: Plan) -> list[Change]:
    """What is new in this version beside the one agreed before it; of the first one nothing."""
    if plan.version == 1:
        return []
    earlier = plan.situation.plans.exclude(status=PlanStatus.DRAFT).filter(version__lt=plan.version)
    before = earlier.with_sheet().order_by("-version").first()
    if before is None:
        return []
    return what_changed(version_of(before, is_the_later=False), version_of(plan, is_the_later=True))


def _clean(text: str) -> str:
    return clean_text(text).strip()


def _says(measure: Measure) -> str:
    """Kotona. Iltapala klo 20. Äiti ja isä, joka ilta"""
    does = ", ".join(filter(None, [who_words(measure), when_words(measure)]))
    what = _clean(measure.what)
    what = what if what.endswith((".", "!", "?")) else f"{what}."
    return " ".join(part for part in (f"{place_words(measure)}.", what, does) if part)


def _ended(measure: Measure) -> Kind | None:
    return {MeasureStatus.DONE: Kind.DONE, MeasureStatus.PUT_ASIDE: Kind.PUT_ASIDE}.get(measure.status)
