import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# The first shared time of one situation, by its key: nothing is written of a row that is not locked first.
KEEP = """
CREATE OR REPLACE FUNCTION meetings_keep_first_shared_time(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    is_there boolean;
    ought meetings_firstsharedtime;
BEGIN
    LOOP
        -- Two meetings of one situation that change at the same moment are looked at one after the other.
        PERFORM FROM meetings_firstsharedtime WHERE situation_id = number FOR UPDATE;
        is_there := FOUND;
        SELECT situation.id, situation.opened_at, min(lower(meeting.period)), situation.municipality_id
            INTO ought.situation_id, ought.opened_at, ought.held_at, ought.municipality_id
            FROM meetings_situation situation
            JOIN meetings_meeting meeting ON meeting.situation_id = situation.id
            WHERE situation.id = number AND meeting.status = 'held'
              AND meeting.kind IN (SELECT code FROM meetings_kind WHERE counts_as_shared_time)
            GROUP BY situation.id;
        IF is_there AND ought.held_at IS NULL THEN
            DELETE FROM meetings_firstsharedtime WHERE situation_id = number;
        ELSIF is_there THEN
            UPDATE meetings_firstsharedtime
                SET opened_at = ought.opened_at, held_at = ought.held_at,
                    municipality_id = ought.municipality_id
                WHERE situation_id = number
                  AND (opened_at, held_at, municipality_id)
                    IS DISTINCT FROM (ought.opened_at, ought.held_at, ought.municipality_id);
        END IF;
        EXIT WHEN is_there OR ought.held_at IS NULL;
        -- Others may have changed what was read: it is looked at again, now that the row is there to be locked.
        INSERT INTO meetings_firstsharedtime (situation_id, opened_at, held_at, municipality_id)
            VALUES (ought.situation_id, ought.opened_at, ought.held_at, ought.municipality_id)
            ON CONFLICT (situation_id) DO NOTHING;
    END LOOP;
END
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION meetings_keep_first_shared_time(number bigint) RETURNS void LANGUAGE plpgsql AS $$
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


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0050_report_requests"),
    ]

    operations = [
        migrations.RunSQL(KEEP, BEFORE),
        pgtrigger.migrations.RemoveTrigger(
            model_name="kind",
            name="kept_first",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="situation",
            name="kept_first_by_situation",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="kind",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_first",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.counts_as_shared_time <> NEW.counts_as_shared_time)",
                    func="\n        LOCK TABLE meetings_meeting IN SHARE ROW EXCLUSIVE MODE;\n        PERFORM meetings_keep_first_shared_time(situation_id) FROM (\n            SELECT DISTINCT situation_id FROM meetings_meeting WHERE kind = NEW.code AND status = 'held'\n            ORDER BY situation_id\n        ) AS concerned;\n        RETURN NULL;\n    ",
                    hash="e7783d30c0f202ba3b1713c8270f592b5bffffa9",
                    operation='UPDATE OF "counts_as_shared_time"',
                    pgid="pgtrigger_kept_first_7af9d",
                    table="meetings_kind",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="situation",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_first_by_situation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN ((OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.opened_at IS DISTINCT FROM NEW.opened_at))",
                    func="\n            PERFORM FROM meetings_meeting WHERE situation_id = NEW.id ORDER BY id FOR NO KEY UPDATE;\n            PERFORM meetings_keep_first_shared_time(NEW.id);\n            RETURN NULL;\n        ",
                    hash="a8c8312b9e007a81bd307e62bf3c3433ff6c777d",
                    operation='UPDATE OF "municipality_id", "opened_at"',
                    pgid="pgtrigger_kept_first_by_situation_a17c0",
                    table="meetings_situation",
                    when="AFTER",
                ),
            ),
        ),
    ]
