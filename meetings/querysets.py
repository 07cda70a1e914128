"""Questions about many situations and meetings, and the only doors through which people see them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.querysets import RECEIVER_ROWS
from network.states import OPEN_INVITATIONS
from perhekeskus.sealing import hashed

from .states import (
    OPEN_CONTACTS,
    OPEN_MEETINGS,
    OPEN_STAGES,
    PREPARING,
    UNANSWERED_CONTACTS,
    UPCOMING,
    Decision,
    FeedbackSide,
    HandoverStatus,
    MeetingStatus,
)

if TYPE_CHECKING:
    from network.models import Family, Worker

    from .models import (  # noqa: F401  (named in the types of the querysets)
        Absence,
        CalendarFeed,
        CallDraft,
        Cancellation,
        ChildDrawing,
        ChildView,
        Contact,
        Contribution,
        DialogueTurn,
        ExternalCalendar,
        FeedbackAnswer,
        FeedbackReceipt,
        Handover,
        Kind,
        Meeting,
        Participation,
        PollVoice,
        Room,
        ServiceInvolved,
        Situation,
    )


@dataclass(frozen=True)
class Ground:
    """A reason for which a worker sees a situation: its name, its words, and its question."""

    name: str
    words: str | Promise
    # Whether it opens everything, or only what an invited person needs.
    opens_all: bool
    condition: Callable[["Worker"], Q | Exists]


def _is_current(meeting: str = "") -> Q:
    """Meetings that are ahead, or were held so lately that those who were there still see them."""
    lately = timezone.now() - timedelta(days=settings.AFTERWARDS_DAYS)
    return Q(**{f"{meeting}situation__stage__in": OPEN_STAGES}) & (
        Q(**{f"{meeting}status__in": OPEN_MEETINGS})
        | Q(**{f"{meeting}status": MeetingStatus.HELD, f"{meeting}period__endswith__gt": lately})
    )


def _participates(worker: "Worker") -> Exists:
    from .models import Participation

    return Exists(Participation.objects.permitted_for(worker).filter(meeting__situation=OuterRef("pk")))


def _convenes(worker: "Worker") -> Exists:
    from .models import Meeting

    return Exists(Meeting.objects.filter(_is_current(), convener=worker, situation=OuterRef("pk")))


# In order of strength. Upper floors add theirs when they load (plans: the responsible worker).
GROUNDS: list[Ground] = [
    Ground("holder", _("koppi on hänellä"), True, lambda worker: Q(holder=worker)),
    Ground("convener", _("kutsui koolle"), True, _convenes),
    Ground("invited", _("perhe kutsui mukaan"), False, _participates),
]


class SituationQuerySet(models.QuerySet["Situation"]):
    def open(self) -> "SituationQuerySet":
        return self.filter(stage__in=OPEN_STAGES)

    def held_by(self, worker: "Worker") -> "SituationQuerySet":
        return self.filter(holder=worker)

    def prepared_by(self, worker: "Worker") -> "SituationQuerySet":
        """Those that the worker holds, or to a meeting of which the worker calls people together."""
        from .models import Meeting

        # Two ways by index, and not one by looking at everybody's.
        held = self.model._default_manager.filter(holder=worker).values("pk")
        convened = Meeting.objects.filter(convener=worker, status__in=OPEN_MEETINGS).values("situation")
        return self.filter(pk__in=held.union(convened))

    def visible_to(self, worker) -> "SituationQuerySet":
        """Those that the worker holds, convenes, is let into, or is responsible for; else none."""
        return self._on_grounds(worker, GROUNDS)

    def opened_to(self, worker) -> "SituationQuerySet":
        """Those that the worker sees in full, not only as an invited person."""
        return self._on_grounds(worker, [ground for ground in GROUNDS if ground.opens_all])

    def of_those_away(self, supervisor) -> "SituationQuerySet":
        """Open ones whose holder, in the supervisor's unit, is away or has left: to be offered, not read."""
        from .models import Absence

        if not supervisor.is_authenticated or not supervisor.is_active or not supervisor.is_supervisor:
            return self.none()
        away = Exists(Absence.objects.now().filter(worker=OuterRef("holder")))
        left = Q(holder__is_active=False) | Q(holder__is_coordinator=True) | Q(holder__is_administrator=True)
        return self.open().filter(Q(away) | left, holder__unit=supervisor.unit_id).exclude(holder=supervisor)

    def _on_grounds(self, worker, grounds: list[Ground]) -> "SituationQuerySet":
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        condition = Q()
        for ground in grounds:
            condition |= Q(ground.condition(worker))
        return self.filter(condition)

    def ground_for(self, worker: "Worker") -> Ground | None:
        """The strongest ground on which the worker sees the situation of this queryset."""
        if not worker.works_with_families:
            return None
        # One after another, the strongest first: mostly it is the holder who looks, a short question.
        return next((ground for ground in GROUNDS if self.filter(ground.condition(worker)).exists()), None)


def families_seen_by(worker: "Worker") -> models.QuerySet["Family"]:
    """The families of the situations that the worker sees: whom a text of theirs could name by mistake."""
    from network.models import Family

    from .models import Situation

    return Family.objects.filter(situations__in=Situation.objects.visible_to(worker))


def situations_opened_to(worker: "Worker") -> models.QuerySet:
    """The numbers of the situations that the worker sees in full."""
    from .models import Situation

    return Situation.objects.opened_to(worker).order_by().values("pk")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def preparing(self) -> "MeetingQuerySet":
        return self.filter(status__in=PREPARING)

    def upcoming(self) -> "MeetingQuerySet":
        return self.filter(status__in=UPCOMING)

    def visible_to(self, worker) -> "MeetingQuerySet":
        """Meetings of the situations opened to the worker, and those that the family lets them come to."""
        from .models import Participation, Situation

        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        invited = Participation.objects.permitted_for(worker).filter(meeting=OuterRef("pk"))
        return self.filter(Q(situation__in=Situation.objects.opened_to(worker)) | Exists(invited))


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def with_people(self) -> "ParticipationQuerySet":
        """Each with the one who takes part, in the same query."""
        return self.select_related("member", *RECEIVER_ROWS)

    def visible_to(self, worker) -> "ParticipationQuerySet":
        """The seats of the meetings that the worker sees."""
        from .models import Meeting

        return self.filter(meeting__in=Meeting.objects.visible_to(worker))

    def by_link(self, link) -> "Participation | None":
        """The seat of the invitation whose link this is."""
        return self._with_its_grounds().filter(invitation__link=link).first()

    def of_invitation(self, invitation) -> "Participation | None":
        """The seat of an invitation that was opened just before."""
        return self._with_its_grounds().filter(invitation=invitation).first()

    def _with_its_grounds(self) -> "ParticipationQuerySet":
        return self.select_related("invitation", "consent", "contribution", "meeting")

    def by_decision(self) -> "ParticipationQuerySet":
        """Everybody on whom the family decides: all but its own members."""
        return self.filter(member=None)

    def professionals(self) -> "ParticipationQuerySet":
        return self.filter(worker__isnull=False)

    def taken_by(self, worker: OuterRef) -> "ParticipationQuerySet":
        """The seats of a unit or a team on which this one has said to come, and still belongs there."""
        return self.filter(
            Q(unit__workers=worker) | Q(team__members=worker),
            decision=Decision.YES,
            invitation__coming_worker=worker,
            invitation__status__in=OPEN_INVITATIONS,
            consent__withdrawn_at=None,
        )

    def permitted_for(self, worker: "Worker") -> "ParticipationQuerySet":
        """Open invitations under a permission in force; for a while also after the meeting.

        The worker's own, and those on which the worker comes in the name of their unit or team.
        """
        now = timezone.now()
        every = self.model._default_manager.order_by()
        of_groups = Q(unit=worker.unit_id) | Q(team__in=worker.teams.values("pk"))
        comes = every.filter(of_groups, invitation__coming_worker=worker)
        return self.filter(
            _is_current("meeting__"),
            Q(consent__valid_until=None) | Q(consent__valid_until__gt=now),
            # Each way by its own index: one condition with OR would read the whole county's invitations.
            pk__in=every.filter(worker=worker).values("pk").union(comes.values("pk")),
            consent__withdrawn_at=None,
            consent__given_at__lte=now,
            invitation__status__in=OPEN_INVITATIONS,
        )


class HandoverQuerySet(models.QuerySet["Handover"]):
    def offered(self) -> "HandoverQuerySet":
        """Those that wait for an answer."""
        return self.filter(status=HandoverStatus.OFFERED)

    def stranded(self) -> "HandoverQuerySet":
        """Those that nobody can take any more: the receiver has left, or the unit's last one has."""
        from network.models import Worker

        able = Worker.objects.working_with_families()
        in_unit = able.filter(unit=OuterRef("to_unit")).exclude(pk=OuterRef("from_worker"))
        to_nobody = Q(to_worker__isnull=False) & ~Exists(able.filter(pk=OuterRef("to_worker")))
        return self.offered().filter(to_nobody | Q(to_unit__isnull=False) & ~Exists(in_unit))

    def uncaught(self) -> "HandoverQuerySet":
        """Those that have waited too long for somebody to take them."""
        long_ago = timezone.now() - timedelta(days=settings.UNCAUGHT_OFFER_DAYS)
        return self.offered().filter(offered_at__lt=long_ago)

    def visible_to(self, worker) -> "HandoverQuerySet":
        """Offers of the koppi made to the worker, or to their unit by another."""
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        return self.filter(
            Q(to_worker=worker) | Q(to_unit=worker.unit_id) & ~Q(from_worker=worker),
        )

    def to_be_answered_by(self, worker: "Worker") -> "HandoverQuerySet":
        """Those that the worker can take now."""
        return self.visible_to(worker).offered()

    def offered_by(self, worker) -> "HandoverQuerySet":
        """Offers that the worker has made of their koppi, or may take back as a supervisor of one away."""
        from .models import Situation

        if not worker.is_authenticated:
            return self.none()
        mine = Q(offered_by=worker) | Q(situation__in=Situation.objects.of_those_away(worker))
        if worker.works_with_families:
            mine |= Q(from_worker=worker, situation__holder=worker)
        return self.filter(mine)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def readable(self) -> "ContributionQuerySet":
        """Those under a permission that is still in force."""
        now = timezone.now()
        return self.filter(
            Q(consent__valid_until=None) | Q(consent__valid_until__gt=now),
            withdrawn_at=None,
            consent__withdrawn_at=None,
        )

    def at_the_table(self) -> "ContributionQuerySet":
        """Those that the family lets be read at the meeting."""
        return self.readable().filter(may_be_read=True)

    def visible_to(self, worker) -> "ContributionQuerySet":
        """For those to whom the situation is open in full; the others hear it at the table, if at all."""
        from .models import Situation

        return self.readable().filter(
            participation__meeting__situation__in=Situation.objects.opened_to(worker)
        )


class PollVoiceQuerySet(models.QuerySet["PollVoice"]):
    def with_people(self) -> "PollVoiceQuerySet":
        """Each with its poll, its permission and the one who is asked, in the same query."""
        return self.select_related(
            "poll",
            "link",
            "consent",
            *[f"consent__{row}" for row in RECEIVER_ROWS],
            "participation__member",
            *[f"participation__{row}" for row in RECEIVER_ROWS],
        )

    def permitted(self) -> "PollVoiceQuerySet":
        """The family's own, and those whose permission is in force."""
        now = timezone.now()
        return self.filter(
            Q(participation=None)
            | Q(consent__withdrawn_at=None, participation__decision=Decision.YES)
            & (Q(consent__valid_until=None) | Q(consent__valid_until__gt=now))
        )

    def unanswered(self) -> "PollVoiceQuerySet":
        return self.filter(answers=None)

    def open(self) -> "PollVoiceQuerySet":
        return self.filter(poll__closed_at=None, poll__closes_at__gt=timezone.now())

    def visible_to(self, worker) -> "PollVoiceQuerySet":
        """The worker's own, under a permission in force."""
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        return self.permitted().filter(participation__worker=worker)


class CancellationQuerySet(models.QuerySet["Cancellation"]):
    def visible_to(self, worker) -> "CancellationQuerySet":
        """Who called off and why is read by the one who convened and the holder of the koppi alone."""
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        return self.filter(Q(meeting__convener=worker) | Q(meeting__situation__holder=worker))


class KindQuerySet(models.QuerySet["Kind"]):
    def visible_to(self, worker) -> "KindQuerySet":
        """Everybody who signs in knows what kinds of meeting there are: they tell nothing of any family."""
        return self if worker.is_authenticated else self.none()

    def active(self) -> "KindQuerySet":
        """Those that can be convened."""
        return self.filter(is_active=True)


class ContactQuerySet(models.QuerySet["Contact"]):
    def open(self) -> "ContactQuerySet":
        return self.filter(status__in=OPEN_CONTACTS)

    def unanswered(self) -> "ContactQuerySet":
        """Those whose family waits for a word, picked up or not."""
        return self.filter(status__in=UNANSWERED_CONTACTS)

    def visible_to(self, worker) -> "ContactQuerySet":
        """Those that came to the worker's guidance service, and those that the worker has picked up."""
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        condition = Q(picked_up_by=worker)
        if worker.is_guidance:
            condition |= Q(unit=worker.unit_id)
        return self.filter(condition)

    def opened_by_code(self, number: int) -> "Contact | None":
        """The one whose code this browser has given before."""
        return self.select_related("municipality__guidance_unit", "unit").filter(pk=number).first()

    def followed_by(self, code: str) -> "Contact | None":
        """The one whose code this is, or None."""
        from .models.contacts import hashes_of_code

        return self.filter(code_hash__in=hashes_of_code(code)).first()


class CallDraftQuerySet(models.QuerySet["CallDraft"]):
    def is_of_another(self, worker: "Worker", form_key: UUID) -> bool:
        """Whether somebody else is writing under this key."""
        return self.filter(form_key=form_key).exclude(writer=worker).exists()

    def run_out(self) -> "CallDraftQuerySet":
        """Those that nobody has touched in so long that they are to be forgotten."""
        return self.filter(saved_at__lte=timezone.now() - timedelta(days=settings.CALL_DRAFT_DAYS))

    def visible_to(self, worker) -> "CallDraftQuerySet":
        """One's own only, while it is kept."""
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        kept = Q(saved_at__gt=timezone.now() - timedelta(days=settings.CALL_DRAFT_DAYS))
        return self.filter(kept, writer=worker)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def open(self) -> "CalendarFeedQuerySet":
        return self.filter(revoked_at=None)

    def visible_to(self, worker) -> "CalendarFeedQuerySet":
        """One's own only."""
        return self.filter(worker=worker) if worker.is_authenticated else self.none()

    def opened_by(self, token: str) -> "CalendarFeed | None":
        """The open feed behind the token, or None: unknown, revoked and closed accounts look alike."""
        return (
            self.open()
            .select_related("worker")
            .filter(token_hash=hashed(token, 64), worker__is_active=True)
            .first()
        )


class ExternalCalendarQuerySet(models.QuerySet["ExternalCalendar"]):
    def due(self) -> "ExternalCalendarQuerySet":
        """Those to be fetched by now; nobody's whose account is closed."""
        return self.filter(due_at__lte=timezone.now(), worker__is_active=True)

    def visible_to(self, worker) -> "ExternalCalendarQuerySet":
        """One's own only."""
        return self.filter(worker=worker) if worker.is_authenticated else self.none()


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, worker) -> "RoomQuerySet":
        """Everybody who signs in knows what rooms there are: they tell nothing of any family."""
        return self if worker.is_authenticated else self.none()

    def open(self) -> "RoomQuerySet":
        """Those that are in use."""
        return self.filter(closed_at=None)


class BookingQuerySet(models.QuerySet):
    def in_force(self):
        """Those that keep somebody out: all but the held ones whose hold has ended."""
        return self.exclude(hold__expires_at__lte=Now())


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def of(self, worker: "Worker") -> "AbsenceQuerySet":
        return self.filter(worker=worker)

    def ahead(self) -> "AbsenceQuerySet":
        """Those that have not ended."""
        return self.filter(period__endswith__gt=timezone.now())

    def now(self) -> "AbsenceQuerySet":
        """Those that are going on."""
        return self.filter(period__contains=timezone.now())

    def visible_to(self, worker) -> "AbsenceQuerySet":
        """One's own; of others only what their cards tell."""
        return self.filter(worker=worker) if worker.is_authenticated else self.none()


class FeedbackReceiptQuerySet(models.QuerySet["FeedbackReceipt"]):
    def visible_to(self, worker) -> "FeedbackReceiptQuerySet":
        """What the worker is asked: one's own only."""
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        return self.filter(worker=worker)

    def of_family(self) -> "FeedbackReceiptQuerySet":
        return self.filter(side=FeedbackSide.FAMILY)

    def waiting(self) -> "FeedbackReceiptQuerySet":
        """Those who are still waited for: a held meeting, not long ago, not answered yet."""
        first = timezone.now() - timedelta(days=settings.FEEDBACK_DAYS)
        return self.filter(
            is_answered=False, meeting__status=MeetingStatus.HELD, meeting__period__endswith__gt=first
        )


class FeedbackAnswerQuerySet(models.QuerySet["FeedbackAnswer"]):
    def visible_to(self, worker) -> "FeedbackAnswerQuerySet":
        """The words that the family lets the holder of its koppi read. Of all else there are only counts."""
        from .models import Situation

        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        return self.filter(
            side=FeedbackSide.FAMILY,
            holder_may_read=True,
            meeting__situation__in=Situation.objects.held_by(worker),
        ).exclude(words="")


class ServiceInvolvedQuerySet(models.QuerySet["ServiceInvolved"]):
    def visible_to(self, worker) -> "ServiceInvolvedQuerySet":
        """Those of the families that the worker sees in full; an invited one those the family lets."""
        from .models import Participation, Situation

        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        invited = Participation.objects.permitted_for(worker).values("meeting__situation__family")
        return self.filter(
            Q(family__situations__in=Situation.objects.opened_to(worker))
            | Q(told_since__isnull=False, family__address_protected=False, family__in=invited)
        ).distinct()


class ChildViewQuerySet(models.QuerySet["ChildView"]):
    def visible_to(self, worker) -> "ChildViewQuerySet":
        """Those of the situations that the worker sees in full; an invited person hears it in the room."""
        from .models import Situation

        return self.filter(situation__in=Situation.objects.opened_to(worker))

    def with_drawings(self) -> "ChildViewQuerySet":
        """Each with its child, its writer and its drawing's address, in one query, without the picture."""
        return self.select_related("child", "written_by", "drawing").defer("drawing__jpeg")


class ChildDrawingQuerySet(models.QuerySet["ChildDrawing"]):
    def visible_to(self, worker) -> "ChildDrawingQuerySet":
        """Those of the views that the worker sees."""
        from .models import ChildView

        return self.filter(view__in=ChildView.objects.visible_to(worker))


class DialogueTurnQuerySet(models.QuerySet["DialogueTurn"]):
    def with_speakers(self) -> "DialogueTurnQuerySet":
        """Each with the one who speaks and what they have said, in two queries."""
        rows = [f"participation__{row}" for row in ("member", *RECEIVER_ROWS)]
        return self.select_related("member", "worker", *rows).prefetch_related("answers")

    def visible_to(self, worker) -> "DialogueTurnQuerySet":
        """The turns at the meetings that the worker sees."""
        from .models import Meeting

        return self.filter(dialogue__meeting__in=Meeting.objects.visible_to(worker))
