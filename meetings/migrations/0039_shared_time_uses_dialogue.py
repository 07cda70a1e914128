from django.db import migrations


def use(apps, schema_editor):
    """A shared time may be led as tulevaisuuden muistelu; a kind that the network has made its own stays so."""
    Kind = apps.get_model("meetings", "Kind")
    Kind.objects.filter(code="shared_time", version=1).update(uses_dialogue=True)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0038_contribution_in_name_of_many")]

    operations = [migrations.RunPython(use, migrations.RunPython.noop, elidable=False)]
