"""To whom the koppi can be offered, found by a few letters however many they are; and offers nobody takes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import TextSource, Unit, Worker
from network.reaching import away
from network.results import Row, row_of, rows_of, with_their_own
from network.search import Match, search
from network.sorting import by_name

from .consulting import adviser_of
from .models import Handover, Situation
from .rules.handovers import Receiver
from .untouched import days_since
from .waiting import Waiting, number_of

MOST_FOUND = 20


def _receivers(situation: Situation) -> dict[str, QuerySet[Any]]:
    could = Worker.objects.working_with_families().exclude(pk=situation.holder_id)
    units = Unit.objects.filter(Exists(could.order_by().filter(unit=OuterRef("pk"))))
    return {TextSource.WORKER: could, TextSource.UNIT: units}


def receivers_found(text: str, situation: Situation) -> list[Row]:
    """Those whom the text finds; without a text the holder's own place of work and its people."""
    among = _receivers(situation)
    if text.strip():
        rows = rows_of(_matches(text, among, situation.family.municipality_id), among)
    else:
        rows = _of_own_unit(situation.holder.unit_id, among)
    gone = away([row.pk for row in rows if row.kind == TextSource.WORKER])
    offer = reverse("handover_offer", args=[situation.pk])
    return [
        replace(
            row,
            url=f"{offer}?to={row.kind}-{row.pk}",
            away=gone.get(row.pk, "") if row.kind == TextSource.WORKER else "",
        )
        for row in rows
    ]


def _matches(text: str, among: dict[str, QuerySet[Any]], town: str) -> list[Match]:
    """Those of the family's own municipality first; what is nearly the same only when nothing else is."""
    workers, units = among[TextSource.WORKER], among[TextSource.UNIT]
    near: dict[str, QuerySet[Any]] = {
        TextSource.WORKER: workers.filter(unit__municipality=town),
        TextSource.UNIT: units.filter(municipality=town),
    }
    far: dict[str, QuerySet[Any]] = {
        TextSource.WORKER: workers.exclude(unit__municipality=town),
        TextSource.UNIT: units.exclude(municipality=town),
    }
    for how in ({}, {"near": True}, {"partial": True}):
        found = [one for place in (near, far) for one in search(text, place, most=MOST_FOUND, **how).matches]
        if found:
            return found[:MOST_FOUND]
    return []


def _of_own_unit(unit_id: int, among: dict[str, QuerySet[Any]]) -> list[Row]:
    units = with_their_own(TextSource.UNIT, among[TextSource.UNIT]).filter(pk=unit_id)
    workers = with_their_own(TextSource.WORKER, among[TextSource.WORKER]).filter(unit=unit_id)
    return [
        *(row_of(TextSource.UNIT, unit, []) for unit in units),
        *(row_of(TextSource.WORKER, worker, []) for worker in workers.order_by(*by_name())[:MOST_FOUND]),
    ]


def receiver_of(code: str) -> Receiver | None:
    """The worker or the unit whom the page names (worker-12, unit-3), or None."""
    found = adviser_of(code)
    return found if isinstance(found, Worker | Unit) else None


def uncaught_waiting(worker: Worker) -> Iterable[Waiting]:
    """One's own koppi that was offered long ago and that nobody has taken."""
    offers = Handover.objects.uncaught().filter(from_worker=worker, situation__holder=worker)
    for offer in offers.select_related("situation", "to_worker", "to_unit"):
        yield Waiting(
            at=offer.offered_at,
            title=_("Tarjoamaasi koppia ei ole otettu %(days)s päivään")
            % {"days": days_since(offer.offered_at)},
            text=f"{number_of(offer.situation)} · {offer.receiver_name}",
            action_label=_("Peru tai tarjoa toiselle"),
            action_url=offer.situation.get_absolute_url(),
        )
