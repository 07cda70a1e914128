"""The pages of the plan: who opens them, what is kept when something is wrong, what is on record."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import permissions
from network.actions import consents
from network.models import Consent, Worker
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.models import AccessLog
from plans import actions
from plans.models import NextContact, Plan
from plans.states import PlanStatus
from tests.door import FamilyClient
from tests.factories import WorkerFactory
from tests.factories.plans import a_guardian, reviewed

from .conftest import WISH, in_days, written

pytestmark = pytest.mark.django_db


def signed_in(worker: Worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def hidden(page: str) -> dict[str, str]:
    """Which version the page writes, and what its writer has seen."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("version", "seen")}


def seen_at(client: Client, url: str) -> dict[str, str]:
    return hidden(client.get(url).content.decode())


def sent(matters: int = 2, measures: int = 2, **changes: Any) -> dict[str, Any]:
    """What the page sends; of what was seen, that nothing was written yet."""
    data: dict[str, Any] = {
        "version": 1,
        "wish": "Rauhalliset aamut",
        "strengths": "Mummo",
        "follow_up": "Soitetaan",
        "contact_to_family": "",
        "contact_from_family": "",
        "matters-TOTAL_FORMS": matters,
        "matters-INITIAL_FORMS": 0,
        "matters-0-text": "Aamut",
        "matters-1-text": "",
        "measures-TOTAL_FORMS": measures,
        "measures-INITIAL_FORMS": 0,
        "measures-0-what": "Iltasatu",
        "measures-0-place": "home",
        "measures-0-where": "",
        "measures-0-who": "Isä",
        "measures-0-when": "joka ilta",
        "measures-1-what": "",
        "measures-1-place": "home",
        "measures-1-where": "",
        "measures-1-who": "",
        "measures-1-when": "",
        "responsible_1": "",
        "responsible_2": "",
        "next_on": "",
        "next_at": "",
        "next_way": "phone",
        "next": "save",
    }
    return {**data, **changes}


def agreeing(plan: Plan, **changes: Any) -> dict[str, Any]:
    """What the last page sends: the family's word, and who of them said it."""
    guardian = a_guardian(plan).pk
    fields = {"seen_edition": plan.edition, "permits": "on", "given_by": guardian}
    return {**fields, "present": [f"member-{guardian}"], **changes}


def test_roles_and_pages(agreed: Plan, contact: NextContact, nurse: Worker, volunteer: Worker) -> None:
    pages = {
        "plan_edit": reverse("plan_edit", args=[agreed.situation_id]) + "?uusi=1",
        "plan_detail": reverse("plan_detail", args=[agreed.pk]),
        "plan_agree": reverse("plan_agree", args=[agreed.pk]),
        "plan_pdf": reverse("plan_pdf", args=[agreed.pk]),
        "contact_record": reverse("contact_record", args=[contact.pk]),
    }
    copied = WorkerFactory()
    permission = Consent.objects.create(
        family=agreed.situation.family,
        purpose=ConsentPurpose.COPY,
        worker=copied,
        method=ConsentMethod.FACE_TO_FACE,
        recorded_by=agreed.situation.holder,
    )
    actions.give_copy(plan=agreed, consent=permission, by=agreed.situation.holder)
    opened = {"plan_edit": 200, "plan_detail": 200, "plan_agree": 302, "plan_pdf": 200, "contact_record": 200}
    nothing = dict.fromkeys(pages, 404)
    expected = {
        agreed.situation.holder: opened,
        nurse: opened,
        copied: {**nothing, "plan_detail": 200, "plan_pdf": 200},
        volunteer: nothing,
        WorkerFactory(): nothing,
        WorkerFactory(is_guidance=True): nothing,
        WorkerFactory(is_coordinator=True): nothing,
        WorkerFactory(is_administrator=True): nothing,
    }
    for worker, answers in expected.items():
        client = signed_in(worker)
        assert {name: client.get(url).status_code for name, url in pages.items()} == answers, worker
    for url in pages.values():
        assert Client().get(url).status_code == 302


def test_every_look_is_on_record(agreed: Plan, nurse: Worker) -> None:
    client = signed_in(nurse)
    for name in ("plan_detail", "plan_pdf"):
        client.get(reverse(name, args=[agreed.pk]))

    looks = AccessLog.objects.filter(worker=nurse, family_id=agreed.situation.family_id).order_by("pk")
    assert [(look.what, look.ground) for look in looks] == [
        ("Yhteinen suunnitelma", "on perheen vastuutyöntekijä"),
        ("Paperi, jossa on perheen linkki", "on perheen vastuutyöntekijä"),
    ]


def test_paper_without_the_family_link_is_another_look(agreed: Plan) -> None:
    copied = WorkerFactory()
    permission = consents.give(
        family=agreed.situation.family,
        to=copied,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method=ConsentMethod.FACE_TO_FACE,
        by=agreed.situation.holder,
    )
    actions.give_copy(plan=agreed, consent=permission, by=agreed.situation.holder)
    signed_in(copied).get(reverse("plan_pdf", args=[agreed.pk]))
    look = AccessLog.objects.get(worker=copied)
    assert (look.what, look.ground) == (
        "Yhteinen suunnitelma, tulostettava",
        "perhe antoi hänelle suunnitelman",
    )


def test_worker_writes_down_that_the_family_takes_the_plan_back(agreed: Plan, nurse: Worker) -> None:
    holder = signed_in(agreed.situation.holder)
    permission = Consent.objects.get(worker=nurse, purpose=ConsentPurpose.COPY)
    url = reverse("permission_withdraw", args=[permission.pk])
    assert url in holder.get(agreed.get_absolute_url()).content.decode()
    assert "Jo annettua paperia emme voi ottaa takaisin." in holder.get(url).content.decode()
    permission.refresh_from_db()
    assert permission.is_in_force, "a look takes nothing back"
    for outsider in (WorkerFactory(), WorkerFactory(is_administrator=True)):
        assert signed_in(outsider).post(url).status_code == 404

    answer = holder.post(url)

    permission.refresh_from_db()
    assert (permission.is_in_force, permission.withdrawn_recorded_by) == (False, agreed.situation.holder)
    assert answer.url == agreed.situation.get_absolute_url()
    page = holder.get(agreed.get_absolute_url()).content.decode()
    assert url not in page
    assert "Perhe on perunut vastuutyöntekijän luvan" in page
    assert AccessLog.objects.filter(what="Luvan peruminen", worker=agreed.situation.holder).count() == 2


def test_who_writes_down_their_own_withdrawal_is_led_out(agreed: Plan, nurse: Worker) -> None:
    permission = Consent.objects.get(worker=nurse, purpose=ConsentPurpose.COPY)
    answer = signed_in(nurse).post(reverse("permission_withdraw", args=[permission.pk]))
    assert answer.url == reverse("home")


def test_reader_of_a_copy_sees_and_takes_back_no_permission(agreed: Plan, nurse: Worker) -> None:
    copied = WorkerFactory()
    permission = consents.give(
        family=agreed.situation.family,
        to=copied,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method=ConsentMethod.FACE_TO_FACE,
        by=agreed.situation.holder,
    )
    actions.give_copy(plan=agreed, consent=permission, by=agreed.situation.holder)
    client = signed_in(copied)
    url = reverse("permission_withdraw", args=[permission.pk])
    assert "Peru lupa" not in client.get(agreed.get_absolute_url()).content.decode()
    assert client.post(url).status_code == 404
    permission.refresh_from_db()
    assert permission.is_in_force


def test_draft_is_written_agreed_and_shown(situation, nurse: Worker) -> None:
    client = signed_in(situation.holder)
    url = reverse("plan_edit", args=[situation.pk])
    assert client.get(url).status_code == 200

    answer = client.post(
        url,
        sent(responsible_1=nurse.pk, next_on=in_days(14).isoformat(), next_at="15:00", next="check"),
    )

    plan = Plan.objects.get()
    assert answer.url == reverse("plan_agree", args=[plan.pk])
    check = client.get(answer.url)
    assert "Rauhalliset aamut" in check.content.decode()
    assert "lähtee muistutus: Kaisa Peltonen." in check.content.decode()
    assert "Perhe antaa luvan, että vastuutyöntekijä (Kaisa Peltonen) näkee" in check.content.decode()
    answer = client.post(answer.url, agreeing(plan), follow=True)
    assert "Suunnitelma on sovittu." in answer.content.decode()
    plan.refresh_from_db()
    assert plan.status == PlanStatus.AGREED


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"permits": ""}, "Ilman lupaa ei voi sopia."),
        ({"present": []}, "Valitse, ketkä ovat mukana sopimassa."),
        ({"given_by": ""}, "Valitse, kuka perheestä antaa luvan."),
        ({"given_by": "999999"}, "Valittua vaihtoehtoa ei enää ole."),
        ({"seen_edition": "0"}, ""),
        ({"seen_edition": "kissa"}, ""),
    ],
)
def test_nothing_is_agreed_without_the_family_word(draft: Plan, changes: dict, sentence: str) -> None:
    client = signed_in(draft.situation.holder)
    url = reverse("plan_agree", args=[draft.pk])

    answer = client.post(url, agreeing(draft, **changes))

    assert answer.status_code == (422 if sentence else 302)
    assert sentence in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == PlanStatus.DRAFT
    assert not Consent.objects.filter(purpose=ConsentPurpose.COPY).exists()


def test_who_said_it_is_on_the_permission(draft: Plan, nurse: Worker) -> None:
    father = draft.situation.family.members.filter(role="guardian").last()
    signed_in(draft.situation.holder).post(
        reverse("plan_agree", args=[draft.pk]), agreeing(draft, given_by=father.pk)
    )
    permission = Consent.objects.get(purpose=ConsentPurpose.COPY)
    assert (permission.worker, permission.given_by, permission.recorded_by) == (
        nurse,
        father,
        draft.situation.holder,
    )


def test_one_guardian_is_chosen_beforehand(draft: Plan) -> None:
    draft.situation.family.members.filter(role="guardian").last().delete()
    page = signed_in(draft.situation.holder).get(reverse("plan_agree", args=[draft.pk])).content.decode()
    assert re.search(rf'name="given_by"[^>]*value="{a_guardian(draft).pk}"[^>]*checked', page)


def test_withdrawn_permission_does_not_come_back_by_itself(agreed: Plan, nurse: Worker) -> None:
    """The next version names nobody beforehand, and who is chosen anew is asked about."""
    permissions.withdraw(consent=Consent.objects.get(worker=nurse, purpose=ConsentPurpose.COPY))
    client = signed_in(agreed.situation.holder)
    url = reverse("plan_edit", args=[agreed.situation_id])
    chosen = rf'name="responsible_1"[^>]*value="{nurse.pk}"[^>]*checked'

    assert not re.search(chosen, client.get(f"{url}?uusi=1").content.decode())
    data = sent(responsible_1=nurse.pk, next_on=in_days(14).isoformat(), next="check")
    check = client.post(url, data | seen_at(client, f"{url}?uusi=1"))
    assert re.search(chosen, client.get(url).content.decode()), "chosen after the withdrawal"
    page = client.get(check.url).content.decode()
    assert "Lupa on aiemmin peruttu: Kaisa Peltonen." in page
    assert client.post(check.url, {"seen_edition": agreed.edition + 1}).status_code == 422
    assert not Consent.objects.in_force().filter(worker=nurse, purpose=ConsentPurpose.COPY).exists()


def test_draft_written_before_the_withdrawal_names_nobody_beforehand(agreed: Plan, nurse: Worker) -> None:
    client = signed_in(agreed.situation.holder)
    url = reverse("plan_edit", args=[agreed.situation_id])
    assert client.post(url, sent() | seen_at(client, f"{url}?uusi=1")).status_code == 302
    client.post(url, sent(responsible_1=nurse.pk) | seen_at(client, url))
    permissions.withdraw(consent=Consent.objects.get(worker=nurse, purpose=ConsentPurpose.COPY))
    page = client.get(url).content.decode()
    assert not re.search(rf'name="responsible_1"[^>]*value="{nurse.pk}"[^>]*checked', page)


def test_check_page_says_whom_the_new_version_leaves_out(agreed: Plan, nurse: Worker) -> None:
    holder = agreed.situation.holder
    client = signed_in(holder)
    url = reverse("plan_edit", args=[agreed.situation_id])
    data = sent(responsible_1=holder.pk, next_on=in_days(14).isoformat(), next="check")
    check = client.post(url, data | seen_at(client, f"{url}?uusi=1"))
    page = client.get(check.url).content.decode()
    assert "eivät enää näy entiselle vastuutyöntekijälle: Kaisa Peltonen." in page


def test_check_page_says_what_is_missing_and_offers_no_agreeing(situation) -> None:
    client = signed_in(situation.holder)
    client.post(reverse("plan_edit", args=[situation.pk]), sent())
    page = client.get(reverse("plan_agree", args=[Plan.objects.get().pk])).content.decode()

    assert "Valitse vastuutyöntekijä, jonka perhe on nimennyt." in page
    assert "Sovimme tästä suunnitelmasta" not in page


@pytest.mark.parametrize(("more", "prefix"), [("matter", "matters"), ("measure", "measures")])
def test_one_row_more_without_scripts_loses_nothing(situation, more: str, prefix: str) -> None:
    client = signed_in(situation.holder)
    data = sent(more=more, next_on="höpö", **{"measures-1-who": "Mummo"})

    page = client.post(reverse("plan_edit", args=[situation.pk]), data).content.decode()

    assert not Plan.objects.exists()
    assert f'name="{prefix}-TOTAL_FORMS" value="3"' in page
    for typed in ("Rauhalliset aamut", "Iltasatu", 'value="Mummo"', 'value="höpö"', "joka ilta"):
        assert typed in page
    assert "field-error" not in page


def test_old_page_is_refused_with_both_texts_and_may_then_be_saved(draft: Plan) -> None:
    client = signed_in(draft.situation.holder)
    url = reverse("plan_edit", args=[draft.situation_id])

    page = client.post(url, sent(wish="Oma tekstini")).content.decode()

    assert "Joku muu on tallentanut" in page
    assert "Oma tekstini" in page
    assert WISH in page
    assert client.post(url, sent(wish="Oma tekstini") | hidden(page)).status_code == 302
    draft.refresh_from_db()
    assert draft.wish == "Oma tekstini"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"measures-0-what": ""}, "Kirjoita, mitä tehdään"),
        ({"measures-0-place": "elsewhere"}, "Kirjoita, missä muualla."),
        ({"wish": "x" * 10_000}, "Teksti on liian pitkä"),
        ({"matters-0-text": "a\x00b"}, "merkki, jota ei voi tallentaa"),
        ({"next_on": "2020-01-01"}, "päivä on jo mennyt"),
        ({"next_on": "31.2.2027"}, "Päivää ei ole kalenterissa"),
        ({"next_at": "12:00"}, "Valitse myös päivä."),
        ({"measures-0-place": "kuussa"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"responsible_1": "999999"}, "julkisen palvelun työntekijän"),
        ({"matters-TOTAL_FORMS": "xyz"}, "Sivu ei tullut kokonaan perille"),
        ({"matters-TOTAL_FORMS": 35}, "enintään 30"),
        ({"version": "kissa"}, "kokonaisluku"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(situation, changes: dict, sentence: str) -> None:
    client = signed_in(situation.holder)
    page = client.post(reverse("plan_edit", args=[situation.pk]), sent(**changes))

    text = page.content.decode()
    assert page.status_code == 200
    assert sentence in text
    assert "<title>Virhe: " in text
    assert "Iltasatu" in text or "measures-0-what" in changes
    assert not Plan.objects.exists()


def test_third_sector_worker_is_refused_in_the_form(situation, volunteer: Worker) -> None:
    client = signed_in(situation.holder)
    page = client.post(reverse("plan_edit", args=[situation.pk]), sent(responsible_1=volunteer.pk))
    assert "julkisen palvelun työntekijän" in page.content.decode()
    assert not Plan.objects.exists()


def test_two_presses_of_a_button_are_one(situation, nurse: Worker) -> None:
    client = signed_in(situation.holder)
    url = reverse("plan_edit", args=[situation.pk])
    data = sent(responsible_1=nurse.pk, next_on=in_days(14).isoformat(), next_at="15:00", next="check")

    answers = [client.post(url, data), client.post(url, data)]

    plan = Plan.objects.get()
    assert [answer.url for answer in answers] == [reverse("plan_agree", args=[plan.pk])] * 2
    assert plan.edition == 1
    answers = [client.post(answers[0].url, agreeing(plan)) for _press in range(2)]
    assert [answer.url for answer in answers] == [plan.get_absolute_url()] * 2
    assert "jo sovittu" in client.get(plan.get_absolute_url()).content.decode()


def test_row_that_somebody_else_saved_too_is_not_lost(situation) -> None:
    client = signed_in(situation.holder)
    url = reverse("plan_edit", args=[situation.pk])
    client.post(url, sent())
    page = client.post(url, sent(wish="Toisin")).content.decode()
    client.post(url, sent(wish="Toisin") | hidden(page))

    plan = Plan.objects.get()
    assert plan.wish == "Toisin"
    assert [matter.text for matter in plan.matters.all()] == ["Aamut"]
    assert [row.what for row in plan.measures.all()] == ["Iltasatu"]


def test_agreed_plan_opens_to_be_read_first(agreed: Plan) -> None:
    client = signed_in(agreed.situation.holder)
    url = reverse("plan_edit", args=[agreed.situation_id])
    assert client.get(url).url == agreed.get_absolute_url()
    page = client.get(f"{url}?uusi=1").content.decode()
    assert "uutta versiota" in page
    assert WISH in page


def test_contact_is_recorded_and_the_next_promised(contact: NextContact, nurse: Worker) -> None:
    client = signed_in(nurse)
    url = reverse("contact_record", args=[contact.pk])
    lacking = client.post(url, {"outcome": "Hyvin.", "going": "goes_on", "next_way": "phone"})
    assert "Lupaus ei saa unohtua." in lacking.content.decode()

    data = {"outcome": "Hyvin.", "going": "goes_on", "next_on": in_days(20).isoformat(), "next_way": "visit"}
    answer = client.post(url, data, follow=True)

    assert "Yhteydenotto on kirjattu." in answer.content.decode()
    assert NextContact.objects.waiting_for(nurse).get().on == in_days(20)
    again = client.post(url, data, follow=True)
    assert "jo kirjattu" in again.content.decode()
    assert again.redirect_chain
    other_tab = client.post(url, data | {"outcome": "Toisen välilehden teksti"})
    assert other_tab.status_code == 422
    assert "jo kirjattu" in other_tab.content.decode()
    assert "Toisen välilehden teksti" in other_tab.content.decode()
    assert NextContact.objects.waiting_for(nurse).count() == 1


def test_everyday_life_ends_the_situation(contact: NextContact, nurse: Worker) -> None:
    client = signed_in(nurse)
    reviewed(contact.plan)
    data = {"outcome": "Arki sujuu.", "going": "everyday", "next_on": "höpö", "next_way": "phone"}
    answer = client.post(reverse("contact_record", args=[contact.pk]), data)
    assert answer.status_code == 302
    contact.plan.situation.refresh_from_db()
    assert contact.plan.situation.stage == "everyday"


def test_family_reads_its_plan_by_its_link(agreed: Plan) -> None:
    token = agreed.situation.family.link.token
    page = FamilyClient().get(reverse("family_plan", args=[token]))

    assert page.status_code == 200
    assert WISH in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    paper = FamilyClient().get(reverse("family_plan_pdf", args=[token]))
    assert paper.content.startswith(b"%PDF-")
    looks = AccessLog.objects.filter(family_id=agreed.situation.family_id, worker=None)
    assert {look.who for look in looks} == {"perhe omalla sivullaan"}


def test_family_link_shows_no_draft_and_opens_nothing_else(draft: Plan) -> None:
    token = draft.situation.family.link.token
    page = FamilyClient().get(reverse("family_plan", args=[token])).content.decode()
    assert "Suunnitelmaa ei ole vielä" in page
    assert WISH not in page
    assert FamilyClient().get(reverse("family_plan_pdf", args=[token])).status_code == 404
    for name in ("family_plan", "family_plan_pdf"):
        assert FamilyClient().get(reverse(name, args=["a" * 32])).status_code == 404


def test_dead_family_link_opens_nothing(agreed: Plan) -> None:
    link = agreed.situation.family.link
    link.revoked_at = link.created_at
    link.save()
    assert FamilyClient().get(reverse("family_plan", args=[link.token])).status_code == 404


def test_withdrawn_copy_closes_the_plan_at_once(agreed: Plan, nurse: Worker) -> None:
    client = signed_in(nurse)
    assert client.get(agreed.get_absolute_url()).status_code == 200
    for consent in Consent.objects.in_force().filter(worker=nurse):
        permissions.withdraw(consent=consent)
    assert client.get(agreed.get_absolute_url()).status_code == 404
    holder = signed_in(agreed.situation.holder).get(agreed.get_absolute_url()).content.decode()
    assert "Perhe on perunut vastuutyöntekijän luvan" in holder


def test_plan_detail_asks_as_much_of_a_long_plan_as_of_a_short_one(situation, nurse: Worker) -> None:
    def asked(rows: int, seen_edition: int) -> int:
        plan = actions.write_plan(
            situation=situation,
            by=situation.holder,
            **written(
                measures=[
                    actions.MeasureRow("home", f"Kohta {i}", who="Äiti", when="illalla") for i in range(rows)
                ],
                matters=[f"Asia {i}" for i in range(rows)],
                responsible=[nurse],
                seen_edition=seen_edition,
            ),
        )
        plan = reviewed(actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan)))
        client = signed_in(situation.holder)
        client.get(plan.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(plan.get_absolute_url())
        return len(queries)

    # A later version asks also what is new in it.
    asked(1, 0)
    short = asked(1, actions.latest(situation).edition)
    assert asked(12, actions.latest(situation).edition) == short
