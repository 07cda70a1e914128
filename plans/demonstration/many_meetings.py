"""Meetings by the million in every municipality, written by COPY: to see that numbers stay quick.

Nothing of them is anybody's: a family is only a row for its meetings to hang on, without members, talks or
permissions, and its worker an invented one of its municipality. The same number and months give the same
rows. While they are written the triggers rest and the indexes are away: what the triggers keep on the rows is
written with them, and what they count is counted at the end from the rows themselves.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from meetings.models import Kind
from meetings.states import (
    CalledOff,
    Ending,
    MeetingKind,
    MeetingStatus,
    PlaceKind,
    Stage,
    WayIn,
    WhoCancelled,
)
from network.models import Municipality, Organisation, Unit, Worker
from network.recount import count_anew
from network.states import ContactChannel, Sector
from perhekeskus.words import HELSINKI, today

from .clock import is_workday

# A family has so many meetings at the most, one a month.
IN_A_ROW = 6
# A twentieth for each: which kind, and how it went.
KINDS = (
    [MeetingKind.SHARED_TIME] * 11
    + [MeetingKind.LP] * 2
    + [MeetingKind.FAMILY_TEAM] * 2
    + [MeetingKind.MYR, MeetingKind.YOUTH_TEAM, MeetingKind.AUTHORITY]
    + [MeetingKind.FOLLOW_UP] * 2
)
STATUSES = [MeetingStatus.HELD] * 17 + [MeetingStatus.CANCELLED] * 2 + [MeetingStatus.NOT_HELD]
WHOSE = list(WhoCancelled)
SECTOR = Sector.SOCIAL_HEALTH.value
WAYS_IN = [WayIn.CLOSE_WORKER] * 4 + [WayIn.PHONE, WayIn.ELECTRONIC, WayIn.OUTREACH]
HOURS = (time(8, 30), time(10), time(13), time(14, 30))

TABLES = {
    "network_family": "id, language, other_language, needs_interpreter, contact_channel, email, phone,"
    " address_protected, both_guardians_asked, created_at, municipality_id",
    "meetings_situation": "id, stage, way_in, ending, ended_from, opened_at, stage_since, ended_at,"
    " touched_at, municipality_id, family_id, holder_id, opened_by_id, ended_by_id",
    "meetings_meeting": "id, situation_id, event_uid, sequence, version, notes, place_kind, kind,"
    " municipality_id, convener_id, invited_by_id, status, created_at, decided_at, invited_at, period,"
    " held_at, cancelled_at, held_by_id, cancelled_by_id, convener_sector, called_off_by",
    "meetings_firstsharedtime": "situation_id, municipality_id, opened_at, held_at",
    "meetings_cancellation": "what, who, why, words, at, by_id, meeting_id",
}
# Made again when all is in, as a restored backup does; the keys stay, they grow in order,
# and so do the indexes of a few rows.
INDEXES = """
    SELECT quote_ident(namespace.nspname) || '.' || quote_ident(relation.relname),
           pg_get_indexdef(index.indexrelid)
    FROM pg_index AS index
    JOIN pg_class AS relation ON relation.oid = index.indexrelid
    JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
    WHERE index.indrelid = %s::regclass AND index.indpred IS NULL
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = index.indexrelid)
    ORDER BY 1
"""
CHUNK = 50_000


@dataclass(frozen=True)
class _Moment:
    """A time of a meeting as COPY reads it, with what came before it and after it."""

    opened: str
    created: str
    decided: str
    invited: str
    starts: str
    ends: str
    over: str


@dataclass(frozen=True)
class _Plan:
    """How so many meetings fall on the municipalities, their families and the months."""

    number: int
    municipalities: list[str]
    workers: list[int]
    months: list[list[_Moment]]
    shared_kinds: frozenset[str]
    first_family: int
    first_situation: int
    first_meeting: int

    @property
    def chunks(self) -> int:
        """How many families follow each other before the months begin again."""
        return -(-len(self.months) // IN_A_ROW)

    @property
    def families(self) -> int:
        """So many, some of the last of them perhaps without a meeting."""
        return len(self.municipalities) * self.chunks * (-(-self.ordinals // len(self.months)))

    @property
    def ordinals(self) -> int:
        """How many meetings the fullest municipality has."""
        return -(-self.number // len(self.municipalities))


def closed_months(months: int, day: date) -> list[date]:
    """So many months before that of the day, from the oldest on."""
    number = day.year * 12 + day.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - months, number)]


def load_meetings(number: int, months: int, tell: Callable[[str], object] = lambda line: None) -> None:
    """Write `number` meetings over the latest closed months of every municipality, and count them."""
    if not Municipality.objects.exists():
        call_command("load_municipalities", stdout=StringIO())
    workers = _workers()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        plan = _Plan(
            number,
            sorted(workers),
            [workers[code] for code in sorted(workers)],
            [_moments(month) for month in closed_months(months, today())],
            frozenset(Kind.objects.filter(counts_as_shared_time=True).values_list("code", flat=True)),
            *(_next_key(cursor, table) for table in list(TABLES)[:3]),
        )
        rows = {
            "network_family": _families(plan),
            "meetings_situation": _situations(plan),
            "meetings_meeting": _meetings(plan),
            "meetings_firstsharedtime": _first_shared_times(plan),
            "meetings_cancellation": _cancellations(plan),
        }
        for table, columns in TABLES.items():
            with _without_indexes(cursor, table):
                _copy(cursor, table, columns, rows[table])
                tell(f"{table}: rivit ovat kannassa, tehdään hakemistot …")
        for table, last in (
            ("network_family", plan.first_family + plan.families),
            ("meetings_situation", plan.first_situation + plan.families),
            ("meetings_meeting", plan.first_meeting + number),
        ):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [last])
        cursor.execute("SET LOCAL session_replication_role = origin")
    tell("Lasketaan luvut riveistä …")
    count_anew()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _workers() -> dict[str, int]:
    """A worker of each municipality, by the municipality's number; made on the first time."""
    organisation, _made = Organisation.objects.get_or_create(
        name="Keksitty perhepalvelu", defaults={"sector": SECTOR, "is_public_service": True}
    )
    nobody = make_password(None)
    for municipality in Municipality.objects.exclude(units__organisation=organisation):
        unit = Unit.objects.create(organisation=organisation, name="Perhepalvelu", municipality=municipality)
        Worker.objects.create(
            email=f"perhepalvelu.{municipality.code}@koe.example",
            password=nobody,
            first_name="Toimi",
            last_name=f"Keksitty-{municipality.code}",
            title="perhetyöntekijä",
            unit=unit,
        )
    found = Worker.objects.filter(unit__organisation=organisation).order_by("pk")
    return dict(found.values_list("unit__municipality_id", "pk"))


def _next_key(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
    return cursor.fetchone()[0]


@contextmanager
def _without_indexes(cursor: CursorWrapper, table: str) -> Iterator[None]:
    cursor.execute(INDEXES, [table])
    indexes = cursor.fetchall()
    for name, _what in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, what in indexes:
        cursor.execute(what)


def _copy(cursor: CursorWrapper, table: str, columns: str, rows: Iterable[str]) -> None:
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        buffer = io.StringIO()
        for row in rows:
            buffer.write(row)
            if buffer.tell() > 1 << 20:
                copy.write(buffer.getvalue())
                buffer = io.StringIO()
        copy.write(buffer.getvalue())


# --- the rows ------------------------------------------------------------------------------------


def _moments(month: date) -> list[_Moment]:
    """Every hour of the month's workdays at which people meet."""
    days = [month + timedelta(days=offset) for offset in range(31)]
    return [
        _moment(datetime.combine(day, hour, HELSINKI))
        for day in days
        if day.month == month.month and is_workday(day)
        for hour in HOURS
    ]


def _moment(starts: datetime) -> _Moment:
    def text(at: datetime) -> str:
        return at.isoformat(sep=" ")

    def before(days: int) -> str:
        return text(starts - timedelta(days=days))

    ends = starts + timedelta(minutes=90)
    return _Moment(
        opened=before(21),
        created=before(18),
        decided=before(14),
        invited=before(12),
        starts=text(starts),
        ends=text(ends),
        over=text(ends + timedelta(days=2)),
    )


def _chance(number: int) -> int:
    """Something that nobody foresees of the number, always the same: sixteen bits."""
    return (number * 2654435761 & 0xFFFFFFFF) >> 16


def _families(plan: _Plan) -> Iterator[str]:
    codes = plan.municipalities
    for number in range(plan.families):
        moment = _first_moment(plan, number)
        yield (
            f"{plan.first_family + number}\tfi\t\tf\t{ContactChannel.PAPER.value}\t\t\tf\tf\t{moment.opened}"
            f"\t{codes[number % len(codes)]}\n"
        )


def _first_moment(plan: _Plan, family: int) -> _Moment:
    """The earliest time that a meeting of the family can have."""
    return plan.months[family // len(plan.municipalities) % plan.chunks * IN_A_ROW][0]


def _situations(plan: _Plan) -> Iterator[str]:
    people, codes = plan.workers, plan.municipalities
    constant = f"{Ending.EVERYDAY.value}\t{Stage.PLAN.value}"
    for number in range(plan.families):
        opened = _first_moment(plan, number).opened
        # Everyday life ran when the last of its months was over.
        month = number // len(people) % plan.chunks * IN_A_ROW + IN_A_ROW - 1
        over = plan.months[min(month, len(plan.months) - 1)][-1].over
        town = number % len(people)
        worker = people[town]
        yield (
            f"{plan.first_situation + number}\t{Stage.EVERYDAY.value}\t{WAYS_IN[number % len(WAYS_IN)].value}"
            f"\t{constant}\t{opened}\t{over}\t{over}\t{over}\t{codes[town]}"
            f"\t{plan.first_family + number}\t{worker}\t{worker}\t{worker}\n"
        )


def _first_shared_times(plan: _Plan) -> Iterator[str]:
    """When each family's first shared time was held, of those that had one."""
    codes = plan.municipalities
    for number in range(plan.families):
        if held := _first_held(plan, number):
            yield (
                f"{plan.first_situation + number}\t{codes[number % len(codes)]}"
                f"\t{_first_moment(plan, number).opened}\t{held}\n"
            )


def _first_held(plan: _Plan, family: int) -> str:
    """The family's first shared time that was held; empty without any."""
    chunks, town = divmod(family, len(plan.municipalities))
    lap, chunk = divmod(chunks, plan.chunks)
    first = chunk * IN_A_ROW
    for month in range(first, min(first + IN_A_ROW, len(plan.months))):
        number = (lap * len(plan.months) + month) * len(plan.municipalities) + town
        chance = _chance(number)
        if (
            number < plan.number
            and _status(chance) == MeetingStatus.HELD
            and _kind(chance) in plan.shared_kinds
        ):
            return _moment_of(plan.months[month], chance).starts
    return ""


def _status(chance: int) -> MeetingStatus:
    return STATUSES[chance % 20]


def _kind(chance: int) -> MeetingKind:
    return KINDS[chance // 20 % 20]


def _whose(chance: int) -> str:
    return WHOSE[chance // 20 % len(WHOSE)].value


def _moment_of(month: list[_Moment], chance: int) -> _Moment:
    return month[chance // 400 % len(month)]


def _meetings(plan: _Plan) -> Iterator[str]:
    """The first meeting of every municipality in the first month, then in the second, and so on."""
    towns, months, chunks = len(plan.municipalities), len(plan.months), plan.chunks
    # What a row tells of its time is composed once for each way it can go.
    times = [[{s: _times(moment, s) for s in set(STATUSES)} for moment in month] for month in plan.months]
    constant = f"0\t1\t\t{PlaceKind.ROOM.value}"
    for number in range(plan.number):
        ordinal, town = divmod(number, towns)
        lap, month = divmod(ordinal, months)
        family = (lap * chunks + month // IN_A_ROW) * towns + town
        key, chance = plan.first_meeting + number, _chance(number)
        status, worker = _status(chance), plan.workers[town]
        if status == MeetingStatus.HELD:
            by = f"{worker}\t\\N\t{SECTOR}\t"
        elif status == MeetingStatus.CANCELLED:
            by = f"\\N\t{worker}\t{SECTOR}\t{_whose(chance)}"
        else:
            by = f"\\N\t\\N\t{SECTOR}\t{_whose(chance)}"
        yield (
            f"{key}\t{plan.first_situation + family}\t{key:08x}-0000-4000-8000-000000000000\t{constant}"
            f"\t{_kind(chance)}\t{plan.municipalities[town]}\t{worker}\t{worker}"
            f"\t{times[month][chance // 400 % len(times[month])][status]}\t{by}\n"
        )


def _times(moment: _Moment, status: MeetingStatus) -> str:
    held = moment.ends if status == MeetingStatus.HELD else "\\N"
    cancelled = moment.invited if status == MeetingStatus.CANCELLED else "\\N"
    return (
        f"{status.value}\t{moment.created}\t{moment.decided}\t{moment.invited}"
        f'\t["{moment.starts}","{moment.ends}")\t{held}\t{cancelled}'
    )


def _cancellations(plan: _Plan) -> Iterator[str]:
    """What was called off and what was not held, with who it was from."""
    towns = len(plan.municipalities)
    for number in range(plan.number):
        chance = _chance(number)
        status = _status(chance)
        if status == MeetingStatus.HELD:
            continue
        what = CalledOff.MEETING if status == MeetingStatus.CANCELLED else CalledOff.NOT_HELD
        at = _moment_of(plan.months[number // towns % len(plan.months)], chance).invited
        yield (
            f"{what.value}\t{_whose(chance)}\t\t\t{at}\t{plan.workers[number % towns]}"
            f"\t{plan.first_meeting + number}\n"
        )
