"""The dashboard's pages against a history counted by hand: real actions, and each number that they make."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse

from meetings.actions import situations
from meetings.dashboard.afterwards import (
    CONTACTS,
    FAMILY_OUTCOMES,
    MEASURES,
    WORKER_OUTCOMES,
    afterwards,
)
from meetings.dashboard.along import ADVICE, RESULTS, TALKS, advice, talk_table, talks_and_chain
from meetings.dashboard.chain import CHAIN
from meetings.dashboard.people import SEATS, seats, unmet_needs
from meetings.dashboard.ranges import Range, later, month_of
from meetings.dashboard.tables import words_of
from meetings.dashboard.waiting_now import WAITING_NOW, waiting_now
from meetings.dashboard.waits import waits
from meetings.states import ConversationResult, Ending
from network.states import ConsultationResult
from network.tallies import network_numbers
from perhekeskus.words import HELSINKI, today
from plans import actions
from plans.states import MeasureStatus
from tests.factories import (
    ClosePersonFactory,
    ContactRuleFactory,
    MunicipalityFactory,
    NeedFactory,
    UnitFactory,
    WorkerFactory,
    a_convened_meeting,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    with_conversation,
)
from tests.factories.consultations import a_closed_consultation
from tests.factories.plans import an_agreed_plan, reviewed

TABLES = (
    *(TALKS, CHAIN, ADVICE, RESULTS, WAITING_NOW, SEATS),
    *(CONTACTS, MEASURES, FAMILY_OUTCOMES, WORKER_OUTCOMES),
)
PAGES = ("count_along", "count_people", "count_afterwards")


def these_months() -> Range:
    """Those in which all of it happens."""
    return Range(month_of(today()), later(month_of(today()), 2))


def rows_of(table) -> list[list[str]]:
    return [[words_of(value) for value in row] for row in table.rows]


def totals(table) -> list[tuple[str, str]]:
    """Each row's head, and what it makes over the months."""
    return [(row[0], row[-1]) for row in rows_of(table)]


@pytest.fixture
def exact(settings):
    """A limit that hides nothing, as the hand counts small numbers."""
    settings.SMALL_NUMBER_LIMIT = 2


def after(days: int):
    """So many days from now, in the middle of the day."""
    noon = datetime.combine(today() + timedelta(days=days), time(12), tzinfo=HELSINKI)
    return time_machine.travel(noon, tick=False)


@pytest.fixture
def history(db):
    """Seven families, and an eighth with questions: from now on, for six weeks."""
    colleague = WorkerFactory()
    first = with_conversation()
    # The second family does not want it, for the third guidance is enough, the fourth thinks it over.
    for result in ("DECLINED", "GUIDANCE", "THINKING"):
        with_conversation(result=ConversationResult[result])
    # The fifth is being convened, the sixth invited, the seventh moves away when it is being convened.
    a_convened_meeting()
    an_invited_meeting()
    moving = a_convened_meeting().situation
    situations.end(situation=moving, by=moving.holder, ending=Ending.MOVED)
    # Five questions of the eighth: advice was enough three times.
    asking = a_situation()
    for result in ("ENOUGH", "ENOUGH", "ENOUGH", "SHARED_TIME", "DIRECT"):
        a_closed_consultation(situation=asking, result=ConsultationResult[result])
    # The first family's shared time, nine days from now: two guardians, a grandmother, a colleague of the
    # convener from the city's day care, and somebody of an association.
    people = [
        colleague,
        WorkerFactory(third_sector=True),
        ClosePersonFactory(family=first.family, name="Mummo"),
    ]
    begins = datetime.combine(today() + timedelta(days=9), time(9, 30), tzinfo=HELSINKI)
    period = DateTimeTZRange(begins, begins + timedelta(minutes=90))
    meeting = a_held_meeting(meeting=an_invited_meeting(situation=first, people=people, period=period))
    # One measure, and a contact promised in two weeks: kept. The next one is three days late.
    plan = an_agreed_plan(meeting=meeting, responsible=colleague)
    with after(14):
        keep_promise(plan, colleague, next_on=today() + timedelta(days=14))
    with after(31):
        keep_promise(plan, colleague, next_on=today() + timedelta(days=10))
        mark = actions.Mark(plan.measures.get().pk, MeasureStatus.DONE)
        actions.mark_measures(plan=plan, by=colleague, marks=[mark])
    # Both sides say that it is better, and everyday life runs.
    with after(41):
        reviewed(plan)
        actions.finish(situation=plan.situation, by=colleague, outcome="Aamut ovat rauhallisia.")


def keep_promise(plan, by, *, next_on: date) -> None:
    contact = plan.contacts.get(done_at=None)
    actions.record_contact(contact=contact, by=by, outcome="Soitin.", next_on=next_on)


@pytest.mark.usefixtures("exact", "history")
def test_the_numbers_are_those_counted_by_hand():
    coordinator, months = WorkerFactory(coordinator=True), these_months()
    talks, chain = talks_and_chain(coordinator, months)
    assert totals(talk_table(talks, months)) == [
        ("Perhe haluaa yhteisen ajan", "4"),
        ("Perhe miettii vielä", "1"),
        ("Perhe ei halunnut yhteistä aikaa", "1"),
        ("Ohjaus riitti", "1"),
        ("Keskustelu riitti", "0"),
        ("Keskusteluja yhteensä", "7"),
    ]
    assert (talks.offers.words, talks.accepted.words) == ("6", "4")
    assert rows_of(chain.table()) == [
        ["Puheeksiotto", "4", "2", "2"],
        ["Koollekutsuminen", "2", "1", "1"],
        ["Yhteinen aika", "1", "1", "0"],
        ["Suunnitelma", "1", "1", "0"],
        ["Sujuva arki", "1", "–", "–"],
    ]
    advised = advice(coordinator, months)
    assert (advised.given.words, advised.enough.words) == ("5", "3")
    # The fourth and the eighth family; the fifth; the sixth.
    assert rows_of(waiting_now(coordinator)) == [
        ["Kiuruvesi", "2", "1", "1", "4"],
        ["Koko verkosto", "2", "1", "1", "4"],
    ]
    were_there = seats(coordinator, months)
    assert [row for row in totals(were_there.table(months)) if row[1] != "0"] == [
        ("sivistyspalvelut", "2"),
        ("järjestöt", "1"),
        ("perheen läheiset", "1"),
        ("perheet itse", "2"),
        ("Kaikki yhteensä", "6"),
    ]
    # One meeting, and the grandmother.
    assert were_there.close_people_of_one == "1,0"
    assert were_there.third_sector_share == "33\u00a0%"
    came_of_it = afterwards(coordinator, months)
    better = [("paremmin", "1"), ("ennallaan", "0"), ("huonommin", "0"), ("Arvioituja asioita", "1")]
    assert [totals(table) for table in came_of_it.tables] == [
        [("ajallaan", "2"), ("myöhässä", "1"), ("Yhteydenottoja yhteensä", "3")],
        [("sovittu", "1"), ("tehty", "1"), ("jätetty sikseen", "0")],
        better,
        better,
    ]
    assert came_of_it.on_time_share == "67\u00a0%"
    # Nine days, and of one family nothing is told of them.
    (wait,) = network_numbers(coordinator, ["wait"], months.first, months.last)
    assert wait[1] == "0009"
    assert {one.median for one in waits(coordinator, today() + timedelta(days=150))} == {None}


@pytest.mark.usefixtures("history")
def test_of_so_few_no_page_and_no_file_tells_a_small_number(client):
    months = {"first": f"{today():%Y-%m}"}
    with after(41):
        client.force_login(WorkerFactory(coordinator=True))
        months["last"] = f"{today():%Y-%m}"
        files = {
            name: client.get(reverse("count_table", args=[name, "csv"]), months).content.decode()
            for name in TABLES
        }
        pages = [client.get(reverse(name), months).content.decode() for name in PAGES]
    for name, text in files.items():
        cells = {cell for row in text.splitlines()[1:] for cell in row.split(";")[1:]}
        told = {cell for cell in cells if cell.isdigit() and 0 < int(cell) < 5}
        assert not told, (name, text)
    for text in pages:
        assert "alle 5" in text and "Äiti-Kaisa" not in text and "Mummo" not in text


@pytest.mark.django_db
def test_needs_without_anybody_on_the_list_are_named_with_their_municipalities():
    need, other = NeedFactory(name="Uni ja jaksaminen"), NeedFactory(name="Talous")
    kiuruvesi, iisalmi = MunicipalityFactory(), MunicipalityFactory(code="140", name_fi="Iisalmi")
    # A municipality without any unit is no part of the network.
    MunicipalityFactory(code="762", name_fi="Sonkajärvi")
    for municipality in (kiuruvesi, iisalmi):
        UnitFactory(municipality=municipality)
    ContactRuleFactory(need=need, municipality=iisalmi)
    coordinator = WorkerFactory(coordinator=True, unit=UnitFactory(municipality=kiuruvesi))
    assert rows_of(unmet_needs(coordinator)) == [
        ["Talous", "kaikki kunnat"],
        ["Uni ja jaksaminen", "Kiuruvesi"],
    ]
    ContactRuleFactory(need=other, municipality=kiuruvesi)
    ContactRuleFactory(need=other, municipality=iisalmi)
    assert [row[0] for row in rows_of(unmet_needs(coordinator))] == ["Uni ja jaksaminen"]
    assert unmet_needs(WorkerFactory()).rows == ()
