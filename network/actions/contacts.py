"""Keeping the yhteydenottolista: add, change, move, remove, bring back. Who did it stays in the history."""

from dataclasses import asdict, dataclass
from typing import Any

import pghistory
from django.db import transaction

from perhekeskus.refusals import require

from ..models import ContactRule, Municipality, Need, Team, Unit, Worker
from ..rules.contacts import Target, why_not_ask, why_not_edit_contacts, why_not_seen


@dataclass(frozen=True)
class Words:
    """What a row says besides whom to ask."""

    how: str = ""
    without_meeting: str = ""
    family_how: str = ""
    is_public: bool = False


def _lock(municipality_id: str) -> None:
    """One at a time changes the lists of a municipality: an order is of all its rows."""
    list(
        Municipality.objects.select_for_update(no_key=True)
        .filter(pk=municipality_id)
        .order_by("pk")
        .values_list("pk")
    )


def _columns(target: Target) -> dict[str, Target | None]:
    return {
        "unit": target if isinstance(target, Unit) else None,
        "team": target if isinstance(target, Team) else None,
        "worker": target if isinstance(target, Worker) else None,
    }


def _again(rule: ContactRule, seen_version: int) -> ContactRule:
    """The row as it is now, when it is still as its page showed it."""
    _lock(rule.municipality_id)
    now = (
        ContactRule.objects.select_related("need", "municipality", "unit", "team", "worker")
        .filter(pk=rule.pk)
        .first()
    )
    require(why_not_seen(now, seen_version))
    assert now is not None
    return now


@transaction.atomic
def add_rule(
    *, by: Worker, need: Need, municipality: Municipality, target: Target, words: Words
) -> ContactRule:
    """A new row at the end of the list of the need in the municipality."""
    with pghistory.context(worker=by.pk):
        require(why_not_edit_contacts(by))
        _lock(municipality.pk)
        require(why_not_ask(target, need, municipality, is_public=words.is_public))
        last = (
            ContactRule.objects.filter(need=need, municipality=municipality)
            .order_by("-position")
            .values_list("position", flat=True)
            .first()
        )
        return ContactRule.objects.create(
            need=need,
            municipality=municipality,
            position=(last or 0) + 1,
            **_columns(target),
            **asdict(words),
        )


@transaction.atomic
def change_rule(
    *, rule: ContactRule, by: Worker, target: Target, words: Words, seen_version: int
) -> ContactRule:
    """Change whom to ask or what is said of it; its place on the list stays."""
    with pghistory.context(worker=by.pk):
        require(why_not_edit_contacts(by))
        rule = _again(rule, seen_version)
        require(why_not_ask(target, rule.need, rule.municipality, is_public=words.is_public, than=rule))
        for name, value in (_columns(target) | asdict(words)).items():
            setattr(rule, name, value)
        rule.version += 1
        rule.save()
        return rule


@transaction.atomic
def move_rule(*, rule: ContactRule, by: Worker, up: bool, seen_version: int) -> ContactRule:
    """Change places with the neighbour above or below; at the end of the list nothing happens."""
    with pghistory.context(worker=by.pk):
        require(why_not_edit_contacts(by))
        rule = _again(rule, seen_version)
        others = ContactRule.objects.filter(need=rule.need, municipality=rule.municipality)
        if up:
            neighbour = others.filter(position__lt=rule.position).order_by("-position").first()
        else:
            neighbour = others.filter(position__gt=rule.position).order_by("position").first()
        if neighbour is None:
            return rule
        # The order of positions is checked when the transaction ends.
        rule.position, neighbour.position = neighbour.position, rule.position
        for one in (rule, neighbour):
            one.version += 1
            one.save(update_fields=["position", "version"])
        return rule


@transaction.atomic
def remove_rule(*, rule: ContactRule, by: Worker, seen_version: int) -> None:
    """Take the row off the list; the history keeps it, and it can be brought back from there."""
    with pghistory.context(worker=by.pk):
        require(why_not_edit_contacts(by))
        _again(rule, seen_version).delete()


@transaction.atomic
def bring_back_rule(*, removed: Any, by: Worker) -> ContactRule:
    """Put a removed row (its last event) back at the end of its list, saying what it said."""
    chosen = {"unit": Unit, "team": Team, "worker": Worker}
    kind = next(name for name in chosen if getattr(removed, f"{name}_id"))
    return add_rule(
        by=by,
        need=Need.objects.get(pk=removed.need_id),
        municipality=Municipality.objects.get(pk=removed.municipality_id),
        target=chosen[kind].objects.get(pk=getattr(removed, f"{kind}_id")),  # type: ignore[attr-defined]
        words=Words(removed.how, removed.without_meeting, removed.family_how, removed.is_public),
    )
