"""The invited answers in one press, by the link or signed in; the page never says whose matter it is."""

import pytest
import time_machine
from django.urls import reverse

from meetings.actions import convening, permissions
from meetings.actions.answers import answer
from meetings.models import Booking
from network.states import InvitationStatus
from tests.factories import (
    ClosePersonFactory,
    RoomFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return an_invited_meeting(people=1, topics=["Salainen aihe"])


def by_link(one) -> str:
    return reverse("invitation_answer", args=[one.invitation.link.token])


def test_the_page_says_when_where_and_who_convenes(client, meeting):
    page = client.get(by_link(invited(meeting))).content.decode()
    for words in (
        "Sinut on kutsuttu yhteiseen aikaan",
        "klo 9.30–11.00",
        meeting.room.name,
        meeting.convener.name,
    ):
        assert words in page
    assert all(word in page for word in ("Tulen", "Ehkä tulen", "En pääse"))


@pytest.mark.parametrize("signed_in", [False, True])
def test_it_never_says_whose_matter_it_is_or_why(client, meeting, signed_in):
    one = invited(meeting)
    if signed_in:
        client.force_login(one.worker)
    url = reverse("invitation_detail", args=[one.invitation.pk]) if signed_in else by_link(one)
    pages = client.get(url).content.decode()
    pages += client.post(url, {"answer": "accepted"}, follow=True).content.decode()
    for secret in (
        "Äiti-Kaisa",
        "Isä-Örjan",
        "Aada",
        "Salainen aihe",
        "rauhallisia aamuja",
        "Aamut ovat raskaita",
    ):
        assert secret not in pages


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_answers_nothing(client, meeting, method):
    one = invited(meeting)
    for url in (by_link(one), f"{by_link(one)}?answer=accepted", f"{by_link(one)}?vastattu=1"):
        assert getattr(client, method)(url).status_code == 200
    one.invitation.refresh_from_db()
    assert one.invitation.status == InvitationStatus.PENDING and one.invitation.answered_at is None


@pytest.mark.parametrize(
    ("said", "words"),
    [("accepted", "Hienoa, että tulet"), ("tentative", "Vastasit: ehkä"), ("declined", "ettet pääse")],
)
def test_one_press_is_the_answer_and_it_can_be_changed(client, meeting, said, words):
    one = invited(meeting)
    page = client.post(by_link(one), {"answer": said}, follow=True).content.decode()
    assert words in page and "Muuttuiko jokin?" in page
    one.invitation.refresh_from_db()
    assert one.invitation.status == said and one.invitation.answered_at is not None
    other = "declined" if said == "accepted" else "accepted"
    client.post(by_link(one), {"answer": other})
    one.invitation.refresh_from_db()
    assert one.invitation.status == other


@pytest.mark.parametrize("said", ["", "revoked", "pending", "jotain"])
def test_nonsense_is_no_answer(client, meeting, said):
    one = invited(meeting)
    response = client.post(by_link(one), {"answer": said} if said else {})
    assert response.status_code == 422
    one.invitation.refresh_from_db()
    assert one.invitation.status == InvitationStatus.PENDING


def test_a_revoked_invitation_says_so_and_nothing_else(client, meeting):
    one = invited(meeting)
    permissions.withdraw(consent=one.consent, by=None)
    for response in (client.get(by_link(one)), client.post(by_link(one), {"answer": "accepted"})):
        page = response.content.decode()
        assert "Kutsu on peruttu" in page
        assert "klo 9.30" not in page and meeting.room.name not in page and meeting.convener.name not in page
    one.invitation.refresh_from_db()
    assert one.invitation.status == InvitationStatus.REVOKED


def test_a_cancelled_meeting_says_so(client, meeting):
    one = invited(meeting)
    convening.cancel(meeting=meeting, by=meeting.convener)
    assert "Kutsu on peruttu" in client.get(by_link(one)).content.decode()


def test_what_is_over_says_so(client, meeting):
    one = invited(meeting)
    with time_machine.travel(meeting.period.upper, tick=False):
        page = client.post(by_link(one), {"answer": "accepted"}).content.decode()
    assert "on jo ollut" in page
    one.invitation.refresh_from_db()
    assert one.invitation.status == InvitationStatus.PENDING


def test_who_cannot_come_has_their_time_back_and_who_changes_their_mind_takes_it_again(meeting):
    one = invited(meeting)
    mine = Booking.objects.filter(worker=one.worker)
    answer(invitation=one.invitation, status=InvitationStatus.DECLINED)
    assert not mine.exists()
    answer(invitation=one.invitation, status=InvitationStatus.TENTATIVE)
    assert mine.get().period == meeting.period


def test_whose_time_was_taken_meanwhile_can_come_all_the_same(meeting):
    one = invited(meeting)
    answer(invitation=one.invitation, status=InvitationStatus.DECLINED)
    other = Booking.objects.create(worker=one.worker, period=meeting.period)
    answer(invitation=one.invitation, status=InvitationStatus.ACCEPTED)
    one.invitation.refresh_from_db()
    assert one.invitation.status == InvitationStatus.ACCEPTED
    assert Booking.objects.get(worker=one.worker) == other


def test_the_link_of_a_closed_account_opens_nothing(client, meeting):
    one = invited(meeting)
    one.worker.is_active = False
    one.worker.save()
    assert "Kutsu on peruttu" in client.get(by_link(one)).content.decode()
    client.post(by_link(one), {"answer": "accepted"})
    one.invitation.refresh_from_db()
    assert one.invitation.status == InvitationStatus.PENDING


def test_who_became_a_coordinator_opens_no_invitation(client, meeting):
    one = invited(meeting)
    one.worker.is_coordinator = True
    one.worker.save()
    client.force_login(one.worker)
    assert client.get(reverse("invitation_detail", args=[one.invitation_id])).status_code == 404


def test_a_close_person_answers_and_takes_nobodys_time(client):
    situation = with_conversation()
    person = ClosePersonFactory(family=situation.family)
    meeting = an_invited_meeting(
        meeting=a_booked_meeting(
            meeting=a_decided_meeting(meeting=a_convened_meeting(situation=situation, people=[person])),
            room=RoomFactory(),
        )
    )
    one, before = invited(meeting), Booking.objects.count()
    page = client.post(by_link(one), {"answer": "declined"}, follow=True).content.decode()
    assert "kalenterissasi" not in page
    assert Booking.objects.count() == before


def test_signed_in_the_page_leads_on_to_the_meeting(client, meeting):
    one = invited(meeting)
    client.force_login(one.worker)
    page = client.get(reverse("invitation_detail", args=[one.invitation.pk])).content.decode()
    assert meeting.get_absolute_url() in page
    client.force_login(meeting.convener)
    assert client.get(reverse("invitation_detail", args=[one.invitation.pk])).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(client, django_assert_max_num_queries):
    one = invited(an_invited_meeting(people=6), 3)
    with django_assert_max_num_queries(6):
        client.get(by_link(one))


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("accepted", "Olet tulossa yhteiseen aikaan"),
        ("tentative", "Olet ehkä tulossa yhteiseen aikaan"),
        ("declined", "Olet vastannut, ettet pääse"),
    ],
)
def test_the_page_opened_again_says_what_was_answered_and_presses_nobody(client, status, title):
    one = invited(an_invited_meeting())
    url = reverse("invitation_answer", args=[one.invitation.link.token])
    client.post(url, {"answer": status})
    shown = client.get(url).content.decode()
    heading = shown.split("<h1")[1].split("</h1>")[0]
    assert title in heading and "Sinut on kutsuttu" not in shown
    assert shown.count('name="answer"') == shown.count("button-big button-quiet") == 3
