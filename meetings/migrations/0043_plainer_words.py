import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0042_feedback_answers_mixed"),
        ("network", "0038_plainer_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="earlierwish",
            name="earlier_wish_of_booked",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="handover",
            name="handover_offered_for_one_away",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlierwish",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        migrations.AlterConstraint(
            model_name="earlierwish",
            name="earlier_wish_one_open",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("meeting",),
                name="earlier_wish_one_open",
                violation_error_message="Aikaisempaa aikaa toivotaan jo.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="handover",
            name="handover_caught_by_somebody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("caught_by__isnull", False), ("status", "accepted"), ("to_unit__isnull", False)
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
        ),
    ]
