"""The plain way to common times, one worker, day and half hour after another: slow, and easy to believe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meetings.slots import FREE_DAYS, Question, Slot

HELSINKI = ZoneInfo("Europe/Helsinki")
Period = tuple[datetime, datetime]


@dataclass(frozen=True)
class PlainRoom:
    id: int
    seats: int
    is_accessible: bool
    municipality_code: str
    unit: int = 0
    equipment: frozenset[str] = frozenset()


@dataclass
class Calendars:
    """What the database knows: working weeks by worker, taken periods by worker and by room."""

    weeks: Mapping[int, list[tuple[int, time, time]]]
    taken: Mapping[int, list[Period]]
    rooms: Iterable[PlainRoom]
    rooms_taken: Mapping[int, list[Period]]
    # By team: its weekly times, or None when it isn't called to them; and how many days before it is called.
    teams: Mapping[int, tuple[list[tuple[int, time, time]] | None, int]] = field(default_factory=dict)
    # By worker: when they meet somebody, and in which unit; None is a home or a school.
    visits: Mapping[int, list[tuple[Period, int | None]]] = field(default_factory=dict)


def moment(day: date, clock: time) -> datetime:
    """The moment in UTC; in autumn's double hour the second, out of spring's gap an hour later."""
    local = datetime.combine(day, clock)
    first = local.replace(tzinfo=HELSINKI, fold=0)
    second = local.replace(tzinfo=HELSINKI, fold=1)
    in_gap = first.astimezone(UTC).astimezone(HELSINKI).replace(tzinfo=None) != local
    return (first if in_gap else second).astimezone(UTC)


def overlaps(one: Period, other: Period) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def covered(period: Period, stretches: Iterable[Period]) -> bool:
    """Whether the stretches together hold the whole of the period."""
    reached = period[0]
    for start, end in sorted(stretches):
        if start <= reached < end:
            reached = end
    return reached >= period[1]


def days(question: Question) -> list[date]:
    count = (question.last_day - question.first_day).days + 1
    return [question.first_day + timedelta(days=offset) for offset in range(count)]


def at_work(calendars: Calendars, worker: int, question: Question) -> list[Period]:
    """When the worker can be asked to come: at work, or at the times of the teams through which they come."""
    teams = [calendars.teams[team] for who, team in question.called if who == worker]
    weeks = [week for week, _notice in teams if week is not None]
    if not weeks:
        weeks = [calendars.weeks.get(worker) or [(weekday, time(8), time(16)) for weekday in range(1, 6)]]
    periods = hours(weeks[0], question)
    for week in weeks[1:]:
        periods = [
            (max(one[0], other[0]), min(one[1], other[1]))
            for one in periods
            for other in hours(week, question)
            if overlaps(one, other)
        ]
    today = question.not_before.astimezone(HELSINKI).date()
    for _week, notice in teams:
        first = moment(today + timedelta(days=notice), time(0))
        periods = [(max(start, first), end) for start, end in periods if end > first]
    return periods


def hours(week: list[tuple[int, time, time]], question: Question) -> list[Period]:
    return [
        (moment(day, starts), moment(day, ends))
        for day in days(question)
        if day not in FREE_DAYS
        for weekday, starts, ends in week
        if day.isoweekday() == weekday and moment(day, starts) < moment(day, ends)
    ]


NOWHERE = PlainRoom(0, 0, False, "")


def rooms_for(calendars: Calendars, question: Question) -> list[PlainRoom]:
    if not question.in_room:
        return [NOWHERE]
    return [
        room
        for room in calendars.rooms
        if room.municipality_code == question.municipality_code
        and room.seats >= question.seats
        and set(question.equipment) <= room.equipment
        and (room.is_accessible or not question.is_accessible)
    ]


def reaches(calendars: Calendars, worker: int, room: PlainRoom, period: Period, question: Question) -> bool:
    """Whether the worker has time to come from where they were before, and to go where they are next."""
    way = timedelta(minutes=question.travel_minutes)
    return not question.travel_minutes or not any(
        overlaps(period, (visit[0] - way, visit[1] + way))
        for visit, unit in calendars.visits.get(worker, [])
        if unit is None or room is NOWHERE or unit != room.unit
    )


def reference_slots(calendars: Calendars, question: Question, limit: int = 10) -> list[Slot]:
    working = {worker: at_work(calendars, worker, question) for worker in question.worker_ids}
    rooms = rooms_for(calendars, question)
    optional = set(question.worker_ids) - set(question.required_ids)
    most_missing = min(len(optional), len(set(question.worker_ids)) // 2)
    picked: list[Slot] = []
    for day in days(question):
        if day in FREE_DAYS or day.isoweekday() not in question.weekdays:
            continue
        best: dict[bool, tuple[int, Slot]] = {}
        for minute in range(0, 24 * 60, 30):
            clock = time(minute // 60, minute % 60)
            starts_at = moment(day, clock)
            ends_at = starts_at + timedelta(minutes=question.minutes)
            exists = starts_at.astimezone(HELSINKI).replace(tzinfo=None) == datetime.combine(day, clock)
            if not exists or clock < question.earliest or ends_at > moment(day, question.latest):
                continue
            if starts_at <= question.not_before:
                continue
            period = (starts_at, ends_at)
            busy = {
                worker
                for worker in question.worker_ids
                if not covered(period, working[worker])
                or any(overlaps(period, taken) for taken in calendars.taken.get(worker, []))
            }
            offers = []
            for room in rooms:
                if any(overlaps(period, taken) for taken in calendars.rooms_taken.get(room.id, [])):
                    continue
                missing = busy | {
                    worker
                    for worker in question.worker_ids
                    if not reaches(calendars, worker, room, period, question)
                }
                if len(missing) <= most_missing and not missing & set(question.required_ids):
                    offers.append((len(missing), not room.is_accessible, room.seats, room.id, missing))
            if not offers:
                continue
            count, _stairs, _seats, room_id, missing = min(offers, key=lambda offer: offer[:4])
            afternoon = clock >= time(12)
            if afternoon not in best or count < best[afternoon][0]:
                slot = Slot(starts_at, ends_at, room_id or None, tuple(sorted(missing)))
                best[afternoon] = (count, slot)
        found = sorted((slot for _count, slot in best.values()), key=rank)
        kept: list[Slot] = []
        for slot in found:
            if not any(
                overlaps((slot.starts_at, slot.ends_at), (other.starts_at, other.ends_at)) for other in kept
            ):
                kept.append(slot)
        picked += kept
    return sorted(picked, key=rank)[:limit]


def rank(slot: Slot) -> tuple[int, datetime]:
    return (len(slot.busy_worker_ids), slot.starts_at)


def reference_busy(calendars: Calendars, question: Question) -> list[Period]:
    """Five-minute steps of the shown hours when somebody cannot come, joined to stretches."""
    working = {worker: at_work(calendars, worker, question) for worker in question.worker_ids}
    stretches: list[Period] = []
    for day in days(question):
        step_start, end = moment(day, question.earliest), moment(day, question.latest)
        while step_start < end:
            step = (step_start, min(step_start + timedelta(minutes=5), end))
            busy = any(
                not covered(step, working[worker])
                or any(overlaps(step, taken) for taken in calendars.taken.get(worker, []))
                for worker in question.worker_ids
            )
            if (
                busy
                and stretches
                and stretches[-1][1] == step[0]
                and step_start != moment(day, question.earliest)
            ):
                stretches[-1] = (stretches[-1][0], step[1])
            elif busy:
                stretches.append(step)
            step_start = step[1]
    return stretches
