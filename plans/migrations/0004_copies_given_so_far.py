from django.db import migrations
from django.utils import timezone


def write_down(apps, schema_editor):
    """Those whom a permission has let see an agreed plan so far have a copy of it: write that down."""
    Copy = apps.get_model("plans", "Copy")
    Plan = apps.get_model("plans", "Plan")
    Consent = apps.get_model("network", "Consent")
    now = timezone.now()
    for plan in Plan.objects.filter(status="agreed").select_related("situation").order_by("pk").iterator():
        permitted = Consent.objects.filter(
            family_id=plan.situation.family_id,
            purpose="copy",
            worker__isnull=False,
            withdrawn_at=None,
            given_at__lte=now,
        ).exclude(valid_until__lte=now)
        for consent in permitted.order_by("pk"):
            Copy.objects.get_or_create(
                plan=plan,
                consent=consent,
                defaults={
                    "given_at": max(consent.given_at, plan.agreed_at),
                    "given_by_id": consent.recorded_by_id or plan.agreed_by_id,
                },
            )


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_copies")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
