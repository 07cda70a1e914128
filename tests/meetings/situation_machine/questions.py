"""What the machine asks the database after its steps, past the code that it tries."""

from django.db import connection

TABLES = [
    "meetings_situation",
    "meetings_conversation",
    "meetings_handover",
    "meetings_meeting",
    "meetings_participation",
    "meetings_topic",
    "meetings_booking",
    "meetings_hold",
    "meetings_timesoffer",
    "meetings_offeredtime",
    "meetings_timepoll",
    "meetings_pollvoice",
    "meetings_pollanswer",
    "meetings_timechange",
    "meetings_cancellation",
    "network_consent",
    "network_invitation",
    "perhekeskus_message",
]
# Where each row lies: one that is written again lies elsewhere, though nothing in it has changed.
EVERYTHING = " UNION ALL ".join(
    f"SELECT '{table}', count(*), md5(string_agg(ctid::text, ' ' ORDER BY ctid)) FROM {table}"
    for table in TABLES
)

STATE = {
    "situation": "SELECT id, stage || ' ' || ending, holder_id FROM meetings_situation",
    "meeting": "SELECT id, status, convener_id FROM meetings_meeting",
    "seat": "SELECT id, decision, NULL::bigint FROM meetings_participation WHERE member_id IS NULL",
    "offer": "SELECT id, status, coalesce(to_worker_id, caught_by_id) FROM meetings_handover",
    "invitation": "SELECT id, status, coming_worker_id FROM network_invitation",
    "hold": """
        SELECT id, CASE WHEN expires_at > clock_timestamp() THEN 'live' ELSE 'ended' END, NULL
        FROM meetings_hold""",
    "times": """
        SELECT id, CASE WHEN refused_at IS NULL THEN 'asked' ELSE 'refused' END,
            (SELECT count(*) FROM meetings_offeredtime t WHERE t.offer_id = o.id)
        FROM meetings_timesoffer o""",
    "poll": """
        SELECT id, CASE WHEN closed_at IS NULL THEN 'open' ELSE 'closed' END, NULL FROM meetings_timepoll""",
    "message": "SELECT id, state, NULL FROM perhekeskus_message",
}

# What must never be found. Letters to the family and of the koppi have nobody's permission to ask for; one
# that tells of a cancellation closes a door, and goes only to those whom a letter had reached.
UNPERMITTED = """
    SELECT m.id FROM perhekeskus_message m
    WHERE m.{which} AND m.kind <> 'invitation_cancelled' AND m.kind NOT LIKE 'handover%'
      AND NOT EXISTS (SELECT FROM network_family f WHERE f.email = m.recipient)
      AND NOT EXISTS (
        SELECT FROM network_consent c
        LEFT JOIN network_worker w ON w.id = c.worker_id
        LEFT JOIN network_unit u ON u.id = c.unit_id
        LEFT JOIN network_closeperson p ON p.id = c.close_person_id
        WHERE c.purpose = 'invite' AND c.withdrawn_at IS NULL
          AND (m.recipient IN (w.email, u.email, p.email)
               OR EXISTS (SELECT FROM network_worker k WHERE k.unit_id = u.id AND k.email = m.recipient))
          AND c.family_id = CASE
            WHEN m.kind LIKE 'invitation_poll%' THEN (
                SELECT s.family_id FROM meetings_pollvoice v JOIN meetings_timepoll one ON one.id = v.poll_id
                JOIN meetings_meeting t ON t.id = one.meeting_id
                JOIN meetings_situation s ON s.id = t.situation_id WHERE v.id = m.about_id)
            WHEN m.kind LIKE 'invitation%' THEN (
                SELECT own.family_id FROM network_invitation i
                JOIN network_consent own ON own.id = i.consent_id WHERE i.id = m.about_id)
            WHEN m.kind = 'professional_feedback' THEN (
                SELECT s.family_id FROM meetings_feedbackreceipt r
                JOIN meetings_meeting t ON t.id = r.meeting_id
                JOIN meetings_situation s ON s.id = t.situation_id WHERE r.id = m.about_id)
          END)
      -- How it was is asked of the convener too, who needs no permission.
      AND NOT (m.kind = 'professional_feedback' AND EXISTS (
        SELECT FROM meetings_feedbackreceipt r JOIN meetings_meeting t ON t.id = r.meeting_id
        JOIN network_worker w ON w.id = t.convener_id
        WHERE r.id = m.about_id AND w.email = m.recipient))"""
SENT_UNPERMITTED = UNPERMITTED.replace("%", "%%").format(which="id = ANY(%s)")

FAULTS = {
    "a person or a room in two places at once, or held for two": """
        SELECT a.id FROM meetings_booking a JOIN meetings_booking b ON a.id < b.id
        WHERE lower(a.period) < upper(b.period) AND lower(b.period) < upper(a.period)
          AND (a.worker_id = b.worker_id OR a.room_id = b.room_id)""",
    "a booking of a meeting that has no time": """
        SELECT b.id FROM meetings_booking b JOIN meetings_meeting m ON m.id = b.meeting_id
        WHERE b.hold_id IS NULL
          AND (m.status IN ('draft', 'with_family', 'decided', 'cancelled') OR m.period <> b.period)""",
    "a held time of a meeting that is not looking for one": """
        SELECT h.id FROM meetings_hold h JOIN meetings_meeting m ON m.id = h.meeting_id
        LEFT JOIN meetings_booking b ON b.hold_id = h.id
        WHERE m.status <> 'decided' OR b.period <> h.period OR b.meeting_id <> m.id""",
    "the time of one who is not let in": """
        SELECT b.id FROM meetings_booking b JOIN meetings_meeting m ON m.id = b.meeting_id
        JOIN meetings_participation p ON p.meeting_id = m.id AND p.worker_id = b.worker_id
        LEFT JOIN network_invitation i ON i.id = p.invitation_id
        WHERE (m.status IN ('booked', 'invited') OR b.hold_id IS NOT NULL) AND b.worker_id <> m.convener_id
          AND (p.decision <> 'yes' OR i.status IN ('revoked', 'declined', 'expired'))
          -- Who comes of a unit comes by the unit's permission.
          AND NOT EXISTS (
            SELECT FROM meetings_participation of JOIN network_invitation u ON u.id = of.invitation_id
            WHERE of.meeting_id = m.id AND u.coming_worker_id = b.worker_id AND u.status <> 'revoked')""",
    "a koppi in nobody's hands": "SELECT id FROM meetings_situation WHERE holder_id IS NULL",
    "two offers of one koppi": """
        SELECT situation_id AS id FROM meetings_handover WHERE status = 'offered'
        GROUP BY situation_id HAVING count(*) > 1""",
    "a cancellation to one who was told nothing": """
        SELECT m.id FROM perhekeskus_message m WHERE m.kind = 'invitation_cancelled' AND NOT EXISTS (
            SELECT FROM perhekeskus_message told WHERE told.occasion = m.occasion
              AND told.recipient = m.recipient AND told.state = 'sent' AND told.id < m.id)""",
    "a message on its way to one whom the family does not let in": UNPERMITTED.format(
        which="state IN ('waiting', 'claimed')"
    ),
}
AFTER_EACH_STEP = " UNION ALL ".join(
    [
        *(
            f"SELECT '{table}', id, state, who::bigint FROM ({query}) one(id, state, who)"
            for table, query in STATE.items()
        ),
        *(
            f"SELECT 'fault', id, '{fault.replace(chr(39), chr(39) * 2)}', NULL FROM ({query}) one"
            for fault, query in FAULTS.items()
        ),
    ]
)


def rows_of(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall()
