from django.db import migrations

# Plans of situations that have ended are over, and so is one whose situation was opened again without a new
# promise. What one who has left was responsible for is passed on, where there is somebody to carry it.
SO_FAR = """
UPDATE plans_plan SET ended_at = coalesce(situation.ended_at, clock_timestamp())
FROM meetings_situation situation
WHERE situation.id = plans_plan.situation_id AND plans_plan.status = 'agreed'
  AND (situation.stage IN ('everyday', 'ended')
       OR NOT EXISTS (SELECT FROM plans_nextcontact WHERE plan_id = plans_plan.id AND done_at IS NULL));
DO $$
DECLARE
    person record;
BEGIN
    FOR person IN
        SELECT DISTINCT worker.id, worker.unit_id FROM network_worker worker
        JOIN plans_responsibleworker responsible ON responsible.worker_id = worker.id
        JOIN plans_plan plan ON plan.id = responsible.plan_id AND plan.status = 'agreed' AND plan.ended_at IS NULL
        WHERE NOT plans_is_living(worker.id)
    LOOP
        BEGIN
            PERFORM plans_pass_on(person.id, person.unit_id, 'left');
        EXCEPTION WHEN check_violation THEN
            RAISE NOTICE 'nobody to carry on after worker %', person.id;
        END;
    END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0012_responsibility")]

    operations = [migrations.RunSQL(SO_FAR, migrations.RunSQL.noop)]
