"""The pages of groups, bulletins, forums and feedback: what they show, do, and ask of the database."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network.actions import bulletins, feedback, forums, groups
from network.models import (
    AreaForum,
    Bulletin,
    BulletinReceipt,
    DevelopmentNeed,
    Group,
    GroupMeeting,
    PeerFeedback,
    Thanks,
    Worker,
)
from network.states import DevelopmentState, GroupRole, Sector
from tests.factories import (
    AreaFactory,
    MunicipalityFactory,
    WorkerFactory,
    a_bulletin,
    a_draft,
    a_forum,
    a_group,
    a_group_meeting,
    a_situation,
    an_invited_forum,
)

pytestmark = pytest.mark.django_db

NO_CLIENTS = "Tänne ei kirjoiteta asiakasasioita"


@pytest.fixture
def me(client) -> Worker:
    worker = WorkerFactory(first_name="Minä", last_name="Itse")
    client.force_login(worker)
    return worker


@pytest.fixture
def boss() -> Worker:
    return WorkerFactory(coordinator=True, last_name="Koordinaattori")


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- questions asked of the database -------------------------------------------------------------


def crowd(me: Worker, boss: Worker) -> None:
    """So many of everything that a question for each of them would show."""
    for number in range(6):
        mates = tuple(WorkerFactory() for _mate in range(3))
        group = a_group(chair=me if number % 2 else mates[0], members=mates[1:])
        for days in (5, 9):
            a_group_meeting(group=group, by=boss, days=days)
        a_bulletin(by=boss, group=group)
        a_draft(by=boss, group=group)
        forum = an_invited_forum(by=boss, days=10 + number)
        for mate in mates:
            forums.answer(forum=forum, by=mate, says="coming")
        need = forums.record_need(by=me, text=f"Asia {number}", municipality=group.municipality, forum=forum)
        forums.name_owner(need=need, by=boss, owner=mates[0])
        feedback.thank(to=me, by=mates[0], text="Kiitos")
        feedback.give(to=me, by=mates[0], text="Palaute")


# Page by page the most that it may ask, however many rows it shows; and who looks.
QUESTIONS = {
    "group_list": 14,
    "bulletin_list": 14,
    "forum_list": 12,
    "development_need_list": 11,
    "thanks_list": 11,
    "group_detail": 18,
    "group_members": 13,
    "bulletin_detail": 13,
    "bulletin_receipts": 17,
    "forum_detail": 20,
    "development_need_detail": 10,
}
BY_THE_COORDINATOR = {"group_members", "bulletin_receipts", "group_detail"}


def test_how_many_questions_a_page_asks(client, me, boss):
    crowd(me, boss)
    keys = {
        "group": Group.objects.latest("pk"),
        "bulletin": Bulletin.objects.exclude(published_at=None).latest("pk"),
        "forum": AreaForum.objects.latest("pk"),
        "development": DevelopmentNeed.objects.latest("pk"),
    }
    too_many = []
    for name, most in QUESTIONS.items():
        client.force_login(boss if name in BY_THE_COORDINATOR else me)
        args = [] if name.endswith("_list") else [keys[name.split("_")[0]].pk]
        with CaptureQueriesContext(connection) as asked:
            response = client.get(reverse(name, args=args))
        assert response.status_code == 200, name
        if len(asked) > most:
            too_many.append(f"{name}: {len(asked)}, not {most}")
        # Every button that sends something carries its token, those of included parts too.
        html = response.content.decode()
        assert len(re.findall(r'method="post"', html)) == html.count("csrfmiddlewaretoken"), name
    assert not too_many, too_many


# --- groups --------------------------------------------------------------------------------------


def test_ones_own_groups_come_first_and_the_others_can_be_narrowed(client, me):
    mine = a_group(chair=WorkerFactory(), members=(me,), name="Oma ryhmä")
    other = a_group(
        chair=WorkerFactory(), name="Toinen ryhmä", municipality=MunicipalityFactory(code="297"), kind="myr"
    )
    page = client.get(reverse("group_list"))
    assert [row["name"] for row in page.context["mine"]] == [mine.name]
    assert [row["name"] for row in page.context["rows"]] == [mine.name, other.name]
    narrowed = client.get(reverse("group_list"), {"municipality": "297", "kind": "myr"})
    assert [row["name"] for row in narrowed.context["rows"]] == [other.name]
    assert client.get(reverse("group_list"), {"kind": "xx"}).status_code == 200


def test_a_coordinator_founds_a_group_and_gathers_its_people(client, boss):
    client.force_login(boss)
    paivi = WorkerFactory(first_name="Päivi", last_name="Ääri")
    fields = {
        "name": "Kiuruveden neuvolatyöryhmä",
        "kind": "clinic",
        "purpose": "Pienten lasten perheet.",
        "municipality": MunicipalityFactory().pk,
    }
    page = client.get(reverse("group_create"))
    assert NO_CLIENTS in text_of(page)
    page = client.post(reverse("group_create"), fields)
    group = Group.objects.get()
    members = reverse("group_members", args=[group.pk])
    assert page.url == members
    found = client.get(members, {"text": "paivi"})
    assert [row["name"] for row in found.context["found"]] == ["Päivi Ääri"]
    client.post(members, {"add": paivi.pk})
    membership = group.memberships.get()
    client.post(members, {"membership": membership.pk, "role": "chair"})
    assert group.memberships.get(until=None).role == GroupRole.CHAIR
    # Nonsense is no member and no role.
    assert client.post(members, {"membership": "x", "role": "chair"}).status_code == 404
    assert client.post(members, {"add": "999999999"}).status_code == 404
    client.post(members, {"membership": membership.pk, "role": "emperor"})
    again = client.post(reverse("group_create"), fields)
    assert again.status_code == 422 and "jo tämänniminen" in text_of(again)


def test_the_unit_of_a_group_is_in_its_municipality(client, boss):
    client.force_login(boss)
    elsewhere = WorkerFactory(unit__municipality=MunicipalityFactory(code="297")).unit
    page = client.post(
        reverse("group_create"),
        {
            "name": "R",
            "kind": "myr",
            "purpose": "P",
            "municipality": MunicipalityFactory().pk,
            "unit": elsewhere.pk,
        },
    )
    assert page.status_code == 422 and "toisessa kunnassa" in text_of(page)


def test_a_meeting_is_called_changed_written_down_and_approved(client, me):
    group = a_group(chair=me, members=(WorkerFactory(),))
    when = timezone.localtime() + timedelta(days=3)
    fields = {
        "day": f"{when:%Y-%m-%d}",
        "starts": "12:00",
        "ends": "13:30",
        "place": "Koulu",
        "agenda": "Kevät",
    }
    client.post(reverse("group_meeting_create", args=[group.pk]), fields)
    meeting = GroupMeeting.objects.get()
    url = meeting.get_absolute_url()
    assert "Kevät" in text_of(client.get(url))
    edit = reverse("group_meeting_edit", args=[meeting.pk])
    shown = client.get(edit).context["form"]
    assert shown.initial["place"] == "Koulu"
    client.post(edit, fields | {"agenda": "Syksy", "version": shown.initial["version"]})
    late = client.post(edit, fields | {"agenda": "Talvi", "version": shown.initial["version"]})
    assert late.status_code == 422 and "muuttanut" in text_of(late) and "Talvi" in late.content.decode()
    backwards = client.post(edit, fields | {"ends": "11:00", "version": 2})
    assert "Kokous päättyy vasta alkamisensa jälkeen" in text_of(backwards)
    memo = reverse("group_meeting_memo", args=[meeting.pk])
    assert client.get(memo).status_code == 302
    with time_machine.travel(meeting.ends_at + timedelta(minutes=1), tick=False):
        client.force_login(me)
        meeting.refresh_from_db()
        assert NO_CLIENTS in text_of(client.get(memo))
        client.post(memo, {"memo": "Sovittiin retkestä", "version": meeting.version})
        meeting.refresh_from_db()
        outsider = WorkerFactory()
        client.force_login(outsider)
        assert "Sovittiin retkestä" not in text_of(client.get(url))
        client.force_login(me)
        client.post(reverse("group_meeting_approve", args=[meeting.pk]), {"version": meeting.version})
        client.force_login(outsider)
        assert "Sovittiin retkestä" in text_of(client.get(url))
        assert "muistio" in text_of(client.get(group.get_absolute_url()))


# --- bulletins -----------------------------------------------------------------------------------


def test_opening_a_bulletin_changes_nothing_and_the_press_does(client, me, boss):
    bulletin = a_bulletin(by=boss)
    receipt = BulletinReceipt.objects.get(bulletin=bulletin, worker=me)
    assert "1 uusi tiedote" in text_of(client.get(reverse("home")))
    for ask in (client.get, client.head):
        ask(bulletin.get_absolute_url())
        assert ask(reverse("bulletin_seen", args=[bulletin.pk])).status_code == 405
    receipt.refresh_from_db()
    assert receipt.seen_at is None
    client.post(reverse("bulletin_seen", args=[bulletin.pk]))
    receipt.refresh_from_db()
    assert receipt.seen_at is not None
    assert "uusi tiedote" not in text_of(client.get(reverse("home")))
    assert "Olet lukenut tämän" in text_of(client.get(bulletin.get_absolute_url()))


def test_a_bulletin_that_concerns_others_is_not_there(client, me, boss):
    other = WorkerFactory(unit__municipality=MunicipalityFactory(code="297"))
    bulletin = a_bulletin(by=boss, to=[other.unit.municipality])
    draft = a_draft(by=boss)
    for one in (bulletin, draft):
        for page in ("detail", "check", "receipts", "withdraw", "edit"):
            assert client.get(reverse(f"bulletin_{page}", args=[one.pk])).status_code == 404
        for page in ("seen", "discard", "withdraw"):
            assert client.post(reverse(f"bulletin_{page}", args=[one.pk])).status_code == 404


def test_the_units_are_chosen_among_those_in_the_chosen_places(client, boss, me):
    client.force_login(boss)
    far = WorkerFactory(unit__municipality=MunicipalityFactory(code="297"))
    draft = a_draft(by=boss, to=[me.unit.municipality], sectors=[Sector.EDUCATION])
    page = reverse("bulletin_units", args=[draft.pk])
    form = client.get(page).context["form"]
    offered = {pk for _place, units in form.fields["units"].choices for pk, _name in units}
    assert me.unit_id in offered and far.unit_id not in offered
    client.post(page, {"units": [me.unit_id], "version": draft.version})
    check = client.get(reverse("bulletin_check", args=[draft.pk]))
    assert "Tämä tavoittaa 1 työntekijän." in text_of(check) and me.unit.name in text_of(check)
    assert client.post(page, {"units": [far.unit_id], "version": 99}).status_code == 422


def test_who_has_not_read_is_listed_by_unit_with_those_who_began_later(client, boss, me):
    bulletin = a_bulletin(by=boss)
    bulletins.see(bulletin=bulletin, by=me)
    newcomer = WorkerFactory(last_name="Uusi", unit=me.unit)
    client.force_login(boss)
    page = client.get(reverse("bulletin_receipts", args=[bulletin.pk]))
    names = [one["name"] for unit in page.context["units"] for one in unit["people"]]
    assert newcomer.name in names and me.name not in names
    assert "1 työntekijä on lukenut, 2 ei vielä." in text_of(page)


def test_a_worker_who_keeps_two_groups_chooses_in_whose_name(client, me):
    group, other = a_group(chair=me), a_group(chair=me)
    page = client.get(reverse("bulletin_create"))
    assert {row["name"] for row in page.context["rows"]} == {group.name, other.name}
    url = f"{reverse('bulletin_create')}?ryhma={group.pk}"
    assert NO_CLIENTS in text_of(client.get(url))
    sent = client.post(url, {"title": "Asia", "text": "Teksti", "whom": "members"})
    draft = Bulletin.objects.get()
    assert draft.is_for_members and sent.url == reverse("bulletin_check", args=[draft.pk])
    page = client.post(reverse("bulletin_edit", args=[draft.pk]), {
        "title": "Asia", "text": "Teksti", "whom": "others", "version": draft.version,
    })  # fmt: skip
    assert page.url == reverse("bulletin_audience", args=[draft.pk])


def test_a_family_named_in_a_bulletin_comes_back_with_what_was_typed(client, me):
    a_situation(by=me)
    group = a_group(chair=me)
    page = client.post(
        f"{reverse('bulletin_create')}?ryhma={group.pk}",
        {"title": "Asia", "text": "Aadan äiti kertoi.", "whom": "members"},
    )
    assert page.status_code == 422 and "”Aadan”" in text_of(page)
    assert "Aadan äiti kertoi." in page.content.decode() and not Bulletin.objects.exists()


def test_the_digest_is_chosen_by_one_press(client, me):
    for wants in (False, True):
        client.post(reverse("bulletin_digest"), {"wants": "yes" if wants else "no"})
        me.refresh_from_db()
        assert me.wants_digest is wants


# --- forums --------------------------------------------------------------------------------------


def test_a_coordinator_plans_a_forum_and_invites(client, boss, me):
    client.force_login(boss)
    area = AreaFactory(name="Ylä-Savo")
    page = client.get(reverse("forum_list"))
    assert "Ylä-Savo" in text_of(page)
    assert "Ylä-Savo" in text_of(client.get(reverse("count_page")))
    when = timezone.localtime() + timedelta(days=30)
    fields = {
        "kind": "area", "where": f"area:{area.pk}", "day": f"{when:%Y-%m-%d}", "starts": "9.00",
        "ends": "12.00", "place": "Kunnantalo", "themes": "Syksy", "sectors": ["education"],
    }  # fmt: skip
    assert NO_CLIENTS in text_of(client.get(reverse("forum_create")))
    assert client.post(reverse("forum_create"), fields | {"where": "area:x"}).status_code == 422
    client.post(reverse("forum_create"), fields)
    forum = AreaForum.objects.get()
    check = reverse("forum_check", args=[forum.pk])
    page = client.get(check)
    assert re.search(r"Kutsun saa \d+ työntekijää?\.", text_of(page)) and "Syksy" in text_of(page)
    assert "Kunnantalo" in page.context["letter"].text and "Syksy" not in page.context["letter"].text
    client.post(check, {"version": forum.version})
    assert forum.participations.filter(worker=me).exists()
    assert "on jo kutsuttu" in text_of(client.get(check))
    assert "Olisiko aika" not in text_of(client.get(reverse("forum_list")))


def test_a_worker_answers_and_changes_the_answer(client, me, boss):
    forum = an_invited_forum(by=boss)
    answer = reverse("forum_answer", args=[forum.pk])
    assert client.get(answer).status_code == 405
    client.post(answer, {"answer": "coming"})
    page = client.get(forum.get_absolute_url())
    assert "Vastasit: tulossa." in text_of(page) and "1 tulossa" in text_of(page)
    client.post(answer, {"answer": "maybe"})
    client.post(answer, {"answer": "nonsense"})
    assert "0 tulossa, 1 ehkä" in text_of(client.get(forum.get_absolute_url()))
    draft = a_forum(by=boss)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.post(reverse("forum_answer", args=[draft.pk]), {"answer": "coming"}).status_code == 404


def test_a_held_forum_leads_to_what_is_developed(client, boss, me):
    forum = an_invited_forum(by=boss)
    forums.answer(forum=forum, by=me, says="coming")
    with time_machine.travel(forum.starts_at + timedelta(hours=1), tick=False):
        client.force_login(boss)
        record = reverse("forum_record", args=[forum.pk])
        form = client.get(record).context["form"]
        assert form.initial["came"] == [me.pk]
        client.post(record, {"came": [me.pk], "notes": "Hyvä päivä", "version": form.initial["version"]})
        assert "1 tuli" in text_of(client.get(forum.get_absolute_url()))
        url = f"{reverse('development_need_create')}?foorumi={forum.pk}"
        assert NO_CLIENTS in text_of(client.get(url))
        town = forum.area.municipalities.get()
        client.post(url, {"text": "Tieto ei kulje\nlomilla", "municipality": town.pk})
    client.force_login(me)
    assert "Tieto ei kulje" in text_of(client.get(forum.get_absolute_url()))


def test_a_need_is_taken_and_finished(client, me):
    need = forums.record_need(by=me, text="Tieto ei kulje", municipality=MunicipalityFactory())
    url = need.get_absolute_url()
    client.post(url, {"take": "yes"})
    need.refresh_from_db()
    assert need.owner == me
    unsaid = client.post(url, {"version": need.version})
    assert unsaid.status_code == 422 and "Valitse yksi vaihtoehto" in text_of(unsaid)
    aside = client.post(url, {"to": "put_aside", "outcome": "", "version": need.version})
    assert aside.status_code == 422 and "miksi asia jätetään" in text_of(aside)
    client.post(url, {"to": "done", "outcome": "Sovittiin", "version": need.version})
    need.refresh_from_db()
    assert need.state == DevelopmentState.DONE
    assert "Sovittiin" in text_of(client.get(url))
    stranger = WorkerFactory()
    client.force_login(stranger)
    assert client.get(url).context["form"] is None
    client.post(url, {"to": "under_way", "version": need.version})
    need.refresh_from_db()
    assert need.state == DevelopmentState.DONE


# --- thanks and feedback -------------------------------------------------------------------------


def test_thanking_from_a_card_and_seeing_it_on_ones_own(client, me):
    colleague = WorkerFactory(first_name="Kiitetty")
    card = reverse("worker_detail", args=[colleague.pk])
    give = reverse("thanks_give", args=[colleague.pk])
    assert give in client.get(card).content.decode()
    assert client.post(give, {"text": "Kiitos avusta"}).url == card
    assert Thanks.objects.get().to_worker == colleague
    assert "Sinua on kiitetty" not in text_of(client.get(card))
    client.force_login(colleague)
    assert "Sinua on kiitetty 1 kerran" in text_of(client.get(card))
    assert "Kiitos avusta" in text_of(client.get(reverse("thanks_list")))


def test_feedback_is_given_and_replied_to(client, me):
    colleague = WorkerFactory()
    client.post(reverse("peer_feedback_give", args=[colleague.pk]), {"text": "Aloitetaan ajoissa"})
    given = PeerFeedback.objects.get()
    url = given.get_absolute_url()
    assert client.get(url).context["form"] is None
    client.force_login(colleague)
    assert client.post(url, {"text": ""}).status_code == 422
    client.post(url, {"text": "Sovitaan niin"})
    client.force_login(me)
    assert "Sovitaan niin" in text_of(client.get(url))
    client.post(url, {"text": "Vielä yksi"})
    given.refresh_from_db()
    assert given.reply == "Sovitaan niin"


def test_a_family_named_in_feedback_is_refused_on_the_page(client, me):
    a_situation(by=me)
    colleague = WorkerFactory()
    page = client.post(reverse("peer_feedback_give", args=[colleague.pk]), {"text": "Aadan kokouksessa"})
    assert page.status_code == 422 and "Tänne ei kirjoiteta perheistä" in text_of(page)
    assert "Aadan kokouksessa" in page.content.decode() and not PeerFeedback.objects.exists()


def test_an_ended_membership_no_longer_opens_a_draft_memo(client, me):
    chair = WorkerFactory()
    group = a_group(chair=chair, members=(me,))
    meeting = a_group_meeting(group=group, by=chair)
    with time_machine.travel(meeting.starts_at + timedelta(minutes=5), tick=False):
        client.force_login(me)
        groups.write_memo(meeting=meeting, by=chair, memo="Luonnosteksti", seen_version=meeting.version)
        assert "Luonnosteksti" in text_of(client.get(meeting.get_absolute_url()))
        groups.end_membership(membership=group.memberships.get(worker=me), by=chair)
        assert "Luonnosteksti" not in text_of(client.get(meeting.get_absolute_url()))
