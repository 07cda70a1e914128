"""A copy of the plan: given under the family's permission only, and what it opens ends with it."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import permissions
from network.actions import consents
from network.models import Consent
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.refusals import Refused
from plans import actions
from plans.models import Copy, Plan
from plans.sheet import sheet_of
from plans.states import CopyMethod
from tests.door import FamilyClient
from tests.factories import ClosePersonFactory, TeamFactory, UnitFactory, WorkerFactory
from tests.factories.plans import a_copy_by_link, a_copy_on_paper, a_guardian, permitted
from tests.plugins.paper import read_by_poppler
from tests.plugins.together import together

from .conftest import written

pytestmark = pytest.mark.django_db


def copied_by_raw_sql(plan: Plan, consent: Consent, method: str = "account") -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plans_copy (plan_id, consent_id, method, given_at, given_by_id)"
            " VALUES (%s, %s, %s, now(), %s)",
            [plan.pk, consent.pk, method, plan.situation.holder_id],
        )


def test_a_copy_under_a_permission_in_force_is_let_through(agreed: Plan) -> None:
    copied_by_raw_sql(agreed, permitted(agreed))


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": ConsentPurpose.INVITE},
        {"purpose": ConsentPurpose.CONSULT},
        {"purpose": ConsentPurpose.INFORM},
        {"withdrawn_at": timezone.now()},
        {"valid_until": timezone.now() - timedelta(seconds=1)},
        {"given_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_the_database_refuses_a_copy_without_a_permission_in_force(agreed: Plan, change) -> None:
    consent = permitted(agreed)
    with pgtrigger.ignore("network.Consent:consent_unchanged"):
        Consent.objects.filter(pk=consent.pk).update(**change)
    with pytest.raises(IntegrityError, match="Perheen lupa puuttuu"):
        copied_by_raw_sql(agreed, consent)
    consent.refresh_from_db()
    with pytest.raises(Refused, match="lupa puuttuu"):
        actions.give_copy(plan=agreed, consent=consent, by=agreed.situation.holder)


def test_the_database_refuses_a_copy_of_a_draft_and_of_another_familys_plan(agreed: Plan) -> None:
    consent = permitted(agreed)
    draft = actions.write_plan(
        situation=agreed.situation, by=agreed.situation.holder, **written(seen_edition=agreed.edition)
    )
    with pytest.raises(IntegrityError, match="sovitusta suunnitelmasta"):
        copied_by_raw_sql(draft, consent)
    with pytest.raises(Refused, match="sovitusta suunnitelmasta"):
        actions.give_copy(plan=draft, consent=consent, by=agreed.situation.holder)


def test_a_permission_alone_opens_nothing_before_the_copy_is_given(agreed: Plan) -> None:
    reader = WorkerFactory()
    consent = permitted(agreed, reader)
    assert not Plan.objects.visible_to(reader).exists()
    ones = [
        actions.give_copy(plan=agreed, consent=consent, by=agreed.situation.holder) for _press in range(2)
    ]
    assert ones[0] == ones[1] and Plan.objects.visible_to(reader).get() == agreed
    permissions.withdraw(consent=consent)
    assert not Plan.objects.visible_to(reader).exists()


def test_a_permission_given_again_opens_nothing_by_itself(agreed: Plan) -> None:
    reader = WorkerFactory()
    consent = permitted(agreed, reader)
    actions.give_copy(plan=agreed, consent=consent, by=agreed.situation.holder)
    permissions.withdraw(consent=consent)
    permitted(agreed, reader)
    assert not Plan.objects.visible_to(reader).exists()


def test_a_renewed_permission_keeps_the_copy(agreed: Plan) -> None:
    reader = WorkerFactory()
    actions.give_copy(plan=agreed, consent=permitted(agreed, reader), by=agreed.situation.holder)
    consents.give(
        family=agreed.situation.family,
        to=reader,
        purpose=ConsentPurpose.COPY,
        topics=["Aamut"],
        method=ConsentMethod.PHONE,
        given_by=a_guardian(agreed),
        by=agreed.situation.holder,
    )
    assert Plan.objects.visible_to(reader).get() == agreed


def test_the_next_version_goes_to_those_who_had_the_one_before(agreed: Plan, nurse) -> None:
    reader, not_yet = WorkerFactory(), WorkerFactory()
    actions.give_copy(plan=agreed, consent=permitted(agreed, reader), by=agreed.situation.holder)
    permitted(agreed, not_yet)
    following = actions.write_plan(
        situation=agreed.situation,
        by=agreed.situation.holder,
        **written(seen_edition=agreed.edition, responsible=[nurse]),
    )
    following = actions.agree(plan=following, by=agreed.situation.holder, given_by=a_guardian(agreed))
    assert Plan.objects.visible_to(reader).get() == following
    assert not Plan.objects.visible_to(not_yet).exists()
    assert {copy.consent.worker for copy in following.copies.all()} == {nurse, reader}


def test_only_those_who_take_care_of_the_plan_give_copies(agreed: Plan) -> None:
    reader = WorkerFactory()
    consent = permitted(agreed, reader)
    with pytest.raises(Refused, match="huolehtivat"):
        actions.give_copy(plan=agreed, consent=consent, by=reader)


def test_the_pages_give_a_copy_and_the_family_sees_who_has_one(client, agreed: Plan) -> None:
    family = agreed.situation.family
    receivers = [WorkerFactory(), UnitFactory(), ClosePersonFactory(family=family)]
    rows = [permitted(agreed, one) for one in receivers]
    client.force_login(agreed.situation.holder)
    url = reverse("plan_copy", args=[agreed.pk])
    said = client.get(agreed.get_absolute_url()).content.decode()
    assert "Avaa suunnitelma hänelle" in said and said.count("Lähetä linkki kopioon") == 1
    assert said.count("Kuka ottaa paperin vastaan") == 1
    for consent in rows:
        sent = {"consent": consent.pk, "method": "printed", "handed_to": "Minna Mäki" if consent.unit else ""}
        paper = client.post(url, sent, follow=True)
        assert paper["Content-Type"] == "application/pdf"
    other = permitted(agreed, purpose=ConsentPurpose.INVITE)
    for wrong in (other.pk + 1000, "x", ""):
        assert client.post(url, {"consent": wrong}).status_code == 404
    client.post(url, {"consent": other.pk})
    assert set(agreed.copies.values_list("consent", flat=True)) >= {one.pk for one in rows}
    assert not Copy.objects.filter(consent=other).exists()
    permissions.withdraw(consent=rows[0])
    told = FamilyClient().get(reverse("family_plan", args=[family.link.token])).content.decode()
    assert all(str(one) in told for one in receivers)
    assert told.count("Peruitte luvan") == 1


@pytest.mark.django_db(transaction=True)
def test_a_copy_and_a_withdrawal_at_the_same_moment_open_nothing_afterwards(agreed: Plan) -> None:
    readers = [WorkerFactory() for _ in range(4)]
    for reader in readers:
        consent = permitted(agreed, reader)
        together(
            lambda c=consent: actions.give_copy(plan=agreed, consent=c, by=agreed.situation.holder),
            lambda c=consent: permissions.withdraw(consent=c),
        )
        assert not Plan.objects.visible_to(reader).exists()


def next_version(plan: Plan, nurse) -> Plan:
    by = plan.situation.holder
    draft = actions.write_plan(
        situation=plan.situation, by=by, **written(seen_edition=plan.edition, responsible=[nurse])
    )
    return actions.agree(plan=draft, by=by, given_by=a_guardian(plan))


def test_the_worker_sees_how_many_papers_are_of_an_older_version(client, agreed: Plan, nurse) -> None:
    papers = [a_copy_on_paper(agreed) for _one in range(3)]
    permissions.withdraw(consent=papers[0].consent)
    following = next_version(agreed, nurse)
    client.force_login(agreed.situation.holder)
    page = following.get_absolute_url()
    assert "2 paperikopiota on vanhempaa versiota" in client.get(page).content.decode()
    url, form = reverse("plan_copy", args=[following.pk]), {"consent": papers[1].consent_id}
    assert client.post(url, form | {"method": "something"}).status_code == 404
    assert "2 paperikopiota" in client.get(page).content.decode()
    client.post(url, form | {"method": "printed"})
    assert "1 paperikopio on vanhempaa versiota" in client.get(page).content.decode()


def test_a_paper_says_on_every_page_whose_it_is(client, agreed: Plan) -> None:
    unit = permitted(agreed, UnitFactory(name="Kuhalan neuvola"))
    by = agreed.situation.holder
    paper = actions.give_copy(plan=agreed, consent=unit, by=by, handed_to="Minna Mäki")
    client.force_login(by)
    url = reverse("plan_copy_pdf", args=[agreed.pk, paper.pk])
    pages = read_by_poppler(client.get(url).content, "-raw").split("\f")[:-1]
    assert pages and all(
        "Minna Mäki, Kuhalan neuvola" in page and "perheen luvalla" in page for page in pages
    )
    assert "Suunnitelma puhelimessa" not in "".join(pages)
    # Once the permission is gone, nothing is printed in the receiver's name.
    permissions.withdraw(consent=unit)
    assert client.get(url).status_code == 404
    # One who has it in an account prints their own.
    reader = WorkerFactory(first_name="Rauha", last_name="Rinne")
    actions.give_copy(plan=agreed, consent=permitted(agreed, reader), by=by)
    client.force_login(reader)
    own = read_by_poppler(client.get(reverse("plan_pdf", args=[agreed.pk])).content, "-raw")
    assert "Kopio: Rauha Rinne" in own and "Kenellä on" not in own


def test_a_paper_opens_no_account(agreed: Plan) -> None:
    reader = WorkerFactory()
    actions.give_copy(
        plan=agreed, consent=permitted(agreed, reader), by=agreed.situation.holder, method=CopyMethod.PRINTED
    )
    assert not Plan.objects.visible_to(reader).exists()


def test_the_familys_list_and_paper_tell_who_has_which_version_and_how(agreed: Plan) -> None:
    family = agreed.situation.family
    by_link = a_copy_by_link(agreed, ClosePersonFactory(family=family, name="Mummo Maija"))
    ended = a_copy_on_paper(agreed, ClosePersonFactory(family=family, name="Kummi Kalle"))
    waits = permitted(agreed, ClosePersonFactory(family=family, name="Naapuri Niilo"))
    permissions.withdraw(consent=ended.consent)
    page = FamilyClient().get(reverse("family_plan", args=[family.link.token])).content.decode()
    assert "Versio 1, linkillä" in page and "Versio 1, paperilla" in page
    assert "Jo annettua paperia emme voi ottaa takaisin" in page and "Kopiota ei ole vielä annettu" in page
    for consent, is_there in ((by_link.consent, True), (waits, True), (ended.consent, False)):
        url = reverse("family_permission_withdraw", args=[family.link.token, consent.pk])
        assert (url in page) is is_there
    lines = sheet_of(Plan.objects.with_sheet().get(pk=agreed.pk)).holders
    said = [next(line for line in lines if name in line) for name in ("Maija", "Kalle", "Niilo")]
    assert "linkillä" in said[0] and "Lupa päättyi" in said[1] and "ei ole vielä annettu" in said[2]


def test_a_long_list_asks_as_much_as_a_short_one(client, agreed: Plan) -> None:
    client.force_login(agreed.situation.holder)
    family = agreed.situation.family
    visitor = FamilyClient()

    def asked() -> list[int]:
        numbers = []
        pages = [
            (client, agreed.get_absolute_url()),
            (visitor, reverse("family_plan", args=[family.link.token])),
        ]
        for browser, page in pages:
            browser.get(page)
            with CaptureQueriesContext(connection) as queries:
                browser.get(page)
            numbers.append(len(queries))
        return numbers

    def receivers() -> list:
        return [UnitFactory(), TeamFactory(members=[WorkerFactory()]), ClosePersonFactory(family=family)]

    for one in receivers():
        a_copy_on_paper(agreed, one)
    short = asked()
    for _more in range(2):
        for one in receivers():
            a_copy_on_paper(agreed, one)
            permitted(agreed, WorkerFactory())
    assert asked() == short
