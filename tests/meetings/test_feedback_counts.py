"""The numbers of feedback: no published page gives away a hidden number, and no open quarter is shown."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from meetings.actions import feedback, missing, recording
from meetings.actions.missing import Pity
from meetings.feedback_counts import Told, closed_quarters, feedback_counts, lessons, told
from meetings.models import FeedbackReceipt, Meeting
from meetings.states import Attendance, FeedbackSide, FeedbackStep, WasNeeded
from network.models import Unit
from perhekeskus.refusals import Refused
from tests.factories import WorkerFactory, a_held_meeting, an_invited_meeting, invited

pytestmark = pytest.mark.django_db

YES, PARTLY, NO = FeedbackStep.YES, FeedbackStep.PARTLY, FeedbackStep.NO


# --- nothing hidden can be worked out ---------------------------------------------------------------


@pytest.mark.parametrize("limit", [3, 5])
def test_each_hidden_number_can_still_be_every_small_number(settings, limit):
    """Whoever knows the rule sees a page and lists all the answers that would have made the very same one."""
    settings.SMALL_NUMBER_LIMIT = limit
    worlds: dict[Told, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(range(5 * limit), repeat=3):
        worlds[told(numbers)].append(numbers)
    small = set(range(1, limit))
    for page, found in worlds.items():
        # Too large for all the others of its page to be among those that were gone through.
        if page.total.high >= 5 * limit:
            continue
        for place in range(3):
            possible = {numbers[place] for numbers in found}
            if possible & small and not possible <= {0}:
                assert small <= possible, (page, place, sorted(possible))


@pytest.mark.parametrize(
    ("numbers", "words", "total"),
    [
        ((0, 0, 0), ["0", "0", "0"], "0"),
        ((3, 0, 0), None, "alle 5"),
        ((12, 6, 0), ["12", "6", "0"], "18"),
        ((12, 3, 0), ["11–14", "alle 5", "0"], "15"),
        ((6, 3, 1), None, "10"),
        ((30, 8, 2), ["27–34", "5–9", "alle 5"], "40"),
        ((20, 3, 2), ["17–23", "alle 5", "alle 5"], "25"),
    ],
)
def test_what_is_told(numbers, words, total):
    page = told(numbers)
    assert page.total.words == total
    assert (None if page.steps is None else [step.words for step in page.steps]) == words


def test_every_range_holds_the_true_number():
    for numbers in product(range(14), repeat=3):
        page = told(numbers)
        assert page.total.low <= sum(numbers) <= page.total.high
        for number, step in zip(numbers, page.steps or (), strict=page.steps is not None):
            assert step.low <= number <= step.high


# --- quarters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2027, 4, 1), date(2026, 10, 1)),
        (date(2027, 5, 1), date(2026, 10, 1)),
        (date(2027, 5, 2), date(2027, 1, 1)),
        (date(2027, 1, 31), date(2026, 7, 1)),
    ],
)
def test_a_quarter_is_told_when_nobody_can_answer_about_it_any_more(today, newest):
    quarters = closed_quarters(today)
    assert quarters[0] == newest and len(quarters) == 4


def answered(meeting: Meeting, *steps: FeedbackStep, words: str = "") -> None:
    with time_machine.travel(meeting.period.upper + timedelta(hours=1), tick=False):
        for receipt in FeedbackReceipt.objects.filter(meeting=meeting):
            said = words if receipt.side == FeedbackSide.PROFESSIONAL else ""
            feedback.answer(receipt=receipt, said=feedback.Said(steps, said))


def test_the_answers_of_a_closed_quarter_are_counted_and_those_of_an_open_one_are_not():
    boss = WorkerFactory(coordinator=True)
    for _number in range(5):
        meeting = a_held_meeting(people=1)
        answered(meeting, YES, PARTLY, NO, words="Opin kuraattorin työstä.")
    open_day = (meeting.period.upper + timedelta(days=40)).date()
    later_day = open_day + timedelta(days=130)
    first = date(meeting.period.lower.year, (meeting.period.lower.month - 1) // 3 * 3 + 1, 1)
    assert all(one.first != first for one in feedback_counts(boss, meeting.period.upper.date()))
    (quarter,) = [one for one in feedback_counts(boss, later_day) if one.first == first]
    family, professionals = quarter.sides[FeedbackSide.FAMILY], quarter.sides[FeedbackSide.PROFESSIONAL]
    assert [[step.words for step in one.steps or ()] for one in family] == [
        ["5", "0", "0"],
        ["0", "5", "0"],
        ["0", "0", "5"],
    ]
    assert professionals[0].total.words == "10"
    assert feedback_counts(WorkerFactory(), later_day) == []
    newest = [one.first for one in feedback_counts(boss, later_day)][0]
    if newest == first:
        # Ten said the same: it is read once.
        assert lessons(boss, later_day) == ["Opin kuraattorin työstä."]
        assert lessons(WorkerFactory(), later_day) == []


def test_the_page_tells_numbers_and_no_family(client, django_assert_num_queries):
    boss = WorkerFactory(coordinator=True)
    meeting = None
    for _number in range(5):
        meeting = a_held_meeting(people=1)
        answered(meeting, YES, YES, YES)
    with time_machine.travel(meeting.period.upper + timedelta(days=130), tick=False):
        client.force_login(boss)
        client.get(reverse("count_feedback"))
        with django_assert_num_queries(6):
            page = client.get(reverse("count_feedback")).content.decode()
    assert "Tulitteko kuulluiksi?" in page and "Aada" not in page
    assert reverse("count_table", args=["palaute-perheet", "csv"]) in page
    client.force_login(WorkerFactory())
    assert client.get(reverse("count_feedback")).status_code == 404


# --- was it a pity ----------------------------------------------------------------------------------


@pytest.fixture
def meeting():
    """A meeting to which one of the two invited did not come; it is an hour after it."""
    meeting = an_invited_meeting(people=2)
    came = {one.pk: Attendance.PRESENT for one in meeting.participations.all()}
    came[invited(meeting, 1).pk] = Attendance.EXCUSED
    with time_machine.travel(meeting.period.upper + timedelta(hours=1), tick=False):
        yield recording.record(meeting=meeting, by=meeting.convener, record=recording.Record(attendance=came))


def test_the_word_on_the_missing_is_kept_and_counted_by_sector(client, meeting):
    absent = invited(meeting, 1)
    client.force_login(meeting.convener)
    url = reverse("meeting_missing", args=[meeting.pk])
    assert url in client.get(meeting.get_absolute_url()).content.decode()
    data = {f"needed_{absent.pk}": "yes", f"line_{absent.pk}": "Kuljetuksista."}
    assert client.post(url, {f"line_{absent.pk}": "Ilman vastausta."}).status_code == 422
    assert client.post(url, data).status_code == 302
    absent.refresh_from_db()
    assert (absent.was_needed, absent.needed_line) == ("yes", "Kuljetuksista.")
    boss = WorkerFactory(coordinator=True)
    sector = Unit.objects.select_related("organisation").get(pk=absent.worker.unit_id).organisation.sector
    counts = feedback_counts(boss, (meeting.period.upper + timedelta(days=130)).date())
    (found,) = [one.needed for one in counts if one.needed]
    assert {key.value: value.total.words for key, value in found.items()} == {sector: "alle 5"}


def test_whoever_came_after_all_is_not_missed(meeting):
    absent = invited(meeting, 1)
    pity = {absent.pk: Pity(WasNeeded.YES, "Kuljetuksista.")}
    missing.write_missing(meeting=meeting, by=meeting.convener, pities=pity)
    recording.record(
        meeting=meeting,
        by=meeting.convener,
        record=recording.Record(attendance={absent.pk: Attendance.PRESENT}),
    )
    absent.refresh_from_db()
    assert (absent.was_needed, absent.needed_line) == ("", "")
    missing.write_missing(meeting=meeting, by=meeting.convener, pities=pity)
    absent.refresh_from_db()
    assert absent.was_needed == ""
    with (
        pytest.raises(IntegrityError, match="participation_needed_of_missing"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE meetings_participation SET was_needed = 'yes' WHERE id = %s", [absent.pk])


def test_only_those_who_lead_write_it(meeting):
    with pytest.raises(Refused, match="sovittu kirjaaja"):
        missing.write_missing(meeting=meeting, by=invited(meeting).worker, pities={})
