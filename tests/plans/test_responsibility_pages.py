"""Handing the responsibility over on the pages, asking for a contact, and the numbers of the supervisor."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from meetings.models import Situation
from network.models import Worker
from perhekeskus.models import AccessLog, Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from perhekeskus.words import today
from plans import actions
from plans.models import ContactRequest, Plan, ResponsibilityHandover
from plans.promise_clock import working_days_after
from plans.states import HandingStatus
from tests.door import comes_in
from tests.factories import TeamFactory, WorkerFactory
from tests.factories.plans import a_guardian, an_agreed_plan

from .conftest import in_days

pytestmark = pytest.mark.django_db


def signed_in(worker: Worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.fixture
def heir(agreed: Plan) -> Worker:
    worker = WorkerFactory(first_name="Oona", last_name="Mäki")
    TeamFactory(members=[worker]).area.municipalities.add(agreed.situation.family.municipality)
    return worker


@pytest.fixture
def family(agreed: Plan) -> tuple[Client, str]:
    agreed.situation.family.refresh_from_db()
    token, client = agreed.situation.family.link.token, Client()
    comes_in(client, token)
    return client, token


def handing_form(agreed: Plan, heir: Worker, **changes: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "former": str(agreed.responsible_workers.get().worker_id),
        "to": str(heir.pk),
        "why": "Kaisa jää vuorotteluvapaalle.",
        "told_on": today().isoformat(),
        "told_how": "phone",
        "permits": "on",
        "given_by": str(a_guardian(agreed).pk),
    } | changes


def test_from_the_plan_to_the_new_one_and_to_the_family(
    agreed: Plan, heir: Worker, nurse: Worker, family
) -> None:
    client, token = family
    worker = signed_in(nurse)
    url = reverse("responsibility_offer", args=[agreed.pk])
    assert url in text(worker, agreed.get_absolute_url())
    form = handing_form(agreed, heir)
    refused = worker.post(url, form | {"permits": "", "why": ""})
    assert refused.status_code == 422 and "Ilman lupaa vastuu ei siirry" in refused.content.decode()
    assert not ResponsibilityHandover.objects.exists()
    for _press in range(2):
        worker.post(url, form)
    handing = ResponsibilityHandover.objects.get()
    assert "Vastuuta on tarjottu: Oona Mäki" in text(worker, agreed.get_absolute_url())
    assert "Oona Mäki" in text(client, reverse("family_plan", args=[token]))

    receiver, answer = signed_in(heir), reverse("responsibility_answer", args=[handing.pk])
    assert answer in text(receiver, reverse("home"))
    page = text(receiver, answer)
    assert "vuorotteluvapaalle" in page and "Aada" not in page
    assert signed_in(WorkerFactory()).get(answer).status_code == 404
    for _press in range(2):
        receiver.post(answer, {"answer": "accept"})
    handing.refresh_from_db()
    assert handing.status == HandingStatus.ACCEPTED
    assert receiver.get(agreed.get_absolute_url()).status_code == 200
    assert worker.get(reverse("situation_detail", args=[agreed.situation_id])).status_code in {200, 404}
    seen = text(client, reverse("family_plan", args=[token]))
    assert "Oona Mäki jatkoi, ennen häntä Kaisa Peltonen" in seen
    assert "Oona Mäki" in text(client, reverse("family_home", args=[token]))
    looks = AccessLog.objects.filter(worker=heir).values_list("what", flat=True)
    assert "Tarjottu vastuu" in set(looks)


def test_an_offer_is_taken_back_on_the_page(agreed: Plan, heir: Worker, nurse: Worker) -> None:
    worker = signed_in(nurse)
    worker.post(reverse("responsibility_offer", args=[agreed.pk]), handing_form(agreed, heir))
    handing = ResponsibilityHandover.objects.get()
    url = reverse("responsibility_withdraw", args=[handing.pk])
    assert signed_in(heir).post(url).status_code == 404
    worker.post(url)
    handing.refresh_from_db()
    assert handing.status == HandingStatus.WITHDRAWN
    assert "Tarjous on peruttu" in text(signed_in(heir), reverse("responsibility_answer", args=[handing.pk]))


def test_whoever_has_the_koppi_is_asked_to_find_a_new_one(agreed: Plan, nurse: Worker) -> None:
    Worker.objects.filter(pk=nurse.pk).update(is_active=False)
    holder = signed_in(agreed.situation.holder)
    home = text(holder, reverse("home"))
    assert "Perhe tarvitsee uuden vastuutyöntekijän" in home
    assert reverse("responsibility_offer", args=[agreed.pk]) in home
    page = text(holder, agreed.get_absolute_url())
    assert "Vastuutyöntekijä on lähtenyt: Kaisa Peltonen" in page
    me = agreed.situation.holder
    holder.post(reverse("responsibility_offer", args=[agreed.pk]), handing_form(agreed, me))
    assert "Perhe tarvitsee" not in text(holder, reverse("home"))


def test_the_family_asks_and_the_recorded_contact_answers(agreed: Plan, nurse: Worker, family) -> None:
    client, token = family
    url = reverse("family_contact", args=[token])
    assert url in text(client, reverse("family_home", args=[token]))
    form = {"form_key": str(uuid4()), "words": "Yöt ovat huonoja."}
    for _press in range(2):
        client.post(url, form)
    asked = ContactRequest.objects.get()
    assert asked.answer_by == working_days_after(today(), 2)
    assert "Teihin otetaan yhteyttä viimeistään" in text(client, url)
    client.post(url, {"form_key": str(uuid4())})
    assert ContactRequest.objects.count() == 1

    message = Message.objects.get(kind="contact_asked")
    letter = kind_of(message).compose(message)
    assert (message.owner, kind_of(message).why_not(message)) == (nurse, None)
    assert str(agreed.situation_id) in letter.text and "Yöt" not in letter.text + letter.subject
    worker, contact = signed_in(nurse), agreed.contacts.get()
    home = text(worker, reverse("home"))
    assert "Perhe pyytää sinua ottamaan yhteyttä" in home and "Yöt" not in home
    record = reverse("contact_record", args=[contact.pk])
    page = text(worker, record)
    assert "Yöt ovat huonoja." in page
    assert contact.on.isoformat() in page, "what was promised for later stands"
    worker.post(
        record,
        {
            "outcome": "Puhuttiin öistä.",
            "going": "goes_on",
            "next_on": in_days(14).isoformat(),
            "next_way": "phone",
        },
    )
    asked.refresh_from_db()
    assert asked.answered_by == nurse
    assert kind_of(message).why_not(message) == "done"
    assert "Pyydämme yhteydenottoa" in text(client, url)


def test_the_family_takes_its_asking_back(agreed: Plan, family) -> None:
    client, token = family
    url = reverse("family_contact", args=[token])
    client.post(url, {"form_key": str(uuid4())})
    for _press in range(2):
        client.post(url, {"give_up": "1"})
    assert not ContactRequest.objects.open().exists()
    message = Message.objects.get(kind="contact_asked")
    assert kind_of(message).why_not(message) == "done"


def test_asking_again_and_again_fills_nobodys_mailbox(agreed: Plan, nurse: Worker, family) -> None:
    client, token = family
    url = reverse("family_contact", args=[token])
    for _press in range(5):
        client.post(url, {"give_up": "1"})
        client.post(url, {"form_key": str(uuid4())})
    assert Message.objects.filter(kind="contact_asked").count() == 3
    assert ContactRequest.objects.open().count() == 1
    asked = ContactRequest.objects.open().get()
    assert Message.objects.filter(kind="contact_asked_late", about_id=asked.pk).exists()
    assert "Perhe pyytää sinua ottamaan yhteyttä" in text(signed_in(nurse), reverse("home"))


def test_an_old_page_promises_nothing_of_what_was_taken_back(agreed: Plan, family) -> None:
    client, token = family
    url, form = reverse("family_contact", args=[token]), {"form_key": str(uuid4())}
    client.post(url, form, follow=True)
    client.post(url, {"give_up": "1"}, follow=True)
    page = client.post(url, form, follow=True).content.decode()
    assert "Pyyntö on vastaanotettu" not in page and "Pyytäkää uudelleen" in page
    assert not ContactRequest.objects.open().exists()
    # A mark that is not of this family's page asks for nothing either.
    other = an_agreed_plan(responsible=WorkerFactory())
    with pytest.raises(Refused, match="Pyytäkää uudelleen"):
        actions.ask_contact(situation=other.situation, form_key=UUID(form["form_key"]))


def test_without_a_plan_the_family_calls(situation: Situation) -> None:
    with pytest.raises(Exception, match="ei ole nyt voimassa"):
        actions.ask_contact(situation=situation)


def test_the_supervisor_sees_numbers_and_the_worker_their_own(agreed: Plan, nurse: Worker) -> None:
    boss = WorkerFactory(unit=nurse.unit, is_supervisor=True)
    assert "Sinulla on nyt vastuu 1 perheestä" in text(signed_in(nurse), reverse("home"))
    with time_machine.travel(agreed.contacts.get().on + timedelta(days=3)):
        page = text(signed_in(boss), reverse("supervised_unit"))
    row = page[page.index(nurse.name) :]
    cells = [cell.split("<")[0].strip() for cell in row.split('<td class="number">')[1:6]]
    assert cells[-2:] == ["1", "1"]
    for secret in ("Aada", "Äiti-Kaisa", f"/tilanteet/{agreed.situation_id}/"):
        assert secret not in page
