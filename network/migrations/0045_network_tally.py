from django.db import migrations, models

ADD_UP = """
    INSERT INTO network_networktally (month, figure, part, number)
    SELECT month, figure, part, sum(number) FROM network_tally GROUP BY month, figure, part
"""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0044_tallies_by_column"),
    ]

    operations = [
        migrations.CreateModel(
            name="NetworkTally",
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
            ],
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                fields=["figure", "part", "month"], include=("municipality", "number"), name="tally_of_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="networktally",
            constraint=models.UniqueConstraint(fields=("figure", "month", "part"), name="network_tally_once"),
        ),
        migrations.RunSQL(ADD_UP, migrations.RunSQL.noop),
    ]
