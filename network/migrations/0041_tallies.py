import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0040_adoption_and_populations"),
    ]

    operations = [
        migrations.CreateModel(
            name="TallyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("figure", models.CharField(max_length=20)),
                ("part", models.CharField(blank=True, max_length=24)),
                ("change", models.IntegerField()),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("figure", models.CharField(max_length=20)),
                ("part", models.CharField(blank=True, max_length=24)),
                ("number", models.BigIntegerField()),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.municipality",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["figure", "month"],
                        include=("municipality", "part", "number"),
                        name="tally_of_figure",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "month", "figure", "part"), name="tally_once"
                    )
                ],
            },
        ),
    ]
