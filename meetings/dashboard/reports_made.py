"""The reports that have been made and sent, and what has been changed in who gets them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from network.sorting import finnish
from perhekeskus.models import Message
from perhekeskus.states import MessageState

from ..models import MonthlyReport, ReportReceiver, ReportRequest, ReportSending
from ..models.reports import ReportLanguage
from ..report_letters import MONTHLY_REPORT

# A year of them, and the year before.
SHOWN = 24

Words = str | Promise

TOLD: dict[str, Words] = {
    "name": gettext_lazy("Nimi"),
    "email": gettext_lazy("Sähköposti"),
    "language": gettext_lazy("Raportin kieli"),
    "is_active": gettext_lazy("Saa raportin"),
}


def receivers_of(worker: Worker) -> QuerySet[ReportReceiver]:
    """The steering group: those who get the report first, each group as Finns sort them."""
    return ReportReceiver.objects.visible_to(worker).order_by("-is_active", finnish("name"), "pk")


def reports_of(worker: Worker) -> QuerySet[Any]:
    """The newest reports with how many of their letters have left and how many could not be delivered."""
    return (
        MonthlyReport.objects.visible_to(worker)
        .select_related("made_by")
        .order_by("-month", "-edition")[:SHOWN]
    )


def sent_of(worker: Worker, reports: list[int]) -> dict[int, dict[str, int]]:
    """By report how many letters were written, how many have left and how many were given up; one query."""
    state = Message.objects.filter(kind=MONTHLY_REPORT, about_id=OuterRef("pk")).values("state")[:1]
    counted = (
        ReportSending.objects.visible_to(worker)
        .filter(report__in=reports)
        .annotate(state=Cast(Subquery(state), CharField()))
        .values("report")
        .annotate(
            asked=Count("pk"),
            left=Count("pk", filter=Q(state=MessageState.SENT)),
            given_up=Count("pk", filter=Q(state=MessageState.GIVEN_UP)),
        )
        .order_by()
    )
    return {row["report"]: row for row in counted}


def latest_request(worker: Worker, month: date) -> ReportRequest | None:
    """The latest time that a new edition of the month was asked for."""
    requests = ReportRequest.objects.visible_to(worker).filter(month=month)
    return requests.select_related("asked_by", "report").first()


# --- changes -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One change of a receiver: when, by whom, of whom, and each thing before and after."""

    at: datetime
    who: str
    name: str
    fields: tuple[tuple[Words, str, str], ...]


def history() -> list[Change]:
    """Every change of who gets the report, newest first. Two queries."""
    events = list(
        ReportReceiver.pgh_event_model.objects.select_related("pgh_context").order_by("pgh_id")  # type: ignore[attr-defined]
    )
    people = Worker.objects.in_bulk({key for event in events if (key := _by(event))})
    before: dict[int, Any] = {}
    changes = []
    for event in events:
        by = people.get(_by(event) or 0)
        changes.append(
            Change(
                at=event.pgh_created_at,
                who=by.name if by else "",
                name=event.name,
                fields=_differences(before.get(event.pgh_obj_id), event),
            )
        )
        before[event.pgh_obj_id] = event
    return changes[::-1]


def _by(event: Any) -> int | None:
    worker = event.pgh_context.metadata.get("worker") if event.pgh_context else None
    return worker if isinstance(worker, int) else None


def _differences(before: Any, event: Any) -> tuple[tuple[Words, str, str], ...]:
    if event.pgh_label == "delete":
        return tuple((label, _said(event, name), "") for name, label in TOLD.items())
    return tuple(
        (label, _said(before, name) if before is not None else "", _said(event, name))
        for name, label in TOLD.items()
        if before is None or getattr(before, name) != getattr(event, name)
    )


def _said(event: Any, name: str) -> str:
    value = getattr(event, name)
    if name == "is_active":
        return _("kyllä") if value else _("ei")
    return str(ReportLanguage(value).label) if name == "language" else str(value)
