"""The letters that come regularly: who gets one now, written down so that nobody gets a second.

Safe to run twice, by many at once, and after a pause: the database refuses a second letter of a kind
within its period, and what was refused is not queued.
"""

from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

from perhekeskus.words import HELSINKI

from . import letters
from .areas import areas_without_forum
from .audiences import write_receipts
from .models import Bulletin, RegularLetter, Worker
from .models.bulletins import FRESH_DAYS
from .states import RegularLetterKind

MONDAY = 0
FROM_CLOCK = time(8)
WEEK = timedelta(days=7)

_NEWS = """
    INSERT INTO network_regularletter (kind, worker_id, period, tells_since, created_at)
    SELECT %(kind)s, worker.id, daterange(%(first)s, %(last)s), told.at, %(now)s
    FROM network_worker worker
    CROSS JOIN LATERAL (
        SELECT greatest(max(letter.created_at), %(fresh)s) AS at
        FROM network_regularletter letter
        WHERE letter.worker_id = worker.id AND letter.kind = %(kind)s
    ) told
    WHERE worker.is_active AND worker.wants_digest AND EXISTS (
        SELECT FROM network_bulletinreceipt receipt
        JOIN network_bulletin bulletin ON bulletin.id = receipt.bulletin_id
        WHERE receipt.worker_id = worker.id AND receipt.seen_at IS NULL
            AND bulletin.withdrawn_at IS NULL
            AND bulletin.published_at > told.at AND bulletin.published_at <= %(now)s
    )
    ORDER BY worker.id
    ON CONFLICT DO NOTHING
    RETURNING id
"""


def _begins(now: datetime) -> bool:
    """Monday from eight o'clock on: always the same day: a late one does not move the next ones."""
    here = timezone.localtime(now, HELSINKI)
    return here.weekday() == MONDAY and here.time() >= FROM_CLOCK


def give_late_starters_their_receipts() -> None:
    """Those who have come into the audience of a fresh bulletin since it was sent."""
    for bulletin in Bulletin.objects.fresh().select_related("group").order_by("pk"):
        write_receipts(bulletin)


@transaction.atomic
def write_digests() -> int:
    """A letter to everybody who has unread news that no earlier letter told of; how many were written."""
    now = timezone.now()
    if not _begins(now):
        return 0
    today = timezone.localdate(now, HELSINKI)
    with connection.cursor() as cursor:
        cursor.execute(
            _NEWS,
            {
                "kind": RegularLetterKind.BULLETINS,
                "first": today,
                "last": today + WEEK,
                "now": now,
                "fresh": now - timedelta(days=FRESH_DAYS),
            },
        )
        written = [pk for (pk,) in cursor.fetchall()]
    letters.queue_regular(RegularLetter.objects.filter(pk__in=written))
    return len(written)


@transaction.atomic
def remind_of_forums() -> int:
    """A letter a month at most to each coordinator while some area has been too long without a forum."""
    now = timezone.now()
    today = timezone.localdate(now, HELSINKI)
    here = timezone.localtime(now, HELSINKI)
    if here.time() < FROM_CLOCK or not areas_without_forum():
        return 0
    coordinators = Worker.objects.active().filter(is_coordinator=True).order_by("pk")
    rows = [
        RegularLetter(
            kind=RegularLetterKind.FORUMS,
            worker=worker,
            period=(today, _month_later(today)),
            tells_since=now,
            created_at=now,
        )
        for worker in coordinators
    ]
    written = [row for row in rows if is_first_in_period(row)]
    letters.queue_regular(RegularLetter.objects.filter(pk__in=[row.pk for row in written]))
    return len(written)


def is_first_in_period(row: RegularLetter) -> bool:
    """Write the row down, unless there is one in its period; ours when it got a number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO network_regularletter (kind, worker_id, period, tells_since, created_at)"
            " VALUES (%s, %s, daterange(%s, %s), %s, %s) ON CONFLICT DO NOTHING RETURNING id",
            [row.kind, row.worker_id, *row.period, row.tells_since, row.created_at],
        )
        found = cursor.fetchone()
    row.pk = found[0] if found else None
    return found is not None


def _month_later(day: date) -> date:
    """The same day of the next month, or its last day."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
