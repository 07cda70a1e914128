from django.db import migrations

# Whatever changes of a situation touches it. A day is what matters, so a situation that was touched a minute ago
# is left alone, and so is one that another transaction keeps locked: that one is touching it just now. Nobody
# waits here, so nobody waits in the wrong order.
TOUCH = """
CREATE FUNCTION meetings_touch(number bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE meetings_situation SET touched_at = now() WHERE id = (
        SELECT id FROM meetings_situation
        WHERE id = number AND touched_at < now() - interval '1 minute'
        FOR NO KEY UPDATE SKIP LOCKED
    )
$$;
CREATE FUNCTION meetings_touches() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    -- The argument is the column that leads to the situation, or to the meeting of one.
    IF TG_ARGV[0] = 'meeting_id' THEN
        PERFORM meetings_touch(situation_id) FROM meetings_meeting WHERE id = (changed ->> 'meeting_id')::bigint;
    ELSE
        PERFORM meetings_touch((changed ->> TG_ARGV[0])::bigint);
    END IF;
    RETURN NULL;
END
$$;
"""
UNTOUCH = """
DROP FUNCTION meetings_touches();
DROP FUNCTION meetings_touch(bigint);
"""

TABLES = {
    "meetings_conversation": "situation_id",
    "meetings_handover": "situation_id",
    "meetings_meeting": "situation_id",
    "meetings_participation": "meeting_id",
    "meetings_topic": "meeting_id",
    "meetings_timesoffer": "meeting_id",
    "meetings_starray": "meeting_id",
    "meetings_preparation": "meeting_id",
    "meetings_dialogue": "meeting_id",
    "meetings_influenceitem": "meeting_id",
    "network_consultation": "situation_number",
}


def on(table: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_touches AFTER INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION meetings_touches('{column}')",
        f"DROP TRIGGER {table}_touches ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0026_situation_touched"),
        ("network", "0033_structural_grievances"),
    ]

    operations = [
        migrations.RunSQL(TOUCH, UNTOUCH),
        *[on(table, column) for table, column in TABLES.items()],
    ]
