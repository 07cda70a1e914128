from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

# The ground's messages know no permission; this floor does, and guards them in the database: what a message of
# an invitation needs is in force when it is queued and when it is claimed for sending. A permission given and
# used in one transaction counts, and so does one whose giver's clock is a little ahead. NOWAIT: a permission
# that is being withdrawn at this moment makes the sender try later.
GUARD = """
CREATE FUNCTION network_message_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed boolean;
BEGIN
    IF NEW.state NOT IN ('waiting', 'claimed') THEN
        RETURN NEW;
    END IF;
    IF NEW.permission_id IS NULL THEN
        IF NEW.kind LIKE 'invitation\\_%' AND NEW.kind <> 'invitation_cancelled' THEN
            RAISE EXCEPTION 'Kutsua ei voi lähettää ilman perheen lupaa.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'message_needs_consent';
        END IF;
        RETURN NEW;
    END IF;
    SELECT withdrawn_at IS NULL
           AND given_at <= clock_timestamp() + interval '1 minute'
           AND (valid_until IS NULL OR valid_until > clock_timestamp())
        INTO allowed FROM network_consent WHERE id = NEW.permission_id FOR SHARE NOWAIT;
    IF allowed IS DISTINCT FROM TRUE THEN
        RAISE EXCEPTION 'Kutsua ei voi lähettää ilman perheen lupaa.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'message_needs_consent';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER network_message_guard BEFORE INSERT OR UPDATE ON perhekeskus_message
    FOR EACH ROW EXECUTE FUNCTION network_message_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0002_initial"), ("perhekeskus", "0001_initial")]

    operations = [
        # The directory finds Päivi by "paivi": the database takes the dots off both.
        UnaccentExtension(),
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER network_message_guard ON perhekeskus_message;"
            "DROP FUNCTION network_message_guard();",
        ),
    ]
