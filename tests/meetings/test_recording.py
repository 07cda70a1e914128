"""What is written down of a shared time: when, by whom, and that nothing is written over unseen."""

from datetime import timedelta

import pytest
import time_machine

from meetings.actions import permissions, recording
from meetings.actions.recording import RayWords
from meetings.models import Meeting
from meetings.states import Attendance, MeetingStatus, StarHeading, StarTone
from perhekeskus.refusals import Refused
from tests.factories import (
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    an_invited_meeting,
    invited,
)
from tests.tallied import tallied

pytestmark = pytest.mark.django_db


def written(meeting: Meeting, by=None, *, after=timedelta(minutes=5), **parts) -> Meeting:
    """Record at `after` from the beginning."""
    with time_machine.travel(meeting.period.lower + after, tick=False):
        return recording.record(meeting=meeting, by=by or meeting.convener, record=recording.Record(**parts))


def test_a_recorded_meeting_was_held_and_is_counted_once():
    meeting = an_invited_meeting(people=1)
    for notes in ("Luonnos.", "Valmis."):
        meeting = written(meeting, notes=notes)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.notes, meeting.held_by) == (
        MeetingStatus.HELD,
        "Valmis.",
        meeting.convener,
    )
    (((_figure, _part, municipality, _month), number),) = tallied("held").items()
    assert (number, municipality) == (1, meeting.municipality_id)


def test_attendance_and_the_star_are_kept():
    meeting = an_invited_meeting(people=2)
    first, second = invited(meeting, 0), invited(meeting, 1)
    written(
        meeting,
        attendance={first.pk: Attendance.PRESENT, second.pk: Attendance.EXCUSED},
        rays={StarHeading.SELF: RayWords(StarTone.STRENGTH, "Rohkea.")},
    )
    written(meeting, rays={StarHeading.SELF: RayWords(StarTone.TALK, "Rohkea, väsynyt.")})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attendance, second.attendance) == (Attendance.PRESENT, Attendance.EXCUSED)
    ray = meeting.rays.get()
    assert (ray.heading, ray.tone, ray.text) == (StarHeading.SELF, StarTone.TALK, "Rohkea, väsynyt.")


def test_attendance_of_another_meeting_is_left_alone():
    mine, other = an_invited_meeting(people=1), an_invited_meeting(people=1)
    stranger = invited(other)
    written(mine, attendance={stranger.pk: Attendance.ABSENT})
    stranger.refresh_from_db()
    assert stranger.attendance == ""


def test_not_before_it_has_begun():
    meeting = an_invited_meeting(people=1)
    with pytest.raises(Refused, match="ei ole vielä alkanut"):
        written(meeting, after=timedelta(seconds=-1))
    written(meeting, after=timedelta(0))


@pytest.mark.parametrize("make", [a_convened_meeting, a_decided_meeting, a_booked_meeting])
def test_not_what_nobody_was_invited_to(make):
    meeting = make()
    with pytest.raises(Refused, match="ei voi kirjata"):
        recording.record(meeting=meeting, by=meeting.convener, record=recording.Record())


@pytest.mark.parametrize("who", ["other", "guest", "coordinator", "administrator", "guidance"])
def test_written_by_those_who_lead(who):
    meeting = an_invited_meeting(people=1)
    worker = (
        invited(meeting).worker
        if who == "guest"
        else WorkerFactory(**({} if who == "other" else {who: True}))
    )
    with pytest.raises(Refused, match="sovittu kirjaaja"):
        written(meeting, worker)


@pytest.mark.parametrize("part", ["chair", "recorder"])
def test_the_chair_and_the_recorder_write(part):
    meeting = an_invited_meeting(people=1)
    worker = invited(meeting).worker
    Meeting.objects.filter(pk=meeting.pk).update(**{part: worker})
    assert written(meeting, worker, notes="Puhuttiin.").notes == "Puhuttiin."


def test_a_recorder_whom_the_family_let_out_does_not_see_the_record():
    meeting = a_held_meeting(people=1)
    one = invited(meeting)
    assert Meeting.objects.visible_to(one.worker).exists()
    permissions.withdraw(consent=one.consent, by=None)
    assert not Meeting.objects.visible_to(one.worker).exists()
