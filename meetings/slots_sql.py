"""The statements of the search for common times: whole questions to PostgreSQL, with ranges and multiranges.

Their parameters are made in `slots._parameters`. What is MATERIALIZED is worked out once: written into its
only reader it would be worked out again for every candidate.
"""

# A local time that spring leaves out moves an hour forward, to one that is a candidate anyway; of autumn's
# double hour PostgreSQL takes the second. Hours whose bounds cross in the change are empty: LEAST makes them
# no error.
FREE = """
    person AS (
        SELECT unnest(%(workers)s::bigint[]) AS worker_id
    ),
    -- A day more at both ends: the way to and from a neighbouring day's last and first booking counts too.
    whole AS (
        SELECT tstzrange(
            (%(first_day)s::timestamp - interval '1 day') AT TIME ZONE 'Europe/Helsinki',
            (%(last_day)s::timestamp + interval '2 days') AT TIME ZONE 'Europe/Helsinki'
        ) AS period
    ),
    open_day AS (
        SELECT day::date AS day, extract(isodow FROM day)::int AS weekday
        FROM generate_series(%(first_day)s::timestamp, %(last_day)s::timestamp, interval '1 day') AS day
        WHERE day::date <> ALL(%(free_days)s::date[])
    ),
    pattern AS (
        SELECT worker_id, weekday::int, starts, ends
        FROM person JOIN meetings_workinghours USING (worker_id)
        UNION ALL
        SELECT worker_id, weekday, time '08:00', time '16:00'
        FROM person CROSS JOIN generate_series(1, 5) AS weekday
        WHERE NOT EXISTS (
            SELECT FROM meetings_workinghours WHERE meetings_workinghours.worker_id = person.worker_id
        )
    ),
    at_work AS (
        SELECT worker_id,
               range_agg(tstzrange(LEAST(bounds.starts_at, bounds.ends_at), bounds.ends_at)) AS periods
        FROM pattern
        JOIN open_day USING (weekday)
        CROSS JOIN LATERAL (
            SELECT (day + starts) AT TIME ZONE 'Europe/Helsinki' AS starts_at,
                   (day + ends) AT TIME ZONE 'Europe/Helsinki' AS ends_at
        ) AS bounds
        GROUP BY worker_id
    ),
    -- A hold that has ended is in nobody's way.
    ended_hold AS (
        SELECT id FROM meetings_hold WHERE expires_at <= %(now)s
    ),
    booked AS MATERIALIZED (
        SELECT person.worker_id, booking.meeting_id, booking.hold_id, booking.period
        FROM whole CROSS JOIN person
        JOIN meetings_booking AS booking
          ON booking.worker_id = person.worker_id AND booking.period && whole.period
        WHERE (booking.meeting_id = %(own_meeting)s::bigint) IS NOT TRUE
          AND NOT EXISTS (SELECT FROM ended_hold WHERE ended_hold.id = booking.hold_id)
    ),
    taken AS (
        SELECT worker_id, range_agg(period) AS periods
        FROM (
            SELECT worker_id, period FROM booked
            UNION ALL
            SELECT person.worker_id, absence.period
            FROM whole CROSS JOIN person
            JOIN meetings_absence AS absence
              ON absence.worker_id = person.worker_id AND absence.period && whole.period
            UNION ALL
            SELECT person.worker_id, busy.period
            FROM whole CROSS JOIN person
            JOIN meetings_externalcalendar AS calendar ON calendar.worker_id = person.worker_id
            JOIN meetings_busytime AS busy
              ON busy.calendar_id = calendar.id AND busy.period && whole.period
        ) AS any_of_them
        GROUP BY worker_id
    ),
    team_time AS (
        SELECT team_id,
               range_agg(tstzrange(LEAST(bounds.starts_at, bounds.ends_at), bounds.ends_at)) AS periods
        FROM network_teamtime
        JOIN open_day USING (weekday)
        CROSS JOIN LATERAL (
            SELECT (day + starts) AT TIME ZONE 'Europe/Helsinki' AS starts_at,
                   (day + ends) AT TIME ZONE 'Europe/Helsinki' AS ends_at
        ) AS bounds
        WHERE team_id = ANY(%(called_teams)s::bigint[])
        GROUP BY team_id
    ),
    -- The team's own times stand for the working hours of those who are called to them.
    called AS (
        SELECT called.worker_id,
               range_intersect_agg(COALESCE(team_time.periods, '{}'::tstzmultirange))
                   FILTER (WHERE team.calling = 'weekly') AS own_times,
               max((%(today)s::timestamp + make_interval(days => team.notice_days))
                   AT TIME ZONE 'Europe/Helsinki') AS notice_until
        FROM unnest(%(called)s::bigint[], %(called_teams)s::bigint[]) AS called(worker_id, team_id)
        JOIN network_team AS team ON team.id = called.team_id
        LEFT JOIN team_time ON team_time.team_id = team.id
        GROUP BY called.worker_id
    ),
    free AS MATERIALIZED (
        SELECT worker_id,
               COALESCE(called.own_times, at_work.periods, '{}'::tstzmultirange)
               * tstzmultirange(tstzrange(called.notice_until, NULL))
               - COALESCE(taken.periods, '{}'::tstzmultirange) AS periods
        FROM person
        LEFT JOIN at_work USING (worker_id)
        LEFT JOIN taken USING (worker_id)
        LEFT JOIN called USING (worker_id)
    )
"""

BEST = f"""
    WITH {FREE},
    candidate AS (
        SELECT day, clock.shown, tstzrange(clock.starts_at, clock.ends_at) AS period
        FROM open_day
        CROSS JOIN generate_series(0, 1439, %(grid)s) AS minute
        CROSS JOIN LATERAL (
            SELECT local.shown,
                   local.shown AT TIME ZONE 'Europe/Helsinki' AS starts_at,
                   local.shown AT TIME ZONE 'Europe/Helsinki' + make_interval(mins => %(minutes)s) AS ends_at
            FROM (SELECT day + make_interval(mins => minute) AS shown) AS local
        ) AS clock
        WHERE clock.shown >= day + %(earliest)s::time
          AND clock.ends_at <= (day + %(latest)s::time) AT TIME ZONE 'Europe/Helsinki'
          AND clock.starts_at > %(not_before)s
          AND weekday = ANY(%(weekdays)s::int[])
    ),
    -- One after another: a join would carry and sort everybody's whole free time with every candidate.
    counted AS MATERIALIZED (
        SELECT day, shown, period, ARRAY(
            SELECT worker_id FROM free WHERE NOT candidate.period <@ free.periods ORDER BY worker_id
        ) AS missing
        FROM candidate
    ),
    suiting AS (
        SELECT * FROM counted
        WHERE cardinality(missing) <= %(most_missing)s AND NOT missing && %(required)s::bigint[]
    ),
    -- Somewhere else than in a room of the network's is one place, always free.
    room AS MATERIALIZED (
        SELECT meetings_room.id, unit_id, seats, is_accessible,
               COALESCE(
                   (SELECT range_agg(booking.period) FROM meetings_booking AS booking, whole
                    WHERE booking.room_id = meetings_room.id AND booking.period && whole.period
                      AND (booking.meeting_id = %(own_meeting)s::bigint) IS NOT TRUE
                      AND NOT EXISTS (SELECT FROM ended_hold WHERE ended_hold.id = booking.hold_id)),
                   '{{}}'::tstzmultirange
               ) AS taken
        FROM meetings_room
        JOIN network_unit ON network_unit.id = meetings_room.unit_id
        WHERE %(in_room)s AND meetings_room.closed_at IS NULL
          AND network_unit.municipality_id = %(municipality)s AND seats >= %(seats)s
          AND equipment @> %(equipment)s::varchar[] AND (is_accessible OR NOT %(accessible)s)
        UNION ALL
        SELECT NULL, NULL, 0, false, '{{}}'::tstzmultirange WHERE NOT %(in_room)s
    ),
    -- Who comes from another place or goes to one: the way takes its time before and after.
    elsewhere AS (
        SELECT booked.worker_id, meetings_room.unit_id,
               range_agg(
                   tstzrange(lower(booked.period) - way.length, upper(booked.period) + way.length)
               ) AS periods
        FROM (SELECT make_interval(mins => %(travel)s) AS length) AS way
        CROSS JOIN booked
        JOIN meetings_meeting ON meetings_meeting.id = booked.meeting_id AND place_kind <> 'remote'
        LEFT JOIN meetings_hold ON meetings_hold.id = booked.hold_id
        LEFT JOIN meetings_room
          ON meetings_room.id = COALESCE(meetings_hold.room_id, meetings_meeting.room_id)
        WHERE %(travel)s > 0
        GROUP BY booked.worker_id, meetings_room.unit_id
    ),
    on_the_way AS (
        SELECT shown, array_agg(worker_id) AS workers, array_agg(unit_id) AS units
        FROM suiting JOIN elsewhere ON elsewhere.periods && suiting.period
        GROUP BY shown
    ),
    placed AS (
        SELECT day, shown, period, fitting.room_id, fitting.missing,
               cardinality(fitting.missing) AS missing_count
        FROM suiting
        LEFT JOIN on_the_way USING (shown)
        CROSS JOIN LATERAL (
            SELECT room.id AS room_id, here.missing
            FROM room
            CROSS JOIN LATERAL (
                SELECT CASE WHEN on_the_way.shown IS NULL THEN suiting.missing ELSE ARRAY(
                    SELECT unnest(suiting.missing)
                    UNION
                    SELECT worker FROM unnest(on_the_way.workers, on_the_way.units) AS way(worker, unit)
                    WHERE (unit = room.unit_id) IS NOT TRUE
                    ORDER BY 1
                ) END AS missing
            ) AS here
            WHERE NOT room.taken && suiting.period
              AND cardinality(here.missing) <= %(most_missing)s
              AND NOT here.missing && %(required)s::bigint[]
            ORDER BY cardinality(here.missing), is_accessible DESC, seats, id LIMIT 1
        ) AS fitting
    ),
    -- The best of each morning and of each afternoon: two a day, so that the family has a real choice.
    picked AS (
        SELECT DISTINCT ON (day, shown::time >= '12:00') *
        FROM placed
        ORDER BY day, shown::time >= '12:00', missing_count, period
    )
    SELECT lower(period), upper(period), room_id, missing
    FROM picked
    WHERE NOT EXISTS (
        SELECT FROM picked AS better
        WHERE better.period && picked.period
          AND (better.missing_count, better.period) < (picked.missing_count, picked.period)
    )
    ORDER BY missing_count, period
    LIMIT %(limit)s
"""

SOMEBODY_BUSY = f"""
    WITH {FREE},
    together AS (
        SELECT range_intersect_agg(periods) AS periods FROM free
    ),
    shown_day AS (
        SELECT tstzrange(
            (day + %(earliest)s::time) AT TIME ZONE 'Europe/Helsinki',
            (day + %(latest)s::time) AT TIME ZONE 'Europe/Helsinki'
        ) AS period
        FROM generate_series(%(first_day)s::timestamp, %(last_day)s::timestamp, interval '1 day') AS day
    )
    SELECT lower(busy), upper(busy)
    FROM shown_day CROSS JOIN together
    CROSS JOIN LATERAL unnest(tstzmultirange(shown_day.period) - together.periods) AS busy
    ORDER BY busy
"""
