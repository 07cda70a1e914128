from django.db import migrations

TOUCHES = """
CREATE TRIGGER plans_plan_touches AFTER INSERT OR UPDATE OR DELETE ON plans_plan
    FOR EACH ROW EXECUTE FUNCTION meetings_touches('situation_id');

CREATE FUNCTION plans_contact_touches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM meetings_touch(situation_id) FROM plans_plan
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.plan_id ELSE NEW.plan_id END;
    RETURN NULL;
END
$$;
CREATE TRIGGER plans_contact_touches AFTER INSERT OR UPDATE OR DELETE ON plans_nextcontact
    FOR EACH ROW EXECUTE FUNCTION plans_contact_touches();
"""
UNTOUCHES = """
DROP TRIGGER plans_contact_touches ON plans_nextcontact;
DROP FUNCTION plans_contact_touches();
DROP TRIGGER plans_plan_touches ON plans_plan;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_measure_in_whose_words"),
        ("meetings", "0027_touches"),
    ]

    operations = [migrations.RunSQL(TOUCHES, UNTOUCHES)]
