"""A koppi offered to a unit: everybody there sees it, the first who catches it gets it."""

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from meetings.actions import handovers
from meetings.models import Handover, Situation
from meetings.states import HandoverStatus
from network.models import Unit
from perhekeskus import outbox
from perhekeskus.models import AccessLog
from perhekeskus.refusals import Refused
from tests.door import comes_in
from tests.factories import UnitFactory, WorkerFactory, a_situation, with_conversation
from tests.plugins.together import together


def an_offer_to_a_unit(unit: Unit | None = None, *, people: int = 2, note: str = "") -> Handover:
    unit = unit or UnitFactory(name="Ohjaus- ja neuvontapalvelu")
    for _number in range(people):
        WorkerFactory(unit=unit)
    situation = with_conversation()
    return handovers.offer(situation=situation, by=situation.holder, to=unit, note=note)


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


@pytest.mark.django_db
class TestCatching:
    def test_the_koppi_stays_until_somebody_catches_it(self):
        handover = an_offer_to_a_unit()
        assert Situation.objects.get().holder == handover.from_worker
        catcher = handover.to_unit.workers.first()
        for _press in range(2):
            handovers.accept(handover=handover, by=catcher)
        handover.refresh_from_db()
        assert Situation.objects.get().holder == handover.caught_by == catcher
        assert handover.status == HandoverStatus.ACCEPTED

    def test_the_others_are_told_who_took_it(self):
        handover = an_offer_to_a_unit()
        first, second = handover.to_unit.workers.all()
        handovers.accept(handover=handover, by=first)
        with pytest.raises(Refused, match=f"Kopin otti jo {first.name}"):
            handovers.accept(handover=handover, by=second)

    def test_nobody_declines_for_a_whole_unit(self):
        handover = an_offer_to_a_unit()
        with pytest.raises(Refused, match="jätä se toiselle"):
            handovers.decline(handover=handover, by=handover.to_unit.workers.first())

    def test_it_is_taken_back_before_it_is_caught(self):
        handover = an_offer_to_a_unit()
        handovers.withdraw_offer(handover=handover, by=handover.from_worker)
        with pytest.raises(Refused, match="Tarjous on peruttu"):
            handovers.accept(handover=handover, by=handover.to_unit.workers.first())

    @pytest.mark.parametrize(
        ("who", "sentence"),
        [
            ({}, "tarjotaan toiselle"),
            ({"coordinator": True}, "Koordinaattori ja pääkäyttäjä eivät ota"),
            ({"is_active": False}, "Tunnuksesi on suljettu"),
        ],
    )
    def test_only_those_of_the_unit_who_work_with_families(self, who, sentence):
        handover = an_offer_to_a_unit()
        worker = WorkerFactory(**who, **({"unit": handover.to_unit} if who else {}))
        with pytest.raises(Refused, match=sentence):
            handovers.accept(handover=handover, by=worker)

    def test_the_holder_does_not_catch_their_own(self):
        situation = with_conversation()
        WorkerFactory(unit=situation.holder.unit)
        handover = handovers.offer(situation=situation, by=situation.holder, to=situation.holder.unit)
        with pytest.raises(Refused, match="tarjotaan toiselle"):
            handovers.accept(handover=handover, by=situation.holder)

    def test_a_unit_with_nobody_to_catch_is_not_offered_it(self):
        with pytest.raises(Refused, match="ei ole nyt ketään"):
            an_offer_to_a_unit(people=0)


@pytest.mark.django_db
class TestTheDatabase:
    def test_it_is_caught_by_one_of_the_unit_only(self):
        handover = an_offer_to_a_unit()
        catcher = handover.to_unit.workers.first()
        take = "UPDATE meetings_handover SET status = 'accepted', answered_at = now(), caught_by_id = %s"
        for worker in (
            WorkerFactory(),
            WorkerFactory(unit=handover.to_unit, is_active=False),
            WorkerFactory(unit=handover.to_unit, coordinator=True),
        ):
            with pytest.raises(IntegrityError, match="joku siitä yksiköstä"):
                sql(take, worker.pk)
        sql(take, catcher.pk)

    def test_a_taken_one_has_its_taker_and_no_other_has(self):
        handover = an_offer_to_a_unit()
        worker = handover.to_unit.workers.first()
        with pytest.raises(IntegrityError, match="handover_taken_by_one_who_may"):
            sql("UPDATE meetings_handover SET status = 'accepted', answered_at = now()")
        with pytest.raises(IntegrityError, match="handover_caught_by_somebody"):
            sql("UPDATE meetings_handover SET caught_by_id = %s", worker.pk)

    def test_it_is_offered_to_one_worker_or_to_one_unit(self):
        an_offer_to_a_unit()
        for column, value in (("to_unit_id", None), ("to_worker_id", WorkerFactory().pk)):
            with pytest.raises(IntegrityError, match="handover_one_receiver"):
                sql(f"UPDATE meetings_handover SET {column} = %s", value)

    def test_the_koppi_goes_to_the_one_who_caught_it_and_to_no_other(self):
        handover = an_offer_to_a_unit()
        first, second = handover.to_unit.workers.all()
        sql(
            "UPDATE meetings_handover SET status = 'accepted', answered_at = now(), caught_by_id = %s",
            first.pk,
        )
        with pytest.raises(IntegrityError, match="vasta, kun vastaanottaja ottaa sen"):
            sql("UPDATE meetings_situation SET holder_id = %s", second.pk)
        sql("UPDATE meetings_situation SET holder_id = %s", first.pk)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_catch_at_the_same_moment_one_gets_it():
    for _round in range(10):
        handover = an_offer_to_a_unit(people=4)
        workers = list(handover.to_unit.workers.all())
        refused = together(*(partial(handovers.accept, handover=handover, by=one) for one in workers))
        holder = Situation.objects.get(pk=handover.situation_id).holder
        assert holder in workers and len(refused) == 3
        assert {str(one) for one in refused} == {f"Kopin otti jo {holder.name}."}


@pytest.mark.django_db(transaction=True)
def test_catching_taking_back_and_closing_an_account_at_the_same_moment_leave_one_holder():
    from network.actions.administration import CARD, change_worker

    administrator = WorkerFactory(administrator=True)
    for _round in range(15):
        handover = an_offer_to_a_unit(people=2)
        first, second = handover.to_unit.workers.all()
        closed = {name: getattr(first, name) for name in CARD} | {"is_active": False}
        together(
            partial(handovers.accept, handover=handover, by=first),
            partial(handovers.accept, handover=handover, by=second),
            partial(handovers.withdraw_offer, handover=handover, by=handover.from_worker),
            partial(change_worker, worker=first, by=administrator, card=closed),
        )
        handover.refresh_from_db()
        holder_id = Situation.objects.get(pk=handover.situation_id).holder_id
        if handover.status == HandoverStatus.ACCEPTED:
            assert holder_id == handover.caught_by_id in {first.pk, second.pk}
        else:
            assert handover.status == HandoverStatus.WITHDRAWN
            assert holder_id == handover.from_worker_id


@pytest.mark.django_db
class TestPages:
    def test_everybody_of_the_unit_sees_it_without_the_familys_matters_until_it_is_caught(self, client):
        handover = an_offer_to_a_unit()
        first, second = handover.to_unit.workers.all()
        for worker in (first, second):
            client.force_login(worker)
            home = client.get(reverse("home")).content.decode()
            assert "Koppi tarjolla yksikölle" in home and handover.from_worker.name in home
            page = client.get(reverse("handover_answer", args=[handover.pk])).content.decode()
            for member in handover.situation.family.members.all():
                assert member.first_name not in page and member.first_name not in home
            assert client.get(reverse("situation_detail", args=[handover.situation_id])).status_code == 404
        assert AccessLog.objects.filter(ground="koppia tarjotaan hänen yksikölleen").count() == 2
        response = client.post(reverse("handover_answer", args=[handover.pk]), {"answer": "accept"})
        assert response.url == reverse("situation_detail", args=[handover.situation_id])
        client.force_login(first)
        assert "Koppi tarjolla" not in client.get(reverse("home")).content.decode()
        page = client.get(reverse("handover_answer", args=[handover.pk])).content.decode()
        assert f"Kopin otti jo {second.name}" in page and "Ota koppi" not in page
        response = client.post(
            reverse("handover_answer", args=[handover.pk]), {"answer": "accept"}, follow=True
        )
        assert f"Kopin otti jo {second.name}" in response.content.decode()

    def test_nobody_elsewhere_sees_it(self, client):
        handover = an_offer_to_a_unit()
        for worker in (WorkerFactory(), handover.from_worker):
            client.force_login(worker)
            assert "Koppi tarjolla" not in client.get(reverse("home")).content.decode()
            assert client.get(reverse("handover_answer", args=[handover.pk])).status_code == 404

    def test_the_holder_offers_it_to_a_unit_and_takes_it_back(self, client):
        situation = with_conversation()
        unit = WorkerFactory().unit
        client.force_login(situation.holder)
        url = reverse("handover_offer", args=[situation.pk])
        assert f"?to=unit-{unit.pk}" in client.get(url, {"q": unit.name}).content.decode()
        page = client.get(url, {"to": f"unit-{unit.pk}"}).content.decode()
        assert unit.name in page and "Kopin saa se, joka siellä ottaa sen ensin" in page
        client.post(url, {"to": f"unit-{unit.pk}"})
        assert not Handover.objects.exists()
        client.post(url, {"to": f"unit-{unit.pk}", "family_told": "on"})
        handover = Handover.objects.get()
        assert (handover.to_unit, handover.to_worker) == (unit, None)
        page = client.get(situation.get_absolute_url()).content.decode()
        assert f"Koppia on tarjottu yksikölle: {unit.name}" in page
        client.post(reverse("handover_withdraw", args=[handover.pk]))
        page = client.get(situation.get_absolute_url()).content.decode()
        assert "Tarjous peruttiin" in page and "Koppi ei siirtynyt" in page

    def test_a_declined_offer_is_told_in_words(self, client):
        situation, receiver = with_conversation(), WorkerFactory()
        handover = handovers.offer(situation=situation, by=situation.holder, to=receiver)
        handovers.decline(handover=handover, by=receiver)
        client.force_login(situation.holder)
        page = client.get(situation.get_absolute_url()).content.decode()
        assert f"{receiver.name} ei ottanut koppia" in page

    @pytest.mark.parametrize("is_protected", [False, True])
    def test_the_familys_own_page_tells_it(self, client, is_protected):
        situation = with_conversation(a_situation(address_protected=is_protected))
        unit = WorkerFactory().unit
        handovers.offer(situation=situation, by=situation.holder, to=unit)
        token = situation.family.link.token
        comes_in(client, token)
        page = client.get(reverse("family_home", args=[token])).content.decode()
        assert "toisen työntekijän huolehtimaan asiastanne" in page
        assert (unit.name in page) is not is_protected


@pytest.mark.django_db
class TestLetters:
    def test_each_who_can_catch_it_is_told_and_nothing_of_the_family(self, post):
        handover = an_offer_to_a_unit(note="Äiti-Kaisa toivoo soittoa.")
        WorkerFactory(unit=handover.to_unit, coordinator=True)
        outbox.drain()
        told = set(post.recipients)
        able = {one.email for one in handover.to_unit.workers.all() if one.works_with_families}
        assert told == able and len(able) == 2
        for letter in post.letters:
            text = letter.get_body(("plain",)).get_content()
            assert "Yksiköllenne tarjotaan koppia" in text and handover.from_worker.name in text
            assert "Kaisa" not in text

    def test_the_units_own_address_is_told_alone(self, post):
        an_offer_to_a_unit(UnitFactory(email="ohjaus@demo.example"))
        outbox.drain()
        assert list(post.recipients) == ["ohjaus@demo.example"]

    def test_the_one_who_offered_is_told_who_took_it(self, post):
        handover = an_offer_to_a_unit()
        outbox.drain()
        handovers.accept(handover=handover, by=handover.to_unit.workers.first())
        outbox.drain()
        letter = post.letters[-1]
        text = letter.get_body(("plain",)).get_content()
        assert letter["To"] == handover.from_worker.email
        assert "Tarjoamasi koppi on otettu" in text and handover.to_unit.workers.first().name in text

    def test_whoever_was_slower_gets_no_letter_of_what_is_taken(self, post):
        handover = an_offer_to_a_unit()
        handovers.withdraw_offer(handover=handover, by=handover.from_worker)
        outbox.drain()
        assert post.raw == []
