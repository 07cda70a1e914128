"""The family's own pages: opened by its link alone, decided step by step; looking does nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import convening
from meetings.models import Booking, Meeting, Situation
from meetings.states import Decision, MeetingStatus
from network.actions import consents, families
from network.models import Consent, Invitation
from network.states import ConsentMethod, ConsentPurpose, InvitationStatus
from perhekeskus.models import AccessLog
from tests.access import all_urls, everything_kept
from tests.door import comes_in
from tests.factories import (
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    a_situation,
    an_ended_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(family_client):
    """Everybody here has the family's telephone at hand; without it: test_family_door.py."""
    return family_client


@pytest.fixture
def meeting() -> Meeting:
    """Two people and two topics wait for the family's word."""
    meeting = a_convened_meeting(people=2, topics=["Aamut ja uni", "Koulumatka"])
    return convening.ask_family(meeting=meeting, by=meeting.convener)


def address(name: str, meeting: Meeting | Situation, **more) -> str:
    situation = meeting if isinstance(meeting, Situation) else meeting.situation
    return reverse(name, kwargs={"token": situation.family.link.token, **more})


def people_data(meeting: Meeting, *answers: str) -> dict[str, str]:
    rows = meeting.participations.filter(member=None)
    data = {f"person_{one.pk}": said for one, said in zip(rows, answers, strict=False) if said}
    return data | {"version": str(meeting.version)}


def topics_data(meeting: Meeting, *answers: str) -> dict[str, str]:
    data = {f"topic_{one.pk}": said for one, said in zip(meeting.topics.all(), answers, strict=False) if said}
    return data | {"version": str(meeting.version)}


def choose(client, meeting: Meeting, people=("yes", "no"), topics=("yes", "no")) -> None:
    """The first two steps."""
    url = address("family_decide", meeting)
    assert client.post(url, people_data(meeting, *people)).status_code == 302
    assert client.post(f"{url}?vaihe=aiheet", topics_data(meeting, *topics)).status_code == 302


def confirm(client, meeting: Meeting, **changes):
    guardian = meeting.situation.family.members.filter(role="guardian").first()
    data = {"version": meeting.version, "given_by": guardian.pk} | changes
    return client.post(f"{address('family_decide', meeting)}?vaihe=tarkistus", data)


# --- the link ------------------------------------------------------------------------------------

# The calendars are read at secret addresses of their own.
BY_TOKEN = sorted(
    one.name
    for one in all_urls()
    if one.name.startswith(("family_", "invitation_")) and "token" in getattr(one.pattern, "converters", {})
)


def test_there_are_pages_by_link():
    assert {"family_home", "family_decide", "family_permissions", "family_looks", "invitation_answer"} <= set(
        BY_TOKEN
    )


@pytest.mark.parametrize("broken", ["unknown", "revoked", "expired", "of another purpose", "cut", "nul"])
def test_a_link_that_opens_nothing_says_what_to_do(client, broken):
    one = invited(an_invited_meeting(people=1))
    family = one.meeting.situation.family
    for link in (family.link, one.invitation.link):
        if broken == "revoked":
            link.revoked_at = timezone.now()
        elif broken == "expired":
            link.expires_at = timezone.now() - timedelta(seconds=1)
        link.save()
    keys: dict[str, dict[str, object]] = {
        "family_permission_withdraw": {"pk": one.consent_id},
        "family_close_person": {"pk": 1},
        "family_child_view_remove": {"pk": 1},
        "family_child_drawing": {"key": uuid4()},
    }
    for name in BY_TOKEN:
        own, other = family.link, one.invitation.link
        if name == "invitation_answer":
            own, other = other, own
        token = {
            "unknown": "A" * 32,
            "of another purpose": other.token,
            "cut": own.token[:-1],
            "nul": f"{own.token}\0",
        }.get(broken, own.token)
        url = reverse(name, kwargs={"token": token} | keys.get(name, {}))
        shown, pressed = client.get(url), client.post(url, {"answer": "declined"})
        assert {shown.status_code, pressed.status_code} <= {404, 405}, name
        page = shown.content.decode()
        assert "Linkki ei enää toimi" in page and "017 000 0000" in page, name
    one.refresh_from_db()
    assert one.consent.is_in_force and one.invitation.status == InvitationStatus.PENDING
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("name", ["family_home", "family_decide", "family_permissions", "family_looks"])
def test_a_page_by_link_is_private(client, meeting, name):
    response = client.get(address(name, meeting))
    assert "no-store" in response["Cache-Control"] and "noindex" in response["X-Robots-Tag"]
    page = response.content.decode()
    assert '<meta name="robots" content="noindex, nofollow"' in page
    # The token stays on this site; "no-referrer" would blank the Origin of our own forms too.
    assert '<meta name="referrer" content="same-origin"' in page


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing_but_the_list_of_looks(client, method):
    meeting = an_invited_meeting(people=2)
    consent = invited(meeting).consent
    comes_in(client, meeting.situation.family.link.token)
    before = everything_kept()
    for name, more in [
        ("family_home", {}),
        ("family_decide", {}),
        ("family_suggest_person", {}),
        ("family_suggest_topic", {}),
        ("family_permissions", {}),
        ("family_permission_withdraw", {"pk": consent.pk}),
        ("family_looks", {}),
    ]:
        assert getattr(client, method)(address(name, meeting, **more)).status_code == 200
    for step in ("aiheet", "tarkistus", "valmis"):
        getattr(client, method)(address("family_decide", meeting) + f"?vaihe={step}")
    assert everything_kept() == before
    assert AccessLog.objects.filter(family_id=meeting.situation.family_id, worker=None).count() >= 7


# --- the start page -------------------------------------------------------------------------------


def test_the_start_page_says_what_waits_and_who_takes_care(client, meeting):
    page = client.get(address("family_home", meeting)).content.decode()
    holder = meeting.situation.holder
    assert "Päättäkää, keitä kutsutaan" in page
    assert holder.name in page and "040 765 4321" in page
    assert "Ette ole antaneet lupaa kenellekään" in page


def test_while_the_worker_is_still_drafting_nothing_waits(client):
    meeting = a_convened_meeting()
    assert "Päättäkää" not in client.get(address("family_home", meeting)).content.decode()
    page = client.get(address("family_decide", meeting)).content.decode()
    assert "Nyt ei ole päätettävää" in page and invited_names(meeting)[0] not in page


def invited_names(meeting: Meeting) -> list[str]:
    return [one.name for one in meeting.participations.filter(member=None)]


def test_the_agreed_time_and_place_and_the_permissions(client):
    meeting = an_invited_meeting(people=1)
    page = client.get(address("family_home", meeting)).content.decode()
    assert "klo 9.30–11.00" in page and meeting.room.name in page
    assert invited(meeting).name in page


def test_a_protected_family_is_shown_no_place(client):
    situation = with_conversation(a_situation(address_protected=True))
    meeting = an_invited_meeting(people=1, situation=situation)
    page = client.get(address("family_home", meeting)).content.decode()
    assert "klo 9.30–11.00" in page and "Työntekijänne kertoo paikan" in page
    assert meeting.room.name not in page and meeting.room.unit.address not in page


@pytest.mark.parametrize("make", [a_situation, with_conversation, an_ended_situation])
def test_the_start_page_opens_at_every_stage(client, make):
    assert client.get(address("family_home", make())).status_code == 200


def test_after_the_shared_time_the_page_still_opens(client):
    response = client.get(address("family_home", a_held_meeting(people=1)))
    assert response.status_code == 200
    assert (
        response.context["where"]
        == "Yhteinen aika on pidetty. Seuraavaksi kirjoitetaan yhteinen suunnitelma."
    )


# --- the decision ---------------------------------------------------------------------------------


def test_the_family_decides_on_each_and_its_word_opens_exactly_those_doors(client, meeting):
    choose(client, meeting, people=("yes", "no"), topics=("yes", "no"))
    assert not Consent.objects.exists(), "nothing counts before the confirmation"
    check = client.get(address("family_decide", meeting) + "?vaihe=tarkistus").content.decode()
    assert all(name in check for name in invited_names(meeting)) and "Ei nyt" in check
    response = confirm(client, meeting)
    assert response.status_code == 302
    meeting.refresh_from_db()
    yes, no = meeting.participations.filter(member=None)
    assert meeting.status == MeetingStatus.DECIDED
    assert (yes.decision, no.decision) == (Decision.YES, Decision.NO)
    consent = Consent.objects.get()
    assert (consent.worker, consent.topics) == (yes.worker, ["Aamut ja uni"])
    assert (consent.method, consent.recorded_by) == (ConsentMethod.OWN_LINK, None)
    assert consent.given_by == meeting.situation.family.members.filter(role="guardian").first()
    page = client.get(response.url).content.decode()
    assert "Kiitos, päätös on tallessa" in page and "Mitä seuraavaksi tapahtuu" in page and yes.name in page


def test_an_unanswered_person_is_told_and_the_rest_is_kept(client, meeting):
    response = client.post(address("family_decide", meeting), people_data(meeting, "yes", ""))
    page = response.content.decode()
    missing = meeting.participations.filter(member=None)[1]
    assert response.status_code == 422 and page.count(f"Valitkaa kyllä tai ei nyt: {missing.name}.") == 2
    assert page.count(" checked") == 1
    again = client.get(address("family_decide", meeting)).content.decode()
    assert again.count(" checked") == 1, "also when the family comes back later"


def test_nobody_can_confirm_what_has_not_been_decided(client, meeting):
    response = confirm(client, meeting)
    assert response.status_code == 302 and not Consent.objects.exists()
    assert "Jokin jäi vielä päättämättä" in client.get(response.url).content.decode()


def test_who_confirms_is_asked(client, meeting):
    choose(client, meeting)
    stranger = a_situation().family.members.first()
    for given_by in ("", "x", stranger.pk):
        response = confirm(client, meeting, given_by=given_by)
        assert response.status_code == 422 and "Virhe:" in response.content.decode()
    assert not Consent.objects.exists()


def test_an_old_page_is_refused_and_shows_the_fresh_state_with_the_choices(client, meeting):
    choose(client, meeting, people=("yes", "yes"), topics=("yes", "yes"))
    seen = meeting.version
    convening.propose_topic(meeting=meeting, by=meeting.convener, title="Kolmas aihe")
    response = confirm(client, meeting, version=seen)
    assert response.status_code == 302 and not Consent.objects.exists()
    page = client.get(response.url).content.decode()
    assert "vanhentunut" in page and page.count(" checked") == 2
    topics = client.get(address("family_decide", meeting) + "?vaihe=aiheet").content.decode()
    assert "Kolmas aihe" in topics and topics.count(" checked") == 2


@pytest.mark.parametrize("version", ["", "x", "-1", "999999999999999999999"])
def test_a_nonsense_version_is_an_old_page(client, meeting, version):
    choose(client, meeting)
    assert confirm(client, meeting, version=version).status_code == 302
    assert not Consent.objects.exists()


def test_pressing_twice_decides_once(client, meeting):
    choose(client, meeting)
    first, second = confirm(client, meeting), confirm(client, meeting)
    assert first.status_code == second.status_code == 302
    assert Consent.objects.count() == 1


def test_the_family_changes_its_mind_after_the_invitations(client):
    meeting = an_invited_meeting(people=2)
    gone = invited(meeting, 0)
    choose(client, meeting, people=("no", "yes"), topics=("yes", "yes"))
    confirm(client, meeting)
    gone.refresh_from_db()
    assert gone.decision == Decision.NO and gone.invitation.status == InvitationStatus.REVOKED
    assert not Situation.objects.visible_to(gone.worker).exists()
    assert not Booking.objects.filter(worker=gone.worker).exists()
    assert invited(meeting).invitation.status == InvitationStatus.PENDING


def test_the_family_proposes_a_close_person_and_loses_nothing(client, meeting):
    url = address("family_decide", meeting)
    response = client.post(url, people_data(meeting, "yes", "") | {"suggest": "1"})
    assert response.url == address("family_suggest_person", meeting)
    data = {"name": "Mummo Äijälä", "relation": "mummo", "email": "mummo@demo.example"}
    response = client.post(response.url, data)
    page = client.get(response.url).content.decode()
    assert "Mummo Äijälä" in page and page.count(" checked") == 2, (
        "the earlier choice, and yes to grandmother"
    )
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": "", "relation": "mummo"}, "Kirjoittakaa nimi."),
        ({"name": "Mummo", "relation": "mummo", "email": "ei osoite"}, "Tarkistakaa sähköpostiosoite"),
        ({"name": "Mummo", "relation": "mummo", "email": "a@demo.example\nBcc: b@demo.example"}, "Virhe"),
        ({"name": "Mummo", "relation": "mummo", "phone": "yksi"}, "Puhelinnumero ei kelpaa"),
        ({"name": "M" * 200, "relation": "mummo"}, "liian pitkä"),
        ({"name": "Mum\0mo", "relation": "mummo"}, "ei voi tallentaa"),
    ],
)
def test_a_bad_suggestion_is_told_and_kept(client, meeting, data, sentence):
    response = client.post(address("family_suggest_person", meeting), data)
    page = response.content.decode()
    assert response.status_code == 422 and sentence in page
    assert meeting.situation.family.close_people.count() == 0
    assert data["relation"] in page


def test_the_family_proposes_a_topic_of_its_own(client, meeting):
    response = client.post(address("family_suggest_topic", meeting), {"title": "  Lemmikki   ja ilo 🐕 "})
    assert response.status_code == 302
    topic = meeting.topics.get(by_family=True)
    assert (topic.title, topic.decision) == ("Lemmikki ja ilo 🐕", Decision.YES)
    for bad in ("", "   ", "x" * 201):
        assert client.post(address("family_suggest_topic", meeting), {"title": bad}).status_code == 422


def test_what_a_worker_writes_comes_out_as_text(client):
    worker = WorkerFactory(what_i_do="<script>alert(1)</script>", title="<b>x</b>")
    meeting = a_convened_meeting(people=[worker])
    convening.ask_family(meeting=meeting, by=meeting.convener)
    page = client.get(address("family_decide", meeting)).content.decode()
    assert "<script>alert" not in page and "<b>x</b>" not in page and "&lt;script&gt;" in page


def test_and_so_it_does_on_the_workers_pages(client):
    worker = WorkerFactory(title="<b>x</b>", last_name="<i>y</i>")
    meeting = a_convened_meeting(people=[worker])
    client.force_login(meeting.convener)
    for name in ("meeting_decide", "meeting_people", "meeting_detail"):
        page = client.get(reverse(name, args=[meeting.pk])).content.decode()
        assert "<b>x</b>" not in page and "<i>y</i>" not in page
    booked = a_booked_meeting(meeting=a_decided_meeting(meeting=meeting))
    held = a_held_meeting(meeting=an_invited_meeting(meeting=booked))
    with time_machine.travel(held.period.upper, tick=False):
        client.force_login(held.convener)
        page = client.get(reverse("meeting_record", args=[held.pk])).content.decode()
    assert "&lt;b&gt;" in page and "<b>x</b>" not in page


# --- permissions ----------------------------------------------------------------------------------


def test_a_permission_is_taken_back_after_a_second_look(client):
    meeting = an_invited_meeting(people=2)
    one, other = invited(meeting, 0), invited(meeting, 1)
    listing = client.get(address("family_permissions", meeting)).content.decode()
    assert one.name in listing and "Aihe 1 ja Aihe 2" in listing
    url = address("family_permission_withdraw", meeting, pk=one.consent_id)
    assert "Kutsu yhteiseen aikaan perutaan" in client.get(url).content.decode()
    response = client.post(url)
    page = client.get(response.url).content.decode()
    assert f"Lupa on peruttu: {one.name}. Kutsu peruttiin" in page
    one.consent.refresh_from_db()
    assert one.consent.withdrawn_at is not None and one.consent.withdrawn_recorded_by is None
    assert Invitation.objects.get(consent=one.consent).status == InvitationStatus.REVOKED
    assert Consent.objects.get(pk=other.consent_id).is_in_force
    assert "Tämä lupa on jo peruttu" in client.post(url, follow=True).content.decode()


def test_another_familys_permission_is_not_there(client, meeting):
    foreign = invited(an_invited_meeting(people=1)).consent
    url = address("family_permission_withdraw", meeting, pk=foreign.pk)
    assert client.get(url).status_code == client.post(url).status_code == 404
    foreign.refresh_from_db()
    assert foreign.is_in_force


@pytest.mark.parametrize("purpose", list(ConsentPurpose))
def test_every_purpose_is_said_in_plain_words(client, purpose):
    situation = a_situation()
    consent = consents.give(
        family=situation.family,
        to=WorkerFactory(),
        purpose=purpose,
        topics=[],
        method=ConsentMethod.PHONE,
        by=situation.holder,
    )
    assert client.get(address("family_permissions", situation)).status_code == 200
    url = address("family_permission_withdraw", situation, pk=consent.pk)
    assert client.get(url).status_code == 200
    client.post(url)
    consent.refresh_from_db()
    assert not consent.is_in_force


# --- who has looked -------------------------------------------------------------------------------


def test_the_family_sees_who_has_looked_and_on_which_ground(client):
    situation = with_conversation()
    client.force_login(situation.holder)
    client.get(situation.get_absolute_url())
    client.logout()
    page = client.get(address("family_looks", situation)).content.decode()
    assert situation.holder.name in page and situation.holder.unit.name in page
    assert "Perheen tilanne" in page and "koppi on hänellä" in page


def test_a_worker_who_opens_the_familys_link_is_on_record_by_name(client):
    situation, curious = a_situation(), WorkerFactory()
    client.force_login(curious)
    client.get(address("family_home", situation))
    client.logout()
    assert curious.name in client.get(address("family_looks", situation)).content.decode()


def test_another_familys_looks_are_not_shown(client):
    mine, other = a_situation(), a_situation(by=WorkerFactory(last_name="Naapurinen"))
    client.force_login(other.holder)
    client.get(other.get_absolute_url())
    client.logout()
    assert "Naapurinen" not in client.get(address("family_looks", mine)).content.decode()


def looked_at(situation: Situation, *, times: int) -> None:
    AccessLog.objects.bulk_create(
        AccessLog(
            worker=situation.holder,
            who=f"Katsoja {number}",
            organisation="Päiväkoti",
            family_id=situation.family_id,
            what="Perheen tilanne",
            ground="koppi on hänellä",
        )
        for number in range(times)
    )


def test_the_list_goes_on_over_pages_and_asks_a_fixed_number_of_questions(
    client, django_assert_max_num_queries
):
    situation = a_situation()
    url = address("family_looks", situation)
    looked_at(situation, times=60)
    comes_in(client, situation.family.link.token)
    with django_assert_max_num_queries(12):
        assert "Sivu" in client.get(url).content.decode()
    assert client.get(f"{url}?page=3").status_code == client.get(f"{url}?page=nolla").status_code == 200


def test_the_same_person_at_the_same_thing_is_one_row_a_day(client):
    situation = a_situation()
    noon = timezone.localtime().replace(hour=12, minute=0)
    for minutes in (0, 5, 5, 24 * 60):
        with time_machine.travel(noon - timedelta(minutes=minutes), tick=False):
            AccessLog.objects.create(
                worker=situation.holder,
                who="Kaisa Katsoja",
                family_id=situation.family_id,
                what="Perheen tilanne",
                ground="koppi on hänellä",
            )
    page = client.get(address("family_looks", situation)).content.decode()
    assert page.count("Kaisa Katsoja") == 2, "today and yesterday"
    assert "klo 11.55 ja 12.00" in page


def test_the_worker_turns_the_pages_of_the_same_list(client):
    situation = a_situation()
    client.force_login(situation.holder)
    url = reverse("situation_looks", args=[situation.pk])
    looked_at(situation, times=60)
    assert 'href="?page=2"' in client.get(url).content.decode()


def test_the_decision_page_asks_a_fixed_number_of_questions(client):
    few, many = (a_convened_meeting(people=number, topics=number) for number in (1, 12))
    for meeting in (few, many):
        convening.ask_family(meeting=meeting, by=meeting.convener)
    counts = []
    for meeting in (few, many):
        comes_in(client, meeting.situation.family.link.token)
        with CaptureQueriesContext(connection) as queries:
            client.get(address("family_decide", meeting))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_a_new_link_replaces_a_lost_one(client):
    situation = a_situation()
    old = address("family_home", situation)
    situation.family.link.revoked_at = timezone.now()
    situation.family.link.save()
    families.ensure_link(situation.family)
    situation.family.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(address("family_home", situation)).status_code == 200


# --- a worker who is signed in ---------------------------------------------------------------------


@pytest.mark.parametrize("who", ["convener", "stranger"])
def test_a_worker_who_is_signed_in_decides_nothing_for_the_family(client, who):
    presses = {
        "family_decide": {},
        "family_suggest_person": {"name": "Mummo", "relation": "mummo"},
        "family_suggest_topic": {"title": "Oma aihe"},
        "family_permission_withdraw": {},
    }
    meeting = an_invited_meeting(people=1)
    worker = meeting.convener if who == "convener" else WorkerFactory()
    client.force_login(worker)
    comes_in(client, meeting.situation.family.link.token)
    before = everything_kept()

    for name, data in presses.items():
        more = {"pk": invited(meeting).consent_id} if name == "family_permission_withdraw" else {}
        response = client.post(address(name, meeting, **more), data | people_data(meeting, "no"))
        assert response.status_code == 403, name
        page = response.content.decode()
        assert "Olet kirjautunut työntekijänä" in page and "kirjaudu ulos" in page, name
    assert everything_kept() == before
    assert AccessLog.objects.filter(worker=worker).exists(), "the visit is on record by name"


def test_a_worker_who_is_signed_in_confirms_no_decision(client, meeting):
    choose(client, meeting)
    client.force_login(meeting.convener)
    assert confirm(client, meeting).status_code == 403
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.WITH_FAMILY
    assert not Consent.objects.exists()


def test_in_the_demonstration_one_visitor_plays_them_all(client, meeting, settings):
    settings.DEMONSTRATION = True
    client.force_login(meeting.convener)
    choose(client, meeting)
    assert confirm(client, meeting).status_code == 302
    assert Consent.objects.in_force().count() == 1
