from django.db import migrations

# An account that is opened again begins without the old secret address: anybody may have it by now.
CLOSE = """
CREATE FUNCTION meetings_feed_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meetings_calendarfeed SET revoked_at = clock_timestamp()
        WHERE worker_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER meetings_feed_closes AFTER UPDATE OF is_active ON network_worker
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION meetings_feed_closes();

CREATE FUNCTION meetings_feed_of_open_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    account_is_open boolean;
BEGIN
    -- The lock makes opening an address and closing the account wait for each other.
    SELECT is_active INTO account_is_open FROM network_worker WHERE id = NEW.worker_id FOR SHARE;
    IF NOT account_is_open THEN
        RAISE EXCEPTION 'Tunnus on suljettu, joten kalenterilla ei voi olla osoitetta.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'calendar_feed_of_open_account';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER meetings_feed_of_open_account BEFORE INSERT OR UPDATE OF worker_id, revoked_at
    ON meetings_calendarfeed FOR EACH ROW WHEN (NEW.revoked_at IS NULL)
    EXECUTE FUNCTION meetings_feed_of_open_account();

UPDATE meetings_calendarfeed SET revoked_at = clock_timestamp()
    FROM network_worker WHERE network_worker.id = worker_id AND NOT is_active AND revoked_at IS NULL;
"""

OPEN = """
DROP TRIGGER meetings_feed_of_open_account ON meetings_calendarfeed;
DROP FUNCTION meetings_feed_of_open_account();
DROP TRIGGER meetings_feed_closes ON network_worker;
DROP FUNCTION meetings_feed_closes();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0015_meeting_feedback")]

    operations = [migrations.RunSQL(CLOSE, OPEN)]
