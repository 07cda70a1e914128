"""A professional without an account answers from the link on a telephone, and the calendar once more."""

from email.message import EmailMessage

import pytest

from tests.plugins.browser import PHONE

from .test_main_job import calendar_of, letters_to, link_in, waits_for

pytestmark = pytest.mark.system

OUTSIDE = "olli@jarjesto.example"
FAMILY_WORDS = ["Äiti-Kaisa", "Isä-Örjan", "Aada", "Salainen aihe"]

GIVEN = """
from tests.factories import *

person = OutsideProfessionalFactory(name="Olli Outonen", email="olli@jarjesto.example")
worker = WorkerFactory(email="kutsuja@demo.example", first_name="Kaisa", last_name="Kutsuja")
meeting = a_convened_meeting(situation=with_conversation(a_situation(by=worker)), people=[person],
    topics=["Salainen aihe"])
an_invited_meeting(meeting=a_booked_meeting(meeting=a_decided_meeting(meeting=meeting)))
worker.set_password("yhteinen-aika-demo")
worker.save()
print(meeting.pk)
"""

WITHDRAWN = """
from meetings.actions import permissions
from network.models import Consent

permissions.withdraw(consent=Consent.objects.get(outside_professional__isnull=False), by=None)
"""


def status(town) -> str:
    return town.sql("SELECT status FROM network_invitation")[0][0]


def test_somebody_from_outside_answers_by_the_link(town, visitor):
    # given: the invitation has come, and says nothing of the family
    meeting = town.python(GIVEN)
    (letter,) = waits_for(lambda: letters_to(town, OUTSIDE, "kutsu"))
    assert isinstance(letter, EmailMessage)
    calendar, event = calendar_of(letter)
    assert str(calendar["METHOD"]) == "REQUEST" and OUTSIDE in str(event["ATTENDEE"])
    assert not [word for word in FAMILY_WORDS if word in letter.as_string()]

    # when: the link is opened on a telephone
    olli = visitor(PHONE).goes_to(link_in(letter, "kutsu"))
    olli.sees("Sinut on kutsuttu yhteiseen aikaan", "Vastaa viimeistään", "Kaisa Kutsuja")
    olli.does_not_see(*FAMILY_WORDS)
    assert status(town) == "pending"

    # then: one press answers, another changes the answer, and another person can be suggested
    olli.presses("En pääse").sees("Vastasit, ettet pääse", "Kysykää mieluummin")
    olli.fills("Ketä kannattaisi kysyä", "Seurakunnan perhetyö").presses("Lähetä ehdotus")
    olli.sees("Ehdotit: Seurakunnan perhetyö")
    kaisa = visitor().signs_in("kutsuja@demo.example", "yhteinen-aika-demo")
    kaisa.goes_to(f"/yhteiset-ajat/{meeting}/").sees("Olli Outonen", "Seurakunnan perhetyö")
    olli.presses("Tulen").sees("Hienoa, että tulet")
    assert status(town) == "accepted"
    kaisa.goes_to(f"/yhteiset-ajat/{meeting}/").sees("tulossa")

    # and: once the family takes its permission back, the page is calm and tells nothing
    town.python(WITHDRAWN)
    olli.goes_to(link_in(letter, "kutsu")).sees("Kutsu on peruttu")
    olli.does_not_see(*FAMILY_WORDS, "Kaisa Kutsuja", "Pihlaja")
    assert waits_for(lambda: letters_to(town, OUTSIDE, "peruttu"))
