from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from perhekeskus.tables import MadeTogether

star = import_module("plans.migrations.0002_star_of_agreed").Migration
touches = import_module("plans.migrations.0006_touches").Migration


class Migration(migrations.Migration):
    """The tables as these migrations leave them, for a database that has none of them yet.

    A database that has had some of them goes on one by one. Rows there are none of, so those that only change
    rows are left out. What is told to the database as SQL is taken from where it was written.
    """

    replaces = [
        ("plans", "0001_initial"),
        ("plans", "0002_star_of_agreed"),
        ("plans", "0003_copies"),
        ("plans", "0004_copies_given_so_far"),
        ("plans", "0005_measure_in_whose_words"),
        ("plans", "0006_touches"),
        ("plans", "0007_drafts_half_written"),
    ]

    dependencies = [
        ("meetings", "0043_plainer_words"),
        ("network", "0038_plainer_words"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        MadeTogether(
            [
                migrations.CreateModel(
                    name="NextContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="päivä")),
                        ("at", models.TimeField(blank=True, null=True, verbose_name="kello")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("phone", "soitto"),
                                    ("sms", "tekstiviesti"),
                                    ("email", "sähköposti"),
                                    ("visit", "tapaaminen"),
                                ],
                                default="phone",
                                max_length=6,
                                verbose_name="tapa",
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.TextField(blank=True, max_length=2000, verbose_name="mitä sovittiin"),
                        ),
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="plans.plan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contact_done_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("done_at__isnull", True)),
                                fields=("plan",),
                                name="contact_one_open",
                                violation_error_message="Seuraava yhteydenotto on jo sovittu.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "plans_nextcontactevent" ("at", "done_at", "done_by_id", "id", "on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "way") VALUES (NEW."at", NEW."done_at", NEW."done_by_id", NEW."id", NEW."on", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."way"); RETURN NULL;',
                                    hash="92bafffcdf755348ef51e1121e6cf3235697cc5f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_1d032",
                                    table="plans_nextcontact",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "plans_nextcontactevent" ("at", "done_at", "done_by_id", "id", "on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "way") VALUES (NEW."at", NEW."done_at", NEW."done_by_id", NEW."id", NEW."on", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."way"); RETURN NULL;',
                                    hash="ffc9fad2020492c411670bec1edb224d1393c12b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_90020",
                                    table="plans_nextcontact",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "plans_nextcontactevent" ("at", "done_at", "done_by_id", "id", "on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "way") VALUES (OLD."at", OLD."done_at", OLD."done_by_id", OLD."id", OLD."on", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."way"); RETURN NULL;',
                                    hash="44aa30504e914fed31f66f05fe9fb3f03dadb49f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_88d1b",
                                    table="plans_nextcontact",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "luonnos"),
                                    ("agreed", "sovittu"),
                                    ("superseded", "korvattu uudemmalla"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("wish", models.TextField(blank=True, verbose_name="tätä toivomme")),
                        ("strengths", models.TextField(blank=True, verbose_name="voimavaramme")),
                        ("follow_up", models.TextField(blank=True, verbose_name="miten seurataan")),
                        (
                            "contact_to_family",
                            models.TextField(
                                blank=True, verbose_name="miten työntekijä ottaa yhteyttä perheeseen"
                            ),
                        ),
                        (
                            "contact_from_family",
                            models.TextField(
                                blank=True, verbose_name="miten perhe saa työntekijään yhteyden"
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("agreed_at", models.DateTimeField(blank=True, null=True)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        (
                            "agreed_by",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plans",
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
                        "ordering": ["situation", "-version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("situation", "version"), name="plan_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "draft")),
                                fields=("situation",),
                                name="plan_one_draft",
                                violation_error_message="Suunnitelmasta on jo luonnos.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "agreed")),
                                fields=("situation",),
                                name="plan_one_agreed",
                                violation_error_message="Voimassa on yksi suunnitelma kerrallaan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("written_at__isnull", True), ("written_by__isnull", True)),
                                    models.Q(("written_at__isnull", False), ("written_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="plan_written_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                                    models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="plan_agreed_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreed_at__isnull", True), ("status", "draft")),
                                    models.Q(
                                        models.Q(("status", "draft"), _negated=True),
                                        ("agreed_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="plan_agreed_has_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="plan_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.status IS DISTINCT FROM OLD.status AND NOT ((OLD.status = 'draft' AND NEW.status = 'agreed') OR (OLD.status = 'agreed' AND NEW.status = 'superseded')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.status, NEW.status\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="8fb8fd4fb41c0d7aea0781e6485b648a3876d744",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_plan_moves_507b8",
                                    table="plans_plan",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="plan_agreed_unchanged",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."contact_from_family" IS DISTINCT FROM (NEW."contact_from_family") OR OLD."contact_to_family" IS DISTINCT FROM (NEW."contact_to_family") OR OLD."follow_up" IS DISTINCT FROM (NEW."follow_up") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."situation_id" IS DISTINCT FROM (NEW."situation_id") OR OLD."strengths" IS DISTINCT FROM (NEW."strengths") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."wish" IS DISTINCT FROM (NEW."wish"))',
                                    func="\n                    IF OLD.status <> 'draft' THEN\n                        RAISE EXCEPTION 'Sovittu suunnitelma ei muutu. Muutoksesta tehdään uusi versio.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_agreed_unchanged';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="704bb538b471575386247c911d76f1ec017aba88",
                                    operation='UPDATE OF "situation_id", "meeting_id", "version", "wish", "strengths", "follow_up", "contact_to_family", "contact_from_family"',
                                    pgid="pgtrigger_plan_agreed_unchanged_ce241",
                                    table="plans_plan",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "plans_planevent" ("agreed_at", "agreed_by_id", "contact_from_family", "contact_to_family", "edition", "follow_up", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situation_id", "status", "strengths", "version", "wish", "written_at", "written_by_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."contact_from_family", NEW."contact_to_family", NEW."edition", NEW."follow_up", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."situation_id", NEW."status", NEW."strengths", NEW."version", NEW."wish", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                                    hash="9b967698e8a31fc5db7a19ac25d852ebe86e1879",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_8b340",
                                    table="plans_plan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "plans_planevent" ("agreed_at", "agreed_by_id", "contact_from_family", "contact_to_family", "edition", "follow_up", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situation_id", "status", "strengths", "version", "wish", "written_at", "written_by_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."contact_from_family", NEW."contact_to_family", NEW."edition", NEW."follow_up", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."situation_id", NEW."status", NEW."strengths", NEW."version", NEW."wish", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                                    hash="93ceaef29c5bef53421e264acb7d79e5b3ff34cd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ee9c7",
                                    table="plans_plan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "plans_planevent" ("agreed_at", "agreed_by_id", "contact_from_family", "contact_to_family", "edition", "follow_up", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situation_id", "status", "strengths", "version", "wish", "written_at", "written_by_id") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."contact_from_family", OLD."contact_to_family", OLD."edition", OLD."follow_up", OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."situation_id", OLD."status", OLD."strengths", OLD."version", OLD."wish", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                                    hash="4f582c4b591c2f4c859c34a0998f2a27ea48e482",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_3e165",
                                    table="plans_plan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="plan_agreed_is_carried",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NEW.\"status\" = 'agreed')",
                                    constraint="CONSTRAINT",
                                    func="\n                    IF NOT EXISTS (SELECT FROM plans_responsibleworker WHERE plan_id = NEW.id) THEN\n                        RAISE EXCEPTION 'Suunnitelmalla on oltava vastuutyöntekijä.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_agreed_is_carried';\n                    END IF;\n                    IF NOT EXISTS (SELECT FROM plans_nextcontact WHERE plan_id = NEW.id) THEN\n                        RAISE EXCEPTION 'Suunnitelmassa on oltava seuraava yhteydenotto.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_agreed_is_carried';\n                    END IF;\n                    IF EXISTS (\n                        SELECT FROM plans_measure WHERE plan_id = NEW.id\n                        AND (what = '' OR (place = 'elsewhere' AND \"where\" = ''))\n                    ) THEN\n                        RAISE EXCEPTION 'Suunnitelman jokainen kohta sanoo, mitä tehdään ja missä.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_agreed_is_carried';\n                    END IF;\n                    RETURN NULL;\n                ",
                                    hash="40beb65f978cf5d3e43515b682acc6ba0ed88b71",
                                    operation='INSERT OR UPDATE OF "status"',
                                    pgid="pgtrigger_plan_agreed_is_carried_00092",
                                    table="plans_plan",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NextContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("on", models.DateField(verbose_name="päivä")),
                        ("at", models.TimeField(blank=True, null=True, verbose_name="kello")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("phone", "soitto"),
                                    ("sms", "tekstiviesti"),
                                    ("email", "sähköposti"),
                                    ("visit", "tapaaminen"),
                                ],
                                default="phone",
                                max_length=6,
                                verbose_name="tapa",
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.TextField(blank=True, max_length=2000, verbose_name="mitä sovittiin"),
                        ),
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
                                to="plans.nextcontact",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.plan",
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
                                    hash="8d929e2f6524eff4d079bd21dfd7380d1b42fc0a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d874e",
                                    table="plans_nextcontactevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("home", "Kotona"),
                                    ("child_environment", "Lapsen arjen ympäristössä"),
                                    ("elsewhere", "Muualla"),
                                ],
                                max_length=20,
                                verbose_name="missä",
                            ),
                        ),
                        (
                            "where",
                            models.CharField(blank=True, max_length=100, verbose_name="missä tarkemmin"),
                        ),
                        ("what", models.TextField(max_length=2000, verbose_name="mitä tehdään")),
                        ("who", models.CharField(blank=True, max_length=200, verbose_name="kuka")),
                        ("when", models.CharField(blank=True, max_length=200, verbose_name="milloin")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="plans.plan",
                            ),
                        ),
                        (
                            "words_of",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=200,
                                verbose_name="kenen sanoin",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "position"), name="measure_position_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="measure_of_draft",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF EXISTS (SELECT FROM plans_plan WHERE id = NEW.plan_id AND status <> 'draft') THEN\n                RAISE EXCEPTION 'Sovittu suunnitelma ei muutu. Muutoksesta tehdään uusi versio.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'measure_of_draft';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="e22358ea0b6b365524493cffd060e4f5a632223e",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_measure_of_draft_e5e09",
                                    table="plans_measure",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Matter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("text", models.TextField(max_length=2000, verbose_name="asia")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="matters",
                                to="plans.plan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "position"), name="matter_position_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="matter_of_draft",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF EXISTS (SELECT FROM plans_plan WHERE id = NEW.plan_id AND status <> 'draft') THEN\n                RAISE EXCEPTION 'Sovittu suunnitelma ei muutu. Muutoksesta tehdään uusi versio.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'matter_of_draft';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="88a3913b1f98dd5287ffc635e3111dd4f508e8c6",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_matter_of_draft_69344",
                                    table="plans_matter",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "luonnos"),
                                    ("agreed", "sovittu"),
                                    ("superseded", "korvattu uudemmalla"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("wish", models.TextField(blank=True, verbose_name="tätä toivomme")),
                        ("strengths", models.TextField(blank=True, verbose_name="voimavaramme")),
                        ("follow_up", models.TextField(blank=True, verbose_name="miten seurataan")),
                        (
                            "contact_to_family",
                            models.TextField(
                                blank=True, verbose_name="miten työntekijä ottaa yhteyttä perheeseen"
                            ),
                        ),
                        (
                            "contact_from_family",
                            models.TextField(
                                blank=True, verbose_name="miten perhe saa työntekijään yhteyden"
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("agreed_at", models.DateTimeField(blank=True, null=True)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        (
                            "agreed_by",
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
                                blank=True,
                                db_constraint=False,
                                null=True,
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
                                to="plans.plan",
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
                                    hash="b3f68a381db6a5160c734b02b91c789f663d554e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_038a7",
                                    table="plans_planevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponsibleWorker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1)),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responsible_workers",
                                to="plans.plan",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibilities",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["plan", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "worker"), name="responsible_worker_once"
                            ),
                            models.UniqueConstraint(
                                fields=("plan", "position"), name="responsible_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("position__in", [1, 2])),
                                name="responsible_one_or_two",
                                violation_error_message="Vastuutyöntekijöitä on yksi tai kaksi.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="responsible_from_public_service",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM network_worker worker\n                        JOIN network_unit unit ON unit.id = worker.unit_id\n                        JOIN network_organisation organisation ON organisation.id = unit.organisation_id\n                        WHERE worker.id = NEW.worker_id AND worker.is_active\n                          AND NOT worker.is_coordinator AND NOT worker.is_administrator\n                          AND organisation.is_public_service\n                    ) THEN\n                        RAISE EXCEPTION 'Vastuutyöntekijä nimetään julkisen palvelun työntekijöistä.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'responsible_from_public_service';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="9c96d5541731d9a862bb66a87a6f466a2ba33895",
                                    operation='INSERT OR UPDATE OF "worker_id"',
                                    pgid="pgtrigger_responsible_from_public_service_364dd",
                                    table="plans_responsibleworker",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "plans_responsibleworkerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "worker_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."worker_id"); RETURN NULL;',
                                    hash="8fe9e7065f1dd5dd7c97a7a142fb98c7056b6a73",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_deddf",
                                    table="plans_responsibleworker",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "plans_responsibleworkerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "worker_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."worker_id"); RETURN NULL;',
                                    hash="c92778249ad6eb83e9c9b194358806f17c46da42",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_610a5",
                                    table="plans_responsibleworker",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "plans_responsibleworkerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "worker_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."position", OLD."worker_id"); RETURN NULL;',
                                    hash="40c29f4471d717d7b70bafd9d4f82a4bd8f6768b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_86cf2",
                                    table="plans_responsibleworker",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponsibleWorkerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(default=1)),
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
                                to="plans.responsibleworker",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.plan",
                            ),
                        ),
                        (
                            "worker",
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
                                    hash="17c2831e3f0fc5a1dbe407634b9babe63626f89e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6198f",
                                    table="plans_responsibleworkerevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Copy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "consent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="copies",
                                to="network.consent",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="copies",
                                to="plans.plan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["given_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "consent"), name="copy_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("given_at__isnull", True), ("given_by__isnull", True)),
                                    models.Q(("given_at__isnull", False), ("given_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="copy_given_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="copy_needs_consent",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE permission record;",
                                    func="\n                    SELECT purpose = 'copy' AND withdrawn_at IS NULL\n                           AND given_at <= clock_timestamp() + interval '1 minute'\n                           AND (valid_until IS NULL OR valid_until > clock_timestamp()) AS in_force,\n                           family_id\n                        INTO permission FROM network_consent WHERE id = NEW.consent_id FOR SHARE;\n                    IF permission.in_force IS DISTINCT FROM TRUE THEN\n                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten suunnitelmaa ei voi antaa.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'copy_needs_consent';\n                    END IF;\n                    IF NOT EXISTS (\n                        SELECT FROM plans_plan plan\n                        JOIN meetings_situation situation ON situation.id = plan.situation_id\n                        WHERE plan.id = NEW.plan_id AND plan.status <> 'draft'\n                          AND situation.family_id = permission.family_id\n                    ) THEN\n                        RAISE EXCEPTION 'Kopion voi antaa vain perheen omasta, sovitusta suunnitelmasta.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'copy_of_agreed';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="4e51ce3883103375bd8b5ae71663d0777ddc2d43",
                                    operation='INSERT OR UPDATE OF "plan_id", "consent_id"',
                                    pgid="pgtrigger_copy_needs_consent_af73c",
                                    table="plans_copy",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "plans_copyevent" ("consent_id", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."consent_id", NEW."given_at", NEW."given_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id"); RETURN NULL;',
                                    hash="7c0c0385447e6e30690f55f3362c6c60b96dd3e4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c1753",
                                    table="plans_copy",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "plans_copyevent" ("consent_id", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."consent_id", NEW."given_at", NEW."given_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id"); RETURN NULL;',
                                    hash="7b958558245c8ce98ed30cfba00fe5e2234bb193",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d6a46",
                                    table="plans_copy",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "plans_copyevent" ("consent_id", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (OLD."consent_id", OLD."given_at", OLD."given_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id"); RETURN NULL;',
                                    hash="8bbd950deb2bc9ed74ef7aa27ca57020a0e040f0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_0f68e",
                                    table="plans_copy",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CopyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                            "given_by",
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
                                to="plans.copy",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.plan",
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
                                    hash="4e9633eef8485e86702d58671da306425d5ddb64",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_e6fbc",
                                    table="plans_copyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        *star.operations,
        *touches.operations,
    ]
