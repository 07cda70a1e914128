"""Answering: who may answer what, and every pair of an invitation's statuses."""

from itertools import product

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from network.actions.invitations import answer
from network.models import Invitation
from network.rules.invitations import why_not_answer
from network.states import InvitationStatus
from perhekeskus.refusals import Refused
from tests.factories import WorkerFactory, an_invited_meeting, invited
from tests.undone import undone

pytestmark = pytest.mark.django_db

# Written out by hand: from each status (row), to which it may go.
MAY = {
    "pending": {"accepted", "tentative", "declined", "expired", "revoked"},
    "accepted": {"tentative", "declined", "revoked"},
    "tentative": {"accepted", "declined", "revoked"},
    "declined": {"accepted", "tentative", "revoked"},
    "expired": {"pending", "revoked"},
    "revoked": set(),
}


def set_status(invitation: Invitation, status: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE network_invitation SET status = %s WHERE id = %s", [status, invitation.pk])


def test_the_database_makes_only_the_moves_of_the_table():
    invitation = invited(an_invited_meeting(people=1)).invitation
    for start, end in product(InvitationStatus.values, repeat=2):
        with undone():
            if start != "pending":
                set_status(invitation, start)
            if end == start or end in MAY[start]:
                set_status(invitation, end)
            else:
                with pytest.raises(IntegrityError, match="ei voi siirtyä"):
                    set_status(invitation, end)
                end = start
            invitation.refresh_from_db()
            assert invitation.status == end


def test_every_status_is_in_the_table():
    assert set(MAY) == set(InvitationStatus.values)


def test_the_same_answer_again_changes_nothing():
    invitation = invited(an_invited_meeting(people=1)).invitation
    first = answer(invitation=invitation, status=InvitationStatus.ACCEPTED)
    second = answer(invitation=invitation, status=InvitationStatus.ACCEPTED)
    assert first.answered_at == second.answered_at


def test_a_revoked_invitation_is_not_answered():
    invitation = invited(an_invited_meeting(people=1)).invitation
    set_status(invitation, "revoked")
    with pytest.raises(Refused, match="Kutsu on peruttu"):
        answer(invitation=invitation, status=InvitationStatus.ACCEPTED)


def test_what_is_over_is_not_answered():
    invitation = invited(an_invited_meeting(people=1)).invitation
    over = time_machine.travel(invitation.period.upper, tick=False)
    with over, pytest.raises(Refused, match="on jo ollut"):
        answer(invitation=invitation, status=InvitationStatus.ACCEPTED)
    assert why_not_answer(invitation) is None


def test_an_invitation_is_seen_by_the_invited_alone():
    meeting = an_invited_meeting(people=2)
    mine, others = invited(meeting, 0), invited(meeting, 1)
    assert set(Invitation.objects.visible_to(mine.worker)) == {mine.invitation}
    assert not Invitation.objects.visible_to(meeting.convener).exists()
    assert not Invitation.objects.visible_to(WorkerFactory()).exists()
    set_status(mine.invitation, "revoked")
    assert not Invitation.objects.visible_to(mine.worker).exists()
    assert Invitation.objects.visible_to(others.worker).exists()
