from django.db import migrations

TOUCHES = """
CREATE FUNCTION plans_measurestate_touches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM meetings_touch(plan.situation_id) FROM plans_plan plan
        JOIN plans_measure measure ON measure.plan_id = plan.id WHERE measure.id = NEW.measure_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER plans_measurestate_touches AFTER INSERT ON plans_measurestate
    FOR EACH ROW EXECUTE FUNCTION plans_measurestate_touches();
"""
UNTOUCHES = """
DROP TRIGGER plans_measurestate_touches ON plans_measurestate;
DROP FUNCTION plans_measurestate_touches();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0015_measures_carried")]

    operations = [migrations.RunSQL(TOUCHES, UNTOUCHES)]
