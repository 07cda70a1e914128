"""The koppi changes hands only when the receiver takes it, whatever happens at the same moment."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import handovers
from meetings.models import Handover, Situation
from meetings.states import HandoverStatus
from perhekeskus.models import AccessLog
from perhekeskus.refusals import Refused
from tests.factories import WorkerFactory, an_ended_situation, an_offered_handover, with_conversation
from tests.plugins.together import together


@pytest.mark.django_db
def test_an_offer_leaves_the_koppi_where_it_is():
    handover = an_offered_handover()
    assert Situation.objects.get().holder == handover.from_worker


@pytest.mark.django_db
def test_taking_it_is_taking_it_once():
    handover = an_offered_handover()
    for _press in range(2):
        handovers.accept(handover=handover, by=handover.to_worker)
    handover.refresh_from_db()
    assert Situation.objects.get().holder == handover.to_worker
    assert handover.status == HandoverStatus.ACCEPTED
    with pytest.raises(Refused, match="Koppi on nyt toisella"):
        handovers.offer(situation=handover.situation, by=handover.from_worker, to=WorkerFactory())


@pytest.mark.django_db
def test_saying_no_leaves_it():
    handover = an_offered_handover()
    for _press in range(2):
        handovers.decline(handover=handover, by=handover.to_worker)
    assert Situation.objects.get().holder == handover.from_worker
    with pytest.raises(Refused, match="on jo vastattu"):
        handovers.accept(handover=handover, by=handover.to_worker)


@pytest.mark.django_db
def test_an_offer_can_be_taken_back_before_it_is_answered():
    handover = an_offered_handover()
    handovers.withdraw_offer(handover=handover, by=handover.from_worker)
    with pytest.raises(Refused, match="Tarjous on peruttu"):
        handovers.accept(handover=handover, by=handover.to_worker)
    handovers.offer(situation=handover.situation, by=handover.from_worker, to=WorkerFactory())


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["giver", "other"])
@pytest.mark.parametrize("verb", [handovers.accept, handovers.decline])
def test_nobody_answers_for_another(who, verb):
    handover = an_offered_handover()
    worker = handover.from_worker if who == "giver" else WorkerFactory()
    with pytest.raises(Refused, match="tarjotaan toiselle"):
        verb(handover=handover, by=worker)
    assert Handover.objects.get().status == HandoverStatus.OFFERED


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["receiver", "other"])
def test_nobody_takes_back_anothers_offer(who):
    handover = an_offered_handover()
    worker = handover.to_worker if who == "receiver" else WorkerFactory()
    with pytest.raises(Refused, match="Koppi on nyt toisella"):
        handovers.withdraw_offer(handover=handover, by=worker)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ({"coordinator": True}, "ei työskentele perheiden kanssa"),
        ({"administrator": True}, "ei työskentele perheiden kanssa"),
        ({"is_active": False}, "ei työskentele perheiden kanssa"),
    ],
)
def test_the_koppi_is_offered_to_those_who_work_with_families(to, sentence):
    with pytest.raises(Refused, match=sentence):
        an_offered_handover(to=WorkerFactory(**to))


@pytest.mark.django_db
def test_not_to_oneself_and_not_of_what_has_ended():
    situation = with_conversation()
    with pytest.raises(Refused, match="Koppi on jo hänellä"):
        handovers.offer(situation=situation, by=situation.holder, to=situation.holder)
    ended = an_ended_situation()
    with pytest.raises(Refused, match="on päättynyt"):
        handovers.offer(situation=ended, by=ended.holder, to=WorkerFactory())


@pytest.mark.django_db(transaction=True)
def test_taking_and_taking_back_at_the_same_moment_leaves_exactly_one_of_them():
    for _round in range(15):
        handover = an_offered_handover()
        together(
            partial(handovers.accept, handover=handover, by=handover.to_worker),
            partial(handovers.withdraw_offer, handover=handover, by=handover.from_worker),
        )
        handover.refresh_from_db()
        holder = Situation.objects.get(pk=handover.situation_id).holder
        expected = {
            HandoverStatus.ACCEPTED: handover.to_worker,
            HandoverStatus.WITHDRAWN: handover.from_worker,
        }
        assert holder == expected[HandoverStatus(handover.status)]


@pytest.mark.django_db(transaction=True)
def test_two_offers_at_the_same_moment_are_one():
    for _round in range(10):
        situation = with_conversation()
        offer = partial(handovers.offer, situation=situation, by=situation.holder)
        refused = together(partial(offer, to=WorkerFactory()), partial(offer, to=WorkerFactory()))
        assert len(refused) == 1
        assert situation.handovers.filter(status=HandoverStatus.OFFERED).count() == 1


@pytest.mark.django_db
class TestToWhom:
    """The receiver is found by a few letters, and the page stays as light with ten thousand workers."""

    def test_the_page_finds_by_letters_and_shows_no_list_of_everybody(self, client):
        situation = with_conversation()
        colleague = WorkerFactory(unit=situation.holder.unit, first_name="Tuula")
        far = WorkerFactory(first_name="Kerttuliina", title="perheohjaaja")
        coordinator = WorkerFactory(first_name="Kerttuliina", coordinator=True)
        client.force_login(situation.holder)
        url = reverse("handover_offer", args=[situation.pk])
        page = client.get(url).content.decode()
        assert "<select" not in page and far.name not in page and "Omassa yksikössäsi" in page
        assert f"?to=worker-{colleague.pk}" in page and f"?to=unit-{colleague.unit_id}" in page
        page = client.get(url, {"q": "kerttul"}).content.decode()
        assert f"?to=worker-{far.pk}" in page and f"worker-{coordinator.pk}" not in page
        assert f"worker-{situation.holder_id}" not in page
        part = client.get(url, {"q": "kerttul"}, headers={"hx-request": "true"})
        assert f"?to=worker-{far.pk}" in part.content.decode() and "<html" not in part.content.decode()
        assert "1 osuma" in part.content.decode()

    def test_those_of_the_familys_own_municipality_come_first(self, client):
        situation = with_conversation()
        far = WorkerFactory(title="perheohjaaja", last_name="Aalto", unit__municipality__code="297")
        near = WorkerFactory(title="perheohjaaja", last_name="Öman")
        client.force_login(situation.holder)
        url = reverse("handover_offer", args=[situation.pk])
        page = client.get(url, {"q": "perheohjaaja"}).content.decode()
        assert page.index(f"worker-{near.pk}") < page.index(f"worker-{far.pk}")
        # Typed nearly right, and only in part.
        assert f"worker-{near.pk}" in client.get(url, {"q": "perheohjaja"}).content.decode()
        assert f"worker-{near.pk}" in client.get(url, {"q": "perheohjaaja xyzzy"}).content.decode()

    def test_typing_is_one_look_and_opening_again_is_another(self, client):
        situation = with_conversation()
        client.force_login(situation.holder)
        url = reverse("handover_offer", args=[situation.pk])
        looks = AccessLog.objects.filter(family_id=situation.family_id, what="Kopin siirtäminen")
        client.get(url)
        for text in ("k", "ke", "ker"):
            client.get(url, {"q": text}, headers={"hx-request": "true"})
        assert looks.count() == 1
        client.get(url, {"q": "ker"})
        assert looks.count() == 2

    def test_whom_nobody_can_offer_it_is_refused_in_words(self, client):
        situation = with_conversation()
        client.force_login(situation.holder)
        url = reverse("handover_offer", args=[situation.pk])
        page = client.get(url, {"to": f"worker-{situation.holder_id}"}, follow=True).content.decode()
        assert "Koppi on jo hänellä" in page
        for code in ("worker-999999", "team-1", "unit-x", ""):
            assert "Kenelle tarjoat koppia" in client.get(url, {"to": code}).content.decode()

    @pytest.mark.parametrize("text", ["", "perheohjaaja"])
    def test_in_the_same_number_of_queries(self, client, text):
        situation = with_conversation()
        client.force_login(situation.holder)
        url = reverse("handover_offer", args=[situation.pk])
        WorkerFactory(title="perheohjaaja", unit=situation.holder.unit)

        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                client.get(url, {"q": text})
            return len(asked)

        few = queries()
        for _number in range(12):
            WorkerFactory(title="perheohjaaja", unit=situation.holder.unit)
            WorkerFactory(title="perheohjaaja")
        assert queries() == few
