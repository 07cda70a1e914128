import uuid
from importlib import import_module

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

numbers = import_module("meetings.migrations.0003_situation_numbers").Migration
consultations = import_module("meetings.migrations.0007_consultation_of_situation").Migration


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
    ]

    dependencies = [
        ("network", "0013_consultation_messages"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        BtreeGistExtension(),
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
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        models.F("worker"), models.F("period"), name="absence_of_worker"
                    )
                ],
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
                ],
                "ordering": ["period", "pk"],
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
                (
                    "kind",
                    models.CharField(
                        choices=[("shared_time", "yhteinen aika"), ("follow_up", "seurantatapaaminen")],
                        max_length=12,
                    ),
                ),
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
                    models.UniqueConstraint(fields=("municipality", "month", "kind"), name="count_once")
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="rooms", to="network.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("unit", "name"), name="room_once")],
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
            ],
            options={
                "ordering": ["-opened_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage__in", ["raised", "convening", "shared_time", "plan"])),
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
                            func="\n                    IF NOT EXISTS (\n                        SELECT FROM (\n                            SELECT from_worker_id, to_worker_id, status FROM meetings_handover\n                            WHERE situation_id = NEW.id ORDER BY id DESC LIMIT 1\n                        ) latest\n                        WHERE latest.status = 'accepted' AND latest.to_worker_id = NEW.holder_id\n                          AND latest.from_worker_id = OLD.holder_id\n                    ) THEN\n                        RAISE EXCEPTION 'Koppi siirtyy vasta, kun vastaanottaja ottaa sen.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'situation_holder_accepted';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="804fcbe0dfcdf4905a16a9cfac2fe6826ddf8dbb",
                            operation='UPDATE OF "holder_id"',
                            pgid="pgtrigger_situation_holder_accepted_e1254",
                            table="meetings_situation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_situationevent" ("ended_at", "ended_by_id", "ending", "family_id", "form_key", "holder_id", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "stage_since", "way_in") VALUES (NEW."ended_at", NEW."ended_by_id", NEW."ending", NEW."family_id", NEW."form_key", NEW."holder_id", NEW."id", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stage", NEW."stage_since", NEW."way_in"); RETURN NULL;',
                            hash="cba4f1df85c784e534a242a59ae2ab4892b52942",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c92c3",
                            table="meetings_situation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_situationevent" ("ended_at", "ended_by_id", "ending", "family_id", "form_key", "holder_id", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "stage_since", "way_in") VALUES (NEW."ended_at", NEW."ended_by_id", NEW."ending", NEW."family_id", NEW."form_key", NEW."holder_id", NEW."id", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stage", NEW."stage_since", NEW."way_in"); RETURN NULL;',
                            hash="c5b52e63cc9af268cd2d6f8da3a6234fdc02ab0d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_67244",
                            table="meetings_situation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_situationevent" ("ended_at", "ended_by_id", "ending", "family_id", "form_key", "holder_id", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "stage_since", "way_in") VALUES (OLD."ended_at", OLD."ended_by_id", OLD."ending", OLD."family_id", OLD."form_key", OLD."holder_id", OLD."id", OLD."opened_at", OLD."opened_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."stage", OLD."stage_since", OLD."way_in"); RETURN NULL;',
                            hash="ea79d478e951c307c556a50c9b8f6a33f735c204",
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
                    models.CharField(blank=True, max_length=200, verbose_name="missä huoli huomattiin"),
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
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_conversationevent" ("child_view", "family_words", "form_key", "held_on", "id", "kind", "noticed_where", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "result", "situation_id", "strengths", "worries") VALUES (NEW."child_view", NEW."family_words", NEW."form_key", NEW."held_on", NEW."id", NEW."kind", NEW."noticed_where", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."result", NEW."situation_id", NEW."strengths", NEW."worries"); RETURN NULL;',
                            hash="b4f50d90e5c34ee70a691ad9c19e4680c572e402",
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
                            func='INSERT INTO "meetings_conversationevent" ("child_view", "family_words", "form_key", "held_on", "id", "kind", "noticed_where", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "result", "situation_id", "strengths", "worries") VALUES (NEW."child_view", NEW."family_words", NEW."form_key", NEW."held_on", NEW."id", NEW."kind", NEW."noticed_where", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."result", NEW."situation_id", NEW."strengths", NEW."worries"); RETURN NULL;',
                            hash="0886e07315047531365fd53c1a6f805461362af1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b265c",
                            table="meetings_conversation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_conversationevent" ("child_view", "family_words", "form_key", "held_on", "id", "kind", "noticed_where", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "result", "situation_id", "strengths", "worries") VALUES (OLD."child_view", OLD."family_words", OLD."form_key", OLD."held_on", OLD."id", OLD."kind", OLD."noticed_where", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."result", OLD."situation_id", OLD."strengths", OLD."worries"); RETURN NULL;',
                            hash="c596fc15457b03440b40c0d6f502123e084cb68d",
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
                    models.CharField(blank=True, max_length=200, verbose_name="missä huoli huomattiin"),
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
                    models.TextField(blank=True, max_length=2000, verbose_name="viesti vastaanottajalle"),
                ),
                (
                    "family_told",
                    models.BooleanField(default=False, verbose_name="perhe tietää, kenelle koppia tarjotaan"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("offered", "odottaa vastausta"),
                            ("accepted", "otettu"),
                            ("declined", "ei otettu"),
                            ("withdrawn", "peruttu"),
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
                        condition=models.Q(("family_told", True)),
                        name="handover_family_told",
                        violation_error_message="Kerro perheelle ensin, kenelle koppia tarjotaan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("status", "offered")),
                            models.Q(
                                models.Q(("status", "offered"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="handover_answer_has_time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="handover_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.status IS DISTINCT FROM OLD.status AND NOT ((OLD.status = 'offered' AND NEW.status = 'accepted') OR (OLD.status = 'offered' AND NEW.status = 'declined') OR (OLD.status = 'offered' AND NEW.status = 'withdrawn')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.status, NEW.status\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_moves';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="dd5de1f31081e84505082491f22ddc9f875580f7",
                            operation='UPDATE OF "status"',
                            pgid="pgtrigger_handover_moves_0b3be",
                            table="meetings_handover",
                            when="BEFORE",
                        ),
                    )
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
                    models.CharField(
                        choices=[("shared_time", "yhteinen aika"), ("follow_up", "seurantatapaaminen")],
                        default="shared_time",
                        max_length=12,
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
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True)),
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
                            models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
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
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_meetingevent" ("cancelled_at", "cancelled_by_id", "chair_id", "convener_id", "created_at", "decided_at", "event_uid", "held_at", "held_by_id", "id", "invited_at", "invited_by_id", "kind", "municipality_id", "notes", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorder_id", "room_id", "sequence", "situation_id", "status", "version") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."chair_id", NEW."convener_id", NEW."created_at", NEW."decided_at", NEW."event_uid", NEW."held_at", NEW."held_by_id", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."kind", NEW."municipality_id", NEW."notes", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorder_id", NEW."room_id", NEW."sequence", NEW."situation_id", NEW."status", NEW."version"); RETURN NULL;',
                            hash="4fa82b6e148aaceaec2aa660f659d32d6625a7af",
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
                            func='INSERT INTO "meetings_meetingevent" ("cancelled_at", "cancelled_by_id", "chair_id", "convener_id", "created_at", "decided_at", "event_uid", "held_at", "held_by_id", "id", "invited_at", "invited_by_id", "kind", "municipality_id", "notes", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorder_id", "room_id", "sequence", "situation_id", "status", "version") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."chair_id", NEW."convener_id", NEW."created_at", NEW."decided_at", NEW."event_uid", NEW."held_at", NEW."held_by_id", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."kind", NEW."municipality_id", NEW."notes", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorder_id", NEW."room_id", NEW."sequence", NEW."situation_id", NEW."status", NEW."version"); RETURN NULL;',
                            hash="1be6e85d6cbb15be731ff7ae4b95b717cd4f38f9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_495b8",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_meetingevent" ("cancelled_at", "cancelled_by_id", "chair_id", "convener_id", "created_at", "decided_at", "event_uid", "held_at", "held_by_id", "id", "invited_at", "invited_by_id", "kind", "municipality_id", "notes", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorder_id", "room_id", "sequence", "situation_id", "status", "version") VALUES (OLD."cancelled_at", OLD."cancelled_by_id", OLD."chair_id", OLD."convener_id", OLD."created_at", OLD."decided_at", OLD."event_uid", OLD."held_at", OLD."held_by_id", OLD."id", OLD."invited_at", OLD."invited_by_id", OLD."kind", OLD."municipality_id", OLD."notes", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorder_id", OLD."room_id", OLD."sequence", OLD."situation_id", OLD."status", OLD."version"); RETURN NULL;',
                            hash="0ba950c41988487c2888929afdbcdea7225ae433",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4bf26",
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
                ],
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookings",
                        to="meetings.room",
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
                    models.CharField(
                        choices=[("shared_time", "yhteinen aika"), ("follow_up", "seurantatapaaminen")],
                        default="shared_time",
                        max_length=12,
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
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True)),
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
                            ("absent", "ei tullut"),
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
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "worker"), name="participation_worker_once"),
                    models.UniqueConstraint(
                        fields=("meeting", "close_person"), name="participation_close_person_once"
                    ),
                    models.UniqueConstraint(fields=("meeting", "member"), name="participation_member_once"),
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
                    models.UniqueConstraint(fields=("meeting", "unit"), name="participation_unit_once"),
                    models.UniqueConstraint(fields=("meeting", "team"), name="participation_team_once"),
                    models.UniqueConstraint(
                        fields=("meeting", "outside_professional"),
                        name="participation_outside_professional_once",
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
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_participationevent" ("attendance", "close_person_id", "consent_id", "decided_at", "decision", "id", "invitation_id", "meeting_id", "member_id", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "unit_id", "why", "worker_id") VALUES (NEW."attendance", NEW."close_person_id", NEW."consent_id", NEW."decided_at", NEW."decision", NEW."id", NEW."invitation_id", NEW."meeting_id", NEW."member_id", NEW."outside_professional_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id", NEW."unit_id", NEW."why", NEW."worker_id"); RETURN NULL;',
                            hash="4bf301f00fac081929db62aac636c2e3217c597d",
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
                            func='INSERT INTO "meetings_participationevent" ("attendance", "close_person_id", "consent_id", "decided_at", "decision", "id", "invitation_id", "meeting_id", "member_id", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "unit_id", "why", "worker_id") VALUES (NEW."attendance", NEW."close_person_id", NEW."consent_id", NEW."decided_at", NEW."decision", NEW."id", NEW."invitation_id", NEW."meeting_id", NEW."member_id", NEW."outside_professional_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id", NEW."unit_id", NEW."why", NEW."worker_id"); RETURN NULL;',
                            hash="a0fea2438bb5aed77e96ca0f36765dfa35c3b629",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9149f",
                            table="meetings_participation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_participationevent" ("attendance", "close_person_id", "consent_id", "decided_at", "decision", "id", "invitation_id", "meeting_id", "member_id", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "unit_id", "why", "worker_id") VALUES (OLD."attendance", OLD."close_person_id", OLD."consent_id", OLD."decided_at", OLD."decision", OLD."id", OLD."invitation_id", OLD."meeting_id", OLD."member_id", OLD."outside_professional_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id", OLD."unit_id", OLD."why", OLD."worker_id"); RETURN NULL;',
                            hash="530b206f943f3defac76fb7a7841aa3a15d4e887",
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
                            ("absent", "ei tullut"),
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
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="miten perhe tämän näkee",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="mitä puhuttiin")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rays",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "heading"), name="ray_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_starrayevent" ("heading", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "tone") VALUES (NEW."heading", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."tone"); RETURN NULL;',
                            hash="4ceeb6eccba6f59302531df2bf303e9ebdaf0dcf",
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
                            func='INSERT INTO "meetings_starrayevent" ("heading", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "tone") VALUES (NEW."heading", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."tone"); RETURN NULL;',
                            hash="755e0d631fbcae5823dab5b56b236896c82f9381",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d6980",
                            table="meetings_starray",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_starrayevent" ("heading", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "tone") VALUES (OLD."heading", OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."tone"); RETURN NULL;',
                            hash="9dfb5a0777f7b0a2055bbe52055194fd1c2146fd",
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
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="miten perhe tämän näkee",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="mitä puhuttiin")),
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
                            ("too_big", "Kalenteri on liian suuri. Se saa olla enintään 5 megatavua."),
                            ("no_calendar", "Osoitteessa ei ole kalenteria. Kopioi kalenterin ICS-osoite."),
                            ("unreadable", "Kalenterin tiedot ovat virheelliset, eikä niitä voi lukea."),
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
                            models.Q(("failing_since", None), ("failure", ""), ("owner_told_at", None)),
                            models.Q(
                                ("failing_since__isnull", False), models.Q(("failure", ""), _negated=True)
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.room"
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
        *numbers.operations,
        *consultations.operations,
    ]
