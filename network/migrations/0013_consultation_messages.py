from django.db import migrations

# A question is told to its receiver under the permission that lets them be asked, and under no other. NOWAIT as
# in 0003_guards: a permission that is being withdrawn at this moment makes the sender try later.
GUARD = """
CREATE FUNCTION network_consultation_message_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed boolean;
BEGIN
    SELECT purpose = 'consult' AND withdrawn_at IS NULL
           AND given_at <= clock_timestamp() + interval '1 minute'
           AND (valid_until IS NULL OR valid_until > clock_timestamp())
        INTO allowed FROM network_consent WHERE id = NEW.permission_id FOR SHARE NOWAIT;
    IF allowed IS DISTINCT FROM TRUE THEN
        RAISE EXCEPTION 'Neuvoa ei voi kysyä ilman perheen lupaa.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'message_needs_consent';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER network_consultation_message_guard BEFORE INSERT OR UPDATE ON perhekeskus_message
    FOR EACH ROW WHEN (NEW.state IN ('waiting', 'claimed')
                       AND NEW.kind IN ('consultation_asked', 'consultation_reminder'))
    EXECUTE FUNCTION network_consultation_message_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0012_consultations"), ("perhekeskus", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER network_consultation_message_guard ON perhekeskus_message;"
            "DROP FUNCTION network_consultation_message_guard();",
        ),
    ]
