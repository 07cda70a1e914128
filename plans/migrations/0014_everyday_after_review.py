from django.db import migrations

# The meetings know no plan; this floor does: where one was agreed on, both sides have said what came of it
# before everyday life is said to run.
GUARD = """
CREATE FUNCTION plans_everyday_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM plans_plan plan
        WHERE plan.situation_id = NEW.id AND plan.status = 'agreed'
          AND (
              SELECT count(DISTINCT review.side) FROM plans_outcomereview review
              WHERE review.plan_id = plan.id AND review.given_at IS NOT NULL AND review.replaced_at IS NULL
          ) < 2
    ) THEN
        RAISE EXCEPTION 'Ennen kuin tilanne päättyy, perhe ja työntekijät arvioivat, mitä suunnitelmasta oli hyötyä.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'everyday_after_review';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_everyday_guard BEFORE UPDATE OF ending ON meetings_situation
    FOR EACH ROW WHEN (NEW.ending = 'everyday' AND OLD.ending <> 'everyday')
    EXECUTE FUNCTION plans_everyday_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0013_plans_carried_so_far"),
        ("meetings", "0045_back_to_the_plan"),
    ]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER plans_everyday_guard ON meetings_situation;DROP FUNCTION plans_everyday_guard();",
        ),
    ]
