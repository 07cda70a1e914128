from django.db import migrations

FILL = """
INSERT INTO network_directorytext (source, key, field, text)
SELECT source, key, field, text FROM network_directory_source()
ON CONFLICT (source, key, field) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0017_directory_text_triggers")]

    operations = [migrations.RunSQL(FILL, "DELETE FROM network_directorytext")]
