from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    """The directory finds Päivi by "paivi": the database takes the dots off both."""

    dependencies = [("network", "0004_remove_consent_consent_once_per_worker_and_more")]

    operations = [UnaccentExtension()]
