"""Each page with three rows and with thirty: the same number of queries."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import contacts, services
from meetings.actions.kinds import change_kind
from meetings.models import AgendaItem, Booking, CallDraft, Errand, Kind, Participation, ServiceInvolved
from meetings.states import Attendance, Decision
from network.actions import consents
from network.models import Worker
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.models import AccessLog
from tests.door import FamilyClient
from tests.factories import (
    ChildFactory,
    ClosePersonFactory,
    MunicipalityFactory,
    RoomFactory,
    WorkerFactory,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    an_offered_handover,
    next_weekday,
    with_conversation,
)
from tests.factories.children import a_child_view, a_drawing
from tests.factories.contacts import a_contact, a_guidance_service, a_guide, a_picked_up_contact
from tests.meetings.test_kinds import card_of, lines_of

pytestmark = pytest.mark.django_db

# A page: who looks, its address, and what adds so many rows to it.
Page = tuple[Client, str, Callable[[Iterable[int]], object]]


def signed_in(worker: Worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def each(add: Callable[[int], object]) -> Callable[[Iterable[int]], object]:
    return lambda numbers: [add(number) for number in numbers]


# --- a family's contacts -----------------------------------------------------------------------------


def home_of_the_guidance() -> Page:
    guide = a_guide()

    def add(_number: int) -> None:
        a_contact(unit=guide.unit)
        CallDraft.objects.create(writer=guide, words="Äiti soittaa.")

    return signed_in(guide), reverse("home"), each(add)


def list_of_contacts() -> Page:
    guide, colleague = (a_guide(unit) for unit in [a_guidance_service()] * 2)

    def add(number: int) -> None:
        a_picked_up_contact(by=colleague if number % 2 else guide)
        CallDraft.objects.create(writer=guide, words="Äiti soittaa.")

    return signed_in(guide), reverse("incoming_list"), each(add)


def a_contact_with_messages() -> Page:
    guide = a_guide()
    contact = a_picked_up_contact(by=guide)

    def add(number: int) -> None:
        if number % 2:
            contacts.add_message(contact=contact, text=f"Viesti {number}", form_key=uuid.uuid4())
        else:
            contacts.answer(contact=contact, by=guide, text=f"Vastaus {number}", form_key=uuid.uuid4())

    return signed_in(guide), contact.get_absolute_url(), each(add)


def the_familys_own_contact() -> Page:
    client, _url, add = a_contact_with_messages()
    contact = contacts.Contact.objects.get()
    family = Client()
    family.post(reverse("reach_us_follow"), {"code": contact.code})
    return family, reverse("reach_us_own"), add


def where_a_family_can_write() -> Page:
    return (
        Client(),
        reverse("reach_us"),
        each(lambda n: a_guidance_service(MunicipalityFactory(code=f"7{n:02}", name_fi=f"Kunta {n}"))),
    )


# --- a situation and its family's pages --------------------------------------------------------------


def of_situation(name: str, add: Callable, *, is_family: bool = False) -> Page:
    situation = with_conversation()
    if is_family:
        url = reverse(name, args=[situation.family.link.token])
        return FamilyClient(), url, each(lambda number: add(situation, number))
    url = reverse(name, args=[situation.pk])
    return signed_in(situation.holder), url, each(lambda number: add(situation, number))


def a_look(situation, number: int) -> None:
    AccessLog.objects.create(
        worker=situation.holder,
        who=f"Katsoja {number}",
        organisation="Päiväkoti",
        family_id=situation.family_id,
        what="Perheen tilanne",
        ground="koppi on hänellä",
    )


def a_service(situation, number: int) -> None:
    service = ServiceInvolved(name=f"Palvelu {number}", since="syksystä")
    services.add(situation=situation, by=situation.holder, service=service, tell=number % 2 > 0)


def a_close_person(situation, number: int) -> None:
    ClosePersonFactory(family=situation.family, name=f"Läheinen {number}")


def a_childs_view(situation, number: int) -> None:
    child = ChildFactory(family=situation.family, first_name=f"Lapsi {number}")
    a_child_view(situation=situation, child=child, drawing=a_drawing(size=(60, 60)))


def a_permission(situation, number: int) -> None:
    consents.give(
        family=situation.family,
        to=WorkerFactory(),
        purpose=ConsentPurpose.INFORM,
        topics=["Aamut"],
        method=ConsentMethod.PHONE,
        by=situation.holder,
    )


def a_corrected_talk() -> Page:
    situation = with_conversation()
    talk = situation.conversations.get()

    def correct(number: int) -> None:
        talk.tried = f"Kokeiltiin {number} iltana."
        talk.save()

    url = reverse("conversation_detail", args=[situation.pk, talk.pk])
    return signed_in(situation.holder), url, each(correct)


# --- a meeting ---------------------------------------------------------------------------------------


def of_meeting(name: str, make: Callable, add: Callable) -> Page:
    meeting = make()
    client = signed_in(meeting.convener)
    return client, reverse(name, args=[meeting.pk]), each(lambda number: add(meeting, number))


def an_errand(meeting, number: int) -> None:
    Errand.objects.create(meeting=meeting, title=f"Asia {number}", worker=meeting.convener)


def an_agenda_item(meeting, number: int) -> None:
    AgendaItem.objects.create(meeting=meeting, position=50 + number, title=f"Kohta {number}", minutes=5)


def who_was_missing() -> Page:
    with time_machine.travel(timezone.now() - timedelta(days=12)):
        meeting = an_invited_meeting(people=1, period=next_weekday(days=7))
    meeting = a_held_meeting(meeting=meeting)

    def add(number: int) -> None:
        Participation.objects.create(
            meeting=meeting,
            worker=WorkerFactory(),
            attendance=Attendance.ABSENT,
            decision=Decision.UNDECIDED,
        )

    return signed_in(meeting.convener), reverse("meeting_missing", args=[meeting.pk]), each(add)


# --- the rest ----------------------------------------------------------------------------------------


def kinds_of_meeting() -> Page:
    boss = WorkerFactory(coordinator=True)
    model = Kind.objects.get(code="lp")

    def add(number: int) -> None:
        model.pk, model.code, model.name = None, f"laji-{number}", f"Laji {number}"
        model._state.adding = True
        model.save()

    return signed_in(boss), reverse("kind_list"), each(add)


def history_of_a_kind() -> Page:
    boss, kind = WorkerFactory(coordinator=True), Kind.objects.get(code="lp")

    def change(number: int) -> None:
        card = card_of(kind, minutes=60 + number)
        version = Kind.objects.get(code="lp").version
        change_kind(kind=kind, by=boss, card=card, agenda=lines_of(kind), seen_version=version)

    return signed_in(boss), reverse("kind_history", args=["lp"]), each(change)


def times_of_a_room() -> Page:
    room = RoomFactory()

    def take(number: int) -> None:
        Booking.objects.create(room=room, period=next_weekday(days=3 * number + 2))

    keeper = WorkerFactory(coordinator=True, unit=room.unit)
    return signed_in(keeper), reverse("room_detail", args=[room.pk]), each(take)


def offers_of_the_koppi() -> Page:
    worker = WorkerFactory()
    giver = WorkerFactory()

    def add(number: int) -> None:
        an_offered_handover(
            situation=with_conversation(a_situation(by=giver)), to=worker.unit if number % 2 else worker
        )

    return signed_in(worker), reverse("home"), each(add)


PAGES: dict[str, Callable[[], Page]] = {
    "home of the guidance": home_of_the_guidance,
    "home with offers": offers_of_the_koppi,
    "incoming_list": list_of_contacts,
    "incoming_detail": a_contact_with_messages,
    "reach_us_own": the_familys_own_contact,
    "reach_us": where_a_family_can_write,
    "situation_looks": lambda: of_situation("situation_looks", a_look),
    "family_looks": lambda: of_situation("family_looks", a_look, is_family=True),
    "situation_services": lambda: of_situation("situation_services", a_service),
    "family_services": lambda: of_situation("family_services", a_service, is_family=True),
    "situation_close_people": lambda: of_situation("situation_close_people", a_close_person),
    "situation_detail": lambda: of_situation("situation_detail", a_close_person),
    "situation_network": lambda: of_situation("situation_network", a_close_person),
    "family_network": lambda: of_situation("family_network", a_close_person, is_family=True),
    "family_child_views": lambda: of_situation("family_child_views", a_childs_view, is_family=True),
    "family_home": lambda: of_situation("family_home", a_look, is_family=True),
    "meeting_prepare": lambda: of_meeting("meeting_prepare", an_invited_meeting, an_errand),
    "meeting_agenda": lambda: of_meeting("meeting_agenda", an_invited_meeting, an_agenda_item),
    "kind_list": kinds_of_meeting,
    "kind_history": history_of_a_kind,
    "room_detail": times_of_a_room,
    "conversation_detail": a_corrected_talk,
    "family_permissions": lambda: of_situation("family_permissions", a_permission, is_family=True),
    "meeting_missing": who_was_missing,
}


@pytest.mark.parametrize("name", PAGES)
def test_three_rows_and_thirty_cost_the_same(name):
    client, url, add = PAGES[name]()
    add(range(3))
    asked(client, url)
    few = asked(client, url)
    add(range(3, 30))
    many = asked(client, url)
    assert len(many) == len(few), "\n".join(sql for sql in many if sql not in few)


def asked(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    return [query["sql"] for query in queries.captured_queries]
