import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from perhekeskus.tables import in_few_steps

# The history and the seals of these tables have nothing to do with what the database now keeps on them.
TABLES = ("plans_plan", "plans_measurestate", "plans_nextcontact", "plans_outcomereview")
FILL = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES),
    """
    UPDATE plans_plan plan SET
        municipality_id = situation.municipality_id,
        new_measures = CASE WHEN plan.status = 'draft' THEN 0 ELSE (
            SELECT count(*) FROM plans_measure WHERE plan_id = plan.id AND follows_id IS NULL
        ) END
    FROM meetings_situation situation WHERE situation.id = plan.situation_id
    """,
    """
    UPDATE plans_nextcontact contact SET municipality_id = plan.municipality_id
    FROM plans_plan plan WHERE plan.id = contact.plan_id
    """,
    """
    UPDATE plans_measurestate mark SET municipality_id = plan.municipality_id
    FROM plans_measure measure JOIN plans_plan plan ON plan.id = measure.plan_id
    WHERE measure.id = mark.measure_id
    """,
    """
    UPDATE plans_measurestate mark SET takes_back = former.status, takes_back_of = former.marked_at
    FROM plans_measurestate former
    WHERE former.measure_id = mark.measure_id AND former.number = mark.number - 1
      AND former.status IN ('done', 'put_aside')
    """,
    """
    UPDATE plans_outcomereview review SET
        better = (SELECT count(*) FROM plans_matteroutcome WHERE review_id = review.id AND change = 'better'),
        same = (SELECT count(*) FROM plans_matteroutcome WHERE review_id = review.id AND change = 'same'),
        worse = (SELECT count(*) FROM plans_matteroutcome WHERE review_id = review.id AND change = 'worse')
    WHERE review.given_at IS NOT NULL
    """,
    *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES),
]

# What there is already, counted from scratch.
COUNT = """
    INSERT INTO network_tally (municipality_id, month, figure, part, number)
    SELECT municipality_id, month, figure, part, sum(number) FROM (
    SELECT t.municipality_id, date_trunc('month', t.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', (t.new_measures) FROM plans_plan AS t WHERE (t.new_measures > 0)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', t.status, (1) FROM plans_measurestate AS t WHERE (t.status IN ('done', 'put_aside'))
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', t.takes_back, (-1) FROM plans_measurestate AS t WHERE (t.takes_back <> '')
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.on)::date, 'contact', CASE WHEN (t.done_at AT TIME ZONE 'Europe/Helsinki')::date <= t.on THEN 'on_time' ELSE 'late' END, (1) FROM plans_nextcontact AS t WHERE (t.done_at IS NOT NULL)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', (t.better) FROM plans_outcomereview AS t WHERE (t.side = 'family' AND t.given_at IS NOT NULL AND t.replaced_at IS NULL AND t.better > 0)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', (t.same) FROM plans_outcomereview AS t WHERE (t.side = 'family' AND t.given_at IS NOT NULL AND t.replaced_at IS NULL AND t.same > 0)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', (t.worse) FROM plans_outcomereview AS t WHERE (t.side = 'family' AND t.given_at IS NOT NULL AND t.replaced_at IS NULL AND t.worse > 0)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', (t.better) FROM plans_outcomereview AS t WHERE (t.side = 'workers' AND t.given_at IS NOT NULL AND t.replaced_at IS NULL AND t.better > 0)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', (t.same) FROM plans_outcomereview AS t WHERE (t.side = 'workers' AND t.given_at IS NOT NULL AND t.replaced_at IS NULL AND t.same > 0)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', (t.worse) FROM plans_outcomereview AS t WHERE (t.side = 'workers' AND t.given_at IS NOT NULL AND t.replaced_at IS NULL AND t.worse > 0)
    ) AS counted (municipality_id, month, figure, part, number)
    GROUP BY municipality_id, month, figure, part HAVING sum(number) <> 0
"""
FIGURES = "('contact', 'measure', 'outcome_family', 'outcome_worker')"
UNCOUNT = [
    f"DELETE FROM {table} WHERE figure IN {FIGURES}" for table in ("network_tally", "network_tallychange")
]


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0047_tallies_kept"),
        ("network", "0042_tallies_kept"),
        ("plans", "0017_carried_under_the_plan"),
    ]

    operations = in_few_steps(
        [
            pgtrigger.migrations.RemoveTrigger(
                model_name="nextcontact",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="outcomereview",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="plan",
                name="update_update",
            ),
            migrations.AddField(
                model_name="measurestate",
                name="municipality",
                field=models.ForeignKey(
                    null=True,
                    db_index=False,
                    editable=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="network.municipality",
                ),
            ),
            migrations.AddField(
                model_name="measurestate",
                name="takes_back",
                field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=9),
            ),
            migrations.AddField(
                model_name="measurestate",
                name="takes_back_of",
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name="nextcontact",
                name="municipality",
                field=models.ForeignKey(
                    null=True,
                    db_index=False,
                    editable=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="network.municipality",
                ),
            ),
            migrations.AddField(
                model_name="outcomereview",
                name="better",
                field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
            ),
            migrations.AddField(
                model_name="outcomereview",
                name="same",
                field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
            ),
            migrations.AddField(
                model_name="outcomereview",
                name="worse",
                field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
            ),
            migrations.AddField(
                model_name="plan",
                name="municipality",
                field=models.ForeignKey(
                    null=True,
                    db_index=False,
                    editable=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="network.municipality",
                ),
            ),
            migrations.AddField(
                model_name="plan",
                name="new_measures",
                field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
            ),
            migrations.RunSQL(FILL, migrations.RunSQL.noop),
            migrations.AlterField(
                model_name="measurestate",
                name="municipality",
                field=models.ForeignKey(
                    db_index=False,
                    editable=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="network.municipality",
                ),
            ),
            migrations.AlterField(
                model_name="nextcontact",
                name="municipality",
                field=models.ForeignKey(
                    db_index=False,
                    editable=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="network.municipality",
                ),
            ),
            migrations.AlterField(
                model_name="plan",
                name="municipality",
                field=models.ForeignKey(
                    db_index=False,
                    editable=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="network.municipality",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="measurestate",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_of_mark",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE before record;",
                        func="\n        PERFORM FROM plans_measure WHERE id = NEW.measure_id FOR NO KEY UPDATE;\n        SELECT plan.municipality_id INTO NEW.municipality_id FROM plans_plan plan\n            JOIN plans_measure measure ON measure.plan_id = plan.id WHERE measure.id = NEW.measure_id;\n        SELECT status, marked_at INTO before FROM plans_measurestate\n            WHERE measure_id = NEW.measure_id ORDER BY number DESC LIMIT 1;\n        IF before.status IN ('done', 'put_aside') THEN\n            NEW.takes_back := before.status;\n            NEW.takes_back_of := before.marked_at;\n        ELSE\n            NEW.takes_back := '';\n            NEW.takes_back_of := NULL;\n        END IF;\n        RETURN NEW;\n    ",
                        hash="9f309b8beeecda5a009410c2e134334e3831955e",
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
                        condition="WHEN (((NEW.status IN ('done', 'put_aside')) OR (NEW.takes_back <> '')))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.status, +(1) WHERE (NEW.status IN ('done', 'put_aside')) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.takes_back, +(-1) WHERE (NEW.takes_back <> '');\n            RETURN NULL;\n        ",
                        hash="7dbd1aba501e8f413802ebbda5d903dfd35d6646",
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
                        condition="WHEN (((OLD.status IN ('done', 'put_aside')) OR (OLD.takes_back <> '')))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.status, -(1) WHERE (OLD.status IN ('done', 'put_aside')) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.takes_back, -(-1) WHERE (OLD.takes_back <> '');\n            RETURN NULL;\n        ",
                        hash="3eb5fb3b203f54f63b7974a7de0fce0457f60873",
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
                        condition="WHEN ((((NEW.status IN ('done', 'put_aside')) OR (NEW.takes_back <> '')) OR ((OLD.status IN ('done', 'put_aside')) OR (OLD.takes_back <> ''))) AND (OLD.marked_at IS DISTINCT FROM NEW.marked_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.status IS DISTINCT FROM NEW.status OR OLD.takes_back IS DISTINCT FROM NEW.takes_back OR OLD.takes_back_of IS DISTINCT FROM NEW.takes_back_of))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', OLD.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.status, -(1) WHERE (OLD.status IN ('done', 'put_aside')) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.marked_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.status, +(1) WHERE (NEW.status IN ('done', 'put_aside')) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', OLD.takes_back, -(-1) WHERE (OLD.takes_back <> '') UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.takes_back_of AT TIME ZONE 'Europe/Helsinki')::date, 'measure', NEW.takes_back, +(-1) WHERE (NEW.takes_back <> ''))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="3f542164ff25e90089faad51fd413a65488dad34",
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
                    name="kept_where",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.municipality_id IS NULL)",
                        func="NEW.municipality_id := (SELECT municipality_id FROM plans_plan WHERE id = NEW.plan_id); RETURN NEW;",
                        hash="0d2970343cfaf756ad91bc30de4676890f50bc74",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_kept_where_01288",
                        table="plans_nextcontact",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="nextcontact",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((NEW.done_at IS NOT NULL)))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', NEW.on)::date, 'contact', CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, +(1) WHERE (NEW.done_at IS NOT NULL);\n            RETURN NULL;\n        ",
                        hash="0b72de07141cb7cf5a0ebd3fe2e48d5bdff8619e",
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
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.on)::date, 'contact', CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, -(1) WHERE (OLD.done_at IS NOT NULL);\n            RETURN NULL;\n        ",
                        hash="b100725de915a02b2bfa110170a0f9ab61bac558",
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
                        condition="WHEN ((((NEW.done_at IS NOT NULL)) OR ((OLD.done_at IS NOT NULL))) AND (OLD.done_at IS DISTINCT FROM NEW.done_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.on IS DISTINCT FROM NEW.on))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', OLD.on)::date, 'contact', CASE WHEN (OLD.done_at AT TIME ZONE 'Europe/Helsinki')::date <= OLD.on THEN 'on_time' ELSE 'late' END, -(1) WHERE (OLD.done_at IS NOT NULL) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.on)::date, 'contact', CASE WHEN (NEW.done_at AT TIME ZONE 'Europe/Helsinki')::date <= NEW.on THEN 'on_time' ELSE 'late' END, +(1) WHERE (NEW.done_at IS NOT NULL))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="00973bed4b40828f303eb090eeae615fed33aa19",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_f24a4",
                        table="plans_nextcontact",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="nextcontact",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."done_by_id" IS DISTINCT FROM (NEW."done_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."way" IS DISTINCT FROM (NEW."way"))',
                        func='INSERT INTO "plans_nextcontactevent" ("at", "done_at", "done_by_id", "id", "on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "way") VALUES (NEW."at", NEW."done_at", NEW."done_by_id", NEW."id", NEW."on", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."way"); RETURN NULL;',
                        hash="fe0e83474159d61b9a5df8cc7aa8b17617d39bb4",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_90020",
                        table="plans_nextcontact",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="outcomereview",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_of_review",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL)",
                        func="\n        IF TG_OP = 'INSERT' OR OLD.given_at IS NULL THEN\n            SELECT count(*) FILTER (WHERE change = 'better'), count(*) FILTER (WHERE change = 'same'),\n                   count(*) FILTER (WHERE change = 'worse')\n                INTO NEW.better, NEW.same, NEW.worse\n                FROM plans_matteroutcome WHERE review_id = NEW.id;\n        END IF;\n        RETURN NEW;\n    ",
                        hash="e3d522c1f56e49c50bad5399115d49bbfa01a343",
                        operation='INSERT OR UPDATE OF "given_at"',
                        pgid="pgtrigger_kept_of_review_25df1",
                        table="plans_outcomereview",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="outcomereview",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) OR (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) OR (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0)))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', +(NEW.better) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', +(NEW.same) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', +(NEW.worse) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', +(NEW.better) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', +(NEW.same) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', +(NEW.worse) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0);\n            RETURN NULL;\n        ",
                        hash="152e3c92cc9490fa299ab545d621296066132bf3",
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
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', -(OLD.better) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', -(OLD.same) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', -(OLD.worse) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', -(OLD.better) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', -(OLD.same) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', -(OLD.worse) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0);\n            RETURN NULL;\n        ",
                        hash="3dc75feee67304feb99237a9eb765935aa57c2ab",
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
                        condition="WHEN ((((NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) OR (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) OR (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) OR (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0)) OR ((OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) OR (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) OR (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) OR (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0))) AND (OLD.better IS DISTINCT FROM NEW.better OR OLD.given_at IS DISTINCT FROM NEW.given_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.replaced_at IS DISTINCT FROM NEW.replaced_at OR OLD.same IS DISTINCT FROM NEW.same OR OLD.side IS DISTINCT FROM NEW.side OR OLD.worse IS DISTINCT FROM NEW.worse))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', -(OLD.better) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'better', +(NEW.better) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', -(OLD.same) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'same', +(NEW.same) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', -(OLD.worse) WHERE (OLD.side = 'family' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_family', 'worse', +(NEW.worse) WHERE (NEW.side = 'family' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', -(OLD.better) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.better > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'better', +(NEW.better) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.better > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', -(OLD.same) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.same > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'same', +(NEW.same) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.same > 0) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', -(OLD.worse) WHERE (OLD.side = 'workers' AND OLD.given_at IS NOT NULL AND OLD.replaced_at IS NULL AND OLD.worse > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.given_at AT TIME ZONE 'Europe/Helsinki')::date, 'outcome_worker', 'worse', +(NEW.worse) WHERE (NEW.side = 'workers' AND NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL AND NEW.worse > 0))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="af084a6bf80ee190b015aa416546da0fd4f35256",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_2cd1b",
                        table="plans_outcomereview",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="outcomereview",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."by_family" IS DISTINCT FROM (NEW."by_family") OR OLD."given_at" IS DISTINCT FROM (NEW."given_at") OR OLD."helped" IS DISTINCT FROM (NEW."helped") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."not_wanted" IS DISTINCT FROM (NEW."not_wanted") OR OLD."own_acts" IS DISTINCT FROM (NEW."own_acts") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."replaced_at" IS DISTINCT FROM (NEW."replaced_at") OR OLD."service_acts" IS DISTINCT FROM (NEW."service_acts") OR OLD."side" IS DISTINCT FROM (NEW."side") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id"))',
                        func='INSERT INTO "plans_outcomereviewevent" ("by_family", "given_at", "helped", "id", "municipality_id", "not_wanted", "own_acts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "replaced_at", "service_acts", "side", "written_at", "written_by_id") VALUES (NEW."by_family", NEW."given_at", NEW."helped", NEW."id", NEW."municipality_id", NEW."not_wanted", NEW."own_acts", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."replaced_at", NEW."service_acts", NEW."side", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                        hash="78f711d9fcc9220cd69a767d79517865f1087e85",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_d1693",
                        table="plans_outcomereview",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="plan",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_where",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.municipality_id IS NULL)",
                        func="NEW.municipality_id := (SELECT municipality_id FROM meetings_situation WHERE id = NEW.situation_id); RETURN NEW;",
                        hash="499459011fa2d83242905b6737e1c12db04604cc",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_kept_where_a89b3",
                        table="plans_plan",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="plan",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_of_plan",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((OLD.status IS DISTINCT FROM NEW.status OR OLD.new_measures IS DISTINCT FROM NEW.new_measures))",
                        func="\n            NEW.new_measures := CASE\n                WHEN NEW.status = 'draft' THEN 0\n                WHEN OLD.status = 'draft' THEN (SELECT count(*) FROM plans_measure WHERE plan_id = NEW.id AND follows_id IS NULL)\n                ELSE OLD.new_measures\n            END;\n            RETURN NEW;\n        ",
                        hash="7258f031578a7013b8fc681902702423533a1280",
                        operation="UPDATE",
                        pgid="pgtrigger_kept_of_plan_777e0",
                        table="plans_plan",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="plan",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((NEW.new_measures > 0)))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', +(NEW.new_measures) WHERE (NEW.new_measures > 0);\n            RETURN NULL;\n        ",
                        hash="d17601951188bf04421f23f1d34f54f17bb68de3",
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
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', -(OLD.new_measures) WHERE (OLD.new_measures > 0);\n            RETURN NULL;\n        ",
                        hash="78baa605f27759572a1a17ad5c0bd628634fd788",
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
                        condition="WHEN ((((NEW.new_measures > 0)) OR ((OLD.new_measures > 0))) AND (OLD.agreed_at IS DISTINCT FROM NEW.agreed_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.new_measures IS DISTINCT FROM NEW.new_measures))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', OLD.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', -(OLD.new_measures) WHERE (OLD.new_measures > 0) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.agreed_at AT TIME ZONE 'Europe/Helsinki')::date, 'measure', 'agreed', +(NEW.new_measures) WHERE (NEW.new_measures > 0))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="71e50d5de0c7368ec3f73b6553dcb0ae971609b2",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_14f4c",
                        table="plans_plan",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="plan",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."agreed_at" IS DISTINCT FROM (NEW."agreed_at") OR OLD."agreed_by_id" IS DISTINCT FROM (NEW."agreed_by_id") OR OLD."contact_from_family" IS DISTINCT FROM (NEW."contact_from_family") OR OLD."contact_to_family" IS DISTINCT FROM (NEW."contact_to_family") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."follow_up" IS DISTINCT FROM (NEW."follow_up") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."situation_id" IS DISTINCT FROM (NEW."situation_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."strengths" IS DISTINCT FROM (NEW."strengths") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."wish" IS DISTINCT FROM (NEW."wish") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id"))',
                        func='INSERT INTO "plans_planevent" ("agreed_at", "agreed_by_id", "contact_from_family", "contact_to_family", "edition", "ended_at", "follow_up", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situation_id", "status", "strengths", "version", "wish", "written_at", "written_by_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."contact_from_family", NEW."contact_to_family", NEW."edition", NEW."ended_at", NEW."follow_up", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."situation_id", NEW."status", NEW."strengths", NEW."version", NEW."wish", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                        hash="08d1ca12c18224e824b49e6ba5c0048f2a6f2549",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_ee9c7",
                        table="plans_plan",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.RunSQL(COUNT, UNCOUNT),
        ]
    )
