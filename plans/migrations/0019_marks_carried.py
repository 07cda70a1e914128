import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from perhekeskus.tables import in_few_steps

# What was carried over from the version before has been counted there.
FILL = [
    "ALTER TABLE plans_measurestate DISABLE TRIGGER USER",
    """
    UPDATE plans_measurestate mark SET is_carried = TRUE, takes_back = '', takes_back_of = NULL
    FROM plans_measure measure JOIN plans_measurestate former ON former.measure_id = measure.follows_id
    WHERE measure.id = mark.measure_id AND former.number = mark.number AND former.status = mark.status
      AND former.marked_at = mark.marked_at
    """,
    "ALTER TABLE plans_measurestate ENABLE TRIGGER USER",
    "DELETE FROM network_tally WHERE figure = 'measure' AND part IN ('done', 'put_aside')",
    "DELETE FROM network_tallychange WHERE figure = 'measure' AND part IN ('done', 'put_aside')",
    """
    INSERT INTO network_tally (municipality_id, month, figure, part, number)
    SELECT municipality_id, month, 'measure', part, sum(number) FROM (
        SELECT municipality_id, date_trunc('month', marked_at AT TIME ZONE 'Europe/Helsinki')::date, status, 1
        FROM plans_measurestate WHERE status IN ('done', 'put_aside') AND NOT is_carried
        UNION ALL
        SELECT municipality_id, date_trunc('month', takes_back_of AT TIME ZONE 'Europe/Helsinki')::date,
               takes_back, -1
        FROM plans_measurestate WHERE takes_back <> ''
    ) AS counted (municipality_id, month, part, number)
    GROUP BY municipality_id, month, part HAVING sum(number) <> 0
    """,
]


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0018_tallies_kept"),
    ]

    operations = in_few_steps(
        [
            pgtrigger.migrations.RemoveTrigger(
                model_name="measurestate",
                name="kept_of_mark",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="measurestate",
                name="counted_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="measurestate",
                name="counted_delete",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="measurestate",
                name="counted_update",
            ),
            migrations.AddField(
                model_name="measurestate",
                name="is_carried",
                field=models.BooleanField(db_default=False, default=False, editable=False),
            ),
            migrations.RunSQL(FILL, migrations.RunSQL.noop),
            pgtrigger.migrations.AddTrigger(
                model_name="measurestate",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_of_mark",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE before record;",
                        func="\n        PERFORM FROM plans_measure WHERE id = NEW.measure_id FOR NO KEY UPDATE;\n        SELECT plan.municipality_id INTO NEW.municipality_id FROM plans_plan plan\n            JOIN plans_measure measure ON measure.plan_id = plan.id WHERE measure.id = NEW.measure_id;\n        SELECT status, marked_at, number INTO before FROM plans_measurestate\n            WHERE measure_id = NEW.measure_id ORDER BY number DESC LIMIT 1;\n        NEW.is_carried := EXISTS (\n            SELECT FROM plans_measure measure\n            JOIN plans_measurestate former ON former.measure_id = measure.follows_id\n            WHERE measure.id = NEW.measure_id AND former.number = coalesce(before.number, 0) + 1\n              AND former.status = NEW.status AND former.marked_at = NEW.marked_at\n        );\n        IF NOT NEW.is_carried AND before.status IN ('done', 'put_aside') THEN\n            NEW.takes_back := before.status;\n            NEW.takes_back_of := before.marked_at;\n        ELSE\n            NEW.takes_back := '';\n            NEW.takes_back_of := NULL;\n        END IF;\n        RETURN NEW;\n    ",
                        hash="52e044e2d75babafa868e9c7fc35706358a11896",
                        operation="INSERT",
                        pgid="pgtrigger_kept_of_mark_1b532",
                        table="plans_measurestate",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="measurestate",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) OR (NEW.takes_back <> '')))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.status, +(1) WHERE (NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.takes_back, +(-1) WHERE (NEW.takes_back <> '');\n            RETURN NULL;\n        ",
                        hash="16ad50c8e77ae8577af5377cfec70dbfa07d1e68",
                        operation="INSERT",
                        pgid="pgtrigger_counted_insert_05feb",
                        table="plans_measurestate",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="measurestate",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) OR (OLD.takes_back <> '')))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.status, -(1) WHERE (OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.takes_back, -(-1) WHERE (OLD.takes_back <> '');\n            RETURN NULL;\n        ",
                        hash="633d61037bb2360996eb9231862ba274add08918",
                        operation="DELETE",
                        pgid="pgtrigger_counted_delete_9a35b",
                        table="plans_measurestate",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="measurestate",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) OR (NEW.takes_back <> '')) OR ((OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) OR (OLD.takes_back <> ''))) AND (OLD.is_carried IS DISTINCT FROM NEW.is_carried OR OLD.marked_at IS DISTINCT FROM NEW.marked_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.status IS DISTINCT FROM NEW.status OR OLD.takes_back IS DISTINCT FROM NEW.takes_back OR OLD.takes_back_of IS DISTINCT FROM NEW.takes_back_of))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.status, -(1) WHERE (OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.status, +(1) WHERE (NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.takes_back, -(-1) WHERE (OLD.takes_back <> '') UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.takes_back, +(-1) WHERE (NEW.takes_back <> ''))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="38ffbdb0d972b626b2c6bd4eeb80115ac4adeeb7",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_4bd01",
                        table="plans_measurestate",
                        when="AFTER",
                    ),
                ),
            ),
        ]
    )
