"""The promised contacts on the responsible worker's home page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.waiting import waiting_for
from network.models import Worker
from plans.models import NextContact

from .conftest import in_days

pytestmark = pytest.mark.django_db


def contacts_of(worker: Worker) -> list[str]:
    return [row.action_url for row in waiting_for(worker) if row.is_promise]


@pytest.mark.parametrize(("days", "waits"), [(-3, True), (0, True), (7, True), (8, False)])
def test_near_and_late_contacts_wait(contact: NextContact, nurse: Worker, days: int, waits: bool) -> None:
    NextContact.objects.filter(pk=contact.pk).update(on=in_days(days))
    assert contacts_of(nurse) == ([reverse("contact_record", args=[contact.pk])] if waits else [])
    assert contacts_of(contact.plan.situation.holder) == []


def test_home_says_how_late_a_contact_is(contact: NextContact, nurse: Worker) -> None:
    NextContact.objects.filter(pk=contact.pk).update(on=in_days(-1))
    client = Client()
    client.force_login(nurse)
    page = client.get(reverse("home")).content.decode()
    assert "Soita perheelle: sovittu yhteydenotto" in page
    assert "1 päivä myöhässä" in page


def test_nothing_waits_when_it_is_done(contact: NextContact, nurse: Worker) -> None:
    NextContact.objects.filter(pk=contact.pk).update(on=in_days(0), done_at=timezone.now(), done_by=nurse)
    NextContact.objects.create(plan=contact.plan, on=in_days(60))
    assert contacts_of(nurse) == []
