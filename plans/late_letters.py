"""What is late climbs: to the pair, then to the supervisor. One who is away has a substitute, by number only.

The supervisor is told whose it is and for how many working days; nothing leads to the family.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.answer_clock import is_working_day
from meetings.models import Absence
from network.models import Worker
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.words import HELSINKI

from .messages import address_of_owner, way_on
from .models import ContactRequest, NextContact, Plan, ResponsibleWorker
from .promise_clock import MORNING, working_days_late

PAIR = "promise_late_pair"
SUPERVISOR = "promise_late_supervisor"
SUBSTITUTE = "promise_substitute"


@dataclass(frozen=True)
class Awaited:
    """Something that a family waits for: a promised contact, or one that it asked for."""

    occasion: str
    pk: int
    plan: Plan
    due: date
    was_asked: bool = False

    @property
    def first(self) -> ResponsibleWorker | None:
        return next((row for row in self.plan.responsible_workers.all() if row.position == 1), None)

    @property
    def other(self) -> ResponsibleWorker | None:
        return next((row for row in self.plan.responsible_workers.all() if row.position == 2), None)


def awaited(contacts: Q | None = None, requests: Q | None = None) -> Iterator[Awaited]:
    """All that families wait for now, in a fixed number of queries."""
    with_people = Plan.objects.in_force().select_related("situation__holder")
    with_people = with_people.prefetch_related("responsible_workers__worker__unit")
    found = list(NextContact.objects.open().filter(contacts or Q()).order_by("on", "pk"))
    asked = list(ContactRequest.objects.open().filter(requests or Q()).order_by("answer_by", "pk"))
    plans = with_people.filter(
        Q(pk__in=[one.plan_id for one in found]) | Q(situation__in=[one.situation_id for one in asked])
    )
    by_pk = {plan.pk: plan for plan in plans}
    by_situation = {plan.situation_id: plan for plan in by_pk.values()}
    for contact in found:
        yield Awaited(f"contact:{contact.pk}", contact.pk, by_pk[contact.plan_id], contact.on)
    for request in asked:
        if (plan := by_situation.get(request.situation_id)) is not None:
            yield Awaited(f"request:{request.pk}", request.pk, plan, request.answer_by, was_asked=True)


@transaction.atomic
def tell_of_late() -> int:
    """Write to pairs, supervisors and substitutes what is due to them; how many letters were written.

    Safe to run twice, and by many at once: a letter is one letter.
    """
    here = timezone.localtime(timezone.now(), HELSINKI)
    today = here.date()
    rows: list[Message] = []
    is_time = here.time() >= MORNING
    for one in awaited(contacts=Q(on__lte=today)):
        rows += _to_substitutes(one) if is_time or one.was_asked else []
        rows += _climbing(one, today) if is_time and is_working_day(today) else []
    if not rows:
        return 0
    written = set(
        Message.objects.filter(
            kind__in=[PAIR, SUPERVISOR, SUBSTITUTE], occasion__in={row.occasion for row in rows}
        ).values_list("kind", "occasion", "recipient")
    )
    new = [row for row in rows if (row.kind, row.occasion, row.recipient) not in written]
    outbox.queue(new)
    return len(new)


def _climbing(one: Awaited, today: date) -> Iterable[Message]:
    days = working_days_late(one.due, today)
    if one.other is not None and days >= settings.PROMISE_PAIR_DAYS:
        yield _message(PAIR, one, one.other.worker)
    if one.first is not None and days >= settings.PROMISE_SUPERVISOR_DAYS:
        for worker in told_of(one.first.worker):
            yield _message(SUPERVISOR, one, worker)


def told_of(worker: Worker) -> list[Worker]:
    """The supervisors of the worker's unit; where there is none besides them, the coordinators."""
    others = Worker.objects.active().exclude(pk=worker.pk).order_by("pk")
    if supervisors := list(others.filter(is_supervisor=True, unit=worker.unit_id)):
        return supervisors
    coordinators = others.filter(is_coordinator=True)
    near = list(coordinators.filter(unit__municipality=worker.unit.municipality_id))
    return near or list(coordinators)


def _to_substitutes(one: Awaited) -> Iterable[Message]:
    """When the first one is away: to the substitute, and to the pair, who sees the family's matters."""
    first = one.first
    if first is None:
        return
    absence = Absence.objects.of(first.worker).now().select_related("substitute__unit").first()
    if absence is None:
        return
    others = [absence.substitute, one.other.worker if one.other is not None else None]
    for worker in {other.pk: other for other in others if other is not None and other.is_active}.values():
        yield _message(SUBSTITUTE, one, worker)


def _message(kind: str, one: Awaited, worker: Worker) -> Message:
    return Message(
        kind=kind,
        occasion=one.occasion,
        channel=Channel.EMAIL,
        recipient=worker.email,
        about_id=one.pk,
        owner=worker,
    )


# --- asked at the moment of sending ------------------------------------------------------------------


def _about(message: Message) -> Awaited | None:
    this, nothing = Q(pk=message.about_id), Q(pk__in=[])
    is_contact = message.occasion.startswith("contact:")
    found = awaited(contacts=this if is_contact else nothing, requests=nothing if is_contact else this)
    return next(found, None)


def _why_not(message: Message) -> str | None:
    one, today = _about(message), timezone.localdate(timezone.now(), HELSINKI)
    if one is None or one.first is None:
        return "done"
    who = message.owner
    if who is None or not who.is_active:
        return "inactive"
    match message.kind:
        case "promise_late_pair":
            is_right = one.other is not None and one.other.worker_id == who.pk
        case "promise_late_supervisor":
            is_right = who in told_of(one.first.worker) and working_days_late(one.due, today) > 0
        case _:
            is_right = who.email in {row.recipient for row in _to_substitutes(one)}
    return None if is_right else "not_theirs"


def _compose(message: Message) -> outbox.Letter:
    one = _known(message)
    assert one.first is not None
    titles = {
        PAIR: _("Työparisi yhteydenotto on myöhässä"),
        SUBSTITUTE: _("Sijaistat: perhe odottaa yhteydenottoa"),
    }
    contact = NextContact.objects.open().select_related("plan__situation__holder").get(plan=one.plan)
    action, notes = way_on(message.owner, contact)
    name = one.first.worker.name
    return outbox.written(
        subject=titles[message.kind],
        title=titles[message.kind],
        facts=[
            (_("Tilanne"), one.plan.situation_id),
            (
                _("Vastuutyöntekijä"),
                _("%(name)s, poissa") % {"name": name} if message.kind == SUBSTITUTE else name,
            ),
        ],
        action=action,
        notes=notes,
    )


def _compose_for_supervisor(message: Message) -> outbox.Letter:
    one = _known(message)
    assert one.first is not None
    title = _("Yhteydenotto perheeseen on myöhässä")
    days = working_days_late(one.due, timezone.localdate(timezone.now(), HELSINKI))
    is_supervisor = message.owner is not None and message.owner.is_supervisor
    return outbox.written(
        subject=title,
        title=title,
        facts=[
            (_("Vastuutyöntekijä"), one.first.worker.name),
            (_("Myöhässä"), ngettext("%(days)d arkipäivä", "%(days)d arkipäivää", days) % {"days": days}),
        ],
        action=outbox.Action(_("Avaa yksikkösi luvut"), outbox.site_url("supervised_unit"))
        if is_supervisor
        else outbox.Action(_("Etsi työntekijä verkostosta"), outbox.site_url("directory")),
        notes=[_("Kysy häneltä, tarvitseeko hän apua. Perheen asioista tämä viesti ei kerro mitään.")],
    )


def _known(message: Message) -> Awaited:
    one = _about(message)
    if one is None:
        raise LookupError("awaited")
    return one


for _kind, _composer, _label in (
    (PAIR, _compose, gettext_lazy("tieto työparille myöhässä olevasta yhteydenotosta")),
    (
        SUPERVISOR,
        _compose_for_supervisor,
        gettext_lazy("tieto esihenkilölle myöhässä olevasta yhteydenotosta"),
    ),
    (SUBSTITUTE, _compose, gettext_lazy("tieto sijaiselle odotetusta yhteydenotosta")),
):
    outbox.register(
        outbox.Kind(_kind, compose=_composer, why_not=_why_not, label=_label, address=address_of_owner)
    )
