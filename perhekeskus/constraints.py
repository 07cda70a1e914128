"""Constraints and triggers that several models share."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def paired(*fields: str, name: str) -> CheckConstraint:
    """All of the fields are set, or none of them is."""
    none_set = Q(**{f"{field}__isnull": True for field in fields})
    all_set = Q(**{f"{field}__isnull": False for field in fields})
    return CheckConstraint(
        condition=none_set | all_set,
        name=name,
        violation_error_message=_("Aika ja tekijä kirjataan aina yhdessä."),
    )


def exactly_one(*fields: str, name: str, sentence: "StrOrPromise") -> CheckConstraint:
    """Exactly one of the fields is set."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return CheckConstraint(condition=condition, name=name, violation_error_message=sentence)


def only_moves(field: str, moves: dict, name: str) -> pgtrigger.Trigger:
    """The status column only makes the moves of the table `moves` (from → set of to)."""
    allowed = " OR ".join(
        f"(OLD.{field} = '{start.value}' AND NEW.{field} = '{end.value}')"
        for start, ends in moves.items()
        for end in sorted(ends, key=lambda end: end.value)
    )
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(field),
        func=f"""
            IF NEW.{field} IS DISTINCT FROM OLD.{field} AND NOT ({allowed}) THEN
                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.{field}, NEW.{field}
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )


def append_only(name: str) -> pgtrigger.Trigger:
    """Rows are neither changed nor removed; erasure by retention switches the trigger off for itself."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def sealed(
    name: str,
    *,
    condition: pgtrigger.Condition,
    sentence: str,
    operation: pgtrigger.Operation = pgtrigger.Update | pgtrigger.Delete,
    only_if: str = "TRUE",
) -> pgtrigger.Trigger:
    """A row that is as the condition, and the SQL of `only_if`, say is not changed: the sentence says why."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=f"""
            IF {only_if} THEN
                RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        """,
    )


def has_ends(field: str, *, name: str) -> CheckConstraint:
    """The period has a beginning and an end, unless it is missing altogether."""
    return CheckConstraint(
        condition=Q(
            **{
                f"{field}__isempty": False,
                f"{field}__lower_inf": False,
                f"{field}__upper_inf": False,
            }
        ),
        name=name,
        violation_error_message=_("Ajalla on alku ja loppu."),
    )
