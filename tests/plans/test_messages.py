"""Reminders of a promised contact: to whom, when, in which words, and when not."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from network.models import Worker
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI
from plans import actions
from plans.models import NextContact, Plan
from plans.promise_clock import working_days_after
from tests.factories.plans import a_guardian

from .conftest import WISH, in_days, written

pytestmark = pytest.mark.django_db


def reminders(contact: NextContact) -> dict[str, Message]:
    return {row.kind: row for row in Message.objects.filter(occasion=f"contact:{contact.pk}").order_by("pk")}


def test_first_of_the_pair_is_reminded_that_morning_and_the_next_working_one(
    situation, nurse: Worker
) -> None:
    plan = actions.write_plan(
        situation=situation, by=situation.holder, **written(responsible=[nurse, situation.holder])
    )
    contact = actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan)).contacts.get()

    rows = Message.objects.filter(occasion=f"contact:{contact.pk}").order_by("recipient", "due_at")
    morning = datetime.combine(in_days(14), time(8), tzinfo=HELSINKI)
    next_morning = datetime.combine(working_days_after(in_days(14), 1), time(8), tzinfo=HELSINKI)
    expected = [
        (nurse.email, "contact_reminder", morning),
        (nurse.email, "contact_late", next_morning),
    ]
    assert [(row.recipient, row.kind, row.due_at) for row in rows] == expected
    assert all(row.permission_id for row in rows)


def test_contact_later_today_is_not_reminded_of_this_morning(
    monday, contact: NextContact, nurse: Worker
) -> None:
    here = timezone.localtime(timezone.now(), HELSINKI)
    following = actions.record_contact(
        contact=contact,
        by=nurse,
        outcome="Jatketaan illalla.",
        next_on=here.date(),
        next_at=(here + timedelta(hours=3)).time(),
    )
    assert list(reminders(following)) == ["contact_late"]


def test_reminder_says_the_number_and_nothing_of_the_family(contact: NextContact) -> None:
    for kind, message in reminders(contact).items():
        letter = kind_of(message).compose(message)
        words = f"{letter.subject} {letter.text} {letter.html}"
        assert str(contact.plan.situation_id) in letter.text
        assert f"/yhteydenotot/{contact.pk}/" in letter.text
        assert ("odottaa vielä" in letter.subject) == (kind == "contact_late")
        for secret in (WISH, "Äiti-Kaisa", "Aada", "Kiuruvesi", "Aamut", "mummo", "demo.example"):
            assert secret.lower() not in words.lower()


def test_reminder_goes_out_on_its_morning(contact: NextContact, nurse: Worker, monkeypatch) -> None:
    Message.objects.exclude(kind="contact_reminder").delete()
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    outbox.drain()
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [([nurse.email], "Yhteydenotto tänään")]
    assert reminders(contact)["contact_reminder"].state == MessageState.SENT


def refusal(contact: NextContact) -> set[str | None]:
    return {kind_of(row).why_not(row) for row in reminders(contact).values()}


def test_open_contact_is_reminded_of(contact: NextContact) -> None:
    assert refusal(contact) == {None}


def test_done_contact_is_not_reminded_of(contact: NextContact, nurse: Worker) -> None:
    actions.record_contact(contact=contact, by=nurse, outcome="Hyvin.", next_on=in_days(30))
    assert refusal(contact) == {"done"}


def test_replaced_plan_is_not_reminded_of(contact: NextContact, agreed: Plan, nurse: Worker) -> None:
    second = actions.write_plan(
        situation=agreed.situation, by=nurse, **written(responsible=[nurse], seen_edition=agreed.edition)
    )
    actions.agree(plan=second, by=nurse, given_by=a_guardian(second))
    assert refusal(contact) == {"superseded"}


def test_one_who_has_left_is_not_reminded(contact: NextContact, nurse: Worker) -> None:
    nurse.is_active = False
    nurse.save()
    assert refusal(contact) == {"gone"}
