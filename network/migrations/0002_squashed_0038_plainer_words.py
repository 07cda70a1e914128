import uuid
from importlib import import_module

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import phonenumber_field.modelfields
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

from perhekeskus.tables import MadeTogether

guards = import_module("network.migrations.0003_guards").Migration
consultation_messages = import_module("network.migrations.0013_consultation_messages").Migration
texts = import_module("network.migrations.0016_directory_texts")
text_triggers = import_module("network.migrations.0017_directory_text_triggers").Migration
near = import_module("network.migrations.0021_directory_near").Migration
need_words = import_module("network.migrations.0026_need_search_words").Migration
returned_questions = import_module("network.migrations.0029_returned_questions").Migration


def as_sql(migration: type[migrations.Migration]) -> list[migrations.RunSQL]:
    """What the migration tells the database as SQL, without its tables: they are made here."""
    return [one for one in migration.operations if isinstance(one, migrations.RunSQL)]


class Migration(migrations.Migration):
    """The tables as these migrations leave them, for a database that has none of them yet.

    A database that has had some of them goes on one by one. Rows there are none of, so those that only change
    rows are left out. What is told to the database as SQL is taken from where it was written.
    """

    replaces = [
        ("network", "0002_initial"),
        ("network", "0003_guards"),
        ("network", "0004_worker_history"),
        ("network", "0005_wider_network"),
        ("network", "0006_contact_rules"),
        ("network", "0007_groups_and_bulletins"),
        ("network", "0008_team_practice"),
        ("network", "0009_team_areas"),
        ("network", "0010_team_of_area"),
        ("network", "0011_directory_imports"),
        ("network", "0012_consultations"),
        ("network", "0013_consultation_messages"),
        ("network", "0014_card_photo"),
        ("network", "0015_cards_confirmed"),
        ("network", "0016_directory_texts"),
        ("network", "0017_directory_text_triggers"),
        ("network", "0018_directory_texts_of_today"),
        ("network", "0019_invitation_to_everybody"),
        ("network", "0020_both_guardians"),
        ("network", "0021_directory_near"),
        ("network", "0022_calendar_replies"),
        ("network", "0023_consultation_indexes"),
        ("network", "0024_who_gives_permissions"),
        ("network", "0025_supervisors"),
        ("network", "0026_need_search_words"),
        ("network", "0027_why_out_of_invitations"),
        ("network", "0028_left_questions"),
        ("network", "0029_returned_questions"),
        ("network", "0030_outside_history"),
        ("network", "0031_unit_is_yksikko"),
        ("network", "0032_need_history"),
        ("network", "0033_structural_grievances"),
        ("network", "0034_invitation_asked_anew"),
        ("network", "0035_travel_minutes"),
        ("network", "0036_untouched_letter"),
        ("network", "0037_unhelped_letter"),
        ("network", "0038_plainer_words"),
    ]

    dependencies = [
        ("network", "0001_initial"),
        ("perhekeskus", "0002_family_codes"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(texts.FOLDED, "DROP FUNCTION network_folded(text)"),
        migrations.RunSQL(texts.STEMS, "DROP FUNCTION network_stems(text)"),
        MadeTogether(
            [
                migrations.CreateModel(
                    name="WorkerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("email", models.EmailField(max_length=254, verbose_name="sähköposti")),
                        ("first_name", models.CharField(max_length=60, verbose_name="etunimi")),
                        ("last_name", models.CharField(max_length=80, verbose_name="sukunimi")),
                        ("title", models.CharField(max_length=100, verbose_name="ammattinimike")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="puhelin"
                            ),
                        ),
                        (
                            "what_i_do",
                            models.TextField(blank=True, max_length=1000, verbose_name="mitä teen"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="tunnus käytössä")),
                        (
                            "is_guidance",
                            models.BooleanField(default=False, verbose_name="ohjaus- ja neuvontapalvelu"),
                        ),
                        ("is_coordinator", models.BooleanField(default=False, verbose_name="koordinaattori")),
                        ("is_administrator", models.BooleanField(default=False, verbose_name="pääkäyttäjä")),
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
                                to=settings.AUTH_USER_MODEL,
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
                                verbose_name="työpaikka",
                            ),
                        ),
                        (
                            "available_for_consultation",
                            models.BooleanField(default=True, verbose_name="minulta voi kysyä neuvoa"),
                        ),
                        (
                            "available_for_shared_times",
                            models.BooleanField(
                                default=True, verbose_name="minut voi kutsua yhteiseen aikaan"
                            ),
                        ),
                        (
                            "card_confirmed_at",
                            models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True),
                        ),
                        (
                            "is_unit_editor",
                            models.BooleanField(
                                default=False, verbose_name="pitää yksikön tiedot ajan tasalla"
                            ),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("fi", "suomi"),
                                        ("sv", "ruotsi"),
                                        ("en", "englanti"),
                                        ("se", "pohjoissaame"),
                                        ("smn", "inarinsaame"),
                                        ("sms", "koltansaame"),
                                        ("fse", "suomalainen viittomakieli"),
                                        ("fss", "suomenruotsalainen viittomakieli"),
                                        ("rmf", "romani"),
                                        ("krl", "karjala"),
                                        ("et", "viro"),
                                        ("ru", "venäjä"),
                                        ("uk", "ukraina"),
                                        ("ar", "arabia"),
                                        ("so", "somali"),
                                        ("ku", "kurdi"),
                                        ("fa", "persia"),
                                        ("de", "saksa"),
                                        ("fr", "ranska"),
                                        ("es", "espanja"),
                                    ],
                                    max_length=3,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="kielet",
                            ),
                        ),
                        (
                            "reachable",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="milloin minut tavoittaa"
                            ),
                        ),
                        (
                            "wants_digest",
                            models.BooleanField(
                                db_default=True, default=True, verbose_name="viikon kooste tiedotteista"
                            ),
                        ),
                        (
                            "is_supervisor",
                            models.BooleanField(db_default=False, default=False, verbose_name="esihenkilö"),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9f6ed5d98180c7356126940a52c140e4450a8fa1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1a5eb",
                                    table="network_workerevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Area",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True, verbose_name="nimi")),
                        (
                            "municipalities",
                            models.ManyToManyField(
                                related_name="areas", to="network.municipality", verbose_name="kunnat"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="OutsideProfessional",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=140, verbose_name="nimi")),
                        ("title", models.CharField(blank=True, max_length=100, verbose_name="ammattinimike")),
                        ("organisation", models.CharField(max_length=200, verbose_name="mistä hän on")),
                        ("email", models.EmailField(max_length=254, verbose_name="sähköposti")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="puhelin"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="outside_professional_email_once",
                                violation_error_message="Tällä sähköpostilla on jo ammattilainen.",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "network_outsideprofessionalevent" ("name", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."name", NEW."organisation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;',
                                    hash="549d2d0c3e4fc87abd01e719569d3ca1e92d45d4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f597b",
                                    table="network_outsideprofessional",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation" IS DISTINCT FROM (NEW."organisation") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                                    func='INSERT INTO "network_outsideprofessionalevent" ("name", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."name", NEW."organisation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;',
                                    hash="fd496d922b2b4e8fd78985089e0c68fd72fc75cc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_bf68b",
                                    table="network_outsideprofessional",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "network_outsideprofessionalevent" ("name", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."name", OLD."organisation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;',
                                    hash="2474f3987b0916468df79ed5debf02ce4def5f69",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_977d3",
                                    table="network_outsideprofessional",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="järjestys")),
                        (
                            "how",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="miten otetaan yhteyttä"
                            ),
                        ),
                        (
                            "without_meeting",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="mitä voi tehdä ilman tapaamista"
                            ),
                        ),
                        (
                            "family_how",
                            models.CharField(blank=True, max_length=300, verbose_name="sama perheen sanoin"),
                        ),
                        ("is_public", models.BooleanField(default=False, verbose_name="näkyy perheille")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_rules",
                                to="network.municipality",
                                verbose_name="kunta",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_rules",
                                to="network.need",
                                verbose_name="tarve",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_rules",
                                to="network.team",
                                verbose_name="tiimi",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_rules",
                                to="network.unit",
                                verbose_name="yksikkö",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_rules",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="työntekijä",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["need", "municipality", "position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("team__isnull", True),
                                        ("unit__isnull", False),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("team__isnull", False),
                                        ("unit__isnull", True),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("team__isnull", True),
                                        ("unit__isnull", True),
                                        ("worker__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="contactrule_one_target",
                                violation_error_message="Valitse yksi: yksikkö, tiimi tai työntekijä.",
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("need", "municipality", "position"),
                                name="contactrule_position_once",
                                violation_error_message="Tässä kohdassa listaa on jo joku.",
                            ),
                            models.UniqueConstraint(
                                fields=("need", "municipality", "unit"),
                                name="contactrule_unit_once",
                                violation_error_message="Sama on jo tällä listalla.",
                            ),
                            models.UniqueConstraint(
                                fields=("need", "municipality", "team"),
                                name="contactrule_team_once",
                                violation_error_message="Sama on jo tällä listalla.",
                            ),
                            models.UniqueConstraint(
                                fields=("need", "municipality", "worker"),
                                name="contactrule_worker_once",
                                violation_error_message="Sama on jo tällä listalla.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("position__gte", 1)), name="contactrule_position_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_public", False), ("worker__isnull", True), _connector="OR"
                                ),
                                name="contactrule_no_worker_in_public",
                                violation_error_message="Perheille näytetään yksikkö tai tiimi, ei yksittäisen työntekijän nimeä.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "network_contactruleevent" ("family_how", "how", "id", "is_public", "municipality_id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "team_id", "unit_id", "version", "without_meeting", "worker_id") VALUES (NEW."family_how", NEW."how", NEW."id", NEW."is_public", NEW."municipality_id", NEW."need_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."team_id", NEW."unit_id", NEW."version", NEW."without_meeting", NEW."worker_id"); RETURN NULL;',
                                    hash="62f61d9fd67c91d59a2ac7d8fa29d509a4d7931b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d6361",
                                    table="network_contactrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "network_contactruleevent" ("family_how", "how", "id", "is_public", "municipality_id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "team_id", "unit_id", "version", "without_meeting", "worker_id") VALUES (NEW."family_how", NEW."how", NEW."id", NEW."is_public", NEW."municipality_id", NEW."need_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."team_id", NEW."unit_id", NEW."version", NEW."without_meeting", NEW."worker_id"); RETURN NULL;',
                                    hash="3a11f0502d9930f1ef9ec6edbf0e1e8e5d6d4b77",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_bafec",
                                    table="network_contactrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "network_contactruleevent" ("family_how", "how", "id", "is_public", "municipality_id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "team_id", "unit_id", "version", "without_meeting", "worker_id") VALUES (OLD."family_how", OLD."how", OLD."id", OLD."is_public", OLD."municipality_id", OLD."need_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."team_id", OLD."unit_id", OLD."version", OLD."without_meeting", OLD."worker_id"); RETURN NULL;',
                                    hash="9a550f7000947ba41531f9b0d0e8a22975756f14",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_86b8a",
                                    table="network_contactrule",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(verbose_name="järjestys")),
                        (
                            "how",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="miten otetaan yhteyttä"
                            ),
                        ),
                        (
                            "without_meeting",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="mitä voi tehdä ilman tapaamista"
                            ),
                        ),
                        (
                            "family_how",
                            models.CharField(blank=True, max_length=300, verbose_name="sama perheen sanoin"),
                        ),
                        ("is_public", models.BooleanField(default=False, verbose_name="näkyy perheille")),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "need",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.need",
                                verbose_name="tarve",
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
                                to="network.contactrule",
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
                                verbose_name="tiimi",
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
                                verbose_name="yksikkö",
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
                                verbose_name="työntekijä",
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
                                    hash="bb032060ba4d08d05e354cd7aae0d1c5dd873c58",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d507c",
                                    table="network_contactruleevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AreaForum",
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
                                    ("area", "alueellinen foorumi"),
                                    ("day_cares", "kierros päiväkodeissa"),
                                    ("schools", "kierros kouluissa"),
                                ],
                                max_length=10,
                                verbose_name="millainen tapaaminen",
                            ),
                        ),
                        ("event_uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("place", models.CharField(max_length=300, verbose_name="paikka")),
                        ("themes", models.TextField(max_length=2000, verbose_name="teemat")),
                        (
                            "sectors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("social_health", "sosiaali- ja terveyspalvelut"),
                                        ("education", "sivistyspalvelut"),
                                        ("youth", "nuorisopalvelut"),
                                        ("third_sector", "järjestöt"),
                                        ("parish", "seurakunta"),
                                        ("police", "poliisi"),
                                        ("culture", "kulttuuri"),
                                        ("technical", "tekninen toimi"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="toimialat",
                            ),
                        ),
                        (
                            "notes",
                            models.TextField(blank=True, max_length=10000, verbose_name="mitä puhuttiin"),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forums",
                                to="network.area",
                                verbose_name="alue",
                            ),
                        ),
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
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forums",
                                to="network.municipality",
                                verbose_name="kunta",
                            ),
                        ),
                        (
                            "units",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="network.unit", verbose_name="yksiköt"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-period", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("area__isnull", False), ("municipality__isnull", True)),
                                    models.Q(("area__isnull", True), ("municipality__isnull", False)),
                                    _connector="OR",
                                ),
                                name="forum_one_place",
                                violation_error_message="Valitse joko alue tai kunta.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="forum_period_has_ends",
                                violation_error_message="Ajalla on alku ja loppu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("invited_at__isnull", True), ("invited_by__isnull", True)),
                                    models.Q(("invited_at__isnull", False), ("invited_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="forum_invited_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held_at__isnull", True), ("held_by__isnull", True)),
                                    models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="forum_held_paired",
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
                                name="forum_cancelled_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("held_at", None), ("cancelled_at", None), _connector="OR"
                                ),
                                name="forum_held_or_cancelled",
                                violation_error_message="Peruttua foorumia ei ole pidetty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("held_at", None),
                                    ("period__startswith__lte", models.F("held_at")),
                                    _connector="OR",
                                ),
                                name="forum_held_after_it_began",
                                violation_error_message="Foorumi kirjataan pidetyksi vasta, kun se on alkanut.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="forum_cancelled_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."cancelled_at" IS NOT NULL)',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Peruttua foorumia ei muuteta.' USING ERRCODE = 'check_violation', CONSTRAINT = 'forum_cancelled_stays';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="d0550ca4a172c5c8a9caeac80bbe99ea8853e1bb",
                                    operation="UPDATE",
                                    pgid="pgtrigger_forum_cancelled_stays_745e3",
                                    table="network_areaforum",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bulletin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="otsikko")),
                        ("text", models.TextField(max_length=10000, verbose_name="teksti")),
                        (
                            "is_for_members",
                            models.BooleanField(default=False, verbose_name="vain ryhmän jäsenille"),
                        ),
                        (
                            "sectors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("social_health", "sosiaali- ja terveyspalvelut"),
                                        ("education", "sivistyspalvelut"),
                                        ("youth", "nuorisopalvelut"),
                                        ("third_sector", "järjestöt"),
                                        ("parish", "seurakunta"),
                                        ("police", "poliisi"),
                                        ("culture", "kulttuuri"),
                                        ("technical", "tekninen toimi"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="toimialat",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bulletins_written",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "municipalities",
                            models.ManyToManyField(
                                related_name="bulletins",
                                through="network.BulletinMunicipality",
                                to="network.municipality",
                                verbose_name="kunnat",
                            ),
                        ),
                        (
                            "units",
                            models.ManyToManyField(
                                related_name="bulletins",
                                through="network.BulletinUnit",
                                to="network.unit",
                                verbose_name="yksiköt",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bulletins",
                                to="network.group",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-published_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                                    models.Q(
                                        ("published_at__isnull", False), ("published_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="bulletin_published_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="bulletin_withdrawn_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None), ("published_at__isnull", False), _connector="OR"
                                ),
                                name="bulletin_withdrawn_was_published",
                                violation_error_message="Vain lähetetyn tiedotteen voi vetää takaisin.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_for_members", False), ("group__isnull", False), _connector="OR"
                                ),
                                name="bulletin_members_of_a_group",
                                violation_error_message="Jäsenille lähetettävällä tiedotteella on ryhmä.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="bulletin_sealed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_for_members" IS DISTINCT FROM (NEW."is_for_members") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."sectors" IS DISTINCT FROM (NEW."sectors") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                                    func="\n            IF OLD.published_at IS NOT NULL THEN\n                RAISE EXCEPTION 'Lähetettyä tiedotetta ei muuteta. Vedä se takaisin ja lähetä uusi.' USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_sealed';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="1f8d84a74cff9cef11bea1affe8ff4cec17283a2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_bulletin_sealed_fc1fc",
                                    table="network_bulletin",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="bulletin_withdrawn_once",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."withdrawn_at" IS NOT NULL)',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Tiedote on jo vedetty takaisin.' USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_withdrawn_once';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="c05518bbd864d5e972e838e0afd03535792eb48a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_bulletin_withdrawn_once_7df13",
                                    table="network_bulletin",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="bulletin_kept",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."published_at" IS NOT NULL)',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Lähetettyä tiedotetta ei poisteta. Vedä se takaisin.' USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_kept';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="bd297ce9fbb85b484d836733d2139333781dbb70",
                                    operation="DELETE",
                                    pgid="pgtrigger_bulletin_kept_0886d",
                                    table="network_bulletin",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinMunicipality",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "bulletin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="network.bulletin",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bulletin", "municipality"), name="bulletin_municipality_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="bulletin_municipalities_stay",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE bulletin bigint; published timestamptz;",
                                    func="\n            bulletin := CASE WHEN TG_OP = 'DELETE' THEN OLD.bulletin_id ELSE NEW.bulletin_id END;\n            SELECT published_at INTO published FROM network_bulletin WHERE id = bulletin FOR SHARE;\n            IF published IS NOT NULL THEN\n                RAISE EXCEPTION 'Lähetetyn tiedotteen saajia ei muuteta.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_municipalities_stay';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="5b470ba99fea79e374179d732da7b75507d4c103",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_bulletin_municipalities_stay_b7da8",
                                    table="network_bulletinmunicipality",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinReceipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "bulletin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="receipts",
                                to="network.bulletin",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("bulletin", "worker"), name="receipt_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="receipt_seen_once",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."seen_at" IS NOT NULL)',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Lukeminen on jo kirjattu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_seen_once';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="601be2ca2ca3f36b906100d25fb572788c0d7b86",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_receipt_seen_once_79b2e",
                                    table="network_bulletinreceipt",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="receipt_of_published",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE published timestamptz;",
                                    func="\n                    SELECT published_at INTO published FROM network_bulletin\n                        WHERE id = NEW.bulletin_id;\n                    IF published IS NULL THEN\n                        RAISE EXCEPTION 'Luonnosta ei ole lähetetty kenellekään.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_of_published';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="9201f580d5a27fa52fa6ca6edfd5adc77fb95fbc",
                                    operation="INSERT",
                                    pgid="pgtrigger_receipt_of_published_d451f",
                                    table="network_bulletinreceipt",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "bulletin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="network.bulletin",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.unit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("bulletin", "unit"), name="bulletin_unit_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="bulletin_units_stay",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE bulletin bigint; published timestamptz;",
                                    func="\n            bulletin := CASE WHEN TG_OP = 'DELETE' THEN OLD.bulletin_id ELSE NEW.bulletin_id END;\n            SELECT published_at INTO published FROM network_bulletin WHERE id = bulletin FOR SHARE;\n            IF published IS NOT NULL THEN\n                RAISE EXCEPTION 'Lähetetyn tiedotteen saajia ei muuteta.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_units_stay';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="4d6c1d4824bf5ea9c63b5a4a307012597a68f42d",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_bulletin_units_stay_fc8d0",
                                    table="network_bulletinunit",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentNeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="mikä kaipaa kehittämistä")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "odottaa tekijää"),
                                    ("under_way", "työn alla"),
                                    ("done", "valmis"),
                                    ("put_aside", "jätetty sikseen"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("outcome", models.TextField(blank=True, max_length=2000)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "forum",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="network.areaforum",
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="development_needs",
                                to="network.municipality",
                                verbose_name="kunta",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="development_needs",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="kuka hoitaa",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["under_way", "done"]), _negated=True),
                                    ("owner__isnull", False),
                                    _connector="OR",
                                ),
                                name="development_under_way_has_owner",
                                violation_error_message="Kun asiaa viedään eteenpäin, joku hoitaa sitä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "put_aside"), _negated=True),
                                    models.Q(("outcome", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="development_put_aside_says_why",
                                violation_error_message="Kirjoita, miksi asia jätetään.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="development_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'open' AND NEW.state = 'put_aside') OR (OLD.state = 'open' AND NEW.state = 'under_way') OR (OLD.state = 'under_way' AND NEW.state = 'done') OR (OLD.state = 'under_way' AND NEW.state = 'open') OR (OLD.state = 'under_way' AND NEW.state = 'put_aside') OR (OLD.state = 'done' AND NEW.state = 'under_way') OR (OLD.state = 'put_aside' AND NEW.state = 'open')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.state, NEW.state\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'development_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="60917a3c4c69cdd43164a89b087e6024014322b0",
                                    operation='UPDATE OF "state"',
                                    pgid="pgtrigger_development_moves_0e5d6",
                                    table="network_developmentneed",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "network_developmentneedevent" ("created_at", "created_by_id", "forum_id", "id", "moved_at", "municipality_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."forum_id", NEW."id", NEW."moved_at", NEW."municipality_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."text", NEW."version"); RETURN NULL;',
                                    hash="eab19ed288bc2b0e58795ea1d287facfd796e289",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f49d7",
                                    table="network_developmentneed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "network_developmentneedevent" ("created_at", "created_by_id", "forum_id", "id", "moved_at", "municipality_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."forum_id", NEW."id", NEW."moved_at", NEW."municipality_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."text", NEW."version"); RETURN NULL;',
                                    hash="6ba3c989613078c1f0a7f2e95a8b78e86e83d1ef",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_653a0",
                                    table="network_developmentneed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "network_developmentneedevent" ("created_at", "created_by_id", "forum_id", "id", "moved_at", "municipality_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "version") VALUES (OLD."created_at", OLD."created_by_id", OLD."forum_id", OLD."id", OLD."moved_at", OLD."municipality_id", OLD."outcome", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."text", OLD."version"); RETURN NULL;',
                                    hash="dc29b965574e832a827638a40f78a992fd7237af",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6f5d0",
                                    table="network_developmentneed",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentNeedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("text", models.TextField(max_length=2000, verbose_name="mikä kaipaa kehittämistä")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "odottaa tekijää"),
                                    ("under_way", "työn alla"),
                                    ("done", "valmis"),
                                    ("put_aside", "jätetty sikseen"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("outcome", models.TextField(blank=True, max_length=2000)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "forum",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.areaforum",
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
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="kuka hoitaa",
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
                                to="network.developmentneed",
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
                                    hash="6c64c7602ba44ee3bdb44caddbde6cdf94929694",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_15630",
                                    table="network_developmentneedevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ForumParticipation",
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
                                choices=[
                                    ("pending", "ei vielä vastannut"),
                                    ("coming", "tulossa"),
                                    ("maybe", "ehkä tulossa"),
                                    ("not_coming", "ei pääse"),
                                ],
                                default="pending",
                                max_length=10,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("came", models.BooleanField(blank=True, null=True)),
                        (
                            "forum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participations",
                                to="network.areaforum",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forum_participations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("forum", "worker"), name="forum_participation_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "pending"), ("answered_at", None)),
                                    models.Q(
                                        models.Q(("answer", "pending"), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="forum_answer_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Group",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nimi")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("clinic", "neuvolatyöryhmä"),
                                    ("pupil_steering", "oppilashuollon ohjausryhmä"),
                                    ("pupil_care", "koulukohtainen oppilashuoltoryhmä"),
                                    ("myr", "moniammatillinen yhteistyöryhmä (MYR)"),
                                    ("hyva", "HYVÄ-ryhmä"),
                                    ("day_care", "päivähoitotiimi"),
                                    ("youth", "nuorten monialainen verkosto"),
                                    ("workshop", "perhekeskustyöpaja"),
                                    ("other", "muu ryhmä"),
                                ],
                                max_length=20,
                                verbose_name="millainen ryhmä",
                            ),
                        ),
                        ("purpose", models.TextField(max_length=2000, verbose_name="mitä varten ryhmä on")),
                        ("is_active", models.BooleanField(default=True, verbose_name="ryhmä kokoontuu")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="network.municipality",
                                verbose_name="kunta",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="network.unit",
                                verbose_name="yksikkö",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("municipality", "name"),
                                name="group_once",
                                violation_error_message="Kunnassa on jo tämänniminen ryhmä.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupMeeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("event_uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("place", models.CharField(max_length=300, verbose_name="paikka")),
                        ("agenda", models.TextField(blank=True, max_length=10000, verbose_name="asialista")),
                        ("memo", models.TextField(blank=True, max_length=10000, verbose_name="muistio")),
                        ("memo_approved_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meetings",
                                to="network.group",
                            ),
                        ),
                        (
                            "memo_approved_by",
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
                        "ordering": ["-period", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="groupmeeting_period_has_ends",
                                violation_error_message="Ajalla on alku ja loppu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("memo_approved_at__isnull", True), ("memo_approved_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("memo_approved_at__isnull", False),
                                        ("memo_approved_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="groupmeeting_approved_paired",
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
                                name="groupmeeting_cancelled_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("memo_approved_at", None),
                                    models.Q(models.Q(("memo", ""), _negated=True), ("cancelled_at", None)),
                                    _connector="OR",
                                ),
                                name="groupmeeting_approved_has_memo",
                                violation_error_message="Hyväksytyssä muistiossa on tekstiä, eikä kokousta ole peruttu.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("cancelled_at", None)),
                                expressions=[("group", "="), ("period", "&&")],
                                name="groupmeeting_one_at_a_time",
                                violation_error_message="Ryhmällä on jo kokous samaan aikaan.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="groupmeeting_memo_sealed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."memo_approved_at" IS NOT NULL)',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Hyväksyttyä muistiota ei muuteta. Kirjaa korjaus seuraavan kokouksen muistioon.' USING ERRCODE = 'check_violation', CONSTRAINT = 'groupmeeting_memo_sealed';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="26617c835b74660b86bb88490db4a11de8ca7f6e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_groupmeeting_memo_sealed_0350e",
                                    table="network_groupmeeting",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupMembership",
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
                                    ("chair", "puheenjohtaja"),
                                    ("secretary", "sihteeri"),
                                    ("member", "jäsen"),
                                ],
                                default="member",
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateField(default=django.utils.timezone.localdate)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="network.group",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("group", "worker"),
                                name="membership_once",
                                violation_error_message="Hän kuuluu jo ryhmään.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "chair"), ("until", None)),
                                fields=("group",),
                                name="membership_one_chair",
                                violation_error_message="Ryhmällä on yksi puheenjohtaja kerrallaan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="membership_ends_after_it_begins",
                                violation_error_message="Jäsenyys ei voi päättyä ennen kuin se alkaa.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeerFeedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=4000)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reply", models.TextField(blank=True, max_length=4000)),
                        ("replied_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "from_worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback_given",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback_received",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("from_worker", models.F("to_worker")), _negated=True),
                                name="feedback_between_two",
                                violation_error_message="Valitse joku toinen kuin sinä itse.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("replied_at", None), ("reply", "")),
                                    models.Q(
                                        models.Q(("reply", ""), _negated=True), ("replied_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="feedback_reply_has_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="feedback_unchanged",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."from_worker_id" IS DISTINCT FROM (NEW."from_worker_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."to_worker_id" IS DISTINCT FROM (NEW."to_worker_id"))',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Annettua palautetta ei muuteta.' USING ERRCODE = 'check_violation', CONSTRAINT = 'feedback_unchanged';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="f40dd706790f66ae567efa83f2a7ec9296531159",
                                    operation="UPDATE",
                                    pgid="pgtrigger_feedback_unchanged_8a9af",
                                    table="network_peerfeedback",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="feedback_replied_once",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."replied_at" IS NOT NULL)',
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Palautteeseen on jo vastattu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'feedback_replied_once';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="ded0b753f52f7cbd2e52f43c8436dab195d57522",
                                    operation="UPDATE",
                                    pgid="pgtrigger_feedback_replied_once_af1db",
                                    table="network_peerfeedback",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegularLetter",
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
                                    ("bulletins", "viikon kooste tiedotteista"),
                                    ("forums", "muistutus puuttuvasta foorumista"),
                                    ("untouched", "tieto odottavista tilanteista"),
                                    ("unhelped", "tieto tilanteista, joihin yksiköstä ei löydy auttajaa"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("tells_since", models.DateTimeField()),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("kind", "="), ("worker", "="), ("period", "&&")],
                                name="regular_letter_once",
                                violation_error_message="Tältä ajalta on jo lähetetty kirje.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Thanks",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=1000)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "from_worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="thanks_given",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="thanks_received",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("from_worker", models.F("to_worker")), _negated=True),
                                name="thanks_between_two",
                                violation_error_message="Valitse joku toinen kuin sinä itse.",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="thanks_unchanged",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Annettua kiitosta ei muuteta.' USING ERRCODE = 'check_violation', CONSTRAINT = 'thanks_unchanged';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="ea1fed486d88156dbc8820dbc089f4987066015a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_thanks_unchanged_cf673",
                                    table="network_thanks",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamTime",
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
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="times",
                                to="network.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["weekday", "starts"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts__lt", models.F("ends"))),
                                name="team_time_in_order",
                                violation_error_message="Aika päättyy alkamisensa jälkeen.",
                            ),
                            models.UniqueConstraint(
                                fields=("team", "weekday", "starts"),
                                name="team_time_once",
                                violation_error_message="Sama aika on jo listalla.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="team_time_gone",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n    DECLARE\n        team RECORD;\n    BEGIN\n        SELECT * INTO team FROM network_team WHERE id = OLD.team_id;\n        IF team.coordinator_id IS NOT NULL AND NOT EXISTS (\n            SELECT FROM network_team_members WHERE team_id = team.id AND worker_id = team.coordinator_id\n        ) THEN\n            RAISE EXCEPTION 'Tiimin koordinaattori on aina tiimin jäsen.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'team_coordinator_is_member';\n        END IF;\n        IF team.calling = 'weekly' AND NOT EXISTS (SELECT FROM network_teamtime WHERE team_id = team.id) THEN\n            RAISE EXCEPTION 'Kun tiimi kutsutaan sen omiin aikoihin, ajat on kerrottava.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'team_weekly_has_times';\n        END IF;\n    END;\n    RETURN NULL;\n",
                                    hash="d96a69781f0517672dd87cb23588f83d4c505ccc",
                                    operation='DELETE OR UPDATE OF "team_id"',
                                    pgid="pgtrigger_team_time_gone_f0281",
                                    table="network_teamtime",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="nimi")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=128,
                                region=None,
                                verbose_name="puhelin",
                            ),
                        ),
                        (
                            "calling",
                            models.CharField(
                                choices=[
                                    ("direct", "jäseniltä kysytään suoraan"),
                                    ("coordinator", "tiimin koordinaattorin kautta"),
                                    ("weekly", "tiimin omina viikkoaikoina"),
                                ],
                                db_default="direct",
                                default="direct",
                                max_length=12,
                                verbose_name="miten tiimi kutsutaan",
                            ),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                db_default=0,
                                default=0,
                                verbose_name="kuinka monta päivää ennen kutsu tarvitaan",
                            ),
                        ),
                        (
                            "practice",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="kutsukäytäntö sanoin"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="network.area",
                                verbose_name="alue",
                            ),
                        ),
                        (
                            "coordinator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="tiimin koordinaattori",
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
                                to="network.team",
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
                                    hash="4d0c82e56cd32a66dcdd3f87c24b6407caef6864",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_341d1",
                                    table="network_teamevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("network.team_members",),
                ),
                migrations.CreateModel(
                    name="DirectoryImport",
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
                                    ("organisations", "Organisaatiot"),
                                    ("units", "Yksiköt"),
                                    ("workers", "Työntekijät"),
                                    ("contact_rules", "Yhteydenottolista"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200)),
                        ("content", models.BinaryField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("uploaded", "odottaa tarkistusta"),
                                    ("checking", "tarkistetaan"),
                                    ("checked", "tarkistettu"),
                                    ("applying", "viedään hakemistoon"),
                                    ("applied", "viety hakemistoon"),
                                    ("failed", "ei onnistunut"),
                                    ("cancelled", "peruttu"),
                                ],
                                default="uploaded",
                                max_length=10,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                        ("touched_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("headings", models.JSONField(blank=True, default=list)),
                        ("notes", models.JSONField(blank=True, default=list)),
                        ("counts", models.JSONField(blank=True, default=dict)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("message", models.CharField(blank=True, max_length=500)),
                        (
                            "applied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applied_imports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uploaded_imports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-uploaded_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("applied_at__isnull", True), ("applied_by__isnull", True)),
                                    models.Q(("applied_at__isnull", False), ("applied_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="import_applied_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("applied_at__isnull", False), ("state__in", ["applying", "applied"])
                                    ),
                                    models.Q(
                                        ("applied_at__isnull", True),
                                        models.Q(("state__in", ["applying", "applied"]), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="import_applied_by_somebody",
                                violation_error_message="Tiedoston vie hakemistoon joku, jonka nimi jää talteen.",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.lookups.LessThanOrEqual(
                                    models.Func(
                                        models.F("content"),
                                        function="octet_length",
                                        output_field=models.IntegerField(),
                                    ),
                                    10000000,
                                ),
                                name="import_not_too_large",
                                violation_error_message="Tiedosto on liian suuri.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["applied", "cancelled"]), _negated=True),
                                    ("content", b""),
                                    _connector="OR",
                                ),
                                name="import_file_forgotten",
                                violation_error_message="Valmiin tai perutun tuonnin tiedosto poistetaan.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="import_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'uploaded' AND NEW.state = 'cancelled') OR (OLD.state = 'uploaded' AND NEW.state = 'checking') OR (OLD.state = 'checking' AND NEW.state = 'cancelled') OR (OLD.state = 'checking' AND NEW.state = 'checked') OR (OLD.state = 'checking' AND NEW.state = 'failed') OR (OLD.state = 'checked' AND NEW.state = 'applying') OR (OLD.state = 'checked' AND NEW.state = 'cancelled') OR (OLD.state = 'checked' AND NEW.state = 'uploaded') OR (OLD.state = 'applying' AND NEW.state = 'applied') OR (OLD.state = 'applying' AND NEW.state = 'checked') OR (OLD.state = 'applying' AND NEW.state = 'failed') OR (OLD.state = 'failed' AND NEW.state = 'cancelled') OR (OLD.state = 'failed' AND NEW.state = 'uploaded')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.state, NEW.state\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'import_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="cc22fe9088e3655e43ec14c77b6d4b8369743118",
                                    operation='UPDATE OF "state"',
                                    pgid="pgtrigger_import_moves_012a2",
                                    table="network_directoryimport",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("added", "lisätään"),
                                    ("changed", "muuttuu"),
                                    ("unchanged", "ei muutu"),
                                    ("bad", "jää pois"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=500)),
                        ("target_id", models.BigIntegerField(blank=True, null=True)),
                        ("changes", models.JSONField(blank=True, default=list)),
                        ("reasons", models.JSONField(blank=True, default=list)),
                        ("cells", models.JSONField(blank=True, default=list)),
                        (
                            "directory_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="network.directoryimport",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["directory_import", "line"],
                        "indexes": [
                            models.Index(
                                fields=["directory_import", "outcome", "line"], name="importrow_by_outcome"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("directory_import", "line"),
                                name="importrow_line_once",
                                violation_error_message="Tiedoston rivi on tarkistuksessa vain kerran.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("situation_number", models.BigIntegerField(db_index=True)),
                        ("is_anonymous", models.BooleanField(default=True, verbose_name="nimettömästi")),
                        ("question", models.TextField(max_length=4000, verbose_name="kysymys")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "odottaa vastaajaa"),
                                    ("picked_up", "vastaaja on löytynyt"),
                                    ("answered", "vastattu"),
                                    ("closed", "käsitelty"),
                                    ("withdrawn", "peruttu"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("picked_up_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.TextField(blank=True, max_length=4000, verbose_name="vastaus")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("enough", "Neuvo riitti"),
                                    ("shared_time", "Tarvitaan yhteinen aika"),
                                    ("direct", "Perhe ja vastaaja ovat yhteydessä suoraan"),
                                ],
                                max_length=12,
                                verbose_name="mitä siitä seurasi",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations_asked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            "consent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consultations",
                                to="network.consent",
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
                            "picked_up_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations_picked_up",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("left_waiting_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status__in", ["asked", "picked_up"])),
                                fields=["consent"],
                                name="consultation_open",
                            ),
                            models.Index(
                                condition=models.Q(("status", "answered")),
                                fields=["situation_number"],
                                name="consultation_answered",
                            ),
                            models.Index(
                                condition=models.Q(("left_waiting_at__isnull", False)),
                                fields=["left_waiting_at"],
                                name="consultation_left_waiting",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("picked_up_at__isnull", True), ("picked_up_by__isnull", True)),
                                    models.Q(
                                        ("picked_up_at__isnull", False), ("picked_up_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_picked_up_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="consultation_answered_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="consultation_closed_paired",
                                violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("question", ""), _negated=True),
                                name="consultation_has_question",
                                violation_error_message="Kirjoita, mitä kysyt.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("picked_up_at__isnull", True), ("status__in", ["asked"])),
                                    ("status", "withdrawn"),
                                    models.Q(
                                        ("picked_up_at__isnull", False),
                                        ("status__in", ["picked_up", "answered", "closed"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_picked_up_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["answered", "closed"]),
                                        ("answered_at__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ["answered", "closed"]), _negated=True),
                                        ("answer", ""),
                                        ("answered_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_answered_in_words",
                                violation_error_message="Kirjoita vastaus.",
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
                                name="consultation_closed_says_result",
                                violation_error_message="Valitse, mitä neuvosta seurasi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), ("withdrawn_at__isnull", False)),
                                    models.Q(
                                        models.Q(("status", "withdrawn"), _negated=True),
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_withdrawn_has_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="consultation_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.status IS DISTINCT FROM OLD.status AND NOT ((OLD.status = 'asked' AND NEW.status = 'answered') OR (OLD.status = 'asked' AND NEW.status = 'picked_up') OR (OLD.status = 'asked' AND NEW.status = 'withdrawn') OR (OLD.status = 'picked_up' AND NEW.status = 'answered') OR (OLD.status = 'picked_up' AND NEW.status = 'asked') OR (OLD.status = 'picked_up' AND NEW.status = 'withdrawn') OR (OLD.status = 'answered' AND NEW.status = 'closed')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.status, NEW.status\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="28b9206488ffbe1fe0fefa7a8de517751cfc5ce6",
                                    operation='UPDATE OF "status"',
                                    pgid="pgtrigger_consultation_moves_cf43e",
                                    table="network_consultation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="consultation_asked_once",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."is_anonymous" IS DISTINCT FROM (NEW."is_anonymous") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."situation_number" IS DISTINCT FROM (NEW."situation_number"))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="25fbdfb10882fe1fc7458f2eb5eb765bf85aa209",
                                    operation="UPDATE",
                                    pgid="pgtrigger_consultation_asked_once_81450",
                                    table="network_consultation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="consultation_answer_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."picked_up_by_id" IS DISTINCT FROM (NEW."picked_up_by_id"))',
                                    func="\n            IF OLD.status IN ('answered', 'closed') THEN\n                RAISE EXCEPTION 'Annettu vastaus ei muutu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_answer_stays';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="cddca066529b7ead7b4dd42c7f09ec3539857e5c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_consultation_answer_stays_7ff91",
                                    table="network_consultation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="consultation_counted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF TG_OP <> 'INSERT' AND OLD.status IN ('answered', 'closed') THEN\n                        INSERT INTO network_consultationcount AS counted\n                            (municipality_id, month, answered, enough)\n                        VALUES (OLD.municipality_id,\n                                date_trunc('month', OLD.answered_at AT TIME ZONE 'Europe/Helsinki')::date,\n                                -1, -(OLD.result = 'enough')::int)\n                        ON CONFLICT (municipality_id, month)\n                        DO UPDATE SET answered = counted.answered + EXCLUDED.answered,\n                                      enough = counted.enough + EXCLUDED.enough;\n                    END IF;\n                    IF TG_OP <> 'DELETE' AND NEW.status IN ('answered', 'closed') THEN\n                        INSERT INTO network_consultationcount AS counted\n                            (municipality_id, month, answered, enough)\n                        VALUES (NEW.municipality_id,\n                                date_trunc('month', NEW.answered_at AT TIME ZONE 'Europe/Helsinki')::date,\n                                1, (NEW.result = 'enough')::int)\n                        ON CONFLICT (municipality_id, month)\n                        DO UPDATE SET answered = counted.answered + EXCLUDED.answered,\n                                      enough = counted.enough + EXCLUDED.enough;\n                    END IF;\n                    RETURN NULL;\n                ",
                                    hash="4ef6980457e7e582ce9272c53822c436b7dafc4d",
                                    operation='INSERT OR DELETE OR UPDATE OF "status", "result", "answered_at", "municipality_id"',
                                    pgid="pgtrigger_consultation_counted_a8be3",
                                    table="network_consultation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="consultation_needs_consent",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NEW.\"status\" IN ('asked', 'picked_up', 'answered'))",
                                    declare="DECLARE permission record; helper bigint;",
                                    func="\n                    SELECT purpose = 'consult' AND withdrawn_at IS NULL\n                           AND given_at <= clock_timestamp() + interval '1 minute'\n                           AND (valid_until IS NULL OR valid_until > clock_timestamp()) AS in_force,\n                           family_id, worker_id, unit_id, team_id\n                        INTO permission FROM network_consent WHERE id = NEW.consent_id FOR SHARE;\n                    IF permission.in_force IS DISTINCT FROM TRUE\n                        OR coalesce(permission.worker_id, permission.unit_id, permission.team_id) IS NULL THEN\n                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten neuvoa ei voi kysyä eikä antaa.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_needs_consent';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND NEW.consent_id <> OLD.consent_id AND NOT EXISTS (\n                        SELECT FROM network_consent former\n                        WHERE former.id = OLD.consent_id\n                          AND former.family_id = permission.family_id\n                          AND former.worker_id IS NOT DISTINCT FROM permission.worker_id\n                          AND former.unit_id IS NOT DISTINCT FROM permission.unit_id\n                          AND former.team_id IS NOT DISTINCT FROM permission.team_id\n                    ) THEN\n                        RAISE EXCEPTION 'Lupa on annettu toiselle tai toisesta perheestä.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_own_consent';\n                    END IF;\n                    FOREACH helper IN ARRAY ARRAY[NULLIF(NEW.picked_up_by_id, OLD.picked_up_by_id),\n                                                  NULLIF(NEW.answered_by_id, OLD.answered_by_id)] LOOP\n                        -- One who is leaving at this moment is let go first, or leaves the question behind.\n                        PERFORM FROM network_worker WHERE id = helper FOR SHARE;\n                        PERFORM FROM network_team_members\n                            WHERE team_id = permission.team_id AND worker_id = helper FOR SHARE;\n                        IF helper IS NOT NULL AND NOT EXISTS (\n                            SELECT FROM network_worker worker WHERE worker.id = helper\n                              AND worker.is_active AND NOT worker.is_coordinator\n                              AND NOT worker.is_administrator\n                              AND (worker.id = permission.worker_id OR worker.unit_id = permission.unit_id\n                                   OR EXISTS (SELECT FROM network_team_members\n                                              WHERE team_id = permission.team_id AND worker_id = worker.id))\n                        ) THEN\n                            RAISE EXCEPTION 'Perheen lupa on annettu toiselle.'\n                                USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_own_receiver';\n                        END IF;\n                    END LOOP;\n                    RETURN NEW;\n                ",
                                    hash="aba985b63c33623c2a6152c2769a16f90dff1ad3",
                                    operation='INSERT OR UPDATE OF "consent_id", "status", "picked_up_by_id", "answered_by_id", "answer"',
                                    pgid="pgtrigger_consultation_needs_consent_b532e",
                                    table="network_consultation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "network_consultationevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "closed_at", "closed_by_id", "consent_id", "form_key", "id", "is_anonymous", "left_waiting_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_up_at", "picked_up_by_id", "question", "result", "situation_number", "status", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."closed_at", NEW."closed_by_id", NEW."consent_id", NEW."form_key", NEW."id", NEW."is_anonymous", NEW."left_waiting_at", NEW."municipality_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."picked_up_at", NEW."picked_up_by_id", NEW."question", NEW."result", NEW."situation_number", NEW."status", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                                    hash="5dd549075a68b034730621899aa4fe24d8dcef18",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_79cd6",
                                    table="network_consultation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "network_consultationevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "closed_at", "closed_by_id", "consent_id", "form_key", "id", "is_anonymous", "left_waiting_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_up_at", "picked_up_by_id", "question", "result", "situation_number", "status", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."closed_at", NEW."closed_by_id", NEW."consent_id", NEW."form_key", NEW."id", NEW."is_anonymous", NEW."left_waiting_at", NEW."municipality_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."picked_up_at", NEW."picked_up_by_id", NEW."question", NEW."result", NEW."situation_number", NEW."status", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                                    hash="9f187b4b65308e1081ded62de914fc8b73da5816",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_30985",
                                    table="network_consultation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "network_consultationevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "closed_at", "closed_by_id", "consent_id", "form_key", "id", "is_anonymous", "left_waiting_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_up_at", "picked_up_by_id", "question", "result", "situation_number", "status", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_by_id", OLD."closed_at", OLD."closed_by_id", OLD."consent_id", OLD."form_key", OLD."id", OLD."is_anonymous", OLD."left_waiting_at", OLD."municipality_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."picked_up_at", OLD."picked_up_by_id", OLD."question", OLD."result", OLD."situation_number", OLD."status", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                                    hash="387e5ba60462ef1894be8d826f8124d8958cd762",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_950cf",
                                    table="network_consultation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField()),
                        ("answered", models.IntegerField(db_default=0, default=0)),
                        ("enough", models.IntegerField(db_default=0, default=0)),
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
                                fields=("municipality", "month"), name="consultation_count_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("situation_number", models.BigIntegerField()),
                        ("is_anonymous", models.BooleanField(default=True, verbose_name="nimettömästi")),
                        ("question", models.TextField(max_length=4000, verbose_name="kysymys")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "odottaa vastaajaa"),
                                    ("picked_up", "vastaaja on löytynyt"),
                                    ("answered", "vastattu"),
                                    ("closed", "käsitelty"),
                                    ("withdrawn", "peruttu"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("picked_up_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.TextField(blank=True, max_length=4000, verbose_name="vastaus")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("enough", "Neuvo riitti"),
                                    ("shared_time", "Tarvitaan yhteinen aika"),
                                    ("direct", "Perhe ja vastaaja ovat yhteydessä suoraan"),
                                ],
                                max_length=12,
                                verbose_name="mitä siitä seurasi",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                        (
                            "answered_by",
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
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                                to="network.consultation",
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
                            "withdrawn_by",
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
                        ("left_waiting_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="1fbaf721cf0c477295170d7de4c4cf63e6a33d76",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f7118",
                                    table="network_consultationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkerPhoto",
                    fields=[
                        (
                            "worker",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="photo",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("jpeg", models.BinaryField()),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=django.db.models.lookups.LessThanOrEqual(
                                    django.db.models.functions.text.Length("jpeg"), 100000
                                ),
                                name="worker_photo_small",
                                violation_error_message="Kuva on liian suuri.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("worker", "Nimi"),
                                    ("unit", "Yksikkö"),
                                    ("organisation", "Organisaatio"),
                                    ("team", "Tiimi"),
                                    ("need", "Tarve"),
                                    ("expertise", "Osaaminen"),
                                    ("municipality", "Kunta"),
                                    ("area", "Alue"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("key", models.CharField(max_length=20)),
                        ("field", models.CharField(max_length=12)),
                        ("text", models.TextField()),
                        (
                            "folded",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(models.F("text"), function="network_folded"),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "stems",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(models.F("text"), function="network_stems"),
                                output_field=django.contrib.postgres.fields.ArrayField(
                                    base_field=models.TextField(), size=None
                                ),
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    models.F("folded"), name="gin_trgm_ops"
                                ),
                                name="directory_text_folded",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["stems"], name="directory_text_stems"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "key", "field"), name="directory_text_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarReply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=64, unique=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("taken", "otettu vastaukseksi"),
                                    ("unknown", "ei minkään kutsun"),
                                    ("outdated", "vanhentunut"),
                                    ("refused", "kutsu on kiinni"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("stamp", models.DateTimeField()),
                        ("handled_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "invitation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_replies",
                                to="network.invitation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "taken"), _negated=True),
                                    ("invitation__isnull", False),
                                    _connector="OR",
                                ),
                                name="reply_taken_by_an_invitation",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "both_guardians_asked",
                            models.BooleanField(
                                default=False, verbose_name="lupa kysytään kummaltakin huoltajalta"
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
                                related_name="both_guardians_asked_events",
                                to="network.family",
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
                                    hash="9954be35f524999315f7a0c59a8ba7ce46a280ba",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_78912",
                                    table="network_familyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyMemberEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "is_mature",
                            models.BooleanField(default=False, verbose_name="nuori päättää itse luvista"),
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
                                related_name="family_is_mature_events",
                                to="network.familymember",
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
                                    hash="db6b755a8c50101cb721f0dd824a2bdb020d9f74",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_de787",
                                    table="network_familymemberevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutsideProfessionalEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("name", models.CharField(max_length=140, verbose_name="nimi")),
                        ("title", models.CharField(blank=True, max_length=100, verbose_name="ammattinimike")),
                        ("organisation", models.CharField(max_length=200, verbose_name="mistä hän on")),
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
                                related_name="name_title_organisation_events",
                                to="network.outsideprofessional",
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
                                    hash="28a34b7f382cd257715faf006ff84fd52365a21e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_27b91",
                                    table="network_outsideprofessionalevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "name",
                            models.CharField(
                                error_messages={"unique": "Samanniminen tarve on jo listalla."},
                                max_length=100,
                                verbose_name="tarve",
                            ),
                        ),
                        (
                            "family_words",
                            models.CharField(blank=True, max_length=200, verbose_name="perheen sanoin"),
                        ),
                        (
                            "search_words",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=500,
                                verbose_name="hakusanat",
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
                                to="network.need",
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
                                    hash="264dca07ce4a6ca61153cd64a702fcd9c757bbc2",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cfb47",
                                    table="network_needevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StructuralGrievance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("access", "apuun pääsy ja jonot"),
                                    ("gap", "palvelu puuttuu"),
                                    ("distance", "matkat ja kuljetukset"),
                                    ("information", "tiedonkulku palvelujen välillä"),
                                    ("school", "koulun tai varhaiskasvatuksen järjestelyt"),
                                    ("livelihood", "asuminen ja toimeentulo"),
                                    ("leisure", "vapaa-aika ja harrastukset"),
                                    ("other", "muu"),
                                ],
                                max_length=12,
                                verbose_name="aihe",
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="mikä on vialla")),
                        ("recorded_month", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("recorded", "kirjattu"),
                                    ("under_way", "käsittelyssä"),
                                    ("answered", "vastattu"),
                                    ("done", "korjattu"),
                                    ("put_aside", "jätetty sikseen"),
                                ],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, max_length=2000, verbose_name="vastaus")),
                        ("outcome", models.TextField(blank=True, max_length=2000)),
                        ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grievances",
                                to="network.municipality",
                                verbose_name="kunta",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grievances",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="kuka hoitaa",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-recorded_month", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("recorded_month__day", 1)),
                                name="grievance_month_only",
                                violation_error_message="Epäkohdasta kirjataan vain kuukausi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["recorded", "put_aside"]),
                                    ("owner__isnull", False),
                                    _connector="OR",
                                ),
                                name="grievance_handled_has_owner",
                                violation_error_message="Kun epäkohtaa käsitellään, joku hoitaa sitä.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["answered", "done"]), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="grievance_answered_has_answer",
                                violation_error_message="Kirjoita vastaus.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "put_aside"), _negated=True),
                                    models.Q(("outcome", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="grievance_put_aside_says_why",
                                violation_error_message="Kirjoita, miksi epäkohta jätetään.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="grievance_moves",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'recorded' AND NEW.state = 'put_aside') OR (OLD.state = 'recorded' AND NEW.state = 'under_way') OR (OLD.state = 'under_way' AND NEW.state = 'answered') OR (OLD.state = 'under_way' AND NEW.state = 'put_aside') OR (OLD.state = 'under_way' AND NEW.state = 'recorded') OR (OLD.state = 'answered' AND NEW.state = 'done') OR (OLD.state = 'answered' AND NEW.state = 'put_aside') OR (OLD.state = 'answered' AND NEW.state = 'under_way') OR (OLD.state = 'done' AND NEW.state = 'under_way') OR (OLD.state = 'put_aside' AND NEW.state = 'recorded')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.state, NEW.state\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_moves';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="3fb9c62060b2e15462f47c64caf9b3a10133fc44",
                                    operation='UPDATE OF "state"',
                                    pgid="pgtrigger_grievance_moves_bb69c",
                                    table="network_structuralgrievance",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="grievance_told_once",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."recorded_month" IS DISTINCT FROM (NEW."recorded_month") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."theme" IS DISTINCT FROM (NEW."theme"))',
                                    func="\n                    RAISE EXCEPTION 'Kirjattu epäkohta ei muutu. Kirjaa uusi.'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_told_once';\n                ",
                                    hash="47da702b78682298e2c7d6452ac15482d8721927",
                                    operation='UPDATE OF "text", "theme", "municipality_id", "recorded_month"',
                                    pgid="pgtrigger_grievance_told_once_4ac8c",
                                    table="network_structuralgrievance",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GrievanceStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("recorded", "kirjattu"),
                                    ("under_way", "käsittelyssä"),
                                    ("answered", "vastattu"),
                                    ("done", "korjattu"),
                                    ("put_aside", "jätetty sikseen"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "grievance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="network.structuralgrievance",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="grievance_step_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (TRUE)",
                                    func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Käsittelyn vaihe on jo kirjattu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_step_stays';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="f0d31b8619ba99e7b3d279e21ff9e53fde1e730b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_grievance_step_stays_1a704",
                                    table="network_grievancestep",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="worker",
                    name="unit",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workers",
                        to="network.unit",
                        verbose_name="työpaikka",
                    ),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="available_for_consultation",
                    field=models.BooleanField(default=True, verbose_name="minulta voi kysyä neuvoa"),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="available_for_shared_times",
                    field=models.BooleanField(default=True, verbose_name="minut voi kutsua yhteiseen aikaan"),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="card_confirmed_at",
                    field=models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="is_unit_editor",
                    field=models.BooleanField(
                        default=False, verbose_name="pitää yksikön tiedot ajan tasalla"
                    ),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="languages",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fi", "suomi"),
                                ("sv", "ruotsi"),
                                ("en", "englanti"),
                                ("se", "pohjoissaame"),
                                ("smn", "inarinsaame"),
                                ("sms", "koltansaame"),
                                ("fse", "suomalainen viittomakieli"),
                                ("fss", "suomenruotsalainen viittomakieli"),
                                ("rmf", "romani"),
                                ("krl", "karjala"),
                                ("et", "viro"),
                                ("ru", "venäjä"),
                                ("uk", "ukraina"),
                                ("ar", "arabia"),
                                ("so", "somali"),
                                ("ku", "kurdi"),
                                ("fa", "persia"),
                                ("de", "saksa"),
                                ("fr", "ranska"),
                                ("es", "espanja"),
                            ],
                            max_length=3,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="kielet",
                    ),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="reachable",
                    field=models.CharField(
                        blank=True, max_length=200, verbose_name="milloin minut tavoittaa"
                    ),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="wants_digest",
                    field=models.BooleanField(
                        db_default=True, default=True, verbose_name="viikon kooste tiedotteista"
                    ),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="is_supervisor",
                    field=models.BooleanField(db_default=False, default=False, verbose_name="esihenkilö"),
                ),
                migrations.AddConstraint(
                    model_name="worker",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="worker_email_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="worker",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_workerevent" ("available_for_consultation", "available_for_shared_times", "card_confirmed_at", "email", "first_name", "id", "is_active", "is_administrator", "is_coordinator", "is_guidance", "is_supervisor", "is_unit_editor", "languages", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reachable", "title", "unit_id", "wants_digest", "what_i_do") VALUES (NEW."available_for_consultation", NEW."available_for_shared_times", NEW."card_confirmed_at", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_administrator", NEW."is_coordinator", NEW."is_guidance", NEW."is_supervisor", NEW."is_unit_editor", NEW."languages", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."reachable", NEW."title", NEW."unit_id", NEW."wants_digest", NEW."what_i_do"); RETURN NULL;',
                            hash="509195c4a8bdf3c6615f1718f39d640a47109bb2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_849ed",
                            table="network_worker",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="worker",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."available_for_consultation" IS DISTINCT FROM (NEW."available_for_consultation") OR OLD."available_for_shared_times" IS DISTINCT FROM (NEW."available_for_shared_times") OR OLD."card_confirmed_at" IS DISTINCT FROM (NEW."card_confirmed_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_administrator" IS DISTINCT FROM (NEW."is_administrator") OR OLD."is_coordinator" IS DISTINCT FROM (NEW."is_coordinator") OR OLD."is_guidance" IS DISTINCT FROM (NEW."is_guidance") OR OLD."is_supervisor" IS DISTINCT FROM (NEW."is_supervisor") OR OLD."is_unit_editor" IS DISTINCT FROM (NEW."is_unit_editor") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."reachable" IS DISTINCT FROM (NEW."reachable") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."wants_digest" IS DISTINCT FROM (NEW."wants_digest") OR OLD."what_i_do" IS DISTINCT FROM (NEW."what_i_do"))',
                            func='INSERT INTO "network_workerevent" ("available_for_consultation", "available_for_shared_times", "card_confirmed_at", "email", "first_name", "id", "is_active", "is_administrator", "is_coordinator", "is_guidance", "is_supervisor", "is_unit_editor", "languages", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reachable", "title", "unit_id", "wants_digest", "what_i_do") VALUES (NEW."available_for_consultation", NEW."available_for_shared_times", NEW."card_confirmed_at", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_administrator", NEW."is_coordinator", NEW."is_guidance", NEW."is_supervisor", NEW."is_unit_editor", NEW."languages", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."reachable", NEW."title", NEW."unit_id", NEW."wants_digest", NEW."what_i_do"); RETURN NULL;',
                            hash="231725e0d7070e8473e9bdb8da646cb9e37679ca",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_669f3",
                            table="network_worker",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="worker",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_workerevent" ("available_for_consultation", "available_for_shared_times", "card_confirmed_at", "email", "first_name", "id", "is_active", "is_administrator", "is_coordinator", "is_guidance", "is_supervisor", "is_unit_editor", "languages", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reachable", "title", "unit_id", "wants_digest", "what_i_do") VALUES (OLD."available_for_consultation", OLD."available_for_shared_times", OLD."card_confirmed_at", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_administrator", OLD."is_coordinator", OLD."is_guidance", OLD."is_supervisor", OLD."is_unit_editor", OLD."languages", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."reachable", OLD."title", OLD."unit_id", OLD."wants_digest", OLD."what_i_do"); RETURN NULL;',
                            hash="28f8e3b5b0c51dafbf011b4abf6f9449b44c9df3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c918a",
                            table="network_worker",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="worker",
                    trigger=pgtrigger.compiler.Trigger(
                        name="worker_leaves_questions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_administrator" IS DISTINCT FROM (NEW."is_administrator") OR OLD."is_coordinator" IS DISTINCT FROM (NEW."is_coordinator") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))',
                            func="\n    PERFORM FROM network_consent WHERE id IN (\n        SELECT consent_id FROM network_consultation\n        WHERE status = 'picked_up' AND picked_up_by_id = NEW.id\n    ) ORDER BY id FOR SHARE;\n    UPDATE network_consultation AS question\n        SET status = 'asked', picked_up_at = NULL, picked_up_by_id = NULL, left_waiting_at = now()\n        FROM network_consent AS permission\n        WHERE permission.id = question.consent_id\n          AND question.status = 'picked_up' AND question.picked_up_by_id = NEW.id\n          AND permission.worker_id IS NULL\n          AND permission.withdrawn_at IS NULL\n          AND permission.given_at <= clock_timestamp() + interval '1 minute'\n          AND (permission.valid_until IS NULL OR permission.valid_until > clock_timestamp())\n          AND NOT EXISTS (\n              SELECT FROM network_worker AS worker\n              WHERE worker.id = NEW.id AND worker.is_active\n                AND NOT worker.is_coordinator AND NOT worker.is_administrator\n                AND (worker.unit_id = permission.unit_id\n                     OR EXISTS (SELECT FROM network_team_members\n                                WHERE team_id = permission.team_id AND worker_id = worker.id))\n          );\n\n    IF NOT NEW.is_active OR NEW.is_coordinator OR NEW.is_administrator THEN\n        UPDATE network_consultation AS question SET left_waiting_at = now()\n            FROM network_consent AS permission\n            WHERE permission.id = question.consent_id AND permission.worker_id = NEW.id\n              AND question.status IN ('asked', 'picked_up');\n    END IF;\nRETURN NULL;",
                            hash="fb1673398b5cdf795b9b1111d78512530598f97d",
                            operation='UPDATE OF "is_active", "is_coordinator", "is_administrator", "unit_id"',
                            pgid="pgtrigger_worker_leaves_questions_67753",
                            table="network_worker",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="closeperson",
                    name="family",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="close_people",
                        to="network.family",
                    ),
                ),
                migrations.AddField(
                    model_name="family",
                    name="link",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="family",
                        to="perhekeskus.accesslink",
                    ),
                ),
                migrations.AddField(
                    model_name="family",
                    name="municipality",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="families",
                        to="network.municipality",
                    ),
                ),
                migrations.AddField(
                    model_name="family",
                    name="both_guardians_asked",
                    field=models.BooleanField(
                        default=False, verbose_name="lupa kysytään kummaltakin huoltajalta"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="family",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact_channel", "email"), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="family_email_when_used",
                        violation_error_message="Kirjoita sähköpostiosoite, kun viestit lähetetään sähköpostilla.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="family",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact_channel", "sms"), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="family_phone_when_used",
                        violation_error_message="Kirjoita puhelinnumero, kun viestit lähetetään tekstiviestillä.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="family",
                    trigger=pgtrigger.compiler.Trigger(
                        name="family_both_are_two",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."both_guardians_asked")',
                            constraint="CONSTRAINT",
                            declare="DECLARE asked bigint;",
                            func="asked := NEW.id; \n    PERFORM FROM network_family WHERE id = asked AND both_guardians_asked FOR NO KEY UPDATE;\n    IF FOUND AND (SELECT count(*) FROM network_familymember\n                  WHERE family_id = asked AND role = 'guardian') < 2 THEN\n        RAISE EXCEPTION 'Lupa kysytään kummaltakin huoltajalta, joten perheellä on oltava kaksi huoltajaa.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'family_both_are_two';\n    END IF;\n    RETURN NULL;\n",
                            hash="821e5270aed0d201eb4cb0086cd0ffdc56b76953",
                            operation='INSERT OR UPDATE OF "both_guardians_asked"',
                            pgid="pgtrigger_family_both_are_two_4fbba",
                            table="network_family",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="family",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_familyevent" ("both_guardians_asked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."both_guardians_asked", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="9c0e6712fa02ce67aea7a6973111dc0140708522",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0abcd",
                            table="network_family",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="family",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."both_guardians_asked" IS DISTINCT FROM (NEW."both_guardians_asked"))',
                            func='INSERT INTO "network_familyevent" ("both_guardians_asked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."both_guardians_asked", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="c4ad0738bebe11cbfa74828631614f564807b1a2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_97151",
                            table="network_family",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="family",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_familyevent" ("both_guardians_asked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."both_guardians_asked", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="76a26edea3c33c661c54a61ae69a75287d3e2f26",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_982b5",
                            table="network_family",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="familymember",
                    name="family",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="network.family",
                    ),
                ),
                migrations.AddField(
                    model_name="familymember",
                    name="is_mature",
                    field=models.BooleanField(default=False, verbose_name="nuori päättää itse luvista"),
                ),
                migrations.AddConstraint(
                    model_name="familymember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "child"), _negated=True),
                            ("birth_year__isnull", False),
                            _connector="OR",
                        ),
                        name="child_has_birth_year",
                        violation_error_message="Kirjoita lapsen syntymävuosi.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="familymember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="member_both_are_two",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"role\" = 'guardian')",
                            constraint="CONSTRAINT",
                            declare="DECLARE asked bigint;",
                            func="asked := OLD.family_id; \n    PERFORM FROM network_family WHERE id = asked AND both_guardians_asked FOR NO KEY UPDATE;\n    IF FOUND AND (SELECT count(*) FROM network_familymember\n                  WHERE family_id = asked AND role = 'guardian') < 2 THEN\n        RAISE EXCEPTION 'Lupa kysytään kummaltakin huoltajalta, joten perheellä on oltava kaksi huoltajaa.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'family_both_are_two';\n    END IF;\n    RETURN NULL;\n",
                            hash="e5b0c7d8d274335a232206629dde798dcc457247",
                            operation='DELETE OR UPDATE OF "role", "family_id"',
                            pgid="pgtrigger_member_both_are_two_35cd5",
                            table="network_familymember",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="familymember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="member_old_enough_to_decide",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."is_mature")',
                            func="\n                    IF NEW.birth_year > extract(year FROM now() AT TIME ZONE 'Europe/Helsinki')\n                            - 12 THEN\n                        RAISE EXCEPTION 'Alle 12-vuotias ei päätä yksin luvistaan.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_old_enough_to_decide';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="abdcb6754c12f0af363c26c7434ca6569e422adb",
                            operation='INSERT OR UPDATE OF "is_mature", "birth_year"',
                            pgid="pgtrigger_member_old_enough_to_decide_e1ee7",
                            table="network_familymember",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="familymember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_familymemberevent" ("family_id", "is_mature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."family_id", NEW."is_mature", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="68c921e9793770307534b70398684dcb731cd54b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a42a7",
                            table="network_familymember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="familymember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."is_mature" IS DISTINCT FROM (NEW."is_mature"))',
                            func='INSERT INTO "network_familymemberevent" ("family_id", "is_mature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."family_id", NEW."is_mature", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="a6dc752c3c3da1f37061ca5caeba6107c54e2210",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_caf6f",
                            table="network_familymember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="familymember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_familymemberevent" ("family_id", "is_mature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."family_id", OLD."is_mature", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="2df9ec13fff35cb9d0c985c19f93ba3470e5e867",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fc651",
                            table="network_familymember",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AlterField(
                    model_name="invitation",
                    name="status",
                    field=models.CharField(
                        choices=[
                            ("pending", "ei vielä vastannut"),
                            ("accepted", "tulossa"),
                            ("tentative", "ehkä tulossa"),
                            ("declined", "ei pääse"),
                            ("expired", "ei vastannut ajoissa"),
                            ("revoked", "peruttu"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="consent",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="network.consent",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="link",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to="perhekeskus.accesslink",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="answer_by",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="coming_name",
                    field=models.CharField(
                        blank=True, db_default="", default="", max_length=140, verbose_name="nimi"
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="coming_title",
                    field=models.CharField(
                        blank=True, db_default="", default="", max_length=100, verbose_name="ammattinimike"
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="coming_worker",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_coming",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="instead",
                    field=models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=200,
                        verbose_name="ketä kannattaisi kysyä",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="instead_worker",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False),
                            ("period__lower_inf", False),
                            ("period__upper_inf", False),
                        ),
                        name="invitation_period_has_ends",
                        violation_error_message="Ajalla on alku ja loppu.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answer_by__isnull", True),
                            ("answer_by__lte", models.F("period__startswith")),
                            _connector="OR",
                        ),
                        name="invitation_answered_before_it_begins",
                        violation_error_message="Vastausta odotetaan viimeistään tapaamisen alkuun.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("coming_worker__isnull", True),
                            models.Q(("coming_name", ""), ("coming_title", "")),
                            _connector="OR",
                        ),
                        name="invitation_one_comes",
                        violation_error_message="Tulija on joko työntekijä tai nimellä kirjattu, ei molempia.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("instead", ""), ("instead_worker__isnull", True)),
                            ("status__in", ["declined", "revoked"]),
                            _connector="OR",
                        ),
                        name="invitation_instead_of_declined",
                        violation_error_message="Toista ehdottaa se, joka ei itse pääse.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invitation_needs_consent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"status\" IN ('pending', 'accepted', 'tentative'))",
                            declare="DECLARE allowed boolean;",
                            func="\n                    SELECT purpose = 'invite' AND withdrawn_at IS NULL\n                           AND given_at <= clock_timestamp() + interval '1 minute'\n                           AND (valid_until IS NULL OR valid_until > clock_timestamp())\n                        INTO allowed FROM network_consent WHERE id = NEW.consent_id FOR SHARE;\n                    IF allowed IS DISTINCT FROM TRUE THEN\n                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten kutsua ei voi tehdä.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'invitation_needs_consent';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="92545c05b5ffce4459de22268a2ff599df834809",
                            operation='INSERT OR UPDATE OF "consent_id", "status", "period"',
                            pgid="pgtrigger_invitation_needs_consent_bb99a",
                            table="network_invitation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invitation_who_comes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE receiver record;",
                            func="\n                    SELECT unit_id, team_id INTO receiver FROM network_consent WHERE id = NEW.consent_id;\n                    IF receiver.unit_id IS NULL AND receiver.team_id IS NULL THEN\n                        IF NEW.coming_worker_id IS NOT NULL OR NEW.coming_name <> '' THEN\n                            RAISE EXCEPTION 'Kutsu on henkilökohtainen, joten toinen ei tule tilalle.'\n                                USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_who_comes';\n                        END IF;\n                        RETURN NEW;\n                    END IF;\n                    IF NEW.status = 'accepted' AND NEW.coming_worker_id IS NULL AND NEW.coming_name = '' THEN\n                        RAISE EXCEPTION 'Kerro, kuka teiltä tulee.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_who_comes';\n                    END IF;\n                    IF NEW.coming_worker_id IS NOT NULL\n                        AND (TG_OP = 'INSERT' OR OLD.coming_worker_id IS DISTINCT FROM NEW.coming_worker_id)\n                        AND NOT EXISTS (SELECT FROM network_worker WHERE id = NEW.coming_worker_id\n                                        AND unit_id = receiver.unit_id)\n                        AND NOT EXISTS (SELECT FROM network_team_members WHERE team_id = receiver.team_id\n                                        AND worker_id = NEW.coming_worker_id) THEN\n                        RAISE EXCEPTION 'Tulija on kutsutun yksikön tai tiimin työntekijä.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_who_comes';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="e523a486544ada23c6c51c10fc5b674be218b0e6",
                            operation='INSERT OR UPDATE OF "coming_worker_id", "coming_name", "status"',
                            pgid="pgtrigger_invitation_who_comes_16989",
                            table="network_invitation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_invitationevent" ("answer_by", "answered_at", "coming_name", "coming_title", "coming_worker_id", "consent_id", "created_at", "event_name", "event_uid", "expectation", "id", "instead", "instead_worker_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sequence", "status") VALUES (NEW."answer_by", NEW."answered_at", NEW."coming_name", NEW."coming_title", NEW."coming_worker_id", NEW."consent_id", NEW."created_at", NEW."event_name", NEW."event_uid", NEW."expectation", NEW."id", NEW."instead", NEW."instead_worker_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."sequence", NEW."status"); RETURN NULL;',
                            hash="a65e1e517aa8e02eab461941a9e4c42fd15f6535",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2af30",
                            table="network_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."answer_by" IS DISTINCT FROM (NEW."answer_by") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."coming_name" IS DISTINCT FROM (NEW."coming_name") OR OLD."coming_title" IS DISTINCT FROM (NEW."coming_title") OR OLD."coming_worker_id" IS DISTINCT FROM (NEW."coming_worker_id") OR OLD."consent_id" IS DISTINCT FROM (NEW."consent_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."event_name" IS DISTINCT FROM (NEW."event_name") OR OLD."event_uid" IS DISTINCT FROM (NEW."event_uid") OR OLD."expectation" IS DISTINCT FROM (NEW."expectation") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."instead" IS DISTINCT FROM (NEW."instead") OR OLD."instead_worker_id" IS DISTINCT FROM (NEW."instead_worker_id") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."sequence" IS DISTINCT FROM (NEW."sequence") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func='INSERT INTO "network_invitationevent" ("answer_by", "answered_at", "coming_name", "coming_title", "coming_worker_id", "consent_id", "created_at", "event_name", "event_uid", "expectation", "id", "instead", "instead_worker_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sequence", "status") VALUES (NEW."answer_by", NEW."answered_at", NEW."coming_name", NEW."coming_title", NEW."coming_worker_id", NEW."consent_id", NEW."created_at", NEW."event_name", NEW."event_uid", NEW."expectation", NEW."id", NEW."instead", NEW."instead_worker_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."sequence", NEW."status"); RETURN NULL;',
                            hash="567f6e110f1d339e68d15d4536ec569f7fa60201",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f318a",
                            table="network_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_invitationevent" ("answer_by", "answered_at", "coming_name", "coming_title", "coming_worker_id", "consent_id", "created_at", "event_name", "event_uid", "expectation", "id", "instead", "instead_worker_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sequence", "status") VALUES (OLD."answer_by", OLD."answered_at", OLD."coming_name", OLD."coming_title", OLD."coming_worker_id", OLD."consent_id", OLD."created_at", OLD."event_name", OLD."event_uid", OLD."expectation", OLD."id", OLD."instead", OLD."instead_worker_id", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."sequence", OLD."status"); RETURN NULL;',
                            hash="74126ef57ae1d1a2d8ee4c1029692884d53769ea",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3ab26",
                            table="network_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invitation_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.status IS DISTINCT FROM OLD.status AND NOT ((OLD.status = 'pending' AND NEW.status = 'accepted') OR (OLD.status = 'pending' AND NEW.status = 'declined') OR (OLD.status = 'pending' AND NEW.status = 'expired') OR (OLD.status = 'pending' AND NEW.status = 'revoked') OR (OLD.status = 'pending' AND NEW.status = 'tentative') OR (OLD.status = 'accepted' AND NEW.status = 'declined') OR (OLD.status = 'accepted' AND NEW.status = 'pending') OR (OLD.status = 'accepted' AND NEW.status = 'revoked') OR (OLD.status = 'accepted' AND NEW.status = 'tentative') OR (OLD.status = 'tentative' AND NEW.status = 'accepted') OR (OLD.status = 'tentative' AND NEW.status = 'declined') OR (OLD.status = 'tentative' AND NEW.status = 'pending') OR (OLD.status = 'tentative' AND NEW.status = 'revoked') OR (OLD.status = 'declined' AND NEW.status = 'accepted') OR (OLD.status = 'declined' AND NEW.status = 'pending') OR (OLD.status = 'declined' AND NEW.status = 'revoked') OR (OLD.status = 'declined' AND NEW.status = 'tentative') OR (OLD.status = 'expired' AND NEW.status = 'pending') OR (OLD.status = 'expired' AND NEW.status = 'revoked')) THEN\n                RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', OLD.status, NEW.status\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_moves';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="d7f5393fddf9980bc38219e3e45fe4c757eb46e3",
                            operation='UPDATE OF "status"',
                            pgid="pgtrigger_invitation_moves_7dae6",
                            table="network_invitation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invitation_asked_anew",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"status\" = 'pending' AND OLD.\"status\" IN ('accepted', 'tentative', 'declined'))",
                            func="\n                    IF NEW.sequence <= OLD.sequence THEN\n                        RAISE EXCEPTION 'Vastattu kutsu ei voi siirtyä odottamaan ilman uutta aikaa.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_asked_anew';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="dcffa62a7ef6f29fe5b69ea7147d79a5049ea091",
                            operation='UPDATE OF "status"',
                            pgid="pgtrigger_invitation_asked_anew_e2a9e",
                            table="network_invitation",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AlterField(
                    model_name="invitationevent",
                    name="status",
                    field=models.CharField(
                        choices=[
                            ("pending", "ei vielä vastannut"),
                            ("accepted", "tulossa"),
                            ("tentative", "ehkä tulossa"),
                            ("declined", "ei pääse"),
                            ("expired", "ei vastannut ajoissa"),
                            ("revoked", "peruttu"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="consent",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="network.consent",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="network.invitation",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="answer_by",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="coming_name",
                    field=models.CharField(
                        blank=True, db_default="", default="", max_length=140, verbose_name="nimi"
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="coming_title",
                    field=models.CharField(
                        blank=True, db_default="", default="", max_length=100, verbose_name="ammattinimike"
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="coming_worker",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="instead",
                    field=models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=200,
                        verbose_name="ketä kannattaisi kysyä",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="instead_worker",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cb2e4e06aa70874420fb60ab8b7308450b904940",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_70de0",
                            table="network_invitationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="municipality",
                    name="guidance_unit",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="guided_municipalities",
                        to="network.unit",
                        verbose_name="ohjaus- ja neuvontapalvelu",
                    ),
                ),
                migrations.AddField(
                    model_name="municipality",
                    name="travel_minutes",
                    field=models.PositiveSmallIntegerField(
                        db_default=15, default=15, verbose_name="matka-aika minuutteina"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="municipality",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("travel_minutes__lte", 180)),
                        name="municipality_travel_is_short",
                        violation_error_message="Matka-aika on enintään 3 tuntia.",
                    ),
                ),
                migrations.AlterField(
                    model_name="need",
                    name="name",
                    field=models.CharField(
                        error_messages={"unique": "Samanniminen tarve on jo listalla."},
                        max_length=100,
                        unique=True,
                        verbose_name="tarve",
                    ),
                ),
                migrations.AddField(
                    model_name="need",
                    name="expertise",
                    field=models.ManyToManyField(
                        related_name="needs", to="network.expertise", verbose_name="osaaminen"
                    ),
                ),
                migrations.AddField(
                    model_name="need",
                    name="family_words",
                    field=models.CharField(blank=True, max_length=200, verbose_name="perheen sanoin"),
                ),
                migrations.AddField(
                    model_name="need",
                    name="search_words",
                    field=models.CharField(
                        blank=True, db_default="", default="", max_length=500, verbose_name="hakusanat"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="need",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_needevent" ("family_words", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_words") VALUES (NEW."family_words", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."search_words"); RETURN NULL;',
                            hash="4a16aecd06c53fea5ef8fa98f1b67c721df2546c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f3169",
                            table="network_need",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="need",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "network_needevent" ("family_words", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_words") VALUES (NEW."family_words", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."search_words"); RETURN NULL;',
                            hash="e9fbf9b9666297afceae609d53ffc38e06480647",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ef3c0",
                            table="network_need",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="need",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_needevent" ("family_words", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_words") VALUES (OLD."family_words", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."search_words"); RETURN NULL;',
                            hash="dd96d69c87599d8a8f69b21d89f1b730e19b6589",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_79894",
                            table="network_need",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="website",
                    field=models.URLField(blank=True, verbose_name="verkkosivu"),
                ),
                migrations.AlterField(
                    model_name="team",
                    name="practice",
                    field=models.TextField(blank=True, max_length=4000, verbose_name="kutsukäytäntö sanoin"),
                ),
                migrations.AddField(
                    model_name="team",
                    name="members",
                    field=models.ManyToManyField(
                        blank=True, related_name="teams", to=settings.AUTH_USER_MODEL, verbose_name="jäsenet"
                    ),
                ),
                migrations.AddField(
                    model_name="team",
                    name="area",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team",
                        to="network.area",
                        verbose_name="alue",
                    ),
                ),
                migrations.AddField(
                    model_name="team",
                    name="calling",
                    field=models.CharField(
                        choices=[
                            ("direct", "jäseniltä kysytään suoraan"),
                            ("coordinator", "tiimin koordinaattorin kautta"),
                            ("weekly", "tiimin omina viikkoaikoina"),
                        ],
                        db_default="direct",
                        default="direct",
                        max_length=12,
                        verbose_name="miten tiimi kutsutaan",
                    ),
                ),
                migrations.AddField(
                    model_name="team",
                    name="coordinator",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams_coordinated",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tiimin koordinaattori",
                    ),
                ),
                migrations.AddField(
                    model_name="team",
                    name="notice_days",
                    field=models.PositiveSmallIntegerField(
                        db_default=0, default=0, verbose_name="kuinka monta päivää ennen kutsu tarvitaan"
                    ),
                ),
                migrations.AddField(
                    model_name="team",
                    name="phone",
                    field=phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=128,
                        region=None,
                        verbose_name="puhelin",
                    ),
                ),
                migrations.AddField(
                    model_name="team",
                    name="version",
                    field=models.PositiveIntegerField(db_default=1, default=1),
                ),
                migrations.AddConstraint(
                    model_name="team",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("calling", "coordinator"), _negated=True),
                            ("coordinator__isnull", False),
                            _connector="OR",
                        ),
                        name="team_called_through_somebody",
                        violation_error_message="Valitse, kenen kautta tiimi kutsutaan.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="team",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("notice_days__lte", 60)),
                        name="team_notice_is_reasonable",
                        violation_error_message="Kutsu tarvitaan enintään 60 päivää ennen.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="team_calling_is_whole",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    DECLARE\n        team RECORD;\n    BEGIN\n        SELECT * INTO team FROM network_team WHERE id = NEW.id;\n        IF team.coordinator_id IS NOT NULL AND NOT EXISTS (\n            SELECT FROM network_team_members WHERE team_id = team.id AND worker_id = team.coordinator_id\n        ) THEN\n            RAISE EXCEPTION 'Tiimin koordinaattori on aina tiimin jäsen.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'team_coordinator_is_member';\n        END IF;\n        IF team.calling = 'weekly' AND NOT EXISTS (SELECT FROM network_teamtime WHERE team_id = team.id) THEN\n            RAISE EXCEPTION 'Kun tiimi kutsutaan sen omiin aikoihin, ajat on kerrottava.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'team_weekly_has_times';\n        END IF;\n    END;\n    RETURN NULL;\n",
                            hash="d01ae73afbbacd9ad48669b7e862f1e3c3fb1c49",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_team_calling_is_whole_fc8de",
                            table="network_team",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_teamevent" ("area_id", "calling", "coordinator_id", "id", "name", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "practice", "version") VALUES (NEW."area_id", NEW."calling", NEW."coordinator_id", NEW."id", NEW."name", NEW."notice_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."practice", NEW."version"); RETURN NULL;',
                            hash="868656f79c10e05720892cbe38435db54c6ddfee",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6a571",
                            table="network_team",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "network_teamevent" ("area_id", "calling", "coordinator_id", "id", "name", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "practice", "version") VALUES (NEW."area_id", NEW."calling", NEW."coordinator_id", NEW."id", NEW."name", NEW."notice_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."practice", NEW."version"); RETURN NULL;',
                            hash="b19d4dcf835b55c978d0a10cf722eeec34e401df",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c2346",
                            table="network_team",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_teamevent" ("area_id", "calling", "coordinator_id", "id", "name", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "practice", "version") VALUES (OLD."area_id", OLD."calling", OLD."coordinator_id", OLD."id", OLD."name", OLD."notice_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."practice", OLD."version"); RETURN NULL;',
                            hash="27d9c2428f0f5bb835e84f733decced472d80137",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_888f4",
                            table="network_team",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="unit",
                    name="municipality",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="network.municipality",
                    ),
                ),
                migrations.AddField(
                    model_name="unit",
                    name="organisation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="network.organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="unit",
                    name="description",
                    field=models.TextField(blank=True, max_length=1000, verbose_name="mitä täällä tehdään"),
                ),
                migrations.AddField(
                    model_name="unit",
                    name="electronic_contact",
                    field=models.URLField(blank=True, verbose_name="sähköisen yhteydenoton osoite"),
                ),
                migrations.AddField(
                    model_name="unit",
                    name="email",
                    field=models.EmailField(blank=True, max_length=254, verbose_name="sähköposti"),
                ),
                migrations.AddField(
                    model_name="unit",
                    name="website",
                    field=models.URLField(blank=True, verbose_name="verkkosivu"),
                ),
                migrations.AddField(
                    model_name="unit",
                    name="area",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="units",
                        to="network.area",
                        verbose_name="alue",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="unit",
                    constraint=models.UniqueConstraint(
                        fields=("organisation", "name", "municipality"), name="unit_once"
                    ),
                ),
                migrations.AddField(
                    model_name="consent",
                    name="family",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="network.family",
                    ),
                ),
                migrations.AddField(
                    model_name="consent",
                    name="given_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="network.familymember",
                    ),
                ),
                migrations.AddField(
                    model_name="consent",
                    name="unit",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="network.unit",
                    ),
                ),
                migrations.AddField(
                    model_name="consent",
                    name="given_with",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="network.familymember",
                    ),
                ),
                migrations.AddField(
                    model_name="consent",
                    name="team",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="network.team",
                    ),
                ),
                migrations.AddField(
                    model_name="consent",
                    name="outside_professional",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="network.outsideprofessional",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "own_link"), ("recorded_by__isnull", True)),
                            models.Q(
                                models.Q(("method", "own_link"), _negated=True),
                                ("recorded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="consent_recorded_by_somebody",
                        violation_error_message="Luvalla on kirjaaja, paitsi kun perhe antaa sen omalta sivultaan.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_recorded_by__isnull", True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="consent_withdrawal_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("close_person__isnull", True),
                                ("outside_professional__isnull", True),
                                ("team__isnull", True),
                                ("unit__isnull", True),
                                ("worker__isnull", False),
                            ),
                            models.Q(
                                ("close_person__isnull", True),
                                ("outside_professional__isnull", True),
                                ("team__isnull", True),
                                ("unit__isnull", False),
                                ("worker__isnull", True),
                            ),
                            models.Q(
                                ("close_person__isnull", True),
                                ("outside_professional__isnull", True),
                                ("team__isnull", False),
                                ("unit__isnull", True),
                                ("worker__isnull", True),
                            ),
                            models.Q(
                                ("close_person__isnull", True),
                                ("outside_professional__isnull", False),
                                ("team__isnull", True),
                                ("unit__isnull", True),
                                ("worker__isnull", True),
                            ),
                            models.Q(
                                ("close_person__isnull", False),
                                ("outside_professional__isnull", True),
                                ("team__isnull", True),
                                ("unit__isnull", True),
                                ("worker__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="consent_one_receiver",
                        violation_error_message="Lupa annetaan yhdelle vastaanottajalle kerrallaan.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("given_with__isnull", True),
                            models.Q(
                                ("given_by__isnull", False),
                                models.Q(("given_by", models.F("given_with")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consent_given_by_two",
                        violation_error_message="Luvan antavat kaksi eri huoltajaa.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_withdrawn_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."withdrawn_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="1fa6981269215ddbb425009debd26c14e154f124",
                            operation="UPDATE",
                            pgid="pgtrigger_consent_withdrawn_once_5e977",
                            table="network_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_withdrawn",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."withdrawn_at" IS NOT NULL AND OLD."withdrawn_at" IS NULL)',
                            func="\n                    UPDATE network_invitation SET status = 'revoked'\n                        WHERE consent_id = NEW.id AND status <> 'revoked';\n                    UPDATE perhekeskus_message SET state = 'dropped'\n                        WHERE permission_id = NEW.id AND state = 'waiting';\n                    RETURN NULL;\n                ",
                            hash="12ba209aa4a2c4f36a7b981018978830480376de",
                            operation='UPDATE OF "withdrawn_at"',
                            pgid="pgtrigger_consent_withdrawn_693b4",
                            table="network_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_unchanged",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."close_person_id" IS DISTINCT FROM (NEW."close_person_id") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."given_at" IS DISTINCT FROM (NEW."given_at") OR OLD."given_by_id" IS DISTINCT FROM (NEW."given_by_id") OR OLD."given_with_id" IS DISTINCT FROM (NEW."given_with_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."outside_professional_id" IS DISTINCT FROM (NEW."outside_professional_id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."topics" IS DISTINCT FROM (NEW."topics") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until") OR OLD."worker_id" IS DISTINCT FROM (NEW."worker_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="2801090f9f8dbe3f8a05a13dd5d579cd66e56f24",
                            operation="UPDATE",
                            pgid="pgtrigger_consent_unchanged_4a590",
                            table="network_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_given_by_family",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE both_asked boolean; giver record; other record;",
                            func="\n                    SELECT both_guardians_asked INTO both_asked FROM network_family WHERE id = NEW.family_id;\n                    SELECT family_id, role, is_mature INTO giver\n                        FROM network_familymember WHERE id = NEW.given_by_id;\n                    SELECT family_id, role INTO other FROM network_familymember WHERE id = NEW.given_with_id;\n                    IF (NEW.given_by_id IS NOT NULL AND (giver.family_id IS DISTINCT FROM NEW.family_id\n                            OR NOT (giver.role = 'guardian' OR giver.is_mature)))\n                        OR (NEW.given_with_id IS NOT NULL AND (other.family_id IS DISTINCT FROM NEW.family_id\n                            OR other.role <> 'guardian' OR giver.role <> 'guardian')) THEN\n                        RAISE EXCEPTION 'Luvan antaa perheen huoltaja tai nuori, joka päättää itse.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_given_by_family';\n                    END IF;\n                    IF both_asked AND NEW.given_with_id IS NULL\n                        AND (NEW.given_by_id IS NULL OR giver.role = 'guardian') THEN\n                        RAISE EXCEPTION 'Lupa kysytään kummaltakin huoltajalta.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_given_by_both';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="e0d16bfd720163ab3d39e8fe6f28575c3124a395",
                            operation="INSERT",
                            pgid="pgtrigger_consent_given_by_family_ce8a1",
                            table="network_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_consentevent" ("close_person_id", "family_id", "given_at", "given_by_id", "given_with_id", "id", "method", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "team_id", "topics", "unit_id", "valid_until", "withdrawn_at", "withdrawn_recorded_by_id", "worker_id") VALUES (NEW."close_person_id", NEW."family_id", NEW."given_at", NEW."given_by_id", NEW."given_with_id", NEW."id", NEW."method", NEW."outside_professional_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."recorded_by_id", NEW."team_id", NEW."topics", NEW."unit_id", NEW."valid_until", NEW."withdrawn_at", NEW."withdrawn_recorded_by_id", NEW."worker_id"); RETURN NULL;',
                            hash="268ef8230cfd8040e790065ea78b552c63689963",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b8326",
                            table="network_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "network_consentevent" ("close_person_id", "family_id", "given_at", "given_by_id", "given_with_id", "id", "method", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "team_id", "topics", "unit_id", "valid_until", "withdrawn_at", "withdrawn_recorded_by_id", "worker_id") VALUES (NEW."close_person_id", NEW."family_id", NEW."given_at", NEW."given_by_id", NEW."given_with_id", NEW."id", NEW."method", NEW."outside_professional_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."recorded_by_id", NEW."team_id", NEW."topics", NEW."unit_id", NEW."valid_until", NEW."withdrawn_at", NEW."withdrawn_recorded_by_id", NEW."worker_id"); RETURN NULL;',
                            hash="9ddf1a377fe463bbf9fd87711ceb2e1c9de4c66a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_52b7a",
                            table="network_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "network_consentevent" ("close_person_id", "family_id", "given_at", "given_by_id", "given_with_id", "id", "method", "outside_professional_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "team_id", "topics", "unit_id", "valid_until", "withdrawn_at", "withdrawn_recorded_by_id", "worker_id") VALUES (OLD."close_person_id", OLD."family_id", OLD."given_at", OLD."given_by_id", OLD."given_with_id", OLD."id", OLD."method", OLD."outside_professional_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."recorded_by_id", OLD."team_id", OLD."topics", OLD."unit_id", OLD."valid_until", OLD."withdrawn_at", OLD."withdrawn_recorded_by_id", OLD."worker_id"); RETURN NULL;',
                            hash="2c2815c0d6dd6f5a124653ad04369d407c467f22",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0c3d6",
                            table="network_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_withdrawn_advice",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."purpose" = \'consult\' AND NEW."withdrawn_at" IS NOT NULL AND OLD."withdrawn_at" IS NULL)',
                            func="\n                    UPDATE network_consultation\n                        SET status = 'withdrawn', withdrawn_at = NEW.withdrawn_at,\n                            withdrawn_by_id = NEW.withdrawn_recorded_by_id\n                        WHERE consent_id = NEW.id AND status IN ('asked', 'picked_up');\n                    RETURN NULL;\n                ",
                            hash="52b9ab0d6b94b25a3bb5514b4be58acd2b05aafb",
                            operation='UPDATE OF "withdrawn_at"',
                            pgid="pgtrigger_consent_withdrawn_advice_635c4",
                            table="network_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="consentevent",
                    name="family",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="network.family",
                    ),
                ),
                migrations.AddField(
                    model_name="consentevent",
                    name="given_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="network.familymember",
                    ),
                ),
                migrations.AddField(
                    model_name="consentevent",
                    name="unit",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="network.unit",
                    ),
                ),
                migrations.AddField(
                    model_name="consentevent",
                    name="given_with",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="network.familymember",
                    ),
                ),
                migrations.AddField(
                    model_name="consentevent",
                    name="team",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="network.team",
                    ),
                ),
                migrations.AddField(
                    model_name="consentevent",
                    name="outside_professional",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="network.outsideprofessional",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="735f4284442992bad740038fd5f71596c6a88975",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_25cbb",
                            table="network_consentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="teammember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="team_member_gone",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    DECLARE\n        team RECORD;\n    BEGIN\n        SELECT * INTO team FROM network_team WHERE id = OLD.team_id;\n        IF team.coordinator_id IS NOT NULL AND NOT EXISTS (\n            SELECT FROM network_team_members WHERE team_id = team.id AND worker_id = team.coordinator_id\n        ) THEN\n            RAISE EXCEPTION 'Tiimin koordinaattori on aina tiimin jäsen.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'team_coordinator_is_member';\n        END IF;\n        IF team.calling = 'weekly' AND NOT EXISTS (SELECT FROM network_teamtime WHERE team_id = team.id) THEN\n            RAISE EXCEPTION 'Kun tiimi kutsutaan sen omiin aikoihin, ajat on kerrottava.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'team_weekly_has_times';\n        END IF;\n    END;\n    RETURN NULL;\n",
                            hash="0710598136636d813fde6041a412ac4c19cc63fe",
                            operation='DELETE OR UPDATE OF "worker_id", "team_id"',
                            pgid="pgtrigger_team_member_gone_0c655",
                            table="network_team_members",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="teammember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="team_member_leaves_questions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM network_consent WHERE id IN (\n        SELECT consent_id FROM network_consultation\n        WHERE status = 'picked_up' AND picked_up_by_id = OLD.worker_id\n    ) ORDER BY id FOR SHARE;\n    UPDATE network_consultation AS question\n        SET status = 'asked', picked_up_at = NULL, picked_up_by_id = NULL, left_waiting_at = now()\n        FROM network_consent AS permission\n        WHERE permission.id = question.consent_id\n          AND question.status = 'picked_up' AND question.picked_up_by_id = OLD.worker_id\n          AND permission.worker_id IS NULL\n          AND permission.withdrawn_at IS NULL\n          AND permission.given_at <= clock_timestamp() + interval '1 minute'\n          AND (permission.valid_until IS NULL OR permission.valid_until > clock_timestamp())\n          AND NOT EXISTS (\n              SELECT FROM network_worker AS worker\n              WHERE worker.id = OLD.worker_id AND worker.is_active\n                AND NOT worker.is_coordinator AND NOT worker.is_administrator\n                AND (worker.unit_id = permission.unit_id\n                     OR EXISTS (SELECT FROM network_team_members\n                                WHERE team_id = permission.team_id AND worker_id = worker.id))\n          );\nRETURN NULL;",
                            hash="9807195e18b64ce131b9219ae6af4878289fb1a6",
                            operation='DELETE OR UPDATE OF "worker_id", "team_id"',
                            pgid="pgtrigger_team_member_leaves_questions_e3d37",
                            table="network_team_members",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        *as_sql(guards),
        *consultation_messages.operations,
        *text_triggers.operations,
        *near.operations,
        *as_sql(need_words),
        *returned_questions.operations,
    ]
