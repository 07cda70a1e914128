import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0020_tallies_lighter"),
    ]

    operations = [
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="nextcontact",
            name="counted_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="nextcontact",
            name="counted_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="nextcontact",
            name="counted_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="outcomereview",
            name="counted_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="outcomereview",
            name="counted_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="outcomereview",
            name="counted_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="plan",
            name="counted_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="plan",
            name="counted_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="plan",
            name="counted_update",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measurestate",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (((NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) OR (NEW.takes_back <> '')))",
                    func="IF (NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.status, +(1);\n    END IF;\nIF (NEW.takes_back <> '') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.takes_back, +(-1);\n    END IF;\nRETURN NULL;",
                    hash="78a26b1efbb7db086d737947079afc6764a0121f",
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
                    func="IF (OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.status, -(1);\n    END IF;\nIF (OLD.takes_back <> '') THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.takes_back, -(-1);\n    END IF;\nRETURN NULL;",
                    hash="72804312c3a2ea5bfa69bc986c40774d2c2c36f4",
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
                    func="IF (OLD.is_carried IS DISTINCT FROM NEW.is_carried OR OLD.marked_at IS DISTINCT FROM NEW.marked_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.status IS DISTINCT FROM NEW.status) THEN\nIF (OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) AND NOT ((NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) AND (OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.status, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.status, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.status, -(1);\n    END IF;\nIF (NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) AND NOT ((OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) AND (NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.status, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.status, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.status, +(1);\n    END IF;\nEND IF;\nIF (OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.takes_back IS DISTINCT FROM NEW.takes_back OR OLD.takes_back_of IS DISTINCT FROM NEW.takes_back_of) THEN\nIF (OLD.takes_back <> '') AND NOT ((NEW.takes_back <> '') AND (OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, OLD.takes_back, -1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, NEW.takes_back, -1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.takes_back, -(-1);\n    END IF;\nIF (NEW.takes_back <> '') AND NOT ((OLD.takes_back <> '') AND (NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, NEW.takes_back, -1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, OLD.takes_back, -1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.takes_back, +(-1);\n    END IF;\nEND IF;\nRETURN NULL;",
                    hash="ebe94b8731417d79d21b76d2e94ce8c85443867d",
                    operation='UPDATE OF "is_carried", "marked_at", "municipality_id", "status", "takes_back", "takes_back_of"',
                    pgid="pgtrigger_counted_update_4bd01",
                    table="plans_measurestate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="nextcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (((NEW.done_at IS NOT NULL)))",
                    func="IF (NEW.done_at IS NOT NULL) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.on)::date, 'contact', CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, +(1);\n    END IF;\nRETURN NULL;",
                    hash="4a3d26a3eaa54c951830dfb9a81847fe6945f482",
                    operation="INSERT",
                    pgid="pgtrigger_counted_insert_c564c",
                    table="plans_nextcontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="nextcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (((OLD.done_at IS NOT NULL)))",
                    func="IF (OLD.done_at IS NOT NULL) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.on)::date, 'contact', CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, -(1);\n    END IF;\nRETURN NULL;",
                    hash="b1c0b1bb78f8143585164b1ba9fd2a830c3767ae",
                    operation="DELETE",
                    pgid="pgtrigger_counted_delete_82d96",
                    table="plans_nextcontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="nextcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF (OLD.done_at IS DISTINCT FROM NEW.done_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.on IS DISTINCT FROM NEW.on) THEN\nIF (OLD.done_at IS NOT NULL) AND NOT ((NEW.done_at IS NOT NULL) AND (OLD.municipality_id, date_trunc('month', OLD.on)::date, CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.on)::date, CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.on)::date, 'contact', CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, -(1);\n    END IF;\nIF (NEW.done_at IS NOT NULL) AND NOT ((OLD.done_at IS NOT NULL) AND (NEW.municipality_id, date_trunc('month', NEW.on)::date, CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.on)::date, CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, 1)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.on)::date, 'contact', CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, +(1);\n    END IF;\nEND IF;\nRETURN NULL;",
                    hash="ad356c8492c00e13a2da7e0afd25c9602a35df1a",
                    operation='UPDATE OF "done_at", "municipality_id", "on"',
                    pgid="pgtrigger_counted_update_f24a4",
                    table="plans_nextcontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcomereview",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) OR (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) OR (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0)))",
                    func="IF (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', +(NEW.better);\n    END IF;\nIF (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', +(NEW.same);\n    END IF;\nIF (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', +(NEW.worse);\n    END IF;\nIF (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', +(NEW.better);\n    END IF;\nIF (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', +(NEW.same);\n    END IF;\nIF (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', +(NEW.worse);\n    END IF;\nRETURN NULL;",
                    hash="e4cf3956d5dcdc32a58abd0ed11e03e37b6ebc85",
                    operation="INSERT",
                    pgid="pgtrigger_counted_insert_bb907",
                    table="plans_outcomereview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcomereview",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) OR (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) OR (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0)))",
                    func="IF (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', -(OLD.better);\n    END IF;\nIF (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', -(OLD.same);\n    END IF;\nIF (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', -(OLD.worse);\n    END IF;\nIF (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', -(OLD.better);\n    END IF;\nIF (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', -(OLD.same);\n    END IF;\nIF (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', -(OLD.worse);\n    END IF;\nRETURN NULL;",
                    hash="666a2a4df99d3ccd9184f238b69a57d2cef836e3",
                    operation="DELETE",
                    pgid="pgtrigger_counted_delete_1b58a",
                    table="plans_outcomereview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcomereview",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF (OLD.better IS DISTINCT FROM NEW.better OR OLD.given_at IS DISTINCT FROM NEW.given_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.replaced_at IS DISTINCT FROM NEW.replaced_at OR OLD.side IS DISTINCT FROM NEW.side) THEN\nIF (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) AND NOT ((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', OLD.better) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', NEW.better)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', -(OLD.better);\n    END IF;\nIF (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) AND NOT ((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', NEW.better) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', OLD.better)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', +(NEW.better);\n    END IF;\nEND IF;\nIF (OLD.given_at IS DISTINCT FROM NEW.given_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.replaced_at IS DISTINCT FROM NEW.replaced_at OR OLD.same IS DISTINCT FROM NEW.same OR OLD.side IS DISTINCT FROM NEW.side) THEN\nIF (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) AND NOT ((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', OLD.same) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', NEW.same)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', -(OLD.same);\n    END IF;\nIF (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) AND NOT ((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', NEW.same) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', OLD.same)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', +(NEW.same);\n    END IF;\nEND IF;\nIF (OLD.given_at IS DISTINCT FROM NEW.given_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.replaced_at IS DISTINCT FROM NEW.replaced_at OR OLD.side IS DISTINCT FROM NEW.side OR OLD.worse IS DISTINCT FROM NEW.worse) THEN\nIF (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) AND NOT ((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', OLD.worse) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', NEW.worse)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', -(OLD.worse);\n    END IF;\nIF (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) AND NOT ((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', NEW.worse) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', OLD.worse)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', +(NEW.worse);\n    END IF;\nEND IF;\nIF (OLD.better IS DISTINCT FROM NEW.better OR OLD.given_at IS DISTINCT FROM NEW.given_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.replaced_at IS DISTINCT FROM NEW.replaced_at OR OLD.side IS DISTINCT FROM NEW.side) THEN\nIF (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) AND NOT ((NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', OLD.better) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', NEW.better)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', -(OLD.better);\n    END IF;\nIF (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) AND NOT ((OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', NEW.better) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', OLD.better)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', +(NEW.better);\n    END IF;\nEND IF;\nIF (OLD.given_at IS DISTINCT FROM NEW.given_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.replaced_at IS DISTINCT FROM NEW.replaced_at OR OLD.same IS DISTINCT FROM NEW.same OR OLD.side IS DISTINCT FROM NEW.side) THEN\nIF (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) AND NOT ((NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', OLD.same) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', NEW.same)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', -(OLD.same);\n    END IF;\nIF (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) AND NOT ((OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', NEW.same) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', OLD.same)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', +(NEW.same);\n    END IF;\nEND IF;\nIF (OLD.given_at IS DISTINCT FROM NEW.given_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.replaced_at IS DISTINCT FROM NEW.replaced_at OR OLD.side IS DISTINCT FROM NEW.side OR OLD.worse IS DISTINCT FROM NEW.worse) THEN\nIF (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) AND NOT ((NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', OLD.worse) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', NEW.worse)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', -(OLD.worse);\n    END IF;\nIF (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) AND NOT ((OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', NEW.worse) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', OLD.worse)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', +(NEW.worse);\n    END IF;\nEND IF;\nRETURN NULL;",
                    hash="35d9c13bab2e19b7c2bec62a9b9f6e04ba0dd75d",
                    operation='UPDATE OF "better", "given_at", "municipality_id", "replaced_at", "same", "side", "worse"',
                    pgid="pgtrigger_counted_update_2cd1b",
                    table="plans_outcomereview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (((NEW.new_measures > 0)))",
                    func="IF (NEW.new_measures > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', +(NEW.new_measures);\n    END IF;\nRETURN NULL;",
                    hash="fb39a182452969fc088591f6e6d5c78dab8b7d01",
                    operation="INSERT",
                    pgid="pgtrigger_counted_insert_0f695",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (((OLD.new_measures > 0)))",
                    func="IF (OLD.new_measures > 0) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', -(OLD.new_measures);\n    END IF;\nRETURN NULL;",
                    hash="80170e3d0f9e5853bc9c6fdcf8d74605703ba0f4",
                    operation="DELETE",
                    pgid="pgtrigger_counted_delete_e1a56",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF (OLD.agreed_at IS DISTINCT FROM NEW.agreed_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.new_measures IS DISTINCT FROM NEW.new_measures) THEN\nIF (OLD.new_measures > 0) AND NOT ((NEW.new_measures > 0) AND (OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'agreed', OLD.new_measures) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'agreed', NEW.new_measures)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', -(OLD.new_measures);\n    END IF;\nIF (NEW.new_measures > 0) AND NOT ((OLD.new_measures > 0) AND (NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'agreed', NEW.new_measures) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'agreed', OLD.new_measures)) THEN\n        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n        SELECT NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', +(NEW.new_measures);\n    END IF;\nEND IF;\nRETURN NULL;",
                    hash="c5f3f88663e8d654cdefc5cfc74cb5445c54b599",
                    operation='UPDATE OF "agreed_at", "municipality_id", "new_measures", "status"',
                    pgid="pgtrigger_counted_update_14f4c",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
    ]
