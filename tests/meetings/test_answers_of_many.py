"""A unit or a team is asked: whoever answers says who comes, and only that one is let in."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings import tasks
from meetings.actions import convening, permissions
from meetings.actions.answers import answer, send_again
from meetings.actions.convening import FamilyDecision, decide, set_leaders
from meetings.actions.leading import possible_leaders
from meetings.actions.proposing import propose_instead, propose_outside
from meetings.models import Booking, Meeting, Participation, Situation
from meetings.states import Decision
from meetings.waiting import waiting_for
from network.actions.invitations import Comer, ask_instead
from network.invitation_letters import compose_request
from network.models import Invitation, OutsideProfessional, Worker
from network.states import InvitationStatus, TeamCalling
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from plans.querysets import nameable
from tests.factories import (
    OutsideProfessionalFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    an_invited_meeting,
    everything,
    invited,
    with_conversation,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

YES, NO = InvitationStatus.ACCEPTED, InvitationStatus.DECLINED
FAMILY = ("Äiti-Kaisa", "Isä-Örjan", "Aada", "Aihe 1")


def an_invited(*people) -> Meeting:
    meeting = a_convened_meeting(situation=with_conversation(), people=list(people))
    return an_invited_meeting(meeting=a_booked_meeting(meeting=a_decided_meeting(meeting=meeting)))


@pytest.fixture
def unit():
    return UnitFactory(email="paivakoti@kuopio.example")


def doors(worker) -> tuple[bool, bool]:
    return Situation.objects.visible_to(worker).exists(), Meeting.objects.visible_to(worker).exists()


def sees(client, worker, seat) -> str:
    client.force_login(worker)
    return client.get(reverse("invitation_detail", args=[seat.invitation_id])).content.decode()


# --- who gets it ----------------------------------------------------------------------------------


def recipients(meeting) -> set[str]:
    return set(
        Message.objects.filter(
            kind="invitation_request", about_id=invited(meeting).invitation_id
        ).values_list("recipient", flat=True)
    )


def test_a_unit_gets_it_to_its_own_address(unit):
    assert recipients(an_invited(unit)) == {"paivakoti@kuopio.example"}


@pytest.mark.parametrize("calling", TeamCalling)
def test_a_team_gets_it_as_it_has_agreed_to_be_called(calling):
    first, second, closed = WorkerFactory(), WorkerFactory(), WorkerFactory(is_active=False)
    team = TeamFactory(members=[first, second, closed])
    team.calling, team.coordinator = calling, first
    with transaction.atomic():
        if calling == TeamCalling.WEEKLY:
            team.times.create(weekday=2, starts="13:00", ends="15:00")
        team.save()
    meeting = an_invited(team)
    called = {first.email} if calling == TeamCalling.COORDINATOR else {first.email, second.email}
    assert recipients(meeting) == called
    seat = invited(meeting)
    for worker in (first, second):
        visible = Invitation.objects.visible_to(worker).filter(pk=seat.invitation_id)
        assert visible.exists() == (worker.email in called)


def test_somebody_from_outside_gets_it_by_e_mail_with_a_calendar_to_answer(post):
    person = OutsideProfessionalFactory()
    assert recipients(an_invited(person)) == {person.email}


# --- who sees what ------------------------------------------------------------------------------


def test_colleagues_see_that_somebody_of_theirs_is_asked_and_nothing_of_whose_matter_it_is(client, unit):
    colleague, elsewhere = WorkerFactory(unit=unit), WorkerFactory()
    meeting = an_invited(unit)
    seat = invited(meeting)
    (row,) = [one for one in waiting_for(colleague) if "Teiltä kutsutaan joku" in one.title]
    assert "klo 9.30–11.00" in row.text and meeting.room.name in row.text
    page = sees(client, colleague, seat)
    assert "Teiltä kutsutaan joku" in page and meeting.get_absolute_url() not in page
    home = client.get(reverse("home")).content.decode()
    assert not [word for word in FAMILY if word in page + home]
    assert doors(colleague) == (False, False)
    client.force_login(elsewhere)
    assert client.get(reverse("invitation_detail", args=[seat.invitation_id])).status_code == 404
    assert not [one for one in waiting_for(elsewhere) if "Teiltä kutsutaan joku" in one.title]


def test_the_one_who_comes_is_let_in_for_as_long_as_the_answer_says_so(client, unit):
    colleague, other = WorkerFactory(unit=unit), WorkerFactory(unit=unit)
    meeting = an_invited(unit)
    seat = invited(meeting)
    answer(invitation=seat.invitation, status=YES, comer=Comer(colleague))
    assert doors(colleague) == (True, True) and doors(other) == (False, False)
    assert Booking.objects.get(worker=colleague).period == meeting.period
    assert meeting.get_absolute_url() in sees(client, colleague, seat)
    assert meeting.get_absolute_url() not in sees(client, other, seat)
    answer(invitation=seat.invitation, status=YES, comer=Comer(other))
    assert doors(colleague) == (False, False) and doors(other) == (True, True)
    assert not Booking.objects.filter(worker=colleague).exists()
    answer(invitation=seat.invitation, status=NO)
    assert doors(other) == (False, False) and not Booking.objects.filter(worker=other).exists()


def test_whoever_has_changed_jobs_comes_no_more_in_the_name_of_the_old_one(unit):
    colleague = WorkerFactory(unit=unit)
    answer(invitation=invited(an_invited(unit)).invitation, status=YES, comer=Comer(colleague))
    colleague.unit = UnitFactory()
    colleague.save()
    assert doors(colleague) == (False, False)


@pytest.mark.parametrize("kind", ["unit", "team"])
def test_withdrawing_closes_the_door_of_the_one_who_comes(kind, unit):
    colleague = WorkerFactory(unit=unit)
    who = unit if kind == "unit" else TeamFactory(members=[colleague])
    seat = invited(an_invited(who))
    answer(invitation=seat.invitation, status=YES, comer=Comer(colleague))
    permissions.withdraw(consent=seat.consent, by=None)
    assert doors(colleague) == (False, False)
    assert not Invitation.objects.visible_to(colleague).exists()
    assert not Booking.objects.filter(worker=colleague).exists()
    assert not Message.objects.filter(
        state=MessageState.WAITING, about_id=seat.invitation_id, kind__startswith="invitation"
    ).exclude(kind="invitation_cancelled")


def test_the_convener_and_the_family_are_told_who_comes(client, family_client, unit):
    meeting = an_invited(unit)
    answer(
        invitation=invited(meeting).invitation,
        status=YES,
        comer=Comer(name="Maija Mallinen", title="ohjaaja"),
    )
    client.force_login(meeting.convener)
    assert "Maija Mallinen, ohjaaja" in client.get(meeting.get_absolute_url()).content.decode()
    page = family_client.get(reverse("family_permissions", args=[meeting.situation.family.link.token]))
    assert "Maija Mallinen, ohjaaja" in page.content.decode()


# --- answering ----------------------------------------------------------------------------------


def test_signed_in_one_press_says_that_i_come(client, unit):
    colleague = WorkerFactory(unit=unit)
    seat = invited(an_invited(unit))
    client.force_login(colleague)
    page = client.post(
        reverse("invitation_detail", args=[seat.invitation_id]),
        {"answer": "accepted", "who": colleague.pk},
        follow=True,
    ).content.decode()
    assert "Hienoa, että joku teistä tulee" in page and "Myös perhe näkee" in page
    seat.invitation.refresh_from_db()
    assert (seat.invitation.status, seat.invitation.coming_worker) == (YES, colleague)


def test_a_colleague_takes_nobodys_seat_nor_word(client, unit):
    colleague, other = WorkerFactory(unit=unit), WorkerFactory(unit=unit)
    seat = invited(an_invited(unit))
    answer(invitation=seat.invitation, status=YES, comer=Comer(colleague))
    client.force_login(other)
    url = reverse("invitation_detail", args=[seat.invitation_id])
    for sent in ({"answer": "accepted", "who": other.pk}, {"answer": "declined"}):
        response = client.post(url, sent)
        assert response.status_code == 422
        assert f"Teiltä tulee jo {colleague.name}" in response.content.decode()
    seat.invitation.refresh_from_db()
    assert (seat.invitation.status, seat.invitation.coming_worker) == (YES, colleague)
    client.force_login(colleague)
    client.post(url, {"answer": "accepted", "who": other.pk})
    seat.invitation.refresh_from_db()
    assert seat.invitation.coming_worker == other


def test_by_the_link_a_name_is_asked_for(client, unit):
    seat = invited(an_invited(unit))
    url = reverse("invitation_answer", args=[seat.invitation.link.token])
    response = client.post(url, {"answer": "accepted", "name": "", "title": ""})
    assert response.status_code == 422 and "Kirjoita, kuka teiltä tulee." in response.content.decode()
    client.post(url, {"answer": "accepted", "name": " Maija  Mallinen ", "title": "ohjaaja"})
    seat.invitation.refresh_from_db()
    assert seat.invitation.comes == "Maija Mallinen, ohjaaja"


def test_a_stranger_is_not_sent_in_the_name_of_the_unit(client, unit):
    colleague, stranger = WorkerFactory(unit=unit), WorkerFactory()
    seat = invited(an_invited(unit))
    with pytest.raises(Refused, match="kutsutun yksikön tai tiimin"):
        answer(invitation=seat.invitation, status=YES, comer=Comer(stranger))
    client.force_login(colleague)
    url = reverse("invitation_detail", args=[seat.invitation_id])
    assert client.post(url, {"answer": "accepted", "who": stranger.pk}).status_code == 422
    for column, value in (("coming_worker_id", stranger.pk), ("status", "accepted")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE network_invitation SET {column} = %s WHERE id = %s", [value, seat.invitation_id]
            )


def test_nobody_comes_in_the_place_of_a_person_who_is_invited_by_name():
    seat = invited(an_invited(WorkerFactory()))
    with pytest.raises(IntegrityError, match="henkilökohtainen"), transaction.atomic():
        Invitation.objects.filter(pk=seat.invitation_id).update(coming_name="Joku Muu")


def test_a_busy_colleague_is_not_booked_twice(unit):
    busy = WorkerFactory(unit=unit)
    meeting = an_invited(unit)
    Booking.objects.create(worker=busy, period=meeting.period)
    seat = invited(meeting)
    with pytest.raises(Refused, match="on silloin jo varattu"):
        answer(invitation=seat.invitation, status=YES, comer=Comer(busy))
    seat.invitation.refresh_from_db()
    assert seat.invitation.status == "pending" and seat.invitation.coming_worker is None


def test_who_takes_part_anyway_is_not_sent_for_the_unit_as_well(unit):
    colleague = WorkerFactory(unit=unit)
    meeting = an_invited(unit, colleague)
    seat = next(one for one in meeting.participations.all() if one.unit_id)
    with pytest.raises(Refused, match="on mukana jo muutenkin"):
        answer(invitation=seat.invitation, status=YES, comer=Comer(colleague))


def test_whom_the_family_does_not_let_in_by_name_is_not_sent_for_the_unit_either(unit):
    colleague = WorkerFactory(unit=unit)
    meeting = a_convened_meeting(situation=with_conversation(), people=[unit, colleague])
    no = meeting.participations.get(worker=colleague)
    meeting = an_invited_meeting(
        meeting=a_booked_meeting(meeting=a_decided_meeting(meeting=meeting, no_to=[no]))
    )
    seat = next(one for one in meeting.participations.all() if one.unit_id)
    with pytest.raises(Refused, match="ei voi tulla tähän tapaamiseen"):
        answer(invitation=seat.invitation, status=YES, comer=Comer(colleague))


@pytest.mark.parametrize("way", ["decides", "withdraws"])
def test_whom_the_family_leaves_out_by_name_comes_no_more_and_the_unit_names_another(way, unit):
    colleague, other = WorkerFactory(unit=unit), WorkerFactory(unit=unit)
    meeting = an_invited(unit)
    seat = invited(meeting)
    answer(invitation=seat.invitation, status=YES, comer=Comer(colleague))
    set_leaders(meeting=meeting, by=meeting.convener, chair=colleague, recorder=meeting.convener)
    named = Participation.objects.create(meeting=meeting, worker=colleague)
    said = {
        "by": meeting.convener,
        "method": "face_to_face",
        "given_by": meeting.situation.family.members.filter(role="guardian").first(),
    }
    if way == "withdraws":
        yes = FamilyDecision(people={named.pk: True})
        decide(meeting=meeting, decision=yes, **said)
        named.refresh_from_db()
        permissions.withdraw(consent=named.consent, by=None)
    else:
        no = FamilyDecision(people={named.pk: False})
        decide(meeting=meeting, decision=no, **said)

    seat.invitation.refresh_from_db()
    meeting.refresh_from_db()
    assert (seat.invitation.status, seat.invitation.coming_worker) == ("pending", None)
    assert doors(colleague) == (False, False)
    assert not Booking.objects.filter(worker=colleague).exists()
    assert meeting.chair == meeting.convener
    letter = Message.objects.filter(kind="invitation_request", about_id=seat.invitation_id).latest("pk")
    assert letter.version == seat.invitation.sequence + 1
    assert "kertokaa se uudelleen" in compose_request(letter).text
    answer(invitation=seat.invitation, status=YES, comer=Comer(other))
    assert Booking.objects.filter(worker=other, meeting=meeting).exists()


@pytest.mark.django_db(transaction=True)
def test_one_colleague_sent_to_two_meetings_at_once_is_booked_to_one(unit):
    colleague = WorkerFactory(unit=unit)
    first, second = (invited(an_invited(unit)) for _ in range(2))
    refusals = together(
        *[
            lambda seat=seat: answer(invitation=seat.invitation, status=YES, comer=Comer(colleague))
            for seat in (first, second)
        ]
    )
    assert len(refusals) == 1 and Booking.objects.filter(worker=colleague).count() == 1


# --- in time --------------------------------------------------------------------------------------


def test_who_does_not_answer_in_time_finds_the_door_closed_and_can_be_asked_again(client):
    meeting = an_invited(WorkerFactory())
    seat = invited(meeting)
    Invitation.objects.filter(pk=seat.invitation_id).update(answer_by=timezone.now())
    url = reverse("invitation_answer", args=[seat.invitation.link.token])
    assert "Vastausaika on päättynyt" in client.post(url, {"answer": "accepted"}).content.decode()
    tasks.expire_invitations()
    tasks.expire_invitations()
    seat.refresh_from_db()
    assert seat.invitation.status == "expired" and doors(seat.worker) == (False, False)
    assert not Booking.objects.filter(worker=seat.worker).exists()
    page = client.get(url).content.decode()
    assert "Vastausaika on päättynyt" in page and "klo 9.30" not in page
    assert "Kaikki kutsutut" in " ".join(one.title for one in waiting_for(meeting.convener))
    client.force_login(meeting.convener)
    assert "Lähetä kutsu uudelleen" in client.get(meeting.get_absolute_url()).content.decode()
    client.post(reverse("invited_send_again", args=[seat.pk]))
    seat.refresh_from_db()
    assert seat.invitation.status == "pending" and seat.invitation.sequence == 1
    assert Booking.objects.filter(worker=seat.worker).exists() and doors(seat.worker) == (True, True)
    assert Message.objects.filter(kind="invitation_request", about_id=seat.invitation_id).count() == 2


def test_an_invitation_that_was_answered_does_not_expire():
    seat = invited(an_invited(WorkerFactory()))
    answer(invitation=seat.invitation, status=YES)
    Invitation.objects.filter(pk=seat.invitation_id).update(answer_by=timezone.now())
    tasks.expire_invitations()
    seat.refresh_from_db()
    assert seat.invitation.status == "accepted"


def test_only_what_expired_is_sent_again_and_only_by_the_convener(client):
    meeting = an_invited(WorkerFactory())
    seat = invited(meeting)
    with pytest.raises(Refused, match="ei vastattu ajoissa"):
        send_again(participation=seat, by=meeting.convener)
    with pytest.raises(Refused, match="Vain koollekutsuja"):
        send_again(participation=seat, by=seat.worker)
    client.force_login(WorkerFactory())
    assert client.post(reverse("invited_send_again", args=[seat.pk])).status_code == 404


def test_the_reminder_to_answer_stops_when_it_is_answered(monday):
    seat = invited(an_invited(WorkerFactory()))
    reminder = Message.objects.get(kind="invitation_answer_reminder")
    assert reminder.due_at < seat.invitation.answer_by < seat.invitation.period.lower
    answer(invitation=seat.invitation, status=YES)
    reminder.refresh_from_db()
    assert reminder.state == MessageState.DROPPED


def test_the_reminder_to_answer_is_not_sent_late(monday):
    seat = invited(an_invited(WorkerFactory()))
    reminder = Message.objects.get(kind="invitation_answer_reminder")
    assert kind_of(reminder).why_not(reminder) is None
    with time_machine.travel(seat.invitation.answer_by, tick=False):
        assert kind_of(reminder).why_not(reminder) == "past"


# --- whom to ask instead --------------------------------------------------------------------------


def test_who_cannot_come_names_another_whom_the_convener_proposes_in_one_press(client):
    meeting = an_invited(WorkerFactory())
    seat, other = invited(meeting), WorkerFactory(first_name="Tuula", last_name="Tilalla")
    client.force_login(seat.worker)
    url = reverse("invitation_detail", args=[seat.invitation_id])
    assert "Kysykää mieluummin" in client.post(url, {"answer": "declined"}, follow=True).content.decode()
    assert "Tuula Tilalla" in client.get(url, {"q": "tuula tilalla"}).content.decode()
    assert (
        "Ehdotit: Tuula Tilalla"
        in client.post(url, {"instead_worker": other.pk}, follow=True).content.decode()
    )
    client.force_login(meeting.convener)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Tuula Tilalla" in page and "Ehdota perheelle" in page
    client.post(reverse("invited_propose_instead", args=[seat.pk]))
    proposed = meeting.participations.get(worker=other)
    assert proposed.decision == Decision.UNDECIDED and proposed.consent is None
    assert Message.objects.filter(kind="family_decide_link", state=MessageState.WAITING).exists()
    assert doors(other) == (False, False)
    meeting.refresh_from_db()
    convening.decide(
        meeting=meeting,
        decision=everything(meeting),
        method="phone",
        by=meeting.convener,
        given_by=meeting.situation.family.members.filter(role="guardian").first(),
    )
    meeting.refresh_from_db()
    convening.send_invitations(
        meeting=meeting, by=meeting.convener, chair=meeting.convener, recorder=meeting.convener
    )
    assert doors(other) == (True, True) and Booking.objects.filter(worker=other).exists()


def test_by_the_link_another_is_named_in_words_and_nobody_is_looked_up(client):
    seat = invited(an_invited(OutsideProfessionalFactory()))
    other = WorkerFactory()
    url = reverse("invitation_answer", args=[seat.invitation.link.token])
    client.post(url, {"answer": "declined"})
    client.post(url, {"instead": "Seurakunnan perhetyö"})
    client.post(url, {"instead_worker": other.pk})
    seat.invitation.refresh_from_db()
    assert (seat.invitation.instead, seat.invitation.instead_worker) == ("Seurakunnan perhetyö", None)
    assert other.name not in client.get(url, {"q": other.last_name}).content.decode()


def test_only_who_declined_names_another():
    seat = invited(an_invited(WorkerFactory()))
    with pytest.raises(Refused, match="ettet itse pääse"):
        ask_instead(invitation=seat.invitation, words="Joku muu")
    with pytest.raises(IntegrityError, match="invitation_instead_of_declined"), transaction.atomic():
        Invitation.objects.filter(pk=seat.invitation_id).update(instead="Joku muu")
    with pytest.raises(Refused, match="Kukaan ei ole ehdottanut"):
        propose_instead(participation=seat, by=seat.meeting.convener)


# --- who comes can lead ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["unit", "team"])
def test_who_comes_is_offered_to_lead_to_write_and_to_be_responsible(client, kind):
    comes, colleague, other = WorkerFactory.create_batch(3, unit=UnitFactory())
    seat = invited(an_invited(comes.unit if kind == "unit" else TeamFactory(members=[comes, colleague])))
    meeting, situation = seat.meeting, seat.meeting.situation
    assert comes not in possible_leaders(meeting)
    # The people of the area's team may be named whether they come or not.
    assert (comes in nameable(situation)) == (kind == "team")
    answer(invitation=seat.invitation, status=YES, comer=Comer(worker=comes), by=comes)
    assert possible_leaders(meeting) == [meeting.convener, comes]
    assert comes in nameable(situation) and other not in nameable(situation)

    client.force_login(meeting.convener)
    url = reverse("meeting_leaders", args=[meeting.pk])
    assert url in client.get(meeting.get_absolute_url()).content.decode()
    assert comes.name in client.get(url).content.decode()
    meeting.refresh_from_db()
    chosen = {"version": meeting.version, "chair": comes.pk, "recorder": meeting.convener_id}
    assert client.post(url, chosen | {"chair": colleague.pk}).status_code == 422
    assert client.post(url, chosen).status_code == 302
    assert client.post(url, chosen).status_code == 422, "an old page changes nothing"
    meeting.refresh_from_db()
    assert meeting.chair == comes

    answer(invitation=seat.invitation, status=YES, comer=Comer(worker=colleague), by=comes)
    meeting.refresh_from_db()
    assert meeting.chair == meeting.convener and possible_leaders(meeting)[1:] == [colleague]
    set_leaders(meeting=meeting, by=meeting.convener, chair=colleague, recorder=colleague)
    permissions.withdraw(consent=seat.consent, by=None)
    meeting.refresh_from_db()
    assert (meeting.chair, meeting.recorder) == (meeting.convener, meeting.convener)
    assert possible_leaders(meeting) == [meeting.convener]
    assert (colleague in nameable(situation)) == (kind == "team")


def test_who_has_left_the_unit_is_not_offered(unit):
    comes = WorkerFactory(unit=unit)
    seat = invited(an_invited(unit))
    answer(invitation=seat.invitation, status=YES, comer=Comer(worker=comes), by=comes)
    Worker.objects.filter(pk=comes.pk).update(unit=UnitFactory())
    assert possible_leaders(seat.meeting) == [seat.meeting.convener]
    assert comes not in nameable(seat.meeting.situation)


# --- from outside ---------------------------------------------------------------------------------


def test_an_address_is_one_persons_and_one_with_an_account_is_proposed_as_a_worker(client):
    meeting = a_convened_meeting()
    colleague = WorkerFactory()
    client.force_login(meeting.convener)
    url = reverse("meeting_people", args=[meeting.pk])
    typed = {
        "outside": "1",
        "name": "Olli Outonen",
        "professional_title": "perhetyöntekijä",
        "organisation": "Perheen talo ry",
        "email": "Olli@jarjesto.example",
    }
    client.post(url, typed)
    client.post(url, typed | {"email": "olli@JARJESTO.example"})
    other = client.post(url, typed | {"name": "Toinen Nimi", "email": "olli@JARJESTO.example"})
    assert other.status_code == 422
    assert "Tällä osoitteella on jo Olli Outonen, perhetyöntekijä, Perheen talo ry." in other.content.decode()
    assert OutsideProfessional.objects.get().name == "Olli Outonen"
    assert meeting.participations.filter(outside_professional__isnull=False).count() == 1
    page = client.post(url, typed | {"email": colleague.email.upper()}, follow=True).content.decode()
    assert "ehdotimme häntä työntekijänä" in page
    assert meeting.participations.filter(worker=colleague).exists()
    wrong = client.post(url, typed | {"email": "ei osoite"})
    assert wrong.status_code == 422 and "Olli Outonen" in wrong.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_same_address_written_down_twice_at_once_is_one_person():
    meetings = [a_convened_meeting() for _ in range(2)]
    refusals = together(
        *[
            lambda meeting=meeting: propose_outside(
                meeting=meeting,
                by=meeting.convener,
                person=OutsideProfessional(name="Olli", organisation="ry", email="olli@jarjesto.example"),
            )
            for meeting in meetings
        ]
    )
    assert not refusals and OutsideProfessional.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("kind", ["outside", "unit"])
def test_a_mail_scanner_answers_nothing(client, unit, kind, method):
    seat = invited(an_invited(unit if kind == "unit" else OutsideProfessionalFactory()))
    url = reverse("invitation_answer", args=[seat.invitation.link.token])
    for address in (url, f"{url}?answer=accepted&name=x", f"{url}?instead=x", f"{url}?vastattu=1"):
        assert getattr(client, method)(address).status_code in {200, 405}
    seat.invitation.refresh_from_db()
    assert (seat.invitation.status, seat.invitation.instead) == ("pending", "")


def test_a_guessed_or_replayed_link_opens_nothing(client):
    seat = invited(an_invited(OutsideProfessionalFactory()))
    token = seat.invitation.link.token
    for guess in ("x" * 32, token[:-1] + ("A" if token[-1] != "A" else "B"), token.swapcase()):
        assert (
            client.post(reverse("invitation_answer", args=[guess]), {"answer": "accepted"}).status_code == 404
        )
    permissions.withdraw(consent=seat.consent, by=None)
    for _again in range(2):
        page = client.post(
            reverse("invitation_answer", args=[token]), {"answer": "accepted"}
        ).content.decode()
        assert "Kutsu on peruttu" in page and seat.meeting.convener.name not in page
        assert not [word for word in FAMILY if word in page]
    seat.invitation.refresh_from_db()
    assert seat.invitation.status == "revoked"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["unit", "team", "outside_professional"])
def test_a_permission_withdrawn_while_sending_lets_nothing_out_afterwards(kind, unit, post):
    for _round in range(3):
        who = {
            "unit": lambda: unit,
            "team": lambda: TeamFactory(members=[WorkerFactory()]),
            "outside_professional": OutsideProfessionalFactory,
        }[kind]()
        seat = invited(an_invited(who))
        together(lambda seat=seat: permissions.withdraw(consent=seat.consent, by=None), outbox.drain)
        about = Message.objects.filter(kind__startswith="invitation", about_id=seat.invitation_id)
        claimed = about.exclude(kind="invitation_cancelled")
        before = sorted(claimed.values_list("pk", "state"))
        outbox.drain()
        assert sorted(claimed.values_list("pk", "state")) == before
        assert not claimed.filter(state=MessageState.WAITING).exists()


def test_the_letter_to_a_unit_says_nothing_of_the_family(unit):
    an_invited(unit)
    outbox.drain()
    for letter in mail.outbox:
        if "paivakoti@kuopio.example" in letter.to:
            whole = letter.message().as_string() + letter.body
            assert "Teiltä kutsutaan joku" in letter.body and "kerro, kuka teiltä tulee" in letter.body
            assert not [word for word in FAMILY if word in whole]
            break
    else:
        raise AssertionError("Nothing came to the unit.")


def test_the_page_asks_a_fixed_number_of_questions(client, unit, django_assert_max_num_queries):
    colleagues = [WorkerFactory(unit=unit) for _ in range(12)]
    seat = invited(an_invited(unit))
    client.force_login(colleagues[0])
    with django_assert_max_num_queries(14):
        client.get(reverse("invitation_detail", args=[seat.invitation_id]))


def test_the_answers_that_wait_ask_a_fixed_number_of_questions(client):
    numbers = []
    for people in (2, 8):
        meeting = an_invited(*[WorkerFactory() for _ in range(people)])
        Invitation.objects.update(answer_by=timezone.now() - timedelta(minutes=1))
        tasks.expire_invitations()
        client.force_login(meeting.convener)
        with CaptureQueriesContext(connection) as asked:
            client.get(meeting.get_absolute_url())
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
