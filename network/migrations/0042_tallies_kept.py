import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from perhekeskus.tables import in_few_steps

# What there is already, counted from scratch.
COUNT = """
    INSERT INTO network_tally (municipality_id, month, figure, part, number)
    SELECT municipality_id, month, figure, part, sum(number) FROM (
    SELECT t.municipality_id, date_trunc('month', t.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', t.result, (1) FROM network_consultation AS t WHERE (t.status IN ('answered', 'closed'))
    ) AS counted (municipality_id, month, figure, part, number)
    GROUP BY municipality_id, month, figure, part HAVING sum(number) <> 0
"""
FIGURES = "('advice')"
UNCOUNT = [
    f"DELETE FROM {table} WHERE figure IN {FIGURES}" for table in ("network_tally", "network_tallychange")
]


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0041_tallies"),
    ]

    operations = in_few_steps(
        [
            pgtrigger.migrations.RemoveTrigger(
                model_name="consultation",
                name="consultation_counted",
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="consultation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((NEW.status IN ('answered', 'closed'))))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', NEW.result, +(1) WHERE (NEW.status IN ('answered', 'closed'));\n            RETURN NULL;\n        ",
                        hash="bf4b0202fa1216211ba5810b4b083fc662f2848e",
                        operation="INSERT",
                        pgid="pgtrigger_counted_insert_5bed2",
                        table="network_consultation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="consultation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((OLD.status IN ('answered', 'closed'))))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', OLD.result, -(1) WHERE (OLD.status IN ('answered', 'closed'));\n            RETURN NULL;\n        ",
                        hash="c853a31cfe85b20d9a81bc2cd3dc376b2242c540",
                        operation="DELETE",
                        pgid="pgtrigger_counted_delete_8da32",
                        table="network_consultation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="consultation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.status IN ('answered', 'closed'))) OR ((OLD.status IN ('answered', 'closed')))) AND (OLD.answered_at IS DISTINCT FROM NEW.answered_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.result IS DISTINCT FROM NEW.result OR OLD.status IS DISTINCT FROM NEW.status))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', OLD.result, -(1) WHERE (OLD.status IN ('answered', 'closed')) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', NEW.result, +(1) WHERE (NEW.status IN ('answered', 'closed')))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="66c4674af43bbc0c0693b30cc2589b026d562c17",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_68adb",
                        table="network_consultation",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.RunSQL(COUNT, UNCOUNT),
            migrations.DeleteModel(
                name="ConsultationCount",
            ),
        ]
    )
