"""What the rollup costs whoever marks a shared time held: with the triggers that count, and without them.

As the page marks it, with everything else that is read and written in the same transaction; and by the one
UPDATE alone, beside which the counting stands out most.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pgtrigger
from django.db import connection, transaction
from django.db.models import Max

from bench.pairs import WARM_UP, compared
from bench.scratch import count_keys_on, tell_planner
from meetings.actions import recording
from meetings.models import Meeting
from network.recount import count_anew, wrong_numbers
from plans.demonstration.many_meetings import load_meetings

GOAL = 1.4
# So many are marked in a turn, after some that are not timed: once the triggers are switched, each question
# of theirs is planned anew, some times over.
BATCH, FIRST, PAIRS = 10, 8, 30
MEETINGS, MONTHS = 12_000, 24

# Of each family the first meeting is still to be marked; there are five at the table besides its convener.
TO_BE_MARKED = [
    """DELETE FROM meetings_meeting AS later USING meetings_meeting AS first
       WHERE first.id > %(before)s AND later.situation_id = first.situation_id AND later.id > first.id""",
    "DELETE FROM meetings_cancellation WHERE meeting_id NOT IN (SELECT id FROM meetings_meeting)",
    """UPDATE meetings_meeting SET status = 'invited', held_at = NULL, held_by_id = NULL
       WHERE id > %(before)s AND status = 'held'""",
    """UPDATE meetings_situation SET stage = 'shared_time', ending = '', ended_at = NULL, ended_by_id = NULL,
              ended_from = ''
       WHERE id IN
           (SELECT situation_id FROM meetings_meeting WHERE id > %(before)s AND status = 'invited')""",
    """DELETE FROM meetings_firstsharedtime
       WHERE situation_id IN
           (SELECT situation_id FROM meetings_meeting WHERE id > %(before)s AND status = 'invited')""",
    """INSERT INTO network_familymember (family_id, role, first_name, is_mature)
       SELECT situation.family_id, 'guardian', 'Huoltaja ' || which, false
       FROM meetings_meeting AS meeting
       JOIN meetings_situation AS situation ON situation.id = meeting.situation_id
       CROSS JOIN generate_series(1, 2) AS which
       WHERE meeting.id > %(before)s AND meeting.status = 'invited'""",
]
AT_THE_TABLE = """
    INSERT INTO meetings_participation
        (meeting_id, member_id, worker_id, why, decision, decided_at, attendance)
    SELECT meeting.id, who.member_id, who.worker_id, '', 'yes', now(), 'present'
    FROM meetings_meeting AS meeting
    JOIN meetings_situation AS situation ON situation.id = meeting.situation_id
    CROSS JOIN LATERAL (
        SELECT id AS member_id, NULL::bigint AS worker_id FROM network_familymember
        WHERE family_id = situation.family_id
        UNION ALL
        (SELECT NULL, id FROM network_worker WHERE id <> meeting.convener_id ORDER BY id LIMIT 3)
    ) AS who
    WHERE meeting.id > %(before)s AND meeting.status = 'invited'
"""
MARK = """
    UPDATE meetings_meeting
    SET status = 'held', held_at = now(), held_by_id = convener_id, version = version + 1
    WHERE id = %s
"""


def measure() -> dict[str, Any]:
    """The action of the recorder's last press: it locks, checks, marks and asks for feedback."""
    return _beside("tallennus, niin kuin sivu sen tekee", _close, GOAL)


def measure_update() -> dict[str, Any]:
    """The one UPDATE alone, in a transaction of its own."""
    return _beside("pelkkä UPDATE", _update, GOAL)


def _close(key: int) -> None:
    meeting = Meeting.objects.select_related("situation", "convener").get(pk=key)
    recording.close(meeting=meeting, by=meeting.convener, changes={})


def _update(key: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MARK, [key])


def _beside(how: str, mark_one: Callable[[int], None], goal: float) -> dict[str, Any]:
    """So many marked in a turn, each by itself; the disk is not waited for: it would hide the cost."""
    waiting = _waiting()

    def mark(number: int) -> int:
        for key in islice(waiting, number):
            mark_one(key)
        return number

    def counts(is_ours: bool) -> None:
        _let_count(is_ours)
        mark(FIRST)

    def is_counted(number: int) -> bool:
        """With the triggers each mark is counted at once, and without them none."""
        _let_count(True)
        mark(number)
        right = not wrong_numbers()
        _let_count(False)
        mark(number)
        missed = sum(
            one.real - one.counted for one in wrong_numbers() if one.figure == "held" and one.municipality
        )
        count_anew()
        return right and missed == number

    try:
        return compared(
            what=f"{BATCH} yhteistä aikaa merkitään pidetyksi ({how}), laskevat liipaisimet päällä",
            reference="samat merkinnät, laskevat liipaisimet pois päältä",
            ours=mark,
            theirs=mark,
            cases=[BATCH],
            goal=goal,
            agree=is_counted,
            pairs=PAIRS,
            between=counts,
        )
    finally:
        _let_count(True)
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
        count_anew()


def _waiting() -> Iterator[int]:
    """The shared times that nobody has marked yet."""
    count_keys_on()
    before = {"before": Meeting.objects.aggregate(last=Max("pk", default=0))["last"]}
    load_meetings(MEETINGS, MONTHS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in TO_BE_MARKED:
            cursor.execute(statement, before)
    with connection.cursor() as cursor:
        cursor.execute(AT_THE_TABLE, before)
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(
            "SELECT id FROM meetings_meeting WHERE id > %(before)s AND status = 'invited' ORDER BY id", before
        )
        keys = [key for (key,) in cursor.fetchall()]
    if len(keys) < 2 * BATCH + 2 * (WARM_UP + PAIRS) * (BATCH + FIRST):
        raise AssertionError(f"only {len(keys)} shared times")
    count_anew()
    tell_planner()
    return iter(keys)


def _let_count(is_on: bool) -> None:
    """Those triggers that count, and those that keep on a row what is counted of it; no others."""
    with connection.cursor() as cursor:
        for model, trigger in pgtrigger.registered():
            if str(trigger.name).startswith(("counted_", "kept_")):
                cursor.execute(
                    f"ALTER TABLE {model._meta.db_table}"
                    f" {'ENABLE' if is_on else 'DISABLE'} TRIGGER {trigger.get_pgid(model)}"
                )
