"""Reading the yhteydenottolista: one list, its history, and what is missing from all of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.lookups import Unaccent
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Lower, Replace
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import ContactRule, Municipality, Need, Team, Unit, Worker
from .models.contacts import TARGETS
from .querysets import ContactRuleQuerySet
from .sorting import finnish

Words = str | Promise


def in_order(rules: ContactRuleQuerySet) -> QuerySet[ContactRule]:
    """The rows in the order in which they are asked, with whom they name."""
    return (
        rules.with_people_of_team()
        .select_related("unit__organisation", "unit__municipality", "team", "worker__unit__municipality")
        .order_by("need_id", "position", "pk")
    )


def municipalities_in_use() -> QuerySet[Municipality]:
    """Those where somebody works: where a list is expected."""
    return Municipality.objects.filter(Exists(Unit.objects.filter(municipality=OuterRef("pk")))).order_by(
        finnish("name_fi")
    )


def needs_in_order() -> QuerySet[Need]:
    return Need.objects.order_by(finnish("name"))


# --- the address of a municipality ---------------------------------------------------------------


def municipality_at(word: str) -> Municipality | None:
    """The municipality whose public page has this word in its address."""
    return (
        Municipality.objects.alias(
            address=Replace(Lower(Unaccent("name_fi")), Value(" "), Value("-")),
        )
        .filter(address=word)
        .select_related("guidance_unit")
        .first()
    )


# --- what is missing -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Broken:
    """A row from which nobody answers, and why."""

    rule: ContactRule
    why: Words


@dataclass
class Gaps:
    """What is missing from a municipality's lists."""

    municipality: Municipality
    # Needs without anybody who answers.
    unanswered: list[Need] = field(default_factory=list)
    # Needs that are answered, but for which a family is shown nobody.
    not_public: list[Need] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.unanswered) + len(self.broken)


def why_broken(rule: ContactRule) -> Words | None:
    """Why nobody is reached by this row of `in_order`; None when somebody is."""
    if rule.worker is not None and not rule.worker.is_active:
        return gettext_lazy("Työntekijä on lähtenyt verkostosta.")
    if rule.unit is not None and not (rule.unit.phone or rule.unit.electronic_contact):
        return gettext_lazy("Yksiköllä ei ole puhelinnumeroa eikä sähköistä yhteydenottoa.")
    if rule.team is not None and not (rule.team.phone or rule.team_has_people):
        return gettext_lazy("Tiimissä ei ole ketään, jolta kysyä, eikä tiimillä ole puhelinnumeroa.")
    return None


def gaps(municipalities: Iterable[Municipality]) -> list[Gaps]:
    """What is missing from the lists of each, in the order given. Two queries."""
    needs = list(needs_in_order())
    found = {one.pk: Gaps(one) for one in municipalities}
    answered: dict[str, set[int]] = defaultdict(set)
    shown: dict[str, set[int]] = defaultdict(set)
    for rule in in_order(ContactRule.objects.filter(municipality__in=found)).select_related(
        "need", "unit__organisation", "unit__municipality", "team", "worker__unit__municipality"
    ):
        if why := why_broken(rule):
            found[rule.municipality_id].broken.append(Broken(rule, why))
            continue
        answered[rule.municipality_id].add(rule.need_id)
        if rule.is_public and (rule.team is None or rule.team.phone):
            shown[rule.municipality_id].add(rule.need_id)
    for code, one in found.items():
        one.unanswered = [need for need in needs if need.pk not in answered[code]]
        one.not_public = [need for need in needs if need.pk in answered[code] and need.pk not in shown[code]]
    return list(found.values())


# --- history -------------------------------------------------------------------------------------

# What is told of a change, in this order.
TOLD: dict[str, Words] = {
    "target": gettext_lazy("Keneltä kysytään"),
    "position": gettext_lazy("Järjestys"),
    "how": gettext_lazy("Miten otetaan yhteyttä"),
    "without_meeting": gettext_lazy("Mitä voi tehdä ilman tapaamista"),
    "family_how": gettext_lazy("Perheen sanoin"),
    "is_public": gettext_lazy("Näkyy perheille"),
}
DEEDS: dict[str, Words] = {
    "insert": gettext_lazy("Lisättiin listalle"),
    "update": gettext_lazy("Muutettiin"),
    "delete": gettext_lazy("Poistettiin listalta"),
}


@dataclass(frozen=True)
class Change:
    """One change of one row: when, by whom, to whom on the list, and what from what to what."""

    pk: int
    at: datetime
    who: str
    deed: Words
    name: str
    fields: tuple[tuple[Words, str, str], ...]
    can_be_brought_back: bool


def _events(need: Need, municipality: Municipality) -> list[Any]:
    model = ContactRule.pgh_event_model  # type: ignore[attr-defined]
    return list(
        model.objects.filter(need_id=need.pk, municipality_id=municipality.pk)
        .select_related("pgh_context")
        .order_by("pgh_id")
    )


def _names(events: Sequence[Any]) -> dict[tuple[str, int], str]:
    """The names of everybody whom the events mention, by kind and key. Three queries."""
    kinds: dict[str, set[int]] = {target: set() for target in TARGETS}
    for event in events:
        for target in TARGETS:
            if key := getattr(event, f"{target}_id"):
                kinds[target].add(key)
        if by := _by(event):
            kinds["worker"].add(by)
    models: dict[str, Any] = {"unit": Unit, "team": Team, "worker": Worker}
    return {
        (kind, key): str(row)
        for kind, keys in kinds.items()
        for key, row in models[kind]._base_manager.in_bulk(keys).items()
    }


def _target(event: Any) -> tuple[str, int]:
    """Whom the row named: kind and key."""
    return next((kind, key) for kind in TARGETS if (key := getattr(event, f"{kind}_id")))


def _on_list(events: Sequence[Any]) -> set[tuple[str, int]]:
    """Whom the list names now."""
    last = {event.pgh_obj_id: event for event in events}
    return {_target(event) for event in last.values() if event.pgh_label != "delete"}


def _by(event: Any) -> int | None:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    worker = metadata.get("worker")
    return worker if isinstance(worker, int) else None


def _facts(event: Any, names: dict[tuple[str, int], str]) -> dict[str, str]:
    """What the row said after (or, when it was removed, before) the event."""
    return {
        "target": names.get(_target(event), "–"),
        "position": str(event.position),
        "how": event.how,
        "without_meeting": event.without_meeting,
        "family_how": event.family_how,
        "is_public": _("kyllä") if event.is_public else _("ei"),
    }


def history(need: Need, municipality: Municipality) -> list[Change]:
    """Every change of the list, newest first. Four queries."""
    events = _events(need, municipality)
    names = _names(events)
    now: dict[int, dict[str, str]] = {}
    on_list = _on_list(events)
    changes = []
    for event in events:
        facts, before = _facts(event, names), now.get(event.pgh_obj_id, {})
        now[event.pgh_obj_id] = facts
        by = _by(event)
        changed = tuple(
            (label, before.get(name, ""), facts[name])
            for name, label in TOLD.items()
            if event.pgh_label == "update" and facts[name] != before.get(name)
        )
        if event.pgh_label == "update" and not changed:
            continue
        changes.append(
            Change(
                pk=event.pgh_id,
                at=event.pgh_created_at,
                who=names.get(("worker", by), "") if by else "",
                deed=DEEDS[event.pgh_label],
                name=facts["target"],
                fields=changed,
                can_be_brought_back=event.pgh_label == "delete" and _target(event) not in on_list,
            )
        )
    return changes[::-1]


def removed_row(need: Need, municipality: Municipality, key: int) -> Any | None:
    """The row as it was when it was removed by this event of the list."""
    model = ContactRule.pgh_event_model  # type: ignore[attr-defined]
    return model.objects.filter(
        need_id=need.pk, municipality_id=municipality.pk, pgh_id=key, pgh_label="delete"
    ).first()
