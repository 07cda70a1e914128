from django.db import migrations

# The meetings know no plan; this floor does, and guards what it prints: the star of an agreed plan stays as the
# family has it on paper. Rows may go, with the whole matter, but none is written or changed.
GUARD = """
CREATE FUNCTION plans_star_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM plans_plan
        WHERE status <> 'draft'
          AND (meeting_id = NEW.meeting_id OR (TG_OP = 'UPDATE' AND meeting_id = OLD.meeting_id))
    ) THEN
        RAISE EXCEPTION 'Suunnitelmasta on jo sovittu, joten tähteä ei voi enää muuttaa.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'star_of_agreed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_star_guard BEFORE INSERT OR UPDATE ON meetings_starray
    FOR EACH ROW EXECUTE FUNCTION plans_star_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("meetings", "0004_star_keeps_history")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER plans_star_guard ON meetings_starray;DROP FUNCTION plans_star_guard();",
        ),
    ]
