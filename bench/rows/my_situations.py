"""The worker's home over everybody's situations: the page's own questions against SQL."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.load import SITUATIONS_OF_WORKER
from bench.pairs import compared
from meetings.models import Situation
from meetings.upcoming import meetings_between
from meetings.waiting import waiting_for
from network.cards import old_since
from network.models import Worker
from perhekeskus.words import HELSINKI, today

GOAL = 3.0
CASES = 8

# What is compared: each thing that waits as its moment and its address, each coming meeting with its counts.
Home = tuple[list[tuple[datetime, str]], list[tuple[int, int, int, int]]]

SITUATIONS = """
    SELECT situation.id, stage, stage_since,
           meeting.id, meeting.status, lower(meeting.period), upper(meeting.period), talk.result,
           CASE WHEN touched_at < %(long_ago)s
                AND NOT EXISTS (
                    SELECT FROM meetings_meeting AS ahead
                    WHERE ahead.situation_id = situation.id AND ahead.status IN ('booked', 'invited')
                      AND lower(ahead.period) > now())
                AND NOT EXISTS (
                    SELECT FROM plans_plan AS plan
                    JOIN plans_nextcontact AS contact ON contact.plan_id = plan.id
                    WHERE plan.situation_id = situation.id AND plan.status = 'agreed'
                      AND contact.done_at IS NULL AND contact."on" >= %(today)s)
           THEN touched_at END AS untouched_since
    FROM meetings_situation AS situation
    LEFT JOIN LATERAL (
        SELECT id, status, period FROM meetings_meeting
        WHERE situation_id = situation.id
          AND status IN ('draft', 'with_family', 'decided', 'booked', 'invited', 'held')
        ORDER BY id DESC LIMIT 1
    ) AS meeting ON true
    LEFT JOIN LATERAL (
        SELECT result FROM meetings_conversation WHERE situation_id = situation.id ORDER BY id DESC LIMIT 1
    ) AS talk ON true
    WHERE holder_id = %(worker)s AND stage IN ('raised', 'convening', 'shared_time', 'plan')
"""

OFFERS = """
    SELECT id, offered_at FROM meetings_handover WHERE to_worker_id = %(worker)s AND status = 'offered'
    UNION ALL
    SELECT offer.id, offered_at
    FROM network_worker AS worker
    JOIN meetings_handover AS offer ON offer.to_unit_id = worker.unit_id AND from_worker_id <> worker.id
    WHERE worker.id = %(worker)s AND status = 'offered'
"""

CONTACTS = """
    SELECT id, CASE WHEN urgent_at <= now() THEN answer_by ELSE waits_since END
    FROM meetings_contact
    WHERE picked_up_by_id = %(worker)s AND status IN ('received', 'picked_up')
    UNION
    SELECT contact.id, CASE WHEN urgent_at <= now() THEN answer_by ELSE waits_since END
    FROM network_worker AS worker
    JOIN meetings_contact AS contact ON contact.unit_id = worker.unit_id AND status = 'received'
    WHERE worker.id = %(worker)s AND is_guidance
"""

PERMITTED = """
    FROM meetings_participation AS participation
    JOIN network_consent AS consent ON consent.id = participation.consent_id
    JOIN network_invitation AS invitation ON invitation.id = participation.invitation_id
    JOIN meetings_meeting AS meeting ON meeting.id = participation.meeting_id
    JOIN meetings_situation AS situation ON situation.id = meeting.situation_id
    WHERE participation.worker_id = %(worker)s AND consent.withdrawn_at IS NULL AND consent.given_at <= now()
      AND (consent.valid_until IS NULL OR consent.valid_until > now())
      AND situation.stage IN ('raised', 'convening', 'shared_time', 'plan')
      AND (meeting.status IN ('draft', 'with_family', 'decided', 'booked', 'invited')
           OR meeting.status = 'held' AND upper(meeting.period) > now() - interval '14 days')
"""

UNANSWERED = f"""
    SELECT invitation.id, invitation.created_at {PERMITTED}
    AND invitation.status = 'pending' AND upper(meeting.period) > now()
"""

UNDELIVERED = "SELECT count(*) FROM perhekeskus_message WHERE owner_id = %(worker)s AND state = 'given_up'"

# What the measured data has nothing of, asked all the same: the page asks it too. What else the page comes to
# ask costs us time and the reference none, until it is written here; its rows are never missed in silence.
NOTHING = {
    "undelivered messages": UNDELIVERED,
    "old cards": """
        SELECT count(*) FROM network_worker
        WHERE id = %(worker)s AND (card_confirmed_at IS NULL OR card_confirmed_at < %(old)s)
    """,
    "invitations to a unit or a team": """
        SELECT count(*) FROM network_worker AS worker
        JOIN network_consent AS consent
          ON consent.unit_id = worker.unit_id
          OR consent.team_id IN (SELECT team_id FROM network_team_members WHERE worker_id = worker.id)
        JOIN network_invitation AS invitation ON invitation.consent_id = consent.id
        WHERE worker.id = %(worker)s AND invitation.status = 'pending' AND upper(invitation.period) > now()
    """,
    "invitations without an answer": """
        SELECT count(*) FROM meetings_meeting AS meeting
        JOIN meetings_participation AS participation ON participation.meeting_id = meeting.id
        JOIN network_invitation AS invitation ON invitation.id = participation.invitation_id
        WHERE meeting.convener_id = %(worker)s AND meeting.status = 'invited'
          AND lower(meeting.period) > now()
          AND (invitation.status = 'expired'
               OR invitation.status = 'pending' AND invitation.answer_by < now() + interval '1 day'
               OR invitation.status = 'declined'
                  AND (invitation.instead <> '' OR invitation.instead_worker_id IS NOT NULL))
    """,
    "questions of advice": """
        SELECT count(*) FROM network_consultation AS consultation
        JOIN network_consent AS consent ON consent.id = consultation.consent_id
        JOIN network_worker AS worker ON worker.id = %(worker)s
        WHERE consultation.status IN ('asked', 'picked_up')
          AND (consent.worker_id = worker.id OR consent.unit_id = worker.unit_id OR consent.team_id IN (
                   SELECT team_id FROM network_team_members WHERE worker_id = worker.id
               ))
           OR consultation.status = 'answered' AND consultation.situation_number IN (
                  SELECT id FROM meetings_situation WHERE holder_id = worker.id
              )
    """,
    "polls": """
        SELECT count(*) FROM meetings_participation AS participation
        JOIN meetings_pollvoice AS voice ON voice.participation_id = participation.id
        JOIN meetings_timepoll AS poll ON poll.id = voice.poll_id AND closed_at IS NULL AND closes_at > now()
        WHERE participation.worker_id = %(worker)s
          AND NOT EXISTS (SELECT FROM meetings_pollanswer WHERE voice_id = voice.id)
    """,
    "holds and wishes for an earlier time": """
        SELECT count(*) FROM meetings_meeting AS meeting
        LEFT JOIN meetings_hold AS hold ON hold.meeting_id = meeting.id
        LEFT JOIN meetings_earlierwish AS wish ON wish.meeting_id = meeting.id
        WHERE meeting.convener_id = %(worker)s
          AND (hold.expires_at < now() + interval '1 day' AND lower(hold.period) > now()
               OR wish.ended_at IS NULL AND wish.told_at IS NOT NULL AND lower(wish.found_period) > now())
    """,
}

PROMISED = """
    SELECT contact.id, contact."on", contact.at
    FROM plans_responsibleworker AS responsible
    JOIN plans_plan AS plan ON plan.id = responsible.plan_id AND plan.status = 'agreed'
    JOIN meetings_situation AS situation
      ON situation.id = plan.situation_id AND stage IN ('raised', 'convening', 'shared_time', 'plan')
    JOIN plans_nextcontact AS contact ON contact.plan_id = plan.id AND contact.done_at IS NULL
    WHERE responsible.worker_id = %(worker)s AND contact."on" <= %(near)s
      AND EXISTS (
          SELECT FROM network_consent AS consent
          WHERE consent.family_id = situation.family_id AND consent.worker_id = responsible.worker_id
            AND purpose = 'copy' AND withdrawn_at IS NULL AND given_at <= now()
            AND (valid_until IS NULL OR valid_until > now())
      )
"""

UPCOMING = f"""
    SELECT meeting.id, room.name, unit.name, invited, answered, coming
    FROM (
        SELECT id FROM meetings_meeting WHERE convener_id = %(worker)s
        UNION
        SELECT meeting.id FROM meetings_situation AS situation
        JOIN meetings_meeting AS meeting ON meeting.situation_id = situation.id
        WHERE holder_id = %(worker)s
        UNION
        SELECT meeting.id {PERMITTED} AND invitation.status IN ('pending', 'accepted', 'tentative')
    ) AS mine
    JOIN meetings_meeting AS meeting USING (id)
    LEFT JOIN meetings_room AS room ON room.id = meeting.room_id
    LEFT JOIN network_unit AS unit ON unit.id = room.unit_id
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE invitation.status <> 'revoked') AS invited,
               count(*) FILTER (WHERE invitation.status NOT IN ('revoked', 'pending')) AS answered,
               count(*) FILTER (WHERE invitation.status = 'accepted') AS coming
        FROM meetings_participation AS participation
        JOIN network_invitation AS invitation ON invitation.id = participation.invitation_id
        WHERE participation.meeting_id = meeting.id
    ) AS answers
    WHERE meeting.status IN ('booked', 'invited')
      AND lower(meeting.period) BETWEEN %(first)s AND %(last)s
    ORDER BY meeting.period
"""


def measure() -> dict[str, Any]:
    """What the ORM and our own code cost on top of the page's statements; the answers are checked by hand."""
    cases = _workers()
    statements = {worker.pk: _statements(worker) for worker in cases}
    return compared(
        what=_what(),
        reference="sivun omat SQL-lauseet ilman ORM:ää",
        ours=_ours,
        theirs=lambda worker: _sent(statements[worker.pk]),
        cases=cases,
        goal=GOAL,
        agree=lambda worker: _ours(worker) == _bare(worker.pk),
    )


def measure_by_hand() -> dict[str, Any]:
    """A figure that shows a bad plan: the same facts in SQL written by hand, without asking who may see."""
    return compared(
        what=_what(),
        reference="samat tiedot käsin kirjoitetulla SQL:llä",
        ours=_ours,
        theirs=lambda worker: _bare(worker.pk),
        cases=_workers(),
        goal=None,
    )


def _what() -> str:
    return f"työntekijän etusivu, {Situation.objects.count()} tilannetta"


def _workers() -> list[Worker]:
    workers = Situation.objects.count() // SITUATIONS_OF_WORKER
    chosen = [1 + number * workers // CASES for number in range(CASES)]
    return list(Worker.objects.filter(pk__in=chosen).order_by("pk"))


def _statements(worker: Worker) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        _ours(worker)
    return [query["sql"] for query in queries.captured_queries]


def _sent(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


def _ours(worker: Worker) -> Home:
    first = timezone.localdate()
    upcoming = meetings_between(worker, first, first + timedelta(days=7))
    return (
        sorted((row.at, row.action_url) for row in waiting_for(worker)),
        [(one.meeting.pk, one.invited, one.answered, one.coming) for one in upcoming],
    )


def _bare(worker: int) -> Home:
    first = today()
    numbers = {
        "worker": worker,
        "near": first + timedelta(days=7),
        "old": old_since(),
        "today": first,
        "long_ago": timezone.now() - timedelta(days=settings.UNTOUCHED_DAYS),
        "first": datetime.combine(first, time.min, HELSINKI),
        "last": datetime.combine(first + timedelta(days=7), time.max, HELSINKI),
    }
    with connection.cursor() as cursor:

        def rows(question: str) -> list[tuple]:
            cursor.execute(question, numbers)
            return cursor.fetchall()

        waiting = [(at, f"/koppi/{pk}/") for pk, at in rows(OFFERS)]
        waiting += [step for row in rows(SITUATIONS) if (step := _step(*row))]
        waiting += [(at, f"/kutsut/{pk}/") for pk, at in rows(UNANSWERED)]
        waiting += [(at, f"/yhteydenotot/saapunut/{pk}/") for pk, at in rows(CONTACTS)]
        for what, question in NOTHING.items():
            if rows(question)[0][0]:
                raise AssertionError(f"The measured data has no {what}.")
        waiting += [(_morning(day, clock), f"/yhteydenotot/{pk}/") for pk, day, clock in rows(PROMISED)]
        upcoming = [(pk, *counts) for pk, _room, _unit, *counts in rows(UPCOMING)]
    return sorted(waiting), upcoming


def _morning(day: date, clock: time | None) -> datetime:
    return datetime.combine(day, clock or time(8), HELSINKI)


def _step(
    situation: int,
    stage: str,
    since: datetime,
    meeting: int | None,
    status: str | None,
    starts_at: datetime | None,
    ends_at: datetime | None,
    result: str | None,
    untouched_since: datetime | None,
) -> tuple[datetime, str] | None:
    """The same next step as the page's, by moment and address; None when it is somebody else's.

    Of a matter that lies untouched every step is the holder's, since the day when it was left.
    """
    at, url, is_mine = since, f"/tilanteet/{situation}/kutsu-koolle/", True
    pages = {"draft": "kutsuttavat", "decided": "aika", "booked": "tarkista"}
    if stage == "raised":
        url = url if result == "accepted" else f"/tilanteet/{situation}/keskustelu/"
    elif stage == "plan" and status in {None, "held"}:
        url, is_mine = f"/tilanteet/{situation}/", False
    elif status in pages:
        url = f"/yhteiset-ajat/{meeting}/{pages[status]}/"
    elif status == "invited" and starts_at is not None and starts_at <= timezone.now():
        at, url = ends_at or since, f"/yhteiset-ajat/{meeting}/kirjaus/"
    elif status == "invited":
        url, is_mine = f"/yhteiset-ajat/{meeting}/", False
    elif status == "held":
        url = f"/tilanteet/{situation}/suunnitelma/"
    if untouched_since is not None:
        return untouched_since, url
    return (at, url) if is_mine else None
