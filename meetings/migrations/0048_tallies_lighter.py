import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from perhekeskus.tables import in_few_steps

# One situation by its key, so that each question has a plan of its own that is quick.
KEEP = """
CREATE FUNCTION meetings_keep_first_held(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    kept timestamptz;
    ought timestamptz;
BEGIN
    -- Two meetings of one situation that change at the same moment are looked at one after the other.
    SELECT first_held_at INTO kept FROM meetings_situation WHERE id = number FOR NO KEY UPDATE;
    SELECT min(lower(period)) INTO ought FROM meetings_meeting
        WHERE situation_id = number AND status = 'held'
          AND kind IN (SELECT code FROM meetings_kind WHERE counts_as_shared_time);
    IF ought IS DISTINCT FROM kept THEN
        UPDATE meetings_situation SET first_held_at = ought WHERE id = number;
    END IF;
END
$$;
"""
NO_KEEP = "DROP FUNCTION meetings_keep_first_held(bigint)"
NO_OLD = "DROP FUNCTION meetings_keep_first_held(bigint[])"
OLD = """
CREATE FUNCTION meetings_keep_first_held(situations bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM meetings_situation WHERE id = ANY(situations) ORDER BY id FOR NO KEY UPDATE;
    UPDATE meetings_situation SET first_held_at = ought.first FROM (
        SELECT situation.id, (
            SELECT min(lower(meeting.period)) FROM meetings_meeting meeting
            JOIN meetings_kind kind ON kind.code = meeting.kind
            WHERE meeting.situation_id = situation.id AND meeting.status = 'held' AND kind.counts_as_shared_time
        ) AS first FROM meetings_situation situation WHERE situation.id = ANY(situations)
    ) ought
    WHERE ought.id = meetings_situation.id AND meetings_situation.first_held_at IS DISTINCT FROM ought.first;
END
$$;
"""

# Who was there stands on the meeting itself: the numbers stay the same.
FILL = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE meetings_meeting DISABLE TRIGGER USER",
    """
    UPDATE meetings_meeting SET seats = coalesce((
        SELECT jsonb_object_agg(seat, number) FROM (
            SELECT seat, count(*) AS number FROM meetings_participation
            WHERE meeting_id = meetings_meeting.id AND seat <> '' GROUP BY seat
        ) AS seats
    ), '{}') WHERE status = 'held'
    """,
    "ALTER TABLE meetings_meeting ENABLE TRIGGER USER",
]
# And back on each participation.
UNFILL = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE meetings_participation DISABLE TRIGGER USER",
    """
    UPDATE meetings_participation SET seat_at = lower(meeting.period), seat_municipality_id = meeting.municipality_id
    FROM meetings_meeting meeting
    WHERE meeting.id = meeting_id AND meeting.status = 'held' AND seat <> ''
    """,
    "ALTER TABLE meetings_participation ENABLE TRIGGER USER",
]


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0047_tallies_kept"),
    ]

    operations = in_few_steps(
        [
            migrations.RunSQL(KEEP, NO_KEEP),
            pgtrigger.migrations.RemoveTrigger(
                model_name="conversation",
                name="counted_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="kind",
                name="kept_first_held",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="kept_of_convener",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="kept_of_meeting",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="kept_on_seats",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="kept_first_held_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="kept_first_held_delete",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="kept_first_held_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="counted_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="counted_delete",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="counted_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="participation",
                name="kept_seat",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="participation",
                name="counted_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="participation",
                name="counted_delete",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="participation",
                name="counted_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="situation",
                name="kept_of_situation",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="situation",
                name="counted_update",
            ),
            migrations.AddField(
                model_name="meeting",
                name="seats",
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.RunSQL(FILL, UNFILL),
            migrations.RemoveField(
                model_name="participation",
                name="seat_at",
            ),
            migrations.RemoveField(
                model_name="participation",
                name="seat_municipality",
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="conversation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((TRUE) OR (NEW.result IN ('accepted', 'thinking', 'declined'))) OR ((TRUE) OR (OLD.result IN ('accepted', 'thinking', 'declined')))) AND (OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.result IS DISTINCT FROM NEW.result))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'talk', OLD.result, -(1) WHERE (TRUE) AND NOT ((TRUE) AND (OLD.municipality_id, date_trunc('month', OLD.held_on)::date, OLD.result, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.held_on)::date, NEW.result, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'talk', NEW.result, +(1) WHERE (TRUE) AND NOT ((TRUE) AND (NEW.municipality_id, date_trunc('month', NEW.held_on)::date, NEW.result, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.held_on)::date, OLD.result, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'offer', OLD.result, -(1) WHERE (OLD.result IN ('accepted', 'thinking', 'declined')) AND NOT ((NEW.result IN ('accepted', 'thinking', 'declined')) AND (OLD.municipality_id, date_trunc('month', OLD.held_on)::date, OLD.result, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.held_on)::date, NEW.result, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'offer', NEW.result, +(1) WHERE (NEW.result IN ('accepted', 'thinking', 'declined')) AND NOT ((OLD.result IN ('accepted', 'thinking', 'declined')) AND (NEW.municipality_id, date_trunc('month', NEW.held_on)::date, NEW.result, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.held_on)::date, OLD.result, 1));\n            RETURN NULL;\n        ",
                        hash="c784b1126c8eabb0ab36c37180a56dc6d47408c9",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_6a276",
                        table="meetings_conversation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="kind",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_first_held",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.counts_as_shared_time <> NEW.counts_as_shared_time)",
                        func="\n        PERFORM meetings_keep_first_held(situation_id) FROM (\n            SELECT DISTINCT situation_id FROM meetings_meeting WHERE kind = NEW.code AND status = 'held'\n            ORDER BY situation_id\n        ) AS concerned;\n        RETURN NULL;\n    ",
                        hash="ee1b7b8843e9ee4d87c8fffa0afc54e0a74f486f",
                        operation='UPDATE OF "counts_as_shared_time"',
                        pgid="pgtrigger_kept_first_held_e3740",
                        table="meetings_kind",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_of_convener",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.status = 'held' AND NEW.convener_sector = '')",
                        func="\n    SELECT organisation.sector INTO NEW.convener_sector FROM network_worker worker\n        JOIN network_unit unit ON unit.id = worker.unit_id\n        JOIN network_organisation organisation ON organisation.id = unit.organisation_id\n        WHERE worker.id = NEW.convener_id;\n RETURN NEW;",
                        hash="938102df56f2bb06c8723ca42f96dd53698a3a9c",
                        operation="INSERT",
                        pgid="pgtrigger_kept_of_convener_2d48c",
                        table="meetings_meeting",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_of_meeting",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.status <> NEW.status AND 'held' IN (OLD.status, NEW.status) OR NEW.status = 'held' AND OLD.convener_id <> NEW.convener_id OR pg_trigger_depth() = 0 AND (OLD.convener_sector IS DISTINCT FROM NEW.convener_sector OR OLD.called_off_by IS DISTINCT FROM NEW.called_off_by OR OLD.seats IS DISTINCT FROM NEW.seats))",
                        func="\n            IF pg_trigger_depth() = 1 THEN\n                NEW.called_off_by := OLD.called_off_by;\n                NEW.convener_sector := OLD.convener_sector;\n                NEW.seats := OLD.seats;\n            END IF;\n            IF NEW.status <> 'held' THEN\n                NEW.seats := '{}';\n            ELSIF OLD.status <> 'held' THEN\n                NEW.seats := coalesce((\n    SELECT jsonb_object_agg(seat, number) FROM (\n        SELECT seat, count(*) AS number FROM meetings_participation\n        WHERE meeting_id = NEW.id AND seat <> '' GROUP BY seat\n    ) AS seats\n), '{}');\n                \n    UPDATE meetings_situation SET first_held_at = lower(NEW.period)\n        WHERE id = NEW.situation_id AND (first_held_at IS NULL OR first_held_at > lower(NEW.period))\n          AND (SELECT counts_as_shared_time FROM meetings_kind WHERE code = NEW.kind);\n\n            END IF;\n            IF NEW.status = 'held' AND (OLD.status <> 'held' OR OLD.convener_id <> NEW.convener_id) THEN\n                \n    SELECT organisation.sector INTO NEW.convener_sector FROM network_worker worker\n        JOIN network_unit unit ON unit.id = worker.unit_id\n        JOIN network_organisation organisation ON organisation.id = unit.organisation_id\n        WHERE worker.id = NEW.convener_id;\n\n            END IF;\n            RETURN NEW;\n        ",
                        hash="6c3bb027b3d531026a27e8131f0c3418aea8a7fb",
                        operation="UPDATE",
                        pgid="pgtrigger_kept_of_meeting_28d2d",
                        table="meetings_meeting",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_by_held",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.status = 'held' AND (OLD.status IS DISTINCT FROM NEW.status OR OLD.period IS DISTINCT FROM NEW.period OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.situation_id IS DISTINCT FROM NEW.situation_id))",
                        func="\n            PERFORM meetings_keep_first_held(least(OLD.situation_id, NEW.situation_id));\n            IF OLD.situation_id <> NEW.situation_id THEN\n                PERFORM meetings_keep_first_held(greatest(OLD.situation_id, NEW.situation_id));\n            END IF;\n            RETURN NULL;\n        ",
                        hash="b32db474035f3de188d6c6224571c79fc6c16c76",
                        operation="UPDATE",
                        pgid="pgtrigger_kept_by_held_8871d",
                        table="meetings_meeting",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_first_held_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.status = 'held')",
                        func="PERFORM meetings_keep_first_held(NEW.situation_id); RETURN NULL;",
                        hash="0ba46f3e840449c953639bcbc860b27205b7c18f",
                        operation="INSERT",
                        pgid="pgtrigger_kept_first_held_insert_3e421",
                        table="meetings_meeting",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_first_held_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.status = 'held')",
                        func="PERFORM meetings_keep_first_held(OLD.situation_id); RETURN NULL;",
                        hash="52b0a6f49efb6856ca889aac92ea0314d4e4b0f2",
                        operation="DELETE",
                        pgid="pgtrigger_kept_first_held_delete_8d4c4",
                        table="meetings_meeting",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((NEW.status = 'held') OR (NEW.status = 'not_held') OR (NEW.status = 'cancelled') OR (NEW.status = 'held' AND NEW.convener_sector <> '')))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', NEW.kind, +(1) WHERE (NEW.status = 'held') UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', NEW.kind, +(1) WHERE (NEW.status = 'not_held') UNION ALL SELECT NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', NEW.called_off_by, +(1) WHERE (NEW.status = 'cancelled') UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', NEW.convener_sector, +(1) WHERE (NEW.status = 'held' AND NEW.convener_sector <> '') UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', one.key, +(one.value::bigint) FROM jsonb_each_text(NEW.seats) AS one WHERE (NEW.status = 'held');\n            RETURN NULL;\n        ",
                        hash="43d6f6ab1230b818c1b937da2ad5adb2a75c9cc5",
                        operation="INSERT",
                        pgid="pgtrigger_counted_insert_b41c8",
                        table="meetings_meeting",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((OLD.status = 'held') OR (OLD.status = 'not_held') OR (OLD.status = 'cancelled') OR (OLD.status = 'held' AND OLD.convener_sector <> '')))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', OLD.kind, -(1) WHERE (OLD.status = 'held') UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', OLD.kind, -(1) WHERE (OLD.status = 'not_held') UNION ALL SELECT OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', OLD.called_off_by, -(1) WHERE (OLD.status = 'cancelled') UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', OLD.convener_sector, -(1) WHERE (OLD.status = 'held' AND OLD.convener_sector <> '') UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', one.key, -(one.value::bigint) FROM jsonb_each_text(OLD.seats) AS one WHERE (OLD.status = 'held');\n            RETURN NULL;\n        ",
                        hash="db37a494782d6d74ece99e63f63d7f7d0220eb9c",
                        operation="DELETE",
                        pgid="pgtrigger_counted_delete_2d332",
                        table="meetings_meeting",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.status = 'held') OR (NEW.status = 'not_held') OR (NEW.status = 'cancelled') OR (NEW.status = 'held' AND NEW.convener_sector <> '')) OR ((OLD.status = 'held') OR (OLD.status = 'not_held') OR (OLD.status = 'cancelled') OR (OLD.status = 'held' AND OLD.convener_sector <> ''))) AND (OLD.called_off_by IS DISTINCT FROM NEW.called_off_by OR OLD.cancelled_at IS DISTINCT FROM NEW.cancelled_at OR OLD.convener_sector IS DISTINCT FROM NEW.convener_sector OR OLD.created_at IS DISTINCT FROM NEW.created_at OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.period IS DISTINCT FROM NEW.period OR OLD.seats IS DISTINCT FROM NEW.seats OR OLD.status IS DISTINCT FROM NEW.status))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', OLD.kind, -(1) WHERE (OLD.status = 'held') AND NOT ((NEW.status = 'held') AND (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.kind, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.kind, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', NEW.kind, +(1) WHERE (NEW.status = 'held') AND NOT ((OLD.status = 'held') AND (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.kind, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.kind, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', OLD.kind, -(1) WHERE (OLD.status = 'not_held') AND NOT ((NEW.status = 'not_held') AND (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.kind, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.kind, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', NEW.kind, +(1) WHERE (NEW.status = 'not_held') AND NOT ((OLD.status = 'not_held') AND (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.kind, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.kind, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', OLD.called_off_by, -(1) WHERE (OLD.status = 'cancelled') AND NOT ((NEW.status = 'cancelled') AND (OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, OLD.called_off_by, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, NEW.called_off_by, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', NEW.called_off_by, +(1) WHERE (NEW.status = 'cancelled') AND NOT ((OLD.status = 'cancelled') AND (NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, NEW.called_off_by, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, OLD.called_off_by, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', OLD.convener_sector, -(1) WHERE (OLD.status = 'held' AND OLD.convener_sector <> '') AND NOT ((NEW.status = 'held' AND NEW.convener_sector <> '') AND (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.convener_sector, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.convener_sector, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', NEW.convener_sector, +(1) WHERE (NEW.status = 'held' AND NEW.convener_sector <> '') AND NOT ((OLD.status = 'held' AND OLD.convener_sector <> '') AND (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.convener_sector, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.convener_sector, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', one.key, -(one.value::bigint) FROM jsonb_each_text(OLD.seats) AS one WHERE (OLD.status = 'held') AND NOT ((NEW.status = 'held') AND (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.seats) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.seats)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', one.key, +(one.value::bigint) FROM jsonb_each_text(NEW.seats) AS one WHERE (NEW.status = 'held') AND NOT ((OLD.status = 'held') AND (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.seats) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.seats));\n            RETURN NULL;\n        ",
                        hash="1937d2fbd538a2fa5a5d2a1cd3896937215a26bf",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_99da0",
                        table="meetings_meeting",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="participation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_seat",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.attendance = 'present' OR NEW.seat <> '')",
                        func="\n            IF NEW.attendance <> 'present' THEN\n                NEW.seat := '';\n                RETURN NEW;\n            END IF;\n            IF TG_OP = 'UPDATE' THEN\n                NEW.seat := OLD.seat;\n                IF OLD.attendance = 'present' AND NOT (OLD.meeting_id IS DISTINCT FROM NEW.meeting_id OR OLD.invitation_id IS DISTINCT FROM NEW.invitation_id OR OLD.worker_id IS DISTINCT FROM NEW.worker_id OR OLD.unit_id IS DISTINCT FROM NEW.unit_id OR OLD.team_id IS DISTINCT FROM NEW.team_id OR OLD.outside_professional_id IS DISTINCT FROM NEW.outside_professional_id OR OLD.close_person_id IS DISTINCT FROM NEW.close_person_id OR OLD.member_id IS DISTINCT FROM NEW.member_id) THEN\n                    RETURN NEW;\n                END IF;\n            END IF;\n            NEW.seat := CASE\n                WHEN NEW.member_id IS NOT NULL THEN 'family'\n                WHEN NEW.close_person_id IS NOT NULL THEN 'close_person'\n                -- The one who convenes is counted with the meeting.\n                WHEN EXISTS (\n                    SELECT FROM meetings_meeting WHERE id = NEW.meeting_id AND convener_id = NEW.worker_id\n                ) THEN ''\n                ELSE coalesce(NULLIF(meetings_sector_of(coalesce(NEW.worker_id, (\n                        SELECT coming_worker_id FROM network_invitation WHERE id = NEW.invitation_id\n                     )), NEW.unit_id), ''), 'other')\n            END;\n            RETURN NEW;\n        ",
                        hash="cef2825cd3cac51712e463e705f005dad00e0046",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_kept_seat_be313",
                        table="meetings_participation",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="participation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_on_meeting_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.seat <> '')",
                        func="\n            PERFORM FROM meetings_meeting WHERE id IN (NEW.meeting_id) ORDER BY id FOR NO KEY UPDATE;\n            UPDATE meetings_meeting SET seats = coalesce((\n    SELECT jsonb_object_agg(seat, number) FROM (\n        SELECT seat, count(*) AS number FROM meetings_participation\n        WHERE meeting_id = meetings_meeting.id AND seat <> '' GROUP BY seat\n    ) AS seats\n), '{}')\n                WHERE id IN (NEW.meeting_id) AND status = 'held';\n            RETURN NULL;\n        ",
                        hash="b5c8cfca869d19a16989ec4f9a6b02a1a7f40e11",
                        operation="INSERT",
                        pgid="pgtrigger_kept_on_meeting_insert_61c26",
                        table="meetings_participation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="participation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_on_meeting_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.seat <> '')",
                        func="\n            PERFORM FROM meetings_meeting WHERE id IN (OLD.meeting_id) ORDER BY id FOR NO KEY UPDATE;\n            UPDATE meetings_meeting SET seats = coalesce((\n    SELECT jsonb_object_agg(seat, number) FROM (\n        SELECT seat, count(*) AS number FROM meetings_participation\n        WHERE meeting_id = meetings_meeting.id AND seat <> '' GROUP BY seat\n    ) AS seats\n), '{}')\n                WHERE id IN (OLD.meeting_id) AND status = 'held';\n            RETURN NULL;\n        ",
                        hash="28be74abcc7c6cb09381abf10430dc235dab3a2e",
                        operation="DELETE",
                        pgid="pgtrigger_kept_on_meeting_delete_1023c",
                        table="meetings_participation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="participation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_on_meeting_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((OLD.seat IS DISTINCT FROM NEW.seat OR OLD.meeting_id IS DISTINCT FROM NEW.meeting_id))",
                        func="\n            PERFORM FROM meetings_meeting WHERE id IN (OLD.meeting_id, NEW.meeting_id) ORDER BY id FOR NO KEY UPDATE;\n            UPDATE meetings_meeting SET seats = coalesce((\n    SELECT jsonb_object_agg(seat, number) FROM (\n        SELECT seat, count(*) AS number FROM meetings_participation\n        WHERE meeting_id = meetings_meeting.id AND seat <> '' GROUP BY seat\n    ) AS seats\n), '{}')\n                WHERE id IN (OLD.meeting_id, NEW.meeting_id) AND status = 'held';\n            RETURN NULL;\n        ",
                        hash="6bf69200a8e65d65fb9f7e31110ec6983085300c",
                        operation="UPDATE",
                        pgid="pgtrigger_kept_on_meeting_update_3c04f",
                        table="meetings_participation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="situation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_of_situation",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.municipality_id IS NULL OR (OLD.stage IS DISTINCT FROM NEW.stage OR OLD.ended_from IS DISTINCT FROM NEW.ended_from) OR (pg_trigger_depth() = 0 AND (OLD.first_held_at IS DISTINCT FROM NEW.first_held_at)))",
                        func="\n            NEW.municipality_id := coalesce(NEW.municipality_id, OLD.municipality_id);\n            NEW.ended_from := CASE\n                WHEN NEW.stage IN ('raised', 'convening', 'shared_time', 'plan') THEN ''\n                WHEN OLD.stage IN ('raised', 'convening', 'shared_time', 'plan') THEN OLD.stage\n                ELSE OLD.ended_from\n            END;\n            IF pg_trigger_depth() = 1 THEN\n                NEW.first_held_at := OLD.first_held_at;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="1e643e1a8212ff7f7e76a47da7da6e9c99acfa31",
                        operation="UPDATE",
                        pgid="pgtrigger_kept_of_situation_b3a75",
                        table="meetings_situation",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="situation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((TRUE) OR (NEW.ending <> '') OR (NEW.ending <> '' AND NEW.ended_from <> '') OR (NEW.first_held_at IS NOT NULL)) OR ((TRUE) OR (OLD.ending <> '') OR (OLD.ending <> '' AND OLD.ended_from <> '') OR (OLD.first_held_at IS NOT NULL))) AND (OLD.ended_at IS DISTINCT FROM NEW.ended_at OR OLD.ended_from IS DISTINCT FROM NEW.ended_from OR OLD.ending IS DISTINCT FROM NEW.ending OR OLD.first_held_at IS DISTINCT FROM NEW.first_held_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.opened_at IS DISTINCT FROM NEW.opened_at OR OLD.way_in IS DISTINCT FROM NEW.way_in))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', OLD.way_in, -(1) WHERE (TRUE) AND NOT ((TRUE) AND (OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.way_in, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.way_in, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', NEW.way_in, +(1) WHERE (TRUE) AND NOT ((TRUE) AND (NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.way_in, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.way_in, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', OLD.ending, -(1) WHERE (OLD.ending <> '') AND NOT ((NEW.ending <> '') AND (OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.ending, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.ending, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', NEW.ending, +(1) WHERE (NEW.ending <> '') AND NOT ((OLD.ending <> '') AND (NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.ending, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.ending, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', OLD.ended_from, -(1) WHERE (OLD.ending <> '' AND OLD.ended_from <> '') AND NOT ((NEW.ending <> '' AND NEW.ended_from <> '') AND (OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.ended_from, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.ended_from, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', NEW.ended_from, +(1) WHERE (NEW.ending <> '' AND NEW.ended_from <> '') AND NOT ((OLD.ending <> '' AND OLD.ended_from <> '') AND (NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.ended_from, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.ended_from, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), -(1) WHERE (OLD.first_held_at IS NOT NULL) AND NOT ((NEW.first_held_at IS NOT NULL) AND (OLD.municipality_id, date_trunc('month', OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, lpad(greatest(0, least(365, (OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, lpad(greatest(0, least(365, (NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), +(1) WHERE (NEW.first_held_at IS NOT NULL) AND NOT ((OLD.first_held_at IS NOT NULL) AND (NEW.municipality_id, date_trunc('month', NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, lpad(greatest(0, least(365, (NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, lpad(greatest(0, least(365, (OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), 1));\n            RETURN NULL;\n        ",
                        hash="8051de7be90a65770b223340c13c42f5324305cb",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_1d024",
                        table="meetings_situation",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.RunSQL(NO_OLD, OLD),
        ]
    )
