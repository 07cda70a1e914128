"""A day-care teacher offers the koppi to the guidance service: two see it, the quicker one catches it."""

import pytest

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"
TOWN = """
from django.utils import timezone
from meetings.actions import situations
from meetings.models import Conversation
from network.models import Family, FamilyMember, Municipality, Organisation, Unit, Worker
town = Municipality.objects.create(code="263", name_fi="Kiuruvesi", name_sv="Kiuruvesi",
    county_fi="Pohjois-Savo", county_sv="Norra Savolax", languages="fi")
county = Organisation.objects.create(name="Hyvinvointialue", sector="social_health", is_public_service=True)
day_care = Unit.objects.create(organisation=county, name="Kettulan päiväkoti", municipality=town)
guidance = Unit.objects.create(organisation=county, name="Ohjaus ja neuvonta", municipality=town)
people = {}
for email, first, unit in (
    ("kaisa", "Kaisa", day_care), ("sanna", "Sanna", guidance), ("olli", "Olli", guidance)):
    people[email] = Worker.objects.create_user(f"{email}@demo.example", "yhteinen-aika-demo",
        first_name=first, last_name="Peltonen", title="työntekijä", unit=unit)
situation = situations.raise_matter(by=people["kaisa"],
    family=Family(municipality=town, contact_channel="phone"), members=[
        FamilyMember(role="child", first_name="Aada", birth_year=timezone.localdate().year - 5),
        FamilyMember(role="guardian", first_name="Maija")])
situations.record_conversation(situation=situation, by=people["kaisa"],
    conversation=Conversation(held_on=timezone.localdate(), strengths="Leikki sujuu.", result="thinking"))
print(situation.pk)
"""


def test_the_quicker_one_of_the_unit_catches_it_and_the_other_is_told(town, visitor):
    number = int(town.python(TOWN))

    # given: the koppi is offered to the unit, which a few letters find
    giver = visitor().signs_in("kaisa@demo.example", PASSWORD)
    giver.goes_to(f"/tilanteet/{number}/").presses("Siirrä koppi toiselle")
    giver.page.get_by_label("Kenelle tarjoat koppia").press_sequentially("neuvon")
    giver.presses("Ohjaus ja neuvonta").sees("Kopin saa se, joka siellä ottaa sen ensin")
    giver.chooses("Perhe tietää, kenelle koppia tarjotaan, ja se sopii perheelle")
    giver.presses("Tarjoa koppia").sees("Koppia on tarjottu yksikölle: Ohjaus ja neuvonta")

    # when: two of the unit open it, and see nothing of the family
    quick, slow = visitor(), visitor()
    for one, email in ((quick, "sanna"), (slow, "olli")):
        one.signs_in(f"{email}@demo.example", PASSWORD)
        one.goes_to("/").sees("Koppi tarjolla yksikölle", "Kaisa Peltonen", f"Tilanne {number}")
        one.presses("Katso ja ota koppi").sees("Kopin saa se, joka ottaa sen ensin")
        assert "Aada" not in one.page.content() and "Maija" not in one.page.content()
    # then: the first gets it and reads the family's matters, the second is told who did
    quick.presses("Ota koppi").sees("Koppi on nyt sinulla", "Aada", "Koppi siirtyi")
    slow.presses("Ota koppi").sees("Kopin otti jo Sanna Peltonen")
    assert "Koppi tarjolla" not in slow.page.content()
    giver.goes_to("/")
    assert f"Tilanne {number}" not in giver.page.content()
    [(holder,)] = town.sql(
        "SELECT first_name FROM meetings_situation JOIN network_worker worker ON worker.id = holder_id"
    )
    assert holder == "Sanna"
