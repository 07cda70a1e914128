import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from perhekeskus.tables import in_few_steps


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0019_marks_carried"),
    ]

    operations = in_few_steps(
        [
            pgtrigger.migrations.RemoveTrigger(
                model_name="measurestate",
                name="counted_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="nextcontact",
                name="counted_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="outcomereview",
                name="counted_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="plan",
                name="counted_update",
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="measurestate",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) OR (NEW.takes_back <> '')) OR ((OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) OR (OLD.takes_back <> ''))) AND (OLD.is_carried IS DISTINCT FROM NEW.is_carried OR OLD.marked_at IS DISTINCT FROM NEW.marked_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.status IS DISTINCT FROM NEW.status OR OLD.takes_back IS DISTINCT FROM NEW.takes_back OR OLD.takes_back_of IS DISTINCT FROM NEW.takes_back_of))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.status, -(1) WHERE (OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) AND NOT ((NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) AND (OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.status, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.status, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.status, +(1) WHERE (NEW.status IN ('done', 'put_aside') AND NOT NEW.is_carried) AND NOT ((OLD.status IN ('done', 'put_aside') AND NOT OLD.is_carried) AND (NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, NEW.status, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, OLD.status, 1)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.takes_back, -(-1) WHERE (OLD.takes_back <> '') AND NOT ((NEW.takes_back <> '') AND (OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, OLD.takes_back, -1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, NEW.takes_back, -1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.takes_back, +(-1) WHERE (NEW.takes_back <> '') AND NOT ((OLD.takes_back <> '') AND (NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, NEW.takes_back, -1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, OLD.takes_back, -1));\n            RETURN NULL;\n        ",
                        hash="6d516ba4ccef95517852787fb4a7866399f2e9c7",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_4bd01",
                        table="plans_measurestate",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="nextcontact",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.done_at IS NOT NULL)) OR ((OLD.done_at IS NOT NULL))) AND (OLD.done_at IS DISTINCT FROM NEW.done_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.on IS DISTINCT FROM NEW.on))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.on)::date, 'contact', CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, -(1) WHERE (OLD.done_at IS NOT NULL) AND NOT ((NEW.done_at IS NOT NULL) AND (OLD.municipality_id, date_trunc('month', OLD.on)::date, CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, 1) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.on)::date, CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, 1)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.on)::date, 'contact', CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, +(1) WHERE (NEW.done_at IS NOT NULL) AND NOT ((OLD.done_at IS NOT NULL) AND (NEW.municipality_id, date_trunc('month', NEW.on)::date, CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, 1) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.on)::date, CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, 1));\n            RETURN NULL;\n        ",
                        hash="6a15223c14a14475498cf04da43c1aaa0eeb63be",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_f24a4",
                        table="plans_nextcontact",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="outcomereview",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) OR (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) OR (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0)) OR ((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) OR (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) OR (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0))) AND (OLD.better IS DISTINCT FROM NEW.better OR OLD.given_at IS DISTINCT FROM NEW.given_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.replaced_at IS DISTINCT FROM NEW.replaced_at OR OLD.same IS DISTINCT FROM NEW.same OR OLD.side IS DISTINCT FROM NEW.side OR OLD.worse IS DISTINCT FROM NEW.worse))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', -(OLD.better) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) AND NOT ((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', OLD.better) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', NEW.better)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', +(NEW.better) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) AND NOT ((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', NEW.better) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', OLD.better)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', -(OLD.same) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) AND NOT ((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', OLD.same) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', NEW.same)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', +(NEW.same) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) AND NOT ((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', NEW.same) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', OLD.same)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', -(OLD.worse) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) AND NOT ((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', OLD.worse) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', NEW.worse)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', +(NEW.worse) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) AND NOT ((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', NEW.worse) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', OLD.worse)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', -(OLD.better) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) AND NOT ((NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', OLD.better) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', NEW.better)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', +(NEW.better) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) AND NOT ((OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', NEW.better) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'better', OLD.better)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', -(OLD.same) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) AND NOT ((NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', OLD.same) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', NEW.same)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', +(NEW.same) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) AND NOT ((OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', NEW.same) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'same', OLD.same)) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', -(OLD.worse) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) AND NOT ((NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) AND (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', OLD.worse) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', NEW.worse)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', +(NEW.worse) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) AND NOT ((OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) AND (NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', NEW.worse) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'worse', OLD.worse));\n            RETURN NULL;\n        ",
                        hash="cb35421607172a0cbd7707ea4a65216b101ec486",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_2cd1b",
                        table="plans_outcomereview",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="plan",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.new_measures > 0)) OR ((OLD.new_measures > 0))) AND (OLD.agreed_at IS DISTINCT FROM NEW.agreed_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.new_measures IS DISTINCT FROM NEW.new_measures))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', -(OLD.new_measures) WHERE (OLD.new_measures > 0) AND NOT ((NEW.new_measures > 0) AND (OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'agreed', OLD.new_measures) IS NOT DISTINCT FROM (NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'agreed', NEW.new_measures)) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', +(NEW.new_measures) WHERE (NEW.new_measures > 0) AND NOT ((OLD.new_measures > 0) AND (NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'agreed', NEW.new_measures) IS NOT DISTINCT FROM (OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'agreed', OLD.new_measures));\n            RETURN NULL;\n        ",
                        hash="c103dd4029037a597c8a83a6ddd6f507f5d57662",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_14f4c",
                        table="plans_plan",
                        when="AFTER",
                    ),
                ),
            ),
        ]
    )
