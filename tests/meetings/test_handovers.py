"""The koppi changes hands only when the receiver takes it, whatever happens at the same moment."""

from functools import partial

import pytest

from meetings.actions import handovers
from meetings.models import Handover, Situation
from meetings.states import HandoverStatus
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
