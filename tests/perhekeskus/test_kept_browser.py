"""What is typed too late is not lost: a worker and a family in the real browser."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from network.models import ClosePerson, Thanks
from tests.door import code_in_message
from tests.factories import PASSWORD, WorkerFactory, a_situation
from tests.plugins.browser import PHONE, Visitor

pytestmark = pytest.mark.system

WORDS = "Kiitos avusta aamun kiireessä."


def test_a_worker_whose_session_ended_sends_it_again(chromium, live_server):
    writer, colleague = WorkerFactory(), WorkerFactory()
    visitor = Visitor(chromium, live_server.url).signs_in(writer.email, PASSWORD)
    visitor.goes_to(reverse("thanks_give", args=[colleague.pk])).fills("Mistä kiität", WORDS)
    Session.objects.all().delete()
    visitor.presses("Lähetä kiitos").sees("Kirjoittamasi on tallessa")
    visitor.page.get_by_label("Sähköposti").fill(writer.email)
    visitor.page.get_by_label("Salasana", exact=True).fill(PASSWORD)
    visitor.presses("Kirjaudu").sees("Kirjoittamasi on tallessa", WORDS)
    visitor.presses("Lähetä uudelleen")
    assert Thanks.objects.get().text == WORDS
    visitor.close()


def test_a_family_that_was_away_sends_it_again_on_a_telephone(chromium, live_server):
    situation = a_situation(email="koti@posti.example")
    token = situation.family.link.token
    visitor = Visitor(chromium, live_server.url, width=PHONE)

    def gives_code() -> None:
        visitor.presses("Pyytäkää koodi")
        visitor.page.locator("input[name=code]").fill(code_in_message())
        with visitor.page.expect_navigation():
            visitor.page.locator("input[name=code]").press("Enter")
        visitor.looks()

    visitor.goes_to(reverse("family_home", args=[token]))
    gives_code()
    visitor.goes_to(reverse("family_close_person_add", args=[token]))
    visitor.fills("Nimi", "Mummo Maija").fills("Kuka hän on teille", "mummo")
    Session.objects.all().delete()
    visitor.presses("Lisätkää läheinen").sees("Kirjoittamanne on tallessa").does_not_see("Maija")
    gives_code()
    visitor.sees("Kirjoittamanne on tallessa", "Mummo Maija").presses("Lähettäkää uudelleen")
    assert ClosePerson.objects.get(family=situation.family).name == "Mummo Maija"
    visitor.close()
