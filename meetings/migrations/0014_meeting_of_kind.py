import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0013_kinds_known")]

    operations = [
        migrations.AlterField(
            model_name="meeting",
            name="kind",
            field=models.ForeignKey(
                db_column="kind",
                db_index=False,
                default="shared_time",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.kind",
            ),
        ),
        migrations.AlterField(
            model_name="meetingevent",
            name="kind",
            field=models.ForeignKey(
                db_column="kind",
                db_constraint=False,
                default="shared_time",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="meetings.kind",
            ),
        ),
    ]
