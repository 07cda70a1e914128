"""One day of a worker's has one absence. Those that overlapped become one, from the first day to the last; the
substitute is the one who was named last."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations

MERGED = """
    WITH marked AS (
        SELECT *, coalesce(
            lower(period) >= max(upper(period)) OVER (
                PARTITION BY worker_id ORDER BY lower(period), id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), true) AS begins
        FROM meetings_absence
    ), numbered AS (
        SELECT *, count(*) FILTER (WHERE begins)
            OVER (PARTITION BY worker_id ORDER BY lower(period), id) AS stretch
        FROM marked
    ), merged AS (
        SELECT min(id) AS kept, array_agg(id) AS rows,
               tstzrange(min(lower(period)), max(upper(period))) AS period,
               (array_agg(substitute_id ORDER BY id DESC) FILTER (WHERE substitute_id IS NOT NULL))[1]
                   AS substitute_id
        FROM numbered GROUP BY worker_id, stretch HAVING count(*) > 1
    ), removed AS (
        DELETE FROM meetings_absence USING merged WHERE id = ANY (rows) AND id <> kept
    )
    UPDATE meetings_absence AS absence SET period = merged.period, substitute_id = merged.substitute_id
    FROM merged WHERE absence.id = merged.kept
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_times_offered"),
    ]

    operations = [
        # The keys are checked at once: a table with checks that wait can't be changed.
        migrations.RunSQL(["SET CONSTRAINTS ALL IMMEDIATE", MERGED], migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="absence", name="absence_of_worker"),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("worker", django.contrib.postgres.fields.ranges.RangeOperators.EQUAL),
                    ("period", django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS),
                ],
                name="absence_once",
                violation_error_message="Olet jo merkinnyt poissaolon osalle näistä päivistä.",
            ),
        ),
    ]
