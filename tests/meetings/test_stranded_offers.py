"""An offered koppi comes back to its giver when nobody is left to take it."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from meetings.actions import handovers
from meetings.handover_letters import HANDOVER_RETURNED
from meetings.models import Handover
from meetings.states import HandoverStatus
from meetings.tasks import return_stranded_offers
from network.models import Worker
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.factories import UnitFactory, WorkerFactory, an_offered_handover, with_conversation

pytestmark = pytest.mark.django_db


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def told() -> list[str]:
    return sorted(Message.objects.filter(kind=HANDOVER_RETURNED).values_list("recipient", flat=True))


@pytest.mark.parametrize("change", ["is_active = false", "is_coordinator = true", "is_administrator = true"])
def test_in_the_statement_in_which_its_receiver_leaves(change):
    offer, other = an_offered_handover(), an_offered_handover()
    sql(f"UPDATE network_worker SET {change} WHERE id = %s", offer.to_worker_id)
    offer.refresh_from_db()
    other.refresh_from_db()
    assert (offer.status, other.status) == (HandoverStatus.RETURNED, HandoverStatus.OFFERED)
    assert offer.answered_at is not None
    offer.situation.refresh_from_db()
    assert offer.situation.holder == offer.from_worker
    for _run in range(2):
        return_stranded_offers()
    assert told() == [offer.from_worker.email]
    handovers.offer(situation=offer.situation, by=offer.from_worker, to=WorkerFactory())


def test_of_a_unit_when_its_last_one_leaves():
    situation, unit = with_conversation(), UnitFactory()
    first, last = WorkerFactory(unit=unit), WorkerFactory(unit=unit)
    offer = handovers.offer(situation=situation, by=situation.holder, to=unit)
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", first.pk)
    assert Handover.objects.get().status == HandoverStatus.OFFERED
    sql("UPDATE network_worker SET unit_id = %s WHERE id = %s", UnitFactory().pk, last.pk)
    assert Handover.objects.get().status == HandoverStatus.RETURNED
    with pytest.raises(Refused, match="Koppia tarjotaan toiselle"):
        handovers.accept(handover=offer, by=Worker.objects.get(pk=last.pk))


def test_one_that_was_locked_at_that_moment_is_found_afterwards():
    offer = an_offered_handover()
    # As if somebody had been answering it just then: the trigger passes over what is locked.
    sql("SET LOCAL session_replication_role = replica")
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", offer.to_worker_id)
    sql("SET LOCAL session_replication_role = origin")
    assert Handover.objects.get().status == HandoverStatus.OFFERED
    return_stranded_offers()
    assert Handover.objects.get().status == HandoverStatus.RETURNED and told() == [offer.from_worker.email]


def test_the_letter_and_the_pages_tell_it_without_the_family(client, post):
    offer = an_offered_handover()
    names = [one.first_name for one in offer.situation.family.members.all()]
    outbox.drain()
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", offer.to_worker_id)
    return_stranded_offers()
    outbox.drain()
    letter = post.letters[-1]
    text = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == "Tarjoamasi koppi palasi sinulle" and "Koppi on yhä sinulla" in text
    assert not any(name in text for name in names) and reverse("home") in text
    client.force_login(offer.from_worker)
    page = client.get(offer.situation.get_absolute_url()).content.decode()
    assert "ei voi enää ottaa koppia" in page and "Tarjous palasi tarjoajalle" in page
