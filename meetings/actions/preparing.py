"""Agreeing beforehand: what the meeting is for, who leads, its agenda, and the setting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Unit, Worker
from perhekeskus.refusals import Refused, require

from ..agenda import AgendaLine
from ..models import AgendaItem, Errand, Kind, Meeting, Preparation
from ..rules import preparing as rules
from ..rules.kinds import why_not_of_kind
from ..rules.meetings import why_not_fresh
from ..states import OPEN_MEETINGS, Decision, InterpreterState, PlaceKind
from .agendas import copy_agenda
from .convening import changed, locked
from .leading import possible_leaders


@dataclass(frozen=True)
class Agreement:
    """What is agreed, in plain words, and vetovastuu: which unit leads and who consults (participations)."""

    kind: Kind
    goal: str = ""
    means: str = ""
    division: str = ""
    family_asked: str = ""
    leading_unit: Unit | None = None
    consulting: Collection[int] = ()


@transaction.atomic
def agree(*, meeting: Meeting, by: Worker, agreement: Agreement, seen_version: int | None) -> Meeting:
    """Write down what was agreed beforehand; another kind brings its own agenda."""
    meeting = locked(meeting, seen_version)
    require(rules.why_not_agree(by, meeting))
    if agreement.leading_unit is not None and agreement.leading_unit not in units_that_come(meeting):
        raise Refused(_("Vetovastuussa on jokin niistä yksiköistä, jotka ovat mukana."))
    if agreement.kind != meeting.kind:
        require(rules.why_not_other_kind(meeting))
        require(why_not_of_kind(agreement.kind))
        meeting.kind = agreement.kind
        copy_agenda(meeting)
    preparation = _preparation(meeting)
    preparation.goal, preparation.means = agreement.goal, agreement.means
    preparation.division, preparation.leading_unit = agreement.division, agreement.leading_unit
    preparation.family_asked = agreement.family_asked
    preparation.save()
    seats = meeting.participations.by_decision().filter(pk__in=agreement.consulting)
    preparation.consulting.set(seats.exclude(decision=Decision.NO))
    changed(meeting, "kind")
    return meeting


def units_that_come(meeting: Meeting) -> list[Unit]:
    """The convener's unit, and those of the workers and the units that are asked, each once."""
    units = {meeting.convener.unit_id: meeting.convener.unit}
    seats = meeting.participations.exclude(decision=Decision.NO).select_related("worker__unit", "unit")
    for seat in seats:
        if unit := seat.unit or (seat.worker.unit if seat.worker is not None else None):
            units.setdefault(unit.pk, unit)
    return list(units.values())


@transaction.atomic
def write_agenda(
    *, meeting: Meeting, by: Worker, lines: Sequence[AgendaLine], seen_version: int | None
) -> Meeting:
    """Write the agenda anew; those who come read it, so it names nobody of the family."""
    meeting = locked(meeting)
    require(rules.why_not_agenda(by, meeting))
    if [AgendaLine(item.title, item.minutes, item.topic_id) for item in meeting.agenda.all()] == list(lines):
        return meeting
    require(why_not_fresh(meeting, seen_version))
    topics = set(meeting.topics.values_list("pk", flat=True))
    for line in lines:
        require(rules.why_not_in_agenda(meeting, line.title))
        if line.topic_id is not None and line.topic_id not in topics:
            raise Refused(_("Aihetta ei enää ole. Valitse jokin aiheista."))
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting, position=number, title=line.title, minutes=line.minutes, topic_id=line.topic_id
        )
        for number, line in enumerate(lines, 1)
    )
    changed(meeting)
    return meeting


@dataclass(frozen=True)
class Setting:
    """Where, and what the place needs so that everybody can settle in."""

    place_kind: PlaceKind = PlaceKind.ROOM
    place_text: str = ""
    remote_url: str = ""
    seats: int | None = None
    coffee: bool = False
    toys: bool = False
    access_needs: str = ""
    interpreter: str = ""
    interpreter_state: str = ""
    child_care: str = ""
    other: str = ""


def errands_of(setting: Setting) -> dict[str, bool]:
    """What a setting calls for on the checklist: title → whether it does."""
    return {
        _("Kahvit ja mehut"): setting.coffee,
        _("Lelut lapsille"): setting.toys,
        _("Esteetön pääsy paikalle"): bool(setting.access_needs),
        _("Tulkin tilaaminen"): bool(setting.interpreter),
        _("Lastenhoito"): bool(setting.child_care),
        _("Etäyhteyden kokeileminen"): setting.place_kind == PlaceKind.REMOTE,
    }


@transaction.atomic
def set_setting(*, meeting: Meeting, by: Worker, setting: Setting, seen_version: int | None) -> Meeting:
    """Write down the setting; the checklist follows what it calls for, and keeps what is done."""
    meeting = locked(meeting, seen_version)
    require(rules.why_not_agree(by, meeting))
    place = (setting.place_kind, setting.place_text, setting.remote_url)
    require(rules.why_not_place(meeting, *place))
    meeting.place_kind, meeting.place_text, meeting.remote_url = place
    preparation = _preparation(meeting)
    for name, value in asdict(setting).items():
        if hasattr(preparation, name):
            setattr(preparation, name, value)
    preparation.save()
    for title, is_called_for in errands_of(setting).items():
        if is_called_for:
            Errand.objects.get_or_create(meeting=meeting, title=title)
        else:
            meeting.errands.filter(title=title, done_at=None).delete()
    if setting.interpreter_state in {InterpreterState.ORDERED, InterpreterState.CONFIRMED}:
        meeting.errands.filter(title=_("Tulkin tilaaminen"), done_at=None).update(
            done_at=timezone.now(), done_by=by
        )
    changed(meeting, "place_kind", "place_text", "remote_url")
    return meeting


FAMILY = "family"


@dataclass(frozen=True)
class Checklist:
    """Who sees to what: errand → a worker's key, FAMILY or None; which are done; and one more."""

    who: Mapping[int, int | str | None] = field(default_factory=dict)
    done: Collection[int] = ()
    added: str = ""


@transaction.atomic
def see_to(*, meeting: Meeting, by: Worker, checklist: Checklist) -> Meeting:
    """Say who sees to each thing of the checklist, and what is done."""
    meeting = locked(meeting)
    require(rules.why_not_agree(by, meeting))
    helpers = {worker.pk for worker in possible_leaders(meeting)}
    for errand in meeting.errands.select_for_update(of=("self",)):
        if errand.pk not in checklist.who:
            continue
        who = checklist.who[errand.pk]
        if isinstance(who, int) and who not in helpers and who != errand.worker_id:
            raise Refused(_("Asian hoitaa joku niistä, jotka ovat mukana."))
        errand.by_family, errand.worker_id = who == FAMILY, who if isinstance(who, int) else None
        is_done = errand.pk in checklist.done
        if is_done != (errand.done_at is not None):
            errand.done_at, errand.done_by = (timezone.now(), by) if is_done else (None, None)
        errand.save()
    if title := " ".join(checklist.added.split())[:120]:
        Errand.objects.get_or_create(meeting=meeting, title=title)
    return meeting


@transaction.atomic
def wish(*, meeting: Meeting, words: str) -> Meeting:
    """The family's own wishes for the meeting, from its own page; empty takes them back."""
    meeting = locked(meeting)
    if meeting.status not in OPEN_MEETINGS:
        raise Refused(_("Tapaaminen on jo ollut tai se on peruttu."))
    preparation = _preparation(meeting)
    preparation.wishes, preparation.wishes_at = words, timezone.now() if words else None
    preparation.save()
    return meeting


def _preparation(meeting: Meeting) -> Preparation:
    preparation, _is_new = Preparation.objects.get_or_create(meeting=meeting)
    return preparation
