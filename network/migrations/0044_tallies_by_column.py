import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0043_tallies_lighter"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="consultation",
            name="counted_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="consultation",
            name="counted_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="consultation",
            name="counted_update",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consultation",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (((NEW.status IN ('answered', 'closed'))))",
                    func="IF (NEW.status IN ('answered', 'closed')) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', NEW.result, +(1);\n    END IF;\nRETURN NULL;",
                    hash="d727ac2cd07b34a084648900f514ca128f3b596b",
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
                    func="IF (OLD.status IN ('answered', 'closed')) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', OLD.result, -(1);\n    END IF;\nRETURN NULL;",
                    hash="75c3253932687e82de72a8013864e133b4e5a986",
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
                    func="IF (OLD.answered_at IS DISTINCT FROM NEW.answered_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.result IS DISTINCT FROM NEW.result OR OLD.status IS DISTINCT FROM NEW.status) THEN\nIF (OLD.status IN ('answered', 'closed')) AND NOT ((NEW.status IN ('answered', 'closed')) AND (OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.result, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.result, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', OLD.result, -(1);\n    END IF;\nIF (NEW.status IN ('answered', 'closed')) AND NOT ((OLD.status IN ('answered', 'closed')) AND (NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.result, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.result, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date, 'advice', NEW.result, +(1);\n    END IF;\nEND IF;\nRETURN NULL;",
                    hash="04003984704a594b887c5c1304d471da89e51b3b",
                    operation='UPDATE OF "answered_at", "municipality_id", "result", "status"',
                    pgid="pgtrigger_counted_update_68adb",
                    table="network_consultation",
                    when="AFTER",
                ),
            ),
        ),
    ]
