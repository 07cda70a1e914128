"""What waits for a worker, each with the one next step: the facts of *Minun kopissani*."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.cards import is_old
from network.models import Worker
from network.states import InvitationStatus
from perhekeskus.models import Message
from perhekeskus.words import span

from .models import (
    Conversation,
    EarlierWish,
    Handover,
    Meeting,
    OfferedTime,
    Participation,
    PollVoice,
    Situation,
    TimePoll,
)
from .states import (
    OPEN_MEETINGS,
    ConversationResult,
    MeetingStatus,
    Stage,
)
from .untouched import days_since, with_untouched


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: since or until when, what, and the next step (label and URL)."""

    at: datetime
    title: str
    text: str
    action_label: str
    action_url: str
    # Whether `at` is a promised time, after which it is late.
    is_promise: bool = False
    # Other ways on: label and URL.
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """The next step of a situation: what the matter is, and what to press."""

    title: str
    label: str = ""
    url: str = ""
    is_mine: bool = True
    # When it ought to have been done, if that is known.
    due_at: datetime | None = None


# Upper floors add their own when they load (plans: the promised contacts).
SOURCES: list[Callable[[Worker], Iterable[Waiting]]] = []


# What a viewer who is not the holder may do next; upper floors add theirs (plans: the promised contact).
STEPS: list[Callable[["Situation", Worker], Step | None]] = []


def number_of(situation: Situation) -> str:
    return _("Tilanne %(number)s") % {"number": situation.pk}


def with_next_step(situations):
    """Everything that a situation's page reads of its step and its talks, in a fixed number of queries."""
    return situations.select_related("holder").prefetch_related(
        _live_meetings(Meeting.objects.all()),
        Prefetch("conversations", Conversation.objects.order_by("pk"), to_attr="talks"),
    )


def with_step_alone(situations):
    """What `next_step` reads and nothing else: a list of many has no use for what was talked."""
    return situations.prefetch_related(
        _live_meetings(
            Meeting.objects.only(
                "situation_id", "status", "period", "times_offer__meeting_id", "times_offer__refused_at"
            )
        ),
        Prefetch(
            "conversations",
            Conversation.objects.order_by("pk").only("situation_id", "result"),
            to_attr="talks",
        ),
    )


def _live_meetings(meetings) -> Prefetch:
    return Prefetch(
        "meetings",
        meetings.filter(status__in=[*OPEN_MEETINGS, MeetingStatus.HELD])
        .select_related("times_offer")
        .annotate(
            has_poll=Exists(TimePoll.objects.filter(meeting=OuterRef("pk"))),
            poll_waits=Exists(PollVoice.objects.open().unanswered().filter(poll__meeting=OuterRef("pk"))),
            has_times_ahead=Exists(
                OfferedTime.objects.filter(
                    offer__meeting=OuterRef("pk"), period__startswith__gt=timezone.now()
                )
            ),
        )
        .order_by("-pk"),
        to_attr="live_meetings",
    )


def next_step(situation: Situation) -> Step:
    """The one next step of an open situation fetched by `with_next_step`."""
    if situation.stage == Stage.RAISED:
        return _step_after_talk(situation)
    meeting: Meeting | None = next(iter(situation.live_meetings), None)  # type: ignore[attr-defined]
    if situation.stage == Stage.PLAN and (meeting is None or meeting.status == MeetingStatus.HELD):
        return Step(_("Suunnitelma on sovittu"), _("Avaa tilanne"), situation.get_absolute_url(), False)
    if meeting is None:
        return Step(
            _("Perhe haluaa yhteisen ajan"),
            _("Kutsu koolle"),
            reverse("meeting_convene", args=[situation.pk]),
        )
    return _step_of_meeting(situation, meeting)


def step_for(situation: Situation, worker: Worker, meeting: Meeting | None) -> Step:
    """The one next step that this viewer may take; without a label when it is another's."""
    step = next_step(situation)
    convenes = meeting is not None and meeting.status in OPEN_MEETINGS and meeting.convener_id == worker.pk
    if (situation.holder_id == worker.pk or convenes) and step.is_mine:
        return step
    for find in STEPS:
        if (found := find(situation, worker)) is not None:
            return found
    if situation.holder_id == worker.pk:
        return step
    if meeting is not None and (invited := step_of_invited(meeting, worker)) is not None:
        return invited
    return Step(step.title, is_mine=False)


def step_of_invited(meeting: Meeting, worker: Worker) -> Step | None:
    """What is hoped of one who is invited: an answer, as long as it is waited for."""
    if meeting.period is None or meeting.period.upper <= timezone.now():
        return None
    seat = (
        Participation.objects.permitted_for(worker)
        .filter(meeting=meeting, invitation__status=InvitationStatus.PENDING)
        .first()
    )
    if seat is None:
        return None
    return Step(
        _("Kutsu odottaa vastaustasi"),
        _("Vastaa kutsuun"),
        reverse("invitation_detail", args=[seat.invitation_id]),
    )


def _step_after_talk(situation: Situation) -> Step:
    talks: list[Conversation] = situation.talks  # type: ignore[attr-defined]
    conversation_url = reverse("conversation_record", args=[situation.pk])
    if not talks:
        return Step(_("Keskustelu perheen kanssa on kirjaamatta"), _("Kirjaa keskustelu"), conversation_url)
    if talks[-1].result == ConversationResult.ACCEPTED:
        return Step(
            _("Perhe haluaa yhteisen ajan"),
            _("Kutsu koolle"),
            reverse("meeting_convene", args=[situation.pk]),
        )
    return Step(_("Perhe miettii vielä"), _("Kirjaa, mitä sovitte"), conversation_url)


def _step_of_meeting(situation: Situation, meeting: Meeting) -> Step:
    url = lambda name: reverse(name, args=[meeting.pk])  # noqa: E731
    match meeting.status:
        case MeetingStatus.DRAFT:
            return Step(_("Valitse kutsuttavat ja aiheet"), _("Jatka valmistelua"), url("meeting_people"))
        case MeetingStatus.WITH_FAMILY:
            return Step(_("Perhe päättää, keitä kutsutaan"), _("Kirjaa päätös"), url("meeting_decide"), False)
        case MeetingStatus.DECIDED if hasattr(meeting, "times_offer"):
            return _step_of_offer(meeting)
        case MeetingStatus.DECIDED if meeting.has_poll:  # type: ignore[attr-defined]
            return _step_of_poll(meeting)
        case MeetingStatus.DECIDED:
            return Step(
                _("Perhe on päättänyt, keitä kutsutaan"), _("Etsi yhteinen aika"), url("meeting_time")
            )
        case MeetingStatus.BOOKED:
            return Step(_("Aika ja tila on varattu"), _("Tarkista ja lähetä kutsut"), url("meeting_check"))
        case MeetingStatus.INVITED if meeting.period.lower <= timezone.now():
            return Step(
                _("Yhteinen aika on pidetty"),
                _("Kirjaa yhteinen aika"),
                url("meeting_record"),
                due_at=meeting.period.upper,
            )
        case MeetingStatus.INVITED:
            return Step(_("Kutsut on lähetetty"), _("Avaa"), meeting.get_absolute_url(), False)
        case _:
            return Step(
                _("Yhteinen aika on kirjattu"),
                _("Kirjoita suunnitelma"),
                reverse("plan_edit", args=[situation.pk]),
            )


def _step_of_poll(meeting: Meeting) -> Step:
    """Times have been asked: some have not answered yet, or there is something to choose from."""
    url = reverse("meeting_poll", args=[meeting.pk])
    if meeting.poll_waits:  # type: ignore[attr-defined]
        return Step(_("Aikakyselyyn vastataan"), _("Katso vastaukset"), url, False)
    return Step(_("Aikakyselyyn on vastattu"), _("Katso vastaukset ja varaa aika"), url)


def _step_of_offer(meeting: Meeting) -> Step:
    """Times have been offered: the family chooses, or has said that none suits, or they have all gone by."""
    if meeting.times_offer.refused_at is not None:
        title = _("Mikään tarjotuista ajoista ei käynyt perheelle")
    elif not meeting.has_times_ahead:  # type: ignore[attr-defined]
        title = _("Perheelle tarjotut ajat ehtivät mennä")
    else:
        url = reverse("meeting_offered", args=[meeting.pk])
        return Step(_("Perhe valitsee ajan"), _("Kirjaa perheen valinta"), url, False)
    return Step(title, _("Etsi uudet ajat"), reverse("meeting_time", args=[meeting.pk]))


def waiting_for(worker: Worker) -> list[Waiting]:
    """What waits for the worker, the oldest first. A fixed number of queries, whatever the number of rows."""
    rows = [
        *_offers(worker),
        *_situations(worker),
        *_undelivered(worker),
        *_old_card(worker),
        *_polls(worker),
        *_earlier_times(worker),
    ]
    for source in SOURCES:
        rows += source(worker)
    return sorted(rows, key=lambda row: row.at)


def _offers(worker: Worker) -> Iterable[Waiting]:
    """To the worker, or to their unit, where the first who catches it gets it."""
    offers = Handover.objects.to_be_answered_by(worker)
    for offer in offers.select_related("from_worker__unit", "offered_by__unit", "situation"):
        giver = offer.offered_by or offer.from_worker
        title = (
            _("Koppi tarjolla yksikölle: %(name)s siirtäisi tilanteen jollekulle teistä")
            if offer.to_unit_id is not None
            else _("Koppi tarjolla: %(name)s siirtäisi tilanteen sinulle")
        )
        yield Waiting(
            at=offer.offered_at,
            title=title % {"name": giver.name},
            text=f"{number_of(offer.situation)} · {giver.unit.name}",
            action_label=_("Katso ja ota koppi"),
            action_url=reverse("handover_answer", args=[offer.pk]),
        )


def _situations(worker: Worker) -> Iterable[Waiting]:
    # The worker's own situations: what `visible_to` would add, this filter takes away again.
    for situation in with_untouched(with_step_alone(Situation.objects.open().prepared_by(worker))):
        step = next_step(situation)
        is_held = situation.holder_id == worker.pk
        if is_held and situation.is_untouched:  # type: ignore[attr-defined]
            yield _untouched(situation, step)
        elif step.is_mine:
            whose = _("koppi on sinulla") if is_held else _("sinä kutsut koolle")
            yield Waiting(
                at=step.due_at or situation.stage_since,
                is_promise=step.due_at is not None,
                title=step.title,
                text=f"{number_of(situation)} · {whose}",
                action_label=step.label,
                action_url=step.url,
            )


def _untouched(situation: Situation, step: Step) -> Waiting:
    """One that nobody has touched for long: go on with it, end it, or offer its koppi."""
    return Waiting(
        at=situation.touched_at,
        title=_("Et ole koskenut tähän %(days)s päivään") % {"days": days_since(situation.touched_at)},
        text=f"{number_of(situation)} · {step.title}",
        action_label=step.label or _("Avaa tilanne"),
        action_url=step.url or situation.get_absolute_url(),
        more=(
            *([] if not step.url else [(_("Avaa"), situation.get_absolute_url())]),
            (_("Merkitse tilanne päättyneeksi"), reverse("situation_end", args=[situation.pk])),
            (_("Tarjoa koppia"), reverse("handover_offer", args=[situation.pk])),
        ),
    )


def _undelivered(worker: Worker) -> Iterable[Waiting]:
    count = Message.objects.visible_to(worker).given_up().count()
    if count:
        yield Waiting(
            at=timezone.now(),
            title=_("Viesti ei mennyt perille"),
            text=_("Viestejä, jotka eivät menneet perille: %(count)s") % {"count": count},
            action_label=_("Katso viestit"),
            action_url=reverse("message_list"),
        )


def _polls(worker: Worker) -> Iterable[Waiting]:
    """The times of which the worker is asked, each by when it is to be answered."""
    voices = (
        PollVoice.objects.visible_to(worker).open().unanswered().select_related("poll__meeting__convener")
    )
    for voice in voices:
        yield Waiting(
            at=voice.poll.closes_at,
            is_promise=True,
            title=_("Mikä aika sopisi sinulle?"),
            text=_("%(name)s kysyy, mikä aika sopisi yhteiselle ajalle.")
            % {"name": voice.poll.meeting.convener.name},
            action_label=_("Vastaa"),
            action_url=reverse("poll_answer", args=[voice.pk]),
        )


def _earlier_times(worker: Worker) -> Iterable[Waiting]:
    """What was wished for has come free: in the koppi of the one who convenes."""
    found = EarlierWish.objects.filter(ended_at=None, told_at__isnull=False, meeting__convener=worker)
    found = found.filter(found_period__startswith__gt=timezone.now())
    for wish in found.select_related("meeting__situation"):
        assert wish.told_at is not None
        when = span(wish.found_period.lower, wish.found_period.upper)
        yield Waiting(
            at=wish.told_at,
            title=_("Aikaisempi aika on vapautunut"),
            text=f"{number_of(wish.meeting.situation)} · {when}",
            action_label=_("Ehdota siirtoa"),
            action_url=reverse("meeting_reschedule", args=[wish.meeting_id]),
        )


def _old_card(worker: Worker) -> Iterable[Waiting]:
    if is_old(worker):
        yield Waiting(
            at=timezone.now(),
            title=_("Onko korttisi ajan tasalla?"),
            text=_("Korttiasi hakemistossa ei ole vahvistettu vuoteen."),
            action_label=_("Katso kortti"),
            action_url=reverse("profile"),
        )
