"""The family's network: the family, the people close to it, and who works with it under a permission."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from network.models import Consent, Family
from network.states import MemberRole
from network.whereabouts import title_and_place_of_work
from perhekeskus import words
from perhekeskus.circles import Circles, Person, circles

from .models import Situation
from .people import shown_name, shown_work
from .services import service_row


def family_network(
    family: Family, situation: Situation | None, *, holder_word: str
) -> tuple[Circles, list[dict[str, Any]]]:
    """The picture, and the same people as numbered groups: {heading, rows: [{number, name, note, close_pk}]}.

    `holder_word` says what the one with the koppi is. Of a protected family's professionals no place of work
    is told.
    """
    members = list(family.members.all())
    close = list(family.close_people.all())
    permitted = {one.close_person_id for one in _in_force(family) if one.close_person_id is not None}
    groups: list[tuple[str, list[dict[str, Any]]]] = [
        (_("Lapset"), [_row(one.first_name) for one in members if one.role == MemberRole.CHILD]),
        (_("Huoltajat"), [_row(one.first_name) for one in members if one.role == MemberRole.GUARDIAN]),
        (
            _("Läheiset"),
            [
                _row(
                    one.name,
                    f"{one.relation} · {_('lupa annettu')}" if one.pk in permitted else one.relation,
                    close_pk=one.pk,
                )
                for one in close
            ],
        ),
        (_("Ammattilaiset, jotka ovat jo mukana"), _professionals(family, situation, holder_word)),
    ]
    picture = circles(
        [(heading, [Person(row["name"]) for row in rows]) for heading, rows in groups],
        _("Perheen verkosto"),
    )
    number = 0
    shown = []
    for heading, rows in groups:
        for row in rows:
            number += 1
            row["number"] = number
        shown.append({"heading": heading, "rows": rows, "is_close": heading == groups[2][0]})
    return picture, shown


def _in_force(family: Family) -> list[Consent]:
    return list(family.consents.in_force().with_receivers().order_by("given_at", "pk"))


def _professionals(family: Family, situation: Situation | None, holder_word: str) -> list[dict[str, Any]]:
    """The one with the koppi, and everybody who has been let in, each once with all that they may."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    if situation is not None and situation.is_open:
        holder = situation.holder
        rows["worker", holder.pk] = _row(
            holder.name, f"{title_and_place_of_work(holder, family)} · {holder_word}"
        )
    purposes: dict[tuple[str, int], list[str]] = {}
    for consent in _in_force(family):
        ((kind, key),) = [(field, pk) for field, pk in consent.receiver_ids.items() if pk is not None]
        if kind == "close_person":
            continue
        rows.setdefault((kind, key), _row(shown_name(consent, family), shown_work(consent, family)))
        purpose = str(consent.get_purpose_display())
        if purpose not in purposes.setdefault((kind, key), []):
            purposes[kind, key].append(purpose)
    for one, said in purposes.items():
        rows[one]["note"] = _joined([rows[one]["note"], words.listed(said)])
    # Who helps already, by the family's own telling; a worker who has been let in stands there already.
    helping = family.services.select_related("worker")
    told = [one for one in helping if one.worker_id is None or ("worker", one.worker_id) not in rows]
    shown = [service_row(one, family) for one in told]
    return [*rows.values(), *(_row(row["name"], row["note"]) for row in shown)]


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _row(name: str, note: str = "", *, close_pk: int | None = None) -> dict[str, Any]:
    return {"name": name, "note": note, "close_pk": close_pk, "number": 0, "url": ""}
