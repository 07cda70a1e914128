"""A booked meeting moves to another time: the family first, then everybody once, all bookings or none."""

from datetime import timedelta

import pytest
import time_machine
import vobject
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from meetings.actions import booking, convening, permissions, rescheduling
from meetings.actions.answers import answer
from meetings.actions.booking import Taken
from meetings.models import Booking, Meeting, TimeChange
from network.states import ConsentMethod, InvitationStatus
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.door import FamilyClient
from tests.factories import (
    ClosePersonFactory,
    OutsideProfessionalFactory,
    RoomFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_decided_meeting,
    a_situation,
    an_invited_meeting,
    invited,
    next_weekday,
    with_conversation,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

LATER = {"days": 10, "hour": 12, "minute": 0}


def proposed(meeting: Meeting, **changes) -> TimeChange:
    facts = {
        "meeting": meeting,
        "by": meeting.convener,
        "period": next_weekday(**LATER),
        "room": meeting.room,
    }
    return rescheduling.propose(**{**facts, **changes})


def moved(meeting: Meeting, **changes) -> Meeting:
    facts = {
        "meeting": meeting,
        "by": meeting.convener,
        "period": next_weekday(**LATER),
        "room": meeting.room,
        "method": ConsentMethod.PHONE,
    }
    return rescheduling.move(**{**facts, **changes})


def page(meeting: Meeting, name: str = "family_reschedule") -> str:
    return reverse(name, args=[meeting.situation.family.link.token])


def an_invited(**changes) -> Meeting:
    return an_invited_meeting(
        situation=with_conversation(a_situation(email="perhe@demo.example")), people=2, **changes
    )


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


# --- the family first -------------------------------------------------------------------------------


def test_the_old_time_stays_until_the_family_says_yes_on_its_page():
    meeting = an_invited()
    before, change = meeting.period, proposed(meeting)
    meeting.refresh_from_db()
    assert meeting.period == before and set(meeting.bookings.values_list("period", flat=True)) == {before}
    family = FamilyClient()
    assert "Sopiiko teille toinen aika?" in family.get(page(meeting, "family_home")).content.decode()
    shown = family.get(page(meeting)).content.decode()
    assert "klo 12.00–13.30" in shown and "klo 9.30–11.00" in shown
    family.head(page(meeting))
    meeting.refresh_from_db()
    assert meeting.period == before, "looking changes nothing"
    told = family.post(page(meeting), {"answer": "yes"}, follow=True).content.decode()
    assert "Aika on siirretty" in told
    meeting.refresh_from_db()
    change.refresh_from_db()
    assert meeting.period == change.period and meeting.sequence == 1
    assert (change.answer, change.method, change.recorded_by) == ("yes", "own_link", None)
    assert set(meeting.bookings.values_list("period", flat=True)) == {change.period}
    assert meeting.bookings.count() == 4


def test_a_no_leaves_everything_as_it_was_and_its_words_reach_the_convener_alone(client):
    meeting = an_invited()
    before = meeting.period
    proposed(meeting)
    said = {"answer": "no", "word": "Torstaisin <i>emme</i> pääse"}
    told = FamilyClient().post(page(meeting), said, follow=True).content.decode()
    assert "Sovittu aika on voimassa" in told
    meeting.refresh_from_db()
    assert (meeting.period, meeting.sequence, meeting.bookings.count()) == (before, 0, 4)
    url = reverse("meeting_detail", args=[meeting.pk])
    client.force_login(meeting.convener)
    assert "Perhe toivoo: Torstaisin &lt;i&gt;emme" in client.get(url).content.decode()
    client.force_login(invited(meeting).worker)
    assert "Torstaisin" not in client.get(url).content.decode()


def test_what_the_family_says_by_word_is_written_down_with_who_wrote_it(client):
    meeting = an_invited()
    change = proposed(meeting)
    client.force_login(meeting.convener)
    url = reverse("meeting_reschedule_answer", args=[meeting.pk])
    assert client.post(url, {"answer": "yes"}).status_code == 422, "how it was said is asked"
    client.post(url, {"answer": "yes", "method": "phone"})
    change.refresh_from_db()
    meeting.refresh_from_db()
    assert (change.answer, change.method, change.recorded_by) == ("yes", "phone", meeting.convener)
    assert meeting.period == change.period


def test_it_can_be_taken_back_and_then_the_family_answers_no_more(client):
    meeting = an_invited()
    change = proposed(meeting)
    client.force_login(meeting.convener)
    client.post(reverse("meeting_reschedule_answer", args=[meeting.pk]), {"take_back": "1"})
    shown = FamilyClient().post(page(meeting), {"answer": "yes"}, follow=True).content.decode()
    assert "ei nyt kysytä uutta aikaa" in shown
    with pytest.raises(Refused, match="on jo vastattu"):
        rescheduling.say_yes(change=change, method=ConsentMethod.OWN_LINK)
    assert Message.objects.get(kind="family_time_change").state == "dropped"


def test_double_presses_are_one():
    meeting = an_invited()
    change, again = proposed(meeting), proposed(meeting)
    assert change.pk == again.pk and Message.objects.filter(kind="family_time_change").count() == 1
    for _press in range(2):
        rescheduling.say_yes(change=change, method=ConsentMethod.OWN_LINK)
    meeting.refresh_from_db()
    assert meeting.sequence == 1
    assert Message.objects.filter(kind="invitation_moved").count() == 0, "nothing had left before"
    assert Message.objects.filter(kind="invitation_request", state="waiting").count() == 2


def test_only_the_one_who_convenes_moves(client):
    meeting = an_invited()
    for other in (WorkerFactory(), invited(meeting).worker):
        with pytest.raises(Refused, match="Vain koollekutsuja"):
            proposed(meeting, by=other)
        with pytest.raises(Refused, match="Vain koollekutsuja"):
            moved(meeting, by=other)
    with pytest.raises(Refused, match="Aikaa ei ole vielä varattu"):
        moved(a_decided_meeting())


# --- times and rooms --------------------------------------------------------------------------------


def test_a_time_gone_by_the_same_one_and_a_small_room_are_refused():
    meeting = an_invited()
    past = next_weekday(days=-9)
    with pytest.raises(Refused, match="Aika on jo mennyt"):
        proposed(meeting, period=past)
    with pytest.raises(Refused, match="samat kuin ennen"):
        proposed(meeting, period=meeting.period)
    with pytest.raises(Refused, match="Tilassa on 2 paikkaa"):
        proposed(meeting, room=RoomFactory(seats=2))
    with pytest.raises(Refused, match="Valitse tila"):
        proposed(meeting, room=None)


def test_a_yes_that_comes_when_the_time_has_gone_by_is_refused():
    meeting = an_invited(period=next_weekday(days=14))
    change = proposed(meeting, period=next_weekday(days=7))
    late = time_machine.travel(change.period.lower + timedelta(minutes=1), tick=False)
    with late, pytest.raises(Refused, match="Aika on jo mennyt"):
        rescheduling.say_yes(change=change, method=ConsentMethod.OWN_LINK)


def test_when_somebody_was_faster_the_old_time_stays_and_the_convener_is_told(client):
    meeting = an_invited()
    before, change = meeting.period, proposed(meeting)
    Booking.objects.create(worker=invited(meeting).worker, period=change.period)
    with pytest.raises(Refused, match="ehti mennä toiselle"):
        rescheduling.say_yes(change=change, method=ConsentMethod.OWN_LINK)
    meeting.refresh_from_db()
    assert meeting.period == before and meeting.bookings.filter(period=before).count() == 4
    client.force_login(meeting.convener)
    shown = client.get(reverse("meeting_detail", args=[meeting.pk])).content.decode()
    assert "Ehdotettu aika ehti mennä toiselle" in shown


def test_a_taken_room_refuses_at_once_and_leaves_the_old_booking():
    meeting, room = an_invited(), RoomFactory()
    Booking.objects.create(room=room, period=next_weekday(**LATER))
    with pytest.raises(Taken):
        moved(meeting, room=room)
    meeting.refresh_from_db()
    assert meeting.bookings.filter(period=meeting.period, room=meeting.room).count() == 1
    assert not TimeChange.objects.exists()


def test_half_an_hour_later_is_not_in_its_own_way():
    meeting = an_invited()
    period = next_weekday(hour=10, minute=0)
    moved(meeting, period=period)
    assert set(meeting.bookings.values_list("period", flat=True)) == {period}


def test_another_room_at_the_same_time_asks_nobody_for_a_new_answer():
    meeting = an_invited()
    seat = invited(meeting)
    answer(invitation=seat.invitation, status=InvitationStatus.ACCEPTED)
    other = RoomFactory()
    moved(meeting, period=meeting.period, room=other)
    seat.invitation.refresh_from_db()
    assert seat.invitation.status == "accepted" and seat.invitation.place == str(other)
    assert meeting.bookings.filter(room=other).count() == 1 and meeting.bookings.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_yeses_and_another_booking_at_once_move_once_or_not_at_all():
    meeting = an_invited()
    change = proposed(meeting)
    rival = a_decided_meeting()

    def say():
        rescheduling.say_yes(change=change, method=ConsentMethod.OWN_LINK)

    def take():
        booking.book(
            meeting=rival, by=rival.convener, period=change.period, room=change.room, seen_version=None
        )

    together(say, say, take)
    meeting.refresh_from_db()
    rival.refresh_from_db()
    assert Booking.objects.filter(room=change.room, period=change.period).count() == 1
    assert (meeting.period == change.period) != (rival.status == "booked")
    assert meeting.sequence == (1 if meeting.period == change.period else 0)
    assert meeting.bookings.filter(period=meeting.period).count() == 4


# --- everybody is told once -------------------------------------------------------------------------


def test_those_who_were_told_hear_of_the_change_once_with_the_same_event(post):
    meeting = an_invited()
    one, two = invited(meeting, 0), invited(meeting, 1)
    outbox.drain()
    answer(invitation=one.invitation, status=InvitationStatus.ACCEPTED)
    answer(invitation=two.invitation, status=InvitationStatus.DECLINED)
    post.raw.clear()
    moved(meeting)
    outbox.drain()
    outbox.drain()
    for seat in (one, two):
        seat.invitation.refresh_from_db()
        assert (seat.invitation.status, seat.invitation.sequence) == ("pending", 1)
        (letter,) = [one for one in post.letters if one["To"] == seat.worker.email]
        assert letter["Subject"].startswith("Muutos: yhteinen aika")
        (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
        event = vobject.readOne(part.get_content())
        assert event.method.value == "REQUEST"
        assert event.vevent.uid.value.startswith(str(meeting.event_uid))
        assert event.vevent.sequence.value == "1"
        assert event.vevent.dtstart.value == next_weekday(**LATER).lower
    (letter,) = [one for one in post.letters if one["To"] == "perhe@demo.example"]
    (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    event = vobject.readOne(part.get_content())
    assert (event.method.value, event.vevent.sequence.value) == ("PUBLISH", "1")
    assert len(post.letters) == 3
    assert meeting.bookings.filter(worker=two.worker).exists(), "who declined the old time is asked anew"


def test_two_moves_before_a_letter_leaves_are_one_letter(post):
    meeting = an_invited()
    outbox.drain()
    post.raw.clear()
    meeting = moved(meeting)
    moved(meeting, period=next_weekday(days=12))
    outbox.drain()
    to = invited(meeting).worker.email
    (letter,) = [one for one in post.letters if one["To"] == to]
    (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert vobject.readOne(part.get_content()).vevent.sequence.value == "2"
    assert len([one for one in post.letters if one["To"] == "perhe@demo.example"]) == 1


def test_a_cancellation_after_a_move_has_a_later_number(post):
    meeting = an_invited()
    outbox.drain()
    moved(meeting)
    outbox.drain()
    post.raw.clear()
    convening.cancel(meeting=meeting, by=meeting.convener)
    outbox.drain()
    assert len(post.letters) == 3
    for letter in post.letters:
        (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
        event = vobject.readOne(part.get_content())
        assert (event.method.value, event.vevent.sequence.value) == ("CANCEL", "2")


def test_before_the_invitations_nobody_is_told():
    meeting = moved(a_booked_meeting())
    assert meeting.sequence == 0 and not Message.objects.exists()


def test_who_has_lost_the_permission_is_told_nothing(post):
    meeting = an_invited()
    outbox.drain()
    gone = invited(meeting, 0)
    permissions.withdraw(consent=gone.consent, by=None)
    outbox.drain()
    post.raw.clear()
    meeting.refresh_from_db()
    moved(meeting)
    outbox.drain()
    assert gone.worker.email not in {letter["To"] for letter in post.letters}
    assert not meeting.bookings.filter(worker=gone.worker).exists()


def test_of_a_unit_it_is_asked_again_who_comes_and_the_others_too():
    unit = UnitFactory()
    comer = WorkerFactory(unit=unit)
    situation = with_conversation()
    people = [
        unit,
        TeamFactory(members=[WorkerFactory()]),
        OutsideProfessionalFactory(),
        ClosePersonFactory(family=situation.family),
    ]
    meeting = an_invited_meeting(situation=situation, people=people)
    from network.actions.invitations import Comer

    seat = next(one for one in meeting.participations.all() if one.unit_id)
    answer(invitation=seat.invitation, status=InvitationStatus.ACCEPTED, comer=Comer(comer), by=comer)
    convening.set_leaders(meeting=meeting, by=meeting.convener, chair=comer, recorder=meeting.convener)
    link_until = seat.invitation.link.expires_at
    meeting.refresh_from_db()
    meeting = moved(meeting, period=next_weekday(days=200))
    for one in meeting.participations.exclude(invitation=None).select_related("invitation__link"):
        assert one.invitation.status == "pending" and one.invitation.period == meeting.period
        assert one.invitation.comes == "" and one.invitation.link.expires_at > meeting.period.upper
    meeting.refresh_from_db()
    assert meeting.chair == meeting.convener
    assert not meeting.bookings.filter(worker=comer).exists()
    assert link_until < meeting.period.upper


def test_letters_tell_nothing_of_the_family(post):
    meeting = an_invited(topics=["Uni ja aamut"])
    outbox.drain()
    post.raw.clear()
    proposed(meeting)
    outbox.drain()
    moved(Meeting.objects.get(pk=meeting.pk))
    outbox.drain()
    assert len(post.letters) == 4
    for raw in post.letters:
        for part in raw.walk():
            if not part.is_multipart():
                words = part.get_payload(decode=True).decode()
                for word in ("Kaisa", "Örjan", "Aada", "Uni ja aamut"):
                    assert word not in words


# --- the worker's page ------------------------------------------------------------------------------


def test_the_page_asks_or_moves_and_refuses_an_hour_that_does_not_exist(client):
    meeting = an_invited()
    client.force_login(meeting.convener)
    url = reverse("meeting_reschedule", args=[meeting.pk])
    shown = client.get(url).content.decode()
    assert 'name="slot"' in shown and "Aika nyt" in shown
    common = {"seen_version": meeting.version, "room": meeting.room_id}
    response = client.post(url, common | {"said": "ask"})
    assert response.status_code == 422 and "Valitse aika tai kirjoita se itse" in response.content.decode()
    day = next_weekday(**LATER).lower.date()
    typed = common | {"day": day.isoformat(), "clock": "14:15"}
    assert client.post(url, typed).status_code == 422, "whether the family knows is asked"
    client.post(url, typed | {"said": "ask"})
    change = TimeChange.objects.get()
    assert timezone.localtime(change.period.lower).strftime("%H.%M") == "14.15"
    meeting.refresh_from_db()
    client.post(url, typed | {"seen_version": meeting.version, "said": "phone"})
    meeting.refresh_from_db()
    assert meeting.period == change.period
    spring = {"seen_version": meeting.version, "room": meeting.room_id, "said": "ask"}
    with time_machine.travel("2027-03-01T08:00:00Z", tick=False):
        client.force_login(meeting.convener)
        missing = client.post(url, spring | {"day": "2027-03-28", "clock": "03:30"})
    assert missing.status_code in {302, 422}


def test_a_chosen_slot_with_the_old_version_is_refused_and_nothing_typed_is_lost(client):
    meeting = an_invited()
    client.force_login(meeting.convener)
    url = reverse("meeting_reschedule", args=[meeting.pk])
    day = next_weekday(**LATER).lower.date().isoformat()
    data = {"seen_version": 0, "room": meeting.room_id, "day": day, "clock": "14:15", "said": "phone"}
    response = client.post(url, data)
    assert response.status_code == 422
    shown = response.content.decode()
    assert "vanhentunut" in shown and 'value="14:15"' in shown


# --- what the database refuses ----------------------------------------------------------------------


def test_the_database_moves_a_booked_time_only_to_one_the_family_has_said_yes_to():
    meeting = an_invited()
    period = next_weekday(**LATER)
    statement = (
        "UPDATE meetings_meeting SET period = tstzrange(%s, %s), sequence = sequence + %s WHERE id = %s"
    )
    for sequence in (0, 1):
        with pytest.raises(IntegrityError, match="vain perheen suostumuksella"):
            sql(statement, period.lower, period.upper, sequence, meeting.pk)
    change = proposed(meeting)
    sql(
        "UPDATE meetings_timechange SET answer = 'yes', answered_at = now(), method = 'own_link'"
        " WHERE id = %s",
        change.pk,
    )
    with pytest.raises(IntegrityError, match="uudella numerolla"):
        sql(statement, period.lower, period.upper, 0, meeting.pk)
    sql(statement, period.lower, period.upper, 1, meeting.pk)


def test_the_database_keeps_an_answer_and_asks_one_thing_at_a_time():
    meeting = an_invited()
    change = proposed(meeting)
    with pytest.raises(IntegrityError, match="time_change_one_waits"), transaction.atomic():
        TimeChange.objects.create(
            meeting=meeting, period=next_weekday(days=20), room=meeting.room, proposed_by=meeting.convener
        )
    for wrong in (
        "answer = 'yes', answered_at = now()",
        "answer = 'yes', answered_at = now(), method = 'phone'",
        "answer = 'yes', method = 'own_link'",
        "word = 'x'",
    ):
        with pytest.raises(IntegrityError):
            sql(f"UPDATE meetings_timechange SET {wrong} WHERE id = %s", change.pk)
    rescheduling.say_no(change=change, method=ConsentMethod.OWN_LINK)
    with pytest.raises(IntegrityError, match="ei muutu"):
        sql("UPDATE meetings_timechange SET answer = 'yes' WHERE id = %s", change.pk)


def test_the_database_takes_no_proposal_of_what_is_not_booked_or_has_gone_by():
    meeting = a_decided_meeting()
    facts = {"proposed_by": meeting.convener, "room": None}
    with pytest.raises(IntegrityError, match="Vain varattua aikaa"), transaction.atomic():
        TimeChange.objects.create(meeting=meeting, period=next_weekday(), **facts)
    with pytest.raises(IntegrityError, match="on jo mennyt"), transaction.atomic():
        TimeChange.objects.create(meeting=an_invited(), period=next_weekday(days=-9), **facts)


def test_a_cancelled_meeting_is_not_moved():
    meeting = an_invited()
    change = proposed(meeting)
    convening.cancel(meeting=meeting, by=meeting.convener)
    change.refresh_from_db()
    assert change.answer == "gone"
    with pytest.raises(Refused):
        rescheduling.say_yes(change=change, method=ConsentMethod.OWN_LINK)


def test_an_answered_invitation_waits_again_only_with_a_new_number():
    invitation = invited(an_invited()).invitation
    answer(invitation=invitation, status=InvitationStatus.ACCEPTED)
    with pytest.raises(IntegrityError, match="ilman uutta aikaa"):
        sql("UPDATE network_invitation SET status = 'pending' WHERE id = %s", invitation.pk)
    sql("UPDATE network_invitation SET status = 'pending', sequence = 1 WHERE id = %s", invitation.pk)
