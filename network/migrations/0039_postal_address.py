from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0002_squashed_0038_plainer_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="family",
            name="postal_address",
            field=models.TextField(
                blank=True, db_default="", default="", max_length=240, verbose_name="postiosoite"
            ),
        ),
        migrations.AddConstraint(
            model_name="family",
            constraint=models.CheckConstraint(
                condition=models.Q(("address_protected", False), ("postal_address", ""), _connector="OR"),
                name="family_protected_without_address",
                violation_error_message="Perheellä on turvakielto, joten osoitetta ei kirjata.",
            ),
        ),
    ]
