"""When the network's people are at work, away and busy, so that finding a common time is real."""

from datetime import date, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from meetings.models import Absence, Booking, BusyTime, ExternalCalendar, WorkingHours
from network.models import Worker

from .chance import Chance
from .clock import is_workday, moment

OFFICE = (time(8), time(16))
SHIFTS = [(time(7), time(15)), (time(8), time(16)), (time(9), time(16, 30))]
EVENINGS = (time(11), time(19))
# Half an hour to two hours, on the half hours of a working day.
STARTS = [time(hour, minute) for hour in range(8, 15) for minute in (0, 30)]
LENGTHS = [30, 60, 60, 90, 120]


def fill(workers: list[Worker], today: date, chance: Chance, weeks: int = 5) -> int:
    """Working weeks, absences and what else is in people's calendars; the number of rows."""
    hours: list[WorkingHours] = []
    absences: list[Absence] = []
    bookings: list[Booking] = []
    for worker in workers:
        hours += _week(worker, chance)
        absences += _absences(worker, today, chance)
        bookings += _bookings(worker, today, chance, weeks)
    WorkingHours.objects.bulk_create(hours, batch_size=2000)
    Absence.objects.bulk_create(absences, batch_size=2000)
    Booking.objects.bulk_create(bookings, batch_size=2000)
    elsewhere = _elsewhere([worker for worker in workers if worker.email.endswith("@demo.example")], today)
    return len(hours) + len(absences) + len(bookings) + elsewhere


def _elsewhere(workers: list[Worker], today: date) -> int:
    """Those who show the demonstration have a calendar elsewhere too: each Wednesday afternoon is taken."""
    made_at = moment(today, time(7))
    calendars = []
    for worker in workers:
        # There is no such server, so nothing is fetched by itself: what it said is here to be seen.
        calendar = ExternalCalendar(
            worker=worker,
            added_at=made_at - timedelta(days=30),
            fetched_at=made_at,
            tried_at=made_at,
            expanded_at=made_at,
            due_at=made_at + timedelta(days=3650),
        )
        calendar.address = f"https://kalenteri.kuopio.example/{worker.email.partition('@')[0]}.ics"
        calendars.append(calendar)
    ExternalCalendar.objects.bulk_create(calendars)
    days = [today + timedelta(days=offset) for offset in range(120)]
    rows = [
        BusyTime(calendar=calendar, period=DateTimeTZRange(moment(day, time(14)), moment(day, time(15, 30))))
        for calendar in calendars
        for day in days
        if day.isoweekday() == 3
    ]
    BusyTime.objects.bulk_create(rows)
    return len(calendars) + len(rows)


def _week(worker: Worker, chance: Chance) -> list[WorkingHours]:
    if "nuoriso" in worker.title:
        starts, ends = EVENINGS
    elif "varhaiskasvatuksen" in worker.title and not worker.email.endswith("@demo.example"):
        starts, ends = chance.choice(SHIFTS)
    else:
        starts, ends = OFFICE
    return [WorkingHours(worker=worker, weekday=day, starts=starts, ends=ends) for day in range(1, 6)]


def _absences(worker: Worker, today: date, chance: Chance) -> list[Absence]:
    """One in eight is away for a while during the coming weeks."""
    if worker.email.endswith("@demo.example") or chance.random() > 0.125:
        return []
    first = today + timedelta(days=chance.randint(1, 28))
    days = chance.choice([1, 1, 2, 7])
    return [
        Absence(
            worker=worker,
            period=DateTimeTZRange(moment(first, time(0)), moment(first + timedelta(days=days), time(0))),
        )
    ]


def _bookings(worker: Worker, today: date, chance: Chance, weeks: int) -> list[Booking]:
    """A few things a week; one a day at most, so that they never overlap."""
    rows = []
    for offset in range(weeks * 7):
        day = today + timedelta(days=offset)
        if not is_workday(day) or chance.random() > 0.45:
            continue
        starts_at = moment(day, chance.choice(STARTS))
        ends_at = starts_at + timedelta(minutes=chance.choice(LENGTHS))
        rows.append(Booking(worker=worker, period=DateTimeTZRange(starts_at, ends_at)))
    return rows
