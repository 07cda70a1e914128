"""The pages of convening and of the shared time."""

from itertools import product

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from meetings.models import Booking, Meeting, Participation
from meetings.recorded import saved_fields
from meetings.states import Decision, MeetingStatus
from network.models import Consent, Invitation
from perhekeskus.autosave import marks
from perhekeskus.models import Message
from tests.factories.directory import ExpertiseFactory, NeedFactory, UnitFactory, WorkerFactory
from tests.factories.families import ClosePersonFactory
from tests.factories.threads import (
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db


def signed_in(client, worker):
    client.force_login(worker)
    return client


def decision_data(meeting, *, people=(), topics=(), **changes):
    """Everything yes but the participations and topics named."""
    data = {
        "version": meeting.version,
        "given_by": meeting.situation.family.members.filter(role="guardian").first().pk,
        "method": "face_to_face",
    }
    for one in meeting.participations.filter(member=None):
        data[f"person_{one.pk}"] = "no" if one in people else "yes"
    for one in meeting.topics.all():
        data[f"topic_{one.pk}"] = "no" if one in topics else "yes"
    return data | changes


def send_data(meeting):
    return {"version": meeting.version, "chair": meeting.convener_id, "recorder": meeting.convener_id}


def test_convening_starts_with_a_press_and_once(client):
    situation = with_conversation(a_situation())
    signed_in(client, situation.holder)
    url = reverse("meeting_convene", args=[situation.pk])
    assert client.get(url).status_code == 200
    assert not Meeting.objects.exists()
    first, second = (client.post(url, {"kind": "shared_time"}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Meeting.objects.count() == 1


def test_people_are_found_by_need_and_proposed(client):
    sleep = ExpertiseFactory(name="uni")
    need = NeedFactory(name="vauva ei nuku")
    need.expertise.add(sleep)
    nurse, other = WorkerFactory(), WorkerFactory()
    nurse.expertise.add(sleep)
    meeting = a_convened_meeting(people=0, topics=0)
    signed_in(client, meeting.convener)
    url = reverse("meeting_people", args=[meeting.pk])
    page = client.get(url, {"need": need.pk, "expertise": "", "municipality": ""}).content.decode()
    assert nurse.name in page
    assert other.name not in page
    client.post(url, {"add_worker": nurse.pk})
    client.post(url, {"title": "Aamut ja uni"})
    assert [one.worker for one in meeting.participations.filter(member=None)] == [nurse]
    assert [one.title for one in meeting.topics.all()] == ["Aamut ja uni"]
    assert not Message.objects.filter(recipient=nurse.email).exists()


def test_people_are_found_by_any_word_with_the_reason(client):
    meeting = a_convened_meeting(people=0, topics=0)
    signed_in(client, meeting.convener)
    place = UnitFactory(name="Satama")
    paivi = WorkerFactory(first_name="Päivi", last_name="Virtanen", title="kuraattori", unit=place)
    paivi.expertise.add(ExpertiseFactory(name="koulupoissaolot"))
    away = WorkerFactory(first_name="Päivi", last_name="Poissa", is_active=False)
    WorkerFactory(first_name="Päivi", last_name="Johto", coordinator=True)
    WorkerFactory(first_name="Aino", last_name="Lehto", title="opettaja")
    page = reverse("meeting_people", args=[meeting.pk])

    for text in ("paivi", "poissaoloista", "virtanne", "kuraattorille satama"):
        response = client.get(page, {"text": text})
        assert [row["name"] for row in response.context["found"]] == ["Päivi Virtanen"], text
    assertContains(client.get(page, {"text": "virtanne"}), "Melkein sama:")
    response = client.get(page, {"text": "poissaolot"})
    assertContains(response, "Osaaminen:</span> koulu<mark>poissaolot</mark>")
    assert away.name not in response.content.decode()
    assert [row["name"] for row in client.get(page, {"text": "satama"}).context["units"]] == ["Satama"]


def test_a_close_person_can_be_proposed_but_not_another_familys(client):
    meeting = a_convened_meeting(people=0, topics=0)
    grandmother = ClosePersonFactory(family=meeting.situation.family)
    stranger = ClosePersonFactory(family=with_conversation().family)
    signed_in(client, meeting.convener)
    url = reverse("meeting_people", args=[meeting.pk])
    client.post(url, {"add_close_person": grandmother.pk})
    assert client.post(url, {"add_close_person": stranger.pk}).status_code == 404
    assert [one.close_person for one in meeting.participations.filter(member=None)] == [grandmother]


def test_nonsense_proposes_nobody(client):
    meeting = a_convened_meeting(people=1, topics=1)
    signed_in(client, meeting.convener)
    names = ("add_worker", "add_close_person", "remove_person", "remove_topic")
    for name, value in product(names, ["", "x", "-1", "9" * 30, "1\x00", "²"]):
        response = client.post(reverse("meeting_people", args=[meeting.pk]), {name: value})
        assert response.status_code in {302, 404}, (name, value)
        assert meeting.participations.filter(member=None).count() == 1, (name, value)
        assert meeting.topics.count() == 1, (name, value)


def test_a_bad_topic_is_told(client):
    meeting = a_convened_meeting(people=1, topics=0)
    signed_in(client, meeting.convener)
    for title in ("", "   ", "a" * 201, "a\x00b"):
        response = client.post(reverse("meeting_people", args=[meeting.pk]), {"title": title})
        assert response.status_code == 422, title
        assert not meeting.topics.exists(), title


def test_the_family_decides_on_each_and_only_the_allowed_have_a_permission(client):
    meeting = a_convened_meeting(people=2, topics=2)
    refused = meeting.participations.filter(member=None).last()
    quiet = meeting.topics.last()
    signed_in(client, meeting.convener)
    url = reverse("meeting_decide", args=[meeting.pk])
    client.post(url, decision_data(meeting, people=[refused], topics=[quiet]))
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.DECIDED
    consent = Consent.objects.get()
    assert consent.worker_id != refused.worker_id
    assert consent.topics == [meeting.topics.first().title]


def test_a_decision_that_leaves_somebody_out_says_whom(client):
    meeting = a_convened_meeting(people=2, topics=1)
    person = meeting.participations.filter(member=None).first()
    signed_in(client, meeting.convener)
    data = decision_data(meeting)
    del data[f"person_{person.pk}"]
    response = client.post(reverse("meeting_decide", args=[meeting.pk]), data)
    assert response.status_code == 422
    assert f"Kirjaa, mitä perhe päätti: {person.name}." in response.content.decode()
    assert not Consent.objects.exists()


def test_an_old_page_is_refused_with_a_sentence_and_keeps_the_answers(client):
    meeting = a_convened_meeting(people=1, topics=1)
    signed_in(client, meeting.convener)
    old = decision_data(meeting, method="phone")
    client.post(reverse("meeting_people", args=[meeting.pk]), {"title": "Uusi aihe"})
    response = client.post(reverse("meeting_decide", args=[meeting.pk]), old)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Kirjaa, mitä perhe päätti: Uusi aihe." in page
    assert not Consent.objects.exists()
    person = meeting.participations.filter(member=None).get()
    assert f'name="person_{person.pk}" value="yes"' in page.replace("\n", "")


def test_check_shows_the_very_text_and_sends_once(client):
    meeting = a_booked_meeting(people=2)
    signed_in(client, meeting.convener)
    url = reverse("meeting_check", args=[meeting.pk])
    page = client.get(url).content.decode()
    assert "Sinut on kutsuttu" in page
    assert not Invitation.objects.exists()
    data = send_data(meeting)
    first, second = client.post(url, data), client.post(url, data)
    assert (
        first.headers["Location"] == second.headers["Location"] == reverse("meeting_sent", args=[meeting.pk])
    )
    assert Invitation.objects.count() == 2
    assert Message.objects.filter(kind="invitation_request").count() == 2


def test_what_is_checked_names_no_member_of_the_family_to_the_invited(client):
    meeting = a_booked_meeting(people=1)
    signed_in(client, meeting.convener)
    response = client.get(reverse("meeting_check", args=[meeting.pk]))
    letter = response.context["preview"]
    for member in meeting.situation.family.members.all():
        assert member.first_name not in letter.subject + letter.text + letter.html


def test_an_outsider_cannot_lead(client):
    meeting = a_booked_meeting(people=1)
    stranger = WorkerFactory()
    signed_in(client, meeting.convener)
    response = client.post(
        reverse("meeting_check", args=[meeting.pk]), send_data(meeting) | {"chair": stranger.pk}
    )
    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_withdrawing_by_word_to_the_worker_ends_access_and_tells_the_invited(client):
    meeting = an_invited_meeting(people=2)
    participation = invited(meeting)
    signed_in(client, meeting.convener)
    url = reverse("permission_withdraw", args=[participation.consent_id])
    assert client.get(url).status_code == 200
    assert Consent.objects.in_force().filter(pk=participation.consent_id).exists()
    client.post(url)
    assert not Consent.objects.in_force().filter(pk=participation.consent_id).exists()
    assert not Meeting.objects.visible_to(participation.worker).exists()
    assert not Booking.objects.filter(worker=participation.worker).exists()
    participation.refresh_from_db()
    assert participation.decision == Decision.NO
    assert client.get(url).status_code == 404


def test_cancelling_takes_a_second_look_and_frees_everybody(client):
    meeting = an_invited_meeting(people=2)
    signed_in(client, meeting.convener)
    url = reverse("meeting_cancel", args=[meeting.pk])
    client.get(url)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.INVITED
    assert client.post(url).status_code == 422, "who cancelled is asked"
    client.post(url, {"who": "convener"})
    client.post(url, {"who": "convener"})
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CANCELLED
    assert not Booking.objects.filter(meeting=meeting).exists()
    assert set(Invitation.objects.values_list("status", flat=True)) == {"revoked"}


def record_data(meeting, **changes):
    data = {"seen": marks(saved_fields(meeting)), "notes": "Sovittiin aamuista."}
    for one in meeting.participations.exclude(decision="no"):
        data[f"came_{one.pk}"] = "present"
    for heading in ("health", "relations", "self", "everyday", "parenthood", "surroundings"):
        data[f"tone_{heading}"] = "none"
        data[f"text_{heading}"] = ""
    return data | {"tone_everyday": "talk", "text_everyday": "Aamut."} | changes


def test_nothing_is_recorded_before_the_time_has_come(client):
    meeting = an_invited_meeting(people=1)
    signed_in(client, meeting.convener)
    response = client.post(reverse("meeting_record", args=[meeting.pk]), record_data(meeting), follow=True)
    assert "ei ole vielä alkanut" in response.content.decode()


def test_a_record_written_on_an_old_page_is_refused_and_not_lost(client):
    meeting = a_held_meeting(people=1)
    signed_in(client, meeting.convener)
    url = reverse("meeting_record", args=[meeting.pk])
    with time_machine.travel(meeting.period.upper):
        client.force_login(meeting.convener)
        old = record_data(meeting, notes="Vanha sivu 🌙")
        client.post(url, record_data(meeting, notes="Uudempi"))
        response = client.post(url, old)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Tämä sivu oli vanhentunut" in page
    assert "Vanha sivu 🌙" in page
    assert "Uudempi" in page
    meeting.refresh_from_db()
    assert meeting.notes == "Uudempi"


def test_what_an_old_page_left_empty_is_not_wiped_out(client):
    meeting = a_held_meeting(people=1)
    signed_in(client, meeting.convener)
    url = reverse("meeting_record", args=[meeting.pk])
    with time_machine.travel(meeting.period.upper):
        client.force_login(meeting.convener)
        old = record_data(meeting, notes="")
        client.post(url, record_data(meeting, notes="Uudempi"))
        response = client.post(url, old)
        assert response.status_code == 422
        again = response.context["form"].data
        client.post(url, {name: again[name] for name in again})
    meeting.refresh_from_db()
    assert meeting.notes == "Uudempi"


def test_the_meeting_page_offers_the_one_next_step(client):
    expected = {
        a_convened_meeting: "Valitse kutsuttavat ja aiheet",
        a_decided_meeting: "Etsi yhteinen aika",
        a_booked_meeting: "Tarkista ja lähetä kutsut",
    }
    for make, label in expected.items():
        meeting = make()
        signed_in(client, meeting.convener)
        assert label in client.get(reverse("meeting_detail", args=[meeting.pk])).content.decode()


def test_the_meeting_page_says_whom_it_waits_for(client):
    meeting = a_convened_meeting(people=1)
    signed_in(client, meeting.convener)
    url = reverse("meeting_detail", args=[meeting.pk])
    assert "Odotetaan perheen päätöstä" not in client.get(url).content.decode()
    client.post(reverse("meeting_ask", args=[meeting.pk]))
    assert "Odotetaan perheen päätöstä" in client.get(url).content.decode()
    invitation = an_invited_meeting(people=2)
    signed_in(client, invitation.convener)
    page = client.get(reverse("meeting_detail", args=[invitation.pk])).content.decode()
    assert "Kutsuun on vastannut 0/2." in page
    client.force_login(invited(invitation).worker)
    page = client.get(reverse("meeting_detail", args=[invitation.pk])).content.decode()
    assert "Kutsuun on vastannut" not in page


@pytest.mark.parametrize("name", ["meeting_detail", "meeting_people", "meeting_decide"])
def test_the_number_of_queries_does_not_grow_with_people(client, name):
    queries = []
    for people in (2, 7):
        meeting = a_convened_meeting(people=people, topics=people)
        WorkerFactory.create_batch(people, unit=meeting.convener.unit)
        signed_in(client, meeting.convener)
        client.get(reverse(name, args=[meeting.pk]))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse(name, args=[meeting.pk]))
        queries.append([query["sql"] for query in seen.captured_queries])
    assert len(queries[0]) == len(queries[1]), queries[1]


def test_the_one_who_was_not_asked_knows_nothing(client):
    meeting = an_invited_meeting(people=1)
    signed_in(client, WorkerFactory())
    for name in (
        "meeting_detail",
        "meeting_people",
        "meeting_decide",
        "meeting_check",
        "meeting_record",
        "meeting_cancel",
    ):
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 404
        assert client.post(reverse(name, args=[meeting.pk])).status_code == 404
    assert Participation.objects.filter(meeting=meeting).exists()
