"""What is late climbs, and one who is away has a substitute: who is told, when, and of what."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from meetings.models import Absence
from network.models import Worker
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.words import HELSINKI
from plans import actions, tasks
from plans.models import ContactRequest, NextContact
from plans.promise_clock import advice_on, working_days_after, working_days_late
from tests.factories import MunicipalityFactory, UnitFactory, WorkerFactory

from .conftest import in_days

pytestmark = pytest.mark.django_db


def on_day(day, clock: time = time(9)) -> time_machine.travel:
    return time_machine.travel(datetime.combine(day, clock, tzinfo=HELSINKI), tick=False)


def told(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def test_supervisor_is_told_the_name_and_the_days_and_nothing_else(
    contact: NextContact, nurse: Worker
) -> None:
    boss = WorkerFactory(unit=nurse.unit, is_supervisor=True)
    WorkerFactory(is_supervisor=True)
    fifth = working_days_after(contact.on, 5)
    for day, clock, count in (
        (working_days_after(contact.on, 4), time(9), 0),
        (fifth, time(7, 50), 0),
        (fifth, time(8), 1),
        (fifth, time(9), 1),
        (working_days_after(contact.on, 6), time(9), 1),
    ):
        with on_day(day, clock):
            tasks.tell_of_late_promises()
            assert len(told("promise_late_supervisor")) == count, (day, clock)
    [message] = told("promise_late_supervisor")
    with on_day(fifth):
        letter = kind_of(message).compose(message)
        assert kind_of(message).why_not(message) is None
    assert message.owner == boss
    assert nurse.name in letter.text and "5 arkipäivää" in letter.text
    for secret in (str(contact.plan.situation_id), "Aada", "yhteydenotot/"):
        assert secret not in letter.text
    actions.record_contact(contact=contact, by=nurse, outcome="Hyvin.", next_on=in_days(60))
    assert kind_of(message).why_not(message) == "done"


def test_without_a_supervisor_a_coordinator_is_told(contact: NextContact, nurse: Worker) -> None:
    elsewhere = UnitFactory(municipality=MunicipalityFactory(code="996", name_fi="Muualla"))
    WorkerFactory(is_coordinator=True, unit=elsewhere)
    near = WorkerFactory(is_coordinator=True, unit=nurse.unit)
    with on_day(working_days_after(contact.on, 5)):
        tasks.tell_of_late_promises()
    assert [message.owner for message in told("promise_late_supervisor")] == [near]


def test_a_substitute_gets_the_number_and_the_name_of_the_koppi(contact: NextContact, nurse: Worker) -> None:
    substitute, holder = WorkerFactory(unit=nurse.unit), contact.plan.situation.holder
    begins = datetime.combine(contact.on - timedelta(days=1), time(0), tzinfo=HELSINKI)
    Absence.objects.create(
        worker=nurse, period=DateTimeTZRange(begins, begins + timedelta(days=5)), substitute=substitute
    )
    with on_day(contact.on, time(7)):
        tasks.tell_of_late_promises()
        assert not told("promise_substitute"), "the day has not begun"
    with on_day(contact.on):
        for _twice in range(2):
            tasks.tell_of_late_promises()
        [message] = told("promise_substitute")
        letter = kind_of(message).compose(message)
        assert message.owner == substitute and kind_of(message).why_not(message) is None
        assert str(contact.plan.situation_id) in letter.text and holder.name in letter.text
        assert f"/yhteydenotot/{contact.pk}/" not in letter.text and "Aada" not in letter.text
        Absence.objects.all().delete()
        assert kind_of(message).why_not(message) == "not_theirs"


def test_what_a_family_asked_for_climbs_too(contact: NextContact, nurse: Worker) -> None:
    boss = WorkerFactory(unit=nurse.unit, is_supervisor=True)
    request = actions.ask_contact(situation=contact.plan.situation)
    contact.on = request.answer_by + timedelta(days=200)
    NextContact.objects.filter(pk=contact.pk).update(on=contact.on)
    with on_day(working_days_after(request.answer_by, 5)):
        tasks.tell_of_late_promises()
        [message] = told("promise_late_supervisor")
        assert (message.owner, message.occasion) == (boss, f"request:{request.pk}")
        late = Message.objects.get(kind="contact_asked_late")
        assert late.due_at <= timezone.now() and kind_of(late).why_not(late) is None
        actions.take_back_request(situation=contact.plan.situation)
        assert {kind_of(one).why_not(one) for one in (message, late)} == {"done"}
    assert ContactRequest.objects.get().withdrawn_at is not None


def test_working_days_know_the_weekends_and_the_holidays() -> None:
    wednesday = date(2027, 3, 24)
    # Easter is 26.–29.3.2027: the third working day after the Wednesday is the Wednesday after it.
    assert [working_days_after(wednesday, days).isoformat() for days in (1, 2, 3)] == [
        "2027-03-25",
        "2027-03-30",
        "2027-03-31",
    ]
    assert working_days_late(wednesday, date(2027, 3, 30)) == 2
    assert advice_on(wednesday) == ""
    assert "pyhäpäivä" in advice_on(date(2027, 3, 26))
    assert "viikonloppu" in advice_on(date(2027, 4, 3))
