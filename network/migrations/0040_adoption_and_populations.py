import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from perhekeskus.tables import in_few_steps


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0039_postal_address"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = in_few_steps(
        [
            migrations.CreateModel(
                name="AdoptionStage",
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
                                ("not_discussed", "ei suunniteltu eikä keskusteltu"),
                                ("goal", "tavoitteena, suunnittelu ei ole alkanut"),
                                ("planned", "käyttöönottoa tai kokeilua suunnitellaan"),
                                ("trial", "kokeilu käynnissä"),
                                ("rooted", "juurtumassa tai juurtunut"),
                                ("not_needed", "ei koettu tarpeelliseksi"),
                                ("no_answer", "ei vastausta"),
                            ],
                            max_length=16,
                            verbose_name="vaihe",
                        ),
                    ),
                    ("since", models.DateField(verbose_name="mistä päivästä alkaen")),
                    ("note", models.TextField(blank=True, max_length=1000, verbose_name="lisätieto")),
                    ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                    ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ],
                options={
                    "ordering": ["municipality", "-since", "-pk"],
                },
            ),
            migrations.CreateModel(
                name="AdoptionStageEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    (
                        "stage",
                        models.CharField(
                            choices=[
                                ("not_discussed", "ei suunniteltu eikä keskusteltu"),
                                ("goal", "tavoitteena, suunnittelu ei ole alkanut"),
                                ("planned", "käyttöönottoa tai kokeilua suunnitellaan"),
                                ("trial", "kokeilu käynnissä"),
                                ("rooted", "juurtumassa tai juurtunut"),
                                ("not_needed", "ei koettu tarpeelliseksi"),
                                ("no_answer", "ei vastausta"),
                            ],
                            max_length=16,
                            verbose_name="vaihe",
                        ),
                    ),
                    ("since", models.DateField(verbose_name="mistä päivästä alkaen")),
                    ("note", models.TextField(blank=True, max_length=1000, verbose_name="lisätieto")),
                    ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                    ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Population",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="vuosi")),
                    ("under_18", models.PositiveIntegerField(verbose_name="alle 18-vuotiaita")),
                ],
                options={
                    "ordering": ["municipality", "-year"],
                },
            ),
            migrations.AddField(
                model_name="municipality",
                name="tile_column",
                field=models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="ruutukartan sarake"
                ),
            ),
            migrations.AddField(
                model_name="municipality",
                name="tile_row",
                field=models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="ruutukartan rivi"
                ),
            ),
            migrations.AddConstraint(
                model_name="municipality",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("tile_column", None), ("tile_row", None)),
                        models.Q(
                            ("tile_column__gte", 1),
                            ("tile_column__isnull", False),
                            ("tile_column__lte", 20),
                            ("tile_row__gte", 1),
                            ("tile_row__isnull", False),
                            ("tile_row__lte", 20),
                        ),
                        _connector="OR",
                    ),
                    name="municipality_tile_on_map",
                    violation_error_message="Anna ruutukartan sarake ja rivi, kumpikin väliltä 1–20.",
                ),
            ),
            migrations.AddConstraint(
                model_name="municipality",
                constraint=models.UniqueConstraint(
                    fields=("county_fi", "tile_column", "tile_row"),
                    name="municipality_tile_once",
                    violation_error_message="Tässä kohdassa ruutukarttaa on jo toinen kunta.",
                ),
            ),
            migrations.AddField(
                model_name="adoptionstage",
                name="municipality",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="adoption_stages",
                    to="network.municipality",
                    verbose_name="kunta",
                ),
            ),
            migrations.AddField(
                model_name="adoptionstage",
                name="recorded_by",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            migrations.AddField(
                model_name="adoptionstage",
                name="taken_back_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="adoptionstageevent",
                name="municipality",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="network.municipality",
                    verbose_name="kunta",
                ),
            ),
            migrations.AddField(
                model_name="adoptionstageevent",
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
                model_name="adoptionstageevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="network.adoptionstage",
                ),
            ),
            migrations.AddField(
                model_name="adoptionstageevent",
                name="recorded_by",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="adoptionstageevent",
                name="taken_back_by",
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
                model_name="population",
                name="municipality",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="populations",
                    to="network.municipality",
                    verbose_name="kunta",
                ),
            ),
            migrations.AddConstraint(
                model_name="adoptionstage",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("taken_back_at", None)),
                    fields=("municipality", "since"),
                    name="adoption_stage_one_a_day",
                    violation_error_message="Kunnalla on samana päivänä vain yksi vaihe.",
                ),
            ),
            migrations.AddConstraint(
                model_name="adoptionstage",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)),
                        models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="adoption_stage_taken_back_paired",
                    violation_error_message="Aika ja tekijä kirjataan aina yhdessä.",
                ),
            ),
            migrations.AddConstraint(
                model_name="adoptionstage",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "since__lte",
                            django.db.models.functions.comparison.Cast(
                                models.Func(
                                    models.Value("Europe/Helsinki"),
                                    models.F("recorded_at"),
                                    function="timezone",
                                ),
                                models.DateField(),
                            ),
                        )
                    ),
                    name="adoption_stage_not_ahead",
                    violation_error_message="Vaihe kirjataan vasta, kun se on alkanut.",
                ),
            ),
            migrations.AddConstraint(
                model_name="adoptionstage",
                constraint=models.CheckConstraint(
                    condition=models.Q(("since__gte", datetime.date(2000, 1, 1))),
                    name="adoption_stage_since_2000",
                    violation_error_message="Tarkista vuosi: päivä on aikaisintaan 1.1.2000.",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="adoptionstage",
                trigger=pgtrigger.compiler.Trigger(
                    name="adoption_stage_taken_back_once",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."taken_back_at" IS NOT NULL)',
                        func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Vaihe on jo peruttu.' USING ERRCODE = 'check_violation', CONSTRAINT = 'adoption_stage_taken_back_once';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="a2d40415471516ec8397dce234bc8aae0debc107",
                        operation="UPDATE",
                        pgid="pgtrigger_adoption_stage_taken_back_once_49d8d",
                        table="network_adoptionstage",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="adoptionstage",
                trigger=pgtrigger.compiler.Trigger(
                    name="adoption_stage_stays",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."stage" IS DISTINCT FROM (NEW."stage"))',
                        func="\n                    RAISE EXCEPTION 'Kirjattu vaihe ei muutu. Peru se ja kirjaa oikea.'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'adoption_stage_stays';\n                ",
                        hash="877d2e9b6c66cf8ea1cee6244d32caf3f5a67c31",
                        operation="UPDATE",
                        pgid="pgtrigger_adoption_stage_stays_4a10e",
                        table="network_adoptionstage",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="adoptionstage",
                trigger=pgtrigger.compiler.Trigger(
                    name="adoption_stage_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (TRUE)",
                        func="\n            IF TRUE THEN\n                RAISE EXCEPTION 'Kirjattua vaihetta ei poisteta. Peru se.' USING ERRCODE = 'check_violation', CONSTRAINT = 'adoption_stage_kept';\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            RETURN NEW;\n        ",
                        hash="6155d0e868c4e858c37627889b55b8be83aaf520",
                        operation="DELETE",
                        pgid="pgtrigger_adoption_stage_kept_a6907",
                        table="network_adoptionstage",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="adoptionstage",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "network_adoptionstageevent" ("form_key", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "stage", "taken_back_at", "taken_back_by_id") VALUES (NEW."form_key", NEW."id", NEW."municipality_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."stage", NEW."taken_back_at", NEW."taken_back_by_id"); RETURN NULL;',
                        hash="f3d18edbacaaa8e42c253f358cfa5b71b0a6e469",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_a9d1e",
                        table="network_adoptionstage",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="adoptionstage",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "network_adoptionstageevent" ("form_key", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "stage", "taken_back_at", "taken_back_by_id") VALUES (NEW."form_key", NEW."id", NEW."municipality_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."stage", NEW."taken_back_at", NEW."taken_back_by_id"); RETURN NULL;',
                        hash="69e4bee8470e8b95563976e4e98425f8426677d8",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_9d64a",
                        table="network_adoptionstage",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="adoptionstage",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "network_adoptionstageevent" ("form_key", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "stage", "taken_back_at", "taken_back_by_id") VALUES (OLD."form_key", OLD."id", OLD."municipality_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."since", OLD."stage", OLD."taken_back_at", OLD."taken_back_by_id"); RETURN NULL;',
                        hash="92848733c4e941c7f7d63e07ba3f338faf4e6728",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_0f9b4",
                        table="network_adoptionstage",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="adoptionstageevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="88bb3e1e6260ed67e61bc37a94d2816c73f59879",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_cd605",
                        table="network_adoptionstageevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="population",
                constraint=models.UniqueConstraint(
                    fields=("municipality", "year"),
                    name="population_once_a_year",
                    violation_error_message="Kunnalla on jo luku tältä vuodelta.",
                ),
            ),
            migrations.AddConstraint(
                model_name="population",
                constraint=models.CheckConstraint(
                    condition=models.Q(("year__gte", 1990), ("year__lte", 2100)),
                    name="population_year_known",
                    violation_error_message="Vuosi on väliltä 1990–2100.",
                ),
            ),
            migrations.AddConstraint(
                model_name="population",
                constraint=models.CheckConstraint(
                    condition=models.Q(("under_18__lte", 1000000)),
                    name="population_possible",
                    violation_error_message="Luku on enintään miljoona.",
                ),
            ),
        ]
    )
