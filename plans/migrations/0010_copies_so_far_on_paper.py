from django.db import migrations


def write_down(apps, schema_editor):
    """Units, teams, outside professionals and close people have had theirs on paper so far."""
    Copy = apps.get_model("plans", "Copy")
    Copy.objects.filter(consent__worker=None).update(method="printed")


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_copy_methods")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
