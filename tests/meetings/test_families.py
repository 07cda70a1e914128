"""The family's people, kept by the one with the koppi, and what both guardians are asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import convening, families
from meetings.models import Meeting, Situation
from network.actions import consents
from network.models import Consent, FamilyMember
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.refusals import Refused
from tests.door import FamilyClient
from tests.factories import (
    ClosePersonFactory,
    WorkerFactory,
    a_convened_meeting,
    a_decided_meeting,
    a_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def situation() -> Situation:
    return with_conversation()


def url(situation: Situation) -> str:
    return reverse("situation_family", args=[situation.pk])


def guardians(situation: Situation) -> list[FamilyMember]:
    return list(situation.family.members.filter(role="guardian"))


def teenager(situation: Situation) -> FamilyMember:
    """The child of the family, old enough to decide alone."""
    child = situation.family.members.get(role="child")
    child.birth_year -= 7
    child.save()
    return child


def ask_both(situation: Situation, *, mature=()) -> Situation:
    return families.set_givers(situation=situation, by=situation.holder, both_asked=True, mature=mature)


def test_the_holder_says_from_whom_a_permission_is_asked(client, situation):
    child = teenager(situation)
    client.force_login(situation.holder)
    assert "päättää itse" in client.get(url(situation)).content.decode()
    client.post(url(situation), {"asked": "both", "mature": [child.pk]})
    situation.family.refresh_from_db()
    child.refresh_from_db()
    assert situation.family.both_guardians_asked and child.is_mature
    page = client.get(situation.get_absolute_url()).content.decode()
    assert "kummaltakin huoltajalta" in page and "päättää itse: Aada" in page


def test_a_small_child_is_not_asked_about(client, situation):
    client.force_login(situation.holder)
    page = client.get(url(situation)).content.decode()
    assert "Kuka nuorista" not in page
    child = situation.family.members.get(role="child")
    client.post(url(situation), {"asked": "one", "mature": [child.pk]})
    child.refresh_from_db()
    assert not child.is_mature


def test_nor_past_the_form(situation):
    child = situation.family.members.get(role="child")
    with pytest.raises(Refused, match="alle 12-vuotias"):
        ask_both(situation, mature=[child.pk])
    situation.family.refresh_from_db()
    assert not situation.family.both_guardians_asked, "all or nothing"


def test_the_family_reads_each_change_on_its_own_page(client, situation):
    child = teenager(situation)
    client.force_login(situation.holder)
    assert "Perhe näkee omalla sivullaan" in client.get(url(situation)).content.decode()
    client.post(url(situation), {"asked": "both", "mature": [child.pk]})
    client.post(url(situation), {"asked": "one", "mature": [child.pk]})
    client.post(url(situation), {"asked": "one", "mature": [child.pk]})
    page = FamilyClient().get(reverse("family_permissions", args=[situation.family.link.token]))
    text = page.content.decode()
    who = situation.holder.name
    assert "Lupaan riittää teistä yksi huoltaja." in text and "Aada päättää itse omista luvistaan." in text
    assert text.count(f"{who} merkitsi") == 3, "what was saved unchanged is not told"
    assert text.index(f"{who} merkitsi, että luvat kysytään teiltä yhdeltä") < text.index(
        f"{who} merkitsi, että luvat kysytään teiltä kummaltakin"
    )


def test_both_are_asked_only_where_there_are_two(client, situation):
    client.force_login(situation.holder)
    client.post(url(situation), {"remove": guardians(situation)[1].pk})
    response = client.post(url(situation), {"asked": "both"})
    assert response.status_code == 422 and "vain yksi huoltaja" in response.content.decode()


def test_a_member_is_added_and_a_mistake_removed(client, situation):
    client.force_login(situation.holder)
    client.post(url(situation), {"role": "child", "first_name": "Oona", "birth_year": "2015"})
    oona = situation.family.members.get(first_name="Oona")
    client.post(url(situation), {"role": "guardian", "first_name": "Pekka", "birth_year": "1980"})
    assert situation.family.members.get(first_name="Pekka").birth_year is None
    client.post(url(situation), {"remove": oona.pk})
    assert not situation.family.members.filter(first_name="Oona").exists()
    for bad in ({"role": "child", "first_name": "Oona"}, {"role": "", "first_name": ""}, {"role": "x"}):
        assert client.post(url(situation), bad).status_code == 422


def test_removing_is_asked_on_a_page_of_its_own_and_a_second_press_is_harmless(client, situation):
    client.force_login(situation.holder)
    client.post(url(situation), {"role": "child", "first_name": "Oona", "birth_year": "2015"})
    oona = situation.family.members.get(first_name="Oona")
    page = client.get(url(situation)).content.decode()
    assert f'href="?poista={oona.pk}"' in page and 'name="remove"' not in page
    asked = client.get(f"{url(situation)}?poista={oona.pk}").content.decode()
    assert "Poistetaanko Oona perheestä?" in asked and situation.family.members.filter(pk=oona.pk).exists()
    for words in ("on poistettu: Oona", "on jo poistettu"):
        answer = client.post(url(situation), {"remove": oona.pk}, follow=True)
        assert answer.status_code == 200 and words in answer.content.decode()
    other = a_situation()
    theirs = other.family.members.first()
    assert client.get(f"{url(situation)}?poista={theirs.pk}").status_code == 404
    client.post(url(situation), {"remove": theirs.pk})
    assert other.family.members.filter(pk=theirs.pk).exists()


def test_a_guardian_who_is_added_comes_to_the_meeting_that_is_prepared():
    meeting = a_convened_meeting()
    families.add_member(
        situation=meeting.situation,
        by=meeting.convener,
        member=FamilyMember(role="guardian", first_name="Pekka"),
    )
    assert meeting.participations.filter(member__first_name="Pekka", decision="yes").exists()


def test_who_has_given_a_permission_stays_on_record():
    meeting = a_decided_meeting()
    giver = Consent.objects.filter(family=meeting.situation.family).first().given_by
    with pytest.raises(Refused, match="antanut lupia"):
        families.remove_member(situation=meeting.situation, by=meeting.convener, member=giver)
    assert Consent.objects.filter(given_by=giver).exists()


def test_the_last_child_and_the_second_of_both_stay(situation):
    ask_both(situation)
    for member in situation.family.members.all():
        with pytest.raises(Refused):
            families.remove_member(situation=situation, by=situation.holder, member=member)
    assert situation.family.members.count() == 3


@pytest.mark.parametrize("who", ["stranger", "invited"])
def test_nobody_else_changes_the_family(who):
    meeting = an_invited_meeting(people=1)
    by = WorkerFactory() if who == "stranger" else invited(meeting).worker
    person = ClosePersonFactory(family=meeting.situation.family)
    child = meeting.situation.family.members.get(role="child")
    for act in (
        lambda: families.set_givers(situation=meeting.situation, by=by, both_asked=True, mature=[]),
        lambda: families.add_member(
            situation=meeting.situation, by=by, member=FamilyMember(role="guardian", first_name="X")
        ),
        lambda: families.remove_member(situation=meeting.situation, by=by, member=child),
        lambda: families.change_close_person(situation=meeting.situation, by=by, person=person),
        lambda: families.remove_close_person(situation=meeting.situation, by=by, person=person),
    ):
        with pytest.raises(Refused, match="Koppi on"):
            act()


# --- both are asked ---------------------------------------------------------------------------------


def decided_by(meeting: Meeting, given_by: str) -> dict[str, str]:
    rows = {f"person_{one.pk}": "yes" for one in meeting.participations.filter(member=None)}
    rows |= {f"topic_{one.pk}": "yes" for one in meeting.topics.all()}
    return rows | {"version": str(meeting.version), "given_by": given_by, "method": "signed_paper"}


def test_the_worker_writes_down_both(client, situation):
    ask_both(situation)
    meeting = a_convened_meeting(situation=situation, people=1)
    mother, father = guardians(situation)
    client.force_login(meeting.convener)
    page_url = reverse("meeting_decide", args=[meeting.pk])
    page = client.get(page_url).content.decode()
    assert "Äiti-Kaisa ja Isä-Örjan yhdessä" in page and "kummaltakin huoltajalta" in page
    assert client.post(page_url, decided_by(meeting, str(mother.pk))).status_code == 422
    assert not Consent.objects.exists()
    assert client.post(page_url, decided_by(meeting, f"{mother.pk}-{father.pk}")).status_code == 302
    consent = Consent.objects.get()
    assert (consent.given_by, consent.given_with, consent.method) == (
        mother,
        father,
        ConsentMethod.SIGNED_PAPER,
    )


def test_both_confirm_on_the_familys_own_page(situation):
    child = teenager(situation)
    ask_both(situation, mature=[child.pk])
    meeting = a_convened_meeting(situation=situation, people=1, topics=1)
    convening.ask_family(meeting=meeting, by=meeting.convener)
    meeting.refresh_from_db()
    family = FamilyClient()
    decide = reverse("family_decide", args=[situation.family.link.token])
    family.post(decide, decided_by(meeting, ""))
    family.post(f"{decide}?vaihe=aiheet", decided_by(meeting, ""))
    check = f"{decide}?vaihe=tarkistus"
    page = family.get(check).content.decode()
    assert "Äiti-Kaisa ja Isä-Örjan yhdessä" in page and "Nuori päättää itse" in page
    mother, father = guardians(situation)
    alone = {"version": str(meeting.version), "given_by": str(mother.pk)}
    assert family.post(check, alone).status_code == 422
    assert family.post(check, alone | {"given_by": f"{mother.pk}-{father.pk}"}).status_code == 302
    assert Consent.objects.get().given_with == father


def test_a_mature_minor_decides_alone(client, situation):
    child = teenager(situation)
    ask_both(situation, mature=[child.pk])
    meeting = a_convened_meeting(situation=situation, people=1)
    client.force_login(meeting.convener)
    client.post(reverse("meeting_decide", args=[meeting.pk]), decided_by(meeting, str(child.pk)))
    assert Consent.objects.get().given_by == child
    families.set_givers(situation=situation, by=situation.holder, both_asked=True, mature=[])
    said = "Nuori päätti yksin, huoltajalta ei kysytty."
    assert said in client.get(reverse("situation_permissions", args=[situation.pk])).content.decode()
    page = FamilyClient().get(reverse("family_permissions", args=[situation.family.link.token]))
    assert "Aada antoi luvan yksin, huoltajalta ei kysytty." in page.content.decode()


def test_where_nobody_can_give_a_permission_it_is_said(client, situation):
    for one in guardians(situation):
        families.remove_member(situation=situation, by=situation.holder, member=one)
    meeting = a_convened_meeting(situation=situation, people=1)
    client.force_login(meeting.convener)
    page = client.get(reverse("meeting_decide", args=[meeting.pk]), follow=True).content.decode()
    assert "Merkitse ensin perheelle huoltaja" in page


# --- close people -----------------------------------------------------------------------------------


def test_who_has_a_permission_stays_among_the_close_people():
    situation = a_situation()
    mummo, naapuri = (ClosePersonFactory(family=situation.family) for _ in range(2))
    consents.give(
        family=situation.family,
        to=mummo,
        purpose=ConsentPurpose.INFORM,
        topics=[],
        method=ConsentMethod.PHONE,
        by=situation.holder,
    )
    with pytest.raises(Refused, match="saanut perheeltä luvan"):
        families.remove_close_person(situation=situation, by=situation.holder, person=mummo)
    families.remove_close_person(situation=situation, by=situation.holder, person=naapuri)
    assert list(situation.family.close_people.all()) == [mummo]


def test_who_is_only_proposed_goes_with_the_proposal():
    situation = with_conversation()
    mummo = ClosePersonFactory(family=situation.family)
    meeting = a_convened_meeting(situation=situation, people=[mummo])
    families.remove_close_person(situation=situation, by=situation.holder, person=mummo)
    assert not meeting.participations.filter(member=None).exists()


def test_the_page_asks_as_much_of_a_large_family(client, situation):
    client.force_login(situation.holder)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(url(situation))
        counts.append(len(queries))
        for name in ("Aino", "Eino", "Veera", "Lumi"):
            FamilyMember.objects.create(
                family=situation.family, role="child", first_name=name, birth_year=2018
            )
    assert counts[0] == counts[1]
