"""A calendar's own answer: iCalendar REPLY mails, read from a real IMAP server."""

import logging
import ssl
from datetime import UTC, timedelta
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
from django.utils import timezone
from icalendar import Calendar

from meetings import tasks
from meetings.actions import calendar_answers, permissions
from meetings.actions.answers import answer
from meetings.models import Booking
from network.actions.invitations import expire
from network.invitation_letters import compose_request
from network.models import CalendarReply, Invitation
from network.replies import MOST_BYTES, Reply, read_reply, reply_address
from network.states import InvitationStatus
from perhekeskus.models import Message
from tests.factories import (
    OutsideProfessionalFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    an_invited_meeting,
    invited,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

TEXT = "Hei, Aada on mummolassa."


@pytest.fixture(autouse=True)
def reads_a_mailbox(settings):
    settings.REPLY_ADDRESS = "vastaus@kuopio.example"


def an_invitation(person=None) -> Invitation:
    meeting = a_convened_meeting(people=[person or WorkerFactory()])
    booked = a_booked_meeting(meeting=a_decided_meeting(meeting=meeting))
    return invited(an_invited_meeting(meeting=booked)).invitation


def sent_calendar(invitation: Invitation) -> Calendar:
    """The calendar entry as it went out in the invitation's own letter."""
    request = Message.objects.get(kind="invitation_request", about_id=invitation.pk)
    letter = compose_request(request)
    assert letter.calendar is not None
    return Calendar.from_ical(letter.calendar)


def a_reply(invitation: Invitation, said: str = "ACCEPTED", **changes) -> bytes:
    """What a calendar answers to the invitation that it was sent: the same event, the attendee's own word."""
    calendar = sent_calendar(invitation)
    calendar["METHOD"] = changes.get("method", "REPLY")
    event = calendar.walk("VEVENT")[0]
    event["ATTENDEE"].params["PARTSTAT"] = said
    stamp = changes.get("stamp") or timezone.now()
    event.pop("DTSTAMP")
    event.add("dtstamp", stamp.astimezone(UTC))
    for name in ("UID", "SEQUENCE"):
        if name.lower() in changes:
            event[name] = changes[name.lower()]
    organizer = str(event["ORGANIZER"]).removeprefix("mailto:")
    if "organizer" in changes:
        event["ORGANIZER"] = f"mailto:{changes['organizer']}"
    if "attendee" in changes:
        event["ATTENDEE"] = type(event["ATTENDEE"])(f"mailto:{changes['attendee']}")
        event["ATTENDEE"].params["PARTSTAT"] = said
    mail = EmailMessage()
    mail["From"] = changes.get("sender", "joku@muu.example")
    mail["To"] = changes.get("organizer", organizer)
    mail["Subject"] = "Hyväksytty"
    if changes.get("message_id", True):
        mail["Message-ID"] = changes.get("message_id") or make_msgid(domain="muu.example")
    mail.set_content(TEXT)
    mail.add_alternative(calendar.to_ical(), "text", "calendar", params={"method": "REPLY"})
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def status_of(invitation: Invitation) -> str:
    return Invitation.objects.get(pk=invitation.pk).status


@pytest.mark.parametrize(
    ("said", "status"), [("ACCEPTED", "accepted"), ("TENTATIVE", "tentative"), ("DECLINED", "declined")]
)
def test_the_answer_of_a_calendar_changes_the_invitation(mailbox, said, status):
    invitation = an_invitation()
    mailbox.put(a_reply(invitation, said))
    tasks.fetch_answers()
    assert status_of(invitation) == status
    assert Booking.objects.filter(worker=invitation.consent.worker).exists() == (status != "declined")
    assert mailbox.numbers() == []
    assert CalendarReply.objects.get().outcome == "taken"


def test_somebody_without_an_account_answers_so_too(mailbox):
    invitation = an_invitation(OutsideProfessionalFactory())
    mailbox.put(a_reply(invitation))
    tasks.fetch_answers()
    assert status_of(invitation) == "accepted"


def test_the_address_of_the_answer_holds_a_secret_of_this_invitation_alone():
    one, other = an_invitation(), an_invitation()
    organizer = sent_calendar(one).walk("VEVENT")[0]["ORGANIZER"]
    assert str(organizer) == f"mailto:{reply_address(one)}"
    assert reply_address(one) != reply_address(other)
    assert len(reply_address(one).split("+")[1].split("@")[0]) == 32


def test_without_a_mailbox_nothing_is_read_and_no_secret_is_sent(settings):
    settings.REPLY_ADDRESS = settings.IMAP_URL = ""
    tasks.fetch_answers()
    assert "vastaus+" not in str(sent_calendar(an_invitation()).walk("VEVENT")[0]["ORGANIZER"])


def test_a_unit_is_asked_behind_the_link_only():
    invitation = an_invitation(UnitFactory(email="paivakoti@kuopio.example"))
    calendar = sent_calendar(invitation)
    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in calendar.walk("VEVENT")[0]
    assert "vastaus+" not in str(calendar.walk("VEVENT")[0]["ORGANIZER"])


FORGED = {
    "without the secret": {"organizer": "vastaus@kuopio.example"},
    "with a guessed secret": {"organizer": f"vastaus+{'0' * 32}@kuopio.example"},
    "by somebody else": {"attendee": "toinen@kuopio.example"},
    "of another event": {"uid": "2f1c8a52-7cf8-4f5c-9d5e-4b7f7d0ab001@perhekeskus.example"},
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_answer_changes_nothing(how):
    invitation = an_invitation()
    sender = invitation.consent.worker.email
    assert calendar_answers.take(a_reply(invitation, **{"sender": sender} | FORGED[how]))
    assert status_of(invitation) == "pending"
    assert CalendarReply.objects.get().outcome == "unknown"


def test_the_secret_of_one_invitation_opens_no_other():
    meeting = an_invited_meeting(people=2)
    mine, others = invited(meeting, 0).invitation, invited(meeting, 1).invitation
    calendar_answers.take(a_reply(others, organizer=reply_address(mine)))
    assert status_of(others) == status_of(mine) == "pending"


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "COUNTER"},
        {"method": "REQUEST"},
        {"said": "DELEGATED"},
        {"said": "NEEDS-ACTION"},
        {"uid": "x"},
    ],
)
def test_anything_but_an_answer_is_left_for_people(mailbox, changes):
    invitation = an_invitation()
    mailbox.put(a_reply(invitation, **changes))
    tasks.fetch_answers()
    assert status_of(invitation) == "pending"
    assert len(mailbox.numbers("SEEN")) == 1 and mailbox.numbers("UNSEEN") == []


def test_the_same_mail_again_is_not_another_answer(mailbox):
    invitation = an_invitation()
    first = a_reply(invitation, "DECLINED", stamp=timezone.now() - timedelta(minutes=5))
    mailbox.put(first)
    tasks.fetch_answers()
    answer(invitation=invitation, status=InvitationStatus.ACCEPTED)
    mailbox.put(first)
    tasks.fetch_answers()
    assert status_of(invitation) == "accepted"
    assert CalendarReply.objects.count() == 1


def test_an_old_answer_under_a_new_number_does_not_undo_a_later_one():
    invitation = an_invitation()
    earlier, later = (timezone.now() - timedelta(minutes=ago) for ago in (10, 5))
    calendar_answers.take(a_reply(invitation, "DECLINED", stamp=later))
    calendar_answers.take(a_reply(invitation, "ACCEPTED", stamp=earlier))
    assert status_of(invitation) == "declined"
    answer(invitation=invitation, status=InvitationStatus.TENTATIVE)
    calendar_answers.take(a_reply(invitation, "ACCEPTED", stamp=timezone.now() - timedelta(minutes=1)))
    assert status_of(invitation) == "tentative"


def test_two_answers_read_at_once_count_in_the_order_they_were_written():
    invitation = an_invitation()
    for minutes, said in ((10, "ACCEPTED"), (5, "DECLINED")):
        calendar_answers.take(a_reply(invitation, said, stamp=timezone.now() - timedelta(minutes=minutes)))
    assert status_of(invitation) == "declined"


def test_an_answer_dated_in_the_future_is_not_believed():
    invitation = an_invitation()
    calendar_answers.take(a_reply(invitation, stamp=timezone.now() + timedelta(days=2)))
    assert status_of(invitation) == "pending"


def test_an_answer_to_an_earlier_invitation_is_out_of_date():
    invitation = an_invitation()
    calendar_answers.take(a_reply(invitation, sequence=invitation.sequence - 1))
    assert status_of(invitation) == "pending"
    assert CalendarReply.objects.get().outcome == "outdated"


@pytest.mark.parametrize("closed", ["revoked", "expired"])
def test_a_closed_door_is_not_opened_by_a_calendar(closed):
    invitation = an_invitation()
    mail = a_reply(invitation)
    if closed == "revoked":
        permissions.withdraw(consent=invitation.consent, by=None)
    else:
        Invitation.objects.filter(pk=invitation.pk).update(answer_by=timezone.now())
        expire(invitation=invitation)
    assert calendar_answers.take(mail)
    assert status_of(invitation) == closed
    assert CalendarReply.objects.get().outcome == "refused"


def test_nothing_of_the_mail_is_kept_or_logged(mailbox, caplog):
    invitation = an_invitation()
    with caplog.at_level(logging.DEBUG):
        mailbox.put(a_reply(invitation), b"Subject: Aada\r\n\r\nAada on mummolassa.\r\n")
        tasks.fetch_answers()
    reply = CalendarReply.objects.get()
    kept = " ".join(str(value) for value in vars(reply).values())
    assert "Aada" not in kept + caplog.text and "muu.example" not in kept + caplog.text


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: hei\r\n\r\nhei\r\n",
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n",
        b"Content-Type: text/calendar; charset=\xff\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n",
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n"
        + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 300,
        b"Content-Type: text/calendar\r\n\r\n" + b"X" * (MOST_BYTES + 1),
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        b"FREEBUSY:00010101T000000Z/P99999999D\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
    ids=["empty", "binary", "plain", "cut", "wrong charset", "without facts", "nested", "huge", "endless"],
)
def test_what_is_no_answer_is_no_answer(mail):
    assert read_reply(mail) is None


def test_a_mail_that_we_stumble_on_keeps_no_other_waiting(mailbox, monkeypatch):
    first, second = an_invitation(), an_invitation()
    stumbling, fine = a_reply(first), a_reply(second)

    def stumbles(raw: bytes) -> Reply | None:
        if b"stumbling" in raw:
            raise MemoryError
        return read_reply(raw)

    monkeypatch.setattr("meetings.actions.calendar_answers.read_reply", stumbles)
    mailbox.put(b"Subject: stumbling\r\n" + stumbling, fine)
    tasks.fetch_answers()
    assert (status_of(first), status_of(second)) == ("pending", "accepted")
    assert len(mailbox.numbers("SEEN")) == 1


def test_a_huge_mail_is_not_even_fetched(mailbox):
    invitation = an_invitation()
    mailbox.put(b"Subject: iso\r\n\r\n" + b"x" * (MOST_BYTES + 10), a_reply(invitation))
    tasks.fetch_answers()
    assert status_of(invitation) == "accepted"
    assert len(mailbox.numbers("SEEN")) == 1


def test_a_certificate_of_somebody_else_is_not_trusted(mailbox, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(ssl.SSLCertVerificationError):
        tasks.fetch_answers()


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_read_by_two_at_once_is_taken_once():
    invitation = an_invitation()
    mail = a_reply(invitation, "DECLINED")
    together(*[lambda: calendar_answers.take(mail)] * 4)
    assert status_of(invitation) == "declined"
    assert CalendarReply.objects.count() == 1
