"""A poll of times: only those whom the family lets in are asked, and the family's answer weighs most."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings import tasks
from meetings.actions import convening, holds, permissions, polls
from meetings.models import Booking, Meeting, PollAnswer, PollTime, PollVoice, TimePoll
from meetings.polled import result_of
from meetings.states import PollChoice
from network.states import ConsentMethod
from perhekeskus import outbox
from perhekeskus.models import AccessLog, Message
from perhekeskus.refusals import Refused
from tests.door import FamilyClient
from tests.factories import (
    ClosePersonFactory,
    OutsideProfessionalFactory,
    RoomFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_decided_meeting,
    a_situation,
    invited,
    next_weekday,
    with_conversation,
)

pytestmark = pytest.mark.django_db

YES, IF_NEEDED, NO = PollChoice.YES, PollChoice.IF_NEEDED, PollChoice.NO


def periods(count: int = 3) -> list[DateTimeTZRange]:
    return [next_weekday(days=10, hour=8 + number, minute=0, minutes=60) for number in range(count)]


def a_poll(people: int | list = 2, *, count: int = 3, situation=None) -> TimePoll:
    situation = situation or with_conversation(a_situation(email="perhe@demo.example"))
    meeting = a_decided_meeting(situation=situation, people=people)
    return polls.ask(
        meeting=meeting,
        by=meeting.convener,
        periods=periods(count),
        closes_at=timezone.now() + timedelta(days=4),
        seen_version=meeting.version,
    )


def voice_of(poll: TimePoll, number: int = 0) -> PollVoice:
    return list(poll.voices.exclude(participation=None).with_people())[number]


def family_of(poll: TimePoll) -> PollVoice:
    return poll.voices.get(participation=None)


def says(voice: PollVoice, *choices: PollChoice, **changes) -> None:
    times = voice.poll.times.values_list("pk", flat=True)
    polls.answer(voice=voice, answers=dict(zip(times, choices, strict=True)), **changes)


def page(poll: TimePoll, name: str = "family_poll") -> str:
    return reverse(name, args=[poll.meeting.situation.family.link.token])


def form(poll: TimePoll, *choices: str) -> dict[str, str]:
    return {
        f"time_{pk}": say for pk, say in zip(poll.times.values_list("pk", flat=True), choices, strict=True)
    }


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- who is asked -----------------------------------------------------------------------------------


def test_the_family_and_everybody_whom_it_lets_in_are_asked_by_their_own_way(post):
    situation = with_conversation(a_situation(email="perhe@demo.example"))
    worker, outside = WorkerFactory(), OutsideProfessionalFactory()
    unit = UnitFactory(email="paivakoti@demo.example")
    close = ClosePersonFactory(family=situation.family)
    poll = a_poll([worker, unit, outside, close], situation=situation)
    outbox.drain()
    to = {letter["To"]: letter.get_body(("plain",)).get_content() for letter in post.letters}
    assert {worker.email, unit.email, outside.email, "perhe@demo.example"} <= set(to)
    assert f"/aikakyselyt/{voice_of(poll).pk}/" in to[worker.email]
    assert "/aikakysely/" in to[outside.email] and "/aikakysely/" in to[unit.email]
    assert "/perhe/" in to["perhe@demo.example"]
    for raw in post.letters:
        for part in raw.walk():
            if not part.is_multipart():
                words = part.get_payload(decode=True).decode()
                for word in ("Kaisa", "Örjan", "Aada", "Aihe 1"):
                    assert word not in words


def test_a_permission_given_anew_for_other_topics_goes_on_being_asked():
    poll = a_poll()
    meeting, voice = poll.meeting, voice_of(poll)
    extra = convening.add_by_family(meeting=meeting, topic="Nukkuminen").topics.get(title="Nukkuminen")
    convening.decide(
        meeting=meeting,
        decision=convening.FamilyDecision(topics={extra.pk: True}),
        method=ConsentMethod.FACE_TO_FACE,
        given_by=meeting.situation.family.members.filter(role="guardian").first(),
        by=meeting.convener,
    )

    says(PollVoice.objects.get(pk=voice.pk), YES, YES, NO)

    assert PollVoice.objects.permitted().filter(pk=voice.pk).exists()


def test_an_outsider_answers_by_the_link_and_looking_or_a_double_press_changes_nothing(client):
    poll = a_poll([OutsideProfessionalFactory()])
    voice = voice_of(poll)
    url = reverse("poll_link", args=[voice.link.token])
    shown = client.get(url).content.decode()
    client.head(url)
    assert shown.count('type="radio"') == 9 and not PollAnswer.objects.exists()
    for word in ("Kaisa", "Örjan", "Aada", "Aihe"):
        assert word not in shown
    assert AccessLog.objects.filter(family_id=poll.meeting.situation.family_id, what="Aikakysely").exists()
    assert (
        client.post(url, form(poll, "yes", "no", "no") | {f"time_{poll.times.first().pk}": ""}).status_code
        == 422
    )
    for _press in range(2):
        assert client.post(url, form(poll, "yes", "if_needed", "no")).status_code == 302
    assert list(voice.answers.values_list("answer", flat=True)) == ["yes", "if_needed", "no"]
    assert client.get(reverse("poll_link", args=["x" * 32])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_both_pages_open_where_every_request_is_a_transaction_of_its_own(client):
    poll = a_poll([OutsideProfessionalFactory(), WorkerFactory()])
    by_link, signed_in = voice_of(poll, 0), voice_of(poll, 1)
    assert client.get(reverse("poll_link", args=[by_link.link.token])).status_code == 200
    client.force_login(signed_in.participation.worker)
    assert client.get(reverse("poll_answer", args=[signed_in.pk])).status_code == 200


def test_a_worker_answers_signed_in_and_nobody_else_in_their_name(client):
    poll = a_poll()
    voice = voice_of(poll)
    url = reverse("poll_answer", args=[voice.pk])
    client.force_login(voice.participation.worker)
    assert "Mikä aika sopisi sinulle?" in client.get("/").content.decode()
    assert client.post(url, form(poll, "yes", "yes", "no")).status_code == 302
    assert "Mikä aika sopisi sinulle?" not in client.get("/").content.decode()
    for other in (voice_of(poll, 1).participation.worker, poll.meeting.convener, WorkerFactory()):
        client.force_login(other)
        assert (
            client.get(url).status_code == client.post(url, form(poll, "no", "no", "no")).status_code == 404
        )
    with pytest.raises(Refused, match="Jokainen vastaa itse"):
        says(voice, NO, NO, NO, by=poll.meeting.convener)


def test_the_family_answers_on_its_own_page_or_by_word(client):
    poll = a_poll()
    family = FamilyClient()
    assert "Vastatkaa kyselyyn" in family.get(page(poll, "family_home")).content.decode()
    family.get(page(poll))
    assert not PollAnswer.objects.exists()
    family.post(page(poll), form(poll, "no", "yes", "if_needed"))
    assert list(family_of(poll).answers.values_list("answer", "recorded_by")) == [
        ("no", None),
        ("yes", None),
        ("if_needed", None),
    ]
    client.force_login(poll.meeting.convener)
    url = reverse("meeting_poll_family", args=[poll.meeting_id])
    client.post(url, form(poll, "yes", "yes", "if_needed"))
    changed = family_of(poll).answers.first()
    assert (changed.answer, changed.recorded_by) == ("yes", poll.meeting.convener)


def test_withdrawing_takes_the_answers_from_view_and_tells_the_one_nothing_more(client, post):
    poll = a_poll([OutsideProfessionalFactory(), WorkerFactory()])
    voice = voice_of(poll)
    says(voice, YES, YES, YES)
    assert len(result_of(poll).columns) == 3
    other = voice_of(poll, 1)
    for one in (voice, other):
        permissions.withdraw(consent=one.consent, by=None)
    assert [column.is_family for column in result_of(poll).columns] == [True]
    outbox.drain()
    assert {letter["To"] for letter in post.letters} <= {"perhe@demo.example"}
    shown = client.get(reverse("poll_link", args=[voice.link.token])).content.decode()
    assert "Kysely on peruttu" in shown and "klo 8.00" not in shown
    with pytest.raises(Refused, match="Kysely on peruttu"):
        says(voice, NO, NO, NO)
    client.force_login(other.participation.worker)
    assert client.get(reverse("poll_answer", args=[other.pk])).status_code == 404


def test_those_who_have_not_answered_are_reminded_once_before_it_ends(post):
    poll = a_poll()
    outbox.drain()
    post.raw.clear()
    says(voice_of(poll), YES, YES, YES)
    with time_machine.travel(poll.closes_at - timedelta(hours=2), tick=False):
        outbox.drain()
        outbox.drain()
        assert sorted(letter["To"] for letter in post.letters) == sorted(
            ["perhe@demo.example", voice_of(poll, 1).participation.worker.email]
        )
    assert all(letter["Subject"].startswith("Muistutus") for letter in post.letters)


# --- the result -------------------------------------------------------------------------------------


def test_the_familys_answer_weighs_most_then_most_yes_then_if_needed(client):
    poll = a_poll(3, count=5)
    says(family_of(poll), NO, IF_NEEDED, YES, YES, YES)
    says(voice_of(poll, 0), YES, YES, NO, YES, YES)
    says(voice_of(poll, 1), YES, YES, NO, IF_NEEDED, NO)
    says(voice_of(poll, 2), YES, YES, NO, NO, NO)
    times = list(poll.times.values_list("pk", flat=True))
    result = result_of(poll)
    assert [times.index(row.pk) for row in result.rows] == [3, 4, 2, 1, 0]
    assert [row.can_book for row in result.rows] == [True, True, True, True, False]
    client.force_login(poll.meeting.convener)
    shown = client.get(reverse("meeting_poll", args=[poll.meeting_id])).content.decode()
    assert shown.count('name="time"') == 4 and "ei sovi perheelle" in shown
    assert shown.count('scope="row"') == 5 and shown.count('scope="col"') == 6


def test_the_result_asks_the_same_number_of_questions_of_many(client):
    counts = []
    for people in (1, 4):
        poll = a_poll(people)
        for voice in poll.voices.all():
            says(voice, YES, YES, NO)
        client.force_login(poll.meeting.convener)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("meeting_poll", args=[poll.meeting_id]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_press_books_for_all_but_those_whom_it_does_not_suit(client):
    room = RoomFactory()
    poll = a_poll(3)
    says(family_of(poll), YES, NO, NO)
    no, busy = voice_of(poll, 0).participation.worker, voice_of(poll, 1).participation.worker
    says(voice_of(poll, 0), NO, YES, YES)
    says(voice_of(poll, 1), YES, YES, YES)
    Booking.objects.create(worker=busy, period=periods()[0])
    client.force_login(poll.meeting.convener)
    url = reverse("meeting_poll", args=[poll.meeting_id])
    for wrong in ("", "x", "999999"):
        assert client.post(url, {"time": wrong}).status_code == 404
    response = client.post(url, {"time": poll.times.first().pk}, follow=True)
    assert busy.name in response.content.decode() and "varattuna silloin" in response.content.decode()
    meeting = Meeting.objects.get(pk=poll.meeting_id)
    assert (meeting.status, meeting.period, meeting.room) == ("booked", periods()[0], room)
    booked = set(meeting.bookings.exclude(worker=None).values_list("worker", flat=True))
    assert booked == {meeting.convener_id, voice_of(poll, 2).participation.worker_id}
    assert no.pk not in booked
    poll.refresh_from_db()
    assert poll.closed_at is not None


def test_a_held_room_is_in_nobodys_way_when_it_is_held_for_the_meeting_itself_or_the_hold_has_ended():
    room, poll = RoomFactory(), a_poll()
    time = poll.times.first()
    of_another = a_decided_meeting(people=1)
    for meeting, days_ago in ((of_another, 4), (poll.meeting, 0)):
        with time_machine.travel(timezone.now() - timedelta(days=days_ago), tick=True):
            holds.hold(
                meeting=meeting,
                by=meeting.convener,
                period=time.period,
                room=room,
                hours=48,
                seen_version=None,
            )
        if meeting == of_another:
            assert polls.free_room(poll.meeting, time.period) == room
    says(family_of(poll), YES, NO, NO)

    booked, _busy = polls.book_time(time=time, by=poll.meeting.convener)

    assert booked.room == room


def test_what_the_family_cannot_or_has_not_said_is_not_booked():
    poll = a_poll()
    RoomFactory()
    first, second = poll.times.all()[:2]
    with pytest.raises(Refused, match="Perhe ei ole vielä vastannut"):
        polls.book_time(time=first, by=poll.meeting.convener)
    says(family_of(poll), NO, YES, YES)
    with pytest.raises(Refused, match="ei sovi perheelle"):
        polls.book_time(time=first, by=poll.meeting.convener)
    with pytest.raises(Refused, match="Vain koollekutsuja"):
        polls.book_time(time=second, by=WorkerFactory())
    Booking.objects.create(worker=poll.meeting.convener, period=second.period)
    with pytest.raises(Refused, match="Olet itse silloin"):
        polls.book_time(time=second, by=poll.meeting.convener)
    assert not Booking.objects.filter(meeting=poll.meeting).exists()


def test_it_ends_at_its_time_or_by_the_convener_and_then_nobody_answers(client):
    poll = a_poll()
    client.force_login(poll.meeting.convener)
    for _press in range(2):
        client.post(reverse("meeting_poll", args=[poll.meeting_id]), {"close": "1"})
    with pytest.raises(Refused, match="on päättynyt"):
        says(family_of(TimePoll.objects.get(pk=poll.pk)), YES, YES, YES)
    other = a_poll()
    with time_machine.travel(other.closes_at + timedelta(minutes=1), tick=False):
        with pytest.raises(Refused, match="on päättynyt"):
            says(family_of(other), YES, YES, YES)
        tasks.close_polls()
        tasks.close_polls()
    other.refresh_from_db()
    assert other.closed_at is not None


# --- asking -----------------------------------------------------------------------------------------


def test_the_convener_asks_found_and_typed_times_on_one_page(client):
    RoomFactory()
    meeting = a_decided_meeting()
    client.force_login(meeting.convener)
    url = reverse("meeting_poll_ask", args=[meeting.pk])
    assert 'name="slots"' in client.get(url).content.decode()
    day = next_weekday(days=10).lower.date()
    data = {
        "seen_version": meeting.version,
        "closes_on": (timezone.localdate() + timedelta(days=2)).isoformat(),
    }
    assert client.post(url, data).status_code == 422
    typed = {"day_1": day.isoformat(), "clock_1": "17:00", "day_2": day.isoformat()}
    wrong = client.post(url, data | typed)
    assert wrong.status_code == 422 and "mihin aikaan" in wrong.content.decode()
    client.post(url, data | typed | {"clock_2": "18:00"})
    poll = TimePoll.objects.get()
    clocks = [timezone.localtime(one.period.lower).strftime("%H.%M") for one in poll.times.all()]
    assert clocks == ["17.00", "18.00"]
    assert Message.objects.filter(kind="invitation_poll").count() == 2


def test_what_cannot_be_asked():
    meeting = a_decided_meeting()
    soon = timezone.now() + timedelta(days=2)
    facts = {"meeting": meeting, "by": meeting.convener, "closes_at": soon}
    with pytest.raises(Refused, match="vähintään kahta"):
        polls.ask(**facts, periods=periods(1))
    with pytest.raises(Refused, match="on jo mennyt"):
        polls.ask(**facts, periods=[next_weekday(days=-9), *periods(1)])
    with pytest.raises(Refused, match="ennen ensimmäistä kysyttyä aikaa"):
        polls.ask(**facts | {"closes_at": periods()[0].upper}, periods=periods())
    with pytest.raises(Refused, match="Vain koollekutsuja"):
        polls.ask(**facts | {"by": invited(meeting).worker}, periods=periods())
    polls.ask(**facts, periods=periods())
    with pytest.raises(Refused, match="jo auki"):
        polls.ask(**facts, periods=periods())
    booked = a_booked_meeting()
    with pytest.raises(Refused, match="jo varattu"):
        polls.ask(meeting=booked, by=booked.convener, closes_at=soon, periods=periods())


# --- what the database refuses ----------------------------------------------------------------------


def test_the_database_asks_nobody_without_a_permission_and_takes_no_late_answer():
    poll = a_poll()
    voice, family = voice_of(poll), family_of(poll)
    time = poll.times.first()
    insert = (
        "INSERT INTO meetings_pollanswer (voice_id, time_id, answer, answered_at, recorded_by_id)"
        " VALUES (%s, %s, %s, now(), %s)"
    )
    with pytest.raises(IntegrityError, match="toisen puolesta"):
        sql(insert, voice.pk, time.pk, "yes", poll.meeting.convener_id)
    with pytest.raises(IntegrityError, match="toisesta kyselystä"):
        sql(insert, voice.pk, a_poll().times.first().pk, "yes", None)
    with pytest.raises(IntegrityError, match="poll_answer_is_one_of_three"):
        sql(insert, family.pk, time.pk, "perhaps", None)
    says(voice, YES, YES, YES)
    with pytest.raises(IntegrityError, match="poll_answer_once"):
        sql(insert, voice.pk, time.pk, "yes", None)
    permissions.withdraw(consent=voice.consent, by=None)
    with pytest.raises(IntegrityError, match="ei ole enää voimassa"):
        sql("UPDATE meetings_pollanswer SET answer = 'no' WHERE voice_id = %s", voice.pk)
    with pytest.raises(IntegrityError, match="aikaa ei voi kysyä"):
        sql("UPDATE meetings_pollvoice SET consent_id = consent_id WHERE id = %s", voice.pk)
    polls.close(poll=poll, by=poll.meeting.convener)
    with pytest.raises(IntegrityError, match="on päättynyt"):
        sql(insert, family.pk, time.pk, "yes", None)
    with pytest.raises(IntegrityError, match="on päättynyt"):
        sql("UPDATE meetings_timepoll SET closed_at = NULL WHERE id = %s", poll.pk)


def test_the_database_wants_two_to_ten_times_ahead_of_a_decided_meeting():
    poll = a_poll()
    with pytest.raises(IntegrityError, match="on jo mennyt"), transaction.atomic():
        PollTime.objects.create(poll=poll, period=next_weekday(days=-9))
    for number in range(7):
        PollTime.objects.create(poll=poll, period=next_weekday(days=20 + 7 * number))
    with pytest.raises(IntegrityError, match="enintään kymmentä"), transaction.atomic():
        PollTime.objects.create(poll=poll, period=next_weekday(days=90))
    insert = (
        "INSERT INTO meetings_timepoll (meeting_id, asked_at, asked_by_id, closes_at)"
        " VALUES (%s, now(), %s, %s)"
    )
    soon = timezone.now() + timedelta(days=1)
    with pytest.raises(IntegrityError, match="time_poll_one_open"):
        sql(insert, poll.meeting_id, poll.asked_by_id, soon)
    booked, decided = a_booked_meeting(), a_decided_meeting()
    with pytest.raises(IntegrityError, match="eikä aikaa ole varattu"):
        sql(insert, booked.pk, booked.convener_id, soon)
    with pytest.raises(IntegrityError, match="vähintään kahta"):
        sql(insert, decided.pk, decided.convener_id, soon)
    with pytest.raises(IntegrityError, match="time_poll_closes_after_it_is_asked"):
        sql(insert, decided.pk, decided.convener_id, timezone.now() - timedelta(days=1))
