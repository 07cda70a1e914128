"""Every pair of statuses of the thread, against tables written out by hand; the database refuses the rest."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from meetings.models import Handover, Meeting, Situation
from meetings.states import HandoverStatus, MeetingStatus, Stage
from perhekeskus.models import AccessLog
from tests.factories import (
    FamilyFactory,
    WorkerFactory,
    a_held_meeting,
    a_situation,
    an_offered_handover,
    next_weekday,
    with_conversation,
)
from tests.undone import undone

pytestmark = pytest.mark.django_db

# From (row) to the stages or statuses that may follow.
STAGE_MAY = {
    "raised": {"convening", "ended"},
    "convening": {"shared_time", "plan", "ended"},
    "shared_time": {"convening", "plan", "ended"},
    "plan": {"convening", "everyday", "ended"},
    "everyday": {"raised"},
    "ended": {"raised"},
}
MEETING_MAY = {
    "draft": {"with_family", "decided", "cancelled"},
    "with_family": {"draft", "decided", "cancelled"},
    "decided": {"with_family", "booked", "cancelled"},
    "booked": {"decided", "invited", "cancelled"},
    "invited": {"held", "not_held", "cancelled"},
    "held": set(),
    "not_held": set(),
    "cancelled": set(),
}
HANDOVER_MAY = {
    "offered": {"accepted", "declined", "withdrawn", "returned"},
    "accepted": set(),
    "declined": set(),
    "withdrawn": set(),
    "returned": set(),
}
OVER = {"everyday", "ended"}


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def test_every_status_is_in_its_table():
    assert set(STAGE_MAY) == set(Stage.values)
    assert set(MEETING_MAY) == set(MeetingStatus.values)
    assert set(HANDOVER_MAY) == set(HandoverStatus.values)


@pytest.mark.parametrize("start", Stage.values)
def test_stages(start):
    worker = WorkerFactory()
    over = {"ended_at": timezone.now(), "ended_by": worker, "ending": "everyday"} if start in OVER else {}
    situation = Situation.objects.create(
        family=FamilyFactory(), holder=worker, opened_by=worker, stage=start, **over
    )

    def move(end: str) -> None:
        is_over = end in OVER
        sql(
            "UPDATE meetings_situation"
            " SET stage = %s, ending = %s, ended_at = %s, ended_by_id = %s WHERE id = %s",
            end,
            "everyday" if is_over else "",
            timezone.now() if is_over else None,
            worker.pk if is_over else None,
            situation.pk,
        )

    for end in Stage.values:
        with undone():
            if start == end or end in STAGE_MAY[start]:
                move(end)
                situation.refresh_from_db()
                assert situation.stage == end
            else:
                with pytest.raises(IntegrityError, match="ei voi siirtyä"):
                    move(end)


@pytest.mark.parametrize("start", MeetingStatus.values)
def test_meetings(start):
    situation = a_situation()
    meeting = Meeting.objects.create(
        situation=situation,
        convener=situation.holder,
        municipality=situation.family.municipality,
        status=start,
        period=next_weekday(),
    )

    def move(end: str) -> None:
        sql("UPDATE meetings_meeting SET status = %s WHERE id = %s", end, meeting.pk)

    for end in MeetingStatus.values:
        with undone():
            if start == end or end in MEETING_MAY[start]:
                move(end)
                meeting.refresh_from_db()
                assert meeting.status == end
            else:
                with pytest.raises(IntegrityError, match="ei voi siirtyä"):
                    move(end)


@pytest.mark.parametrize("start", HandoverStatus.values)
def test_handovers(start):
    situation = a_situation()
    handover = Handover.objects.create(
        situation=situation,
        from_worker=situation.holder,
        to_worker=WorkerFactory(),
        family_told=True,
        status=start,
        answered_at=None if start == "offered" else timezone.now(),
    )

    def move(end: str) -> None:
        sql(
            "UPDATE meetings_handover SET status = %s, answered_at = %s WHERE id = %s",
            end,
            None if end == "offered" else timezone.now(),
            handover.pk,
        )

    for end in HandoverStatus.values:
        with undone():
            if start == end or end in HANDOVER_MAY[start]:
                move(end)
                handover.refresh_from_db()
                assert handover.status == end
            else:
                with pytest.raises(IntegrityError, match="ei voi siirtyä"):
                    move(end)


# --- the koppi ----------------------------------------------------------------------------------


def give_koppi_by_raw_sql(situation: Situation, worker) -> None:
    sql("UPDATE meetings_situation SET holder_id = %s WHERE id = %s", worker.pk, situation.pk)


def test_the_koppi_does_not_change_hands_by_raw_sql():
    with pytest.raises(IntegrityError, match="vasta, kun vastaanottaja ottaa sen"):
        give_koppi_by_raw_sql(a_situation(), WorkerFactory())


@pytest.mark.parametrize("status", ["offered", "declined", "withdrawn"])
def test_nor_by_an_offer_that_was_not_accepted(status):
    handover = an_offered_handover()
    if status != "offered":
        sql(
            "UPDATE meetings_handover SET status = %s, answered_at = now() WHERE id = %s", status, handover.pk
        )
    with pytest.raises(IntegrityError, match="vasta, kun vastaanottaja ottaa sen"):
        give_koppi_by_raw_sql(handover.situation, handover.to_worker)


def test_nor_to_another_than_the_one_who_accepted():
    handover = an_offered_handover()
    sql("UPDATE meetings_handover SET status = 'accepted', answered_at = now() WHERE id = %s", handover.pk)
    with pytest.raises(IntegrityError, match="vasta, kun vastaanottaja ottaa sen"):
        give_koppi_by_raw_sql(handover.situation, WorkerFactory())
    give_koppi_by_raw_sql(handover.situation, handover.to_worker)


def test_nor_back_by_an_acceptance_of_long_ago():
    handover = an_offered_handover()
    giver = handover.from_worker
    sql("UPDATE meetings_handover SET status = 'accepted', answered_at = now() WHERE id = %s", handover.pk)
    give_koppi_by_raw_sql(handover.situation, handover.to_worker)
    with pytest.raises(IntegrityError, match="vasta, kun vastaanottaja ottaa sen"):
        give_koppi_by_raw_sql(handover.situation, giver)


def test_a_situation_always_has_somebody():
    with pytest.raises(IntegrityError):
        sql("UPDATE meetings_situation SET holder_id = NULL WHERE id = %s", a_situation().pk)


def test_the_koppi_is_offered_to_one_at_a_time_and_the_family_knows():
    handover = an_offered_handover()
    other = {
        "situation": handover.situation,
        "from_worker": handover.from_worker,
        "to_worker": WorkerFactory(),
    }
    with pytest.raises(IntegrityError, match="handover_one_open"), transaction.atomic():
        Handover.objects.create(**other, family_told=True)
    with pytest.raises(IntegrityError, match="handover_family_told"), transaction.atomic():
        Handover.objects.create(**other, status="declined", answered_at=timezone.now())


# --- other rows that must not be possible -------------------------------------------------------


def test_one_meeting_is_prepared_at_a_time():
    situation = with_conversation()
    values = {
        "situation": situation,
        "convener": situation.holder,
        "municipality": situation.family.municipality,
    }
    Meeting.objects.create(**values)
    with pytest.raises(IntegrityError, match="meeting_one_open"), transaction.atomic():
        Meeting.objects.create(**values)


def test_a_booked_meeting_has_its_time():
    situation = a_situation()
    for status in ("booked", "invited", "held", "not_held"):
        with pytest.raises(IntegrityError, match="meeting_booked_has_time"), transaction.atomic():
            Meeting.objects.create(
                situation=situation,
                convener=situation.holder,
                municipality=situation.family.municipality,
                status=status,
            )


def test_an_ended_situation_says_how():
    situation = a_situation()
    with pytest.raises(IntegrityError, match="situation_ended_says_how"):
        sql("UPDATE meetings_situation SET stage = 'ended' WHERE id = %s", situation.pk)


def test_the_history_is_written_by_the_database_and_never_changed():
    meeting = a_held_meeting(people=1)
    history = Meeting.pgh_event_model.objects.filter(pgh_obj_id=meeting.pk)
    before = history.count()
    sql("UPDATE meetings_meeting SET notes = 'ohi kaikkien' WHERE id = %s", meeting.pk)
    assert history.count() == before + 1
    for table in ("meetings_meetingevent", "meetings_situationevent", "network_consentevent"):
        with pytest.raises(DatabaseError, match="append|Cannot"):
            sql(f"UPDATE {table} SET pgh_label = 'x'")
        with pytest.raises(DatabaseError, match="append|Cannot"):
            sql(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "query", ["UPDATE perhekeskus_accesslog SET who = 'ei kukaan'", "DELETE FROM perhekeskus_accesslog"]
)
def test_a_look_stays_on_record(query):
    AccessLog.objects.create(who="Kaisa Peltonen", family_id=1, what="Perheen tilanne", ground="koppi")
    with pytest.raises(DatabaseError, match="accesslog_append_only"):
        sql(query)
    assert AccessLog.objects.get().who == "Kaisa Peltonen"
