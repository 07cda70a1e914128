from django.db import migrations

# The network's consultations know a situation by its number only; this floor knows whose it is.
GUARD = """
CREATE FUNCTION meetings_consultation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM meetings_situation situation
        JOIN network_consent consent ON consent.family_id = situation.family_id
        WHERE situation.id = NEW.situation_number AND consent.id = NEW.consent_id
    ) THEN
        RAISE EXCEPTION 'Lupa on toisen perheen.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_own_family';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER meetings_consultation_guard BEFORE INSERT OR UPDATE OF consent_id, situation_number
    ON network_consultation FOR EACH ROW EXECUTE FUNCTION meetings_consultation_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_participation_of_all_kinds"),
        ("network", "0013_consultation_messages"),
    ]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER meetings_consultation_guard ON network_consultation;"
            "DROP FUNCTION meetings_consultation_guard();",
        ),
    ]
