from django.db import migrations
from django.utils import timezone


def confirm_cards(apps, schema_editor):
    """Nobody is asked at once: a card that was here before counts as looked through today."""
    apps.get_model("network", "Worker").objects.filter(card_confirmed_at=None).update(
        card_confirmed_at=timezone.now()
    )


class Migration(migrations.Migration):
    dependencies = [("network", "0014_card_photo")]

    operations = [migrations.RunPython(confirm_cards, migrations.RunPython.noop)]
