"""Area forums: who is invited, who answers, what comes of them, and the reminder when there is none."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from icalendar import Calendar

from network import regular_letters
from network.actions import forums as actions
from network.areas import areas_without_forum, months_before
from network.audiences import invited_to
from network.duties import in_hand
from network.models import AreaForum, DevelopmentNeed, Worker
from network.states import DEVELOPMENT_MOVES, DevelopmentState, ForumAnswer, ForumKind, Sector
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI
from tests.factories import (
    AreaFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UnitFactory,
    WorkerFactory,
    a_forum,
    an_invited_forum,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Worker:
    """A coordinator who works elsewhere."""
    return WorkerFactory(coordinator=True, unit=UnitFactory(municipality=MunicipalityFactory(code="111")))


@pytest.fixture
def area():
    return AreaFactory(
        name="Ylä-Savo", municipalities=[MunicipalityFactory(), MunicipalityFactory(code="140")]
    )


def a_worker(code: str, sector: Sector = Sector.EDUCATION, **fields) -> Worker:
    unit = UnitFactory(
        municipality=MunicipalityFactory(code=code), organisation=OrganisationFactory(sector=sector)
    )
    return WorkerFactory(unit=unit, **fields)


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


# --- inviting ------------------------------------------------------------------------------------


def test_a_forum_invites_the_active_workers_of_its_area(boss, area):
    here, there, far = a_worker("263"), a_worker("140", Sector.PARISH), a_worker("297")
    a_worker("263", is_active=False)
    forum = an_invited_forum(by=boss, area=area)
    assert {one.worker for one in forum.participations.all()} == {here, there}
    assert far not in invited_to(forum)
    messages = {one.recipient: one for one in Message.objects.filter(kind="forum_request")}
    assert set(messages) == {here.email, there.email}
    letter = kind_of(messages[here.email]).compose(messages[here.email])
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert event["summary"] == "Alueellinen foorumi"
    assert forum.themes not in letter.text + letter.html and f"/foorumit/{forum.pk}/" in letter.text


def test_a_round_invites_the_chosen_sectors_and_units(boss):
    teacher, nurse = a_worker("263"), a_worker("263", Sector.SOCIAL_HEALTH)
    other = a_worker("263")
    town = MunicipalityFactory()
    forum = a_forum(by=boss, municipality=town, kind=ForumKind.DAY_CARES, sectors=[Sector.EDUCATION])
    assert set(invited_to(forum)) == {teacher, other} and nurse not in invited_to(forum)
    forum = actions.choose_units(forum=forum, by=boss, units=[teacher.unit], seen_version=forum.version)
    assert set(invited_to(forum)) == {teacher}


def test_inviting_again_invites_only_those_who_have_come_since(boss, area):
    a_worker("263")
    forum = an_invited_forum(by=boss, area=area)
    newcomer = a_worker("140")
    actions.invite(forum=forum, by=boss, seen_version=forum.version)
    assert Message.objects.filter(kind="forum_request").count() == 2
    assert Message.objects.filter(kind="forum_request", recipient=newcomer.email).count() == 1


def test_nobody_to_invite_is_said(boss):
    empty = AreaFactory(name="Tyhjä", municipalities=[MunicipalityFactory(code="999")])
    forum = a_forum(by=boss, area=empty)
    with pytest.raises(Refused, match="ei tavoita ketään"):
        actions.invite(forum=forum, by=boss, seen_version=forum.version)


def test_only_coordinators_arrange(boss, area):
    for by in (WorkerFactory(), WorkerFactory(administrator=True)):
        with pytest.raises(Refused, match="Koordinaattori järjestää"):
            a_forum(by=by, area=area)


def test_what_is_being_prepared_is_the_coordinators(boss, area):
    forum, worker = a_forum(by=boss, area=area), a_worker("263")
    assert not AreaForum.objects.visible_to(worker).exists()
    assert AreaForum.objects.visible_to(boss).exists()
    actions.invite(forum=forum, by=boss, seen_version=forum.version)
    assert AreaForum.objects.visible_to(worker).exists()


def moved(forum: AreaForum, **changes) -> dict:
    names = ("kind", "area", "municipality", "starts_at", "ends_at", "place", "themes", "sectors")
    return {name: getattr(forum, name) for name in names} | changes


def test_those_who_come_are_told_of_another_place_and_the_others_are_left_in_peace(boss, area):
    comes, declines = a_worker("263"), a_worker("140")
    forum = an_invited_forum(by=boss, area=area)
    actions.answer(forum=forum, by=declines, says=ForumAnswer.NOT_COMING)
    actions.save_forum(forum=forum, by=boss, fields=moved(forum, place="Koulu"), seen_version=forum.version)
    new = Message.objects.filter(kind="forum_request", version=2)
    assert [one.recipient for one in new] == [comes.email]
    old = Message.objects.filter(kind="forum_request", version=1)
    assert {kind_of(one).why_not(one) for one in old} == {"outdated"}


def test_a_cancelled_forum_is_told_to_those_whom_something_has_reached(boss, area):
    reached, not_yet = a_worker("263"), a_worker("140")
    forum = an_invited_forum(by=boss, area=area)
    messages = Message.objects.filter(kind="forum_request")
    messages.filter(recipient=reached.email).update(state=MessageState.CLAIMED)
    actions.cancel(forum=forum, by=boss)
    actions.cancel(forum=forum, by=boss)
    assert [one.recipient for one in Message.objects.filter(kind="forum_cancelled")] == [reached.email]
    assert messages.get(recipient=not_yet.email).state == MessageState.DROPPED
    with pytest.raises(Refused, match="peruttu"):
        actions.answer(forum=forum, by=reached, says=ForumAnswer.COMING)


# --- answering and recording ---------------------------------------------------------------------


def test_an_answer_can_be_changed_until_it_is_over(boss, area):
    worker, uninvited = a_worker("263"), a_worker("297")
    forum = an_invited_forum(by=boss, area=area)
    for says in (ForumAnswer.MAYBE, ForumAnswer.COMING, ForumAnswer.COMING):
        actions.answer(forum=forum, by=worker, says=says)
    assert forum.participations.get(worker=worker).answer == ForumAnswer.COMING
    # The door is open to whoever sees it on the list.
    actions.answer(forum=forum, by=uninvited, says=ForumAnswer.COMING)
    over = time_machine.travel(forum.ends_at + timedelta(minutes=1), tick=False)
    with over, pytest.raises(Refused, match="on jo ollut"):
        actions.answer(forum=forum, by=worker, says=ForumAnswer.NOT_COMING)


def test_a_forum_is_recorded_when_it_has_begun(boss, area):
    came, stayed_away = a_worker("263"), a_worker("140")
    forum = an_invited_forum(by=boss, area=area)
    facts = {"by": boss, "came": [came.pk], "notes": "Hyvä päivä."}
    with pytest.raises(Refused, match="kun se on alkanut"):
        actions.record(forum=forum, seen_version=forum.version, **facts)
    with time_machine.travel(forum.starts_at + timedelta(hours=1), tick=False):
        forum = actions.record(forum=forum, seen_version=forum.version, **facts)
    rows = {one.worker: one.came for one in forum.participations.all()}
    assert rows == {came: True, stayed_away: False} and forum.held_by == boss


@pytest.mark.django_db(transaction=True)
def test_two_who_invite_at_once_invite_each_worker_once(boss, area):
    for code in ("263", "140", "263"):
        a_worker(code)
    forum = a_forum(by=boss, area=area)
    together(*[lambda: actions.invite(forum=forum, by=boss, seen_version=forum.version)] * 3)
    assert forum.participations.count() == Message.objects.filter(kind="forum_request").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_answers_of_one_person_at_once_are_one_answer(boss, area):
    a_worker("263")
    forum, worker = an_invited_forum(by=boss, area=area), a_worker("297")
    acts = [
        lambda says=says: actions.answer(forum=forum, by=worker, says=says)
        for says in (ForumAnswer.COMING, ForumAnswer.MAYBE, ForumAnswer.NOT_COMING)
    ]
    assert not together(*acts)
    assert forum.participations.filter(worker=worker).count() == 1


# --- development needs ---------------------------------------------------------------------------


@pytest.fixture
def need() -> DevelopmentNeed:
    return actions.record_need(by=WorkerFactory(), text="Tieto ei kulje", municipality=MunicipalityFactory())


def test_anybody_may_take_up_what_waits_and_one_of_them_gets_it(need):
    worker, late = WorkerFactory(), WorkerFactory()
    need = actions.take_need(need=need, by=worker)
    assert (need.owner, need.state) == (worker, DevelopmentState.UNDER_WAY)
    assert in_hand(worker) == ["1 kehittämisasia"]
    with pytest.raises(Refused, match="ei enää odota"):
        actions.take_need(need=need, by=late)


def reach(state: DevelopmentState, boss: Worker) -> DevelopmentNeed:
    need = actions.record_need(by=boss, text="Asia", municipality=MunicipalityFactory())
    if state == DevelopmentState.OPEN:
        return need
    need = actions.take_need(need=need, by=boss)
    if state == DevelopmentState.UNDER_WAY:
        return need
    return actions.move_need(need=need, by=boss, to=state, outcome="Näin kävi", seen_version=need.version)


# Written out by hand, apart from the table that the code has.
ALLOWED = {
    ("open", "under_way"), ("open", "put_aside"),
    ("under_way", "open"), ("under_way", "done"), ("under_way", "put_aside"),
    ("done", "under_way"), ("put_aside", "open"),
}  # fmt: skip


@pytest.mark.parametrize("start", DevelopmentState)
@pytest.mark.parametrize("end", DevelopmentState)
def test_the_moves_of_a_need(start, end):
    boss = WorkerFactory(coordinator=True)
    need = reach(start, boss)
    may = (start.value, end.value) in ALLOWED
    assert (end in DEVELOPMENT_MOVES[start]) == may
    owner = boss.pk if end in {DevelopmentState.UNDER_WAY, DevelopmentState.DONE} else need.owner_id

    def force() -> None:
        sql(
            "UPDATE network_developmentneed SET state = %s, owner_id = %s, outcome = 'x' WHERE id = %s",
            end.value,
            owner,
            need.pk,
        )

    if may or start == end:
        force()
    else:
        with pytest.raises(IntegrityError, match="development_moves"):
            force()


def test_putting_aside_asks_why_and_only_the_owner_or_a_coordinator_moves(need):
    owner, boss = WorkerFactory(), WorkerFactory(coordinator=True)
    need = actions.take_need(need=need, by=owner)
    to = DevelopmentState.PUT_ASIDE

    def put_aside(by: Worker, why: str) -> DevelopmentNeed:
        return actions.move_need(need=need, by=by, to=to, outcome=why, seen_version=need.version)

    with pytest.raises(Refused, match="miksi asia jätetään"):
        put_aside(owner, "  ")
    with pytest.raises(Refused, match="joka sitä hoitaa, tai koordinaattori"):
        put_aside(WorkerFactory(), "Ei ehditä")
    with pytest.raises(Refused, match="muuttanut"):
        actions.move_need(need=need, by=boss, to=to, outcome="Ei ehditä", seen_version=1)
    assert put_aside(boss, "Ei ehditä").outcome == "Ei ehditä"
    with pytest.raises(Refused, match="ei ole enää kesken"):
        actions.name_owner(need=need, by=boss, owner=owner)


def test_a_coordinator_gives_a_need_to_somebody(need):
    owner = WorkerFactory()
    need = actions.name_owner(need=need, by=WorkerFactory(coordinator=True), owner=owner)
    assert (need.owner, need.state) == (owner, DevelopmentState.UNDER_WAY)
    closed = WorkerFactory(is_active=False)
    with pytest.raises(Refused, match="ei ole käytössä"):
        actions.name_owner(need=need, by=owner, owner=closed)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_a_need_at_once_leave_it_to_one(need):
    workers = [WorkerFactory() for _number in range(3)]
    acts = [lambda by=by: actions.take_need(need=need, by=by) for by in workers]
    assert len(together(*acts)) == 2


# --- what the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE network_areaforum SET municipality_id = '263' WHERE id = {forum}", "forum_one_place"),
        ("UPDATE network_areaforum SET area_id = NULL WHERE id = {forum}", "forum_one_place"),
        ("UPDATE network_areaforum SET held_at = lower(period) - interval '1 minute',"
         " held_by_id = {worker} WHERE id = {forum}", "forum_held_after_it_began"),
        ("UPDATE network_areaforum SET held_at = upper(period), held_by_id = {worker},"
         " cancelled_at = now(), cancelled_by_id = {worker} WHERE id = {forum}", "forum_held_or_cancelled"),
        ("UPDATE network_areaforum SET cancelled_at = NULL, cancelled_by_id = NULL WHERE id = {cancelled}",
         "forum_cancelled_stays"),
        ("UPDATE network_areaforum SET invited_at = NULL WHERE id = {forum}", "forum_invited_paired"),
        ("INSERT INTO network_forumparticipation (forum_id, worker_id, answer)"
         " VALUES ({forum}, {worker}, 'pending')", "forum_participation_once"),
        ("UPDATE network_forumparticipation SET answer = 'coming'", "forum_answer_has_time"),
        ("UPDATE network_developmentneed SET state = 'under_way'", "development_under_way_has_owner"),
        ("UPDATE network_developmentneed SET state = 'put_aside'", "development_put_aside_says_why"),
    ],
)  # fmt: skip
def test_the_database_refuses(boss, area, need, statement, constraint):
    worker = a_worker("263")
    cancelled = actions.cancel(forum=an_invited_forum(by=boss, area=area, days=20), by=boss)
    forum = an_invited_forum(by=boss, area=area)
    facts = {"forum": forum.pk, "cancelled": cancelled.pk, "worker": worker.pk}
    with pytest.raises(IntegrityError, match=constraint):
        sql(statement.format(**facts))


# --- the reminder --------------------------------------------------------------------------------

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=HELSINKI)


def hold(boss: Worker, moment: datetime, **place) -> AreaForum:
    with time_machine.travel(moment - timedelta(days=7), tick=False):
        forum = an_invited_forum(by=boss, days=7, **place)
    with time_machine.travel(moment + timedelta(hours=1), tick=False):
        return actions.record(forum=forum, by=boss, came=[], notes="", seen_version=forum.version)


def missing() -> list[str]:
    with time_machine.travel(NOW, tick=False):
        return [one.name for one in areas_without_forum()]


def test_an_area_misses_a_forum_after_eight_months(boss, area, settings):
    a_worker("263")
    assert missing() == ["Ylä-Savo"]
    hold(boss, datetime(2026, 3, 1, 12, tzinfo=HELSINKI), area=area)
    assert missing() == ["Ylä-Savo"]
    hold(boss, datetime(2026, 3, 2, 12, tzinfo=HELSINKI), area=area)
    assert missing() == []
    settings.FORUM_INTERVAL_MONTHS = 7
    assert missing() == ["Ylä-Savo"]


def test_a_round_or_a_cancelled_forum_is_no_forum_of_the_area_and_a_planned_one_is(boss, area):
    a_worker("263")
    hold(boss, NOW - timedelta(days=30), area=area, kind=ForumKind.SCHOOLS)
    with time_machine.travel(NOW, tick=False):
        actions.cancel(forum=an_invited_forum(by=boss, area=area), by=boss)
    assert missing() == ["Ylä-Savo"]
    with time_machine.travel(NOW, tick=False):
        a_forum(by=boss, area=area)
    assert missing() == []


def test_a_forum_of_a_wider_area_counts_and_the_widest_missing_one_is_named(boss, area):
    AreaFactory(name="Kiuruvesi", municipalities=[MunicipalityFactory()])
    AreaFactory(name="Tyhjä").municipalities.clear()
    a_worker("263")
    assert missing() == ["Ylä-Savo"]
    forum = hold(boss, NOW - timedelta(days=30), municipality=MunicipalityFactory())
    assert forum.area is None and missing() == ["Ylä-Savo"]
    hold(boss, NOW - timedelta(days=20), area=area)
    assert missing() == []


def test_coordinators_are_reminded_once_a_month_while_something_is_missing(boss, area):
    WorkerFactory(), WorkerFactory(coordinator=True, is_active=False)
    counts = []
    hour, day = timedelta(hours=1), timedelta(days=1)
    for moment in (NOW - 2 * hour, NOW, NOW + hour, NOW + 29 * day, NOW + 30 * day):
        with time_machine.travel(moment, tick=False):
            counts.append(regular_letters.remind_of_forums())
    assert counts == [0, 1, 0, 0, 1]
    message = Message.objects.filter(kind="forum_reminder").order_by("pk").first()
    assert message is not None and message.recipient == boss.email
    with time_machine.travel(NOW, tick=False):
        assert "Ylä-Savo" in kind_of(message).compose(message).text
        a_worker("263")
        a_forum(by=boss, area=area)
        assert kind_of(message).why_not(message) == "planned"
    with time_machine.travel(NOW + timedelta(days=70), tick=False):
        assert areas_without_forum() and regular_letters.remind_of_forums() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_write_one_reminder_each(boss, area):
    with time_machine.travel(NOW, tick=False):
        together(*[regular_letters.remind_of_forums] * 4)
    assert Message.objects.filter(kind="forum_reminder").count() == 1


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2026-11-02", 8, "2026-03-02"), ("2026-10-31", 8, "2026-02-28"), ("2026-01-31", 1, "2025-12-31"),
     ("2026-12-15", 12, "2025-12-15")],
)  # fmt: skip
def test_months_before(day, months, before):
    found = months_before(datetime.fromisoformat(day).date(), months)
    assert found.isoformat() == before
