"""A year of promises by Helsinki's clock: each due reminder once, and none after its reason is gone.

The year begins today, so both changes of the clock, every public holiday and fifty weekends are in it. Beat
drains each morning; once it is down for 36 hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from meetings.actions import situations
from meetings.answer_clock import is_working_day
from meetings.slots import FREE_DAYS
from meetings.states import Ending
from network.actions import consents
from network.models import Consent, Worker
from network.states import ConsentPurpose
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI, today
from plans import actions, tasks
from plans.models import NextContact, Plan
from plans.promise_clock import working_days_after
from plans.states import ToldHow
from tests.factories import TeamFactory, WorkerFactory, a_held_meeting
from tests.factories.plans import a_guardian, an_agreed_plan

from .conftest import written

pytestmark = pytest.mark.django_db

TICK = time(8, 5)


def at(on: date, clock: time = TICK) -> datetime:
    return datetime.combine(on, clock, tzinfo=HELSINKI)


def clock_changes(first: date) -> list[date]:
    """The days of the year that have 23 or 25 hours."""
    days = (first + timedelta(days=number) for number in range(1, 364))

    def hours(day: date) -> float:
        midnight, next_one = at(day, time(0)), at(day + timedelta(days=1), time(0))
        return (next_one.astimezone(UTC) - midnight.astimezone(UTC)).total_seconds() / 3600

    return [day for day in days if hours(day) != 24]


@dataclass
class Year:
    """What happens on which morning, before the drain; beat is down on the mornings of `down`."""

    first: date = field(default_factory=today)
    happens: dict[date, list] = field(default_factory=dict)
    # On quiet days beat need not be simulated every morning: these and every Monday.
    busy: set[date] = field(default_factory=set)
    # Mornings without beat; it comes back in the evening of the last.
    down: tuple[date, ...] = ()

    def on(self, day: date, what) -> None:
        self.happens.setdefault(day, []).append(what)

    def ticks(self) -> Iterator[datetime]:
        for number in range(1, 366):
            day = self.first + timedelta(days=number)
            if day in self.down:
                if day == self.down[-1]:
                    yield at(day, time(20, 5))
            elif day in self.busy or day.weekday() == 0:
                yield at(day)

    def live(self, after_each) -> None:
        for moment in self.ticks():
            with time_machine.travel(moment, tick=False):
                for day in sorted(day for day in self.happens if day <= moment.date()):
                    for what in self.happens.pop(day):
                        what()
                tasks.settle_responsibilities()
                tasks.tell_of_late_promises()
                outbox.drain()
                after_each()


def promised(on: date, *, pair: Worker | None = None) -> NextContact:
    """A plan whose responsible worker has promised to be in touch on that day, and on no other."""
    worker = WorkerFactory()
    if pair is None:
        plan = an_agreed_plan(responsible=worker)
    else:
        meeting = a_held_meeting(people=[worker, pair])
        draft = actions.write_plan(
            situation=meeting.situation, by=meeting.convener, **written(responsible=[worker, pair])
        )
        plan = actions.agree(plan=draft, by=meeting.convener, given_by=a_guardian(draft))
    return actions.record_contact(contact=plan.contacts.get(), by=worker, outcome="Alussa.", next_on=on)


def far_off() -> date:
    """Further than the simulated year goes on."""
    return today() + timedelta(days=360)


def first_of(contact: NextContact) -> Worker:
    return contact.plan.responsible_workers.get(position=1).worker


def sent(contact: NextContact) -> list[tuple[str, str, date]]:
    """Which letters of the contact have left, to whom, and on which of Helsinki's days."""
    rows = Message.objects.filter(occasion=f"contact:{contact.pk}", state=MessageState.SENT)
    return [
        (row.kind, row.recipient, timezone.localdate(row.sent_at, HELSINKI))
        for row in rows.order_by("sent_at", "pk")
    ]


def test_a_year_of_reminders() -> None:
    year = Year()
    changes = clock_changes(year.first)
    assert len(changes) == 2
    free = [
        day
        for number in range(20, 360)
        if (day := year.first + timedelta(days=number)) in FREE_DAYS or day in changes
    ]
    # A working day whose next working day is further than one morning away.
    eve = next(day for day in free if is_working_day(day - timedelta(days=1))) - timedelta(days=1)
    later = (year.first + timedelta(days=number) for number in range(60, 90))
    plain = next(day for day in later if is_working_day(day) and is_working_day(day + timedelta(days=1)))
    # Down from the morning of a promised day to the evening of the next: 36 hours.
    year.down = (plain, plain + timedelta(days=1))

    near = [*range(-3, 16)]
    year.busy = {*free, *(start + timedelta(days=one) for start in (eve, plain) for one in near)}
    # Kept on its very day, on each public holiday and at each change of the clock.
    kept = promised(free[0])
    keeper, kept_days = first_of(kept), free
    chain = [kept]

    def keep() -> None:
        contact = chain[-1]
        if contact.on != today() or len(chain) == len(kept_days):
            return
        chain.append(
            actions.record_contact(
                contact=contact, by=keeper, outcome="Puhuttiin.", next_on=kept_days[len(chain)]
            )
        )

    # Never kept until everybody has been told; with a pair and a supervisor.
    pair = WorkerFactory()
    forgotten = promised(eve, pair=pair)
    boss = WorkerFactory(unit=first_of(forgotten).unit, is_supervisor=True)
    year.on(
        working_days_after(eve, 9),
        lambda: actions.record_contact(
            contact=forgotten, by=first_of(forgotten), outcome="Vihdoin.", next_on=far_off()
        ),
    )
    # While beat was down.
    missed = promised(plain)
    year.on(
        working_days_after(plain, 2),
        lambda: actions.record_contact(
            contact=missed, by=first_of(missed), outcome="Soitettiin.", next_on=far_off()
        ),
    )
    # Reasons that go: a new version, a handover, an end, the family's no, a worker who leaves.
    day = plain + timedelta(days=7)
    replaced, handed, ended, refused, left = (promised(day) for _ in range(5))
    workers = {contact.pk: first_of(contact) for contact in (replaced, handed, ended, refused, left)}
    heir = _hand_over(handed.plan)
    before = day - timedelta(days=2)
    year.on(before, lambda: _replace(replaced.plan, workers[replaced.pk], day + timedelta(days=200)))
    year.on(
        before, lambda: situations.end(situation=ended.plan.situation, by=_holder(ended), ending=Ending.MOVED)
    )
    year.on(before, lambda: _say_no(refused.plan, workers[refused.pk]))
    year.on(before, lambda: Worker.objects.filter(pk=workers[left.pk].pk).update(is_active=False))
    for contact in (handed, refused, left):
        by = {handed.pk: heir}.get(contact.pk, _holder(contact))
        year.on(
            day + timedelta(days=1),
            lambda contact=contact, by=by: actions.record_contact(
                contact=contact, by=by, outcome="Hyvin.", next_on=far_off()
            ),
        )
    outbox.drain()
    mail.outbox.clear()
    Message.objects.filter(state=MessageState.SENT).delete()

    year.live(after_each=keep)

    reminded = {contact.on: sent(contact) for contact in chain[:-1]}
    assert reminded == {day: [("contact_reminder", keeper.email, day)] for day in kept_days[:-1]}
    assert set(changes) <= set(reminded)
    assert sent(forgotten) == [
        ("contact_reminder", first_of(forgotten).email, eve),
        ("contact_late", first_of(forgotten).email, working_days_after(eve, 1)),
        ("promise_late_pair", pair.email, working_days_after(eve, 2)),
        ("promise_late_supervisor", boss.email, working_days_after(eve, 5)),
    ]
    assert sent(missed) == [("contact_late", first_of(missed).email, plain + timedelta(days=1))]
    assert sent(replaced) == sent(ended) == []
    assert sent(handed) == [("contact_reminder", heir.email, day)]
    for contact in (refused, left):
        assert sent(contact) == [("contact_reminder", _holder(contact).email, day)]
    following = NextContact.objects.get(plan__situation=replaced.plan.situation_id, plan__version=2)
    assert [row[0] for row in sent(following)][:1] == ["contact_reminder"]
    # What left is what the rows say: nothing twice, and nothing is stuck.
    assert len(mail.outbox) == Message.objects.filter(state=MessageState.SENT).count()
    assert not Message.objects.due().exists()


def _holder(contact: NextContact) -> Worker:
    return contact.plan.situation.holder


def _hand_over(plan: Plan) -> Worker:
    """Before the year begins: the family's permission is given on the day it is, by the database's clock."""
    heir = WorkerFactory()
    TeamFactory(members=[heir]).area.municipalities.add(plan.situation.family.municipality)
    handing = actions.offer_responsibility(
        plan=plan,
        by=plan.situation.holder,
        former=plan.responsible_workers.get().worker,
        to=heir,
        why="Työ vaihtuu.",
        said=actions.FamilySaid(today(), ToldHow.PHONE, a_guardian(plan)),
    )
    assert handing is not None
    actions.accept_responsibility(handing=handing, by=heir)
    return heir


def _replace(plan: Plan, worker: Worker, on: date) -> None:
    plan.refresh_from_db()
    draft = actions.write_plan(
        situation=plan.situation,
        by=worker,
        **written(responsible=[worker], next_contact=actions.Promise(on), seen_edition=plan.edition),
    )
    actions.agree(plan=draft, by=worker, given_by=a_guardian(draft))


def _say_no(plan: Plan, worker: Worker) -> None:
    family = plan.situation.family_id
    for consent in Consent.objects.in_force().filter(
        family=family, purpose=ConsentPurpose.COPY, worker=worker
    ):
        consents.withdraw(consent=consent)
