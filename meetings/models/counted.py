"""What is counted of this floor's rows, and what of other rows the database keeps on them for it.

The columns that are kept so are written by the database alone: whatever else a statement sets them to is
put back.
"""

import pgtrigger

from network.counting import (
    KEPT,
    KEPT_ROWS,
    Count,
    Kept,
    KeptRows,
    counted,
    day_of_moment,
    differs,
    month_of_day,
    month_of_moment,
    when,
)

from ..states import OPEN_STAGES, ConversationResult

_OPEN = ", ".join(f"'{stage.value}'" for stage in OPEN_STAGES)
_OFFERED = ", ".join(
    f"'{result.value}'"
    for result in (ConversationResult.ACCEPTED, ConversationResult.THINKING, ConversationResult.DECLINED)
)

LONGEST_WAIT = 365

# --- meetings ------------------------------------------------------------------------------------

_WHEN = "lower(row.period)"
_CALLED_OFF = f"coalesce({_WHEN}, row.cancelled_at, row.created_at)"

MEETING_COUNTED = counted(
    "meetings_meeting",
    Count("held", only="row.status = 'held'", part="row.kind", month=month_of_moment(_WHEN)),
    Count("not_held", only="row.status = 'not_held'", part="row.kind", month=month_of_moment(_WHEN)),
    Count(
        "cancelled",
        only="row.status = 'cancelled'",
        part="row.called_off_by",
        month=month_of_moment(_CALLED_OFF),
    ),
    Count(
        "seat",
        only="row.status = 'held' AND row.convener_sector <> ''",
        part="row.convener_sector",
        month=month_of_moment(_WHEN),
    ),
    Count("seat", only="row.status = 'held'", each="row.seats", month=month_of_moment(_WHEN)),
    moved_by=["convener_id"],
)

# From which sector the one comes who convenes it, as it was on that day.
_CONVENER = """
    SELECT organisation.sector INTO NEW.convener_sector FROM network_worker worker
        JOIN network_unit unit ON unit.id = worker.unit_id
        JOIN network_organisation organisation ON organisation.id = unit.organisation_id
        WHERE worker.id = NEW.convener_id;
"""
# Those who were there besides, by whom each is counted as; `row` is the meeting.
SEATS = """coalesce((
    SELECT jsonb_object_agg(seat, number) FROM (
        SELECT seat, count(*) AS number FROM meetings_participation
        WHERE meeting_id = row.id AND seat <> '' GROUP BY seat
    ) AS seats
), '{}')"""
# The first shared time can only become earlier: no need to look at the others.
_FIRST_SO_FAR = """
    INSERT INTO meetings_firstsharedtime (situation_id, municipality_id, opened_at, held_at)
        SELECT situation.id, situation.municipality_id, situation.opened_at, lower(NEW.period)
        FROM meetings_situation situation, meetings_kind kind
        WHERE situation.id = NEW.situation_id AND kind.code = NEW.kind AND kind.counts_as_shared_time
        ON CONFLICT (situation_id) DO UPDATE SET held_at = EXCLUDED.held_at
            WHERE EXCLUDED.held_at < meetings_firstsharedtime.held_at;
"""

MEETING_KEPT = [
    pgtrigger.Trigger(
        name="kept_of_convener",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=when("NEW.convener_sector = ''"),
        func=f"{_CONVENER} RETURN NEW;",
    ),
    # The first of those before a change, by its name: the others may then write the same columns.
    pgtrigger.Trigger(
        name="kept_as_it_is",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("convener_sector", "called_off_by", "seats"),
        condition=when("pg_trigger_depth() = 0"),
        func="""
            NEW.convener_sector := OLD.convener_sector;
            NEW.called_off_by := OLD.called_off_by;
            NEW.seats := OLD.seats;
            RETURN NEW;
        """,
    ),
    pgtrigger.Trigger(
        name="kept_of_next_convener",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("convener_id"),
        condition=when("OLD.convener_id <> NEW.convener_id"),
        func=f"{_CONVENER} RETURN NEW;",
    ),
    pgtrigger.Trigger(
        name="kept_of_meeting",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("status"),
        condition=when("(OLD.status = 'held') <> (NEW.status = 'held')"),
        func=f"""
            IF NEW.status = 'held' THEN
                NEW.seats := {SEATS.replace("row.", "NEW.")};
                {_FIRST_SO_FAR}
            ELSE
                NEW.seats := '{{}}';
            END IF;
            RETURN NEW;
        """,
    ),
    pgtrigger.Trigger(
        name="kept_by_held",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("status", "period", "kind", "situation_id"),
        condition=when("OLD.status = 'held'"),
        func=f"""
            IF {differs(["status", "period", "kind", "situation_id"])} THEN
                PERFORM meetings_keep_first_shared_time(least(OLD.situation_id, NEW.situation_id));
                IF OLD.situation_id <> NEW.situation_id THEN
                    PERFORM meetings_keep_first_shared_time(greatest(OLD.situation_id, NEW.situation_id));
                END IF;
            END IF;
            RETURN NULL;
        """,
    ),
    pgtrigger.Trigger(
        name="kept_first_insert",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        condition=when("NEW.status = 'held'"),
        func="PERFORM meetings_keep_first_shared_time(NEW.situation_id); RETURN NULL;",
    ),
    pgtrigger.Trigger(
        name="kept_first_delete",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        condition=when("OLD.status = 'held'"),
        func="PERFORM meetings_keep_first_shared_time(OLD.situation_id); RETURN NULL;",
    ),
]

KIND_KEPT = pgtrigger.Trigger(
    name="kept_first",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("counts_as_shared_time"),
    condition=when("OLD.counts_as_shared_time <> NEW.counts_as_shared_time"),
    # Nobody marks a meeting of this kind held meanwhile: each would count by what the kind was before.
    func="""
        LOCK TABLE meetings_meeting IN SHARE ROW EXCLUSIVE MODE;
        PERFORM meetings_keep_first_shared_time(situation_id) FROM (
            SELECT DISTINCT situation_id FROM meetings_meeting WHERE kind = NEW.code AND status = 'held'
            ORDER BY situation_id
        ) AS concerned;
        RETURN NULL;
    """,
)

CANCELLATION_KEPT = [
    pgtrigger.Trigger(
        name="kept_on_meeting",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        condition=when("NEW.participation_id IS NULL"),
        func="""
            UPDATE meetings_meeting SET called_off_by = NEW.who WHERE id = NEW.meeting_id;
            RETURN NULL;
        """,
    ),
    pgtrigger.Trigger(
        name="kept_on_meeting_no_more",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        condition=when("OLD.participation_id IS NULL"),
        func="""
            UPDATE meetings_meeting SET called_off_by = '' WHERE id = OLD.meeting_id;
            RETURN NULL;
        """,
    ),
]

# --- who was there -------------------------------------------------------------------------------

_RECEIVERS = ("worker_id", "unit_id", "team_id", "outside_professional_id", "close_person_id", "member_id")
_SAME_ONE = f"NOT {differs(['meeting_id', 'invitation_id', *_RECEIVERS])}"


def _seats_told(
    name: str, operation: pgtrigger.Operation, condition: str, meetings: str
) -> pgtrigger.Trigger:
    """Who was there is mended after the meeting was marked held."""
    return pgtrigger.Trigger(
        name=f"kept_on_meeting_{name}",
        when=pgtrigger.After,
        operation=operation,
        condition=when(condition),
        # The lock makes a meeting that is marked held at the same moment wait, or come first.
        func=f"""
            PERFORM FROM meetings_meeting WHERE id IN ({meetings}) ORDER BY id FOR NO KEY UPDATE;
            UPDATE meetings_meeting SET seats = {SEATS.replace("row.", "meetings_meeting.")}
                WHERE id IN ({meetings}) AND status = 'held';
            RETURN NULL;
        """,
    )


PARTICIPATION_KEPT = [
    pgtrigger.Trigger(
        name="kept_seat",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=when("NEW.attendance = 'present' OR NEW.seat <> ''"),
        func=f"""
            IF NEW.attendance <> 'present' THEN
                NEW.seat := '';
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                NEW.seat := OLD.seat;
                IF OLD.attendance = 'present' AND {_SAME_ONE} THEN
                    RETURN NEW;
                END IF;
            END IF;
            NEW.seat := CASE
                WHEN NEW.member_id IS NOT NULL THEN 'family'
                WHEN NEW.close_person_id IS NOT NULL THEN 'close_person'
                -- The one who convenes is counted with the meeting.
                WHEN EXISTS (
                    SELECT FROM meetings_meeting WHERE id = NEW.meeting_id AND convener_id = NEW.worker_id
                ) THEN ''
                ELSE coalesce(NULLIF(meetings_sector_of(coalesce(NEW.worker_id, (
                        SELECT coming_worker_id FROM network_invitation WHERE id = NEW.invitation_id
                     )), NEW.unit_id), ''), 'other')
            END;
            RETURN NEW;
        """,
    ),
    _seats_told("insert", pgtrigger.Insert, "NEW.seat <> ''", "NEW.meeting_id"),
    _seats_told("delete", pgtrigger.Delete, "OLD.seat <> ''", "OLD.meeting_id"),
    _seats_told(
        "update", pgtrigger.Update, differs(["seat", "meeting_id"]), "OLD.meeting_id, NEW.meeting_id"
    ),
]

# --- situations and talks ------------------------------------------------------------------------

SITUATION_COUNTED = counted(
    "meetings_situation",
    Count("opened", only="TRUE", part="row.way_in", month=month_of_moment("row.opened_at")),
    Count("ended", only="row.ending <> ''", part="row.ending", month=month_of_moment("row.ended_at")),
    Count(
        "ended_at",
        only="row.ending <> '' AND row.ended_from <> ''",
        part="row.ended_from",
        month=month_of_moment("row.ended_at"),
    ),
    moved_by=["stage"],
)

SITUATION_KEPT = [
    pgtrigger.Trigger(
        name="kept_where_opened",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=when("NEW.municipality_id IS NULL"),
        func="""
            SELECT municipality_id INTO NEW.municipality_id FROM network_family WHERE id = NEW.family_id;
            RETURN NEW;
        """,
    ),
    pgtrigger.Trigger(
        name="kept_of_situation",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("municipality_id", "stage", "ended_from"),
        func=f"""
            NEW.municipality_id := coalesce(NEW.municipality_id, OLD.municipality_id);
            NEW.ended_from := CASE
                WHEN NEW.stage IN ({_OPEN}) THEN ''
                WHEN OLD.stage IN ({_OPEN}) THEN OLD.stage
                ELSE OLD.ended_from
            END;
            RETURN NEW;
        """,
    ),
    pgtrigger.Trigger(
        name="kept_first_by_situation",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("municipality_id", "opened_at"),
        condition=when(differs(["municipality_id", "opened_at"])),
        # The locks make a meeting that is marked held at the same moment wait, or come first.
        func="""
            PERFORM FROM meetings_meeting WHERE situation_id = NEW.id ORDER BY id FOR NO KEY UPDATE;
            PERFORM meetings_keep_first_shared_time(NEW.id);
            RETURN NULL;
        """,
    ),
]

# Whatever anybody else writes is left undone.
FIRST_SHARED_TIME_KEPT = pgtrigger.Trigger(
    name="kept_as_it_is",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    condition=when("pg_trigger_depth() = 0"),
    func="RETURN NULL;",
)

_WAITED = f"{day_of_moment('row.held_at')} - {day_of_moment('row.opened_at')}"

FIRST_SHARED_TIME_COUNTED = counted(
    "meetings_firstsharedtime",
    Count(
        "wait",
        only="TRUE",
        part=f"lpad(greatest(0, least({LONGEST_WAIT}, {_WAITED}))::text, 4, '0')",
        month=month_of_moment("row.held_at"),
    ),
)

CONVERSATION_COUNTED = counted(
    "meetings_conversation",
    Count("talk", only="TRUE", part="row.result", month=month_of_day("row.held_on")),
    Count("offer", only=f"row.result IN ({_OFFERED})", part="row.result", month=month_of_day("row.held_on")),
)


def where_it_is_counted(source: str) -> pgtrigger.Trigger:
    """The row is counted where the row that it belongs to is; `source` is SQL that finds the place."""
    return pgtrigger.Trigger(
        name="kept_where",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=when("NEW.municipality_id IS NULL"),
        func=f"NEW.municipality_id := ({source}); RETURN NEW;",
    )


CONVERSATION_KEPT = where_it_is_counted(
    "SELECT municipality_id FROM meetings_situation WHERE id = NEW.situation_id"
)

KEPT += [
    Kept(
        "meetings_meeting",
        "called_off_by",
        "coalesce((SELECT who FROM meetings_cancellation"
        " WHERE meeting_id = row.id AND participation_id IS NULL), '')",
    ),
    Kept("meetings_meeting", "seats", f"CASE WHEN row.status = 'held' THEN {SEATS} ELSE '{{}}' END"),
]

KEPT_ROWS.append(
    KeptRows(
        "meetings_firstsharedtime",
        ("situation_id", "municipality_id", "opened_at", "held_at"),
        """
        SELECT situation.id, situation.municipality_id, situation.opened_at, min(lower(meeting.period))
        FROM meetings_meeting meeting
        JOIN meetings_kind kind ON kind.code = meeting.kind AND kind.counts_as_shared_time
        JOIN meetings_situation situation ON situation.id = meeting.situation_id
        WHERE meeting.status = 'held'
        GROUP BY situation.id
        """,
    )
)
