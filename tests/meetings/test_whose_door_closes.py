"""Doors that have to close by themselves: after a "no", a handover, an ending, and when time has passed."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from meetings.actions import convening, handovers, permissions, situations
from meetings.models import Booking, Handover, Situation
from meetings.states import Ending, HandoverStatus
from network.models import ClosePerson, Consent, Family
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.factories.directory import WorkerFactory
from tests.factories.families import ChildFactory, FamilyFactory
from tests.factories.plans import an_agreed_plan
from tests.factories.threads import (
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    an_offered_handover,
    invited,
    next_weekday,
    with_conversation,
)

pytestmark = pytest.mark.django_db


def sees(worker, thing):
    return type(thing).objects.visible_to(worker).filter(pk=thing.pk).exists()


def test_a_no_to_the_next_meeting_closes_the_door_of_the_earlier_one(client):
    first = a_held_meeting(people=1, period=next_weekday(days=1))
    guest = invited(first).worker
    assert sees(guest, first.situation)
    an_agreed_plan(meeting=first, responsible=first.convener)
    second = a_convened_meeting(situation=first.situation, people=[guest], topics=["Uusi aihe"])
    a_decided_meeting(meeting=second, no_to=list(second.participations.filter(worker=guest)))
    assert not sees(guest, first.situation)
    assert not Consent.objects.in_force().filter(worker=guest, purpose="invite").exists()
    client.force_login(guest)
    assert client.get(reverse("situation_detail", args=[first.situation_id])).status_code == 404


def test_an_invitation_to_one_meeting_shows_nothing_of_the_next(client):
    first = a_held_meeting(people=1, period=next_weekday(days=1))
    guest = invited(first).worker
    newcomer = WorkerFactory()
    an_agreed_plan(meeting=first, responsible=first.convener)
    a_convened_meeting(situation=first.situation, people=[newcomer], topics=["Aivan muu aihe"])
    client.force_login(guest)
    page = client.get(reverse("situation_detail", args=[first.situation_id])).content.decode()
    assert "Aivan muu aihe" not in page
    assert newcomer.name not in page


def test_a_topic_outside_ones_own_permission_is_not_shown(client):
    meeting = an_invited_meeting(people=1)
    convening.add_by_family(meeting=meeting, topic="Perheen oma uusi aihe")
    client.force_login(invited(meeting).worker)
    for name, pk in (("situation_detail", meeting.situation_id), ("meeting_detail", meeting.pk)):
        assert "Perheen oma uusi aihe" not in client.get(reverse(name, args=[pk])).content.decode()


def test_those_who_were_there_see_it_for_a_while_and_then_no_more(settings):
    meeting = a_held_meeting(people=1, period=next_weekday(days=1))
    guest = invited(meeting).worker
    ends = meeting.period.upper
    with time_machine.travel(ends + timedelta(days=settings.AFTERWARDS_DAYS - 1), tick=False):
        assert sees(guest, meeting) and sees(guest, meeting.situation)
    with time_machine.travel(ends + timedelta(days=settings.AFTERWARDS_DAYS + 1), tick=False):
        assert not sees(guest, meeting) and not sees(guest, meeting.situation)


def test_when_the_situation_has_ended_the_invited_learn_nothing_of_how(client):
    meeting = a_held_meeting(people=1, period=next_weekday(days=1))
    guest = invited(meeting).worker
    situations.end(situation=meeting.situation, by=meeting.convener, ending=Ending.MOVED)
    client.force_login(guest)
    assert client.get(reverse("situation_detail", args=[meeting.situation_id])).status_code == 404
    assert "muutti" not in client.get(reverse("situation_list") + "?nayta=paattyneet").content.decode()


def test_the_invited_read_no_stage_and_no_next_step(client):
    meeting = an_invited_meeting(people=1)
    client.force_login(invited(meeting).worker)
    for url in (reverse("situation_list"), reverse("situation_detail", args=[meeting.situation_id])):
        page = client.get(url).content.decode()
        assert "Kutsut on lähetetty" not in page
        assert "Puheeksiotto" not in page


def handed_over(situation):
    offer = an_offered_handover(situation=situation)
    handovers.accept(handover=offer, by=offer.to_worker)
    return offer.from_worker, offer.to_worker


def test_who_gave_the_koppi_away_sees_and_cancels_nothing_any_more():
    meeting = an_invited_meeting(people=1)
    former, holder = handed_over(meeting.situation)
    meeting.refresh_from_db()
    assert meeting.convener == meeting.chair == meeting.recorder == holder
    assert not sees(former, meeting) and not sees(former, meeting.situation)
    with pytest.raises(Refused):
        convening.cancel(meeting=meeting, by=former)
    assert not Booking.objects.filter(meeting=meeting, worker=former).exists()
    assert Booking.objects.filter(meeting=meeting, worker=holder).exists()


def test_whose_calendar_is_full_can_still_take_the_koppi():
    meeting = an_invited_meeting(people=1)
    offer = an_offered_handover(situation=meeting.situation)
    other = Booking.objects.create(worker=offer.to_worker, period=meeting.period)
    handovers.accept(handover=offer, by=offer.to_worker)
    assert Booking.objects.get(worker=offer.to_worker) == other


def test_a_held_meetings_convener_who_gave_the_koppi_away_is_out_in_time(settings):
    meeting = a_held_meeting(people=1, period=next_weekday(days=1))
    former, _holder = handed_over(meeting.situation)
    with time_machine.travel(meeting.period.upper + timedelta(days=settings.AFTERWARDS_DAYS + 1), tick=False):
        assert not sees(former, meeting.situation)


def test_an_offer_lapses_when_the_situation_ends():
    offer = an_offered_handover()
    situations.end(situation=offer.situation, by=offer.from_worker, ending=Ending.DECLINED)
    offer.refresh_from_db()
    assert offer.status == HandoverStatus.WITHDRAWN
    with pytest.raises(Refused):
        handovers.accept(handover=offer, by=offer.to_worker)
    assert not sees(offer.to_worker, offer.situation)


def test_an_offer_left_open_by_other_means_opens_no_ended_situation():
    offer = an_offered_handover()
    situations.end(situation=offer.situation, by=offer.from_worker, ending=Ending.DECLINED)
    again = Handover.objects.create(
        situation=offer.situation, from_worker=offer.from_worker, to_worker=offer.to_worker, family_told=True
    )
    with pytest.raises(Refused, match="päättynyt"):
        handovers.accept(handover=again, by=offer.to_worker)
    handovers.withdraw_offer(handover=again, by=offer.from_worker)
    again.refresh_from_db()
    assert again.status == HandoverStatus.WITHDRAWN


def test_who_may_not_come_neither_chairs_nor_records():
    meeting = a_booked_meeting(people=1)
    guest = invited(meeting).worker
    convening.send_invitations(meeting=meeting, by=meeting.convener, chair=guest, recorder=guest)
    permissions.withdraw(consent=invited(meeting).consent)
    meeting.refresh_from_db()
    assert meeting.chair == meeting.recorder == meeting.convener


def test_a_protected_familys_place_is_not_written_on_the_invitation():
    situation = with_conversation(a_situation(address_protected=True))
    meeting = an_invited_meeting(situation=situation, people=1)
    assert invited(meeting).invitation.place == ""


def test_the_same_close_person_twice_is_one():
    meeting = a_convened_meeting()
    for _press in range(2):
        convening.add_by_family(meeting=meeting, person=ClosePerson(name="Mummo Maija", relation="mummo"))
    assert ClosePerson.objects.count() == 1


def test_asking_the_family_twice_in_a_moment_sends_one_letter():
    meeting = a_convened_meeting()
    for _press in range(3):
        convening.ask_family(meeting=meeting, by=meeting.convener)
    assert Message.objects.filter(kind="family_decide_link").count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        convening.ask_family(meeting=meeting, by=meeting.convener)
    assert Message.objects.filter(kind="family_decide_link").count() == 2


def test_another_family_on_the_same_page_is_another_situation():
    key, worker = uuid.uuid4(), WorkerFactory()

    def raised(name):
        family = FamilyFactory.build(municipality=worker.unit.municipality)
        child = ChildFactory.build(family=None, first_name=name)
        return situations.raise_matter(by=worker, family=family, members=[child], form_key=key)

    assert raised("Aino") == raised("Aino")
    assert raised("Eino") != Situation.objects.earliest("pk")
    assert Family.objects.count() == 2
    other = WorkerFactory()
    family = FamilyFactory.build(municipality=worker.unit.municipality)
    situations.raise_matter(by=other, family=family, members=[ChildFactory.build(family=None)], form_key=key)
    assert Situation.objects.count() == 3


def test_a_changed_link_closes_the_old_one_and_opens_the_new(client, family_client):
    situation = with_conversation()
    old = situation.family.link.token
    client.force_login(situation.holder)
    url = reverse("situation_link_renew", args=[situation.pk])
    client.get(url)
    assert family_client.get(reverse("family_home", args=[old])).status_code == 200
    client.force_login(situation.holder)
    client.post(url)
    situation.family.refresh_from_db()
    assert family_client.get(reverse("family_home", args=[old])).status_code == 404
    assert family_client.get(reverse("family_home", args=[situation.family.link.token])).status_code == 200
