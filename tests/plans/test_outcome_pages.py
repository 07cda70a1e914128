"""The pages of what came of the plan: both sides' words, the follow-up and the way to everyday life."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from network.models import Worker
from perhekeskus.autosave import mark
from perhekeskus.kept import PURPOSE
from perhekeskus.models import AccessLog
from perhekeskus.sealing import sealed
from plans.models import NextContact, OutcomeReview, Plan
from tests.door import FamilyClient
from tests.factories.plans import reviewed

pytestmark = pytest.mark.django_db


def signed_in(worker: Worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found, page
    return found[1]


def said(plan: Plan, change: str = "better", **more: str) -> dict[str, str]:
    return {f"change_{matter.pk}": change for matter in plan.matters.all()} | more


def review_url(plan: Plan, side: str = "tyontekijat") -> str:
    return reverse("plan_review", args=[plan.pk, side])


def family_url(plan: Plan, name: str = "family_review") -> str:
    return reverse(name, args=[plan.situation.family.link.token])


def test_worker_writes_a_draft_and_gives_it_when_every_matter_is_chosen(agreed: Plan, nurse: Worker) -> None:
    client, url = signed_in(nurse), review_url(agreed)
    page = client.get(url).content.decode()
    data = {"seen": seen_on(page), "own_acts": "Iltapala klo 20."}
    client.post(url, data | {"do": "draft"})
    page = client.get(url).content.decode()
    assert "Iltapala klo 20." in page

    lacking = client.post(url, data | {"seen": seen_on(page), "do": "give"})
    assert lacking.status_code == 422
    assert "jokaisen asian kohdalla" in lacking.content.decode()

    answer = client.post(url, data | said(agreed) | {"seen": seen_on(page), "do": "give"}, follow=True)
    text = answer.content.decode()
    assert "Arvio on annettu." in text
    assert "Iltapala klo 20." in text
    assert "Perheen arvio" in text
    assert "puuttuu" in text
    looks = AccessLog.objects.filter(family_id=agreed.situation.family_id, worker=nurse)
    assert "Suunnitelman arvio" in {look.what for look in looks}


def test_worker_page_saves_itself(agreed: Plan, nurse: Worker) -> None:
    url = reverse("plan_review_save", args=[agreed.pk, "perhe"])
    data = {
        "seen.helped": mark(""),
        "set.helped": "Mummo.",
        "form_writer": sealed(f"worker:{nurse.pk}", PURPOSE),
    }
    assert signed_in(nurse).post(url, data).json()["fields"]["helped"]["value"] == "Mummo."
    assert OutcomeReview.objects.get().helped == "Mummo."
    # The other, who has not seen it, is shown both.
    holder = agreed.situation.holder
    page = signed_in(holder).post(review_url(agreed, "perhe"), {"helped": "Kerho.", "do": "draft"})
    assert page.status_code == 422
    assert "Mummo." in page.content.decode()
    assert "Kerho." in page.content.decode()


def test_family_says_its_word_on_its_own_page_and_its_draft_is_its_own(agreed: Plan, nurse: Worker) -> None:
    family, url = FamilyClient(), family_url(agreed)
    page = family.get(url).content.decode()
    draft = {"seen": seen_on(page), "helped": "Yhteiset aamut.", "do": "draft"}
    assert "Vain te näette sen." in family.post(url, draft, follow=True).content.decode()
    for address in (agreed.get_absolute_url(), review_url(agreed, "perhe")):
        assert "Yhteiset aamut." not in signed_in(nurse).get(address).content.decode()

    page = family.get(url).content.decode()
    given = said(agreed, helped="Yhteiset aamut.", seen=seen_on(page), do="give")
    answer = family.post(url, given, follow=True).content.decode()
    assert "Kiitos!" in answer
    assert "Yhteiset aamut." in signed_in(nurse).get(agreed.get_absolute_url()).content.decode()
    # What the family has said itself is not changed by a worker.
    again = signed_in(nurse).get(review_url(agreed, "perhe"), follow=True).content.decode()
    assert "vain perhe muuttaa" in again


def test_contact_page_leads_kindly_through_the_review_to_the_end(contact: NextContact, nurse: Worker) -> None:
    plan, client = contact.plan, signed_in(nurse)
    data = {"outcome": "Arki sujuu jo.", "going": "everyday", "next_way": "phone"}
    page = client.post(reverse("contact_record", args=[contact.pk]), data, follow=True).content.decode()
    assert "Tekstisi on tallessa." in page
    assert "Arki sujuu jo." in page
    assert "sekä perhe että työntekijät" in page
    contact.refresh_from_db()
    assert contact.done_at is None

    close = reverse("plan_close", args=[plan.pk])
    early = client.post(close, {"outcome": "Arki sujuu jo hyvin."})
    assert early.status_code == 302
    page = client.get(close).content.decode()
    assert "Tilanne päättyy vasta, kun arviot on annettu." in page
    assert "Arki sujuu jo hyvin." in page

    reviewed(plan)
    holder = signed_in(plan.situation.holder)
    answer = holder.post(close, {"outcome": "Arki sujuu."}, follow=True).content.decode()
    assert "Perheen arki sujuu" in answer
    assert holder.post(close, {"outcome": "Arki sujuu."}).status_code == 302
    plan.situation.refresh_from_db()
    assert plan.situation.stage == "everyday"
    # What helped is kept for the family.
    page = FamilyClient().get(family_url(plan, "family_plan")).content.decode()
    assert "Yhteinen aikataulu." in page
    assert family_url(plan) not in page


def test_family_that_wants_no_review_is_written_down(agreed: Plan, nurse: Worker) -> None:
    client = signed_in(nurse)
    page = client.post(review_url(agreed, "perhe"), {"do": "not_wanted"}, follow=True).content.decode()
    assert "perhe ei halunnut arvioida" in page


def test_follow_up_is_one_press_from_the_plan(agreed: Plan, nurse: Worker) -> None:
    client = signed_in(nurse)
    page = client.get(agreed.get_absolute_url()).content.decode()
    url = reverse("plan_follow_up", args=[agreed.pk])
    assert url in page
    people = client.post(url, follow=True)
    text = people.content.decode()
    assert "Suunnitelma ja sovitut yhteydenotot jatkuvat" in text
    assert "Olivat mukana aiemmin" in text
    assert agreed.situation.holder.name in text
    client.post(url)
    assert agreed.situation.meetings.count() == 2
    page = client.get(agreed.get_absolute_url()).content.decode()
    assert "Seurantatapaaminen on valmisteilla tai sovittu" in page
    # The one who convenes finds its next step on the page of what waits.
    assert "sinä kutsut koolle" in client.get(reverse("home")).content.decode()
