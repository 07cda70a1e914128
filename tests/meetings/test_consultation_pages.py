"""Asking for advice and answering on the pages: what each side sees, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.actions import permissions
from meetings.consulting import code_of
from meetings.models import Absence
from network.models import Consent, Consultation
from network.reaching import ways
from network.states import ConsultationResult, ConsultationStatus
from perhekeskus.models import AccessLog
from tests.door import FamilyClient
from tests.factories import ExpertiseFactory, TeamFactory, UnitFactory, WorkerFactory, a_situation
from tests.factories.consultations import (
    a_closed_consultation,
    an_answered_consultation,
    an_asked_consultation,
)

pytestmark = pytest.mark.django_db

NAMES = ("Äiti-Kaisa", "Isä-Örjan", "Aada")


def signed_in(worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def a_unit(**facts):
    """A place of work where somebody answers."""
    return WorkerFactory(unit=UnitFactory(**facts)).unit


def ask_url(situation) -> str:
    return reverse("consultation_ask", args=[situation.pk])


def filled_in(situation, adviser, **changes) -> dict[str, object]:
    guardian = situation.family.members.filter(role="guardian")[0]
    return {
        "form_key": "6c1d3c6e-6f6f-4f6f-8f6f-6f6f6f6f6f6f",
        "to": code_of(adviser),
        "is_anonymous": "yes",
        "question": "Lapsi herää öisin. Mitä voisi kokeilla?",
        "topics": "Uni",
        "given_by": guardian.pk,
        "method": "phone",
        "step": "check",
    } | changes


def test_from_choosing_to_sending_the_asker_sees_what_the_other_will_see():
    situation = a_situation()
    adviser = WorkerFactory(first_name="Neuvokki")
    client = signed_in(situation.holder)

    assert ask_url(situation) in page(client, situation.get_absolute_url())
    found = page(client, ask_url(situation) + "?q=Neuvokki")
    assert f"?to={code_of(adviser)}" in found
    assert "Lähetä kysymys" not in page(client, ask_url(situation) + f"?to={code_of(adviser)}")

    checked = client.post(ask_url(situation), filled_in(situation, adviser), follow=True).content.decode()
    assert "Lapsi herää öisin" in checked and "Lähetä kysymys" in checked
    assert not any(name in checked for name in NAMES)
    assert not Consent.objects.exists()

    changed = client.post(ask_url(situation), filled_in(situation, adviser, step="change"), follow=True)
    assert changed.status_code == 200 and "Lapsi herää öisin" in changed.content.decode()

    for _press in range(2):
        sent = client.post(ask_url(situation), filled_in(situation, adviser, step="send"))
        assert sent.status_code == 302
    consultation = Consultation.objects.get()
    assert consultation.consent.worker == adviser and consultation.consent.topics == ["Uni"]
    assert consultation.consent.method == "phone"
    assert adviser.name in page(client, situation.get_absolute_url())


def test_every_step_leads_on_so_that_back_never_sends_again():
    situation, adviser = a_situation(), WorkerFactory()
    client = signed_in(situation.holder)
    check = client.post(ask_url(situation), filled_in(situation, adviser))
    assert check.status_code == 302 and "Lapsi" not in check["Location"]
    assert "Lapsi herää öisin" in page(client, check["Location"])
    change = client.post(ask_url(situation), filled_in(situation, adviser, step="change"))
    assert change.status_code == 302 and "Lapsi herää öisin" in page(client, change["Location"])
    client.post(ask_url(situation), filled_in(situation, adviser, step="send"))
    # Back at the page that was checked: it is told, and the next question begins from an empty page.
    back = client.get(check["Location"], follow=True)
    assert "Kysymys on jo lähetetty." in back.content.decode() and back.redirect_chain
    assert "Lapsi herää öisin" not in page(client, change["Location"])
    assert Consultation.objects.count() == 1


def test_a_draft_is_its_writers_and_for_its_adviser_only():
    situation, adviser, other = a_situation(), WorkerFactory(), WorkerFactory()
    client = signed_in(situation.holder)
    check = client.post(ask_url(situation), filled_in(situation, adviser))["Location"]
    elsewhere = check.replace(code_of(adviser), code_of(other))
    assert "Lapsi herää öisin" not in client.get(elsewhere, follow=True).content.decode()
    client.force_login(WorkerFactory())
    client.force_login(situation.holder)
    assert "Lapsi herää öisin" not in client.get(check, follow=True).content.decode()


@pytest.mark.parametrize("step", ["check", "send"])
def test_a_question_that_names_the_family_is_refused_and_kept_on_the_page(step):
    situation, adviser = a_situation(), WorkerFactory()
    answer = signed_in(situation.holder).post(
        ask_url(situation), filled_in(situation, adviser, question="Miten Aadalle uni?", step=step)
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "”Aadalle”" in said and "Miten Aadalle uni?" in said and 'value="Uni"' in said
    assert not Consultation.objects.exists()


def test_every_word_that_names_the_family_is_told_at_once():
    situation, adviser = a_situation(), WorkerFactory()
    child, guardian = situation.family.members.order_by("-role")[:2]
    child.first_name, guardian.first_name = "Leo", "Katri"
    child.save()
    guardian.save()
    words = "Leolle sattuu, Katrikin väsyy. Leolle puhuttiin."
    said = signed_in(situation.holder).post(
        ask_url(situation), filled_in(situation, adviser, question=words, step="check")
    )
    told = said.content.decode()
    assert "”Leolle”, ”Katrikin”." in told and "Virhe: Virhe:" not in told


@pytest.mark.parametrize("missing", ["topics", "given_by", "method", "question"])
def test_what_is_missing_is_asked_for(missing):
    situation, adviser = a_situation(), WorkerFactory()
    said = signed_in(situation.holder).post(
        ask_url(situation), filled_in(situation, adviser, **{missing: "", "step": "send"})
    )
    assert said.status_code == 422 and not Consultation.objects.exists()


def test_both_guardians_are_asked_where_both_are():
    situation, adviser = a_situation(), WorkerFactory()
    family = situation.family
    family.both_guardians_asked = True
    family.save()
    first, second = family.members.filter(role="guardian").order_by("pk")
    client = signed_in(situation.holder)
    one = filled_in(situation, adviser, given_by=first.pk, step="send")
    assert client.post(ask_url(situation), one).status_code == 422
    assert client.post(ask_url(situation), one | {"given_with": second.pk}).status_code == 302
    assert Consent.objects.get().given_with == second


def test_a_standing_permission_is_told_and_not_asked_again():
    situation, adviser = a_situation(), WorkerFactory()
    an_asked_consultation(situation=situation, to=adviser)
    client = signed_in(situation.holder)
    told = page(client, ask_url(situation) + f"?to={code_of(adviser)}")
    assert "Perhe antoi luvan" in told and "." + "." not in re.sub(r"<[^>]*>", "", told)
    only_words = {
        "form_key": "6c1d3c6e-6f6f-4f6f-8f6f-6f6f6f6f6f70",
        "to": code_of(adviser),
        "is_anonymous": "yes",
        "question": "Entä aamut?",
        "step": "send",
    }
    assert client.post(ask_url(situation), only_words).status_code == 302
    assert Consultation.objects.count() == 2 and Consent.objects.count() == 1


def test_the_search_finds_by_expertise_and_only_those_who_let_themselves_be_asked():
    situation = a_situation()
    knows = ExpertiseFactory(name="Vauvan uni")
    for name, fields in [
        ("Kysyttävä", {}),
        ("Kiireinen", {"available_for_consultation": False}),
        ("Lähtenyt", {"is_active": False}),
    ]:
        WorkerFactory(last_name=name, **fields).expertise.add(knows)
    said = page(signed_in(situation.holder), ask_url(situation) + "?q=vauvan uni")
    assert "Kysyttävä" in said and "Kiireinen" not in said and "Lähtenyt" not in said


def test_somebody_who_is_away_is_told_to_be_away():
    situation, adviser, substitute = a_situation(), WorkerFactory(), WorkerFactory(first_name="Sijais-Sulo")
    now = timezone.now()
    Absence.objects.create(
        worker=adviser,
        period=DateTimeTZRange(now - timedelta(days=1), now + timedelta(days=3)),
        substitute=substitute,
    )
    client = signed_in(situation.holder)
    for url in (
        ask_url(situation) + f"?to={code_of(adviser)}",
        reverse("consultation_start") + f"?to={code_of(adviser)}",
    ):
        said = page(client, url)
        assert "on poissa" in said and "Sijais-Sulo" in said


def test_from_a_workers_card_one_chooses_the_family():
    situation, adviser = a_situation(), WorkerFactory()
    an_asked_consultation(situation=a_situation(by=WorkerFactory()))
    client = signed_in(situation.holder)
    start = reverse("consultation_start") + f"?to={code_of(adviser)}"
    assert start in page(client, reverse("worker_detail", args=[adviser.pk]))
    said = page(client, start)
    assert re.findall(r"/tilanteet/(\d+)/kysy-neuvoa/", said) == [str(situation.pk)]


def test_the_yhteydenottolista_leads_to_asking_those_who_answer():
    me = WorkerFactory()
    for target, leads in [
        (WorkerFactory(), True),
        (UnitFactory(), True),
        (TeamFactory(), True),
        (WorkerFactory(available_for_consultation=False), False),
        (WorkerFactory(is_coordinator=True), False),
        (me, False),
    ]:
        urls = [str(way["url"]) for way in ways(me, target)]
        assert (f"/neuvot/kysy/?to={code_of(target)}" in urls) is leads
    assert not any("/neuvot/" in str(way["url"]) for way in ways(WorkerFactory(is_coordinator=True), me))


@pytest.mark.parametrize("code", ["", "worker-0", "worker-x", "unit-", "family-1", "worker-²", "w" * 500])
def test_a_wrong_receiver_is_nobody(code):
    situation = a_situation()
    client = signed_in(situation.holder)
    page(client, reverse("consultation_start") + f"?to={code}", status=404)
    assert "Keneltä kysyt neuvoa" in page(client, ask_url(situation) + f"?to={code}")


# --- the receiver ------------------------------------------------------------------------------------


def test_the_receiver_of_an_anonymous_question_sees_no_family_and_answers():
    adviser = WorkerFactory()
    consultation = an_asked_consultation(to=adviser)
    family = consultation.consent.family
    client = signed_in(adviser)
    url = consultation.get_absolute_url()
    assert url in page(client, "/")
    said = page(client, url)
    assert "Lapsi herää öisin" in said
    for secret in (*NAMES, str(family.municipality), f"/tilanteet/{consultation.situation_number}/"):
        assert secret not in said
    assert client.post(url, {"answer": " "}).status_code == 422
    assert client.post(url, {"answer": "Kokeilkaa iltasatua."}).status_code == 302
    assert "Kokeilkaa iltasatua." in page(client, url)
    asker = signed_in(consultation.asked_by)
    assert "Kysymykseesi on vastattu" in page(asker, "/")
    assert "Kokeilkaa iltasatua." in page(asker, url)


def test_the_receiver_of_a_named_question_sees_first_names_and_topics_and_the_look_is_on_record():
    adviser = WorkerFactory()
    consultation = an_asked_consultation(to=adviser, is_anonymous=False)
    said = page(signed_in(adviser), consultation.get_absolute_url())
    assert all(name in said for name in NAMES) and "Uni" in said
    look = AccessLog.objects.get(worker=adviser)
    assert look.family_id == consultation.consent.family_id
    assert look.ground == "perhe antoi luvan kysyä häneltä neuvoa"


def test_a_named_question_to_a_team_opens_only_to_the_one_who_takes_it():
    ones = [WorkerFactory(), WorkerFactory()]
    team = TeamFactory()
    team.members.set(ones)
    consultation = an_asked_consultation(to=team, is_anonymous=False, question="Miten Aada nukkuisi?")
    url = consultation.get_absolute_url()
    first, second = signed_in(ones[0]), signed_in(ones[1])
    assert not any(name in page(first, url) for name in NAMES)
    assert first.post(reverse("consultation_pick_up", args=[consultation.pk])).status_code == 302
    assert "Miten Aada nukkuisi?" in page(first, url)
    page(second, url, status=404)
    assert first.post(reverse("consultation_let_go", args=[consultation.pk])).status_code == 302
    assert not any(name in page(second, url) for name in NAMES)


def test_what_was_written_while_the_permission_was_taken_back_is_not_lost_nor_kept():
    adviser = WorkerFactory()
    consultation = an_asked_consultation(to=adviser)
    client = signed_in(adviser)
    url = consultation.get_absolute_url()
    page(client, url)
    permissions.withdraw(consent=consultation.consent)
    page(client, url, status=404)
    answer = client.post(url, {"answer": "Pitkä ja hyvä neuvo."})
    assert answer.status_code == 404 and "Pitkä ja hyvä neuvo." in answer.content.decode()
    assert Consultation.objects.get().answer == ""
    assert url not in page(client, "/")


# --- what came of it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "leads_to"),
    [("enough", "/paata/"), ("shared_time", "/kutsu-koolle/"), ("direct", "/verkosto/")],
)
def test_the_asker_writes_down_what_came_of_it_and_is_led_on(result, leads_to):
    consultation = an_answered_consultation()
    client = signed_in(consultation.asked_by)
    url = consultation.get_absolute_url()
    close = reverse("consultation_close", args=[consultation.pk])
    assert f'action="{close}"' in page(client, url)
    assert client.post(close, {}).status_code == 422
    assert client.post(close, {"result": result}).status_code == 302
    said = page(client, url)
    assert leads_to in said and "Kysymykseesi on vastattu" not in page(client, "/")
    assert str(ConsultationResult(result).label) in said


def test_the_family_is_reached_directly_only_when_it_was_named_and_wants_to():
    for result, anonymous, shown in [
        ("direct", False, True),
        ("direct", True, False),
        ("enough", False, False),
    ]:
        consultation = a_closed_consultation(result=ConsultationResult(result), is_anonymous=anonymous)
        said = page(signed_in(consultation.answered_by), consultation.get_absolute_url())
        assert (consultation.consent.family.email in said) is shown


def test_a_question_is_taken_back_before_it_is_answered():
    consultation = an_asked_consultation()
    client = signed_in(consultation.asked_by)
    assert client.post(reverse("consultation_withdraw", args=[consultation.pk])).status_code == 302
    assert Consultation.objects.get().status == ConsultationStatus.WITHDRAWN
    page(signed_in(consultation.consent.worker), consultation.get_absolute_url(), status=404)


def test_the_family_sees_of_whom_what_was_asked_and_what_came_of_it():
    situation = a_situation()
    a_closed_consultation(
        situation=situation, to=WorkerFactory(last_name="Neuvova"), question="Miten aamuihin?"
    )
    an_asked_consultation(situation=situation, to=a_unit(name="Neuvola"), is_anonymous=False)
    withdrawn = an_asked_consultation(situation=situation, to=WorkerFactory(last_name="Turha"))
    permissions.withdraw(consent=withdrawn.consent, by=None)
    an_asked_consultation(question="Toisen perheen asia")
    seen = page(FamilyClient(), reverse("family_consultations", args=[situation.family.link.token]))
    for words in (
        "Neuvova",
        "Miten aamuihin?",
        "Kokeilkaa iltasatua.",
        "vastaajalle ei kerrottu, keitä olette",
        "Neuvola",
        "vastaaja sai tietää etunimenne",
        "Vastausta odotetaan.",
        "Kysymys peruttiin, eikä siihen vastattu.",
    ):
        assert words in seen, words
    assert "Toisen perheen asia" not in seen


# --- how many queries --------------------------------------------------------------------------------


def queries(client: Client, url: str, django_assert_max_num_queries, most: int) -> None:
    with django_assert_max_num_queries(most):
        assert client.get(url).status_code == 200


def test_the_list_and_home_cost_the_same_with_many_rows(django_assert_max_num_queries):
    unit = UnitFactory()
    me = WorkerFactory(unit=unit)
    situation = a_situation(by=me)
    for _ in range(6):
        an_asked_consultation(to=me)
        an_asked_consultation(to=unit, situation=a_situation())
        an_answered_consultation(situation=situation)
    client = signed_in(me)
    queries(client, reverse("consultation_list"), django_assert_max_num_queries, 10)
    before = counted(client, "/")
    for _ in range(4):
        an_asked_consultation(to=me)
        an_answered_consultation(situation=situation)
    assert counted(client, "/") == before


def counted(client: Client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_familys_page_of_questions_costs_the_same_with_many():
    situation = a_situation()
    url = reverse("family_consultations", args=[situation.family.link.token])
    client, costs = FamilyClient(), []
    for to in (WorkerFactory, a_unit):
        for _ in range(3):
            an_asked_consultation(situation=situation, to=to())
            an_answered_consultation(situation=situation)
        page(client, url)
        costs.append(counted(client, url))
    assert costs[0] == costs[1]


def test_the_pages_of_one_question_cost_a_fixed_number(django_assert_max_num_queries):
    adviser = WorkerFactory()
    situation = a_situation()
    consultation = an_asked_consultation(to=adviser, situation=situation, is_anonymous=False)
    for _ in range(5):
        an_asked_consultation(to=adviser, situation=situation)
    for worker in (adviser, situation.holder):
        client = signed_in(worker)
        queries(client, consultation.get_absolute_url(), django_assert_max_num_queries, 20)
    client = signed_in(situation.holder)
    queries(client, ask_url(situation) + "?q=työntekijä", django_assert_max_num_queries, 20)
    queries(client, ask_url(situation) + f"?to={code_of(adviser)}", django_assert_max_num_queries, 20)
    queries(
        client, reverse("consultation_start") + f"?to={code_of(adviser)}", django_assert_max_num_queries, 20
    )
