"""How a shared time was: asked once, answered once, and no answer leads to the one who gave it."""

import io
from datetime import timedelta
from uuid import UUID

import pikepdf
import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from meetings.actions import feedback, permissions, recording
from meetings.feedback_letters import FAMILY_FEEDBACK, PROFESSIONAL_FEEDBACK
from meetings.feedback_paper import feedback_pdf
from meetings.models import FeedbackAnswer, FeedbackReceipt, Meeting
from meetings.states import Attendance, FeedbackSide, FeedbackStep
from network.models import OutsideProfessional
from perhekeskus import outbox
from perhekeskus.models import AccessLog, Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from tests.door import FamilyClient
from tests.factories import (
    WorkerFactory,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)
from tests.plugins.paper import read_by_poppler
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

YES = (FeedbackStep.YES, FeedbackStep.YES, FeedbackStep.YES)
SENT = {"first": "yes", "second": "partly", "third": "no"}


def held(**made) -> Meeting:
    """A meeting that was held."""
    return a_held_meeting(**made)


def after(meeting: Meeting, **delta):
    return time_machine.travel(meeting.period.upper + timedelta(**(delta or {"hours": 1})), tick=False)


def family_receipt(meeting: Meeting) -> FeedbackReceipt:
    return FeedbackReceipt.objects.of_family().select_related("link").get(meeting=meeting)


def link(meeting: Meeting) -> str:
    return reverse("feedback_link", args=[family_receipt(meeting).link.token])


def letters(meeting: Meeting) -> list[Message]:
    keys = meeting.feedback_receipts.values_list("pk", flat=True)
    return list(Message.objects.filter(occasion__in=[f"feedback:{key}" for key in keys]).order_by("pk"))


# --- asking -----------------------------------------------------------------------------------------


def test_the_family_and_everybody_who_was_there_is_asked_once_when_it_is_over():
    meeting = held(people=2)
    came = [invited(meeting, number).worker for number in range(2)]
    asked = meeting.feedback_receipts.all()
    assert {one.worker for one in asked if one.worker} == {meeting.convener, *came}
    assert family_receipt(meeting).link.is_live
    assert sorted(one.kind for one in letters(meeting)) == [FAMILY_FEEDBACK] + [PROFESSIONAL_FEEDBACK] * 3
    assert {one.due_at for one in letters(meeting)} == {meeting.period.upper}
    with after(meeting):
        recording.record(
            meeting=meeting,
            by=meeting.convener,
            record=recording.Record(
                attendance={one.pk: Attendance.PRESENT for one in meeting.participations.all()}
            ),
        )
        assert len(letters(meeting)) == 4
        assert outbox.drain() == 4
        assert outbox.drain() == 0


def test_who_did_not_come_is_not_asked():
    meeting = an_invited_meeting(people=1)
    with time_machine.travel(meeting.period.lower + timedelta(minutes=5), tick=False):
        recording.record(
            meeting=meeting,
            by=meeting.convener,
            record=recording.Record(
                attendance={one.pk: Attendance.ABSENT for one in meeting.participations.all()}
            ),
        )
    assert [one.worker for one in meeting.feedback_receipts.all()] == [meeting.convener]


def test_a_letter_that_is_needed_no_more_is_not_sent():
    meeting = held(people=2)
    first, second = invited(meeting, 0), invited(meeting, 1)
    with after(meeting):
        family = family_receipt(meeting)
        feedback.answer(receipt=family, said=feedback.Said(YES))
        first.attendance = Attendance.EXCUSED
        first.save()
        permissions.withdraw(consent=second.consent, by=None)
        assert outbox.drain() == 1
    left = {one.recipient for one in letters(meeting) if one.state == "sent"}
    assert left == {meeting.convener.email}


def test_too_late_a_letter_is_not_sent():
    meeting = held(people=1)
    with after(meeting, days=settings.FEEDBACK_DAYS + 1):
        assert outbox.drain() == 0


def test_the_letters_tell_nothing_of_the_family():
    meeting = held(
        people=[
            OutsideProfessional.objects.create(
                name="Järjestön Jaana",
                organisation="Perhetalo",
                email="jaana@perhetalo.example",
                added_by=WorkerFactory(),
            )
        ]
    )
    texts = [kind_of(one).compose(one).text for one in letters(meeting)]
    assert len(texts) == 3
    for text in texts:
        for word in ("Aada", "Äiti-Kaisa", "Aihe 1", str(meeting.room)):
            assert word not in text, text
    (outside,) = [text for text in texts if "/palaute/" in text and "Vastaa " in text]
    assert "Kirjaudu" not in outside


# --- answering --------------------------------------------------------------------------------------


def test_the_family_answers_by_its_link_without_a_code():
    meeting = held(people=1)
    with after(meeting):
        client = Client()
        page = client.get(link(meeting)).content.decode()
        assert "Tulitteko kuulluiksi?" in page and "Aada" not in page and "csrfmiddlewaretoken" in page
        assert not FeedbackAnswer.objects.exists()
        response = client.post(link(meeting), SENT, follow=True)
        assert "Kiitos" in response.content.decode()
        answer = FeedbackAnswer.objects.get()
        assert (answer.first, answer.second, answer.third) == ("yes", "partly", "no")
        again = client.post(link(meeting), SENT).content.decode()
        assert "jo annettu" in again and FeedbackAnswer.objects.count() == 1


def test_and_on_its_own_page():
    meeting = held(people=1)
    token = meeting.situation.family.link.token if meeting.situation.family.link else None
    with after(meeting):
        meeting.situation.family.refresh_from_db()
        token = meeting.situation.family.link.token
        client = FamilyClient()
        home = client.get(reverse("family_home", args=[token])).content.decode()
        assert "Miten tapaaminen meni?" in home
        url = reverse("family_feedback", args=[token])
        client.get(url)
        client.post(url, SENT)
        assert FeedbackAnswer.objects.get().side == FeedbackSide.FAMILY
        assert (
            "Miten tapaaminen meni?" not in client.get(reverse("family_home", args=[token])).content.decode()
        )


def test_a_professional_answers_signed_in(client):
    meeting = held(people=1)
    worker = invited(meeting).worker
    url = reverse("meeting_feedback", args=[meeting.pk])
    with after(meeting):
        client.force_login(worker)
        page = client.get(url).content.decode()
        assert "Oliko tapaamisesta hyötyä?" in page and "csrfmiddlewaretoken" in page
        response = client.post(url, SENT | {"words": "Aada kertoi kuraattorin työstä."})
        assert response.status_code == 422 and "Aada" in response.content.decode()
        client.post(url, SENT | {"words": "Kuraattorin voi pyytää mukaan jo varhain."})
        assert FeedbackAnswer.objects.get().side == FeedbackSide.PROFESSIONAL
        client.force_login(WorkerFactory())
        assert client.get(url).status_code == 404


def test_answers_are_taken_for_a_while_only():
    meeting = held(people=1)
    too_late = after(meeting, days=settings.FEEDBACK_DAYS, hours=1)
    with too_late, pytest.raises(Refused, match="ei enää kerätä"):
        feedback.answer(receipt=family_receipt(meeting), said=feedback.Said(YES))


def test_a_link_of_another_purpose_opens_nothing(client):
    meeting = held(people=1)
    meeting.situation.family.refresh_from_db()
    family_link = meeting.situation.family.link.token
    assert client.get(reverse("feedback_link", args=[family_link])).status_code == 404
    assert client.get(reverse("family_home", args=[family_receipt(meeting).link.token])).status_code == 404


# --- the family's words -----------------------------------------------------------------------------


def test_the_holder_reads_the_words_that_the_family_lets_them_read(client):
    meeting = held(people=1)
    with after(meeting):
        family = Client()
        refused = family.post(link(meeting), SENT | {"words": "Kiitos, oli hyvä."})
        assert refused.status_code == 422 and not FeedbackAnswer.objects.exists()
        family.post(link(meeting), SENT | {"words": "Kiitos, oli hyvä.", "holder_may_read": "on"})
        seen = {}
        for who in (meeting.situation.holder, invited(meeting).worker):
            client.force_login(who)
            seen[who] = "Kiitos, oli hyvä." in client.get(meeting.get_absolute_url()).content.decode()
        assert seen == {meeting.situation.holder: True, invited(meeting).worker: False}


# --- on paper and on the spot -----------------------------------------------------------------------


def test_a_worker_writes_in_what_the_family_answered_on_paper(client):
    meeting = held(situation=with_conversation(a_situation(contact_channel="paper", email="")), people=1)
    url = reverse("meeting_feedback_family", args=[meeting.pk])
    with after(meeting):
        client.force_login(meeting.convener)
        assert FAMILY_FEEDBACK not in {one.kind for one in letters(meeting)}
        assert client.get(url).status_code == 200
        assert client.post(url, SENT).status_code == 302
        assert FeedbackAnswer.objects.get().side == FeedbackSide.FAMILY
        assert client.get(url).status_code == 302
        client.force_login(invited(meeting).worker)
        assert client.get(url).status_code == 302
    looks = AccessLog.objects.filter(family_id=meeting.situation.family_id, what__contains="palautteen")
    assert looks.filter(worker=meeting.convener).exists()


def test_the_paper_asks_the_same_and_is_tagged():
    meeting = Meeting.objects.select_related("situation__family").get(pk=held(people=1).pk)
    pdf = feedback_pdf(meeting)
    text = " ".join(read_by_poppler(pdf, "-raw").split())
    for words in ("Tulitteko kuulluiksi?", "Olivatko oikeat ihmiset paikalla?", "Auttaako tämä teitä?"):
        assert words in text
    assert "Aada" not in text
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        assert paper.Root.MarkInfo.Marked and len(paper.pages) == 1


# --- what the database refuses ----------------------------------------------------------------------


def raw(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert_answer(meeting: Meeting, **columns) -> None:
    row = {
        "key": UUID(int=1),
        "meeting_id": meeting.pk,
        "side": "family",
        "first": "yes",
        "second": "yes",
        "third": "yes",
        "words": "",
        "holder_may_read": False,
    } | columns
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    raw(f"INSERT INTO meetings_feedbackanswer ({names}) VALUES ({marks})", *row.values())


def test_no_answer_without_somebody_who_was_asked():
    meeting = held(people=1)
    with pytest.raises(IntegrityError, match="jolta sitä on kysytty"):
        insert_answer(meeting)
    raw("UPDATE meetings_feedbackreceipt SET is_answered = true WHERE side = 'family'")
    insert_answer(meeting)
    with pytest.raises(IntegrityError, match="jolta sitä on kysytty"):
        insert_answer(meeting, key=UUID(int=2))
    with pytest.raises(IntegrityError, match="ei muutu"):
        raw("UPDATE meetings_feedbackanswer SET first = 'no'")
    with pytest.raises(IntegrityError, match="jo annettu"):
        raw("UPDATE meetings_feedbackreceipt SET is_answered = false WHERE side = 'family'")


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"words": "Salaa"}, "feedback_words_may_be_read"),
        ({"first": "10"}, "feedback_answer_has_steps"),
    ],
)
def test_an_answer_is_in_words_and_read_by_somebody(columns, constraint):
    meeting = held(people=1)
    raw("UPDATE meetings_feedbackreceipt SET is_answered = true")
    with pytest.raises(IntegrityError, match=constraint):
        insert_answer(meeting, **columns)


def test_one_is_asked_once():
    meeting = held(people=1)
    for side, worker in (("family", None), ("professional", meeting.convener_id)):
        with pytest.raises(IntegrityError, match="_once"):
            raw(
                "INSERT INTO meetings_feedbackreceipt (meeting_id, side, worker_id, is_answered)"
                " VALUES (%s, %s, %s, false)",
                meeting.pk,
                side,
                worker,
            )
    with pytest.raises(IntegrityError, match="feedback_receipt_of_one"):
        raw(
            "INSERT INTO meetings_feedbackreceipt (meeting_id, side, worker_id, is_answered)"
            " VALUES (%s, 'family', %s, false)",
            meeting.pk,
            invited(meeting).worker_id,
        )


def test_nothing_joins_an_answer_to_its_giver():
    """No column of the answer tells who or when, and its key tells no order."""
    columns = {one.column for one in FeedbackAnswer._meta.get_fields() if hasattr(one, "column")}
    assert columns == {
        "key",
        "meeting_id",
        "side",
        "first",
        "second",
        "third",
        "words",
        "holder_may_read",
    }
    assert not any("Event" in str(model) for model in FeedbackAnswer._meta.related_objects)


@pytest.mark.django_db(transaction=True)
def test_no_row_tells_by_its_writing_whose_it_is():
    """A receipt and an answer of one transaction are one person's; a copy has its rows in their order."""
    meeting = held(people=3)
    receipts = list(meeting.feedback_receipts.filter(side=FeedbackSide.PROFESSIONAL).order_by("-pk"))
    for number, receipt in enumerate(receipts):
        feedback.answer(receipt=receipt, said=feedback.Said(YES, words=f"Sana {number}."))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xmin::text, key FROM meetings_feedbackanswer WHERE side = 'professional' ORDER BY ctid"
        )
        written = cursor.fetchall()
    assert len(receipts) == len(written) == 4
    assert len({transaction for transaction, _key in written}) == 1
    assert [key for _transaction, key in written] == sorted(key for _transaction, key in written)


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_are_both_heard():
    meeting = held(people=3)
    receipts = list(meeting.feedback_receipts.filter(side=FeedbackSide.PROFESSIONAL))
    said = feedback.Said(YES)
    assert not together(*[lambda one=one: feedback.answer(receipt=one, said=said) for one in receipts])
    assert FeedbackAnswer.objects.count() == len(receipts)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_answer():
    meeting = held(people=1)
    receipt = family_receipt(meeting)

    def press() -> None:
        feedback.answer(receipt=receipt, said=feedback.Said(YES))

    assert len(together(*[press] * 4)) == 3
    assert FeedbackAnswer.objects.count() == 1


def test_the_page_asks_the_same_number_of_queries(client, django_assert_num_queries):
    meeting = held(people=4)
    url = reverse("meeting_feedback", args=[meeting.pk])
    with after(meeting):
        client.force_login(meeting.convener)
        client.get(url)
        with django_assert_num_queries(4):
            client.get(url)
