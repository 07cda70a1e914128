"""What is counted of this floor's rows, and what of other rows the database keeps on them for it.

The columns that are kept so are written by the database alone: whatever else a statement sets them to is
put back.
"""

import pgtrigger

from network.counting import (
    KEPT,
    Count,
    Kept,
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

# The first shared time that was held in a situation; `row` is the situation.
FIRST_HELD = """(
    SELECT min(lower(meeting.period)) FROM meetings_meeting meeting
    JOIN meetings_kind kind ON kind.code = meeting.kind
    WHERE meeting.situation_id = row.id AND meeting.status = 'held' AND kind.counts_as_shared_time
)"""
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
)

MEETING_KEPT = [
    # From which sector the one came who convened it, as it was when it was held.
    pgtrigger.Trigger(
        name="kept_of_convener",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=when("NEW.status = 'held' AND NEW.convener_sector = ''"),
        func="NEW.convener_sector := meetings_sector_of(NEW.convener_id, NULL); RETURN NEW;",
    ),
    pgtrigger.Trigger(
        name="kept_of_meeting",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=when(
            f"{differs(['convener_sector', 'called_off_by'])}"
            " OR (NEW.status = 'held' AND (OLD.status <> 'held' OR OLD.convener_id <> NEW.convener_id))"
        ),
        func="""
            NEW.convener_sector := OLD.convener_sector;
            IF NEW.status = 'held' AND (OLD.status <> 'held' OR OLD.convener_id <> NEW.convener_id) THEN
                NEW.convener_sector := meetings_sector_of(NEW.convener_id, NULL);
            END IF;
            IF pg_trigger_depth() = 1 THEN
                NEW.called_off_by := OLD.called_off_by;
            END IF;
            RETURN NEW;
        """,
    ),
    # Who was there counts by when and where the meeting was, also when that is mended afterwards.
    pgtrigger.Trigger(
        name="kept_on_seats",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=when(
            "(OLD.status = 'held' OR NEW.status = 'held')"
            f" AND {differs(['status', 'period', 'municipality_id'])}"
        ),
        func="""
            UPDATE meetings_participation SET
                seat_at = CASE WHEN NEW.status = 'held' THEN lower(NEW.period) END,
                seat_municipality_id = CASE WHEN NEW.status = 'held' THEN NEW.municipality_id END
            WHERE meeting_id = NEW.id AND seat <> '';
            RETURN NULL;
        """,
    ),
    *(
        pgtrigger.Trigger(
            name=f"kept_first_held_{name}",
            when=pgtrigger.After,
            operation=operation,
            condition=when(condition),
            func=f"PERFORM meetings_keep_first_held(ARRAY[{situations}]::bigint[]); RETURN NULL;",
        )
        for name, operation, condition, situations in (
            ("insert", pgtrigger.Insert, "NEW.status = 'held'", "NEW.situation_id"),
            ("delete", pgtrigger.Delete, "OLD.status = 'held'", "OLD.situation_id"),
            (
                "update",
                pgtrigger.Update,
                "(OLD.status = 'held' OR NEW.status = 'held')"
                f" AND {differs(['status', 'period', 'kind', 'situation_id'])}",
                "OLD.situation_id, NEW.situation_id",
            ),
        )
    ),
]

KIND_KEPT = pgtrigger.Trigger(
    name="kept_first_held",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("counts_as_shared_time"),
    condition=when("OLD.counts_as_shared_time <> NEW.counts_as_shared_time"),
    func="""
        PERFORM meetings_keep_first_held(ARRAY(
            SELECT DISTINCT situation_id FROM meetings_meeting WHERE kind = NEW.code AND status = 'held'
        ));
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

PARTICIPATION_COUNTED = counted(
    "meetings_participation",
    Count(
        "seat",
        only="row.seat <> '' AND row.seat_at IS NOT NULL AND row.seat_municipality_id IS NOT NULL",
        part="row.seat",
        month=month_of_moment("row.seat_at"),
        municipality="row.seat_municipality_id",
    ),
)

_RECEIVERS = ("worker_id", "unit_id", "team_id", "outside_professional_id", "close_person_id", "member_id")

PARTICIPATION_KEPT = pgtrigger.Trigger(
    name="kept_seat",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=when(
        "NEW.attendance = 'present' OR NEW.seat <> '' OR NEW.seat_at IS NOT NULL"
        " OR NEW.seat_municipality_id IS NOT NULL"
    ),
    declare=[("its_meeting", "record")],
    func=f"""
        IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND OLD.seat = NEW.seat
            AND OLD.attendance = NEW.attendance THEN
            RETURN NEW;
        END IF;
        IF NEW.attendance <> 'present' THEN
            NEW.seat := '';
            NEW.seat_at := NULL;
            NEW.seat_municipality_id := NULL;
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' THEN
            NEW.seat := OLD.seat;
            NEW.seat_at := OLD.seat_at;
            NEW.seat_municipality_id := OLD.seat_municipality_id;
            IF OLD.attendance = 'present' AND NOT {differs(["meeting_id", "invitation_id", *_RECEIVERS])} THEN
                RETURN NEW;
            END IF;
        END IF;
        -- The lock makes a meeting that is marked held at the same moment wait, or come first.
        SELECT status, lower(period) AS starts, municipality_id, convener_id INTO its_meeting
            FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;
        NEW.seat := CASE
            WHEN NEW.member_id IS NOT NULL THEN 'family'
            WHEN NEW.close_person_id IS NOT NULL THEN 'close_person'
            -- The one who convenes is counted with the meeting.
            WHEN NEW.worker_id = its_meeting.convener_id THEN ''
            ELSE coalesce(NULLIF(meetings_sector_of(coalesce(NEW.worker_id, (
                    SELECT coming_worker_id FROM network_invitation WHERE id = NEW.invitation_id
                 )), NEW.unit_id), ''), 'other')
        END;
        IF its_meeting.status = 'held' THEN
            NEW.seat_at := its_meeting.starts;
            NEW.seat_municipality_id := its_meeting.municipality_id;
        ELSE
            NEW.seat_at := NULL;
            NEW.seat_municipality_id := NULL;
        END IF;
        RETURN NEW;
    """,
)

# --- situations and talks ------------------------------------------------------------------------

_WAITED = f"{day_of_moment('row.first_held_at')} - {day_of_moment('row.opened_at')}"

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
    Count(
        "wait",
        only="row.first_held_at IS NOT NULL",
        part=f"lpad(greatest(0, least({LONGEST_WAIT}, {_WAITED}))::text, 4, '0')",
        month=month_of_moment("row.first_held_at"),
    ),
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
        operation=pgtrigger.Update,
        condition=when(f"NEW.municipality_id IS NULL OR {differs(['stage', 'ended_from', 'first_held_at'])}"),
        func=f"""
            NEW.municipality_id := coalesce(NEW.municipality_id, OLD.municipality_id);
            NEW.ended_from := CASE
                WHEN NEW.stage IN ({_OPEN}) THEN ''
                WHEN OLD.stage IN ({_OPEN}) THEN OLD.stage
                ELSE OLD.ended_from
            END;
            IF pg_trigger_depth() = 1 THEN
                NEW.first_held_at := OLD.first_held_at;
            END IF;
            RETURN NEW;
        """,
    ),
]

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
    Kept("meetings_situation", "first_held_at", FIRST_HELD),
    Kept(
        "meetings_meeting",
        "called_off_by",
        "coalesce((SELECT who FROM meetings_cancellation"
        " WHERE meeting_id = row.id AND participation_id IS NULL), '')",
    ),
    Kept(
        "meetings_participation",
        "seat_at",
        "(SELECT lower(period) FROM meetings_meeting"
        " WHERE id = row.meeting_id AND status = 'held' AND row.seat <> '')",
    ),
    Kept(
        "meetings_participation",
        "seat_municipality_id",
        "(SELECT municipality_id FROM meetings_meeting"
        " WHERE id = row.meeting_id AND status = 'held' AND row.seat <> '')",
    ),
]
