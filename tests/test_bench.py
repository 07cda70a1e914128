"""The measurements' own honesty: unequal answers void a row, and both sides of each row say the same."""

import pytest
from django.db import connection

from bench.load import SITUATIONS_OF_WORKER, load_ground, load_situations
from bench.many_bookings import GUARDS, load_bookings
from bench.pairs import AnswersDiffer, compared, interval
from bench.rows import dashboard, directory_search, my_situations, slots
from bench.rows.slots_by_hand import by_hand
from bench.scratch import count_keys_on
from meetings.models import Booking
from meetings.slots import best_slots
from network.models import Worker
from plans.demonstration.many_meetings import load_meetings

FIELDS = {"what", "reference", "ours_ms", "reference_ms", "ratio", "low", "high", "goal", "ok"}


def row(**changes):
    facts = {
        "what": "koe",
        "reference": "sama",
        "ours": lambda case: sum(range(case)),
        "theirs": lambda case: case * (case - 1) // 2,
        "cases": [1000, 2000],
        "goal": None,
    }
    return compared(**{**facts, **changes})


def test_a_row_says_what_was_agreed():
    found = row()

    assert set(found) == FIELDS
    assert found["low"] <= found["ratio"] <= found["high"]
    assert found["ok"]


def test_a_goal_that_is_missed_is_not_ok():
    assert not row(ours=lambda case: sum(range(100 * case)) and sum(range(case)), goal=1.0)["ok"]


def test_unequal_answers_void_the_row():
    with pytest.raises(AnswersDiffer):
        row(theirs=lambda case: case)


def test_the_interval_holds_the_median_and_is_the_same_again():
    values = [1.0, 1.1, 1.2, 1.3, 5.0] * 8

    assert interval(values) == interval(values)
    assert interval(values)[0] <= 1.2 <= interval(values)[1]


# --- the rows, on little data ------------------------------------------------------------------------

WORKERS = 4
# What waits for those four, each kind by its address; a row that the data has none of compares nothing.
KINDS = {
    "koppi",
    "kutsut",
    "tilanteet",
    "tilanteet/keskustelu",
    "tilanteet/kutsu-koolle",
    "yhteydenotot",
    "yhteydenotot/saapunut",
    "yhteiset-ajat/aika",
    "yhteiset-ajat/kirjaus",
}


@pytest.mark.django_db
def test_both_sides_of_the_rows_say_the_same():
    load_ground(WORKERS * SITUATIONS_OF_WORKER, people=120)
    load_situations(WORKERS * SITUATIONS_OF_WORKER)
    kinds, coming = set(), 0
    for worker in Worker.objects.filter(pk__lte=WORKERS):
        waiting, meetings = my_situations._ours(worker)
        assert (waiting, meetings) == my_situations._bare(worker.pk)
        kinds |= {
            "/".join(part for part in url.split("/") if part and not part.isdigit()) for _at, url in waiting
        }
        coming += len(meetings)
    assert kinds >= KINDS and coming

    user = Worker.objects.get(pk=1)
    for text in directory_search.TEXTS:
        assert directory_search._ours(text, user) == directory_search._sent(*directory_search._by_hand(text))


@pytest.mark.django_db
def test_the_page_tells_the_same_as_the_rollup_and_as_the_meetings_themselves(settings):
    settings.SMALL_NUMBER_LIMIT = 2
    load_ground(0, people=60)
    count_keys_on()
    load_meetings(12_000, dashboard.MONTHS)
    client, asked = dashboard._coordinator(), dashboard._range()

    told = dashboard._told(client, asked)

    assert told == dashboard._words(dashboard._rolled_up(asked), asked)
    assert told == dashboard._words(dashboard._scan(asked), asked)
    assert len(told) == 309 and any(word not in {"0", "alle 2"} for row in told for word in row[1:])


@pytest.mark.django_db
@pytest.mark.parametrize("guards_last", [False, True])
def test_the_search_by_hand_finds_the_same_times_and_the_guards_are_there(guards_last):
    load_ground(0, people=60)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(GUARDS)
        guards = cursor.fetchall()
        load_bookings(9_000, guards_last=guards_last)
        cursor.execute(GUARDS)
        assert cursor.fetchall() == guards and len(guards) == 2

    assert Booking.objects.count() == 9_000
    found = [best_slots(case) for case in slots._cases()]
    assert found == [by_hand(case) for case in slots._cases()]
    # It is worth something only when some of the ten leave somebody out, and not the same room is in all.
    assert any(not slot.suits_all for ten in found for slot in ten)
    assert len({slot.room_id for ten in found for slot in ten}) > 4
