"""Invitations leave only under a permission, say when and where, and never whose matter it is."""

import threading
import uuid
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from icalendar import Calendar

from network import messages
from network.actions import consents
from network.invitation_letters import request_letter
from network.models import Consent, Invitation
from network.states import ConsentMethod, ConsentPurpose, InvitationStatus
from perhekeskus import outbox, sms
from perhekeskus.models import AccessLink, Message
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI
from tests.factories import (
    ChildFactory,
    ClosePersonFactory,
    FamilyFactory,
    GuardianFactory,
    UnitFactory,
    WorkerFactory,
    next_weekday,
)


def a_family(**fields):
    family = FamilyFactory(**fields)
    GuardianFactory(family=family, first_name="Tuulikki")
    ChildFactory(family=family, first_name="Ilmatar")
    return family


def an_invitation(to=None, *, family=None, owner=None, period=None, **fields) -> Invitation:
    """An invitation under a permission in force, not yet queued."""
    to = to or WorkerFactory()
    family = family or getattr(to, "family", None) or a_family()
    owner = owner or WorkerFactory()
    consent = consents.give(
        family=family,
        to=to,
        purpose=ConsentPurpose.INVITE,
        topics=["Uni ja aamut"],
        method=ConsentMethod.FACE_TO_FACE,
        by=owner,
    )
    return Invitation.objects.create(
        consent=consent,
        event_name="Yhteinen aika",
        period=period or next_weekday(),
        place="Perhekeskus, Pihlaja",
        expectation="Ilmattaren yöheräilyt",
        link=AccessLink.objects.issue(LinkPurpose.ANSWER, days=60),
        **fields,
    )


def queue(invitation: Invitation, owner=None) -> bool:
    with transaction.atomic():
        return messages.queue_request(invitation, owner=owner or WorkerFactory())


def withdraw(invitation: Invitation) -> None:
    with transaction.atomic():
        consents.withdraw(consent=invitation.consent, by=invitation.consent.recorded_by)
        invitation.refresh_from_db()
        messages.queue_cancellation(invitation, owner=invitation.consent.recorded_by)


def of_kind(kind: str) -> Message:
    return Message.objects.get(kind=kind)


RAW_INSERT = """
    INSERT INTO perhekeskus_message (uuid, kind, occasion, version, channel, recipient, language, about_id,
        permission_id, state, due_at, attempts, is_uncertain, last_error, created_at)
    VALUES (%s, %s, 'x', 1, 'email', 'a@kuopio.example', 'fi', 1, %s, 'waiting', now(), 0, false, '', now())
"""


def insert_by_hand(kind: str, permission_id: int | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW_INSERT, [uuid.uuid4(), kind, permission_id])


@pytest.mark.django_db
class TestTheDatabaseStandsGuard:
    @pytest.mark.parametrize("kind", [messages.REQUEST, messages.REMINDER])
    def test_no_message_without_a_permission(self, kind):
        with pytest.raises(IntegrityError, match="message_needs_consent|ilman perheen lupaa"):
            insert_by_hand(kind, None)

    def test_no_message_under_a_withdrawn_one(self):
        consent = an_invitation().consent
        insert_by_hand(messages.REQUEST, consent.pk)
        Message.objects.all().delete()
        consents.withdraw(consent=consent, by=consent.recorded_by)
        with pytest.raises(IntegrityError, match="ilman perheen lupaa"):
            insert_by_hand(messages.REQUEST, consent.pk)

    def test_no_message_under_one_that_has_run_out(self):
        consent = an_invitation().consent
        soon = timezone.now() + timedelta(milliseconds=50)
        ending = Consent.objects.create(
            family=consent.family, purpose=ConsentPurpose.INVITE, worker=WorkerFactory(),
            method=ConsentMethod.FACE_TO_FACE, recorded_by=consent.recorded_by, valid_until=soon,
        )  # fmt: skip
        while timezone.now() < soon:
            pass
        with pytest.raises(IntegrityError, match="ilman perheen lupaa"):
            insert_by_hand(messages.REQUEST, ending.pk)

    def test_no_message_under_one_that_never_was(self):
        with pytest.raises(IntegrityError, match="ilman perheen lupaa"):
            insert_by_hand(messages.REQUEST, 999_999)

    def test_a_dropped_one_is_not_brought_back_by_hand(self):
        invitation = an_invitation()
        queue(invitation)
        withdraw(invitation)
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(kind=messages.REQUEST).update(state=MessageState.WAITING)

    def test_the_refusal_is_a_sentence(self):
        invitation = an_invitation()
        consents.withdraw(consent=invitation.consent, by=invitation.consent.recorded_by)
        with pytest.raises(Refused, match="lupa"):
            queue(invitation)


@pytest.mark.django_db
class TestWithdrawing:
    def test_waiting_messages_are_dropped_in_the_same_transaction(self):
        invitation = an_invitation()
        queue(invitation)
        assert Message.objects.filter(state=MessageState.WAITING).count() == 2
        with transaction.atomic():
            consents.withdraw(consent=invitation.consent, by=invitation.consent.recorded_by)
            assert not Message.objects.exclude(state=MessageState.DROPPED).exists()

    def test_nothing_is_cancelled_that_was_never_sent(self, post):
        invitation = an_invitation()
        queue(invitation)
        withdraw(invitation)
        outbox.drain()
        assert post.raw == [] and not Message.objects.filter(kind=messages.CANCELLED).exists()

    def test_what_was_sent_is_cancelled_and_its_reminder_stops(self, post):
        invitation = an_invitation(sequence=2)
        queue(invitation)
        outbox.drain()
        withdraw(invitation)
        outbox.drain()
        request, cancellation = post.letters
        assert of_kind(messages.REMINDER).state == MessageState.DROPPED
        first, last = _event(request), _event(cancellation)
        assert _calendar(cancellation)["METHOD"] == "CANCEL"
        assert last["UID"] == first["UID"] and (first["SEQUENCE"], last["SEQUENCE"]) == (2, 3)
        assert cancellation["To"] == request["To"]
        assert "peruttu" in cancellation.get_body(("plain",)).get_content()

    def test_what_was_on_its_way_is_cancelled_too_and_never_tried_again(self, post, settings, caplog):
        settings.EMAIL_PORT, there = 1, settings.EMAIL_PORT
        invitation = an_invitation()
        queue(invitation)
        # Claimed by a worker that has not been heard of since.
        Message.objects.filter(kind=messages.REQUEST).update(
            state=MessageState.CLAIMED, claimed_at=timezone.now() - timedelta(hours=1), attempts=1
        )
        withdraw(invitation)
        settings.EMAIL_PORT = there
        outbox.drain()
        request = of_kind(messages.REQUEST)
        assert request.state == MessageState.DROPPED and request.is_uncertain
        (letter,) = post.letters
        assert _calendar(letter)["METHOD"] == "CANCEL"

    def test_a_permission_that_grows_carries_its_messages_along(self, post):
        invitation = an_invitation()
        queue(invitation)
        old = invitation.consent
        new = consents.give(
            family=old.family, to=old.worker, purpose=ConsentPurpose.INVITE, topics=["Uni", "Koulu"],
            method=ConsentMethod.FACE_TO_FACE, by=old.recorded_by,
        )  # fmt: skip
        assert new != old
        assert outbox.drain() == 1
        assert of_kind(messages.REQUEST).permission_id == new.pk
        assert of_kind(messages.REMINDER).state == MessageState.WAITING


@pytest.mark.django_db(transaction=True)
def test_nothing_is_claimed_after_a_withdrawal_whatever_happens_at_the_same_time(post):
    """A hundred times: either it had left by then and is cancelled, or it never leaves."""
    owner, family, period = WorkerFactory(), a_family(), next_weekday()
    outcomes = {"left": 0, "stayed": 0}
    for _round in range(10):
        invitations = [
            an_invitation(WorkerFactory(), family=family, owner=owner, period=period) for _number in range(10)
        ]
        for invitation in invitations:
            queue(invitation, owner)
        withdrawn_at: dict[int, datetime] = {}
        begin = threading.Barrier(2)

        def send(begin=begin) -> None:
            begin.wait()
            outbox.drain()
            connections.close_all()

        def take_back(begin=begin, invitations=invitations, withdrawn_at=withdrawn_at) -> None:
            begin.wait()
            # From the last: the two meet somewhere in the middle.
            for invitation in reversed(invitations):
                withdraw(invitation)
                withdrawn_at[invitation.pk] = timezone.now()
            connections.close_all()

        threads = [threading.Thread(target=send), threading.Thread(target=take_back)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outbox.drain()
        for invitation in invitations:
            request = Message.objects.get(kind=messages.REQUEST, about_id=invitation.pk)
            cancelled = Message.objects.filter(kind=messages.CANCELLED, about_id=invitation.pk)
            if request.state == MessageState.SENT:
                assert request.claimed_at < withdrawn_at[invitation.pk]
                assert cancelled.get().state == MessageState.SENT, "somebody waits for what is cancelled"
                outcomes["left"] += 1
            else:
                assert request.state == MessageState.DROPPED and not cancelled.exists()
                outcomes["stayed"] += 1
    assert min(outcomes.values()) > 0, outcomes


@pytest.mark.django_db
class TestTheInvitation:
    def test_it_says_when_where_and_who_convenes(self, post):
        convener = WorkerFactory(
            first_name="Kaisa", last_name="Peltonen", title="opettaja", phone="+358407654321",
            unit=UnitFactory(name="Kuusiston koulu"),
        )  # fmt: skip
        monday = DateTimeTZRange(
            datetime(2027, 3, 15, 9, 30, tzinfo=HELSINKI), datetime(2027, 3, 15, 11, tzinfo=HELSINKI)
        )
        invitation = an_invitation(period=monday)
        queue(invitation, convener)
        outbox.drain()
        (letter,) = post.letters
        assert letter["Subject"] == "Kutsu: yhteinen aika ma 15.3. klo 9.30"
        text = letter.get_body(("plain",)).get_content()
        assert text.startswith("Sinut on kutsuttu yhteiseen aikaan")
        assert "Aika: ma 15.3.2027 klo 9.30–11.00\n" in text
        assert "Paikka: Perhekeskus, Pihlaja\n" in text
        assert "Koollekutsuja: Kaisa Peltonen, opettaja, Kuusiston koulu\n" in text
        assert "Puhelin: 040 765 4321" in text
        assert f"/kutsu/{invitation.link.token}/" in text
        assert text.count("http") == 1, "one link"
        html = letter.get_body(("html",)).get_content()
        assert f"/kutsu/{invitation.link.token}/" in html and 'lang="fi"' in html

    def test_its_calendar_is_inline_and_a_file(self, post):
        worker = WorkerFactory()
        queue(an_invitation(worker))
        outbox.drain()
        (letter,) = post.letters
        inline = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
        (attached,) = letter.iter_attachments()
        assert len(inline) == 1 and inline[0].get_param("method") == "REQUEST"
        assert attached.get_filename() == "invite.ics"
        assert Calendar.from_ical(attached.get_content()) == _calendar(letter)
        assert _event(letter)["ATTENDEE"] == f"mailto:{worker.email}"

    def test_no_word_of_the_family_is_in_any_letter(self, post):
        family = a_family(email="salainen-perhe@demo.example", phone="+358401112223")
        grandmother = ClosePersonFactory(family=family, name="Aino Kurki", relation="isoäiti")
        convener = WorkerFactory(first_name="Olli", last_name="Ahonen")
        for person in (WorkerFactory(), WorkerFactory(), grandmother):
            queue(an_invitation(person, family=family), convener)
        outbox.drain()
        with time_machine.travel(next_weekday().lower - timedelta(hours=20), tick=False):
            outbox.drain()
        for invitation in Invitation.objects.all():
            withdraw(invitation)
        outbox.drain()
        kinds = set(Message.objects.filter(state=MessageState.SENT).values_list("kind", flat=True))
        assert kinds == {messages.REQUEST, messages.REMINDER, messages.CANCELLED}
        assert len(post.letters) == 9
        forbidden = [
            "Tuulikki", "Ilmatar", "Ilmattaren", "Aino", "Kurki", "isoäiti", "yöherä", "Uni ja aamut",
            "salainen-perhe", "1112223", "perheen nimi", "lastensuojelu",
        ]  # fmt: skip
        for letter in post.letters:
            everything = "\n".join(
                [str(value) for value in letter.values()]
                + [
                    part.get_payload(decode=True).decode()
                    for part in letter.walk()
                    if not part.is_multipart()
                ]
            )
            for word in forbidden:
                assert word.casefold() not in everything.casefold(), word

    def test_a_close_person_gets_plain_facts_and_no_workplace(self, post):
        convener = WorkerFactory(unit=UnitFactory(name="Lastensuojelu"), title="lastensuojelun työntekijä")
        queue(an_invitation(ClosePersonFactory(family=a_family())), convener)
        outbox.drain()
        (letter,) = post.letters
        assert _calendar(letter)["METHOD"] == "PUBLISH" and "ATTENDEE" not in _event(letter)
        assert convener.name in letter.get_body(("plain",)).get_content()
        for part in letter.walk():
            if not part.is_multipart():
                assert "astensuojelu" not in part.get_payload(decode=True).decode()
                assert convener.email not in part.get_payload(decode=True).decode()

    def test_a_close_person_with_a_telephone_only_gets_a_short_text(self, settings):
        settings.SMS_BACKEND, settings.DEMONSTRATION = "demonstration", True
        grandmother = ClosePersonFactory(family=a_family(), email="", phone="040 123 4567")
        assert queue(an_invitation(grandmother))
        assert outbox.drain() == 1
        message = of_kind(messages.REQUEST)
        assert message.recipient == "+358401234567"
        from perhekeskus.models import DemonstrationMail

        text = DemonstrationMail.objects.get().text
        assert "/kutsu/" in text and (sms.length(text) or 999) <= sms.ONE_MESSAGE

    def test_nobody_to_send_to_is_told_to_the_caller(self):
        assert not queue(an_invitation(ClosePersonFactory(family=a_family(), email="", phone="")))
        assert not Message.objects.exists()

    def test_a_preview_has_words_where_the_link_will_be(self):
        invitation = an_invitation()
        preview = Invitation(
            consent=invitation.consent, event_name="Yhteinen aika", period=invitation.period,
            place=invitation.place,
        )  # fmt: skip
        convener = WorkerFactory()
        sent = request_letter(invitation, convener=convener)
        shown = request_letter(preview, convener=convener)
        url = outbox.site_url("invitation_answer", invitation.link.token)
        assert sent.text.replace(url, "(tähän tulee jokaiselle oma linkki)") == shown.text

    def test_somebody_close_is_written_to_in_the_family_s_language(self, post):
        queue(an_invitation(ClosePersonFactory(family=a_family(language="sv"))))
        outbox.drain()
        told = post.letters[0].get_body(("plain",)).get_content()
        assert "Du är inbjuden till en gemensam tid" in told
        assert "kl. 9.30–11.00" in told


@pytest.mark.django_db
class TestTheReminder:
    def test_it_waits_for_nine_o_clock_in_helsinki_on_the_day_before(self):
        summer_time_begins = datetime(2027, 3, 29, 9, 30, tzinfo=HELSINKI)
        period = DateTimeTZRange(summer_time_begins, summer_time_begins + timedelta(hours=1))
        queue(an_invitation(period=period))
        due_at = of_kind(messages.REMINDER).due_at
        assert due_at.isoformat() == "2027-03-28T06:00:00+00:00"

    def test_there_is_none_when_the_day_before_has_gone(self):
        soon = timezone.now() + timedelta(hours=3)
        queue(an_invitation(period=DateTimeTZRange(soon, soon + timedelta(hours=1))))
        assert not Message.objects.filter(kind=messages.REMINDER).exists()

    @pytest.mark.parametrize("status", InvitationStatus.values)
    def test_it_goes_to_those_who_may_come(self, post, status):
        invitation = an_invitation()
        queue(invitation)
        outbox.drain()
        if status != InvitationStatus.PENDING:
            Invitation.objects.filter(pk=invitation.pk).update(status=status)
        with time_machine.travel(invitation.period.lower - timedelta(hours=20), tick=False):
            outbox.drain()
        comes = status in {"pending", "accepted", "tentative"}
        reminder = of_kind(messages.REMINDER)
        assert reminder.state == (MessageState.SENT if comes else MessageState.DROPPED), reminder.last_error

    def test_it_never_comes_afterwards(self, post):
        invitation = an_invitation()
        queue(invitation)
        with time_machine.travel(invitation.period.upper + timedelta(hours=1), tick=False):
            outbox.drain()
        assert post.raw == []
        assert set(Message.objects.values_list("state", "last_error")) == {("dropped", "past")}

    def test_it_goes_to_the_address_as_it_is_now(self, post):
        worker = WorkerFactory(email="vanha@kuopio.example")
        invitation = an_invitation(worker)
        queue(invitation)
        outbox.drain()
        worker.email = "uusi@kuopio.example"
        worker.save()
        with time_machine.travel(invitation.period.lower - timedelta(hours=20), tick=False):
            outbox.drain()
        assert post.recipients == ["vanha@kuopio.example", "uusi@kuopio.example"]
        withdraw(invitation)
        outbox.drain()
        assert sorted(post.recipients[2:]) == ["uusi@kuopio.example", "vanha@kuopio.example"]

    def test_somebody_who_has_left_is_not_reminded(self, post):
        worker = WorkerFactory()
        invitation = an_invitation(worker)
        queue(invitation)
        worker.is_active = False
        worker.save()
        outbox.drain()
        with time_machine.travel(invitation.period.lower - timedelta(hours=20), tick=False):
            outbox.drain()
        assert post.raw == []

    def test_a_mended_address_is_all_that_trying_again_needs(self, post, caplog):
        owner, worker = WorkerFactory(), WorkerFactory(email="vaarin@kuopio.example")
        post.refuses["vaarin@kuopio.example"] = "550 no such person"
        queue(an_invitation(worker), owner)
        outbox.drain()
        worker.email = "oikein@kuopio.example"
        worker.save()
        outbox.retry(of_kind(messages.REQUEST), owner)
        assert outbox.drain() == 1
        assert post.recipients == ["oikein@kuopio.example"]

    def test_an_event_that_has_moved_outdates_its_older_letters(self, post):
        invitation = an_invitation()
        queue(invitation)
        Invitation.objects.filter(pk=invitation.pk).update(sequence=1)
        invitation.refresh_from_db()
        queue(invitation)
        assert outbox.drain() == 1
        assert _event(post.letters[0])["SEQUENCE"] == 1


def _calendar(letter) -> Calendar:
    (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    return Calendar.from_ical(part.get_content())


def _event(letter):
    (event,) = _calendar(letter).walk("VEVENT")
    return event
