from django.db import migrations


def give_areas(apps, schema_editor):
    """The team of a municipality becomes the team of an area with that one municipality."""
    Area = apps.get_model("network", "Area")
    Team = apps.get_model("network", "Team")
    for team in Team.objects.filter(area=None).select_related("municipality"):
        area, _is_new = Area.objects.get_or_create(name=team.municipality.name_fi)
        area.municipalities.add(team.municipality)
        team.area = area
        team.save(update_fields=["area"])


class Migration(migrations.Migration):
    dependencies = [("network", "0008_team_practice")]

    operations = [migrations.RunPython(give_areas, migrations.RunPython.noop)]
