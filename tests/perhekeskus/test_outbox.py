"""The outbox: what is queued leaves once, waits when it must, and is given up where a person sees it."""

import threading
import time
from datetime import datetime, timedelta

import pytest
import time_machine
from celery import Celery
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perhekeskus import outbox
from perhekeskus.celery import app
from perhekeskus.embedded.process import free_port
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Kind, Letter, queueing
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from tests.factories import WorkerFactory

KIND = "test_letter"
REASONS: dict[int, str] = {}
SUBJECTS: dict[int, str] = {}


def _compose(message: Message) -> Letter:
    if message.about_id < 0:
        raise RuntimeError("a fault in our own words")
    return Letter(SUBJECTS.get(message.about_id, "Koe"), "Hyvää päivää", "<p>Hyvää päivää</p>")


outbox.register(Kind(KIND, _compose, lambda message: REASONS.get(message.about_id), "Koekirje"))


@pytest.fixture(autouse=True)
def no_reasons():
    REASONS.clear()
    SUBJECTS.clear()


def a_message(number: int = 1, **fields) -> Message:
    values = {
        "kind": KIND,
        "occasion": f"test:{number}",
        "recipient": f"saaja{number}@kuopio.example",
        "channel": Channel.EMAIL,
        "about_id": number,
    } | fields
    message = Message(**values)
    with transaction.atomic():
        outbox.queue([message])
    return Message.objects.get(uuid=message.uuid)


def fresh(message: Message) -> Message:
    message.refresh_from_db()
    return message


@pytest.mark.django_db
class TestSending:
    def test_what_is_due_leaves_and_the_rest_waits(self, post):
        due = a_message(1)
        later = a_message(2, due_at=timezone.now() + timedelta(hours=1))
        assert outbox.drain() == 1
        assert post.recipients == ["saaja1@kuopio.example"]
        assert fresh(due).state == MessageState.SENT
        assert due.sent_at is not None and due.attempts == 1 and not due.is_uncertain
        assert fresh(later).state == MessageState.WAITING

    def test_a_letter_names_its_row_and_says_that_a_machine_wrote_it(self, post):
        message = a_message()
        outbox.drain()
        (letter,) = post.letters
        assert letter["Message-ID"] == message.message_id
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["To"] == message.recipient
        assert letter.get_body(("plain",)).get_content().strip() == "Hyvää päivää"
        assert "<p>Hyvää päivää</p>" in letter.get_body(("html",)).get_content()

    def test_the_same_message_twice_is_one(self, post):
        first = a_message()
        with transaction.atomic():
            outbox.queue(
                [
                    Message(
                        kind=KIND,
                        occasion=first.occasion,
                        recipient=first.recipient,
                        channel=Channel.EMAIL,
                        about_id=1,
                    )
                ]
            )
        assert Message.objects.count() == 1
        assert outbox.drain() == 1 and outbox.drain() == 0

    def test_one_connection_carries_many_letters(self, post):
        for number in range(1, 21):
            a_message(number)
        assert outbox.drain() == 20
        assert len(post.raw) == 20 and post.greetings == 1

    def test_what_is_no_longer_needed_is_dropped_at_the_moment_of_sending(self, post):
        message = a_message()
        REASONS[1] = "past"
        assert outbox.drain() == 0
        assert fresh(message).state == MessageState.DROPPED and message.last_error == "past"
        assert post.raw == []

    def test_a_fault_in_one_letter_delays_that_letter_only(self, post, caplog):
        faulty, sound = a_message(-1), a_message(2)
        assert outbox.drain() == 1
        assert fresh(faulty).state == MessageState.WAITING and faulty.last_error == "RuntimeError"
        assert faulty.due_at > timezone.now()
        assert fresh(sound).state == MessageState.SENT

    def test_a_kind_that_this_version_does_not_know_waits(self, post, caplog):
        message = a_message()
        Message.objects.update(kind="from_the_future")
        outbox.drain()
        assert fresh(message).state == MessageState.WAITING and message.last_error == "UnknownKind"

    def test_a_round_ends_at_its_limit(self, post):
        for number in range(1, 6):
            a_message(number)
        assert outbox.drain(limit=2) == 2
        assert outbox.drain() == 3


@pytest.mark.django_db
class TestTryingAgain:
    def test_growing_pauses_then_given_up_then_a_person_tries_again(self, post, settings, caplog):
        settings.OUTBOX_PAUSES_MINUTES = [1, 5, 60]
        owner = WorkerFactory()
        there, away = settings.EMAIL_PORT, free_port()
        settings.EMAIL_PORT = away
        with time_machine.travel(datetime.fromisoformat("2026-11-02T08:15:00+00:00"), tick=False) as clock:
            message = a_message(owner=owner)
            for pause in (1, 5, 60):
                outbox.drain()
                assert fresh(message).state == MessageState.WAITING
                assert message.due_at == timezone.now() + timedelta(minutes=pause)
                assert message.last_error == "ConnectionRefusedError"
                clock.shift(timedelta(minutes=pause, seconds=-1))
                attempts = message.attempts
                outbox.drain()
                assert fresh(message).attempts == attempts, "it was tried before its pause was over"
                clock.shift(timedelta(seconds=1))
            outbox.drain()
            assert fresh(message).state == MessageState.GIVEN_UP and message.attempts == 4
            outbox.drain()
            assert fresh(message).attempts == 4

            settings.EMAIL_PORT = there
            outbox.retry(message, owner)
            outbox.drain()
        assert fresh(message).state == MessageState.SENT
        (letter,) = post.letters
        assert letter["Message-ID"] == message.message_id

    def test_an_address_that_does_not_exist_is_given_up_at_once(self, post, caplog):
        post.refuses["saaja1@kuopio.example"] = "550 5.1.1 no such person"
        message = a_message()
        outbox.drain()
        assert fresh(message).state == MessageState.GIVEN_UP
        assert message.last_error == "SMTPRecipientsRefused 550"
        assert not any("saaja1" in record.getMessage() for record in caplog.records)

    def test_a_full_mailbox_is_tried_later_and_the_others_are_served(self, post, caplog):
        post.refuses["saaja1@kuopio.example"] = "452 4.2.2 full"
        full, sound = a_message(1), a_message(2)
        outbox.drain()
        assert fresh(full).state == MessageState.WAITING and full.last_error == "SMTPRecipientsRefused 452"
        assert fresh(sound).state == MessageState.SENT

    def test_a_refused_content_is_given_up(self, post, caplog):
        post.refuses_content = "554 5.7.1 no"
        message = a_message()
        outbox.drain()
        assert fresh(message).state == MessageState.GIVEN_UP and message.last_error == "SMTPDataError 554"

    def test_a_server_that_is_away_is_asked_once_a_round(self, post, settings, caplog):
        settings.EMAIL_PORT = free_port()
        for number in range(1, 6):
            a_message(number)
        outbox.drain()
        assert Message.objects.filter(attempts=1).count() == 1
        assert Message.objects.filter(attempts=0, state=MessageState.WAITING).count() == 4

    def test_a_break_after_the_last_line_is_marked_as_perhaps_arrived(self, post, settings, caplog):
        post.dawdles = 1.5
        settings.EMAIL_TIMEOUT = 0.5
        message = a_message()
        outbox.drain()
        assert fresh(message).state == MessageState.WAITING and message.is_uncertain
        assert len(post.raw) == 1

    def test_a_lost_claim_is_claimed_again_and_marked(self, post, settings):
        message = a_message()
        Message.objects.update(state=MessageState.CLAIMED, claimed_at=timezone.now(), attempts=1)
        assert outbox.drain() == 0, "somebody is sending it at this moment"
        long_ago = timezone.now() - timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS + 1)
        Message.objects.update(claimed_at=long_ago)
        assert outbox.drain() == 1
        assert fresh(message).state == MessageState.SENT and message.is_uncertain and message.attempts == 2

    def test_a_message_that_always_takes_its_worker_down_is_given_up(self, post, settings):
        message = a_message()
        long_ago = timezone.now() - timedelta(days=1)
        tries = len(settings.OUTBOX_PAUSES_MINUTES) + 1
        Message.objects.update(state=MessageState.CLAIMED, claimed_at=long_ago, attempts=tries)
        outbox.drain()
        assert fresh(message).state == MessageState.GIVEN_UP and message.last_error == "WorkerLost"
        assert post.raw == []


@pytest.mark.django_db
class TestBadHeaders:
    @pytest.mark.parametrize(
        "address",
        [
            "a@kuopio.example\nBcc: b@kuopio.example",
            "a@kuopio.example\r",
            "a@kuopio.example,b@x.example",
            "A <a@kuopio.example>",
            "a b@kuopio.example",
            "",
        ],
    )
    def test_an_address_that_is_not_one_address_is_refused(self, address):
        with pytest.raises(Refused, match="osoite"):
            a_message(recipient=address)
        assert not Message.objects.exists()

    def test_and_by_the_database_too(self):
        message = a_message()
        with pytest.raises(IntegrityError, match="message_one_recipient"), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(recipient="a@b.example\nBcc: c@d.example")

    def test_a_line_break_in_a_subject_never_leaves(self, post, caplog):
        SUBJECTS[1] = "Koe\nBcc: muu@kuopio.example"
        message = a_message()
        outbox.drain()
        assert fresh(message).state == MessageState.GIVEN_UP and message.last_error == "BadHeaderError"
        assert post.raw == []


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    def test_a_message_needs_the_transaction_of_its_cause(self):
        with pytest.raises(RuntimeError, match="transaction"):
            outbox.queue([Message(kind=KIND, occasion="x", recipient="a@b.example", about_id=1)])

    def test_a_cause_undone_is_a_message_undone(self):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            outbox.queue([Message(kind=KIND, occasion="x", recipient="a@b.example", about_id=1)])
            raise ZeroDivisionError
        assert not Message.objects.exists()

    def test_a_commit_asks_for_a_drain_at_once(self):
        with app.connection_for_read() as broker:
            queue = broker.SimpleQueue("celery")
            queue.clear()
            a_message()
            assert queue.get(timeout=5).headers["task"] == "perhekeskus.tasks.drain_outbox"
            queue.close()

    def test_without_a_broker_the_change_stands_and_the_next_drain_sends(self, post, monkeypatch, caplog):
        nobody = Celery("nobody", broker=f"redis://127.0.0.1:{free_port()}/0")
        nobody.conf.broker_transport_options = dict(app.conf.broker_transport_options)
        monkeypatch.setattr(queueing, "app", nobody)
        began = time.monotonic()
        message = a_message()
        assert time.monotonic() - began < 2, "a page waited for a broker that is away"
        assert fresh(message).state == MessageState.WAITING
        assert "outbox not kicked" in caplog.text
        assert outbox.drain() == 1

    def test_many_drains_at_once_send_each_message_once(self, post):
        for number in range(1, 41):
            a_message(number)
        post.dawdles = 0.005
        sent: list[int] = []
        begin = threading.Barrier(8)

        def run() -> None:
            begin.wait()
            sent.append(outbox.drain())
            connections.close_all()

        threads = [threading.Thread(target=run) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(sent) == 40 and len([count for count in sent if count]) > 1
        assert sorted(post.recipients) == sorted(f"saaja{number}@kuopio.example" for number in range(1, 41))

    def test_nobody_is_kept_waiting_while_a_letter_is_on_its_way(self, post):
        """The row is not locked during the sending: it can be looked at and changed."""
        message = a_message()
        post.dawdles = 1.5
        thread = threading.Thread(target=lambda: (outbox.drain(), connections.close_all()))
        thread.start()
        give_up_at = timezone.now() + timedelta(seconds=5)
        while not post.raw and timezone.now() < give_up_at:
            pass
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT FROM perhekeskus_message WHERE id = %s FOR UPDATE NOWAIT", [message.pk])
        assert fresh(message).state == MessageState.CLAIMED
        thread.join()
        assert fresh(message).state == MessageState.SENT


@pytest.mark.django_db
class TestThePageOfWhatWasGivenUp:
    @pytest.fixture
    def given_up(self, post, caplog):
        owner = WorkerFactory()
        post.refuses["saaja1@kuopio.example"] = "550 no"
        message = a_message(owner=owner)
        outbox.drain()
        return fresh(message)

    def test_the_owner_sees_it_without_the_address_and_tries_again(self, client: Client, given_up, post):
        client.force_login(given_up.owner)
        page = client.get(reverse("message_list")).content.decode()
        assert "Koekirje" in page and "saaja1" not in page and "Tarkista osoite" in page
        post.refuses.clear()
        answer = client.post(reverse("message_retry", args=[given_up.pk]), follow=True)
        assert "Viesti lähtee uudelleen" in answer.content.decode()
        outbox.drain()
        assert fresh(given_up).state == MessageState.SENT

    def test_another_worker_knows_nothing_of_it(self, client: Client, given_up):
        client.force_login(WorkerFactory())
        assert "Koekirje" not in client.get(reverse("message_list")).content.decode()
        assert client.post(reverse("message_retry", args=[given_up.pk])).status_code == 404
        assert fresh(given_up).state == MessageState.GIVEN_UP

    def test_the_administrator_sees_that_it_failed_but_not_whom_it_was_for(self, client: Client, given_up):
        client.force_login(WorkerFactory(administrator=True))
        page = client.get(reverse("message_list")).content.decode()
        assert "Koekirje" in page and "saaja1" not in page

    def test_looking_never_acts(self, client: Client, given_up):
        client.force_login(given_up.owner)
        assert client.get(reverse("message_retry", args=[given_up.pk])).status_code == 405
        assert fresh(given_up).state == MessageState.GIVEN_UP

    def test_trying_twice_is_refused_with_a_sentence(self, client: Client, given_up):
        outbox.retry(given_up, given_up.owner)
        client.force_login(given_up.owner)
        answer = client.post(reverse("message_retry", args=[given_up.pk]), follow=True)
        assert "jo lähdössä" in answer.content.decode()

    def test_what_is_no_longer_needed_is_dropped_instead(self, client: Client, given_up):
        REASONS[1] = "past"
        client.force_login(given_up.owner)
        answer = client.post(reverse("message_retry", args=[given_up.pk]), follow=True)
        assert "ei enää tarvita" in answer.content.decode()
        assert fresh(given_up).state == MessageState.DROPPED

    def test_only_the_owner_or_an_administrator_may(self, given_up):
        with pytest.raises(Refused):
            outbox.retry(given_up, WorkerFactory())
        outbox.retry(given_up, WorkerFactory(administrator=True))
        assert fresh(given_up).state == MessageState.WAITING

    def test_a_long_list_takes_as_many_queries_as_a_short_one(
        self, client: Client, given_up, django_assert_num_queries
    ):
        owner = given_up.owner
        for number in range(2, 30):
            a_message(number, owner=owner)
        Message.objects.filter(state=MessageState.WAITING).update(state=MessageState.CLAIMED)
        Message.objects.filter(state=MessageState.CLAIMED).update(state=MessageState.GIVEN_UP)
        client.force_login(owner)
        client.get(reverse("message_list"))
        with django_assert_num_queries(4):
            client.get(reverse("message_list"))

    def test_an_empty_page_says_what_belongs_here(self, client: Client):
        client.force_login(WorkerFactory())
        assert "Kaikki viestit ovat menneet perille" in client.get(reverse("message_list")).content.decode()
