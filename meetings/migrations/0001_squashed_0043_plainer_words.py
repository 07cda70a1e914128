import datetime
import uuid
from importlib import import_module

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import phonenumber_field.modelfields
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from perhekeskus.tables import MadeTogether

numbers = import_module("meetings.migrations.0003_situation_numbers").Migration
consultations = import_module("meetings.migrations.0007_consultation_of_situation").Migration
kinds = import_module("meetings.migrations.0013_kinds_known").Migration
feeds = import_module("meetings.migrations.0016_feed_closes_with_account").Migration
contributions = import_module("meetings.migrations.0024_contributions").Migration
touches = import_module("meetings.migrations.0027_touches").Migration
dialogue = import_module("meetings.migrations.0039_shared_time_uses_dialogue").Migration
offers = import_module("meetings.migrations.0041_offers_come_back").Migration


def as_sql(migration: type[migrations.Migration]) -> list[migrations.RunSQL]:
    """What the migration tells the database as SQL, without its tables: they are made here."""
    return [one for one in migration.operations if isinstance(one, migrations.RunSQL)]


class Migration(migrations.Migration):
    """The tables as these migrations leave them, for a database that has none of them yet.

    A database that has had some of them goes on one by one. Rows there are none of, so those that only change
    rows are left out. What is told to the database as SQL is taken from where it was written.
    """

    replaces = [
        ("meetings", "0001_initial"),
        ("meetings", "0002_initial"),
        ("meetings", "0003_situation_numbers"),
        ("meetings", "0004_star_keeps_history"),
        ("meetings", "0005_calendar_feeds"),
        ("meetings", "0006_participation_of_all_kinds"),
        ("meetings", "0007_consultation_of_situation"),
        ("meetings", "0008_absence_substitute"),
        ("meetings", "0009_times_offered"),
        ("meetings", "0010_absence_once"),
        ("meetings", "0011_expectation_of_its_own"),
        ("meetings", "0012_kinds"),
        ("meetings", "0013_kinds_known"),
        ("meetings", "0014_meeting_of_kind"),
        ("meetings", "0015_meeting_feedback"),
        ("meetings", "0016_feed_closes_with_account"),
        ("meetings", "0017_agreed_beforehand"),
        ("meetings", "0018_dialogues"),
        ("meetings", "0019_contacts"),
        ("meetings", "0020_talk_in_full"),
        ("meetings", "0021_influence_items"),
        ("meetings", "0022_handover_to_unit"),
        ("meetings", "0023_time_changes"),
        ("meetings", "0024_contributions"),
        ("meetings", "0025_participation_was_needed"),
        ("meetings", "0026_situation_touched"),
        ("meetings", "0027_touches"),
        ("meetings", "0028_situation_of_colleague"),
        ("meetings", "0029_star_in_whose_words"),
        ("meetings", "0030_cancellations"),
        ("meetings", "0031_child_views"),
        ("meetings", "0032_room_equipment"),
        ("meetings", "0033_services_involved"),
        ("meetings", "0034_time_polls"),
        ("meetings", "0035_holds"),
        ("meetings", "0036_earlier_wishes"),
        ("meetings", "0037_rooms_closed"),
        ("meetings", "0038_contribution_in_name_of_many"),
        ("meetings", "0039_shared_time_uses_dialogue"),
        ("meetings", "0040_star_of_both"),
        ("meetings", "0041_offers_come_back"),
        ("meetings", "0042_feedback_answers_mixed"),
        ("meetings", "0043_plainer_words"),
    ]

    dependencies = [
        ("network", "0038_plainer_words"),
        ("perhekeskus", "0006_time_polls"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        BtreeGistExtension(),
        MadeTogether(
            [
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="absences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "substitute",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="substitutions",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sijainen",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="absence_has_ends",
                                violation_error_message="Poissaololla on alku ja loppu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("substitute__isnull", True),
                                    models.Q(("substitute", models.F("worker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="absence_other_substitute",
                                violation_error_message="Sijainen on joku muu kuin sinä.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("worker", "="), ("period", "&&")],
                                name="absence_once",
                                violation_error_message="Olet jo merkinnyt poissaolon osalle näistä päivistä.",
                            ),
                        ],
                        "ordering": ["period", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bookings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bookings",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="meetings.room",
                            ),
                        ),
                        (
                            "hold",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bookings",
                                to="meetings.hold",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("room__isnull", True), ("worker__isnull", False)),
                                    models.Q(("room__isnull", False), ("worker__isnull", True)),
                                    _connector="OR",
                                ),
                                name="booking_of_one",
                                violation_error_message="Varaus koskee ihmistä tai tilaa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="booking_has_ends",
                                violation_error_message="Varauksella on alku ja loppu.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("worker__isnull", False)),
                                expressions=[("worker", "="), ("period", "&&")],
                                name="booking_worker_once",
                                violation_error_message="Joku osallistujista on jo varattu tähän aikaan.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("room__isnull", False)),
                                expressions=[("room", "="), ("period", "&&")],
                                name="booking_room_once",
                                violation_error_message="Tila on jo varattu tähän aikaan.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="booking_ended_holds_give_way",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    DELETE FROM meetings_booking WHERE hold_id IN (\n                        SELECT id FROM meetings_hold\n                        WHERE expires_at <= clock_timestamp() AND id IN (\n                            SELECT hold_id FROM meetings_booking\n                            WHERE worker_id = NEW.worker_id AND period && NEW.period\n                            UNION ALL\n                            SELECT hold_id FROM meetings_booking\n                            WHERE room_id = NEW.room_id AND period && NEW.period\n                        )\n                        ORDER BY id FOR NO KEY UPDATE\n                    );\n                    RETURN NEW;\n                ",
                                    hash="28af68c59c9f668fbf0c4d4aa1ad4430eef13178",
                                    operation='INSERT OR UPDATE OF "period", "worker_id", "room_id"',
                                    pgid="pgtrigger_booking_ended_holds_give_way_bf227",
                                    table="meetings_booking",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="booking_room_is_open",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."room_id" IS NOT NULL)',
                                    declare="DECLARE closed timestamptz;",
                                    func="\n                    SELECT closed_at INTO closed FROM meetings_room WHERE id = NEW.room_id FOR SHARE;\n                    IF closed IS NOT NULL THEN\n                        RAISE EXCEPTION 'Tila ei ole enää käytössä. Valitse toinen tila.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_room_is_open';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="f0a46e090ea42ecde654b812a35370d0caa2721c",
                                    operation='INSERT OR UPDATE OF "period", "room_id"',
                                    pgid="pgtrigger_booking_room_is_open_64508",
                                    table="meetings_booking",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conversation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("puheeksiotto", "puheeksiotto"),
                                    ("lapset_puheeksi", "Lapset puheeksi -keskustelu"),
                                ],
                                default="puheeksiotto",
                                max_length=15,
                                verbose_name="keskustelu",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="milloin puhuitte")),
                        (
                            "noticed_where",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="missä huoli huomattiin"
                            ),
                        ),
                        ("strengths", models.TextField(blank=True, verbose_name="mikä on hyvin")),
                        ("family_words", models.TextField(blank=True, verbose_name="perheen omin sanoin")),
                        ("child_view", models.TextField(blank=True, verbose_name="lapsen näkemys")),
                        ("worries", models.TextField(blank=True, verbose_name="huoli työntekijän sanoin")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("accepted", "Perhe haluaa yhteisen ajan"),
                                    ("thinking", "Perhe miettii vielä"),
                                    ("declined", "Tarjosin yhteistä aikaa, perhe ei halunnut"),
                                    ("guidance", "Ohjaus riitti"),
                                    ("nothing_more", "Keskustelu riitti"),
                                ],
                                max_length=12,
                                verbose_name="mitä sovittiin",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conversations",
                                to="meetings.situation",
                            ),
                        ),
                        ("corrected_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "corrected_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "tried",
                            models.TextField(blank=True, db_default="", verbose_name="mitä on jo kokeiltu"),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1)),
                    ],
                    options={
                        "ordering": ["held_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                                    models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="conversation_recorded_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("corrected_at__isnull", True), ("corrected_by__isnull", True)),
                                    models.Q(
                                        ("corrected_at__isnull", False), ("corrected_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="conversation_corrected_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="conversation_result_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."situation_id" IS DISTINCT FROM (NEW."situation_id"))',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Keskustelun lajia ja sitä, mitä sovittiin, ei muuteta jälkikäteen.' USING ERRCODE = 'check_violation', CONSTRAINT = 'conversation_result_stays';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="c96f4a5782b3543f36f84155a70bfcbac26efcc2",
                                    operation='UPDATE OF "kind", "situation_id", "result"',
                                    pgid="pgtrigger_conversation_result_stays_eb731",
                                    table="meetings_conversation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_conversationevent" ("child_view", "corrected_at", "corrected_by_id", "family_words", "form_key", "held_on", "id", "kind", "noticed_where", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "result", "situation_id", "strengths", "tried", "version", "worries") VALUES (NEW."child_view", NEW."corrected_at", NEW."corrected_by_id", NEW."family_words", NEW."form_key", NEW."held_on", NEW."id", NEW."kind", NEW."noticed_where", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."result", NEW."situation_id", NEW."strengths", NEW."tried", NEW."version", NEW."worries"); RETURN NULL;',
                                    hash="9b5380bc194197d157f9ef9bf425936a269a5ad4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d0fb5",
                                    table="meetings_conversation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_conversationevent" ("child_view", "corrected_at", "corrected_by_id", "family_words", "form_key", "held_on", "id", "kind", "noticed_where", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "result", "situation_id", "strengths", "tried", "version", "worries") VALUES (NEW."child_view", NEW."corrected_at", NEW."corrected_by_id", NEW."family_words", NEW."form_key", NEW."held_on", NEW."id", NEW."kind", NEW."noticed_where", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."result", NEW."situation_id", NEW."strengths", NEW."tried", NEW."version", NEW."worries"); RETURN NULL;',
                                    hash="2d0d30f52b008b1baae9168e8457e133aeae31ff",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b265c",
                                    table="meetings_conversation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_conversationevent" ("child_view", "corrected_at", "corrected_by_id", "family_words", "form_key", "held_on", "id", "kind", "noticed_where", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "result", "situation_id", "strengths", "tried", "version", "worries") VALUES (OLD."child_view", OLD."corrected_at", OLD."corrected_by_id", OLD."family_words", OLD."form_key", OLD."held_on", OLD."id", OLD."kind", OLD."noticed_where", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."result", OLD."situation_id", OLD."strengths", OLD."tried", OLD."version", OLD."worries"); RETURN NULL;',
                                    hash="72472970cc6b9049541fc3e9e3026aa6a0158e61",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ec636",
                                    table="meetings_conversation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConversationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("puheeksiotto", "puheeksiotto"),
                                    ("lapset_puheeksi", "Lapset puheeksi -keskustelu"),
                                ],
                                default="puheeksiotto",
                                max_length=15,
                                verbose_name="keskustelu",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="milloin puhuitte")),
                        (
                            "noticed_where",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="missä huoli huomattiin"
                            ),
                        ),
                        ("strengths", models.TextField(blank=True, verbose_name="mikä on hyvin")),
                        ("family_words", models.TextField(blank=True, verbose_name="perheen omin sanoin")),
                        ("child_view", models.TextField(blank=True, verbose_name="lapsen näkemys")),
                        ("worries", models.TextField(blank=True, verbose_name="huoli työntekijän sanoin")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("accepted", "Perhe haluaa yhteisen ajan"),
                                    ("thinking", "Perhe miettii vielä"),
                                    ("declined", "Tarjosin yhteistä aikaa, perhe ei halunnut"),
                                    ("guidance", "Ohjaus riitti"),
                                    ("nothing_more", "Keskustelu riitti"),
                                ],
                                max_length=12,
                                verbose_name="mitä sovittiin",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.conversation",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.situation",
                            ),
                        ),
                        ("corrected_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "corrected_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "tried",
                            models.TextField(blank=True, db_default="", verbose_name="mitä on jo kokeiltu"),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="5273c0528715197e6381fea2d7070e788bad55b4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c28f1",
                                    table="meetings_conversationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "note",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="viesti vastaanottajalle"
                            ),
                        ),
                        (
                            "family_told",
                            models.BooleanField(
                                default=False, verbose_name="perhe tietää, kenelle koppia tarjotaan"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("offered", "odottaa vastausta"),
                                    ("accepted", "otettu"),
                                    ("declined", "ei otettu"),
                                    ("withdrawn", "peruttu"),
                                    ("returned", "palasi tarjoajalle"),
                                ],
                                default="offered",
                                max_length=10,
                            ),
                        ),
                        ("offered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "from_worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers_offered",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers_received",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="handovers",
                                to="meetings.situation",
                            ),
                        ),
                        (
                            "caught_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "offered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers_received",
                                to="network.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "offered")),
                                fields=("situation",),
                                name="handover_one_open",
                                violation_error_message="Koppia tarjotaan jo toiselle.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("from_worker", models.F("to_worker")), _negated=True),
                                name="handover_to_another",
                                violation_error_message="Koppi tarjotaan jollekulle toiselle.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("status", "offered")),
                                    models.Q(
                                        models.Q(("status", "offered"), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="handover_answer_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("to_unit__isnull", True), ("to_worker__isnull", False)),
                                    models.Q(("to_unit__isnull", False), ("to_worker__isnull", True)),
                                    _connector="OR",
                                ),
                                name="handover_one_receiver",
                                violation_error_message="Koppia tarjotaan yhdelle työntekijälle tai yhdelle yksikölle.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("family_told", True), ("offered_by__isnull", False), _connector="OR"
                                ),
                                name="handover_family_told",
                                violation_error_message="Kerro perheelle ensin, kenelle koppia tarjotaan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("caught_by__isnull", False),
                                        ("status", "accepted"),
                                        ("to_unit__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            models.Q(("status", "accepted"), _negated=True),
                                            ("to_unit__isnull", True),
                                            _connector="OR",
                                        ),
                                        ("caught_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="handover_caught_by_somebody",
                                violation_error_message="Kun yksikölle tarjottu koppi on otettu, tiedetään, kuka sen otti.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="handover_taken_by_one_who_may",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NEW.\"status\" = 'accepted')",
                                    declare="DECLARE taker network_worker%ROWTYPE;",
                                    func="\n        SELECT * INTO taker FROM network_worker\n            WHERE id = coalesce(NEW.to_worker_id, NEW.caught_by_id) FOR SHARE;\n        IF taker.id IS NULL OR NOT taker.is_active OR taker.is_coordinator OR taker.is_administrator\n           OR taker.id = NEW.from_worker_id\n           OR (NEW.to_unit_id IS NOT NULL AND taker.unit_id <> NEW.to_unit_id) THEN\n            RAISE EXCEPTION 'Kopin ottaa se, jolle sitä tarjottiin, tai joku siitä yksiköstä.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_taken_by_one_who_may';\n        END IF;\n        RETURN NEW;\n    ",
                                    hash="f32f8c3a3a3de3c7e40270049084a03f1ba78877",
                                    operation='INSERT OR UPDATE OF "status", "caught_by_id", "to_worker_id"',
                                    pgid="pgtrigger_handover_taken_by_one_who_may_d60bf",
                                    table="meetings_handover",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="handover_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.status IS DISTINCT FROM OLD.status AND NOT ((OLD.status = 'offered' AND NEW.status = 'accepted') OR (OLD.status = 'offered' AND NEW.status = 'declined') OR (OLD.status = 'offered' AND NEW.status = 'returned') OR (OLD.status = 'offered' AND NEW.status = 'withdrawn')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.status, NEW.status\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="46847e160ba29656c563ea1f85a8a4c3e4601b7f",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_handover_moves_0b3be",
                                    table="meetings_handover",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="handover_offered_for_one_away",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."offered_by_id" IS NOT NULL)',
                                    declare="DECLARE away_unit bigint;",
                                    func="\n        SELECT unit_id INTO away_unit FROM network_worker AS holder\n            WHERE holder.id = NEW.from_worker_id AND (\n                NOT holder.is_active OR holder.is_coordinator OR holder.is_administrator\n                OR EXISTS (SELECT FROM meetings_absence\n                           WHERE worker_id = holder.id AND period @> clock_timestamp())\n            );\n        IF NOT EXISTS (\n               SELECT FROM network_worker WHERE id = NEW.offered_by_id AND id <> NEW.from_worker_id\n                  AND is_active AND is_supervisor AND unit_id = away_unit)\n           OR away_unit IS DISTINCT FROM\n              coalesce(NEW.to_unit_id, (SELECT unit_id FROM network_worker WHERE id = NEW.to_worker_id)) THEN\n            RAISE EXCEPTION 'Poissa olevan koppia tarjoaa vain esihenkilö oman yksikkönsä työntekijälle.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_offered_for_one_away';\n        END IF;\n        RETURN NEW;\n    ",
                                    hash="8d2afe20a5bba093165edb79c9f3f8e8d7f6dfe8",
                                    operation='INSERT OR UPDATE OF "offered_by_id"',
                                    pgid="pgtrigger_handover_offered_for_one_away_c7ce4",
                                    table="meetings_handover",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                db_column="kind",
                                db_index=False,
                                default="shared_time",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.kind",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "ehdotus tekeillä"),
                                    ("with_family", "perhe päättää"),
                                    ("decided", "perhe on päättänyt"),
                                    ("booked", "aika ja tila varattu"),
                                    ("invited", "kutsut lähetetty"),
                                    ("held", "pidetty"),
                                    ("not_held", "ei pidetty"),
                                    ("cancelled", "peruttu"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("event_uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True),
                        ),
                        ("notes", models.TextField(blank=True, verbose_name="muistiinpanot")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "convener",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings_convened",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "held_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.municipality",
                            ),
                        ),
                        (
                            "recorder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="meetings.room",
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meetings",
                                to="meetings.situation",
                            ),
                        ),
                        (
                            "place_kind",
                            models.CharField(
                                choices=[
                                    ("room", "verkoston tilassa"),
                                    ("home", "perheen kotona"),
                                    ("school", "koulussa, päiväkodissa tai muualla"),
                                    ("remote", "etäyhteydellä"),
                                ],
                                db_default="room",
                                default="room",
                                max_length=8,
                                verbose_name="missä tavataan",
                            ),
                        ),
                        (
                            "place_text",
                            models.CharField(
                                blank=True, db_default="", default="", max_length=200, verbose_name="paikka"
                            ),
                        ),
                        (
                            "remote_url",
                            models.URLField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=500,
                                verbose_name="etäyhteyden linkki",
                            ),
                        ),
                        (
                            "timekeeper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("invited_at__isnull", True), ("invited_by__isnull", True)),
                                    models.Q(("invited_at__isnull", False), ("invited_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="meeting_invited_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held_at__isnull", True), ("held_by__isnull", True)),
                                    models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="meeting_held_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                                    models.Q(
                                        ("cancelled_at__isnull", False), ("cancelled_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_cancelled_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "with_family", "decided", "cancelled"]),
                                    models.Q(
                                        ("period__isnull", False),
                                        ("period__lower_inf", False),
                                        ("period__upper_inf", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_booked_has_time",
                                violation_error_message="Varatulla ajalla on alku ja loppu.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "with_family", "decided", "booked", "invited"])
                                ),
                                fields=("situation",),
                                name="meeting_one_open",
                                violation_error_message="Tilanteessa valmistellaan jo yhteistä aikaa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place_kind", "room"), ("place_text", ""), ("remote_url", "")),
                                    models.Q(
                                        ("place_kind", "home"), ("remote_url", ""), ("room__isnull", True)
                                    ),
                                    models.Q(
                                        ("place_kind", "school"),
                                        ("remote_url", ""),
                                        ("room__isnull", True),
                                        models.Q(("place_text", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("place_kind", "remote"), ("place_text", ""), ("room__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_in_one_place",
                                violation_error_message="Tapaamisella on yksi paikka: tila, koti, muu paikka tai etäyhteys.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="meeting_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.status IS DISTINCT FROM OLD.status AND NOT ((OLD.status = 'draft' AND NEW.status = 'cancelled') OR (OLD.status = 'draft' AND NEW.status = 'decided') OR (OLD.status = 'draft' AND NEW.status = 'with_family') OR (OLD.status = 'with_family' AND NEW.status = 'cancelled') OR (OLD.status = 'with_family' AND NEW.status = 'decided') OR (OLD.status = 'with_family' AND NEW.status = 'draft') OR (OLD.status = 'decided' AND NEW.status = 'booked') OR (OLD.status = 'decided' AND NEW.status = 'cancelled') OR (OLD.status = 'decided' AND NEW.status = 'with_family') OR (OLD.status = 'booked' AND NEW.status = 'cancelled') OR (OLD.status = 'booked' AND NEW.status = 'decided') OR (OLD.status = 'booked' AND NEW.status = 'invited') OR (OLD.status = 'invited' AND NEW.status = 'cancelled') OR (OLD.status = 'invited' AND NEW.status = 'held') OR (OLD.status = 'invited' AND NEW.status = 'not_held')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.status, NEW.status\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="c90475c71b78780a3bf0d6dfd9676158359e5419",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_meeting_moves_16e67",
                                    table="meetings_meeting",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="meeting_counted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF TG_OP <> 'INSERT' AND OLD.status = 'held' THEN\n                        INSERT INTO meetings_monthlycount (municipality_id, month, kind, held)\n                        VALUES (OLD.municipality_id,\n                                date_trunc('month', lower(OLD.period) AT TIME ZONE 'Europe/Helsinki')::date,\n                                OLD.kind, -1)\n                        ON CONFLICT (municipality_id, month, kind)\n                        DO UPDATE SET held = meetings_monthlycount.held - 1;\n                    END IF;\n                    IF TG_OP <> 'DELETE' AND NEW.status = 'held' THEN\n                        INSERT INTO meetings_monthlycount (municipality_id, month, kind, held)\n                        VALUES (NEW.municipality_id,\n                                date_trunc('month', lower(NEW.period) AT TIME ZONE 'Europe/Helsinki')::date,\n                                NEW.kind, 1)\n                        ON CONFLICT (municipality_id, month, kind)\n                        DO UPDATE SET held = meetings_monthlycount.held + 1;\n                    END IF;\n                    RETURN NULL;\n                ",
                                    hash="df8634ca0b1859361b4afe1098f3ea66a35e6c8f",
                                    operation='INSERT OR DELETE OR UPDATE OF "status", "period", "municipality_id", "kind"',
                                    pgid="pgtrigger_meeting_counted_104fe",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="meeting_times_offered_no_more",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"status\" = 'decided' AND NOT (NEW.\"status\" = 'decided'))",
                                    func="\n                    DELETE FROM meetings_offeredtime WHERE offer_id IN\n                        (SELECT id FROM meetings_timesoffer WHERE meeting_id = NEW.id);\n                    DELETE FROM meetings_timesoffer WHERE meeting_id = NEW.id;\n                    RETURN NULL;\n                ",
                                    hash="75d5943d5fce64e24a0e33c06d8c78abe39d401c",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_meeting_times_offered_no_more_a3ab7",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="meeting_roles_of_those_who_come",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE named bigint;",
                                    func="\n                    FOREACH named IN ARRAY ARRAY[\n                        CASE WHEN TG_OP = 'INSERT' OR NEW.chair_id IS DISTINCT FROM OLD.chair_id\n                             THEN NEW.chair_id END,\n                        CASE WHEN TG_OP = 'INSERT' OR NEW.recorder_id IS DISTINCT FROM OLD.recorder_id\n                             THEN NEW.recorder_id END,\n                        CASE WHEN TG_OP = 'INSERT' OR NEW.timekeeper_id IS DISTINCT FROM OLD.timekeeper_id\n                             THEN NEW.timekeeper_id END\n                    ]::bigint[] LOOP\n                        IF named IS NULL OR named = NEW.convener_id THEN\n                            CONTINUE;\n                        END IF;\n                        IF NOT EXISTS (\n                            SELECT FROM meetings_participation seat\n                            JOIN network_consent consent ON consent.id = seat.consent_id\n                            LEFT JOIN network_invitation invitation ON invitation.id = seat.invitation_id\n                            WHERE seat.meeting_id = NEW.id AND seat.decision = 'yes'\n                              AND consent.withdrawn_at IS NULL\n                              AND (seat.worker_id = named OR invitation.coming_worker_id = named)\n                        ) THEN\n                            RAISE EXCEPTION\n                                'Tehtävä annetaan koollekutsujalle tai sille, jolle perhe on antanut luvan.'\n                                USING ERRCODE = 'check_violation',\n                                      CONSTRAINT = 'meeting_roles_of_those_who_come';\n                        END IF;\n                    END LOOP;\n                    RETURN NEW;\n                ",
                                    hash="0c923dd899c087d4edad547b19e9e47af88ecb7c",
                                    operation='INSERT OR UPDATE OF "chair_id", "recorder_id", "timekeeper_id"',
                                    pgid="pgtrigger_meeting_roles_of_those_who_come_385a3",
                                    table="meetings_meeting",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_meetingevent" ("cancelled_at", "cancelled_by_id", "chair_id", "convener_id", "created_at", "decided_at", "event_uid", "held_at", "held_by_id", "id", "invited_at", "invited_by_id", "kind", "municipality_id", "notes", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "place_text", "recorder_id", "remote_url", "room_id", "sequence", "situation_id", "status", "timekeeper_id", "version") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."chair_id", NEW."convener_id", NEW."created_at", NEW."decided_at", NEW."event_uid", NEW."held_at", NEW."held_by_id", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."kind", NEW."municipality_id", NEW."notes", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_kind", NEW."place_text", NEW."recorder_id", NEW."remote_url", NEW."room_id", NEW."sequence", NEW."situation_id", NEW."status", NEW."timekeeper_id", NEW."version"); RETURN NULL;',
                                    hash="ba52345c16640e99c7585f3bc6e1a846cbdf8106",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_61d9e",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_meetingevent" ("cancelled_at", "cancelled_by_id", "chair_id", "convener_id", "created_at", "decided_at", "event_uid", "held_at", "held_by_id", "id", "invited_at", "invited_by_id", "kind", "municipality_id", "notes", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "place_text", "recorder_id", "remote_url", "room_id", "sequence", "situation_id", "status", "timekeeper_id", "version") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."chair_id", NEW."convener_id", NEW."created_at", NEW."decided_at", NEW."event_uid", NEW."held_at", NEW."held_by_id", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."kind", NEW."municipality_id", NEW."notes", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_kind", NEW."place_text", NEW."recorder_id", NEW."remote_url", NEW."room_id", NEW."sequence", NEW."situation_id", NEW."status", NEW."timekeeper_id", NEW."version"); RETURN NULL;',
                                    hash="83fe90877da1df3408c711779f17501f8b033283",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_495b8",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_meetingevent" ("cancelled_at", "cancelled_by_id", "chair_id", "convener_id", "created_at", "decided_at", "event_uid", "held_at", "held_by_id", "id", "invited_at", "invited_by_id", "kind", "municipality_id", "notes", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "place_text", "recorder_id", "remote_url", "room_id", "sequence", "situation_id", "status", "timekeeper_id", "version") VALUES (OLD."cancelled_at", OLD."cancelled_by_id", OLD."chair_id", OLD."convener_id", OLD."created_at", OLD."decided_at", OLD."event_uid", OLD."held_at", OLD."held_by_id", OLD."id", OLD."invited_at", OLD."invited_by_id", OLD."kind", OLD."municipality_id", OLD."notes", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_kind", OLD."place_text", OLD."recorder_id", OLD."remote_url", OLD."room_id", OLD."sequence", OLD."situation_id", OLD."status", OLD."timekeeper_id", OLD."version"); RETURN NULL;',
                                    hash="37e74ea8a28f5f5d4a0fe3a134c9269356ae246a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4bf26",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="meeting_time_changes_by_family",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NEW.\"status\" IN ('booked', 'invited') AND OLD.\"period\" IS DISTINCT FROM (NEW.\"period\") AND OLD.\"status\" IN ('booked', 'invited'))",
                                    func="\n                    IF NOT EXISTS (SELECT FROM meetings_timechange\n                                   WHERE meeting_id = NEW.id AND period = NEW.period AND answer = 'yes') THEN\n                        RAISE EXCEPTION 'Varattu aika siirtyy vain perheen suostumuksella.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_time_changes_by_family';\n                    END IF;\n                    IF OLD.status = 'invited' AND NEW.sequence <= OLD.sequence THEN\n                        RAISE EXCEPTION 'Siirrosta kerrotaan uudella numerolla.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_time_change_is_numbered';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="8f0cdf0ceef3eb46f86c2ef24bf99d5a322dfb96",
                                    operation='UPDATE OF "period"',
                                    pgid="pgtrigger_meeting_time_changes_by_family_a695c",
                                    table="meetings_meeting",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="meeting_time_change_lapses",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"status\" IN ('booked', 'invited') AND NOT (NEW.\"status\" IN ('booked', 'invited')))",
                                    func="\n                    UPDATE meetings_timechange SET answer = 'gone', answered_at = clock_timestamp()\n                        WHERE meeting_id = NEW.id AND answer = '';\n                    RETURN NULL;\n                ",
                                    hash="9f93cf7a93a373544f1be4f679810178c2b06f7b",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_meeting_time_change_lapses_7704d",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="meeting_poll_ends",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"status\" = 'decided' AND NOT (NEW.\"status\" = 'decided'))",
                                    func="\n                    UPDATE meetings_timepoll SET closed_at = clock_timestamp()\n                        WHERE meeting_id = NEW.id AND closed_at IS NULL;\n                    RETURN NULL;\n                ",
                                    hash="f6786b695bd5ada7620482ab537226c4ad1ed21b",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_meeting_poll_ends_e55c7",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="meeting_hold_no_more",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"status\" = 'decided' AND NOT (NEW.\"status\" = 'decided'))",
                                    func="\n                    DELETE FROM meetings_booking WHERE hold_id IN\n                        (SELECT id FROM meetings_hold WHERE meeting_id = NEW.id);\n                    DELETE FROM meetings_hold WHERE meeting_id = NEW.id;\n                    RETURN NULL;\n                ",
                                    hash="1c4a9d001b4261c69afc7219c5e1311b18958991",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_meeting_hold_no_more_b0909",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="meeting_wish_ends",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NEW.status NOT IN ('booked', 'invited') OR NEW.period IS DISTINCT FROM OLD.period THEN\n                        UPDATE meetings_earlierwish SET ended_at = clock_timestamp()\n                            WHERE meeting_id = NEW.id AND ended_at IS NULL;\n                    END IF;\n                    RETURN NULL;\n                ",
                                    hash="ce620bfeeb0ca86d988cb2e6b24360d3e5be3619",
                                    operation='UPDATE OF "status", "period"',
                                    pgid="pgtrigger_meeting_wish_ends_e13ad",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.ForeignKey(
                                db_column="kind",
                                db_constraint=False,
                                default="shared_time",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.kind",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "ehdotus tekeillä"),
                                    ("with_family", "perhe päättää"),
                                    ("decided", "perhe on päättänyt"),
                                    ("booked", "aika ja tila varattu"),
                                    ("invited", "kutsut lähetetty"),
                                    ("held", "pidetty"),
                                    ("not_held", "ei pidetty"),
                                    ("cancelled", "peruttu"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("event_uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True),
                        ),
                        ("notes", models.TextField(blank=True, verbose_name="muistiinpanot")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "convener",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "held_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.municipality",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "recorder",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.room",
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.situation",
                            ),
                        ),
                        (
                            "place_kind",
                            models.CharField(
                                choices=[
                                    ("room", "verkoston tilassa"),
                                    ("home", "perheen kotona"),
                                    ("school", "koulussa, päiväkodissa tai muualla"),
                                    ("remote", "etäyhteydellä"),
                                ],
                                db_default="room",
                                default="room",
                                max_length=8,
                                verbose_name="missä tavataan",
                            ),
                        ),
                        (
                            "place_text",
                            models.CharField(
                                blank=True, db_default="", default="", max_length=200, verbose_name="paikka"
                            ),
                        ),
                        (
                            "remote_url",
                            models.URLField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=500,
                                verbose_name="etäyhteyden linkki",
                            ),
                        ),
                        (
                            "timekeeper",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="161adc4dee7601797a02097cded16f6fce0bad5d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2b4ce",
                                    table="meetings_meetingevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonthlyCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField()),
                        ("kind", models.CharField(max_length=12)),
                        ("held", models.IntegerField(db_default=0, default=0)),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.municipality",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("municipality", "month", "kind"), name="count_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=200, verbose_name="miksi juuri hän")),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("undecided", "ei vielä päätetty"),
                                    ("yes", "lupa"),
                                    ("no", "perhe: ei nyt"),
                                ],
                                default="undecided",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "attendance",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("present", "paikalla"),
                                    ("excused", "ilmoitti esteestä"),
                                    ("absent", "ei ollut paikalla"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "close_person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participations",
                                to="network.closeperson",
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="network.consent",
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participation",
                                to="network.invitation",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participations",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participations",
                                to="network.familymember",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "outside_professional",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="network.outsideprofessional",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="network.team",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="network.unit",
                            ),
                        ),
                        (
                            "expectation",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=300,
                                verbose_name="mitä häneltä toivotaan",
                            ),
                        ),
                        (
                            "needed_line",
                            models.CharField(
                                blank=True, db_default="", default="", max_length=200, verbose_name="mihin"
                            ),
                        ),
                        (
                            "was_needed",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "kyllä"), ("no", "ei"), ("unknown", "ei osaa sanoa")],
                                db_default="",
                                default="",
                                max_length=7,
                                verbose_name="olisiko häntä tarvittu",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "worker"), name="participation_worker_once"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "close_person"), name="participation_close_person_once"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "member"), name="participation_member_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("decision", "undecided")),
                                    models.Q(
                                        models.Q(("decision", "undecided"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="participation_decision_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("invitation__isnull", True), ("consent__isnull", False), _connector="OR"
                                ),
                                name="participation_invited_by_consent",
                                violation_error_message="Kutsun voi lähettää vain perheen luvalla.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("close_person__isnull", True),
                                        ("member__isnull", True),
                                        ("outside_professional__isnull", True),
                                        ("team__isnull", True),
                                        ("unit__isnull", True),
                                        ("worker__isnull", False),
                                    ),
                                    models.Q(
                                        ("close_person__isnull", True),
                                        ("member__isnull", True),
                                        ("outside_professional__isnull", True),
                                        ("team__isnull", True),
                                        ("unit__isnull", False),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("close_person__isnull", True),
                                        ("member__isnull", True),
                                        ("outside_professional__isnull", True),
                                        ("team__isnull", False),
                                        ("unit__isnull", True),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("close_person__isnull", True),
                                        ("member__isnull", True),
                                        ("outside_professional__isnull", False),
                                        ("team__isnull", True),
                                        ("unit__isnull", True),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("close_person__isnull", False),
                                        ("member__isnull", True),
                                        ("outside_professional__isnull", True),
                                        ("team__isnull", True),
                                        ("unit__isnull", True),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("close_person__isnull", True),
                                        ("member__isnull", False),
                                        ("outside_professional__isnull", True),
                                        ("team__isnull", True),
                                        ("unit__isnull", True),
                                        ("worker__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="participation_of_one",
                                violation_error_message="Osallistuja on yksi ihminen, yksikkö tai tiimi.",
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "unit"), name="participation_unit_once"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "team"), name="participation_team_once"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "outside_professional"),
                                name="participation_outside_professional_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("needed_line", ""), ("was_needed", "")),
                                    ("attendance__in", ["excused", "absent"]),
                                    _connector="OR",
                                ),
                                name="participation_needed_of_missing",
                                violation_error_message="Vain poissa olleesta kirjataan, olisiko häntä tarvittu.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="participation_own_consent",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."consent_id" IS NOT NULL)',
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM network_consent consent\n                        JOIN meetings_meeting meeting ON meeting.id = NEW.meeting_id\n                        JOIN meetings_situation situation ON situation.id = meeting.situation_id\n                        WHERE consent.id = NEW.consent_id\n                          AND consent.family_id = situation.family_id\n                          AND consent.worker_id IS NOT DISTINCT FROM NEW.worker_id\n                          AND consent.unit_id IS NOT DISTINCT FROM NEW.unit_id\n                          AND consent.team_id IS NOT DISTINCT FROM NEW.team_id\n                          AND consent.outside_professional_id\n                              IS NOT DISTINCT FROM NEW.outside_professional_id\n                          AND consent.close_person_id IS NOT DISTINCT FROM NEW.close_person_id\n                    ) OR (NEW.invitation_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM network_invitation WHERE id = NEW.invitation_id\n                          AND consent_id = NEW.consent_id\n                    )) THEN\n                        RAISE EXCEPTION 'Lupa on annettu toiselle tai toisesta perheestä.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'participation_own_consent';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="f515ec88872fa7aadf9487035e81aa0fbf3e5c7e",
                                    operation='INSERT OR UPDATE OF "meeting_id", "consent_id", "invitation_id", "worker_id", "unit_id", "team_id", "outside_professional_id", "close_person_id"',
                                    pgid="pgtrigger_participation_own_consent_5908a",
                                    table="meetings_participation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="participation_missed_no_more",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NEW.attendance NOT IN ('excused', 'absent') THEN\n                        NEW.was_needed := '';\n                        NEW.needed_line := '';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="13711f10c40e1b7c24a264f5c785f71d47ac3ede",
                                    operation='UPDATE OF "attendance"',
                                    pgid="pgtrigger_participation_missed_no_more_f4ca8",
                                    table="meetings_participation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_participationevent" ("attendance", "close_person_id", "consent_id", "decided_at", "decision", "expectation", "id", "invitation_id", "meeting_id", "member_id", "needed_line", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "unit_id", "was_needed", "why", "worker_id") VALUES (NEW."attendance", NEW."close_person_id", NEW."consent_id", NEW."decided_at", NEW."decision", NEW."expectation", NEW."id", NEW."invitation_id", NEW."meeting_id", NEW."member_id", NEW."needed_line", NEW."outside_professional_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id", NEW."unit_id", NEW."was_needed", NEW."why", NEW."worker_id"); RETURN NULL;',
                                    hash="2ae65eb8413ef2a0f48eefa79b0cab1558eb0340",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_69ab9",
                                    table="meetings_participation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_participationevent" ("attendance", "close_person_id", "consent_id", "decided_at", "decision", "expectation", "id", "invitation_id", "meeting_id", "member_id", "needed_line", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "unit_id", "was_needed", "why", "worker_id") VALUES (NEW."attendance", NEW."close_person_id", NEW."consent_id", NEW."decided_at", NEW."decision", NEW."expectation", NEW."id", NEW."invitation_id", NEW."meeting_id", NEW."member_id", NEW."needed_line", NEW."outside_professional_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id", NEW."unit_id", NEW."was_needed", NEW."why", NEW."worker_id"); RETURN NULL;',
                                    hash="f8997bb7854f7486ccadf3e4c2f45500471ceeae",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9149f",
                                    table="meetings_participation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_participationevent" ("attendance", "close_person_id", "consent_id", "decided_at", "decision", "expectation", "id", "invitation_id", "meeting_id", "member_id", "needed_line", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "unit_id", "was_needed", "why", "worker_id") VALUES (OLD."attendance", OLD."close_person_id", OLD."consent_id", OLD."decided_at", OLD."decision", OLD."expectation", OLD."id", OLD."invitation_id", OLD."meeting_id", OLD."member_id", OLD."needed_line", OLD."outside_professional_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id", OLD."unit_id", OLD."was_needed", OLD."why", OLD."worker_id"); RETURN NULL;',
                                    hash="d146d28350d26762db5bf76882a3efaf417bae37",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_dccdf",
                                    table="meetings_participation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParticipationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("why", models.CharField(blank=True, max_length=200, verbose_name="miksi juuri hän")),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("undecided", "ei vielä päätetty"),
                                    ("yes", "lupa"),
                                    ("no", "perhe: ei nyt"),
                                ],
                                default="undecided",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "attendance",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("present", "paikalla"),
                                    ("excused", "ilmoitti esteestä"),
                                    ("absent", "ei ollut paikalla"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "close_person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.closeperson",
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.consent",
                            ),
                        ),
                        (
                            "invitation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.invitation",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.familymember",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.participation",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "outside_professional",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.outsideprofessional",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.team",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.unit",
                            ),
                        ),
                        (
                            "expectation",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=300,
                                verbose_name="mitä häneltä toivotaan",
                            ),
                        ),
                        (
                            "needed_line",
                            models.CharField(
                                blank=True, db_default="", default="", max_length=200, verbose_name="mihin"
                            ),
                        ),
                        (
                            "was_needed",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "kyllä"), ("no", "ei"), ("unknown", "ei osaa sanoa")],
                                db_default="",
                                default="",
                                max_length=7,
                                verbose_name="olisiko häntä tarvittu",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f3be78e6e09d0ffe686f23f834ce338df8993e2e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2e61f",
                                    table="meetings_participationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Room",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="tila")),
                        ("seats", models.PositiveSmallIntegerField(verbose_name="paikkoja")),
                        ("is_accessible", models.BooleanField(default=False, verbose_name="esteetön")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="lisätieto")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rooms",
                                to="network.unit",
                                verbose_name="yksikkö",
                            ),
                        ),
                        (
                            "equipment",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("screen", "näyttö"),
                                        ("play", "leikkinurkka"),
                                        ("loop", "induktiosilmukka"),
                                        ("parking", "pysäköintipaikka"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                db_default=[],
                                default=list,
                                size=None,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "closed_reason",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=200,
                                verbose_name="miksi ei käytössä",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1)),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("unit", "name"), name="room_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("equipment__contained_by", ["screen", "play", "loop", "parking"])
                                ),
                                name="room_equipment_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="room_closed_by_somebody",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("closed_reason", "")),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        models.Q(("closed_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="room_closed_says_why",
                                violation_error_message="Kerro, miksi tila ei ole käytössä.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Situation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("raised", "Puheeksiotto"),
                                    ("convening", "Koollekutsuminen"),
                                    ("shared_time", "Yhteinen aika"),
                                    ("plan", "Suunnitelma"),
                                    ("everyday", "Sujuva arki"),
                                    ("ended", "Päättynyt muuten"),
                                ],
                                default="raised",
                                max_length=12,
                            ),
                        ),
                        ("stage_since", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "way_in",
                            models.CharField(
                                choices=[
                                    ("close_worker", "lähityöntekijä otti puheeksi"),
                                    ("phone", "perhe soitti ohjaus- ja neuvontapalveluun"),
                                    ("electronic", "perhe otti yhteyttä verkossa"),
                                    ("outreach", "jalkautuva työntekijä kohtasi perheen"),
                                    ("colleague", "työkaveri kysyi neuvoa"),
                                ],
                                default="close_worker",
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("everyday", "arki sujuu"),
                                    ("nothing_more", "keskustelu riitti"),
                                    ("guidance", "ohjaus riitti"),
                                    ("consultation", "neuvon kysyminen riitti"),
                                    ("declined", "perhe ei halunnut yhteistä aikaa"),
                                    ("moved", "perhe muutti"),
                                    ("other_service", "toinen palvelu otti vastuun"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="situations",
                                to="network.family",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="situations_held",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "touched_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                editable=False,
                            ),
                        ),
                        (
                            "consultation",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="situation_of_answerer",
                                to="network.consultation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("stage__in", ["raised", "convening", "shared_time", "plan"])
                                ),
                                fields=["holder", "stage_since"],
                                name="situation_open_of_holder",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="situation_ended_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("ending", ""),
                                        ("stage__in", ["raised", "convening", "shared_time", "plan"]),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("stage__in", ["everyday", "ended"]),
                                        models.Q(("ending", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="situation_ended_says_how",
                                violation_error_message="Päättyneestä tilanteesta kirjataan, miten se päättyi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("consultation__isnull", False), ("way_in", "colleague")),
                                    models.Q(
                                        models.Q(("way_in", "colleague"), _negated=True),
                                        ("consultation__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="situation_colleague_asked",
                                violation_error_message="Työkaverin kysymyksestä avatulla tilanteella on se kysymys.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="situation_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.stage IS DISTINCT FROM OLD.stage AND NOT ((OLD.stage = 'raised' AND NEW.stage = 'convening') OR (OLD.stage = 'raised' AND NEW.stage = 'ended') OR (OLD.stage = 'convening' AND NEW.stage = 'ended') OR (OLD.stage = 'convening' AND NEW.stage = 'shared_time') OR (OLD.stage = 'shared_time' AND NEW.stage = 'convening') OR (OLD.stage = 'shared_time' AND NEW.stage = 'ended') OR (OLD.stage = 'shared_time' AND NEW.stage = 'plan') OR (OLD.stage = 'plan' AND NEW.stage = 'convening') OR (OLD.stage = 'plan' AND NEW.stage = 'ended') OR (OLD.stage = 'plan' AND NEW.stage = 'everyday') OR (OLD.stage = 'everyday' AND NEW.stage = 'raised') OR (OLD.stage = 'ended' AND NEW.stage = 'raised')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.stage, NEW.stage\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'situation_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="e6d8c254729be168eb52c9be8155b66dfb80d501",
                                    operation='UPDATE OF "stage"',
                                    pgid="pgtrigger_situation_moves_239c2",
                                    table="meetings_situation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="situation_holder_accepted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."holder_id" IS DISTINCT FROM (NEW."holder_id"))',
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM (\n                            SELECT from_worker_id, coalesce(to_worker_id, caught_by_id) AS taker_id, status\n                            FROM meetings_handover WHERE situation_id = NEW.id ORDER BY id DESC LIMIT 1\n                        ) latest\n                        WHERE latest.status = 'accepted' AND latest.taker_id = NEW.holder_id\n                          AND latest.from_worker_id = OLD.holder_id\n                    ) THEN\n                        RAISE EXCEPTION 'Koppi siirtyy vasta, kun vastaanottaja ottaa sen.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'situation_holder_accepted';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="1047fe00b55d37a7e61b9ddb664526b420099810",
                                    operation='UPDATE OF "holder_id"',
                                    pgid="pgtrigger_situation_holder_accepted_e1254",
                                    table="meetings_situation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="situation_touched",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NEW.touched_at = OLD.touched_at AND NEW IS DISTINCT FROM OLD THEN\n                        NEW.touched_at := now();\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="bc20038d0f7d2adee2c33f1cacb3443276b1c472",
                                    operation="UPDATE",
                                    pgid="pgtrigger_situation_touched_a1b0d",
                                    table="meetings_situation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="situation_of_own_answer",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."consultation_id" IS NOT NULL)',
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM network_consultation\n                        WHERE id = NEW.consultation_id AND answered_by_id = NEW.opened_by_id\n                          AND status = 'closed' AND result = 'direct'\n                    ) THEN\n                        RAISE EXCEPTION 'Tilanteen avaa neuvosta se, jonka kanssa perhe haluaa jatkaa.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'situation_of_own_answer';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="bfe107a3f5d63df136e54174ffc4e9cd70aa2596",
                                    operation='INSERT OR UPDATE OF "consultation_id", "way_in"',
                                    pgid="pgtrigger_situation_of_own_answer_70630",
                                    table="meetings_situation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_situationevent" ("consultation_id", "ended_at", "ended_by_id", "ending", "family_id", "form_key", "holder_id", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "stage_since", "way_in") VALUES (NEW."consultation_id", NEW."ended_at", NEW."ended_by_id", NEW."ending", NEW."family_id", NEW."form_key", NEW."holder_id", NEW."id", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stage", NEW."stage_since", NEW."way_in"); RETURN NULL;',
                                    hash="4b861581df901bd4539d4ed69014fa3943e08224",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c92c3",
                                    table="meetings_situation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."consultation_id" IS DISTINCT FROM (NEW."consultation_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."ending" IS DISTINCT FROM (NEW."ending") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."holder_id" IS DISTINCT FROM (NEW."holder_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."stage_since" IS DISTINCT FROM (NEW."stage_since") OR OLD."way_in" IS DISTINCT FROM (NEW."way_in"))',
                                    func='INSERT INTO "meetings_situationevent" ("consultation_id", "ended_at", "ended_by_id", "ending", "family_id", "form_key", "holder_id", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "stage_since", "way_in") VALUES (NEW."consultation_id", NEW."ended_at", NEW."ended_by_id", NEW."ending", NEW."family_id", NEW."form_key", NEW."holder_id", NEW."id", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stage", NEW."stage_since", NEW."way_in"); RETURN NULL;',
                                    hash="1f0c8fb487ed10451b8c839ee45b0bdb4c8eb55e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_67244",
                                    table="meetings_situation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_situationevent" ("consultation_id", "ended_at", "ended_by_id", "ending", "family_id", "form_key", "holder_id", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "stage_since", "way_in") VALUES (OLD."consultation_id", OLD."ended_at", OLD."ended_by_id", OLD."ending", OLD."family_id", OLD."form_key", OLD."holder_id", OLD."id", OLD."opened_at", OLD."opened_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."stage", OLD."stage_since", OLD."way_in"); RETURN NULL;',
                                    hash="65e3459ea1a50c58ca13bd311c8bfa2772b19c98",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_08d63",
                                    table="meetings_situation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SituationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("raised", "Puheeksiotto"),
                                    ("convening", "Koollekutsuminen"),
                                    ("shared_time", "Yhteinen aika"),
                                    ("plan", "Suunnitelma"),
                                    ("everyday", "Sujuva arki"),
                                    ("ended", "Päättynyt muuten"),
                                ],
                                default="raised",
                                max_length=12,
                            ),
                        ),
                        ("stage_since", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "way_in",
                            models.CharField(
                                choices=[
                                    ("close_worker", "lähityöntekijä otti puheeksi"),
                                    ("phone", "perhe soitti ohjaus- ja neuvontapalveluun"),
                                    ("electronic", "perhe otti yhteyttä verkossa"),
                                    ("outreach", "jalkautuva työntekijä kohtasi perheen"),
                                    ("colleague", "työkaveri kysyi neuvoa"),
                                ],
                                default="close_worker",
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("everyday", "arki sujuu"),
                                    ("nothing_more", "keskustelu riitti"),
                                    ("guidance", "ohjaus riitti"),
                                    ("consultation", "neuvon kysyminen riitti"),
                                    ("declined", "perhe ei halunnut yhteistä aikaa"),
                                    ("moved", "perhe muutti"),
                                    ("other_service", "toinen palvelu otti vastuun"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.family",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.situation",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.consultation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="043b9575be7f48ce2800580cabeeee012a831c6f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_956f9",
                                    table="meetings_situationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StarRay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "heading",
                            models.CharField(
                                choices=[
                                    ("health", "Lapsen terveys, kasvu ja kehitys"),
                                    ("relations", "Lapsen kokemus ihmissuhteista ja turvallisuudesta"),
                                    ("self", "Lapsen käsitys itsestään"),
                                    (
                                        "everyday",
                                        "Lapsen kokemus perheestä, päiväkodista, koulusta, vapaa-ajasta ja ystävistä",
                                    ),
                                    ("parenthood", "Vanhempana toimiminen ja suhde lapseen"),
                                    ("surroundings", "Sosiaalinen hyvinvointi: perhe ja ympäristötekijät"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "tone",
                            models.CharField(
                                choices=[
                                    ("none", "ei puhuttu nyt"),
                                    ("strength", "voimavara"),
                                    ("talk", "tästä puhutaan"),
                                    ("both", "voimavara, ja tästä puhutaan"),
                                ],
                                default="none",
                                max_length=8,
                                verbose_name="miten perhe tämän näkee",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="mistä puhutaan")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rays",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "aspects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("child_strengths", "lapsen vahvuudet"),
                                        ("child_ability", "lapsen toimintakyky"),
                                        ("child_places", "lapsen omat arjen ympäristöt"),
                                        ("parent_strengths", "vanhemmuuden vahvuudet"),
                                        ("parent_ability", "vanhemman toimintakyky"),
                                        ("parent_understanding", "vanhemman kyky ymmärtää lasta"),
                                        ("parent_places", "vanhemman omat arjen ympäristöt"),
                                        ("circumstances", "perheen olosuhteet ja verkostot"),
                                        ("history", "perheen historia"),
                                        ("services", "palvelut"),
                                    ],
                                    max_length=24,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("strengths", models.TextField(blank=True, verbose_name="voimavarat")),
                        (
                            "strengths_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("child", "lapsen"),
                                        ("parent", "vanhemman"),
                                        ("close", "läheisen"),
                                        ("worker", "työntekijän"),
                                    ],
                                    max_length=8,
                                ),
                                default=list,
                                size=None,
                                verbose_name="kenen sanoin",
                            ),
                        ),
                        (
                            "text_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("child", "lapsen"),
                                        ("parent", "vanhemman"),
                                        ("close", "läheisen"),
                                        ("worker", "työntekijän"),
                                    ],
                                    max_length=8,
                                ),
                                default=list,
                                size=None,
                                verbose_name="kenen sanoin",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "heading"), name="ray_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("strengths_by__contained_by", ["child", "parent", "close", "worker"]),
                                    ("text_by__contained_by", ["child", "parent", "close", "worker"]),
                                ),
                                name="ray_voices_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "aspects__contained_by",
                                            ["child_strengths", "child_ability", "child_places"],
                                        ),
                                        ("heading", "health"),
                                    ),
                                    models.Q(("aspects__contained_by", []), ("heading", "relations")),
                                    models.Q(("aspects__contained_by", []), ("heading", "self")),
                                    models.Q(("aspects__contained_by", []), ("heading", "everyday")),
                                    models.Q(
                                        (
                                            "aspects__contained_by",
                                            [
                                                "parent_strengths",
                                                "parent_ability",
                                                "parent_understanding",
                                                "parent_places",
                                            ],
                                        ),
                                        ("heading", "parenthood"),
                                    ),
                                    models.Q(
                                        ("aspects__contained_by", ["circumstances", "history", "services"]),
                                        ("heading", "surroundings"),
                                    ),
                                    _connector="OR",
                                ),
                                name="ray_aspects_of_heading",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_starrayevent" ("aspects", "heading", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strengths", "strengths_by", "text", "text_by", "tone") VALUES (NEW."aspects", NEW."heading", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."strengths", NEW."strengths_by", NEW."text", NEW."text_by", NEW."tone"); RETURN NULL;',
                                    hash="feeddcf03575322854cd094f659be998dadc20a5",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_3b435",
                                    table="meetings_starray",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_starrayevent" ("aspects", "heading", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strengths", "strengths_by", "text", "text_by", "tone") VALUES (NEW."aspects", NEW."heading", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."strengths", NEW."strengths_by", NEW."text", NEW."text_by", NEW."tone"); RETURN NULL;',
                                    hash="91905df0d19d01159c84753517ed830e4f266dd4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d6980",
                                    table="meetings_starray",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_starrayevent" ("aspects", "heading", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strengths", "strengths_by", "text", "text_by", "tone") VALUES (OLD."aspects", OLD."heading", OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."strengths", OLD."strengths_by", OLD."text", OLD."text_by", OLD."tone"); RETURN NULL;',
                                    hash="2988502f6ba281699b30d4c7d6aae006521f33a3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_28e06",
                                    table="meetings_starray",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="aihe")),
                        ("by_family", models.BooleanField(default=False)),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("undecided", "ei vielä päätetty"),
                                    ("yes", "lupa"),
                                    ("no", "perhe: ei nyt"),
                                ],
                                default="undecided",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="topics",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "title"),
                                name="topic_once",
                                violation_error_message="Aihe on jo listalla.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("decision", "undecided")),
                                    models.Q(
                                        models.Q(("decision", "undecided"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="topic_decision_has_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_topicevent" ("by_family", "decided_at", "decision", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."by_family", NEW."decided_at", NEW."decision", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;',
                                    hash="073a58f304fdd8f3ed11a8589738c604eed184cd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ba984",
                                    table="meetings_topic",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_topicevent" ("by_family", "decided_at", "decision", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."by_family", NEW."decided_at", NEW."decision", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;',
                                    hash="375d7f21649421b7114d36ecfe5d97ae58dc015f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_042c5",
                                    table="meetings_topic",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_topicevent" ("by_family", "decided_at", "decision", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."by_family", OLD."decided_at", OLD."decision", OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;',
                                    hash="70c13f803138c095a7f1558d2c430ab2ff7dc456",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9c2f4",
                                    table="meetings_topic",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TopicEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=200, verbose_name="aihe")),
                        ("by_family", models.BooleanField(default=False)),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("undecided", "ei vielä päätetty"),
                                    ("yes", "lupa"),
                                    ("no", "perhe: ei nyt"),
                                ],
                                default="undecided",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.topic",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="77eed215202b2651a9b2450a485a4db4275bb4ae",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_adb23",
                                    table="meetings_topicevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkingHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "maanantai"),
                                    (2, "tiistai"),
                                    (3, "keskiviikko"),
                                    (4, "torstai"),
                                    (5, "perjantai"),
                                    (6, "lauantai"),
                                    (7, "sunnuntai"),
                                ],
                                verbose_name="viikonpäivä",
                            ),
                        ),
                        ("starts", models.TimeField(verbose_name="alkaa")),
                        ("ends", models.TimeField(verbose_name="päättyy")),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="working_hours",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "työajat",
                        "ordering": ["weekday", "starts"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts__lt", models.F("ends"))),
                                name="working_hours_in_order",
                                violation_error_message="Työaika päättyy alkamisensa jälkeen.",
                            ),
                            models.UniqueConstraint(
                                fields=("worker", "weekday", "starts"), name="working_hours_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StarRayEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "heading",
                            models.CharField(
                                choices=[
                                    ("health", "Lapsen terveys, kasvu ja kehitys"),
                                    ("relations", "Lapsen kokemus ihmissuhteista ja turvallisuudesta"),
                                    ("self", "Lapsen käsitys itsestään"),
                                    (
                                        "everyday",
                                        "Lapsen kokemus perheestä, päiväkodista, koulusta, vapaa-ajasta ja ystävistä",
                                    ),
                                    ("parenthood", "Vanhempana toimiminen ja suhde lapseen"),
                                    ("surroundings", "Sosiaalinen hyvinvointi: perhe ja ympäristötekijät"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "tone",
                            models.CharField(
                                choices=[
                                    ("none", "ei puhuttu nyt"),
                                    ("strength", "voimavara"),
                                    ("talk", "tästä puhutaan"),
                                    ("both", "voimavara, ja tästä puhutaan"),
                                ],
                                default="none",
                                max_length=8,
                                verbose_name="miten perhe tämän näkee",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="mistä puhutaan")),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.starray",
                            ),
                        ),
                        (
                            "aspects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("child_strengths", "lapsen vahvuudet"),
                                        ("child_ability", "lapsen toimintakyky"),
                                        ("child_places", "lapsen omat arjen ympäristöt"),
                                        ("parent_strengths", "vanhemmuuden vahvuudet"),
                                        ("parent_ability", "vanhemman toimintakyky"),
                                        ("parent_understanding", "vanhemman kyky ymmärtää lasta"),
                                        ("parent_places", "vanhemman omat arjen ympäristöt"),
                                        ("circumstances", "perheen olosuhteet ja verkostot"),
                                        ("history", "perheen historia"),
                                        ("services", "palvelut"),
                                    ],
                                    max_length=24,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("strengths", models.TextField(blank=True, verbose_name="voimavarat")),
                        (
                            "strengths_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("child", "lapsen"),
                                        ("parent", "vanhemman"),
                                        ("close", "läheisen"),
                                        ("worker", "työntekijän"),
                                    ],
                                    max_length=8,
                                ),
                                default=list,
                                size=None,
                                verbose_name="kenen sanoin",
                            ),
                        ),
                        (
                            "text_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("child", "lapsen"),
                                        ("parent", "vanhemman"),
                                        ("close", "läheisen"),
                                        ("worker", "työntekijän"),
                                    ],
                                    max_length=8,
                                ),
                                default=list,
                                size=None,
                                verbose_name="kenen sanoin",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="10b245243a91bd2cab2c621b2a3f060b085f4080",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_edd2e",
                                    table="meetings_starrayevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExternalCalendar",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sealed_address", models.TextField()),
                        ("address_hash", models.CharField(max_length=64)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("asked_at", models.DateTimeField(blank=True, null=True)),
                        ("tried_at", models.DateTimeField(blank=True, null=True)),
                        ("fetched_at", models.DateTimeField(blank=True, null=True)),
                        ("expanded_at", models.DateTimeField(blank=True, null=True)),
                        ("etag", models.CharField(blank=True, max_length=300)),
                        ("last_modified", models.CharField(blank=True, max_length=100)),
                        ("content_hash", models.CharField(blank=True, max_length=64)),
                        ("failing_since", models.DateTimeField(blank=True, null=True)),
                        (
                            "failure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("address", "Osoite ei kelpaa. Kopioi se uudelleen kalenteristasi."),
                                    (
                                        "sealed",
                                        "Osoitetta ei voi enää lukea. Poista kalenteri ja lisää se uudelleen.",
                                    ),
                                    ("forbidden", "Osoite vie paikkaan, josta kalentereita ei haeta."),
                                    ("unknown_host", "Palvelinta ei löydy. Tarkista osoite."),
                                    ("unreachable", "Kalenterin palvelin ei vastaa."),
                                    ("certificate", "Kalenterin palvelimen varmenne ei kelpaa."),
                                    ("too_slow", "Kalenterin palvelin vastaa liian hitaasti."),
                                    ("redirects", "Osoite ohjaa eteenpäin liian monta kertaa."),
                                    ("refused", "Palvelin ei anna kalenteria. Osoite on voinut vanhentua."),
                                    ("broken", "Kalenterin palvelimessa on häiriö."),
                                    (
                                        "too_big",
                                        "Kalenteri on liian suuri. Se saa olla enintään 5 megatavua.",
                                    ),
                                    (
                                        "no_calendar",
                                        "Osoitteessa ei ole kalenteria. Kopioi kalenterin ICS-osoite.",
                                    ),
                                    (
                                        "unreadable",
                                        "Kalenterin tiedot ovat virheelliset, eikä niitä voi lukea.",
                                    ),
                                    ("too_dense", "Kalenterissa on tapahtuma, joka toistuu liian tiheästi."),
                                    ("too_many", "Kalenterissa on liian paljon tapahtumia."),
                                    ("too_heavy", "Kalenterin lukeminen kestää liian kauan."),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("owner_told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="external_calendars",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at", "pk"],
                        "indexes": [models.Index(fields=["due_at"], name="external_calendar_due")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("worker", "address_hash"),
                                name="external_calendar_once",
                                violation_error_message="Tämä kalenteri on jo lisätty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("failing_since", None), ("failure", ""), ("owner_told_at", None)
                                    ),
                                    models.Q(
                                        ("failing_since__isnull", False),
                                        models.Q(("failure", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="external_calendar_failure_has_time",
                                violation_error_message="Häiriöllä on alku ja syy.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BusyTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="busy_times",
                                to="meetings.externalcalendar",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="busy_time_has_ends",
                                violation_error_message="Varatulla ajalla on alku ja loppu.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("calendar", "="), ("period", "&&")],
                                name="busy_time_once",
                                violation_error_message="Saman kalenterin varatut ajat eivät mene päällekkäin.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_feeds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("worker",),
                                name="calendar_feed_one_open",
                                violation_error_message="Kalenterillasi on jo osoite.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferedTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        (
                            "without",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.room",
                            ),
                        ),
                        (
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="times",
                                to="meetings.timesoffer",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["period", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("offer", "period"),
                                name="offered_time_once",
                                violation_error_message="Sama aika on listalla jo.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="offered_time_has_ends",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="offered_time_few_and_ahead",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    PERFORM FROM meetings_timesoffer WHERE id = NEW.offer_id FOR NO KEY UPDATE;\n                    IF (SELECT count(*) FROM meetings_offeredtime\n                        WHERE offer_id = NEW.offer_id AND id <> NEW.id) >= 5 THEN\n                        RAISE EXCEPTION 'Aikoja tarjotaan enintään viisi.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'offered_time_at_most_five';\n                    END IF;\n                    IF lower(NEW.period) <= clock_timestamp() THEN\n                        RAISE EXCEPTION 'Tarjottava aika on jo mennyt.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'offered_time_ahead';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="314b646e5056e5ee7920e2877340ffcbfa10d710",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_offered_time_few_and_ahead_fb64f",
                                    table="meetings_offeredtime",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TimesOffer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("offered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("refused_at", models.DateTimeField(blank=True, null=True)),
                        ("word", models.CharField(blank=True, max_length=300, verbose_name="milloin sopisi")),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="times_offer",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "offered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "refused_recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("refused_at__isnull", False),
                                    models.Q(("refused_recorded_by__isnull", True), ("word", "")),
                                    _connector="OR",
                                ),
                                name="times_offer_refused_has_time",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="times_offer_before_booking",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE now_at text;",
                                    func="\n                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;\n                    IF now_at <> 'decided' THEN\n                        RAISE EXCEPTION 'Aikoja tarjotaan, kun perhe on päättänyt eikä aikaa ole varattu.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'times_offer_before_booking';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="a5593c244bf003847e63d115e7c93791c90f60be",
                                    operation='INSERT OR UPDATE OF "meeting_id"',
                                    pgid="pgtrigger_times_offer_before_booking_b8849",
                                    table="meetings_timesoffer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KindAgendaRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="järjestys")),
                        ("title", models.CharField(max_length=120, verbose_name="mitä tehdään")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minuutteja")),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda",
                                to="meetings.kind",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("kind", "position"),
                                name="kind_agenda_position_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (1, 480))),
                                name="kind_agenda_takes_time",
                                violation_error_message="Asialistan kohta kestää ainakin minuutin.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_kindagendarowevent" ("id", "kind_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title") VALUES (NEW."id", NEW."kind_id", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."title"); RETURN NULL;',
                                    hash="8060fcdcbf82eca399ed018923aacfb04b3b8d5c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_08c5c",
                                    table="meetings_kindagendarow",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_kindagendarowevent" ("id", "kind_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title") VALUES (NEW."id", NEW."kind_id", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."title"); RETURN NULL;',
                                    hash="c90dab1e433d395560c54bfa0a35399003783211",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_440cf",
                                    table="meetings_kindagendarow",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_kindagendarowevent" ("id", "kind_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title") VALUES (OLD."id", OLD."kind_id", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."title"); RETURN NULL;',
                                    hash="4160f01c3d4985968a01be83a993766985734be7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_019d1",
                                    table="meetings_kindagendarow",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KindAgendaRowEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(verbose_name="järjestys")),
                        ("title", models.CharField(max_length=120, verbose_name="mitä tehdään")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minuutteja")),
                        (
                            "kind",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.kind",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.kindagendarow",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="29dbc45caf97fe9c71d1dcafc4130d2faf065350",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_26fd1",
                                    table="meetings_kindagendarowevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KindEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("code", models.CharField(max_length=12, serialize=False)),
                        ("name", models.CharField(max_length=60, verbose_name="nimi")),
                        ("explanation", models.CharField(max_length=300, verbose_name="mikä se on")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="kesto minuutteina")),
                        ("uses_star", models.BooleanField(default=True, verbose_name="Hyvinvoinnin tähti")),
                        (
                            "uses_dialogue",
                            models.BooleanField(default=False, verbose_name="tulevaisuuden muistelu"),
                        ),
                        (
                            "uses_influence",
                            models.BooleanField(default=True, verbose_name="mihin voimme vaikuttaa"),
                        ),
                        (
                            "uses_child_view",
                            models.BooleanField(default=True, verbose_name="lapsen oma näkemys"),
                        ),
                        ("uses_plan", models.BooleanField(default=True, verbose_name="yhteinen suunnitelma")),
                        ("uses_notes", models.BooleanField(default=True, verbose_name="muistiinpanot")),
                        ("needs_chair", models.BooleanField(default=True, verbose_name="vetäjä")),
                        ("needs_recorder", models.BooleanField(default=True, verbose_name="kirjaaja")),
                        (
                            "needs_timekeeper",
                            models.BooleanField(default=False, verbose_name="ajan seuraaja"),
                        ),
                        ("counts_as_shared_time", models.BooleanField(default=False)),
                        ("is_active", models.BooleanField(default=True, verbose_name="käytössä")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="järjestys")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.kind",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="42680b85b25a998b79c5c5628a4512c89edc1a3d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fbf06",
                                    table="meetings_kindevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Kind",
                    fields=[
                        ("code", models.CharField(max_length=12, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="nimi")),
                        ("explanation", models.CharField(max_length=300, verbose_name="mikä se on")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="kesto minuutteina")),
                        ("uses_star", models.BooleanField(default=True, verbose_name="Hyvinvoinnin tähti")),
                        (
                            "uses_dialogue",
                            models.BooleanField(default=False, verbose_name="tulevaisuuden muistelu"),
                        ),
                        (
                            "uses_influence",
                            models.BooleanField(default=True, verbose_name="mihin voimme vaikuttaa"),
                        ),
                        (
                            "uses_child_view",
                            models.BooleanField(default=True, verbose_name="lapsen oma näkemys"),
                        ),
                        ("uses_plan", models.BooleanField(default=True, verbose_name="yhteinen suunnitelma")),
                        ("uses_notes", models.BooleanField(default=True, verbose_name="muistiinpanot")),
                        ("needs_chair", models.BooleanField(default=True, verbose_name="vetäjä")),
                        ("needs_recorder", models.BooleanField(default=True, verbose_name="kirjaaja")),
                        (
                            "needs_timekeeper",
                            models.BooleanField(default=False, verbose_name="ajan seuraaja"),
                        ),
                        ("counts_as_shared_time", models.BooleanField(default=False)),
                        ("is_active", models.BooleanField(default=True, verbose_name="käytössä")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="järjestys")),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["position", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (15, 480))),
                                name="kind_lasts_sensibly",
                                violation_error_message="Kesto on 15 minuutista 8 tuntiin.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_active", True),
                                    models.Q(("code", "shared_time"), _negated=True),
                                    _connector="OR",
                                ),
                                name="kind_shared_time_is_active",
                                violation_error_message="Yhteinen aika on aina käytössä.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_kindevent" ("code", "counts_as_shared_time", "explanation", "is_active", "minutes", "name", "needs_chair", "needs_recorder", "needs_timekeeper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "uses_child_view", "uses_dialogue", "uses_influence", "uses_notes", "uses_plan", "uses_star", "version") VALUES (NEW."code", NEW."counts_as_shared_time", NEW."explanation", NEW."is_active", NEW."minutes", NEW."name", NEW."needs_chair", NEW."needs_recorder", NEW."needs_timekeeper", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."position", NEW."uses_child_view", NEW."uses_dialogue", NEW."uses_influence", NEW."uses_notes", NEW."uses_plan", NEW."uses_star", NEW."version"); RETURN NULL;',
                                    hash="5c3bdacca4416cf34de8fda0e4038553156a1a03",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_be1d8",
                                    table="meetings_kind",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_kindevent" ("code", "counts_as_shared_time", "explanation", "is_active", "minutes", "name", "needs_chair", "needs_recorder", "needs_timekeeper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "uses_child_view", "uses_dialogue", "uses_influence", "uses_notes", "uses_plan", "uses_star", "version") VALUES (NEW."code", NEW."counts_as_shared_time", NEW."explanation", NEW."is_active", NEW."minutes", NEW."name", NEW."needs_chair", NEW."needs_recorder", NEW."needs_timekeeper", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."position", NEW."uses_child_view", NEW."uses_dialogue", NEW."uses_influence", NEW."uses_notes", NEW."uses_plan", NEW."uses_star", NEW."version"); RETURN NULL;',
                                    hash="240eda1555991cd11c1886bd013a504f39fad4a3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_46697",
                                    table="meetings_kind",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_kindevent" ("code", "counts_as_shared_time", "explanation", "is_active", "minutes", "name", "needs_chair", "needs_recorder", "needs_timekeeper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "uses_child_view", "uses_dialogue", "uses_influence", "uses_notes", "uses_plan", "uses_star", "version") VALUES (OLD."code", OLD."counts_as_shared_time", OLD."explanation", OLD."is_active", OLD."minutes", OLD."name", OLD."needs_chair", OLD."needs_recorder", OLD."needs_timekeeper", _pgh_attach_context(), NOW(), \'delete\', OLD."code", OLD."position", OLD."uses_child_view", OLD."uses_dialogue", OLD."uses_influence", OLD."uses_notes", OLD."uses_plan", OLD."uses_star", OLD."version"); RETURN NULL;',
                                    hash="23b267e34ac758e3d474cdbeee913fa98c5e4eba",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_84859",
                                    table="meetings_kind",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedbackReceipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("family", "perhe"), ("professional", "ammattilaiset")],
                                max_length=12,
                            ),
                        ),
                        ("is_answered", models.BooleanField(default=False)),
                        (
                            "link",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="perhekeskus.accesslink",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback_receipts",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "outside_professional",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.outsideprofessional",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("outside_professional", None), ("side", "family"), ("worker", None)
                                    ),
                                    models.Q(
                                        ("outside_professional", None),
                                        ("side", "professional"),
                                        ("worker__isnull", False),
                                    ),
                                    models.Q(
                                        ("outside_professional__isnull", False),
                                        ("side", "professional"),
                                        ("worker", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="feedback_receipt_of_one",
                                violation_error_message="Palautetta kysytään perheeltä tai yhdeltä ammattilaiselta.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("side", "family")),
                                fields=("meeting",),
                                name="feedback_receipt_family_once",
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "worker"), name="feedback_receipt_worker_once"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "outside_professional"),
                                name="feedback_receipt_outside_once",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="feedback_receipt_answered_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."is_answered")',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Palaute on jo annettu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'feedback_receipt_answered_stays';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="e6c6f2e74026d4d5c649d74cb24b1b215bf79d0e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_feedback_receipt_answered_stays_35f73",
                                    table="meetings_feedbackreceipt",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedbackAnswer",
                    fields=[
                        (
                            "key",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("family", "perhe"), ("professional", "ammattilaiset")],
                                max_length=12,
                            ),
                        ),
                        (
                            "first",
                            models.CharField(
                                choices=[("yes", "kyllä"), ("partly", "osittain"), ("no", "ei")], max_length=6
                            ),
                        ),
                        (
                            "second",
                            models.CharField(
                                choices=[("yes", "kyllä"), ("partly", "osittain"), ("no", "ei")], max_length=6
                            ),
                        ),
                        (
                            "third",
                            models.CharField(
                                choices=[("yes", "kyllä"), ("partly", "osittain"), ("no", "ei")], max_length=6
                            ),
                        ),
                        ("words", models.TextField(blank=True, max_length=500)),
                        ("holder_may_read", models.BooleanField(default=False)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback_answers",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["key"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first__in", ["yes", "partly", "no"]),
                                    ("second__in", ["yes", "partly", "no"]),
                                    ("third__in", ["yes", "partly", "no"]),
                                ),
                                name="feedback_answer_has_steps",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("words", ""),
                                    ("side", "professional"),
                                    ("holder_may_read", True),
                                    _connector="OR",
                                ),
                                name="feedback_words_may_be_read",
                                violation_error_message="Terveisiä, joita kukaan ei saa lukea, ei säilytetä.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="feedback_answer_unchanged",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (TRUE)",
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Annettu palaute ei muutu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'feedback_answer_unchanged';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="f75ec7fe288ff266e947fbba3cac4e2d2078095e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_feedback_answer_unchanged_25e23",
                                    table="meetings_feedbackanswer",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="feedback_answer_of_asked",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    -- Those who answer of one meeting at the same moment come one after the other.\n                    PERFORM pg_advisory_xact_lock(hashtextextended('feedback:' || NEW.meeting_id, 0));\n                    IF (SELECT count(*) FROM meetings_feedbackanswer\n                        WHERE meeting_id = NEW.meeting_id AND side = NEW.side)\n                       >= (SELECT count(*) FROM meetings_feedbackreceipt\n                           WHERE meeting_id = NEW.meeting_id AND side = NEW.side AND is_answered) THEN\n                        RAISE EXCEPTION 'Palautetta antaa vain se, jolta sitä on kysytty, ja vain kerran.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'feedback_answer_of_asked';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="34aec89f244751e52fcfa21d638bd3c74dec1146",
                                    operation="INSERT",
                                    pgid="pgtrigger_feedback_answer_of_asked_1d889",
                                    table="meetings_feedbackanswer",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="feedback_answers_mixed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE given meetings_feedbackanswer[];",
                                    func="\n                    IF pg_trigger_depth() > 1 THEN\n                        RETURN NULL;\n                    END IF;\n                    SELECT array_agg(answer ORDER BY answer.key) INTO given\n                        FROM meetings_feedbackanswer answer\n                        WHERE meeting_id = NEW.meeting_id AND side = NEW.side;\n                    DELETE FROM meetings_feedbackanswer\n                        WHERE meeting_id = NEW.meeting_id AND side = NEW.side;\n                    INSERT INTO meetings_feedbackanswer SELECT * FROM unnest(given);\n                    RETURN NULL;\n                ",
                                    hash="2268f09f8446ef5e24e9e9da4ad7cd57c365d385",
                                    operation="INSERT",
                                    pgid="pgtrigger_feedback_answers_mixed_11a4b",
                                    table="meetings_feedbackanswer",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="järjestys")),
                        ("title", models.CharField(max_length=120, verbose_name="mitä tehdään")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minuutteja")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="agenda_items",
                                to="meetings.topic",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["meeting", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("meeting", "position"),
                                name="agenda_position_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (1, 480))),
                                name="agenda_takes_time",
                                violation_error_message="Asialistan kohta kestää ainakin minuutin.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="agenda_topic_of_meeting",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."topic_id" IS NOT NULL)',
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM meetings_topic WHERE id = NEW.topic_id AND meeting_id = NEW.meeting_id\n                    ) THEN\n                        RAISE EXCEPTION 'Aihe on toisesta tapaamisesta.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'agenda_topic_of_meeting';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="143a203886b779663a396a6419754994ba5c506e",
                                    operation='INSERT OR UPDATE OF "topic_id", "meeting_id"',
                                    pgid="pgtrigger_agenda_topic_of_meeting_c2a07",
                                    table="meetings_agendaitem",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_agendaitemevent" ("id", "meeting_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "topic_id") VALUES (NEW."id", NEW."meeting_id", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."title", NEW."topic_id"); RETURN NULL;',
                                    hash="57852dea68d5f6e180ae826adb6b26f64adbcfab",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f98e2",
                                    table="meetings_agendaitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_agendaitemevent" ("id", "meeting_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "topic_id") VALUES (NEW."id", NEW."meeting_id", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."title", NEW."topic_id"); RETURN NULL;',
                                    hash="822c99967052dfa65090530022e0f0f50b3b45f8",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ca6ee",
                                    table="meetings_agendaitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_agendaitemevent" ("id", "meeting_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "topic_id") VALUES (OLD."id", OLD."meeting_id", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."title", OLD."topic_id"); RETURN NULL;',
                                    hash="186d73886f73aea9f673a0b4227dd1e561f9ce2b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_2c12a",
                                    table="meetings_agendaitem",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(verbose_name="järjestys")),
                        ("title", models.CharField(max_length=120, verbose_name="mitä tehdään")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minuutteja")),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.agendaitem",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.topic",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="1b8de708c8bd890b145ba1a7c1536a2aac70cd27",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6ea58",
                                    table="meetings_agendaitemevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Errand",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="mitä hoidetaan")),
                        ("by_family", models.BooleanField(default=False, verbose_name="perhe hoitaa")),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="errands",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "title"),
                                name="errand_once",
                                violation_error_message="Tämä on jo muistilistalla.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by_family", False), ("worker__isnull", True), _connector="OR"
                                ),
                                name="errand_of_one",
                                violation_error_message="Asian hoitaa perhe tai työntekijä, ei molempia.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="errand_done_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_errandevent" ("by_family", "done_at", "done_by_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "worker_id") VALUES (NEW."by_family", NEW."done_at", NEW."done_by_id", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."worker_id"); RETURN NULL;',
                                    hash="0b4aebfc9ee23e832ac64ddcf751bcc5fae21eda",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d55f0",
                                    table="meetings_errand",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_errandevent" ("by_family", "done_at", "done_by_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "worker_id") VALUES (NEW."by_family", NEW."done_at", NEW."done_by_id", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."worker_id"); RETURN NULL;',
                                    hash="3fb7bb803dd0860e4d967024ea9800cef0b574c1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_991c4",
                                    table="meetings_errand",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_errandevent" ("by_family", "done_at", "done_by_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "worker_id") VALUES (OLD."by_family", OLD."done_at", OLD."done_by_id", OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."worker_id"); RETURN NULL;',
                                    hash="6ef507a4d91b8519f2d3c2ad3ff9b9e2e8478365",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_04462",
                                    table="meetings_errand",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ErrandEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=120, verbose_name="mitä hoidetaan")),
                        ("by_family", models.BooleanField(default=False, verbose_name="perhe hoitaa")),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.errand",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="74cb94c3ebd473afe0812b65f01ec20019413d3e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9a77c",
                                    table="meetings_errandevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preparation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("goal", models.TextField(blank=True, verbose_name="mihin pyritään")),
                        ("means", models.TextField(blank=True, verbose_name="keinot")),
                        ("division", models.TextField(blank=True, verbose_name="työnjako")),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="istumapaikkoja"
                            ),
                        ),
                        ("coffee", models.BooleanField(default=False, verbose_name="kahvia ja mehua")),
                        ("toys", models.BooleanField(default=False, verbose_name="leluja lapsille")),
                        (
                            "access_needs",
                            models.CharField(blank=True, max_length=300, verbose_name="esteettömyys"),
                        ),
                        (
                            "interpreter",
                            models.CharField(blank=True, max_length=60, verbose_name="tulkkauksen kieli"),
                        ),
                        (
                            "interpreter_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("needed", "tilaamatta"),
                                    ("ordered", "tilattu"),
                                    ("confirmed", "varmistettu"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "child_care",
                            models.CharField(blank=True, max_length=300, verbose_name="lastenhoito"),
                        ),
                        ("other", models.CharField(blank=True, max_length=500, verbose_name="muuta")),
                        ("wishes", models.TextField(blank=True, verbose_name="perheen toiveet")),
                        ("wishes_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "consulting",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="meetings.participation",
                                verbose_name="antavat neuvoja",
                            ),
                        ),
                        (
                            "leading_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.unit",
                                verbose_name="vetovastuu",
                            ),
                        ),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="preparation",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "family_asked",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=500,
                                verbose_name="mitä perhe voi miettiä etukäteen",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("interpreter", ""), ("interpreter_state", "")),
                                    models.Q(
                                        models.Q(("interpreter", ""), _negated=True),
                                        models.Q(("interpreter_state", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="preparation_interpreter_has_state",
                                violation_error_message="Tulkista kirjataan kieli ja onko hänet tilattu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("wishes", ""), ("wishes_at__isnull", False), _connector="OR"
                                ),
                                name="preparation_wishes_have_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_preparationevent" ("access_needs", "child_care", "coffee", "division", "family_asked", "goal", "id", "interpreter", "interpreter_state", "leading_unit_id", "means", "meeting_id", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seats", "toys", "wishes", "wishes_at") VALUES (NEW."access_needs", NEW."child_care", NEW."coffee", NEW."division", NEW."family_asked", NEW."goal", NEW."id", NEW."interpreter", NEW."interpreter_state", NEW."leading_unit_id", NEW."means", NEW."meeting_id", NEW."other", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seats", NEW."toys", NEW."wishes", NEW."wishes_at"); RETURN NULL;',
                                    hash="0977a36321dce4d44280dcbc96c483b5cd93fdb6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_77dcb",
                                    table="meetings_preparation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_preparationevent" ("access_needs", "child_care", "coffee", "division", "family_asked", "goal", "id", "interpreter", "interpreter_state", "leading_unit_id", "means", "meeting_id", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seats", "toys", "wishes", "wishes_at") VALUES (NEW."access_needs", NEW."child_care", NEW."coffee", NEW."division", NEW."family_asked", NEW."goal", NEW."id", NEW."interpreter", NEW."interpreter_state", NEW."leading_unit_id", NEW."means", NEW."meeting_id", NEW."other", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seats", NEW."toys", NEW."wishes", NEW."wishes_at"); RETURN NULL;',
                                    hash="96d2999322a413ebcdfe7f1c5033673b4a3cff23",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6c542",
                                    table="meetings_preparation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_preparationevent" ("access_needs", "child_care", "coffee", "division", "family_asked", "goal", "id", "interpreter", "interpreter_state", "leading_unit_id", "means", "meeting_id", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seats", "toys", "wishes", "wishes_at") VALUES (OLD."access_needs", OLD."child_care", OLD."coffee", OLD."division", OLD."family_asked", OLD."goal", OLD."id", OLD."interpreter", OLD."interpreter_state", OLD."leading_unit_id", OLD."means", OLD."meeting_id", OLD."other", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seats", OLD."toys", OLD."wishes", OLD."wishes_at"); RETURN NULL;',
                                    hash="b8c9b1483cf9f95cd604c5c9a2b7d9a23e67f786",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a9bd3",
                                    table="meetings_preparation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PreparationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("goal", models.TextField(blank=True, verbose_name="mihin pyritään")),
                        ("means", models.TextField(blank=True, verbose_name="keinot")),
                        ("division", models.TextField(blank=True, verbose_name="työnjako")),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="istumapaikkoja"
                            ),
                        ),
                        ("coffee", models.BooleanField(default=False, verbose_name="kahvia ja mehua")),
                        ("toys", models.BooleanField(default=False, verbose_name="leluja lapsille")),
                        (
                            "access_needs",
                            models.CharField(blank=True, max_length=300, verbose_name="esteettömyys"),
                        ),
                        (
                            "interpreter",
                            models.CharField(blank=True, max_length=60, verbose_name="tulkkauksen kieli"),
                        ),
                        (
                            "interpreter_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("needed", "tilaamatta"),
                                    ("ordered", "tilattu"),
                                    ("confirmed", "varmistettu"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "child_care",
                            models.CharField(blank=True, max_length=300, verbose_name="lastenhoito"),
                        ),
                        ("other", models.CharField(blank=True, max_length=500, verbose_name="muuta")),
                        ("wishes", models.TextField(blank=True, verbose_name="perheen toiveet")),
                        ("wishes_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "leading_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.unit",
                                verbose_name="vetovastuu",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.preparation",
                            ),
                        ),
                        (
                            "family_asked",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=500,
                                verbose_name="mitä perhe voi miettiä etukäteen",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9ac41561c37e1bef32e3bf85d8a003cc81fd33cc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4f03b",
                                    table="meetings_preparationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DialogueAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "question",
                            models.CharField(
                                choices=[
                                    ("now", "Miten asiat ovat nyt, kun ne ovat hyvin?"),
                                    ("helped", "Mikä auttoi?"),
                                    ("did", "Mitä itse teit?"),
                                    ("worried", "Mikä huolestutti?"),
                                    ("eased", "Mikä huolta helpotti?"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("text", models.TextField(blank=True, max_length=3000)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "turn",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="meetings.dialogueturn",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["turn", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("turn", "question"), name="dialogue_answer_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_dialogueanswerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "text", "turn_id", "version") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question", NEW."text", NEW."turn_id", NEW."version"); RETURN NULL;',
                                    hash="17ccc543cd60230fe0f27a8de3c82003e41713a7",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_52c7b",
                                    table="meetings_dialogueanswer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_dialogueanswerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "text", "turn_id", "version") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question", NEW."text", NEW."turn_id", NEW."version"); RETURN NULL;',
                                    hash="99ce9f9a652908cf3f14aef28771a8d4c5241323",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_99c30",
                                    table="meetings_dialogueanswer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_dialogueanswerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "text", "turn_id", "version") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."question", OLD."text", OLD."turn_id", OLD."version"); RETURN NULL;',
                                    hash="b2bfbee68faf0c419f3c63c3f50a5e7e8306965e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_50394",
                                    table="meetings_dialogueanswer",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dialogue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("future_on", models.DateField(verbose_name="mihin päivään katsotaan")),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(default=10, verbose_name="minuutteja kullekin"),
                        ),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dialogue",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("begun_at__isnull", True), ("begun_by__isnull", True)),
                                    models.Q(("begun_at__isnull", False), ("begun_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="dialogue_begun_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (1, 60))),
                                name="dialogue_minutes_sensible",
                                violation_error_message="Aikaa on kullekin 1–60 minuuttia.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_dialogueevent" ("begun_at", "begun_by_id", "future_on", "id", "meeting_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."begun_at", NEW."begun_by_id", NEW."future_on", NEW."id", NEW."meeting_id", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="2b1e574d385543036ee9d9778c9aa77b19e325fd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_65b48",
                                    table="meetings_dialogue",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_dialogueevent" ("begun_at", "begun_by_id", "future_on", "id", "meeting_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."begun_at", NEW."begun_by_id", NEW."future_on", NEW."id", NEW."meeting_id", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="d82a055222f59fe26b23f07b699a0c1196c3647f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_8fcb2",
                                    table="meetings_dialogue",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_dialogueevent" ("begun_at", "begun_by_id", "future_on", "id", "meeting_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."begun_at", OLD."begun_by_id", OLD."future_on", OLD."id", OLD."meeting_id", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="96c617625122573f9ca519d215ab61db40572709",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a86b2",
                                    table="meetings_dialogue",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DialogueEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("future_on", models.DateField(verbose_name="mihin päivään katsotaan")),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(default=10, verbose_name="minuutteja kullekin"),
                        ),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "begun_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.dialogue",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="60cef9bdf8d80c5e02c967678a81df7e454800ee",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_e97be",
                                    table="meetings_dialogueevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DialogueTurn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("is_skipped", models.BooleanField(default=False)),
                        (
                            "dialogue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="turns",
                                to="meetings.dialogue",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="network.familymember",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="meetings.participation",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("member__isnull", False),
                                        ("participation__isnull", True),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("member__isnull", True),
                                        ("participation__isnull", False),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("member__isnull", True),
                                        ("participation__isnull", True),
                                        ("worker__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="dialogue_turn_of_one",
                                violation_error_message="Vuoro on yhden ihmisen.",
                            ),
                            models.UniqueConstraint(
                                fields=("dialogue", "member"), name="dialogue_turn_member_once"
                            ),
                            models.UniqueConstraint(
                                fields=("dialogue", "participation"), name="dialogue_turn_participation_once"
                            ),
                            models.UniqueConstraint(
                                fields=("dialogue", "worker"), name="dialogue_turn_worker_once"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="dialogue_turn_of_this_meeting",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM meetings_dialogue dialogue\n                        JOIN meetings_meeting meeting ON meeting.id = dialogue.meeting_id\n                        JOIN meetings_situation situation ON situation.id = meeting.situation_id\n                        WHERE dialogue.id = NEW.dialogue_id AND (\n                            EXISTS (SELECT FROM network_familymember\n                                    WHERE id = NEW.member_id AND family_id = situation.family_id)\n                            OR EXISTS (SELECT FROM meetings_participation\n                                       WHERE id = NEW.participation_id AND meeting_id = meeting.id\n                                         AND decision = 'yes' AND member_id IS NULL)\n                            OR NEW.worker_id = meeting.convener_id)\n                    ) THEN\n                        RAISE EXCEPTION 'Vuoron saa vain tässä tapaamisessa mukana oleva.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'dialogue_turn_of_this_meeting';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="dbe57f588cb700274574fd0c003493ef4a6bb0eb",
                                    operation='INSERT OR UPDATE OF "dialogue_id", "member_id", "participation_id", "worker_id"',
                                    pgid="pgtrigger_dialogue_turn_of_this_meeting_39cd5",
                                    table="meetings_dialogueturn",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_dialogueturnevent" ("dialogue_id", "id", "is_skipped", "member_id", "participation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "worker_id") VALUES (NEW."dialogue_id", NEW."id", NEW."is_skipped", NEW."member_id", NEW."participation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."worker_id"); RETURN NULL;',
                                    hash="15d692833f2ab475221965af18ceee9bd32a9687",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_48ac3",
                                    table="meetings_dialogueturn",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_dialogueturnevent" ("dialogue_id", "id", "is_skipped", "member_id", "participation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "worker_id") VALUES (NEW."dialogue_id", NEW."id", NEW."is_skipped", NEW."member_id", NEW."participation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."worker_id"); RETURN NULL;',
                                    hash="69e3b12ae4e705e5533a0d2874bdb69f840ca66f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_53c13",
                                    table="meetings_dialogueturn",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_dialogueturnevent" ("dialogue_id", "id", "is_skipped", "member_id", "participation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "worker_id") VALUES (OLD."dialogue_id", OLD."id", OLD."is_skipped", OLD."member_id", OLD."participation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."worker_id"); RETURN NULL;',
                                    hash="beddc30d61fa5293ce08cbe40e2a36914f9afc0f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_245b2",
                                    table="meetings_dialogueturn",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DialogueAnswerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "question",
                            models.CharField(
                                choices=[
                                    ("now", "Miten asiat ovat nyt, kun ne ovat hyvin?"),
                                    ("helped", "Mikä auttoi?"),
                                    ("did", "Mitä itse teit?"),
                                    ("worried", "Mikä huolestutti?"),
                                    ("eased", "Mikä huolta helpotti?"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("text", models.TextField(blank=True, max_length=3000)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.dialogueanswer",
                            ),
                        ),
                        (
                            "turn",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.dialogueturn",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="26523dcb4b164349e1892737ae5beef19e9541c6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_958a9",
                                    table="meetings_dialogueanswerevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DialogueTurnEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        ("is_skipped", models.BooleanField(default=False)),
                        (
                            "dialogue",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.dialogue",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.familymember",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.participation",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.dialogueturn",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b631627e30c388517fa30e4daa19f7393fcb019f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_0cfbb",
                                    table="meetings_dialogueturnevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("close_worker", "lähityöntekijä otti puheeksi"),
                                    ("phone", "perhe soitti ohjaus- ja neuvontapalveluun"),
                                    ("electronic", "perhe otti yhteyttä verkossa"),
                                    ("outreach", "jalkautuva työntekijä kohtasi perheen"),
                                    ("colleague", "työkaveri kysyi neuvoa"),
                                ],
                                max_length=12,
                                verbose_name="miten otettiin yhteyttä",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="nimi")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="puhelin"
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="sähköposti")),
                        (
                            "reach",
                            models.CharField(
                                choices=[
                                    ("phone", "Soita minulle"),
                                    ("sms", "Lähetä tekstiviesti, kun vastaus on luettavissa"),
                                    ("email", "Lähetä sähköposti, kun vastaus on luettavissa"),
                                    ("page", "Luen vastauksen verkosta koodilla"),
                                ],
                                default="phone",
                                max_length=5,
                                verbose_name="miten vastataan",
                            ),
                        ),
                        (
                            "when_to_reach",
                            models.CharField(blank=True, max_length=200, verbose_name="milloin tavoittaa"),
                        ),
                        ("words", models.TextField(max_length=3000, verbose_name="perheen sanoin")),
                        (
                            "children_ages",
                            models.CharField(blank=True, max_length=100, verbose_name="lasten iät"),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "suomi"), ("sv", "ruotsi"), ("en", "englanti")],
                                default="fi",
                                max_length=2,
                            ),
                        ),
                        ("interpreter", models.CharField(blank=True, max_length=60, verbose_name="tulkkaus")),
                        ("address_protected", models.BooleanField(default=False, verbose_name="turvakielto")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "odottaa vastaajaa"),
                                    ("picked_up", "vastaaja on löytynyt"),
                                    ("answered", "vastattu"),
                                    ("closed", "käsitelty"),
                                    ("withdrawn", "perhe perui"),
                                ],
                                default="received",
                                max_length=10,
                            ),
                        ),
                        ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("picked_up_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("situation", "avattiin perheen tilanne"),
                                    ("guidance", "ohjaus riitti"),
                                    ("unreached", "perhettä ei tavoitettu"),
                                    ("not_ours", "asia kuului muualle"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("waits_since", models.DateTimeField(default=django.utils.timezone.now)),
                        ("urgent_at", models.DateTimeField()),
                        ("answer_by", models.DateTimeField()),
                        ("supervisor_at", models.DateTimeField()),
                        ("told_unit_at", models.DateTimeField(blank=True, null=True)),
                        ("told_supervisor_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "wants_confirmation",
                            models.BooleanField(default=False, verbose_name="vahvistus lähetetään"),
                        ),
                        ("nonce", models.UUIDField(blank=True, editable=False, null=True)),
                        (
                            "code_hash",
                            models.CharField(
                                blank=True, editable=False, max_length=64, null=True, unique=True
                            ),
                        ),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="network.municipality",
                                verbose_name="kunta",
                            ),
                        ),
                        (
                            "picked_up_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts_picked_up",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "situation",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact",
                                to="meetings.situation",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="network.unit",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts_written",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["received_at", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status__in", ["received", "picked_up"])),
                                fields=["unit", "waits_since"],
                                name="contact_unanswered_of_unit",
                            ),
                            models.Index(
                                condition=models.Q(("status__in", ["received", "picked_up"])),
                                fields=["answer_by"],
                                name="contact_unanswered_by",
                            ),
                            models.Index(fields=["picked_up_by"], name="contact_of_worker"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ["electronic", "phone", "outreach"])),
                                name="contact_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="contact_has_words"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reach__in", ["phone", "sms"]), _negated=True),
                                    models.Q(("phone", ""), _negated=True),
                                    models.Q(("way", "electronic"), _negated=True),
                                    _connector="OR",
                                ),
                                name="contact_phone_when_used",
                                violation_error_message="Kirjoita puhelinnumero, niin tavoitamme sinut.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reach", "email"), _negated=True),
                                    models.Q(("email", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="contact_email_when_used",
                                violation_error_message="Kirjoita sähköpostiosoite, niin tavoitamme sinut.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("picked_up_at__isnull", True), ("picked_up_by__isnull", True)),
                                    models.Q(
                                        ("picked_up_at__isnull", False), ("picked_up_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_picked_up_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contact_closed_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code_hash__isnull", True), ("nonce__isnull", True)),
                                    models.Q(("code_hash__isnull", False), ("nonce__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contact_code_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("picked_up_by__isnull", True), ("status", "received")),
                                    ("status", "withdrawn"),
                                    models.Q(
                                        ("picked_up_by__isnull", False),
                                        ("status__in", ["picked_up", "answered", "closed"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_picked_up_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "answered"), _negated=True),
                                    ("answered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="contact_answered_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("status", "closed"),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("status", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                        ("result", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_closed_says_how",
                                violation_error_message="Käsitellystä yhteydenotosta kirjataan, mitä siitä seurasi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", "situation"), ("situation__isnull", False)),
                                    models.Q(
                                        models.Q(("result", "situation"), _negated=True),
                                        ("situation__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_situation_when_opened",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("waits_since__lte", models.F("urgent_at")),
                                    ("urgent_at__lte", models.F("answer_by")),
                                    ("answer_by__lte", models.F("supervisor_at")),
                                ),
                                name="contact_clock_in_order",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="contact_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.status IS DISTINCT FROM OLD.status AND NOT ((OLD.status = 'received' AND NEW.status = 'picked_up') OR (OLD.status = 'received' AND NEW.status = 'withdrawn') OR (OLD.status = 'picked_up' AND NEW.status = 'answered') OR (OLD.status = 'picked_up' AND NEW.status = 'closed') OR (OLD.status = 'picked_up' AND NEW.status = 'received') OR (OLD.status = 'picked_up' AND NEW.status = 'withdrawn') OR (OLD.status = 'answered' AND NEW.status = 'closed') OR (OLD.status = 'answered' AND NEW.status = 'picked_up') OR (OLD.status = 'answered' AND NEW.status = 'withdrawn')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.status, NEW.status\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="0ef15880b845804d3648dbc33175f7cbb896cc04",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_contact_moves_2870d",
                                    table="meetings_contact",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="contact_words_stay",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at"))',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Perheen sanoja ei muuteta.' USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_words_stay';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="e6867e5bd6faa9fc2cd4bd11720fc639222d751d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_contact_words_stay_f3ac5",
                                    table="meetings_contact",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_contactevent" ("address_protected", "answer_by", "answered_at", "children_ages", "closed_at", "closed_by_id", "email", "form_key", "id", "interpreter", "language", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "picked_up_at", "picked_up_by_id", "reach", "received_at", "result", "situation_id", "status", "supervisor_at", "told_supervisor_at", "told_unit_at", "unit_id", "urgent_at", "waits_since", "wants_confirmation", "way", "when_to_reach", "words", "written_by_id") VALUES (NEW."address_protected", NEW."answer_by", NEW."answered_at", NEW."children_ages", NEW."closed_at", NEW."closed_by_id", NEW."email", NEW."form_key", NEW."id", NEW."interpreter", NEW."language", NEW."municipality_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."picked_up_at", NEW."picked_up_by_id", NEW."reach", NEW."received_at", NEW."result", NEW."situation_id", NEW."status", NEW."supervisor_at", NEW."told_supervisor_at", NEW."told_unit_at", NEW."unit_id", NEW."urgent_at", NEW."waits_since", NEW."wants_confirmation", NEW."way", NEW."when_to_reach", NEW."words", NEW."written_by_id"); RETURN NULL;',
                                    hash="b18dff28454d1b0453cfb7443c20f4fde20e327b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_958d9",
                                    table="meetings_contact",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."address_protected" IS DISTINCT FROM (NEW."address_protected") OR OLD."answer_by" IS DISTINCT FROM (NEW."answer_by") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."children_ages" IS DISTINCT FROM (NEW."children_ages") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interpreter" IS DISTINCT FROM (NEW."interpreter") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."picked_up_at" IS DISTINCT FROM (NEW."picked_up_at") OR OLD."picked_up_by_id" IS DISTINCT FROM (NEW."picked_up_by_id") OR OLD."reach" IS DISTINCT FROM (NEW."reach") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."situation_id" IS DISTINCT FROM (NEW."situation_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."supervisor_at" IS DISTINCT FROM (NEW."supervisor_at") OR OLD."told_supervisor_at" IS DISTINCT FROM (NEW."told_supervisor_at") OR OLD."told_unit_at" IS DISTINCT FROM (NEW."told_unit_at") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."urgent_at" IS DISTINCT FROM (NEW."urgent_at") OR OLD."waits_since" IS DISTINCT FROM (NEW."waits_since") OR OLD."wants_confirmation" IS DISTINCT FROM (NEW."wants_confirmation") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."when_to_reach" IS DISTINCT FROM (NEW."when_to_reach") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id"))',
                                    func='INSERT INTO "meetings_contactevent" ("address_protected", "answer_by", "answered_at", "children_ages", "closed_at", "closed_by_id", "email", "form_key", "id", "interpreter", "language", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "picked_up_at", "picked_up_by_id", "reach", "received_at", "result", "situation_id", "status", "supervisor_at", "told_supervisor_at", "told_unit_at", "unit_id", "urgent_at", "waits_since", "wants_confirmation", "way", "when_to_reach", "words", "written_by_id") VALUES (NEW."address_protected", NEW."answer_by", NEW."answered_at", NEW."children_ages", NEW."closed_at", NEW."closed_by_id", NEW."email", NEW."form_key", NEW."id", NEW."interpreter", NEW."language", NEW."municipality_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."picked_up_at", NEW."picked_up_by_id", NEW."reach", NEW."received_at", NEW."result", NEW."situation_id", NEW."status", NEW."supervisor_at", NEW."told_supervisor_at", NEW."told_unit_at", NEW."unit_id", NEW."urgent_at", NEW."waits_since", NEW."wants_confirmation", NEW."way", NEW."when_to_reach", NEW."words", NEW."written_by_id"); RETURN NULL;',
                                    hash="0b4fa85f86a2b2ea12d62d768948c5c1e7eefe2e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_179ed",
                                    table="meetings_contact",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_contactevent" ("address_protected", "answer_by", "answered_at", "children_ages", "closed_at", "closed_by_id", "email", "form_key", "id", "interpreter", "language", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "picked_up_at", "picked_up_by_id", "reach", "received_at", "result", "situation_id", "status", "supervisor_at", "told_supervisor_at", "told_unit_at", "unit_id", "urgent_at", "waits_since", "wants_confirmation", "way", "when_to_reach", "words", "written_by_id") VALUES (OLD."address_protected", OLD."answer_by", OLD."answered_at", OLD."children_ages", OLD."closed_at", OLD."closed_by_id", OLD."email", OLD."form_key", OLD."id", OLD."interpreter", OLD."language", OLD."municipality_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."picked_up_at", OLD."picked_up_by_id", OLD."reach", OLD."received_at", OLD."result", OLD."situation_id", OLD."status", OLD."supervisor_at", OLD."told_supervisor_at", OLD."told_unit_at", OLD."unit_id", OLD."urgent_at", OLD."waits_since", OLD."wants_confirmation", OLD."way", OLD."when_to_reach", OLD."words", OLD."written_by_id"); RETURN NULL;',
                                    hash="a91d6558e75c2246e83d6a2778975543df570ad2",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_02ead",
                                    table="meetings_contact",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("close_worker", "lähityöntekijä otti puheeksi"),
                                    ("phone", "perhe soitti ohjaus- ja neuvontapalveluun"),
                                    ("electronic", "perhe otti yhteyttä verkossa"),
                                    ("outreach", "jalkautuva työntekijä kohtasi perheen"),
                                    ("colleague", "työkaveri kysyi neuvoa"),
                                ],
                                max_length=12,
                                verbose_name="miten otettiin yhteyttä",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="nimi")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="puhelin"
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="sähköposti")),
                        (
                            "reach",
                            models.CharField(
                                choices=[
                                    ("phone", "Soita minulle"),
                                    ("sms", "Lähetä tekstiviesti, kun vastaus on luettavissa"),
                                    ("email", "Lähetä sähköposti, kun vastaus on luettavissa"),
                                    ("page", "Luen vastauksen verkosta koodilla"),
                                ],
                                default="phone",
                                max_length=5,
                                verbose_name="miten vastataan",
                            ),
                        ),
                        (
                            "when_to_reach",
                            models.CharField(blank=True, max_length=200, verbose_name="milloin tavoittaa"),
                        ),
                        ("words", models.TextField(max_length=3000, verbose_name="perheen sanoin")),
                        (
                            "children_ages",
                            models.CharField(blank=True, max_length=100, verbose_name="lasten iät"),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "suomi"), ("sv", "ruotsi"), ("en", "englanti")],
                                default="fi",
                                max_length=2,
                            ),
                        ),
                        ("interpreter", models.CharField(blank=True, max_length=60, verbose_name="tulkkaus")),
                        ("address_protected", models.BooleanField(default=False, verbose_name="turvakielto")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "odottaa vastaajaa"),
                                    ("picked_up", "vastaaja on löytynyt"),
                                    ("answered", "vastattu"),
                                    ("closed", "käsitelty"),
                                    ("withdrawn", "perhe perui"),
                                ],
                                default="received",
                                max_length=10,
                            ),
                        ),
                        ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("picked_up_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("situation", "avattiin perheen tilanne"),
                                    ("guidance", "ohjaus riitti"),
                                    ("unreached", "perhettä ei tavoitettu"),
                                    ("not_ours", "asia kuului muualle"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("waits_since", models.DateTimeField(default=django.utils.timezone.now)),
                        ("urgent_at", models.DateTimeField()),
                        ("answer_by", models.DateTimeField()),
                        ("supervisor_at", models.DateTimeField()),
                        ("told_unit_at", models.DateTimeField(blank=True, null=True)),
                        ("told_supervisor_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "wants_confirmation",
                            models.BooleanField(default=False, verbose_name="vahvistus lähetetään"),
                        ),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.municipality",
                                verbose_name="kunta",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.contact",
                            ),
                        ),
                        (
                            "picked_up_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.situation",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.unit",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="370b051b1f53dbf2292e57dea12e74d5835cbbe2",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2059b",
                                    table="meetings_contactevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=3000, verbose_name="viesti")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="meetings.contact",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="contactmessage_has_words",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="contactmessage_append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ec3f1002c9908267d9bc6233ed96645d46252c69",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_contactmessage_append_only_ee10d",
                                    table="meetings_contactmessage",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("close_worker", "lähityöntekijä otti puheeksi"),
                                    ("phone", "perhe soitti ohjaus- ja neuvontapalveluun"),
                                    ("electronic", "perhe otti yhteyttä verkossa"),
                                    ("outreach", "jalkautuva työntekijä kohtasi perheen"),
                                    ("colleague", "työkaveri kysyi neuvoa"),
                                ],
                                default="phone",
                                max_length=12,
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("name", models.CharField(blank=True, max_length=100)),
                        ("words", models.TextField(blank=True, max_length=3000)),
                        ("children_ages", models.CharField(blank=True, max_length=100)),
                        ("interpreter", models.CharField(blank=True, max_length=60)),
                        ("when_to_reach", models.CharField(blank=True, max_length=200)),
                        ("address_protected", models.BooleanField(default=False)),
                        ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("form_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "municipality",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.municipality",
                            ),
                        ),
                        (
                            "writer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="call_drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-saved_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ["phone", "outreach"])), name="calldraft_way"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalkHelper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="helpers",
                                to="meetings.conversation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="network.closeperson",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["person__name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("conversation", "person"), name="talk_helper_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="talk_helper_of_own_family",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM meetings_conversation talk\n                        JOIN meetings_situation situation ON situation.id = talk.situation_id\n                        JOIN network_closeperson person ON person.family_id = situation.family_id\n                        WHERE talk.id = NEW.conversation_id AND person.id = NEW.person_id\n                    ) THEN\n                        RAISE EXCEPTION 'Hän on toisen perheen läheinen.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'talk_helper_of_own_family';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="64a3c1c103dbac72b37fef370309422f99d786d0",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_talk_helper_of_own_family_3417f",
                                    table="meetings_talkhelper",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalkPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("home", "Kotona"),
                                    ("day", "Päiväkodissa tai koulussa"),
                                    ("free_time", "Vapaa-ajalla ja ystävien kanssa"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("goes_well", models.TextField(blank=True, verbose_name="mikä sujuu")),
                        ("needs_support", models.TextField(blank=True, verbose_name="missä tarvitaan tukea")),
                        ("agreed", models.TextField(blank=True, verbose_name="mitä sovitte")),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="meetings.conversation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["conversation", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("conversation", "place"), name="talk_part_place_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="talk_part_of_lapset_puheeksi",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NOT EXISTS (SELECT FROM meetings_conversation\n                                   WHERE id = NEW.conversation_id AND kind = 'lapset_puheeksi') THEN\n                        RAISE EXCEPTION 'Nämä osat kuuluvat Lapset puheeksi -keskusteluun.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'talk_part_of_lapset_puheeksi';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="69cd26d02912060625a3e221613e5451499f8800",
                                    operation='INSERT OR UPDATE OF "conversation_id"',
                                    pgid="pgtrigger_talk_part_of_lapset_puheeksi_8bf7c",
                                    table="meetings_talkpart",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_talkpartevent" ("agreed", "conversation_id", "goes_well", "id", "needs_support", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") VALUES (NEW."agreed", NEW."conversation_id", NEW."goes_well", NEW."id", NEW."needs_support", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place"); RETURN NULL;',
                                    hash="db5fd9fdefaf1563438aee9607feec3acd14c5cc",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_49c78",
                                    table="meetings_talkpart",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_talkpartevent" ("agreed", "conversation_id", "goes_well", "id", "needs_support", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") VALUES (NEW."agreed", NEW."conversation_id", NEW."goes_well", NEW."id", NEW."needs_support", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place"); RETURN NULL;',
                                    hash="13bc8bd2d19f9c18bc11fce81aec5fa093a2a886",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_92a06",
                                    table="meetings_talkpart",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_talkpartevent" ("agreed", "conversation_id", "goes_well", "id", "needs_support", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") VALUES (OLD."agreed", OLD."conversation_id", OLD."goes_well", OLD."id", OLD."needs_support", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place"); RETURN NULL;',
                                    hash="6f83f84e5f2252023e5d7de7cbeed3f1e4748046",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_c6062",
                                    table="meetings_talkpart",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalkPartEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("home", "Kotona"),
                                    ("day", "Päiväkodissa tai koulussa"),
                                    ("free_time", "Vapaa-ajalla ja ystävien kanssa"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("goes_well", models.TextField(blank=True, verbose_name="mikä sujuu")),
                        ("needs_support", models.TextField(blank=True, verbose_name="missä tarvitaan tukea")),
                        ("agreed", models.TextField(blank=True, verbose_name="mitä sovitte")),
                        (
                            "conversation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.conversation",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.talkpart",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ffa041618ccb543d0f210c17396697379281a763",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7e654",
                                    table="meetings_talkpartevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InfluenceItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("can", "Tähän voimme vaikuttaa"),
                                    ("cannot", "Tähän emme voi vaikuttaa"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="asia")),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="influence_items",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["side", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "text"),
                                name="influence_item_once",
                                violation_error_message="Asia on jo listalla.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="influence_item_says_something",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_influenceitemevent" ("id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "side", "text") VALUES (NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."side", NEW."text"); RETURN NULL;',
                                    hash="b1561a36a2dc3856e10accc2ed062378adf4f49c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_4d21b",
                                    table="meetings_influenceitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_influenceitemevent" ("id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "side", "text") VALUES (NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."side", NEW."text"); RETURN NULL;',
                                    hash="efcac18e73ed60e3999acd26acfad84039db6111",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6edf9",
                                    table="meetings_influenceitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_influenceitemevent" ("id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "side", "text") VALUES (OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."side", OLD."text"); RETURN NULL;',
                                    hash="1ac390d0f050b90d7078472754c34f21bbe96e53",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6d430",
                                    table="meetings_influenceitem",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InfluenceItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("can", "Tähän voimme vaikuttaa"),
                                    ("cannot", "Tähän emme voi vaikuttaa"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="asia")),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.influenceitem",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8a3f2bbe02a6aa1473e972694307f1b1bfa6e23a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f935a",
                                    table="meetings_influenceitemevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TimeChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        (
                            "without",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "sopii perheelle"),
                                    ("no", "ei sovi perheelle"),
                                    ("taken", "aika ehti mennä toiselle"),
                                    ("gone", "ei enää ajankohtainen"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("face_to_face", "kasvokkain"),
                                    ("own_link", "perheen omalla sivulla"),
                                    ("phone", "puhelimessa"),
                                    ("signed_paper", "allekirjoitetulla paperilla"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("word", models.CharField(blank=True, max_length=300, verbose_name="milloin sopisi")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="time_changes",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.room",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-proposed_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="time_change_has_ends",
                                violation_error_message="Ajalla on alku ja loppu.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "")),
                                fields=("meeting",),
                                name="time_change_one_waits",
                                violation_error_message="Perheeltä kysytään jo toista aikaa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""),
                                        ("answered_at__isnull", True),
                                        ("method", ""),
                                        ("recorded_by__isnull", True),
                                        ("word", ""),
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="time_change_answer_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer__in", ["yes", "no"]), _negated=True),
                                    models.Q(("method", "own_link"), ("recorded_by__isnull", True)),
                                    models.Q(
                                        models.Q(("method__in", ["", "own_link"]), _negated=True),
                                        ("recorded_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="time_change_said_by_family",
                                violation_error_message="Perheen vastaukseen kuuluu, miten se saatiin ja kuka sen kirjasi.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="time_change_answered_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NOT (OLD.\"answer\" = ''))",
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Vastattu ehdotus ei muutu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'time_change_answered_stays';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="0ff334b1cb0f2f02899522a08c02c4ae847ef8d8",
                                    operation="UPDATE",
                                    pgid="pgtrigger_time_change_answered_stays_711b1",
                                    table="meetings_timechange",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="time_change_of_booked_and_ahead",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE now_at text;",
                                    func="\n                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;\n                    IF now_at NOT IN ('booked', 'invited') THEN\n                        RAISE EXCEPTION 'Vain varattua aikaa voi siirtää.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'time_change_of_booked';\n                    END IF;\n                    IF lower(NEW.period) <= clock_timestamp() THEN\n                        RAISE EXCEPTION 'Uusi aika on jo mennyt.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'time_change_ahead';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="4c817dbfddc734119e7fd35c80c603e5d68f23c1",
                                    operation='INSERT OR UPDATE OF "meeting_id", "period"',
                                    pgid="pgtrigger_time_change_of_booked_and_ahead_b2686",
                                    table="meetings_timechange",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="mitä haluat sanoa")),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("may_be_read", models.BooleanField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "consent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.consent",
                            ),
                        ),
                        (
                            "decided_recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contribution",
                                to="meetings.participation",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["written_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_recorded_by__isnull", True),
                                        ("may_be_read__isnull", True),
                                    ),
                                    models.Q(("decided_at__isnull", False), ("may_be_read__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contribution_decision_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="contribution_says_something",
                                violation_error_message="Kirjoita, mitä haluat sanoa.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="contribution_needs_consent",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE allowed boolean;",
                                    func="\n                    SELECT consent.withdrawn_at IS NULL\n                           AND consent.given_at <= clock_timestamp() + interval '1 minute'\n                           AND (consent.valid_until IS NULL OR consent.valid_until > clock_timestamp())\n                        INTO allowed\n                        FROM network_consent consent\n                        JOIN meetings_participation seat ON seat.consent_id = consent.id\n                        WHERE consent.id = NEW.consent_id AND seat.id = NEW.participation_id\n                        FOR SHARE OF consent;\n                    IF allowed IS DISTINCT FROM TRUE THEN\n                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten osuutta ei voi kirjoittaa.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_needs_consent';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="435b08b1262c55ff87447563bda5f01b520afe77",
                                    operation='INSERT OR UPDATE OF "text", "consent_id", "participation_id"',
                                    pgid="pgtrigger_contribution_needs_consent_f63a1",
                                    table="meetings_contribution",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="contribution_words_decided",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."text" IS DISTINCT FROM (NEW."text"))',
                                    func="\n                    NEW.may_be_read := NULL;\n                    NEW.decided_at := NULL;\n                    NEW.decided_recorded_by_id := NULL;\n                    RETURN NEW;\n                ",
                                    hash="4b61931927f72cbf49437cb43c9ed560ad0db5a6",
                                    operation='UPDATE OF "text"',
                                    pgid="pgtrigger_contribution_words_decided_c6297",
                                    table="meetings_contribution",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="contribution_writer_of_invited",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE seat record;",
                                    func="\n                    SELECT unit_id, team_id INTO seat FROM meetings_participation\n                        WHERE id = NEW.participation_id;\n                    IF seat.unit_id IS NULL AND seat.team_id IS NULL THEN\n                        IF NEW.written_by_id IS NULL THEN\n                            RETURN NEW;\n                        END IF;\n                    ELSIF EXISTS (\n                        SELECT FROM network_worker\n                        WHERE id = NEW.written_by_id AND unit_id = seat.unit_id\n                    ) OR EXISTS (\n                        SELECT FROM network_team_members\n                        WHERE worker_id = NEW.written_by_id AND team_id = seat.team_id\n                    ) THEN\n                        RETURN NEW;\n                    END IF;\n                    RAISE EXCEPTION 'Yksikön tai tiimin puolesta kirjoittaa joku heistä.'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_writer_of_invited';\n                ",
                                    hash="bdcfcea748f70467ab61c4f3f80f7fa93459e457",
                                    operation='INSERT OR UPDATE OF "text", "written_by_id", "participation_id"',
                                    pgid="pgtrigger_contribution_writer_of_invited_e7006",
                                    table="meetings_contribution",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_contributionevent" ("consent_id", "decided_at", "decided_recorded_by_id", "id", "may_be_read", "participation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "withdrawn_at", "written_at", "written_by_id") VALUES (NEW."consent_id", NEW."decided_at", NEW."decided_recorded_by_id", NEW."id", NEW."may_be_read", NEW."participation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."withdrawn_at", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                                    hash="52644c587798b1669c3be7a167452a63ba56e977",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_22580",
                                    table="meetings_contribution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_contributionevent" ("consent_id", "decided_at", "decided_recorded_by_id", "id", "may_be_read", "participation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "withdrawn_at", "written_at", "written_by_id") VALUES (NEW."consent_id", NEW."decided_at", NEW."decided_recorded_by_id", NEW."id", NEW."may_be_read", NEW."participation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."withdrawn_at", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                                    hash="a435fa1ba441704e06fa3015e50e1b727751f4da",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_11240",
                                    table="meetings_contribution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_contributionevent" ("consent_id", "decided_at", "decided_recorded_by_id", "id", "may_be_read", "participation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "withdrawn_at", "written_at", "written_by_id") VALUES (OLD."consent_id", OLD."decided_at", OLD."decided_recorded_by_id", OLD."id", OLD."may_be_read", OLD."participation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."withdrawn_at", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                                    hash="d6d0457ec098fa3f34390614f69f1822b9526a31",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_47965",
                                    table="meetings_contribution",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContributionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("text", models.TextField(verbose_name="mitä haluat sanoa")),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("may_be_read", models.BooleanField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "consent",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.consent",
                            ),
                        ),
                        (
                            "decided_recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.participation",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.contribution",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f377aea64ef0a4264dbcae8f9190295523c510d1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9a4df",
                                    table="meetings_contributionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("chair", "vetäjä"),
                                    ("recorder", "kirjaaja"),
                                    ("timekeeper", "ajan seuraaja"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="open_roles",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "role"), name="open_role_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cancellation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("meeting", "yhteinen aika peruttiin"),
                                    ("person", "yksi ei tule"),
                                    ("not_held", "ei pidetty"),
                                ],
                                default="meeting",
                                max_length=8,
                            ),
                        ),
                        (
                            "who",
                            models.CharField(
                                choices=[
                                    ("family", "perhe"),
                                    ("professional", "kutsuttu ammattilainen"),
                                    ("convener", "koollekutsuja"),
                                    ("illness", "sairastuminen"),
                                    ("other", "jokin muu"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("time", "aika ei sovikaan"),
                                    ("illness", "joku sairastui"),
                                    ("key_person", "ihminen, jota tarvitaan, ei pääse"),
                                    ("family_away", "perhe ei päässyt paikalle"),
                                    ("not_needed", "tapaamista ei enää tarvita"),
                                    ("not_now", "perhe ei halua tapaamista nyt"),
                                    ("room", "paikkaa ei saada käyttöön"),
                                    ("other", "muu syy"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField(blank=True, max_length=500, verbose_name="omat sanat")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cancellations",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cancellations",
                                to="meetings.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("participation__isnull", False), ("what", "person")),
                                    models.Q(
                                        ("participation__isnull", True), ("what__in", ["meeting", "not_held"])
                                    ),
                                    _connector="OR",
                                ),
                                name="cancellation_of_one_thing",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("participation__isnull", True)),
                                fields=("meeting",),
                                name="cancellation_meeting_once",
                                violation_error_message="Yhteinen aika on jo peruttu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("who__in", ["family", "professional", "convener", "illness", "other"])
                                ),
                                name="cancellation_says_who",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="cancellation_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (TRUE)",
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Kirjattu peruminen ei muutu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cancellation_stays';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="063ef2580ce2de9880df1806c06e7a97a890c892",
                                    operation="UPDATE",
                                    pgid="pgtrigger_cancellation_stays_4fe14",
                                    table="meetings_cancellation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="cancellation_is_true",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE now_at text;",
                                    func="\n                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id;\n                    IF (NEW.what = 'meeting' AND now_at <> 'cancelled')\n                        OR (NEW.what = 'not_held' AND now_at <> 'not_held') THEN\n                        RAISE EXCEPTION 'Yhteistä aikaa ei ole peruttu.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'cancellation_is_true';\n                    END IF;\n                    IF NEW.participation_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM meetings_participation\n                        WHERE id = NEW.participation_id AND meeting_id = NEW.meeting_id\n                    ) THEN\n                        RAISE EXCEPTION 'Osallistuja on toisesta tapaamisesta.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'cancellation_of_own_person';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="813db26922b28d03c1fc43bf25ccf3588fef08e8",
                                    operation="INSERT",
                                    pgid="pgtrigger_cancellation_is_true_eed96",
                                    table="meetings_cancellation",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "moment",
                            models.CharField(
                                choices=[
                                    ("talk", "keskustelussa"),
                                    ("before", "ennen tapaamista"),
                                    ("during", "tapaamisessa"),
                                    ("after", "tapaamisen jälkeen"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("told_on", models.DateField(verbose_name="milloin lapsi kertoi")),
                        (
                            "face",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("glad", "iloinen"),
                                    ("calm", "rauhallinen"),
                                    ("worried", "huolissaan"),
                                    ("sad", "surullinen"),
                                    ("angry", "vihainen"),
                                ],
                                max_length=8,
                                verbose_name="miltä tuntuu",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="lapsen omat sanat")),
                        (
                            "drawing_told",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="mitä lapsi kertoo kuvasta"
                            ),
                        ),
                        (
                            "child_knows",
                            models.BooleanField(
                                default=False, verbose_name="lapsi tietää, ketkä tämän näkevät"
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="views",
                                to="network.familymember",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="child_views",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="child_views",
                                to="meetings.situation",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["told_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("written_at__isnull", True), ("written_by__isnull", True)),
                                    models.Q(("written_at__isnull", False), ("written_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="child_view_written_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("child_knows", True)),
                                name="child_view_child_knows",
                                violation_error_message="Kerro lapselle ensin, ketkä tämän näkevät.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("face", ""), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("drawing_told", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="child_view_says_something",
                                violation_error_message="Kirjaa lapsen sanat, ilme tai piirros.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("meeting", None), ("moment", "talk")),
                                    models.Q(
                                        models.Q(("moment", "talk"), _negated=True),
                                        ("meeting__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="child_view_meeting_by_moment",
                                violation_error_message="Valitse, missä lapsi kertoi tämän.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="child_view_unchanged",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Lapsen näkemystä ei muuteta jälkikäteen.' USING ERRCODE = 'check_violation', CONSTRAINT = 'child_view_unchanged';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="ab970a15c3c3a6f5932bcb5d61254c4f9ffee719",
                                    operation="UPDATE",
                                    pgid="pgtrigger_child_view_unchanged_9a1d2",
                                    table="meetings_childview",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="child_view_of_own_child",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM meetings_situation situation\n                        JOIN network_familymember child ON child.family_id = situation.family_id\n                        WHERE situation.id = NEW.situation_id AND child.id = NEW.child_id\n                          AND child.role = 'child'\n                    ) OR (NEW.meeting_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM meetings_meeting\n                        WHERE id = NEW.meeting_id AND situation_id = NEW.situation_id\n                    )) THEN\n                        RAISE EXCEPTION 'Lapsi ja tapaaminen ovat saman perheen.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'child_view_of_own_child';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="075c8f88614a182e7d80bb28b5c25b9d5b0f9e7e",
                                    operation="INSERT",
                                    pgid="pgtrigger_child_view_of_own_child_9e3d6",
                                    table="meetings_childview",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_childviewevent" ("child_id", "moment", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situation_id", "told_on", "written_by_id") VALUES (NEW."child_id", NEW."moment", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."situation_id", NEW."told_on", NEW."written_by_id"); RETURN NULL;',
                                    hash="cb76e019ed4c0656d047a088632c2cab9a97cf6f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e3284",
                                    table="meetings_childview",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."moment" IS DISTINCT FROM (NEW."moment") OR OLD."situation_id" IS DISTINCT FROM (NEW."situation_id") OR OLD."told_on" IS DISTINCT FROM (NEW."told_on") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id"))',
                                    func='INSERT INTO "meetings_childviewevent" ("child_id", "moment", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situation_id", "told_on", "written_by_id") VALUES (NEW."child_id", NEW."moment", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."situation_id", NEW."told_on", NEW."written_by_id"); RETURN NULL;',
                                    hash="0d40a565f45afa70405d18fb8791b27c49666fd5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_dbc0c",
                                    table="meetings_childview",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_childviewevent" ("child_id", "moment", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situation_id", "told_on", "written_by_id") VALUES (OLD."child_id", OLD."moment", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."situation_id", OLD."told_on", OLD."written_by_id"); RETURN NULL;',
                                    hash="70d82b78f99b2b13c5f308ae85bbeb4b8e4988fb",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_68151",
                                    table="meetings_childview",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildViewEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "moment",
                            models.CharField(
                                choices=[
                                    ("talk", "keskustelussa"),
                                    ("before", "ennen tapaamista"),
                                    ("during", "tapaamisessa"),
                                    ("after", "tapaamisen jälkeen"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("told_on", models.DateField(verbose_name="milloin lapsi kertoi")),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.familymember",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="situation_child_moment_told_on_written_by_events",
                                to="meetings.childview",
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.situation",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d0c2453b68389084447e77191c48deb0ac919461",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_ca3d4",
                                    table="meetings_childviewevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildDrawing",
                    fields=[
                        (
                            "view",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="drawing",
                                serialize=False,
                                to="meetings.childview",
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("jpeg", models.BinaryField()),
                        ("width", models.PositiveSmallIntegerField()),
                        ("height", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=django.db.models.lookups.LessThanOrEqual(
                                    django.db.models.functions.text.Length("jpeg"), 1500000
                                ),
                                name="child_drawing_not_too_large",
                                violation_error_message="Kuva on liian suuri.",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="child_drawing_is_told",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NOT EXISTS (SELECT FROM meetings_childview\n                                   WHERE id = NEW.view_id AND drawing_told <> '') THEN\n                        RAISE EXCEPTION 'Kirjoita, mitä lapsi kertoo kuvasta.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'child_drawing_is_told';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="22a9b273c1506d756023ff57a6f2e22d9a7f5a4e",
                                    operation="INSERT",
                                    pgid="pgtrigger_child_drawing_is_told_53c24",
                                    table="meetings_childdrawing",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceInvolved",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=120, verbose_name="kuka tai mikä palvelu auttaa jo"),
                        ),
                        ("since", models.CharField(blank=True, max_length=60, verbose_name="mistä lähtien")),
                        ("told_since", models.DateTimeField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="services",
                                to="network.family",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "told_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                                    models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="service_recorded_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.UniqueConstraint(
                                fields=("family", "name"),
                                name="service_once",
                                violation_error_message="Tämä on jo kirjattu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="service_has_name",
                                violation_error_message="Kirjoita, kuka tai mikä palvelu auttaa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("told_by", None), ("told_since__isnull", False), _connector="OR"
                                ),
                                name="service_told_since",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="service_of_protected_not_told",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."told_since" IS NOT NULL)',
                                    func="\n                    IF EXISTS (SELECT FROM network_family\n                               WHERE id = NEW.family_id AND address_protected) THEN\n                        RAISE EXCEPTION 'Perheellä on turvakielto: palveluista ei kerrota kutsutuille.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'service_of_protected_not_told';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="531fcc622bb19c81bd00ed39b9722ade6562204c",
                                    operation='INSERT OR UPDATE OF "told_since", "family_id"',
                                    pgid="pgtrigger_service_of_protected_not_told_cbba0",
                                    table="meetings_serviceinvolved",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_serviceinvolvedevent" ("family_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "told_by_id", "told_since", "worker_id") VALUES (NEW."family_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."told_by_id", NEW."told_since", NEW."worker_id"); RETURN NULL;',
                                    hash="0ffd5c40a45da9562add0485e0a91d4706d65e86",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0450e",
                                    table="meetings_serviceinvolved",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_serviceinvolvedevent" ("family_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "told_by_id", "told_since", "worker_id") VALUES (NEW."family_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."told_by_id", NEW."told_since", NEW."worker_id"); RETURN NULL;',
                                    hash="9eaebc062d6f46720742d1ae88cde57888d578ec",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_7cd3a",
                                    table="meetings_serviceinvolved",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_serviceinvolvedevent" ("family_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "told_by_id", "told_since", "worker_id") VALUES (OLD."family_id", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."since", OLD."told_by_id", OLD."told_since", OLD."worker_id"); RETURN NULL;',
                                    hash="5184e4d9f6c69a9d98d9255e948c24b44b11a2a4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ab75f",
                                    table="meetings_serviceinvolved",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceInvolvedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "name",
                            models.CharField(max_length=120, verbose_name="kuka tai mikä palvelu auttaa jo"),
                        ),
                        ("since", models.CharField(blank=True, max_length=60, verbose_name="mistä lähtien")),
                        ("told_since", models.DateTimeField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.family",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.serviceinvolved",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "told_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="fad61ab93c92db4dc899e8a2b99ed0dfe95e2d4c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_425be",
                                    table="meetings_serviceinvolvedevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[("yes", "sopii"), ("if_needed", "tarvittaessa"), ("no", "ei sovi")],
                                max_length=9,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "time",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="meetings.polltime",
                            ),
                        ),
                        (
                            "voice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="meetings.pollvoice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("voice", "time"), name="poll_answer_once"),
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["yes", "if_needed", "no"])),
                                name="poll_answer_is_one_of_three",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="poll_answer_of_asked",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE asked record;",
                                    func="\n                    SELECT poll.closed_at, poll.closes_at, voice.consent_id, voice.participation_id INTO asked\n                        FROM meetings_pollvoice voice\n                        JOIN meetings_polltime proposed ON proposed.poll_id = voice.poll_id\n                        JOIN meetings_timepoll poll ON poll.id = voice.poll_id\n                        WHERE voice.id = NEW.voice_id AND proposed.id = NEW.time_id\n                        FOR SHARE OF poll;\n                    IF NOT FOUND OR (NEW.recorded_by_id IS NOT NULL AND asked.participation_id IS NOT NULL)\n                    THEN\n                        RAISE EXCEPTION 'Vastaus on toisesta kyselystä tai toisen puolesta.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_answer_of_asked';\n                    END IF;\n                    IF asked.closed_at IS NOT NULL OR asked.closes_at <= clock_timestamp() THEN\n                        RAISE EXCEPTION 'Aikakysely on päättynyt.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_answer_in_time';\n                    END IF;\n                    IF asked.consent_id IS NOT NULL THEN\n                        PERFORM FROM network_consent WHERE id = asked.consent_id AND withdrawn_at IS NULL\n                            AND (valid_until IS NULL OR valid_until > clock_timestamp()) FOR SHARE;\n                        IF NOT FOUND THEN\n                            RAISE EXCEPTION 'Perheen lupa ei ole enää voimassa.'\n                                USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_answer_needs_consent';\n                        END IF;\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="01740daac40387b6e1772d7e72020493c1211e10",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_poll_answer_of_asked_ed713",
                                    table="meetings_pollanswer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="times",
                                to="meetings.timepoll",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["period", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="poll_time_has_ends",
                                violation_error_message="Ajalla on alku ja loppu.",
                            ),
                            models.UniqueConstraint(
                                fields=("poll", "period"),
                                name="poll_time_once",
                                violation_error_message="Sama aika on kyselyssä jo.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="poll_time_few_and_ahead",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    PERFORM FROM meetings_timepoll WHERE id = NEW.poll_id FOR NO KEY UPDATE;\n                    IF (SELECT count(*) FROM meetings_polltime\n                        WHERE poll_id = NEW.poll_id AND id <> NEW.id) >= 10 THEN\n                        RAISE EXCEPTION 'Aikoja kysytään enintään kymmentä.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_time_at_most_ten';\n                    END IF;\n                    IF lower(NEW.period) <= clock_timestamp() THEN\n                        RAISE EXCEPTION 'Kysyttävä aika on jo mennyt.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_time_ahead';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="198eb7d8bc85f61de9c0423a0708365c08234107",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_poll_time_few_and_ahead_5f611",
                                    table="meetings_polltime",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollVoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.consent",
                            ),
                        ),
                        (
                            "link",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="perhekeskus.accesslink",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="poll_voices",
                                to="meetings.participation",
                            ),
                        ),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voices",
                                to="meetings.timepoll",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("consent__isnull", True),
                                        ("link__isnull", True),
                                        ("participation__isnull", True),
                                    ),
                                    models.Q(("consent__isnull", False), ("participation__isnull", False)),
                                    _connector="OR",
                                ),
                                name="poll_voice_of_family_or_permitted",
                            ),
                            models.UniqueConstraint(fields=("poll", "participation"), name="poll_voice_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("participation__isnull", True)),
                                fields=("poll",),
                                name="poll_voice_family_once",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="poll_voice_needs_consent",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."participation_id" IS NOT NULL)',
                                    declare="DECLARE allowed boolean;",
                                    func="\n                    SELECT purpose = 'invite' AND withdrawn_at IS NULL\n                           AND given_at <= clock_timestamp() + interval '1 minute'\n                           AND (valid_until IS NULL OR valid_until > clock_timestamp())\n                        INTO allowed FROM network_consent WHERE id = NEW.consent_id FOR SHARE;\n                    IF allowed IS DISTINCT FROM TRUE OR NOT EXISTS (\n                        SELECT FROM meetings_participation seat\n                        JOIN meetings_timepoll poll ON poll.meeting_id = seat.meeting_id\n                        WHERE seat.id = NEW.participation_id AND poll.id = NEW.poll_id\n                          AND seat.consent_id = NEW.consent_id AND seat.decision = 'yes'\n                    ) THEN\n                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten aikaa ei voi kysyä.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_voice_needs_consent';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="365ca5a4b9c3ead4d9efe27aab83887c9126ec19",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_poll_voice_needs_consent_e2ce9",
                                    table="meetings_pollvoice",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TimePoll",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("closes_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="polls",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("meeting",),
                                name="time_poll_one_open",
                                violation_error_message="Aikakysely on jo auki.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("asked_at"))),
                                name="time_poll_closes_after_it_is_asked",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="time_poll_closed_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."closed_at" IS NOT NULL)',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Aikakysely on päättynyt.' USING ERRCODE = 'check_violation', CONSTRAINT = 'time_poll_closed_stays';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="3d68c6c0f2b6c154eca4159d21cbbed51e84cedb",
                                    operation="UPDATE",
                                    pgid="pgtrigger_time_poll_closed_stays_f53f1",
                                    table="meetings_timepoll",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="time_poll_has_times",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n                    IF EXISTS (SELECT FROM meetings_timepoll WHERE id = NEW.id)\n                        AND (SELECT count(*) FROM meetings_polltime WHERE poll_id = NEW.id) < 2 THEN\n                        RAISE EXCEPTION 'Aikoja kysytään vähintään kahta.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'time_poll_has_times';\n                    END IF;\n                    RETURN NULL;\n                ",
                                    hash="13e10a94bcba06556d22d005d8a46b4b03b540d2",
                                    operation="INSERT",
                                    pgid="pgtrigger_time_poll_has_times_fd716",
                                    table="meetings_timepoll",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="time_poll_before_booking",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE now_at text;",
                                    func="\n                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;\n                    IF now_at <> 'decided' THEN\n                        RAISE EXCEPTION 'Aikoja kysytään, kun perhe on päättänyt eikä aikaa ole varattu.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'time_poll_before_booking';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="2ba1f47ff67d808fb1c527e91de2bc86af8e143e",
                                    operation='INSERT OR UPDATE OF "meeting_id"',
                                    pgid="pgtrigger_time_poll_before_booking_cface",
                                    table="meetings_timepoll",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        (
                            "without",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("held_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        (
                            "held_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hold",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.room",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_at__gt", models.F("held_at")),
                                    (
                                        "expires_at__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("held_at"),
                                            "+",
                                            models.Value(datetime.timedelta(days=14)),
                                        ),
                                    ),
                                ),
                                name="hold_ends",
                                violation_error_message="Alustava varaus pysyy enintään kaksi viikkoa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                    ("expires_at__lte", models.F("period__startswith")),
                                ),
                                name="hold_ends_before_its_time",
                                violation_error_message="Alustava varaus päättyy ennen kuin aika alkaa.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="hold_before_booking",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE now_at text;",
                                    func="\n                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;\n                    IF now_at <> 'decided' THEN\n                        RAISE EXCEPTION 'Alustavasti varataan, kun perhe on päättänyt eikä aikaa ole varattu.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_before_booking';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="328f804553b85a8a270b0f9c21073d4b7d5ad97c",
                                    operation='INSERT OR UPDATE OF "meeting_id"',
                                    pgid="pgtrigger_hold_before_booking_68d09",
                                    table="meetings_hold",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="hold_ended_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF OLD.expires_at <= clock_timestamp() THEN\n                        RAISE EXCEPTION 'Alustava varaus on päättynyt.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_ended_stays';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="54554501673a1f1413ea52a665936722a38ade80",
                                    operation="UPDATE",
                                    pgid="pgtrigger_hold_ended_stays_145dc",
                                    table="meetings_hold",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EarlierWish",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("wished_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "found_period",
                            django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True),
                        ),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="earlier_wishes",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-wished_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("found_period__isnull", True), ("told_at__isnull", True)),
                                    models.Q(("found_period__isnull", False), ("told_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="earlier_wish_told_of_a_time",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("meeting",),
                                name="earlier_wish_one_open",
                                violation_error_message="Aikaisempaa aikaa toivotaan jo.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="earlier_wish_told_once",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."told_at" IS DISTINCT FROM (OLD."told_at") AND OLD."told_at" IS NOT NULL)',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Vapautuneesta ajasta on jo kerrottu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'earlier_wish_told_once';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="f495247715e8173bbc9755a4ca4f8e2e639b4bdb",
                                    operation="UPDATE",
                                    pgid="pgtrigger_earlier_wish_told_once_b5da0",
                                    table="meetings_earlierwish",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="earlier_wish_of_booked",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE booked record;",
                                    func="\n                    SELECT status, period INTO booked\n                        FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;\n                    IF booked.status NOT IN ('booked', 'invited') THEN\n                        RAISE EXCEPTION 'Aikaisempaa aikaa voi toivoa vain varatun tilalle.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'earlier_wish_of_booked';\n                    END IF;\n                    IF NEW.found_period IS NOT NULL AND upper(NEW.found_period) > lower(booked.period) THEN\n                        RAISE EXCEPTION 'Löydetty aika ei ole aikaisempi.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'earlier_wish_is_earlier';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="1e5eede5636f916ffc62b9b02d7ae2d6d4674b28",
                                    operation='INSERT OR UPDATE OF "found_period"',
                                    pgid="pgtrigger_earlier_wish_of_booked_b9489",
                                    table="meetings_earlierwish",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
            ]
        ),
        *numbers.operations,
        *consultations.operations,
        *feeds.operations,
        *as_sql(contributions),
        *touches.operations,
        *as_sql(offers),
        # As it was written while a koppi was offered to a worker always; it says the same.
        migrations.RunSQL(
            """
    ALTER TABLE meetings_handover DROP CONSTRAINT handover_to_another;
    ALTER TABLE meetings_handover ADD CONSTRAINT handover_to_another CHECK (NOT from_worker_id = to_worker_id);
    """,
            migrations.RunSQL.noop,
        ),
        # The kinds of meeting of the service's beginning.
        *kinds.operations,
        *dialogue.operations,
    ]
