import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from perhekeskus.tables import in_few_steps

FIRST_HELD = """
    SELECT min(lower(meeting.period)) FROM meetings_meeting meeting
    JOIN meetings_kind kind ON kind.code = meeting.kind
    WHERE meeting.situation_id = situation.id AND meeting.status = 'held' AND kind.counts_as_shared_time
"""
FUNCTIONS = f"""
CREATE FUNCTION meetings_sector_of(of_worker bigint, of_unit bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT organisation.sector FROM network_unit unit
        JOIN network_organisation organisation ON organisation.id = unit.organisation_id
        WHERE unit.id = coalesce((SELECT unit_id FROM network_worker WHERE id = of_worker), of_unit)
    ), '')
$$;
CREATE FUNCTION meetings_keep_first_held(situations bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Two meetings of one situation that change at the same moment are looked at one after the other.
    PERFORM FROM meetings_situation WHERE id = ANY(situations) ORDER BY id FOR NO KEY UPDATE;
    UPDATE meetings_situation SET first_held_at = ought.first FROM (
        SELECT situation.id, ({FIRST_HELD}) AS first FROM meetings_situation situation
        WHERE situation.id = ANY(situations)
    ) ought
    WHERE ought.id = meetings_situation.id AND meetings_situation.first_held_at IS DISTINCT FROM ought.first;
END
$$;
"""
NO_FUNCTIONS = """
DROP FUNCTION meetings_keep_first_held(bigint[]);
DROP FUNCTION meetings_sector_of(bigint, bigint);
"""

# The history and the seals of these tables have nothing to do with what the database now keeps on them. Where a
# family lived when its situation was opened is known of those that have had a meeting; of the others, where it
# lives now. In which stage a situation ended is read from its history.
TABLES = ("meetings_situation", "meetings_conversation", "meetings_meeting", "meetings_participation")
FILL = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES),
    f"""
    UPDATE meetings_situation situation SET
        municipality_id = coalesce((
            SELECT municipality_id FROM meetings_meeting
            WHERE situation_id = situation.id ORDER BY created_at, id LIMIT 1
        ), family.municipality_id),
        ended_from = CASE WHEN situation.ending = '' THEN '' ELSE coalesce((
            SELECT stage FROM meetings_situationevent
            WHERE pgh_obj_id = situation.id AND stage IN ('raised', 'convening', 'shared_time', 'plan')
            ORDER BY pgh_id DESC LIMIT 1
        ), '') END,
        first_held_at = ({FIRST_HELD})
    FROM network_family family WHERE family.id = situation.family_id
    """,
    """
    UPDATE meetings_conversation talk SET municipality_id = situation.municipality_id
    FROM meetings_situation situation WHERE situation.id = talk.situation_id
    """,
    """
    UPDATE meetings_meeting SET convener_sector = meetings_sector_of(convener_id, NULL) WHERE status = 'held'
    """,
    """
    UPDATE meetings_meeting SET called_off_by = cancellation.who FROM meetings_cancellation cancellation
    WHERE cancellation.meeting_id = meetings_meeting.id AND cancellation.participation_id IS NULL
    """,
    """
    UPDATE meetings_participation seat SET
        seat = CASE
            WHEN seat.member_id IS NOT NULL THEN 'family'
            WHEN seat.close_person_id IS NOT NULL THEN 'close_person'
            WHEN seat.worker_id = meeting.convener_id THEN ''
            ELSE coalesce(NULLIF(meetings_sector_of(coalesce(seat.worker_id, (
                    SELECT coming_worker_id FROM network_invitation WHERE id = seat.invitation_id
                 )), seat.unit_id), ''), 'other')
        END,
        seat_at = CASE WHEN meeting.status = 'held' THEN lower(meeting.period) END,
        seat_municipality_id = CASE WHEN meeting.status = 'held' THEN meeting.municipality_id END
    FROM meetings_meeting meeting WHERE meeting.id = seat.meeting_id AND seat.attendance = 'present'
    """,
    *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES),
]

# What there is already, counted from scratch.
COUNT = """
    INSERT INTO network_tally (municipality_id, month, figure, part, number)
    SELECT municipality_id, month, figure, part, sum(number) FROM (
    SELECT t.municipality_id, date_trunc('month', lower(t.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', t.kind, (1) FROM meetings_meeting AS t WHERE (t.status = 'held')
    UNION ALL SELECT t.municipality_id, date_trunc('month', lower(t.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', t.kind, (1) FROM meetings_meeting AS t WHERE (t.status = 'not_held')
    UNION ALL SELECT t.municipality_id, date_trunc('month', coalesce(lower(t.period), t.cancelled_at, t.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', t.called_off_by, (1) FROM meetings_meeting AS t WHERE (t.status = 'cancelled')
    UNION ALL SELECT t.municipality_id, date_trunc('month', lower(t.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', t.convener_sector, (1) FROM meetings_meeting AS t WHERE (t.status = 'held' AND t.convener_sector <> '')
    UNION ALL SELECT t.seat_municipality_id, date_trunc('month', t.seat_at AT TIME ZONE 'Europe/Helsinki')::date, 'seat', t.seat, (1) FROM meetings_participation AS t WHERE (t.seat <> '' AND t.seat_at IS NOT NULL AND t.seat_municipality_id IS NOT NULL)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', t.way_in, (1) FROM meetings_situation AS t WHERE (TRUE)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', t.ending, (1) FROM meetings_situation AS t WHERE (t.ending <> '')
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', t.ended_from, (1) FROM meetings_situation AS t WHERE (t.ending <> '' AND t.ended_from <> '')
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (t.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (t.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), (1) FROM meetings_situation AS t WHERE (t.first_held_at IS NOT NULL)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.held_on)::date, 'talk', t.result, (1) FROM meetings_conversation AS t WHERE (TRUE)
    UNION ALL SELECT t.municipality_id, date_trunc('month', t.held_on)::date, 'offer', t.result, (1) FROM meetings_conversation AS t WHERE (t.result IN ('accepted', 'thinking', 'declined'))
    ) AS counted (municipality_id, month, figure, part, number)
    GROUP BY municipality_id, month, figure, part HAVING sum(number) <> 0
"""
FIGURES = "('cancelled', 'ended', 'ended_at', 'held', 'not_held', 'offer', 'opened', 'seat', 'talk', 'wait')"
UNCOUNT = [
    f"DELETE FROM {table} WHERE figure IN {FIGURES}" for table in ("network_tally", "network_tallychange")
]


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0046_reports"),
        ("network", "0042_tallies_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = in_few_steps(
        [
            pgtrigger.migrations.RemoveTrigger(
                model_name="conversation",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="meeting_counted",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="meeting",
                name="update_update",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="participation",
                name="update_update",
            ),
            migrations.AddField(
                model_name="conversation",
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
                model_name="meeting",
                name="called_off_by",
                field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=12),
            ),
            migrations.AddField(
                model_name="meeting",
                name="convener_sector",
                field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
            ),
            migrations.AddField(
                model_name="participation",
                name="seat",
                field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
            ),
            migrations.AddField(
                model_name="participation",
                name="seat_at",
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name="participation",
                name="seat_municipality",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="network.municipality",
                ),
            ),
            migrations.AddField(
                model_name="situation",
                name="ended_from",
                field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=12),
            ),
            migrations.AddField(
                model_name="situation",
                name="first_held_at",
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name="situation",
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
            migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
            migrations.RunSQL(FILL, migrations.RunSQL.noop),
            migrations.AlterField(
                model_name="conversation",
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
                model_name="situation",
                name="municipality",
                field=models.ForeignKey(
                    db_index=False,
                    editable=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="network.municipality",
                ),
            ),
            migrations.AddIndex(
                model_name="situation",
                index=models.Index(
                    condition=models.Q(("stage__in", ["raised", "convening", "shared_time", "plan"])),
                    fields=["municipality", "stage"],
                    name="situation_open_where",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="cancellation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_on_meeting",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.participation_id IS NULL)",
                        func="\n            UPDATE meetings_meeting SET called_off_by = NEW.who WHERE id = NEW.meeting_id;\n            RETURN NULL;\n        ",
                        hash="4d5b7703072fd584cd20ea11afef11a45ddfcac5",
                        operation="INSERT",
                        pgid="pgtrigger_kept_on_meeting_33227",
                        table="meetings_cancellation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="cancellation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_on_meeting_no_more",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.participation_id IS NULL)",
                        func="\n            UPDATE meetings_meeting SET called_off_by = '' WHERE id = OLD.meeting_id;\n            RETURN NULL;\n        ",
                        hash="f4b177d93ac3c2983ade7b50aa4226289ed48596",
                        operation="DELETE",
                        pgid="pgtrigger_kept_on_meeting_no_more_36538",
                        table="meetings_cancellation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="conversation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_where",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.municipality_id IS NULL)",
                        func="NEW.municipality_id := (SELECT municipality_id FROM meetings_situation WHERE id = NEW.situation_id); RETURN NEW;",
                        hash="dd627b5471b8ef67d937455011ba700994e9096e",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_kept_where_9e203",
                        table="meetings_conversation",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="conversation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((TRUE) OR (NEW.result IN ('accepted', 'thinking', 'declined'))))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'talk', NEW.result, +(1) WHERE (TRUE) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'offer', NEW.result, +(1) WHERE (NEW.result IN ('accepted', 'thinking', 'declined'));\n            RETURN NULL;\n        ",
                        hash="72ee7be5a216e7fb875d034c0db6c8b2656b629e",
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
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'talk', OLD.result, -(1) WHERE (TRUE) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'offer', OLD.result, -(1) WHERE (OLD.result IN ('accepted', 'thinking', 'declined'));\n            RETURN NULL;\n        ",
                        hash="ef5b6cf6b6680d530e2b7c3df7188bb3f99a2188",
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
                        condition="WHEN ((((TRUE) OR (NEW.result IN ('accepted', 'thinking', 'declined'))) OR ((TRUE) OR (OLD.result IN ('accepted', 'thinking', 'declined')))) AND (OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.result IS DISTINCT FROM NEW.result))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'talk', OLD.result, -(1) WHERE (TRUE) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'talk', NEW.result, +(1) WHERE (TRUE) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.held_on)::date, 'offer', OLD.result, -(1) WHERE (OLD.result IN ('accepted', 'thinking', 'declined')) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.held_on)::date, 'offer', NEW.result, +(1) WHERE (NEW.result IN ('accepted', 'thinking', 'declined')))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="90ef243d9139cd3d05027f5c3b75f9fcc382d512",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_6a276",
                        table="meetings_conversation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="conversation",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."child_view" IS DISTINCT FROM (NEW."child_view") OR OLD."corrected_at" IS DISTINCT FROM (NEW."corrected_at") OR OLD."corrected_by_id" IS DISTINCT FROM (NEW."corrected_by_id") OR OLD."family_words" IS DISTINCT FROM (NEW."family_words") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."noticed_where" IS DISTINCT FROM (NEW."noticed_where") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."situation_id" IS DISTINCT FROM (NEW."situation_id") OR OLD."strengths" IS DISTINCT FROM (NEW."strengths") OR OLD."tried" IS DISTINCT FROM (NEW."tried") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."worries" IS DISTINCT FROM (NEW."worries"))',
                        func='INSERT INTO "meetings_conversationevent" ("child_view", "corrected_at", "corrected_by_id", "family_words", "form_key", "held_on", "id", "kind", "noticed_where", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "result", "situation_id", "strengths", "tried", "version", "worries") VALUES (NEW."child_view", NEW."corrected_at", NEW."corrected_by_id", NEW."family_words", NEW."form_key", NEW."held_on", NEW."id", NEW."kind", NEW."noticed_where", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."result", NEW."situation_id", NEW."strengths", NEW."tried", NEW."version", NEW."worries"); RETURN NULL;',
                        hash="ca5f3a17ba8cf345be6b94c1b6e84b37af953357",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_b265c",
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
                        func="\n        PERFORM meetings_keep_first_held(ARRAY(\n            SELECT DISTINCT situation_id FROM meetings_meeting WHERE kind = NEW.code AND status = 'held'\n        ));\n        RETURN NULL;\n    ",
                        hash="43e3cb9e866c473c5794b93fd6a6cf0b096c6e68",
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
                        func="NEW.convener_sector := meetings_sector_of(NEW.convener_id, NULL); RETURN NEW;",
                        hash="287553b4644d28351596bcb2e6f71d6e8a4059d2",
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
                        condition="WHEN ((OLD.convener_sector IS DISTINCT FROM NEW.convener_sector OR OLD.called_off_by IS DISTINCT FROM NEW.called_off_by) OR (NEW.status = 'held' AND (OLD.status <> 'held' OR OLD.convener_id <> NEW.convener_id)))",
                        func="\n            NEW.convener_sector := OLD.convener_sector;\n            IF NEW.status = 'held' AND (OLD.status <> 'held' OR OLD.convener_id <> NEW.convener_id) THEN\n                NEW.convener_sector := meetings_sector_of(NEW.convener_id, NULL);\n            END IF;\n            IF pg_trigger_depth() = 1 THEN\n                NEW.called_off_by := OLD.called_off_by;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="96f985766d4c1fb99abcfc1731e8966b9431e457",
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
                    name="kept_on_seats",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((OLD.status = 'held' OR NEW.status = 'held') AND (OLD.status IS DISTINCT FROM NEW.status OR OLD.period IS DISTINCT FROM NEW.period OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id))",
                        func="\n            UPDATE meetings_participation SET\n                seat_at = CASE WHEN NEW.status = 'held' THEN lower(NEW.period) END,\n                seat_municipality_id = CASE WHEN NEW.status = 'held' THEN NEW.municipality_id END\n            WHERE meeting_id = NEW.id AND seat <> '';\n            RETURN NULL;\n        ",
                        hash="d0f5a13f5c31aac9c21f1f66dcc3e3fa412cb76b",
                        operation="UPDATE",
                        pgid="pgtrigger_kept_on_seats_481b6",
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
                        func="PERFORM meetings_keep_first_held(ARRAY[NEW.situation_id]::bigint[]); RETURN NULL;",
                        hash="0d1e98c094c331a9551f143fcb55b5f9ab273a19",
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
                        func="PERFORM meetings_keep_first_held(ARRAY[OLD.situation_id]::bigint[]); RETURN NULL;",
                        hash="2eb6a91b231fe98cfd1155c32ddd626bfa91fa20",
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
                    name="kept_first_held_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((OLD.status = 'held' OR NEW.status = 'held') AND (OLD.status IS DISTINCT FROM NEW.status OR OLD.period IS DISTINCT FROM NEW.period OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.situation_id IS DISTINCT FROM NEW.situation_id))",
                        func="PERFORM meetings_keep_first_held(ARRAY[OLD.situation_id, NEW.situation_id]::bigint[]); RETURN NULL;",
                        hash="1ea5a36887a2077f1d0330499f5d5f35454d38c2",
                        operation="UPDATE",
                        pgid="pgtrigger_kept_first_held_update_2ac62",
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
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', NEW.kind, +(1) WHERE (NEW.status = 'held') UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', NEW.kind, +(1) WHERE (NEW.status = 'not_held') UNION ALL SELECT NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', NEW.called_off_by, +(1) WHERE (NEW.status = 'cancelled') UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', NEW.convener_sector, +(1) WHERE (NEW.status = 'held' AND NEW.convener_sector <> '');\n            RETURN NULL;\n        ",
                        hash="d3d9348f04fe8fa6d0d5ac3ec449851fa9f18026",
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
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', OLD.kind, -(1) WHERE (OLD.status = 'held') UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', OLD.kind, -(1) WHERE (OLD.status = 'not_held') UNION ALL SELECT OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', OLD.called_off_by, -(1) WHERE (OLD.status = 'cancelled') UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', OLD.convener_sector, -(1) WHERE (OLD.status = 'held' AND OLD.convener_sector <> '');\n            RETURN NULL;\n        ",
                        hash="193964e0f6e1ac54fa673e97fd9cc0d093928018",
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
                        condition="WHEN ((((NEW.status = 'held') OR (NEW.status = 'not_held') OR (NEW.status = 'cancelled') OR (NEW.status = 'held' AND NEW.convener_sector <> '')) OR ((OLD.status = 'held') OR (OLD.status = 'not_held') OR (OLD.status = 'cancelled') OR (OLD.status = 'held' AND OLD.convener_sector <> ''))) AND (OLD.called_off_by IS DISTINCT FROM NEW.called_off_by OR OLD.cancelled_at IS DISTINCT FROM NEW.cancelled_at OR OLD.convener_sector IS DISTINCT FROM NEW.convener_sector OR OLD.created_at IS DISTINCT FROM NEW.created_at OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.period IS DISTINCT FROM NEW.period OR OLD.status IS DISTINCT FROM NEW.status))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', OLD.kind, -(1) WHERE (OLD.status = 'held') UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'held', NEW.kind, +(1) WHERE (NEW.status = 'held') UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', OLD.kind, -(1) WHERE (OLD.status = 'not_held') UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'not_held', NEW.kind, +(1) WHERE (NEW.status = 'not_held') UNION ALL SELECT OLD.municipality_id, date_trunc('month', coalesce(lower(OLD.period), OLD.cancelled_at, OLD.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', OLD.called_off_by, -(1) WHERE (OLD.status = 'cancelled') UNION ALL SELECT NEW.municipality_id, date_trunc('month', coalesce(lower(NEW.period), NEW.cancelled_at, NEW.created_at) AT TIME ZONE 'Europe/Helsinki')::date, 'cancelled', NEW.called_off_by, +(1) WHERE (NEW.status = 'cancelled') UNION ALL SELECT OLD.municipality_id, date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', OLD.convener_sector, -(1) WHERE (OLD.status = 'held' AND OLD.convener_sector <> '') UNION ALL SELECT NEW.municipality_id, date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date, 'seat', NEW.convener_sector, +(1) WHERE (NEW.status = 'held' AND NEW.convener_sector <> ''))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="bb74014e7d47e967989b0fae81cac30f28a34a78",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_99da0",
                        table="meetings_meeting",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="meeting",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."chair_id" IS DISTINCT FROM (NEW."chair_id") OR OLD."convener_id" IS DISTINCT FROM (NEW."convener_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."event_uid" IS DISTINCT FROM (NEW."event_uid") OR OLD."held_at" IS DISTINCT FROM (NEW."held_at") OR OLD."held_by_id" IS DISTINCT FROM (NEW."held_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."place_kind" IS DISTINCT FROM (NEW."place_kind") OR OLD."place_text" IS DISTINCT FROM (NEW."place_text") OR OLD."recorder_id" IS DISTINCT FROM (NEW."recorder_id") OR OLD."remote_url" IS DISTINCT FROM (NEW."remote_url") OR OLD."room_id" IS DISTINCT FROM (NEW."room_id") OR OLD."sequence" IS DISTINCT FROM (NEW."sequence") OR OLD."situation_id" IS DISTINCT FROM (NEW."situation_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."timekeeper_id" IS DISTINCT FROM (NEW."timekeeper_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                        func='INSERT INTO "meetings_meetingevent" ("cancelled_at", "cancelled_by_id", "chair_id", "convener_id", "created_at", "decided_at", "event_uid", "held_at", "held_by_id", "id", "invited_at", "invited_by_id", "kind", "municipality_id", "notes", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "place_text", "recorder_id", "remote_url", "room_id", "sequence", "situation_id", "status", "timekeeper_id", "version") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."chair_id", NEW."convener_id", NEW."created_at", NEW."decided_at", NEW."event_uid", NEW."held_at", NEW."held_by_id", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."kind", NEW."municipality_id", NEW."notes", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_kind", NEW."place_text", NEW."recorder_id", NEW."remote_url", NEW."room_id", NEW."sequence", NEW."situation_id", NEW."status", NEW."timekeeper_id", NEW."version"); RETURN NULL;',
                        hash="27d9add5ea9f4066a36dd8bd31b5e6307f3ed03d",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_495b8",
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
                        condition="WHEN (NEW.attendance = 'present' OR NEW.seat <> '' OR NEW.seat_at IS NOT NULL OR NEW.seat_municipality_id IS NOT NULL)",
                        declare="DECLARE its_meeting record;",
                        func="\n        IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND OLD.seat = NEW.seat\n            AND OLD.attendance = NEW.attendance THEN\n            RETURN NEW;\n        END IF;\n        IF NEW.attendance <> 'present' THEN\n            NEW.seat := '';\n            NEW.seat_at := NULL;\n            NEW.seat_municipality_id := NULL;\n            RETURN NEW;\n        END IF;\n        IF TG_OP = 'UPDATE' THEN\n            NEW.seat := OLD.seat;\n            NEW.seat_at := OLD.seat_at;\n            NEW.seat_municipality_id := OLD.seat_municipality_id;\n            IF OLD.attendance = 'present' AND NOT (OLD.meeting_id IS DISTINCT FROM NEW.meeting_id OR OLD.invitation_id IS DISTINCT FROM NEW.invitation_id OR OLD.worker_id IS DISTINCT FROM NEW.worker_id OR OLD.unit_id IS DISTINCT FROM NEW.unit_id OR OLD.team_id IS DISTINCT FROM NEW.team_id OR OLD.outside_professional_id IS DISTINCT FROM NEW.outside_professional_id OR OLD.close_person_id IS DISTINCT FROM NEW.close_person_id OR OLD.member_id IS DISTINCT FROM NEW.member_id) THEN\n                RETURN NEW;\n            END IF;\n        END IF;\n        -- The lock makes a meeting that is marked held at the same moment wait, or come first.\n        SELECT status, lower(period) AS starts, municipality_id, convener_id INTO its_meeting\n            FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;\n        NEW.seat := CASE\n            WHEN NEW.member_id IS NOT NULL THEN 'family'\n            WHEN NEW.close_person_id IS NOT NULL THEN 'close_person'\n            -- The one who convenes is counted with the meeting.\n            WHEN NEW.worker_id = its_meeting.convener_id THEN ''\n            ELSE coalesce(NULLIF(meetings_sector_of(coalesce(NEW.worker_id, (\n                    SELECT coming_worker_id FROM network_invitation WHERE id = NEW.invitation_id\n                 )), NEW.unit_id), ''), 'other')\n        END;\n        IF its_meeting.status = 'held' THEN\n            NEW.seat_at := its_meeting.starts;\n            NEW.seat_municipality_id := its_meeting.municipality_id;\n        ELSE\n            NEW.seat_at := NULL;\n            NEW.seat_municipality_id := NULL;\n        END IF;\n        RETURN NEW;\n    ",
                        hash="7225ea1c383609fa77f81bddbec09c4a2a321000",
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
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((NEW.seat <> '' AND NEW.seat_at IS NOT NULL AND NEW.seat_municipality_id IS NOT NULL)))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.seat_municipality_id, date_trunc('month', NEW.seat_at AT TIME ZONE 'Europe/Helsinki')::date, 'seat', NEW.seat, +(1) WHERE (NEW.seat <> '' AND NEW.seat_at IS NOT NULL AND NEW.seat_municipality_id IS NOT NULL);\n            RETURN NULL;\n        ",
                        hash="374a0dae35e1f064900c093d723ddc0e3ee86a3b",
                        operation="INSERT",
                        pgid="pgtrigger_counted_insert_27686",
                        table="meetings_participation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="participation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((OLD.seat <> '' AND OLD.seat_at IS NOT NULL AND OLD.seat_municipality_id IS NOT NULL)))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.seat_municipality_id, date_trunc('month', OLD.seat_at AT TIME ZONE 'Europe/Helsinki')::date, 'seat', OLD.seat, -(1) WHERE (OLD.seat <> '' AND OLD.seat_at IS NOT NULL AND OLD.seat_municipality_id IS NOT NULL);\n            RETURN NULL;\n        ",
                        hash="38404519b5538de89c0049e7d2b14b9e3e02d22b",
                        operation="DELETE",
                        pgid="pgtrigger_counted_delete_3638c",
                        table="meetings_participation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="participation",
                trigger=pgtrigger.compiler.Trigger(
                    name="counted_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN ((((NEW.seat <> '' AND NEW.seat_at IS NOT NULL AND NEW.seat_municipality_id IS NOT NULL)) OR ((OLD.seat <> '' AND OLD.seat_at IS NOT NULL AND OLD.seat_municipality_id IS NOT NULL))) AND (OLD.seat IS DISTINCT FROM NEW.seat OR OLD.seat_at IS DISTINCT FROM NEW.seat_at OR OLD.seat_municipality_id IS DISTINCT FROM NEW.seat_municipality_id))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.seat_municipality_id, date_trunc('month', OLD.seat_at AT TIME ZONE 'Europe/Helsinki')::date, 'seat', OLD.seat, -(1) WHERE (OLD.seat <> '' AND OLD.seat_at IS NOT NULL AND OLD.seat_municipality_id IS NOT NULL) UNION ALL SELECT NEW.seat_municipality_id, date_trunc('month', NEW.seat_at AT TIME ZONE 'Europe/Helsinki')::date, 'seat', NEW.seat, +(1) WHERE (NEW.seat <> '' AND NEW.seat_at IS NOT NULL AND NEW.seat_municipality_id IS NOT NULL))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="66313d3432c5bd2e6e95012fe9b8dcc7f8a3f8d1",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_e33f7",
                        table="meetings_participation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="participation",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."attendance" IS DISTINCT FROM (NEW."attendance") OR OLD."close_person_id" IS DISTINCT FROM (NEW."close_person_id") OR OLD."consent_id" IS DISTINCT FROM (NEW."consent_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."expectation" IS DISTINCT FROM (NEW."expectation") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invitation_id" IS DISTINCT FROM (NEW."invitation_id") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."needed_line" IS DISTINCT FROM (NEW."needed_line") OR OLD."outside_professional_id" IS DISTINCT FROM (NEW."outside_professional_id") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."was_needed" IS DISTINCT FROM (NEW."was_needed") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."worker_id" IS DISTINCT FROM (NEW."worker_id"))',
                        func='INSERT INTO "meetings_participationevent" ("attendance", "close_person_id", "consent_id", "decided_at", "decision", "expectation", "id", "invitation_id", "meeting_id", "member_id", "needed_line", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "unit_id", "was_needed", "why", "worker_id") VALUES (NEW."attendance", NEW."close_person_id", NEW."consent_id", NEW."decided_at", NEW."decision", NEW."expectation", NEW."id", NEW."invitation_id", NEW."meeting_id", NEW."member_id", NEW."needed_line", NEW."outside_professional_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id", NEW."unit_id", NEW."was_needed", NEW."why", NEW."worker_id"); RETURN NULL;',
                        hash="593ae17095e62424f02238e68ef5a75a600af9e9",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_9149f",
                        table="meetings_participation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="situation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_where_opened",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.municipality_id IS NULL)",
                        func="\n            SELECT municipality_id INTO NEW.municipality_id FROM network_family WHERE id = NEW.family_id;\n            RETURN NEW;\n        ",
                        hash="c01f2200ac92745f91a469f8e5523f57a39d7682",
                        operation="INSERT",
                        pgid="pgtrigger_kept_where_opened_2fac0",
                        table="meetings_situation",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="situation",
                trigger=pgtrigger.compiler.Trigger(
                    name="kept_of_situation",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.municipality_id IS NULL OR (OLD.stage IS DISTINCT FROM NEW.stage OR OLD.ended_from IS DISTINCT FROM NEW.ended_from OR OLD.first_held_at IS DISTINCT FROM NEW.first_held_at))",
                        func="\n            NEW.municipality_id := coalesce(NEW.municipality_id, OLD.municipality_id);\n            NEW.ended_from := CASE\n                WHEN NEW.stage IN ('raised', 'convening', 'shared_time', 'plan') THEN ''\n                WHEN OLD.stage IN ('raised', 'convening', 'shared_time', 'plan') THEN OLD.stage\n                ELSE OLD.ended_from\n            END;\n            IF pg_trigger_depth() = 1 THEN\n                NEW.first_held_at := OLD.first_held_at;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="7ed3a0bc8e6e21740f9ba0bc0092ec0633681f2b",
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
                    name="counted_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (((TRUE) OR (NEW.ending <> '') OR (NEW.ending <> '' AND NEW.ended_from <> '') OR (NEW.first_held_at IS NOT NULL)))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', NEW.way_in, +(1) WHERE (TRUE) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', NEW.ending, +(1) WHERE (NEW.ending <> '') UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', NEW.ended_from, +(1) WHERE (NEW.ending <> '' AND NEW.ended_from <> '') UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), +(1) WHERE (NEW.first_held_at IS NOT NULL);\n            RETURN NULL;\n        ",
                        hash="457a93e4057e9c37304926a28992c6980e2d7d18",
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
                        condition="WHEN (((TRUE) OR (OLD.ending <> '') OR (OLD.ending <> '' AND OLD.ended_from <> '') OR (OLD.first_held_at IS NOT NULL)))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            SELECT OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', OLD.way_in, -(1) WHERE (TRUE) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', OLD.ending, -(1) WHERE (OLD.ending <> '') UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', OLD.ended_from, -(1) WHERE (OLD.ending <> '' AND OLD.ended_from <> '') UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), -(1) WHERE (OLD.first_held_at IS NOT NULL);\n            RETURN NULL;\n        ",
                        hash="99b15fdc99febda55ad82ce0224886046d14e9fc",
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
                        condition="WHEN ((((TRUE) OR (NEW.ending <> '') OR (NEW.ending <> '' AND NEW.ended_from <> '') OR (NEW.first_held_at IS NOT NULL)) OR ((TRUE) OR (OLD.ending <> '') OR (OLD.ending <> '' AND OLD.ended_from <> '') OR (OLD.first_held_at IS NOT NULL))) AND (OLD.ended_at IS DISTINCT FROM NEW.ended_at OR OLD.ended_from IS DISTINCT FROM NEW.ended_from OR OLD.ending IS DISTINCT FROM NEW.ending OR OLD.first_held_at IS DISTINCT FROM NEW.first_held_at OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id OR OLD.opened_at IS DISTINCT FROM NEW.opened_at OR OLD.way_in IS DISTINCT FROM NEW.way_in))",
                        func="\n            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)\n            \n            SELECT municipality_id, month, figure, part, sum(change) FROM (SELECT OLD.municipality_id, date_trunc('month', OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', OLD.way_in, -(1) WHERE (TRUE) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date, 'opened', NEW.way_in, +(1) WHERE (TRUE) UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', OLD.ending, -(1) WHERE (OLD.ending <> '') UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended', NEW.ending, +(1) WHERE (NEW.ending <> '') UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', OLD.ended_from, -(1) WHERE (OLD.ending <> '' AND OLD.ended_from <> '') UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.ended_at AT TIME ZONE 'Europe/Helsinki')::date, 'ended_at', NEW.ended_from, +(1) WHERE (NEW.ending <> '' AND NEW.ended_from <> '') UNION ALL SELECT OLD.municipality_id, date_trunc('month', OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (OLD.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (OLD.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), -(1) WHERE (OLD.first_held_at IS NOT NULL) UNION ALL SELECT NEW.municipality_id, date_trunc('month', NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date, 'wait', lpad(greatest(0, least(365, (NEW.first_held_at AT TIME ZONE 'Europe/Helsinki')::date - (NEW.opened_at AT TIME ZONE 'Europe/Helsinki')::date))::text, 4, '0'), +(1) WHERE (NEW.first_held_at IS NOT NULL))\n                AS changed (municipality_id, month, figure, part, change)\n            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0;\n            RETURN NULL;\n        ",
                        hash="ee10582c60ceba831e3955de92f1ee58df8c410e",
                        operation="UPDATE",
                        pgid="pgtrigger_counted_update_1d024",
                        table="meetings_situation",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.RunSQL(COUNT, UNCOUNT),
            migrations.DeleteModel(
                name="MonthlyCount",
            ),
        ]
    )
