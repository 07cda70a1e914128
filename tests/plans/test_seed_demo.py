"""The demonstration's data: complete, the same each time, made by the rules, and nothing left hanging."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from meetings.dashboard.adoption import STEP, adoption
from meetings.models import (
    Booking,
    Contribution,
    DialogueAnswer,
    Hold,
    Meeting,
    Situation,
    TimeChange,
    TimePoll,
)
from meetings.states import OPEN_STAGES, MeetingStatus, Stage
from meetings.upcoming import meetings_between
from meetings.waiting import waiting_for
from network.models import Consent, Family, Invitation, Municipality, Organisation, Team, Worker
from network.populations import populations
from network.recount import wrong_numbers, wrong_rows
from perhekeskus.models import Message
from perhekeskus.states import MessageState
from perhekeskus.words import today
from plans.demonstration.network import DESKS, PASSWORD
from plans.demonstration.places import PLACES
from plans.models import Copy, NextContact, Plan
from plans.states import CopyMethod
from tests.tallied import tallied

# Seeded once for the whole file: nothing below changes a row without putting it back.
pytestmark = pytest.mark.django_db


def seeded(**options: object) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """A demonstration of scale 1, in a transaction that is rolled back after the file's last test."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            said = seeded(scale=1, seed=1)
            # What waits for the end of the transaction is asked here, not anew at the end of each test.
            connection.check_constraints()
            yield said
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


def desk(name: str) -> Worker:
    return Worker.objects.get(email=f"{name}@demo.example")


# --- the network ---------------------------------------------------------------------------------


def test_every_municipality_of_finland_and_a_team_in_each_of_pohjois_savo(demonstration) -> None:
    assert Municipality.objects.count() == 309
    assert set(Team.objects.values_list("area__municipalities__name_fi", flat=True)) == {
        place.name for place in PLACES
    }
    assert set(Municipality.objects.filter(county_fi="Pohjois-Savo").values_list("name_fi", flat=True)) == {
        place.name for place in PLACES
    }
    assert all(team.people > 4 and team.practice for team in Team.objects.annotate(people=Count("members")))


@pytest.mark.parametrize(
    "body",
    [
        "Lapsiperheiden palvelut", "Lastensuojelu", "Lastenvalvoja", "perhekeskus", "koulu",
        "äitiys- ja lastenneuvola", "ehkäisyneuvola", "kouluterveydenhuolto", "oppilashuolto", "päiväkoti",
        "erityispäivähoito", "esiopetus", "nuorisokeskus", "erityisnuorisotyö", "etsivä nuorisotyö",
        "seurakunta", "MLL", "poliisi", "kulttuuri", "asuntotoimisto",
    ],
)  # fmt: skip
def test_the_bodies_that_the_interviews_list_are_there(demonstration, body: str) -> None:
    units = Municipality.objects.get(name_fi="Kiuruvesi").units.filter(name__icontains=body)
    assert units.exists()
    assert Worker.objects.filter(unit__in=units).exists()


def test_nobody_real_is_reached(demonstration) -> None:
    addresses = [
        *Worker.objects.values_list("email", flat=True),
        *Family.objects.values_list("email", flat=True),
    ]
    assert all(address.endswith(".example") for address in addresses if address)
    numbers = [
        *Worker.objects.values_list("phone", flat=True),
        *Family.objects.values_list("phone", flat=True),
    ]
    assert all(number.as_e164[6:9] == "000" and number.is_valid() for number in numbers if number)


def test_a_responsible_worker_can_come_from_a_public_service_only(demonstration) -> None:
    public = dict(Organisation.objects.values_list("sector", "is_public_service"))
    assert not public["parish"] and not public["third_sector"]
    assert public["education"] and public["social_health"] and public["police"]


# --- the sign-ins --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DESKS)
def test_each_sign_in_has_the_password(demonstration, name: str) -> None:
    assert desk(name).check_password(PASSWORD)


def test_only_the_sign_ins_can_sign_in(demonstration) -> None:
    others = Worker.objects.exclude(email__endswith="@demo.example")
    assert not any(worker.has_usable_password() for worker in others)


def test_each_desk_has_its_role(demonstration) -> None:
    assert desk("ohjaus").is_guidance
    assert desk("koordinaattori").is_coordinator and desk("paakayttaja").is_administrator
    assert list(Worker.objects.supervisors_of(desk("ohjaus").unit)) == [desk("esihenkilo")]
    assert Worker.objects.supervisors_of(desk("lahityontekija").unit).count() == 1
    assert desk("lahityontekija").works_with_families and desk("vastuutyontekija").works_with_families


def test_the_frontline_workers_home_shows_each_kind_of_waiting(demonstration) -> None:
    worker = desk("lahityontekija")
    labels = {row.action_label for row in waiting_for(worker)}
    assert {
        "Kirjaa yhteydenotto", "Etsi yhteinen aika", "Katso ja ota koppi", "Kirjaa yhteinen aika",
        "Vastaa kutsuun",
    } <= labels  # fmt: skip
    today = timezone.localdate()
    coming = meetings_between(worker, today, today + timedelta(days=10))
    assert [(one.answered, one.invited) for one in coming if one.meeting.convener_id == worker.pk] == [(4, 6)]


def test_the_responsible_worker_has_a_late_contact_and_one_today(demonstration) -> None:
    contacts = NextContact.objects.waiting_for(desk("vastuutyontekija"))
    today = timezone.localdate()
    days = [contact.on for contact in contacts]
    assert min(days) < today and today in days and max(days) > today
    assert Message.objects.visible_to(desk("vastuutyontekija")).given_up().count() == 1


def test_the_guidance_service_has_a_fresh_call(demonstration) -> None:
    held = Situation.objects.open().held_by(desk("ohjaus"))
    assert held.filter(opened_at__gt=timezone.now() - timedelta(hours=1), conversations=None).count() == 1


def test_the_responsible_worker_has_a_picture(demonstration) -> None:
    assert desk("vastuutyontekija").photo.jpeg


# --- the families --------------------------------------------------------------------------------


def test_families_in_every_stage_and_meetings_in_every_status(demonstration) -> None:
    assert set(Situation.objects.order_by("stage").values_list("stage", flat=True)) == set(Stage)
    statuses = set(Meeting.objects.order_by("status").values_list("status", flat=True))
    assert statuses >= set(MeetingStatus) - {MeetingStatus.NOT_HELD, MeetingStatus.CANCELLED}


def test_the_days_are_told_from_today(demonstration) -> None:
    now = timezone.now()
    assert not Situation.objects.filter(opened_at__gt=now).exists()
    assert not Meeting.objects.filter(status=MeetingStatus.HELD, period__startswith__gt=now).exists()
    assert not Consent.objects.filter(given_at__gt=now).exists()
    # Each step of a family's thread came after the one before it.
    for meeting in Meeting.objects.filter(status=MeetingStatus.HELD).select_related("situation"):
        raised, created = meeting.situation.opened_at, meeting.created_at
        assert (
            raised
            <= created
            <= meeting.decided_at
            <= meeting.invited_at
            < meeting.period.lower
            < meeting.held_at
        )


def test_every_invitation_stands_on_a_permission_given_before_it(demonstration) -> None:
    ahead = Invitation.objects.filter(period__startswith__gt=timezone.now()).exclude(status="revoked")
    assert ahead.count() > 10
    assert all(
        one.consent.given_at <= one.created_at and one.consent.is_in_force
        for one in ahead.select_related("consent")
    )
    assert Consent.objects.exclude(withdrawn_at=None).exists()


def test_copies_are_given_in_every_way(demonstration) -> None:
    assert set(Copy.objects.values_list("method", flat=True)) == set(CopyMethod.values)
    assert Message.objects.filter(kind="plan_copy", state="waiting").exists()


def test_every_agreed_plan_is_carried(demonstration) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    plans = Plan.objects.agreed().annotate(people=Count("responsible_workers", distinct=True))
    assert plans.count() > 100
    assert all(1 <= plan.people <= 2 for plan in plans)


def test_the_coordinator_sees_both_large_and_small_numbers(demonstration, settings) -> None:
    sums: Counter[tuple[str, date]] = Counter()
    for (_figure, _kind, municipality, month), number in tallied("held").items():
        sums[municipality, month] += number
    assert len({month for _municipality, month in sums}) >= 13
    assert sum(number >= settings.SMALL_NUMBER_LIMIT for number in sums.values()) > 60
    assert sum(0 < number < settings.SMALL_NUMBER_LIMIT for number in sums.values()) > 60
    assert sums.total() == Meeting.objects.filter(status=MeetingStatus.HELD).count()
    assert wrong_numbers() == [] and wrong_rows() == []


def test_one_municipality_sees_no_need_and_two_have_not_answered_after_two_years(demonstration) -> None:
    facts = adoption(desk("koordinaattori"), today())
    numbers = [dict(zip(STEP, moment.numbers, strict=True)) for moment in facts.over_time]
    assert (numbers[-1]["not_needed"], numbers[-1]["no_answer"], numbers[-1][""]) == (1, 2, 0)
    assert all(numbers[-1][step] for step in ("not_discussed", "goal", "planned", "trial", "rooted"))
    assert len(numbers) >= 8 and numbers[0]["rooted"] == 0
    assert not facts.maps[0].outside and len(facts.maps[0].tiles) == len(PLACES)
    assert populations([one.municipality.pk for one in facts.now], today().year).keys() == {
        one.municipality.pk for one in facts.now
    }


def test_no_message_of_a_past_event_is_waiting(demonstration) -> None:
    waiting = Message.objects.filter(state=MessageState.WAITING)
    requests = waiting.filter(kind="invitation_request").values("about_id")
    assert requests.exists()
    assert not Invitation.objects.filter(pk__in=requests, period__endswith__lt=timezone.now()).exists()
    due = waiting.filter(due_at__lte=timezone.now())
    # A mailbox to look at, not a flood.
    assert due.count() < 90
    assert not due.filter(due_at__lt=timezone.now() - timedelta(hours=1)).exists()


def test_people_are_busy_enough_that_finding_a_time_is_real(demonstration) -> None:
    assert Booking.objects.filter(meeting=None, worker__isnull=False).count() > 3000


# --- the command ---------------------------------------------------------------------------------


def test_each_step_says_what_it_made(demonstration) -> None:
    assert "työntekijää" in demonstration and "pidettyä yhteistä aikaa" in demonstration
    assert "Esittely on valmis" in demonstration


def test_once_does_nothing_the_second_time(demonstration) -> None:
    before = Situation.objects.count()
    assert seeded(once=True) == ""
    assert Situation.objects.count() == before


def test_twice_is_refused(demonstration) -> None:
    with pytest.raises(CommandError, match="ovat jo olemassa"):
        seeded()


def test_never_in_production(settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="tuotantoon"):
        seeded()


def test_a_larger_scale_has_more_families(demonstration) -> None:
    # The two parts that grow are told by scale; the whole at scale 2 would only take longer.
    from plans.demonstration import crowd, history
    from plans.demonstration.chance import Chance

    kuopio = next(place for place in PLACES if place.name == "Kuopio")
    today = timezone.localdate()
    once, twice = (len(history._days(kuopio, today, Chance(1), scale)) for scale in (1, 2))
    assert 1.9 * once < twice < 2.1 * once
    assert crowd.A_SCALE > 0
    assert Situation.objects.filter(stage__in=OPEN_STAGES).count() > 25


def test_times_are_being_arranged_and_one_was_moved(demonstration) -> None:
    """A poll that some have answered, a held time, a moved meeting, a dialogue, words written beforehand."""
    [poll] = TimePoll.objects.filter(closed_at=None)
    answered = poll.voices.exclude(answers=None).distinct()
    assert answered.filter(participation=None).exists()
    assert 0 < answered.count() < poll.voices.count()
    assert Hold.objects.get().is_live
    assert TimeChange.objects.filter(answer="yes", meeting__period__startswith__gt=timezone.now()).exists()
    assert DialogueAnswer.objects.filter(turn__dialogue__meeting__status=MeetingStatus.HELD).count() > 5
    words = Contribution.objects.values_list("may_be_read", flat=True).order_by("may_be_read")
    assert set(words) == {True, None}
