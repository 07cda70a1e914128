"""Bulletins: whom they reach, what stays as it was sent, who has read them, and the weekly letter."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from network import regular_letters
from network.actions import bulletins as actions
from network.audiences import audience_of
from network.models import Bulletin, BulletinReceipt, RegularLetter, Worker
from network.states import Sector
from perhekeskus.models import Message
from perhekeskus.outbox import drain, kind_of
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI
from tests.factories import (
    MunicipalityFactory,
    OrganisationFactory,
    UnitFactory,
    WorkerFactory,
    a_bulletin,
    a_draft,
    a_group,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

# Monday before and after eight, and the next Monday.
BEFORE = datetime(2026, 11, 2, 7, 59, tzinfo=HELSINKI)
AFTER = datetime(2026, 11, 2, 8, 10, tzinfo=HELSINKI)
WEEK = timedelta(days=7)


@pytest.fixture
def coordinator() -> Worker:
    return WorkerFactory(
        coordinator=True, unit=UnitFactory(organisation=OrganisationFactory(sector=Sector.SOCIAL_HEALTH))
    )


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def a_unit(code: str, sector: Sector):
    return UnitFactory(
        municipality=MunicipalityFactory(code=code), organisation=OrganisationFactory(sector=sector)
    )


def receivers(bulletin: Bulletin) -> set[Worker]:
    return {receipt.worker for receipt in bulletin.receipts.select_related("worker")}


def sees(worker: Worker, bulletin: Bulletin) -> bool:
    worker = Worker.objects.get(pk=worker.pk)
    return Bulletin.objects.visible_to(worker).filter(pk=bulletin.pk).exists()


# --- whom it reaches -----------------------------------------------------------------------------


@pytest.fixture
def town():
    """A worker of each sector in each of two municipalities, two of them in one unit."""
    school = a_unit("263", Sector.EDUCATION)
    return {
        "teacher": WorkerFactory(unit=school),
        "other teacher": WorkerFactory(unit=a_unit("263", Sector.EDUCATION)),
        "nurse": WorkerFactory(unit=a_unit("263", Sector.SOCIAL_HEALTH)),
        "far teacher": WorkerFactory(unit=a_unit("297", Sector.EDUCATION)),
        "closed": WorkerFactory(unit=school, is_active=False),
    }


@pytest.mark.parametrize(
    ("to", "sectors", "units", "reached"),
    [
        ([], [], [], {"teacher", "other teacher", "nurse", "far teacher", "sender"}),
        (["263"], [], [], {"teacher", "other teacher", "nurse"}),
        ([], [Sector.EDUCATION], [], {"teacher", "other teacher", "far teacher"}),
        (["263"], [Sector.EDUCATION], [], {"teacher", "other teacher"}),
        (["263"], [Sector.EDUCATION, Sector.SOCIAL_HEALTH], [], {"teacher", "other teacher", "nurse"}),
        ([], [], ["teacher"], {"teacher"}),
        (["263", "297"], [], ["teacher", "far teacher"], {"teacher", "far teacher"}),
        (["297"], [Sector.SOCIAL_HEALTH], [], set()),
    ],
)  # fmt: skip
def test_a_bulletin_reaches_those_whom_it_concerns(town, to, sectors, units, reached):
    sender = WorkerFactory(coordinator=True, unit=a_unit("111", Sector.PARISH))
    people = town | {"sender": sender}
    draft = a_draft(
        by=sender,
        to=[MunicipalityFactory(code=code) for code in to],
        sectors=sectors,
        units=[town[name].unit for name in units],
    )
    wanted = {people[name] for name in reached}
    assert set(audience_of(draft)) == wanted
    if not wanted:
        with pytest.raises(Refused, match="ei tavoita ketään"):
            actions.publish(bulletin=draft, by=sender, seen_version=draft.version)
        return
    bulletin = actions.publish(bulletin=draft, by=sender, seen_version=draft.version)
    assert receivers(bulletin) == wanted
    # What a worker sees says the same as whom it was sent to: two ways of asking, one truth.
    assert {one for one in people.values() if sees(one, bulletin)} == wanted | {sender}


def test_a_groups_bulletin_for_its_members_reaches_them_only(town):
    chair, member = town["teacher"], town["far teacher"]
    group = a_group(chair=chair, members=(member, town["nurse"]))
    left = group.memberships.get(worker=town["nurse"])
    sql("UPDATE network_groupmembership SET until = since WHERE id = %s", left.pk)
    bulletin = a_bulletin(by=chair, group=group, is_for_members=True)
    assert receivers(bulletin) == {chair, member}
    assert not sees(town["nurse"], bulletin)


def test_who_begins_later_and_belongs_to_the_audience_sees_it_too(coordinator, town):
    bulletin = a_bulletin(by=coordinator, to=[MunicipalityFactory(code="263")])
    newcomer = WorkerFactory(unit=town["teacher"].unit)
    elsewhere = WorkerFactory(unit=town["far teacher"].unit)
    assert sees(newcomer, bulletin) and not sees(elsewhere, bulletin)
    assert list(Bulletin.objects.unseen_by(newcomer)) == [bulletin]
    regular_letters.give_late_starters_their_receipts()
    regular_letters.give_late_starters_their_receipts()
    assert newcomer in receivers(bulletin) and elsewhere not in receivers(bulletin)


def test_who_moves_away_keeps_what_was_sent_to_them(coordinator, town):
    bulletin = a_bulletin(by=coordinator, to=[MunicipalityFactory(code="263")])
    mover = town["teacher"]
    mover.unit = town["far teacher"].unit
    mover.save()
    assert sees(mover, bulletin)


def test_an_old_bulletin_is_no_news(coordinator, town):
    with time_machine.travel(timezone.now() - timedelta(days=61)):
        bulletin = a_bulletin(by=coordinator)
    assert sees(town["teacher"], bulletin)
    assert list(Bulletin.objects.unseen_by(town["teacher"])) == []


# --- who may send --------------------------------------------------------------------------------


def test_only_those_who_keep_a_group_and_coordinators_send(coordinator, town):
    chair, member = town["teacher"], town["nurse"]
    group = a_group(chair=chair, members=(member,))
    for by, of, may in (
        (chair, group, True),
        (coordinator, group, True),
        (coordinator, None, True),
        (member, group, False),
        (chair, None, False),
        (WorkerFactory(administrator=True), None, False),
    ):
        if may:
            assert a_draft(by=by, group=of)
        else:
            with pytest.raises(Refused):
                a_draft(by=by, group=of)


def test_a_draft_is_seen_by_its_writer_and_the_groups_keepers_only(coordinator, town):
    group = a_group(chair=town["teacher"], members=(town["nurse"],))
    draft = a_draft(by=town["teacher"], group=group)
    assert sees(town["teacher"], draft) and sees(coordinator, draft)
    assert not sees(town["nurse"], draft)


def test_what_is_sent_is_what_was_looked_at(coordinator, town):
    draft = a_draft(by=coordinator)
    seen = draft.version
    actions.aim(
        bulletin=draft, by=coordinator, municipalities=[], sectors=[Sector.EDUCATION], seen_version=seen
    )
    with pytest.raises(Refused, match="muuttanut"):
        actions.publish(bulletin=draft, by=coordinator, seen_version=seen)
    draft.refresh_from_db()
    assert draft.published_at is None


def test_units_outside_the_chosen_places_are_left_out(coordinator, town):
    draft = a_draft(by=coordinator, units=[town["teacher"].unit, town["far teacher"].unit])
    draft = actions.aim(
        bulletin=draft,
        by=coordinator,
        municipalities=[MunicipalityFactory(code="263")],
        sectors=[],
        seen_version=draft.version,
    )
    assert list(draft.units.all()) == [town["teacher"].unit]


# --- reading and taking back ---------------------------------------------------------------------


def test_reading_is_written_down_once(coordinator, town):
    bulletin, reader = a_bulletin(by=coordinator), town["teacher"]
    actions.see(bulletin=bulletin, by=reader)
    first = bulletin.receipts.get(worker=reader).seen_at
    actions.see(bulletin=bulletin, by=reader)
    assert bulletin.receipts.get(worker=reader).seen_at == first is not None
    assert list(Bulletin.objects.unseen_by(reader)) == []
    # A late starter has no receipt yet.
    newcomer = WorkerFactory(unit=town["nurse"].unit)
    actions.see(bulletin=bulletin, by=newcomer)
    assert bulletin.receipts.get(worker=newcomer).seen_at is not None


def test_a_withdrawn_bulletin_is_seen_by_its_sender_only(coordinator, town):
    bulletin = a_bulletin(by=coordinator)
    actions.withdraw(bulletin=bulletin, by=coordinator)
    actions.withdraw(bulletin=bulletin, by=coordinator)
    assert not sees(town["teacher"], bulletin) and sees(coordinator, bulletin)
    assert list(Bulletin.objects.unseen_by(town["teacher"])) == []


def test_a_draft_can_be_thrown_away_and_a_sent_one_not(coordinator, town):
    draft = a_draft(by=coordinator, to=[MunicipalityFactory(code="263")], units=[town["teacher"].unit])
    actions.discard(bulletin=draft, by=coordinator)
    assert not Bulletin.objects.exists()
    with pytest.raises(Refused, match="jo lähetetty"):
        actions.discard(bulletin=a_bulletin(by=coordinator), by=coordinator)


# --- what the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE network_bulletin SET text = 'toinen' WHERE id = {bulletin}", "bulletin_sealed"),
        ("UPDATE network_bulletin SET sectors = '{{police}}' WHERE id = {bulletin}", "bulletin_sealed"),
        ("UPDATE network_bulletin SET published_at = NULL, published_by_id = NULL WHERE id = {bulletin}",
         "bulletin_sealed"),
        ("DELETE FROM network_bulletin WHERE id = {bulletin}", "bulletin_kept"),
        ("DELETE FROM network_bulletinmunicipality WHERE bulletin_id = {bulletin}",
         "bulletin_municipalities_stay"),
        ("INSERT INTO network_bulletinunit (bulletin_id, unit_id) VALUES ({bulletin}, {unit})",
         "bulletin_units_stay"),
        ("INSERT INTO network_bulletinreceipt (bulletin_id, worker_id) VALUES ({bulletin}, {worker})",
         "receipt_once"),
        ("INSERT INTO network_bulletinreceipt (bulletin_id, worker_id) VALUES ({draft}, {worker})",
         "receipt_of_published"),
        ("UPDATE network_bulletinreceipt SET seen_at = NULL WHERE seen_at IS NOT NULL", "receipt_seen_once"),
        ("UPDATE network_bulletin SET published_at = now() WHERE id = {draft}", "bulletin_published_paired"),
        ("UPDATE network_bulletin SET withdrawn_at = now(), withdrawn_by_id = {worker} WHERE id = {draft}",
         "bulletin_withdrawn_was_published"),
        ("UPDATE network_bulletin SET is_for_members = true WHERE id = {draft}",
         "bulletin_members_of_a_group"),
        ("UPDATE network_bulletin SET withdrawn_at = NULL, withdrawn_by_id = NULL WHERE id = {withdrawn}",
         "bulletin_withdrawn_once"),
    ],
)  # fmt: skip
def test_the_database_refuses(coordinator, town, statement, constraint):
    reader = town["teacher"]
    bulletin = a_bulletin(by=coordinator, to=[MunicipalityFactory(code="263")])
    actions.see(bulletin=bulletin, by=reader)
    withdrawn = actions.withdraw(bulletin=a_bulletin(by=coordinator), by=coordinator)
    facts = {
        "bulletin": bulletin.pk,
        "draft": a_draft(by=coordinator).pk,
        "withdrawn": withdrawn.pk,
        "worker": reader.pk,
        "unit": reader.unit_id,
    }
    with pytest.raises(IntegrityError, match=constraint):
        sql(statement.format(**facts))


# --- the weekly letter ---------------------------------------------------------------------------


def digests() -> list[Message]:
    return list(Message.objects.filter(kind="bulletin_digest").order_by("pk"))


@pytest.fixture
def news(coordinator, town):
    """Two bulletins of last week, one of which the teacher has read."""
    with time_machine.travel(BEFORE - timedelta(days=3), tick=False):
        read = a_bulletin(by=coordinator, title="Luettu salaisuus")
        a_bulletin(by=coordinator, title="Uusi salaisuus")
        actions.see(bulletin=read, by=town["teacher"])
        Worker.objects.exclude(pk__in=[town["teacher"].pk, town["nurse"].pk]).update(wants_digest=False)
    return town


def test_the_digest_waits_for_monday_at_eight(news):
    for moment in (BEFORE, AFTER - timedelta(days=1), AFTER + timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            assert regular_letters.write_digests() == 0
    with time_machine.travel(AFTER, tick=False):
        assert regular_letters.write_digests() == 2


def test_a_digest_tells_how_many_and_from_whom_and_nothing_else(news, coordinator):
    with time_machine.travel(AFTER, tick=False):
        regular_letters.write_digests()
        letters = {
            message.recipient: kind_of(message).compose(message)
            for message in digests()
            if kind_of(message).why_not(message) is None
        }
    teacher, nurse = letters[news["teacher"].email], letters[news["nurse"].email]
    assert teacher.subject == "1 uusi tiedote" and nurse.subject == "2 uutta tiedotetta"
    assert coordinator.name in teacher.text and "/tiedotteet/" in teacher.text
    assert "salaisuus" not in teacher.text + teacher.html + nurse.text


def test_nobody_gets_a_second_digest_within_a_week_nor_of_the_same_news(news, coordinator):
    with time_machine.travel(AFTER, tick=False):
        assert regular_letters.write_digests() == 2
    with time_machine.travel(AFTER + timedelta(hours=3), tick=False):
        a_bulletin(by=coordinator)
        assert regular_letters.write_digests() == 0
    with time_machine.travel(AFTER + WEEK, tick=False):
        assert regular_letters.write_digests() == 2
        assert [kind_of(one).compose(one).subject for one in digests()[2:]] == ["1 uusi tiedote"] * 2
    with time_machine.travel(AFTER + 2 * WEEK, tick=False):
        assert regular_letters.write_digests() == 0
    assert len(digests()) == 4


def test_a_digest_that_is_no_longer_needed_is_not_sent(news):
    with time_machine.travel(AFTER, tick=False):
        regular_letters.write_digests()
        for bulletin in Bulletin.objects.unseen_by(news["nurse"]):
            actions.see(bulletin=bulletin, by=news["nurse"])
        actions.choose_digest(by=news["teacher"], wants=False)
        assert {kind_of(one).why_not(one) for one in digests()} == {"seen", "unwanted"}
        drain()
    assert {one.state for one in digests()} == {MessageState.DROPPED}


def test_the_database_refuses_a_second_letter_within_the_week(news):
    with time_machine.travel(AFTER, tick=False):
        regular_letters.write_digests()
    row = RegularLetter.objects.first()
    with pytest.raises(IntegrityError, match="regular_letter_once"):
        sql(
            "INSERT INTO network_regularletter (kind, worker_id, period, tells_since, created_at)"
            " VALUES (%s, %s, daterange('2026-11-08', '2026-11-15'), now(), now())",
            row.kind,
            row.worker_id,
        )


@pytest.mark.django_db(transaction=True)
def test_two_at_once_write_one_digest_each(news):
    with time_machine.travel(AFTER, tick=False):
        refusals = together(*[regular_letters.write_digests] * 4)
    assert not refusals
    assert len(digests()) == RegularLetter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_once_and_read_once(coordinator, town):
    draft = a_draft(by=coordinator)

    def send() -> None:
        one = Bulletin.objects.get(pk=draft.pk)
        actions.publish(bulletin=one, by=coordinator, seen_version=draft.version)

    assert not together(send, send, send)
    assert draft.receipts.count() == audience_of(draft).count() == 5
    newcomer = WorkerFactory()
    assert not together(*[lambda: actions.see(bulletin=draft, by=newcomer)] * 4)
    assert BulletinReceipt.objects.get(bulletin=draft, worker=newcomer).seen_at


@pytest.mark.django_db(transaction=True)
def test_a_bulletin_is_not_aimed_anew_while_it_is_being_sent(coordinator, town):
    draft = a_draft(by=coordinator)

    def send() -> None:
        actions.publish(bulletin=draft, by=coordinator, seen_version=draft.version)

    def aim() -> None:
        actions.aim(
            bulletin=draft,
            by=coordinator,
            municipalities=[],
            sectors=[Sector.EDUCATION],
            seen_version=draft.version,
        )

    assert len(together(send, aim)) == 1
    bulletin = Bulletin.objects.get(pk=draft.pk)
    if bulletin.published_at is not None:
        assert receivers(bulletin) == set(audience_of(bulletin)) and bulletin.sectors == []
    else:
        assert bulletin.sectors == [Sector.EDUCATION] and not bulletin.receipts.exists()
