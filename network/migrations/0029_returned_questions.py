from django.db import migrations

# A question that has come back to its unit or team is told of under the same permission as a new one.
GUARDED = """
DROP TRIGGER network_consultation_message_guard ON perhekeskus_message;
CREATE TRIGGER network_consultation_message_guard BEFORE INSERT OR UPDATE ON perhekeskus_message
    FOR EACH ROW WHEN (NEW.state IN ('waiting', 'claimed') AND NEW.kind IN ({kinds}))
    EXECUTE FUNCTION network_consultation_message_guard();
"""
BEFORE = "'consultation_asked', 'consultation_reminder'"


class Migration(migrations.Migration):
    dependencies = [("network", "0028_left_questions")]

    operations = [
        migrations.RunSQL(
            GUARDED.format(kinds=f"{BEFORE}, 'consultation_returned'"), GUARDED.format(kinds=BEFORE)
        ),
    ]
