"""The county's numbers are those of the rows, whatever happens to the rows and in whatever order."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from threading import Event

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F

from meetings.models import Cancellation, FirstSharedTime, Meeting, Participation, Situation
from meetings.states import CalledOff, MeetingStatus, WhoCancelled
from network.folding import fold
from network.models import NetworkTally, Tally, TallyChange
from network.recount import count_anew, mend, wrong_numbers, wrong_rows
from network.tallies import network_numbers, numbers, oldest_month
from perhekeskus.words import HELSINKI
from tests.factories import MunicipalityFactory, WorkerFactory, a_held_meeting, a_situation
from tests.factories.plans import an_agreed_plan, reviewed
from tests.plugins.together import together
from tests.tallied import in_all, tallied
from tests.walking import walk

from .tally_machine import Machine


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def a_meeting(
    start: datetime, status: MeetingStatus = MeetingStatus.HELD, situation: Situation | None = None
) -> Meeting:
    """A row as the actions leave it; how it came to be is of no matter to the numbers."""
    situation = situation or a_situation()
    return Meeting.objects.create(
        situation=situation,
        status=status,
        municipality=situation.family.municipality,
        convener=situation.holder,
        period=DateTimeTZRange(start, start + timedelta(minutes=90)),
    )


@pytest.mark.django_db
def test_numbers_are_those_of_the_rows_after_any_history():
    walk(Machine, steps=600, of_example=30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "month"),
    [
        # Half past eleven on New Year's Eve and half past midnight on New Year's Day.
        (datetime(2025, 12, 31, 23, 30, tzinfo=HELSINKI), date(2025, 12, 1)),
        (datetime(2025, 12, 31, 22, 30, tzinfo=UTC), date(2026, 1, 1)),
        # The clocks went forward on 29 March, and back on 25 October.
        (datetime(2026, 3, 31, 20, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 31, 21, 0, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 10, 31, 21, 59, tzinfo=UTC), date(2026, 10, 1)),
        (datetime(2026, 10, 31, 22, 0, tzinfo=UTC), date(2026, 11, 1)),
    ],
)
def test_a_month_begins_at_midnight_in_helsinki(start, month):
    meeting = a_meeting(start)
    assert tallied("held") == {("held", "shared_time", meeting.municipality_id, month): 1}


@pytest.mark.django_db
def test_what_the_real_actions_do_is_counted():
    """By hand: one situation with one talk, one shared time of three people, one plan, two reviews."""
    meeting = a_held_meeting(people=2)
    plan = an_agreed_plan(responsible=meeting.convener, meeting=meeting)
    reviewed(plan)
    town = meeting.municipality_id
    found = {(figure, part): number for (figure, part, where, _month), number in tallied().items()}
    assert {where for _figure, _part, where, _month in tallied()} == {town}
    waited = next(part for figure, part in found if figure == "wait")
    assert found == {
        ("opened", "close_worker"): 1,
        ("talk", "accepted"): 1,
        ("offer", "accepted"): 1,
        ("held", "shared_time"): 1,
        ("wait", waited): 1,
        # The convener and the two who came, and both guardians.
        ("seat", "education"): 3,
        ("seat", "family"): 2,
        ("measure", "agreed"): 1,
        ("outcome_family", "better"): 1,
        ("outcome_worker", "better"): 1,
    }
    assert wrong_numbers() == [] and wrong_rows() == []


@pytest.mark.django_db
def test_the_past_stays_when_a_family_moves_and_a_unit_changes_its_sector():
    meeting = a_held_meeting(people=1)
    before = tallied()
    sql("UPDATE network_family SET municipality_id = %s", MunicipalityFactory(code="297").pk)
    sql("UPDATE network_organisation SET sector = 'parish'")
    Meeting.objects.update(convener_sector="police", seats={"police": 9}, called_off_by="family")
    sql("UPDATE network_worker SET unit_id = unit_id")
    meeting.situation.refresh_from_db()
    meeting.situation.save()
    assert tallied() == before


@pytest.mark.django_db
def test_the_first_shared_time_is_nobody_elses_to_write():
    meeting = a_held_meeting()
    before = tallied()
    town = MunicipalityFactory(code="297").pk
    sql("DELETE FROM meetings_firstsharedtime")
    sql("UPDATE meetings_firstsharedtime SET held_at = now(), municipality_id = %s", town)
    sql(
        "INSERT INTO meetings_firstsharedtime (situation_id, municipality_id, opened_at, held_at)"
        " VALUES (999999, %s, now(), now())",
        town,
    )
    assert FirstSharedTime.objects.get().held_at == meeting.period.lower
    assert tallied() == before and wrong_rows() == []


@pytest.mark.django_db
def test_a_wait_is_that_of_the_first_shared_time_whatever_is_corrected():
    start = datetime(2026, 5, 5, 9, tzinfo=HELSINKI)
    first = a_meeting(start)
    situation = first.situation
    sql("UPDATE meetings_situation SET opened_at = %s", start - timedelta(days=10))
    second = a_meeting(start + timedelta(days=40), situation=situation)
    assert in_all("wait", "0010") == 1 == in_all("wait")
    # A shared time that is marked only now was before the others.
    a_meeting(start - timedelta(days=3), situation=situation)
    assert in_all("wait", "0007") == 1 == in_all("wait")
    Meeting.objects.exclude(pk=second.pk).delete()
    assert in_all("wait", "0050") == 1 == in_all("wait")
    sql("UPDATE meetings_situation SET opened_at = opened_at - interval '5 days'")
    assert in_all("wait", "0055") == 1 == in_all("wait")
    second.delete()
    assert in_all("wait") == 0 and not FirstSharedTime.objects.exists()


@pytest.mark.django_db
def test_who_called_it_off_is_counted_with_the_meeting():
    meeting = a_meeting(datetime(2026, 5, 5, 9, tzinfo=HELSINKI), MeetingStatus.INVITED)
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.CANCELLED)
    assert list(tallied("cancelled")) == [("cancelled", "", meeting.municipality_id, date(2026, 5, 1))]
    Cancellation.objects.create(meeting=meeting, what=CalledOff.MEETING, who=WhoCancelled.FAMILY)
    assert list(tallied("cancelled")) == [("cancelled", "family", meeting.municipality_id, date(2026, 5, 1))]
    # A page that had read the meeting before saves all of it: what the database keeps stays.
    meeting.status = MeetingStatus.CANCELLED
    meeting.save()
    assert in_all("cancelled", "family") == 1


@pytest.mark.django_db
def test_only_those_who_may_count_are_told():
    meeting = a_held_meeting()
    month = meeting.period.lower.astimezone(HELSINKI).date().replace(day=1)
    asked = (["held"], month, month)
    for worker in (WorkerFactory(), WorkerFactory(guidance=True), meeting.convener):
        assert numbers(worker, *asked) == {} == network_numbers(worker, *asked)
        assert oldest_month(worker, ["held"]) is None
    coordinator = WorkerFactory(coordinator=True)
    for _round in range(2):
        assert numbers(coordinator, *asked) == {("held", "shared_time", meeting.municipality_id, month): 1}
        assert network_numbers(coordinator, *asked) == {("held", "shared_time", month): 1}
        assert oldest_month(coordinator, ["held"]) == month
        fold()


@pytest.mark.django_db
def test_verify_counts_says_where_it_differs_and_mends():
    meeting = a_held_meeting(people=1)
    said = StringIO()
    call_command("verify_counts", stdout=said)
    assert "täsmää" in said.getvalue()

    fold()
    month = meeting.period.lower.astimezone(HELSINKI).date().replace(day=1)
    Tally.objects.filter(figure="held").update(number=7)
    TallyChange.objects.create(
        municipality=meeting.municipality, month=date(2026, 1, 1), figure="talk", part="declined", change=2
    )
    with pgtrigger.ignore(
        "meetings.FirstSharedTime:kept_as_it_is", "meetings.FirstSharedTime:counted_delete"
    ):
        sql("DELETE FROM meetings_firstsharedtime")
    wrong = StringIO()
    with pytest.raises(CommandError, match="6 väärää"):
        call_command("verify_counts", stderr=wrong)
    told = wrong.getvalue()
    assert "meetings_firstsharedtime: väärin 1 rivillä" in told
    assert f"held shared_time 263 {month:%Y-%m}: koonnissa 7, oikeasti 1" in told
    for where in ("263", "yhteensä"):
        assert f"talk declined {where} 2026-01: koonnissa 2, oikeasti 0" in told

    mended, said = StringIO(), StringIO()
    call_command("verify_counts", mend=True, stderr=mended, stdout=said)
    assert f"held shared_time 263 {month:%Y-%m}: koonnissa 7, oikeasti 1" in mended.getvalue()
    assert "Korjattiin 6 väärää lukua." in said.getvalue()
    assert wrong_numbers() == [] and wrong_rows() == []

    NetworkTally.objects.filter(figure="held").update(number=F("number") + 2)
    assert [(one.municipality, one.counted, one.real) for one in mend()[1]] == [("", 3, 1)]
    assert wrong_numbers() == []
    right = tallied()
    count_anew()
    assert wrong_numbers() == []
    assert tallied() == right and not TallyChange.objects.exists()


# --- at the same moment ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_once_and_two_who_fold_lose_nothing():
    start = datetime(2026, 5, 5, 9, tzinfo=HELSINKI)
    situation = a_situation()
    meetings = [a_meeting(start + timedelta(days=n), MeetingStatus.HELD, situation) for n in range(16)]
    seats = [
        Participation.objects.create(meeting=one, worker=WorkerFactory(), attendance="present")
        for one in meetings
    ]

    def mends(mine: list[Meeting]) -> None:
        for one in mine:
            earlier = one.period.lower - timedelta(days=40)
            Meeting.objects.filter(pk=one.pk).update(
                period=DateTimeTZRange(earlier, earlier + timedelta(hours=1))
            )

    def marks(mine: list[Participation]) -> None:
        for one in mine:
            Participation.objects.filter(pk=one.pk).update(attendance="absent")

    def folds() -> None:
        for _time in range(6):
            fold()

    together(
        *(lambda n=n: mends(meetings[n::4]) for n in range(4)),
        *(lambda n=n: marks(seats[8 + n :: 2]) for n in range(2)),
        folds,
        folds,
    )
    assert wrong_numbers() == [] and wrong_rows() == []
    assert in_all("held") == 16
    # The convener of each, and those who were not marked away.
    assert in_all("seat") == 16 + 8
    while fold():
        pass
    assert not TallyChange.objects.exists() and in_all("held") == 16


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE meetings_situation SET opened_at = opened_at - interval '5 days'",
        "UPDATE meetings_kind SET counts_as_shared_time = false WHERE code = 'shared_time'",
    ],
)
def test_a_wait_is_right_although_what_it_rests_on_changes_just_when_a_meeting_is_marked_held(change):
    meeting = a_meeting(datetime(2026, 5, 5, 9, tzinfo=HELSINKI), MeetingStatus.INVITED)
    is_marked, is_changed = Event(), Event()

    def marks() -> None:
        with transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD)
            is_marked.set()
            # Whoever changes it has to wait for this one.
            assert not is_changed.wait(0.3)

    def changes() -> None:
        assert is_marked.wait(10)
        sql(change)
        is_changed.set()

    try:
        together(marks, changes)
        assert wrong_rows() == [] and wrong_numbers() == []
    finally:
        sql("UPDATE meetings_kind SET counts_as_shared_time = true WHERE code = 'shared_time'")


@pytest.mark.django_db(transaction=True)
def test_a_fold_that_breaks_off_loses_nothing():
    a_meeting(datetime(2026, 5, 5, 9, tzinfo=HELSINKI))
    before = tallied()
    # Something is wrong with the table of numbers: the fold fails after it has taken the changes.
    sql("ALTER TABLE network_tally ADD CONSTRAINT broken CHECK (number < 0)")
    try:
        with pytest.raises(Exception, match="broken"):
            fold()
        assert tallied() == before and TallyChange.objects.exists()
    finally:
        sql("ALTER TABLE network_tally DROP CONSTRAINT broken")
    assert fold() and tallied() == before
