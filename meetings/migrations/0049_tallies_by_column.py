import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from perhekeskus.tables import in_few_steps

# The first shared time of one situation, by its key.
KEEP = """
CREATE FUNCTION meetings_keep_first_shared_time(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    is_there boolean;
    ought meetings_firstsharedtime;
BEGIN
    -- Two meetings of one situation that change at the same moment are looked at one after the other.
    PERFORM FROM meetings_firstsharedtime WHERE situation_id = number FOR UPDATE;
    is_there := FOUND;
    SELECT situation.id, situation.opened_at, min(lower(meeting.period)), situation.municipality_id
        INTO ought.situation_id, ought.opened_at, ought.held_at, ought.municipality_id
        FROM meetings_situation situation JOIN meetings_meeting meeting ON meeting.situation_id = situation.id
        WHERE situation.id = number AND meeting.status = 'held'
          AND meeting.kind IN (SELECT code FROM meetings_kind WHERE counts_as_shared_time)
        GROUP BY situation.id;
    IF ought.held_at IS NULL THEN
        DELETE FROM meetings_firstsharedtime WHERE situation_id = number;
    ELSIF is_there THEN
        UPDATE meetings_firstsharedtime
            SET opened_at = ought.opened_at, held_at = ought.held_at, municipality_id = ought.municipality_id
            WHERE situation_id = number
              AND (opened_at, held_at, municipality_id)
                IS DISTINCT FROM (ought.opened_at, ought.held_at, ought.municipality_id);
    ELSE
        INSERT INTO meetings_firstsharedtime (situation_id, opened_at, held_at, municipality_id)
            VALUES (ought.situation_id, ought.opened_at, ought.held_at, ought.municipality_id)
            ON CONFLICT (situation_id) DO UPDATE SET held_at = EXCLUDED.held_at
                WHERE EXCLUDED.held_at < meetings_firstsharedtime.held_at;
    END IF;
END
$$;
"""
NO_KEEP = "DROP FUNCTION meetings_keep_first_shared_time(bigint)"
OLD = """
CREATE FUNCTION meetings_keep_first_held(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    kept timestamptz;
    ought timestamptz;
BEGIN
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
NO_OLD = "DROP FUNCTION meetings_keep_first_held(bigint)"

# The same first shared times in a table of their own, so the numbers stay; and the convener's sector on those
# meetings too that are not held yet.
FILL = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    """
    INSERT INTO meetings_firstsharedtime (situation_id, municipality_id, opened_at, held_at)
    SELECT id, municipality_id, opened_at, first_held_at FROM meetings_situation WHERE first_held_at IS NOT NULL
    """,
    "ALTER TABLE meetings_meeting DISABLE TRIGGER USER",
    """
    UPDATE meetings_meeting SET convener_sector = organisation.sector
    FROM network_worker worker
    JOIN network_unit unit ON unit.id = worker.unit_id
    JOIN network_organisation organisation ON organisation.id = unit.organisation_id
    WHERE worker.id = convener_id AND status <> 'held'
    """,
    "ALTER TABLE meetings_meeting ENABLE TRIGGER USER",
]
UNFILL = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE meetings_situation DISABLE TRIGGER USER",
    """
    UPDATE meetings_situation SET first_held_at = first.held_at
    FROM meetings_firstsharedtime first WHERE first.situation_id = meetings_situation.id
    """,
    "ALTER TABLE meetings_situation ENABLE TRIGGER USER",
    "ALTER TABLE meetings_meeting DISABLE TRIGGER USER",
    "UPDATE meetings_meeting SET convener_sector = '' WHERE status <> 'held'",
    "ALTER TABLE meetings_meeting ENABLE TRIGGER USER",
]


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0048_tallies_lighter"),
        ("network", "0044_tallies_by_column"),
    ]

    operations = [
        migrations.CreateModel(
            name="FirstSharedTime",
            fields=[
                (
                    "situation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="first_shared_time",
                        serialize=False,
                        to="meetings.situation",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="network.municipality",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("held_at", models.DateTimeField()),
            ],
        ),
        # Its triggers go before it when this is taken back.
        *in_few_steps(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="conversation",
                    name="counted_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="conversation",
                    name="counted_delete",
                ),
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
                    name="kept_by_held",
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
                    model_name="situation",
                    name="counted_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="situation",
                    name="counted_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="situation",
                    name="kept_of_situation",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="situation",
                    name="counted_update",
                ),
                migrations.RunSQL(KEEP, NO_KEEP),
                migrations.RunSQL(FILL, UNFILL),
                migrations.RunSQL(NO_OLD, OLD),
                migrations.RemoveField(
                    model_name="situation",
                    name="first_held_at",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conversation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (((TRUE) OR (NEW.result IN ('accepted', 'thinking', 'declined'))))",
                            func="IF (TRUE) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'talk', NEW.result, +(1);\n    END IF;\nIF (NEW.result IN ('accepted', 'thinking', 'declined')) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'offer', NEW.result, +(1);\n    END IF;\nRETURN NULL;",
                            hash="f619f07c4e04061d273d231020792df62d5c3360",
                            operation="INSERT",
                            pgid="pgtrigger_counted_insert_a2e44",
                            table="meetings_conversation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conversation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (((TRUE) OR (OLD.result IN ('accepted', 'thinking', 'declined'))))",
                            func="IF (TRUE) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'talk', OLD.result, -(1);\n    END IF;\nIF (OLD.result IN ('accepted', 'thinking', 'declined')) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'offer', OLD.result, -(1);\n    END IF;\nRETURN NULL;",
                            hash="6dc3b73c81c6b8e0da5005316e57f85227d1e5d7",
                            operation="DELETE",
                            pgid="pgtrigger_counted_delete_9bd8a",
                            table="meetings_conversation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conversation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.result IS DISTINCT FROM NEW.result) THEN\nIF (TRUE) AND NOT ((TRUE) AND (OLD.municipality_id, date_trunc('month', OLD.held_on)::date, OLD.result, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.held_on)::date, NEW.result, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'talk', OLD.result, -(1);\n    END IF;\nIF (TRUE) AND NOT ((TRUE) AND (NEW.municipality_id, date_trunc('month', NEW.held_on)::date, NEW.result, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.held_on)::date, OLD.result, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'talk', NEW.result, +(1);\n    END IF;\nEND IF;\nIF (OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.result IS DISTINCT FROM NEW.result) THEN\nIF (OLD.result IN ('accepted', 'thinking', 'declined')) AND NOT ((NEW.result IN ('accepted', 'thinking', 'declined')) AND (OLD.municipality_id, date_trunc('month', OLD.held_on)::date, OLD.result, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.held_on)::date, NEW.result, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'offer', OLD.result, -(1);\n    END IF;\nIF (NEW.result IN ('accepted', 'thinking', 'declined')) AND NOT ((OLD.result IN ('accepted', 'thinking', 'declined')) AND (NEW.municipality_id, date_trunc('month', NEW.held_on)::date, NEW.result, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.held_on)::date, OLD.result, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'offer', NEW.result, +(1);\n    END IF;\nEND IF;\nRETURN NULL;",
                            hash="df076fb3d56ecce3ae0ab6fb9cbae79a7becd784",
                            operation='UPDATE OF "held_on", "municipality_id", "result"',
                            pgid="pgtrigger_counted_update_6a276",
                            table="meetings_conversation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="kind",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_first",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.counts_as_shared_time <> NEW.counts_as_shared_time)",
                            func="\n        PERFORM meetings_keep_first_shared_time(situation_id) FROM (\n            SELECT DISTINCT situation_id FROM meetings_meeting WHERE kind = NEW.code AND status = 'held'\n            ORDER BY situation_id\n        ) AS concerned;\n        RETURN NULL;\n    ",
                            hash="560237eb7ecfec981dffd5a271d899a93eb01328",
                            operation='UPDATE OF "counts_as_shared_time"',
                            pgid="pgtrigger_kept_first_7af9d",
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
                            condition="WHEN (NEW.convener_sector = '')",
                            func="\n    SELECT organisation.sector INTO NEW.convener_sector FROM network_worker worker\n        JOIN network_unit unit ON unit.id = worker.unit_id\n        JOIN network_organisation organisation ON organisation.id = unit.organisation_id\n        WHERE worker.id = NEW.convener_id;\n RETURN NEW;",
                            hash="69c56d4db78acff05cfbab314276c0f6ec0ab89a",
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
                        name="kept_as_it_is",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (pg_trigger_depth() = 0)",
                            func="\n            NEW.convener_sector := OLD.convener_sector;\n            NEW.called_off_by := OLD.called_off_by;\n            NEW.seats := OLD.seats;\n            RETURN NEW;\n        ",
                            hash="a153a504a60de7ec3e9e512b031ad18fdb67c6f8",
                            operation='UPDATE OF "convener_sector", "called_off_by", "seats"',
                            pgid="pgtrigger_kept_as_it_is_1b648",
                            table="meetings_meeting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_of_next_convener",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.convener_id <> NEW.convener_id)",
                            func="\n    SELECT organisation.sector INTO NEW.convener_sector FROM network_worker worker\n        JOIN network_unit unit ON unit.id = worker.unit_id\n        JOIN network_organisation organisation ON organisation.id = unit.organisation_id\n        WHERE worker.id = NEW.convener_id;\n RETURN NEW;",
                            hash="eb430b6725e77a6bed327057e3e989ecb3d495f2",
                            operation='UPDATE OF "convener_id"',
                            pgid="pgtrigger_kept_of_next_convener_2b650",
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
                            condition="WHEN ((OLD.status = 'held') <> (NEW.status = 'held'))",
                            func="\n            IF NEW.status = 'held' THEN\n                NEW.seats := coalesce((\n    SELECT jsonb_object_agg(seat, number) FROM (\n        SELECT seat, count(*) AS number FROM meetings_participation\n        WHERE meeting_id = NEW.id AND seat <> '' GROUP BY seat\n    ) AS seats\n), '{}');\n                \n    INSERT INTO meetings_firstsharedtime (situation_id, municipality_id, opened_at, held_at)\n        SELECT situation.id, situation.municipality_id, situation.opened_at, lower(NEW.period)\n        FROM meetings_situation situation, meetings_kind kind\n        WHERE situation.id = NEW.situation_id AND kind.code = NEW.kind AND kind.counts_as_shared_time\n        ON CONFLICT (situation_id) DO UPDATE SET held_at = EXCLUDED.held_at\n            WHERE EXCLUDED.held_at < meetings_firstsharedtime.held_at;\n\n            ELSE\n                NEW.seats := '{}';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="09dc8091191b387d699340425e80592d4bc59686",
                            operation='UPDATE OF "status"',
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
                            condition="WHEN (OLD.status = 'held')",
                            func="\n            IF (OLD.status IS DISTINCT FROM NEW.status OR OLD.period IS DISTINCT FROM NEW.period OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.situation_id IS DISTINCT FROM NEW.situation_id) THEN\n                PERFORM meetings_keep_first_shared_time(least(OLD.situation_id, NEW.situation_id));\n                IF OLD.situation_id <> NEW.situation_id THEN\n                    PERFORM meetings_keep_first_shared_time(greatest(OLD.situation_id, NEW.situation_id));\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="07e7e09c3606b9e36ec6f5de4fa2577e4acfa7b5",
                            operation='UPDATE OF "status", "period", "kind", "situation_id"',
                            pgid="pgtrigger_kept_by_held_8871d",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_first_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.status = 'held')",
                            func="PERFORM meetings_keep_first_shared_time(NEW.situation_id); RETURN NULL;",
                            hash="5cf9888ff8530b17744bd098e4eef97d8c571165",
                            operation="INSERT",
                            pgid="pgtrigger_kept_first_insert_08691",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_first_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.status = 'held')",
                            func="PERFORM meetings_keep_first_shared_time(OLD.situation_id); RETURN NULL;",
                            hash="25239c563b546203ad21e27cef0ef6abd0cb5aae",
                            operation="DELETE",
                            pgid="pgtrigger_kept_first_delete_b3354",
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
                            func="IF (NEW.status = 'held') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', NEW.kind, +(1);\n    END IF;\nIF (NEW.status = 'not_held') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', NEW.kind, +(1);\n    END IF;\nIF (NEW.status = 'cancelled') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', NEW.called_off_by, +(1);\n    END IF;\nIF (NEW.status = 'held' AND NEW.convener_sector <> '') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', NEW.convener_sector, +(1);\n    END IF;\nIF (NEW.status = 'held') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', one.key, +(one.value::bigint) FROM jsonb_each_text(NEW.seats) AS one;\n    END IF;\nRETURN NULL;",
                            hash="8322c75196d2feb694da3cb6407fe128fdc2e940",
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
                            func="IF (OLD.status = 'held') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', OLD.kind, -(1);\n    END IF;\nIF (OLD.status = 'not_held') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', OLD.kind, -(1);\n    END IF;\nIF (OLD.status = 'cancelled') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', OLD.called_off_by, -(1);\n    END IF;\nIF (OLD.status = 'held' AND OLD.convener_sector <> '') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', OLD.convener_sector, -(1);\n    END IF;\nIF (OLD.status = 'held') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', one.key, -(one.value::bigint) FROM jsonb_each_text(OLD.seats) AS one;\n    END IF;\nRETURN NULL;",
                            hash="355efa673dd27ecaf74baa66025b72993b42f01b",
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
                            func="IF (OLD.kind IS DISTINCT FROM NEW.kind OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.period IS DISTINCT FROM NEW.period OR OLD.status IS DISTINCT FROM NEW.status) THEN\nIF (OLD.status = 'held') AND NOT ((NEW.status = 'held') AND (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.kind, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.kind, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', OLD.kind, -(1);\n    END IF;\nIF (NEW.status = 'held') AND NOT ((OLD.status = 'held') AND (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.kind, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.kind, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', NEW.kind, +(1);\n    END IF;\nEND IF;\nIF (OLD.kind IS DISTINCT FROM NEW.kind OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.period IS DISTINCT FROM NEW.period OR OLD.status IS DISTINCT FROM NEW.status) THEN\nIF (OLD.status = 'not_held') AND NOT ((NEW.status = 'not_held') AND (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.kind, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.kind, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', OLD.kind, -(1);\n    END IF;\nIF (NEW.status = 'not_held') AND NOT ((OLD.status = 'not_held') AND (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.kind, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.kind, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', NEW.kind, +(1);\n    END IF;\nEND IF;\nIF (OLD.called_off_by IS DISTINCT FROM NEW.called_off_by OR OLD.cancelled_at IS DISTINCT FROM NEW.cancelled_at OR OLD.created_at IS DISTINCT FROM NEW.created_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.period IS DISTINCT FROM NEW.period OR OLD.status IS DISTINCT FROM NEW.status) THEN\nIF (OLD.status = 'cancelled') AND NOT ((NEW.status = 'cancelled') AND (OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, OLD.called_off_by, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, NEW.called_off_by, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', OLD.called_off_by, -(1);\n    END IF;\nIF (NEW.status = 'cancelled') AND NOT ((OLD.status = 'cancelled') AND (NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, NEW.called_off_by, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, OLD.called_off_by, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', NEW.called_off_by, +(1);\n    END IF;\nEND IF;\nIF (OLD.convener_sector IS DISTINCT FROM NEW.convener_sector OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.period IS DISTINCT FROM NEW.period OR OLD.status IS DISTINCT FROM NEW.status) THEN\nIF (OLD.status = 'held' AND OLD.convener_sector <> '') AND NOT ((NEW.status = 'held' AND NEW.convener_sector <> '') AND (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.convener_sector, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.convener_sector, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', OLD.convener_sector, -(1);\n    END IF;\nIF (NEW.status = 'held' AND NEW.convener_sector <> '') AND NOT ((OLD.status = 'held' AND OLD.convener_sector <> '') AND (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.convener_sector, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.convener_sector, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', NEW.convener_sector, +(1);\n    END IF;\nEND IF;\nIF (OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.period IS DISTINCT FROM NEW.period OR OLD.seats IS DISTINCT FROM NEW.seats OR OLD.status IS DISTINCT FROM NEW.status) THEN\nIF (OLD.status = 'held') AND NOT ((NEW.status = 'held') AND (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.seats) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.seats)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', one.key, -(one.value::bigint) FROM jsonb_each_text(OLD.seats) AS one;\n    END IF;\nIF (NEW.status = 'held') AND NOT ((OLD.status = 'held') AND (NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, NEW.seats) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, OLD.seats)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', one.key, +(one.value::bigint) FROM jsonb_each_text(NEW.seats) AS one;\n    END IF;\nEND IF;\nRETURN NULL;",
                            hash="c610d4c7e68a3ff48fa1b4d120c989447f8573b0",
                            operation='UPDATE OF "called_off_by", "cancelled_at", "convener_id", "convener_sector", "created_at", "kind", "municipality_id", "period", "seats", "status"',
                            pgid="pgtrigger_counted_update_99da0",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="situation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_of_situation",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            NEW.municipality_id := coalesce(NEW.municipality_id, OLD.municipality_id);\n            NEW.ended_from := CASE\n                WHEN NEW.stage IN ('raised', 'convening', 'shared_time', 'plan') THEN ''\n                WHEN OLD.stage IN ('raised', 'convening', 'shared_time', 'plan') THEN OLD.stage\n                ELSE OLD.ended_from\n            END;\n            RETURN NEW;\n        ",
                            hash="a9eab1762adf526a44bb722d9e76c1e6dcb5eccd",
                            operation='UPDATE OF "municipality_id", "stage", "ended_from"',
                            pgid="pgtrigger_kept_of_situation_b3a75",
                            table="meetings_situation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="situation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_first_by_situation",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ((OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.opened_at IS DISTINCT FROM NEW.opened_at))",
                            func="PERFORM meetings_keep_first_shared_time(NEW.id); RETURN NULL;",
                            hash="ddf0404c66a93281cbaaef4f7a5ca350bbe7c7d0",
                            operation='UPDATE OF "municipality_id", "opened_at"',
                            pgid="pgtrigger_kept_first_by_situation_a17c0",
                            table="meetings_situation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="situation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (((TRUE) OR (NEW.ending <> '') OR (NEW.ending <> '' AND NEW.ended_from <> '')))",
                            func="IF (TRUE) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', NEW.way_in, +(1);\n    END IF;\nIF (NEW.ending <> '') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', NEW.ending, +(1);\n    END IF;\nIF (NEW.ending <> '' AND NEW.ended_from <> '') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', NEW.ended_from, +(1);\n    END IF;\nRETURN NULL;",
                            hash="d00819d54f40360de2b2264f8eff17a5004dfe19",
                            operation="INSERT",
                            pgid="pgtrigger_counted_insert_b3c70",
                            table="meetings_situation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="situation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (((TRUE) OR (OLD.ending <> '') OR (OLD.ending <> '' AND OLD.ended_from <> '')))",
                            func="IF (TRUE) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', OLD.way_in, -(1);\n    END IF;\nIF (OLD.ending <> '') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', OLD.ending, -(1);\n    END IF;\nIF (OLD.ending <> '' AND OLD.ended_from <> '') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', OLD.ended_from, -(1);\n    END IF;\nRETURN NULL;",
                            hash="4b2191838c5636859580f89e222b8900657254f1",
                            operation="DELETE",
                            pgid="pgtrigger_counted_delete_69a76",
                            table="meetings_situation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="situation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.opened_at IS DISTINCT FROM NEW.opened_at OR OLD.way_in IS DISTINCT FROM NEW.way_in) THEN\nIF (TRUE) AND NOT ((TRUE) AND (OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.way_in, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.way_in, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', OLD.way_in, -(1);\n    END IF;\nIF (TRUE) AND NOT ((TRUE) AND (NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.way_in, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.way_in, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', NEW.way_in, +(1);\n    END IF;\nEND IF;\nIF (OLD.ended_at IS DISTINCT FROM NEW.ended_at OR OLD.ending IS DISTINCT FROM NEW.ending OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id) THEN\nIF (OLD.ending <> '') AND NOT ((NEW.ending <> '') AND (OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.ending, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.ending, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', OLD.ending, -(1);\n    END IF;\nIF (NEW.ending <> '') AND NOT ((OLD.ending <> '') AND (NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.ending, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.ending, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', NEW.ending, +(1);\n    END IF;\nEND IF;\nIF (OLD.ended_at IS DISTINCT FROM NEW.ended_at OR OLD.ended_from IS DISTINCT FROM NEW.ended_from OR OLD.ending IS DISTINCT FROM NEW.ending OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id) THEN\nIF (OLD.ending <> '' AND OLD.ended_from <> '') AND NOT ((NEW.ending <> '' AND NEW.ended_from <> '') AND (OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.ended_from, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.ended_from, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', OLD.ended_from, -(1);\n    END IF;\nIF (NEW.ending <> '' AND NEW.ended_from <> '') AND NOT ((OLD.ending <> '' AND OLD.ended_from <> '') AND (NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.ended_from, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.ended_from, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', NEW.ended_from, +(1);\n    END IF;\nEND IF;\nRETURN NULL;",
                            hash="12a2128bc30d34406f01765a2847e87e3c500314",
                            operation='UPDATE OF "ended_at", "ended_from", "ending", "municipality_id", "opened_at", "stage", "way_in"',
                            pgid="pgtrigger_counted_update_1d024",
                            table="meetings_situation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="firstsharedtime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_as_it_is",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (pg_trigger_depth() = 0)",
                            func="RETURN NULL;",
                            hash="f87bc7b9be19405c863f6a9c11fc7ed364b171e3",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_kept_as_it_is_3a93c",
                            table="meetings_firstsharedtime",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="firstsharedtime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (((TRUE)))",
                            func="IF (TRUE) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (NEW.held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), +(1);\n    END IF;\nRETURN NULL;",
                            hash="19d7f5ef0782779683fabd19a4e1fb830cb65ad7",
                            operation="INSERT",
                            pgid="pgtrigger_counted_insert_16f72",
                            table="meetings_firstsharedtime",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="firstsharedtime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (((TRUE)))",
                            func="IF (TRUE) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (OLD.held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), -(1);\n    END IF;\nRETURN NULL;",
                            hash="6cd277f2c814bd314ff65b06f9198338bc18041e",
                            operation="DELETE",
                            pgid="pgtrigger_counted_delete_9bcb4",
                            table="meetings_firstsharedtime",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="firstsharedtime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (OLD.held_at IS DISTINCT FROM NEW.held_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.opened_at IS DISTINCT FROM NEW.opened_at) THEN\nIF (TRUE) AND NOT ((TRUE) AND (OLD.municipality_id, date_trunc('month', OLD.held_at AT TIME ZONE 'Europe/Helsinki')::date, lpad(greatest(0, least(365, (OLD.held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.held_at AT TIME ZONE 'Europe/Helsinki')::date, lpad(greatest(0, least(365, (NEW.held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (OLD.held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), -(1);\n    END IF;\nIF (TRUE) AND NOT ((TRUE) AND (NEW.municipality_id, date_trunc('month', NEW.held_at AT TIME ZONE 'Europe/Helsinki')::date, lpad(greatest(0, least(365, (NEW.held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.held_at AT TIME ZONE 'Europe/Helsinki')::date, lpad(greatest(0, least(365, (OLD.held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (NEW.held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), +(1);\n    END IF;\nEND IF;\nRETURN NULL;",
                            hash="7f9de8e04abf8a89ef8c79f58d773c9ddc962779",
                            operation='UPDATE OF "held_at", "municipality_id", "opened_at"',
                            pgid="pgtrigger_counted_update_cc675",
                            table="meetings_firstsharedtime",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
