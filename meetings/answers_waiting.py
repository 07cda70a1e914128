"""Invitations that wait for an answer: one's own, one's unit's, and those that one has sent."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Invitation, Worker
from network.states import InvitationStatus
from network.whereabouts import place_of
from perhekeskus.words import listed, span

from .models import Participation
from .states import MeetingStatus
from .waiting import Waiting


def answers_waiting(worker: Worker) -> Iterable[Waiting]:
    yield from _unanswered(worker)
    yield from _unanswered_of_many(worker)
    yield from _without_answer(worker)


def _unanswered(worker: Worker) -> Iterable[Waiting]:
    waiting = (
        Participation.objects.permitted_for(worker)
        .filter(invitation__status=InvitationStatus.PENDING, meeting__period__endswith__gt=timezone.now())
        .select_related("invitation", "meeting")
    )
    for participation in waiting:
        assert participation.invitation is not None
        yield Waiting(
            at=participation.invitation.created_at,
            title=_("Sinut on kutsuttu yhteiseen aikaan"),
            text=_("Kutsu odottaa vastaustasi"),
            action_label=_("Vastaa kutsuun"),
            action_url=reverse("invitation_detail", args=[participation.invitation_id]),
        )


def _unanswered_of_many(worker: Worker) -> Iterable[Waiting]:
    """To the worker's unit or team: when and where, and nothing of whose matter it is."""
    invitations = (
        Invitation.objects.visible_to(worker)
        .filter(status=InvitationStatus.PENDING, consent__worker=None, period__endswith__gt=timezone.now())
        .select_related("consent__family")
    )
    for invitation in invitations:
        when = span(invitation.period.lower, invitation.period.upper)
        yield Waiting(
            at=invitation.created_at,
            title=_("Teiltä kutsutaan joku yhteiseen aikaan"),
            text=" · ".join(one for one in (when, place_of(invitation)) if one),
            action_label=_("Kerro, kuka tulee"),
            action_url=reverse("invitation_detail", args=[invitation.pk]),
        )


def _without_answer(worker: Worker) -> Iterable[Waiting]:
    """To the convener: who did not answer in time, has little of it left, or would ask somebody else."""
    soon = timezone.now() + timedelta(days=1)
    seats = (
        Participation.objects.filter(
            Q(invitation__status=InvitationStatus.EXPIRED)
            | Q(invitation__status=InvitationStatus.PENDING, invitation__answer_by__lt=soon)
            | Q(invitation__status=InvitationStatus.DECLINED)
            & ~Q(invitation__instead="", invitation__instead_worker=None),
            meeting__convener=worker,
            meeting__status=MeetingStatus.INVITED,
            meeting__period__startswith__gt=timezone.now(),
        )
        # Only what the names need: it is asked at every opening of the home page, and mostly finds nothing.
        .select_related("invitation", "meeting", "worker", "unit", "team", "outside_professional")
        .order_by("meeting", "pk")
    )
    for _key, of_meeting in groupby(seats, key=lambda seat: seat.meeting_id):
        waited = list(of_meeting)
        # A close person's name is the family's own, and has no place on this page.
        names = [_("läheinen") if seat.close_person_id else seat.name for seat in waited]
        yield Waiting(
            at=min(
                seat.invitation.answer_by or seat.invitation.created_at
                for seat in waited
                if seat.invitation is not None
            ),
            title=_("Kaikki kutsutut eivät ole tulossa tai vastanneet"),
            text=listed(names),
            action_label=_("Katso vastaukset"),
            action_url=waited[0].meeting.get_absolute_url(),
        )
