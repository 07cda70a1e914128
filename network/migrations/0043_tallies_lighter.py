import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from perhekeskus.tables import in_few_steps


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0042_tallies_kept"),
    ]

    operations = in_few_steps(
        [
            pgtrigger.migrations.RemoveTrigger(
                model_name="consultation",
                name="counted_update",
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="consultation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.status IN ('answered', 'closed'))) OR ((OLD.status IN ('answered', 'closed')))) AND (OLD.answered_at IS DISTINCT FROM NEW.answered_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.result IS DISTINCT FROM NEW.result OR OLD.status IS DISTINCT FROM NEW.status))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', OLD.result, -(1) WHERE (OLD.status IN ('answered', 'closed')) AND NOT ((NEW.status IN ('answered', 'closed')) AND (OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.result, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.result, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', NEW.result, +(1) WHERE (NEW.status IN ('answered', 'closed')) AND NOT ((OLD.status IN ('answered', 'closed')) AND (NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.result, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.result, 1));\n            RETURN NULL;\n        ",
                        hash="616ac0786f93280396771112fb38f114f6bc4326",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_68adb",
                        table="network_consultation",
                        when="AFTER",
                    ),
                ),
            ),
        ]
    )
