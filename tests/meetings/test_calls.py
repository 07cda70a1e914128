"""Writing while the family talks: a draft of one's own, kept by itself, finished once."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings import tasks
from meetings.actions import calls
from meetings.actions.calls import Outcome
from meetings.calls import beginning_of
from meetings.models import CallDraft, Contact
from meetings.states import ContactStatus, WayIn
from perhekeskus import words
from perhekeskus.models import AccessLog
from perhekeskus.refusals import Refused
from tests.factories import WorkerFactory, a_situation
from tests.factories.contacts import a_contact, a_guide
from tests.plugins.together import together

pytestmark = pytest.mark.django_db
WORDS = "Äiti soittaa. Vauva itkee yöt."


@pytest.fixture
def guide(client):
    worker = a_guide()
    client.force_login(worker)
    return worker


@pytest.fixture
def key() -> uuid.UUID:
    return uuid.uuid4()


def typed(guide, **changed) -> dict:
    return {
        "words": WORDS,
        "phone": "040 111 2223",
        "municipality": guide.unit.guided_municipalities.get().code,
        "way": "phone",
    } | changed


def save_url(key) -> str:
    return reverse("call_save", args=[key])


def text_of(response) -> str:
    return response.content.decode()


def test_what_is_written_is_kept_by_itself_and_found_again(client, guide, key):
    response = client.post(save_url(key), typed(guide, seen_version=0))
    assert "Tallessa klo" in text_of(response) and 'value="1"' in text_of(response)
    assert response["HX-Replace-Url"] == reverse("call_edit", args=[key])
    client.post(save_url(key), typed(guide, words=f"{WORDS} Isä on matkoilla.", seen_version=1))
    draft = CallDraft.objects.get()
    assert draft.version == 2 and draft.words.endswith("matkoilla.")
    page = text_of(client.get(reverse("call_edit", args=[key])))
    assert "Isä on matkoilla." in page and "040 111 2223" in page
    lists = text_of(client.get("/yhteydenotot/"))
    assert "Puhelu on kesken" in lists and str(key) in lists and WORDS not in lists


def test_an_unfinished_call_waits_on_its_writers_own_front_page_only(client, guide, key):
    client.post(save_url(key), typed(guide))
    page = text_of(client.get(reverse("home")))
    assert "Puhelu on kesken" in page and reverse("call_edit", args=[key]) in page and WORDS not in page
    client.force_login(a_guide(guide.unit))
    assert "Puhelu on kesken" not in text_of(client.get(reverse("home")))


def test_what_is_left_is_forgotten_and_its_page_says_when(client, guide, key, settings):
    settings.CALL_DRAFT_DAYS = 3
    client.post(save_url(key), typed(guide))
    other = uuid.uuid4()
    client.post(save_url(other), typed(guide))
    gone = words.moment(CallDraft.objects.get(form_key=key).kept_until)
    assert f"Kirjaus poistuu {gone}" in text_of(client.get("/yhteydenotot/"))
    CallDraft.objects.filter(form_key=key).update(saved_at=timezone.now() - timedelta(days=3))
    # From its moment on, whether or not anybody has swept yet.
    assert client.get(reverse("call_edit", args=[key])).status_code == 404
    tasks.forget_call_drafts()
    assert [one.form_key for one in CallDraft.objects.all()] == [other]
    assert tasks.forget_call_drafts.name in settings.PERIODIC_TASKS


def test_an_older_tab_saves_nothing_over_a_newer_one(client, guide, key):
    for version in (0, 1):
        client.post(save_url(key), typed(guide, seen_version=version))
    response = client.post(save_url(key), typed(guide, words="Vanha", seen_version=1))
    assert "toisella välilehdellä" in text_of(response)
    assert CallDraft.objects.get().words == WORDS


def test_an_empty_page_is_no_draft(client, guide, key):
    client.post(save_url(key), {"way": "phone", "words": "", "municipality": "263"})
    assert not CallDraft.objects.exists()


def test_a_draft_is_its_writers_alone(client, guide, key):
    client.post(save_url(key), typed(guide))
    colleague = a_guide(guide.unit)
    client.force_login(colleague)
    assert client.get(reverse("call_edit", args=[key])).status_code == 404
    assert "toisen kirjaama" in text_of(client.post(save_url(key), typed(guide, seen_version=1)))
    assert client.post(reverse("call_edit", args=[key]), {"finish": "discard"}).status_code == 404
    assert CallDraft.objects.get().words == WORDS
    assert str(key) not in text_of(client.get("/yhteydenotot/"))


@pytest.mark.parametrize(
    ("outcome", "status", "taken"),
    [
        ("guidance", ContactStatus.CLOSED, True),
        ("mine", ContactStatus.PICKED_UP, True),
        ("unit", ContactStatus.RECEIVED, False),
        ("situation", ContactStatus.PICKED_UP, True),
    ],
)
def test_how_a_call_ends(client, guide, key, outcome, status, taken):
    client.post(save_url(key), typed(guide))
    for _press in range(2):
        response = client.post(reverse("call_edit", args=[key]), typed(guide, finish=outcome))
        assert response.status_code == 302
    contact = Contact.objects.get()
    assert contact.status == status and contact.written_by == guide and contact.way == WayIn.PHONE
    assert (contact.picked_up_by == guide) is taken and contact.unit == guide.unit
    assert not CallDraft.objects.exists()
    # What the page sends as it is left, after all was finished, makes no new draft.
    client.post(save_url(key), typed(guide, seen_version=1))
    assert not CallDraft.objects.exists()
    if outcome == "situation":
        assert WORDS in text_of(client.get(response.url))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": ""}, "Kirjoita tähän vastaus"),
        ({"words": "Tunnus 010115A123X"}, "Poista tekstistä henkilötunnus"),
        ({"phone": "ei ole"}, "Puhelinnumero ei kelpaa"),
        ({"municipality": ""}, "Valitse yksi vaihtoehto"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(client, guide, key, changed, sentence):
    client.post(save_url(key), typed(guide))
    response = client.post(reverse("call_edit", args=[key]), typed(guide, finish="mine", **changed))
    assert response.status_code == 422 and sentence in text_of(response)
    assert CallDraft.objects.exists() and not Contact.objects.exists()


def test_without_javascript_it_is_kept_by_a_press(client, guide, key):
    response = client.post(reverse("call_edit", args=[key]), typed(guide, finish="later"), follow=True)
    assert "Kirjaus on tallessa" in text_of(response) and "Puhelu on kesken" in text_of(response)
    response = client.post(
        reverse("call_edit", args=[key]), typed(guide, finish="search", seen_version=1), follow=True
    )
    assert WORDS in text_of(response)
    client.post(reverse("call_edit", args=[key]), {"finish": "discard"})
    assert not CallDraft.objects.exists()


@pytest.mark.parametrize(
    ("written", "beginning"),
    [
        ("040 111 222", "+35840111222"),
        ("+358 40 1112223", "+358401112223"),
        ("00358 40 1112223", "+358401112223"),
        ("040 11", ""),
        ("0", ""),
        ("1112223", ""),
        ("puhelin", ""),
    ],
)
def test_how_a_number_is_looked_for(written, beginning):
    assert beginning_of(written) == beginning


def test_the_family_is_found_by_its_number_among_those_that_one_sees(client, guide):
    mine = a_situation(by=guide)
    mine.family.phone, mine.family.address_protected = "+358401112223", True
    mine.family.save()
    others = a_situation(by=WorkerFactory())
    others.family.phone = "+358401112223"
    others.family.save()
    written = a_contact(unit=guide.unit)
    search = reverse("call_search")
    page = text_of(client.post(search, {"phone": "040 1112"}))
    names = [one.first_name for one in mine.family.members.all()]
    assert all(name in page for name in names) and f"Tilanne {mine.pk}" in page and "turvakielto" in page
    assert f"Tilanne {others.pk}" not in page and f"Yhteydenotto {written.pk}" in page
    # Each digit is not a look of its own.
    client.post(search, {"phone": "040 11122"})
    looks = AccessLog.objects.filter(what="Haku puhelinnumerolla")
    assert sorted(looks.values_list("family_id", "contact_id"), key=str) == sorted(
        [(mine.family_id, None), (None, written.pk)], key=str
    )
    assert client.get(search).status_code == 405
    client.force_login(WorkerFactory(coordinator=True))
    assert "Tilanne" not in text_of(client.post(search, {"phone": "040 1112223"}))


def test_a_family_met_on_the_way_is_written_down_by_anybody(client, key):
    guide = a_guide()
    youth_worker = WorkerFactory(title="etsivä nuorisotyöntekijä")
    client.force_login(youth_worker)
    assert client.get(reverse("call_start")).status_code == 302
    page = text_of(client.get(reverse("call_outreach")))
    assert 'value="outreach"' in page
    client.post(
        reverse("call_edit", args=[key]),
        typed(guide, way="outreach", finish="situation", phone=""),
    )
    contact = Contact.objects.get()
    assert contact.way == WayIn.OUTREACH and contact.picked_up_by == youth_worker
    page = text_of(client.get(f"{reverse('situation_raise')}?yhteydenotto={contact.pk}"))
    assert re.search(r'value="outreach"[^>]*checked', page)


def test_who_may_write_calls(key):
    guide = a_guide()
    for worker in (WorkerFactory(), WorkerFactory(coordinator=True)):
        with pytest.raises(Refused):
            calls.save_draft(by=worker, form_key=key, way=WayIn.PHONE, typed={"words": "x"}, seen_version=0)
    elsewhere = a_guide(guide.unit)
    town = guide.unit.guided_municipalities.get()
    town.guidance_unit = None
    with pytest.raises(Refused, match="ei ole ohjaus"):
        calls.finish(
            by=elsewhere,
            form_key=key,
            way=WayIn.PHONE,
            facts={"municipality": town, "words": "x"},
            outcome=Outcome.UNIT,
        )


@pytest.mark.django_db(transaction=True)
def test_a_press_and_a_late_saving_at_once_leave_one_contact_and_no_draft():
    guide = a_guide()
    town = guide.unit.guided_municipalities.get()
    for _round in range(8):
        form_key = uuid.uuid4()

        def save(form_key=form_key):
            calls.save_draft(
                by=guide, form_key=form_key, way=WayIn.PHONE, typed={"words": WORDS}, seen_version=0
            )

        def finish(form_key=form_key):
            calls.finish(
                by=guide,
                form_key=form_key,
                way=WayIn.PHONE,
                facts={"municipality": town, "words": WORDS},
                outcome=Outcome.MINE,
            )

        together(save, finish, finish)
        assert Contact.objects.filter(form_key=form_key).count() == 1
        assert not CallDraft.objects.filter(form_key=form_key).exists()


def test_the_page_asks_a_fixed_number_of_queries(client, guide, key, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(reverse("call_start"))
    for _one in range(4):
        client.post(save_url(uuid.uuid4()), typed(guide))
    with django_assert_max_num_queries(8):
        client.get(reverse("call_start"))
