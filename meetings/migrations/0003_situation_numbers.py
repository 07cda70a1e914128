from django.db import migrations


class Migration(migrations.Migration):
    """A situation's number is spoken aloud: let it begin at four digits."""

    dependencies = [("meetings", "0002_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE meetings_situation ALTER COLUMN id RESTART WITH 2001;",
            migrations.RunSQL.noop,
        )
    ]
