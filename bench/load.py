"""A county's or a country's rows, written by PostgreSQL itself with every trigger on.

Of each worker's fifty situations twelve are open: four raised, four on the way to a shared time, four acting
by a plan; one koppi is offered to a colleague and one to a unit, four matters lie untouched, and two families
have contacted. Invented numbers, the same for the same size.
"""

from django.db import connection

from bench.people import FEWEST, load_people

SITUATIONS_OF_WORKER = 50
OPEN_OF_WORKER = 12

# The places; the people are in bench/people.py.
GROUND = [
    """INSERT INTO network_municipality (code, name_fi, name_sv, county_fi, county_sv, languages)
       SELECT lpad(i::text, 3, '0'), 'Kunta ' || i, 'Kommun ' || i, 'Alue', 'Område', 'fi'
       FROM generate_series(1, 309) i""",
    """INSERT INTO network_organisation (id, name, sector, is_public_service, website)
       VALUES (1, 'Palvelut', 'education', true, '')""",
    """INSERT INTO network_unit (id, organisation_id, name, municipality_id, address, phone, email, website,
           electronic_contact, opening_hours, description)
       SELECT i, 1, 'Yksikkö ' || i, lpad((1 + i %% 300)::text, 3, '0'), '', '', '', '', '', '', ''
       FROM generate_series(1, 3000) i""",
    """INSERT INTO meetings_room (id, unit_id, name, seats, is_accessible, note)
       SELECT i, i, 'Tila', 4 + i %% 9, i %% 2 = 0, '' FROM generate_series(1, 3000) i""",
]

# One part of the situations, %(first)s to %(last)s; k is a situation's number among its worker's, 0 … 49.
PART = [
    """CREATE TEMPORARY TABLE plot AS
       SELECT i AS id, 1 + i %% %(workers)s AS worker, (i - 1) / %(workers)s AS k,
              lpad((1 + i %% 300)::text, 3, '0') AS municipality,
              1 + (i + 1) %% %(workers)s AS second, 1 + (i + 2) %% %(workers)s AS third
       FROM generate_series(%(first)s, %(last)s) i""",
    """INSERT INTO network_family (id, municipality_id, language, other_language, needs_interpreter,
           contact_channel, email, phone, address_protected, both_guardians_asked, created_at)
       SELECT id, municipality, 'fi', '', false, 'phone', '', '', false, false, now() FROM plot""",
    """INSERT INTO meetings_situation (id, family_id, stage, stage_since, holder_id, way_in, opened_at,
           opened_by_id, ending, ended_at, ended_by_id)
       SELECT id, id,
              CASE WHEN k < 4 THEN 'raised' WHEN k < 6 THEN 'convening' WHEN k < 8 THEN 'shared_time'
                   WHEN k < 12 THEN 'plan' ELSE 'everyday' END,
              now() - make_interval(days => k::int, secs => id %% 86400), worker, 'close_worker',
              now() - interval '90 days', worker,
              CASE WHEN k < 12 THEN '' ELSE 'everyday' END,
              CASE WHEN k < 12 THEN NULL ELSE now() END, CASE WHEN k < 12 THEN NULL ELSE worker END
       FROM plot""",
    """INSERT INTO meetings_conversation (situation_id, kind, held_on, noticed_where, strengths,
           family_words, child_view, worries, result, recorded_at, recorded_by_id, tried, version)
       SELECT id, 'puheeksiotto', current_date - 80, '', 'hyvin', '', '', '',
              CASE WHEN k = 1 THEN 'thinking' ELSE 'accepted' END, now(), worker, '', 1
       FROM plot WHERE k > 0""",
    """INSERT INTO meetings_meeting (id, situation_id, kind, status, municipality_id, convener_id,
           event_uid, sequence, period, room_id, notes, created_at, decided_at, invited_at,
           invited_by_id, held_at, held_by_id, version)
       SELECT id, id, 'shared_time', state.status, municipality, worker, gen_random_uuid(), 0,
              CASE WHEN k > 4 THEN tstzrange(state.starts_at, state.starts_at + interval '90 minutes') END,
              CASE WHEN k > 4 THEN 1 + id %% 3000 END,
              '', now() - interval '30 days', now(),
              CASE WHEN k > 5 THEN now() END, CASE WHEN k > 5 THEN worker END,
              CASE WHEN state.status = 'held' THEN now() END,
              CASE WHEN state.status = 'held' THEN worker END, 1
       FROM plot CROSS JOIN LATERAL (
           SELECT CASE WHEN k = 4 THEN 'decided' WHEN k = 5 THEN 'booked' WHEN k < 8 THEN 'invited'
                       ELSE 'held' END AS status,
                  date_trunc('hour', now()) + make_interval(
                      days => CASE WHEN k = 5 THEN 3 WHEN k = 6 THEN 2 WHEN k = 7 THEN -1
                                   ELSE -20 - k::int END,
                      mins => (id %% 8)::int * 30) AS starts_at
       ) state
       WHERE k BETWEEN 4 AND 11 OR (k > 11 AND k %% 2 = 0)""",
    """INSERT INTO network_consent (id, family_id, purpose, worker_id, topics, method, given_at,
           recorded_by_id)
       SELECT 2 * plot.id + other.which, plot.id, 'invite', other.worker, '{}', 'face_to_face',
              now() - interval '10 days', plot.worker
       FROM plot JOIN meetings_meeting ON meetings_meeting.id = plot.id
       CROSS JOIN LATERAL (VALUES (0, second), (1, third)) AS other (which, worker)""",
    """INSERT INTO perhekeskus_accesslink (id, purpose, nonce, token_hash, created_at, expires_at)
       SELECT network_consent.id, 'answer', gen_random_uuid(), md5(network_consent.id::text) || md5('linkki'),
              now(), now() + interval '60 days'
       FROM plot
       JOIN meetings_meeting ON meetings_meeting.id = plot.id AND status IN ('invited', 'held')
       JOIN network_consent ON network_consent.id IN (2 * plot.id, 2 * plot.id + 1)""",
    """INSERT INTO network_invitation (id, consent_id, event_name, event_uid, sequence, period, place,
           expectation, status, link_id, created_at)
       SELECT network_consent.id, network_consent.id, 'Yhteinen aika', event_uid, 0, period, '', '',
              CASE WHEN plot.k = 6 AND network_consent.id %% 2 = 0 THEN 'pending' ELSE 'accepted' END,
              network_consent.id, now()
       FROM plot
       JOIN meetings_meeting ON meetings_meeting.id = plot.id AND status IN ('invited', 'held')
       JOIN network_consent ON network_consent.id IN (2 * plot.id, 2 * plot.id + 1)""",
    """INSERT INTO meetings_participation (meeting_id, worker_id, why, decision, decided_at, consent_id,
           invitation_id, attendance)
       SELECT meetings_meeting.id, worker_id, '', 'yes', now(), network_consent.id, network_invitation.id, ''
       FROM plot
       JOIN meetings_meeting ON meetings_meeting.id = plot.id
       JOIN network_consent ON network_consent.id IN (2 * plot.id, 2 * plot.id + 1)
       LEFT JOIN network_invitation ON network_invitation.id = network_consent.id""",
    """INSERT INTO meetings_topic (meeting_id, title, by_family, decision, decided_at)
       SELECT id, 'Arjen rytmi', false, 'yes', now()
       FROM plot JOIN meetings_meeting USING (id)""",
    """INSERT INTO meetings_booking (worker_id, meeting_id, period)
       SELECT convener_id, id, period
       FROM plot JOIN meetings_meeting USING (id) WHERE status IN ('booked', 'invited')
       ON CONFLICT DO NOTHING""",
    """INSERT INTO plans_plan (id, version, status, wish, strengths, follow_up, contact_to_family,
           contact_from_family, written_at, written_by_id, edition, situation_id, meeting_id)
       SELECT id, 1, 'draft', '', '', '', '', '', now(), worker, 1, id, id
       FROM plot WHERE k BETWEEN 8 AND 11""",
    """INSERT INTO plans_responsibleworker (plan_id, worker_id, position)
       SELECT id, worker, 1 FROM plot WHERE k BETWEEN 8 AND 11""",
    """INSERT INTO network_consent (id, family_id, purpose, worker_id, topics, method, given_at,
           recorded_by_id)
       SELECT 3000000 + id, id, 'copy', worker, '{}', 'face_to_face', now() - interval '10 days', worker
       FROM plot WHERE k BETWEEN 8 AND 11""",
    """INSERT INTO plans_nextcontact (plan_id, "on", at, way, outcome)
       SELECT id, current_date + ((k - 9) * 5)::int, NULL, 'phone', '' FROM plot WHERE k BETWEEN 8 AND 11""",
    """INSERT INTO network_familymember (family_id, role, first_name, is_mature)
       SELECT id, 'guardian', 'Huoltaja', false FROM plot WHERE k BETWEEN 8 AND 11""",
    """INSERT INTO plans_presence (plan_id, member_id)
       SELECT plot.id, member.id FROM plot JOIN network_familymember AS member ON member.family_id = plot.id
       WHERE k BETWEEN 8 AND 11""",
    """UPDATE plans_plan SET status = 'agreed', agreed_at = now(), agreed_by_id = written_by_id
       FROM plot WHERE plot.id = plans_plan.id""",
    """INSERT INTO meetings_handover (situation_id, from_worker_id, to_worker_id, to_unit_id, note,
           family_told, status, offered_at)
       SELECT id, worker, CASE WHEN k = 1 THEN second END, CASE WHEN k = 3 THEN 1 + third %% 3000 END,
              '', true, 'offered', now() - interval '3 days'
       FROM plot WHERE k IN (1, 3)""",
    """INSERT INTO meetings_contact (way, municipality_id, unit_id, name, phone, email, reach, when_to_reach,
           words, children_ages, language, interpreter, address_protected, status, received_at,
           picked_up_at, picked_up_by_id, result, waits_since, urgent_at, answer_by, supervisor_at,
           wants_confirmation)
       SELECT 'electronic', municipality, 1 + worker %% 3000, '', '+358401234567', '', 'phone', '',
              'Aamut ovat raskaita.', '', 'fi', '', false,
              CASE WHEN k = 0 THEN 'received' ELSE 'picked_up' END, clock.since,
              CASE WHEN k = 1 THEN now() END, CASE WHEN k = 1 THEN worker END, '', clock.since,
              clock.since + interval '1 day', clock.since + interval '2 days',
              clock.since + interval '3 days', false
       FROM plot
       CROSS JOIN LATERAL (SELECT now() - make_interval(hours => (5 + 40 * (id %% 2))::int) AS since) AS clock
       WHERE k < 2""",
    # Of these something is agreed ahead with the seventh and the tenth alone: the others lie untouched.
    """UPDATE meetings_situation SET touched_at = now() - interval '20 days'
       FROM plot WHERE plot.id = meetings_situation.id AND k IN (0, 4, 6, 7, 8, 9)""",
    "DROP TABLE plot",
]

# A trigger's work grows with the square of the rows of one statement: many small ones are faster.
PART_SIZE = 1_000


def load_ground(count: int, *, people: int = FEWEST) -> None:
    """The places, and the workers of `count` situations: so many people at least."""
    with connection.cursor() as cursor:
        for statement in GROUND:
            cursor.execute(statement, {})
    workers = count // SITUATIONS_OF_WORKER
    load_people(workers, max(workers, people))


def load_situations(count: int) -> None:
    """`count` situations and all that belongs to them."""
    workers = count // SITUATIONS_OF_WORKER
    with connection.cursor() as cursor:
        for number, first in enumerate(range(1, count + 1, PART_SIZE), 1):
            part = {"workers": workers, "first": first, "last": min(first + PART_SIZE - 1, count)}
            for statement in PART:
                cursor.execute(statement, part)
            if number in {1, 10, 100}:
                cursor.execute("ANALYZE")
