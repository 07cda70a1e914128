"""A copy by link: behind a code to the same address, for the permission's time, each opening on record."""

import json
import logging
import re
from datetime import timedelta
from unittest.mock import patch

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from meetings.actions import permissions
from network.models import Consent, OutsideProfessional, Unit
from perhekeskus import logs
from perhekeskus.models import AccessLink, AccessLog, LinkCode, Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from plans import actions
from plans.models import Copy, CopyLink, Plan
from plans.states import CopyMethod
from tests.door import comes_in
from tests.factories import (
    ClosePersonFactory,
    OutsideProfessionalFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.factories.plans import a_copy_by_link, permitted
from tests.plugins.paper import read_by_poppler
from tests.plugins.together import together

from .conftest import WISH
from .test_copies import copied_by_raw_sql, next_version

pytestmark = pytest.mark.django_db

PAGES = ("copy_plan", "copy_plan_pdf")


@pytest.fixture
def therapist(db) -> OutsideProfessional:
    return OutsideProfessionalFactory(name="Taru Tervola", email="taru@jarjesto.example")


@pytest.fixture
def door(agreed: Plan, therapist: OutsideProfessional) -> CopyLink:
    return a_copy_by_link(agreed, therapist)


def letter_of(kind: str):
    message = Message.objects.filter(kind=kind).latest("pk")
    with translation.override("fi"):
        return kind_of(message).compose(message)


def url(name: str, door: CopyLink) -> str:
    return reverse(name, args=[door.link.token])


def opens(door: CopyLink, client: Client | None = None, **more: str) -> Client:
    """Asks for the code, reads it in its letter, types it."""
    client = client or Client()
    assert client.post(url("copy_link", door)).status_code == 302
    (code,) = re.findall(r"\b\d{6}\b", letter_of("plan_copy_code").text)
    response = client.post(url("copy_code", door), {"code": code} | more)
    assert response.status_code == 302, response.content.decode()
    return client


def test_the_letter_tells_nothing_of_the_family(door: CopyLink, agreed: Plan) -> None:
    letter = letter_of("plan_copy")
    said = letter.subject + letter.text + letter.html
    names = [one.first_name for one in agreed.situation.family.members.all()]
    assert url("copy_link", door) in letter.text and agreed.situation.holder.name in letter.text
    assert not [word for word in (*names, WISH, str(agreed.situation_id)) if re.search(rf"\b{word}\b", said)]
    assert Message.objects.get(kind="plan_copy").recipient == "taru@jarjesto.example"


def test_looking_sends_nothing_and_shows_nothing(door: CopyLink) -> None:
    client = Client()
    for name in ("copy_link", "copy_code"):
        said = client.get(url(name, door))
        assert said.status_code == client.head(url(name, door)).status_code == 200
        assert WISH not in said.content.decode() and "taru@" not in said.content.decode()
    for name in PAGES:
        assert client.get(url(name, door)).url == url("copy_link", door)
    assert not LinkCode.objects.exists()
    assert not AccessLog.objects.filter(ground__contains="kopion linkki").exists()


def test_the_code_opens_the_plan_in_force_and_the_family_sees_who_opened_it(
    door: CopyLink, agreed: Plan
) -> None:
    client = opens(door)
    response = client.get(url("copy_plan", door))
    said = response.content.decode()
    assert WISH in said and "Taru Tervola" in said
    assert "Kenellä on tämä suunnitelma" not in said and "Perukaa lupa" not in said
    # It is not the receiver who is called, nor theirs whom the plan names.
    assert "Yhteydenpito perheeseen: Soitto äidille" in said
    assert "teille" not in said and "Teillä" not in said
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    looks = AccessLog.objects.filter(family_id=agreed.situation.family_id, who="Taru Tervola")
    assert [look.what for look in looks] == ["Kopio suunnitelmasta"]
    client.post(url("copy_leave", door))
    assert client.get(url("copy_plan", door)).status_code == 302


def test_the_paper_bears_the_receivers_name_on_every_page_and_no_way_to_the_familys_page(
    door: CopyLink, agreed: Plan
) -> None:
    response = opens(door).get(url("copy_plan_pdf", door))
    assert response["Referrer-Policy"] == "no-referrer"
    pages = read_by_poppler(response.content, "-raw").split("\f")[:-1]
    assert pages and all("Taru Tervola" in page and "perheen luvalla" in page for page in pages)
    assert not [word for word in ("QR", "Kenellä on", "teille", "Teillä") if word in "".join(pages)]


def test_somebody_of_a_unit_says_who_they_are(agreed: Plan) -> None:
    unit = UnitFactory(name="Kuhalan neuvola", email="kuhala@kunta.example")
    door = a_copy_by_link(agreed, unit)
    client = Client()
    client.post(url("copy_link", door))
    assert client.post(url("copy_code", door), {"code": "123456"}).status_code == 422
    LinkCode.objects.all().delete()
    opens(door, client, who="Minna Mäki").get(url("copy_plan", door))
    assert AccessLog.objects.filter(who="Minna Mäki, Kuhalan neuvola").count() == 1


def withdrawn(door: CopyLink) -> None:
    permissions.withdraw(consent=door.consent)


def run_out(door: CopyLink) -> None:
    with pgtrigger.ignore("network.Consent:consent_unchanged"):
        Consent.objects.filter(pk=door.consent_id).update(valid_until=timezone.now())


def link_run_out(door: CopyLink) -> None:
    AccessLink.objects.filter(pk=door.link_id).update(expires_at=timezone.now())


def address_mended(door: CopyLink) -> None:
    OutsideProfessional.objects.update(email="oikea@jarjesto.example")


def superseded_without_a_copy(door: CopyLink) -> None:
    plan = Plan.objects.agreed().get(situation=door.situation_id)
    following = next_version(plan, plan.responsible_workers.get().worker)
    following.copies.by_link().delete()


@pytest.mark.parametrize(
    "ends", [withdrawn, run_out, link_run_out, address_mended, superseded_without_a_copy]
)
def test_an_open_door_closes_at_once(door: CopyLink, ends) -> None:
    client = opens(door)
    assert client.get(url("copy_plan", door)).status_code == 200
    ends(door)
    for name in ("copy_link", "copy_code", *PAGES):
        response = client.get(url(name, door))
        assert response.status_code == 404 and WISH not in response.content.decode(), name
    assert client.post(url("copy_link", door)).status_code == 404


def test_a_withdrawal_by_raw_sql_closes_the_link_in_the_same_statement(door: CopyLink) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE network_consent SET withdrawn_at = now() WHERE id = %s", [door.consent_id])
    door.link.refresh_from_db()
    assert door.link.revoked_at is not None
    assert Message.objects.get(kind="plan_copy").state == MessageState.DROPPED


def test_nobody_elses_link_code_or_door_opens_it(door: CopyLink, agreed: Plan) -> None:
    other = a_copy_by_link(agreed, ClosePersonFactory(family=agreed.situation.family))
    stranger = opens(other)
    assert stranger.get(url("copy_plan", door)).url == url("copy_link", door)
    family = Client()
    comes_in(family, agreed.situation.family.link.token)
    assert family.get(url("copy_plan", door)).status_code == 302
    assert Client().get(reverse("copy_plan", args=[agreed.situation.family.link.token])).status_code == 404
    assert Client().get(reverse("copy_plan", args=["A" * 32])).status_code == 404
    client = Client()
    client.post(url("copy_link", door))
    right = letter_of("plan_copy_code").text
    wrong = next(code for code in ("111111", "222222") if code not in right)
    for _try in range(5):
        assert client.post(url("copy_code", door), {"code": wrong}).status_code == 422
    (code,) = re.findall(r"\b\d{6}\b", right)
    assert client.post(url("copy_code", door), {"code": code}).status_code == 422


def test_who_leaves_a_team_has_a_link_no_more(agreed: Plan) -> None:
    stays, leaves = WorkerFactory(), WorkerFactory()
    team = TeamFactory(members=[stays, leaves])
    consent = permitted(agreed, team)
    actions.give_copy(plan=agreed, consent=consent, by=agreed.situation.holder, method=CopyMethod.LINK)
    doors = {door.recipient: door for door in CopyLink.objects.filter(consent=consent)}
    assert set(doors) == {stays.email, leaves.email}
    team.members.remove(leaves)
    assert Client().get(url("copy_link", doors[leaves.email])).status_code == 404
    assert Client().get(url("copy_link", doors[stays.email])).status_code == 200


def test_a_new_version_opens_by_the_same_link_and_is_told_without_family_data(
    door: CopyLink, agreed: Plan, nurse
) -> None:
    gone = a_copy_by_link(agreed, ClosePersonFactory(family=agreed.situation.family))
    permissions.withdraw(consent=gone.consent)
    following = next_version(agreed, nurse)
    assert following.copies.get(method=CopyMethod.LINK).consent == door.consent
    letter = letter_of("plan_copy_renewed")
    assert (
        "uusi versio" in letter.subject and url("copy_link", door) in letter.text and WISH not in letter.text
    )
    assert "versio 2" in read_by_poppler(opens(door).get(url("copy_plan_pdf", door)).content, "-raw")
    first = Message.objects.get(kind="plan_copy", recipient=door.recipient)
    assert kind_of(first).why_not(first) == "superseded"


def test_a_new_link_closes_the_old_one_and_a_double_press_sends_one(door: CopyLink, agreed: Plan) -> None:
    old = url("copy_link", door)
    by = agreed.situation.holder
    CopyLink.objects.update(sent_at=timezone.now() - timedelta(minutes=5))
    for _press in range(2):
        actions.send_copy_again(plan=agreed, consent=door.consent, by=by)
    door = CopyLink.objects.select_related("link").get(pk=door.pk)
    assert Client().get(old).status_code == 404
    assert Client().get(url("copy_link", door)).status_code == 200
    assert Message.objects.filter(kind="plan_copy").count() == 2


def test_the_database_keeps_each_way_to_its_receivers(agreed: Plan, door: CopyLink) -> None:
    for consent, method in [(permitted(agreed), "link"), (permitted(agreed, UnitFactory()), "account")]:
        with pytest.raises(IntegrityError, match="Tunnuksella suunnitelma avautuu"):
            copied_by_raw_sql(agreed, consent, method)
    with pytest.raises(IntegrityError, match="vain sen perheen"), transaction.atomic():
        CopyLink.objects.filter(pk=door.pk).update(consent=permitted(agreed))
    with pytest.raises(IntegrityError, match="ilman perheen lupaa"), transaction.atomic():
        Message.objects.filter(kind="plan_copy").update(permission_id=None)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Copy.objects.filter(consent=door.consent).update(given_at=timezone.now())
    withdrawn(door)
    with pytest.raises(IntegrityError, match="Perheen lupa puuttuu"), transaction.atomic():
        CopyLink.objects.filter(pk=door.pk).update(recipient="toinen@jarjesto.example")


def test_a_link_is_for_those_without_an_account_and_with_an_address(agreed: Plan) -> None:
    by = agreed.situation.holder
    unreached = ClosePersonFactory(family=agreed.situation.family, email="", phone="")
    for to, words in [(WorkerFactory(), "omalla tunnuksellaan"), (unreached, "ei ole osoitetta")]:
        with pytest.raises(Refused, match=words):
            actions.give_copy(plan=agreed, consent=permitted(agreed, to), by=by, method=CopyMethod.LINK)
    with pytest.raises(Refused, match="kuka ottaa paperin vastaan"):
        actions.give_copy(plan=agreed, consent=permitted(agreed, UnitFactory()), by=by)


def test_the_token_is_not_in_the_logs(door: CopyLink) -> None:
    gathered: list[str] = []

    class Gatherer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            gathered.append(self.format(record))

    handler = Gatherer()
    handler.setFormatter(logs.formatter())
    root = logging.getLogger()
    with patch.object(root, "level", logging.INFO):
        root.addHandler(handler)
        try:
            opens(door).get(url("copy_plan", door))
            Client().get(reverse("copy_plan", args=[door.link.token[:-1] + "x"]))
        finally:
            root.removeHandler(handler)
    assert gathered and all(json.loads(line) for line in gathered)
    assert not [line for line in gathered if door.link.token[:20] in line]


def test_of_a_protected_family_no_place_is_on_a_copy(agreed: Plan) -> None:
    unit: Unit = UnitFactory(name="Kuhalan neuvola", email="kuhala@kunta.example")
    door = a_copy_by_link(agreed, unit)
    agreed.situation.family.address_protected = True
    agreed.situation.family.save()
    client = opens(door, who="Minna Mäki")
    shown = client.get(url("copy_plan", door)).content.decode()
    shown += read_by_poppler(client.get(url("copy_plan_pdf", door)).content, "-raw")
    assert "Minna Mäki" in shown
    places = ("Kuhalan neuvola", "Pihlaja", "Kiuruveden")
    assert not [place for place in places if place in shown]
    assert not AccessLog.objects.filter(who__contains="Kuhala").exists()


@pytest.mark.django_db(transaction=True)
def test_an_opening_and_a_withdrawal_at_the_same_moment(agreed: Plan) -> None:
    """The plan is seen before the permission ends, with a look on record, or not at all."""
    for _round in range(3):
        door = a_copy_by_link(agreed, OutsideProfessionalFactory())
        client = opens(door)
        answers: list[int] = []
        before = AccessLog.objects.count()
        together(
            lambda c=client, d=door, a=answers: a.append(c.get(url("copy_plan", d)).status_code),
            lambda d=door: permissions.withdraw(consent=d.consent),
        )
        seen = AccessLog.objects.filter(pk__gt=0).count() - before
        assert (answers, seen) in [([200], 1), ([404], 0)]
        consent = Consent.objects.get(pk=door.consent_id)
        for look in AccessLog.objects.filter(who=consent.receiver):
            assert consent.withdrawn_at is not None and look.at <= consent.withdrawn_at
        assert client.get(url("copy_plan", door)).status_code == 404
