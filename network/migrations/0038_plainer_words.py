from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0037_unhelped_letter"),
    ]

    operations = [
        migrations.AlterField(
            model_name="developmentneed",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "odottaa tekijää"),
                    ("under_way", "työn alla"),
                    ("done", "valmis"),
                    ("put_aside", "jätetty sikseen"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="developmentneedevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "odottaa tekijää"),
                    ("under_way", "työn alla"),
                    ("done", "valmis"),
                    ("put_aside", "jätetty sikseen"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="grievancestep",
            name="state",
            field=models.CharField(
                choices=[
                    ("recorded", "kirjattu"),
                    ("under_way", "käsittelyssä"),
                    ("answered", "vastattu"),
                    ("done", "korjattu"),
                    ("put_aside", "jätetty sikseen"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="structuralgrievance",
            name="state",
            field=models.CharField(
                choices=[
                    ("recorded", "kirjattu"),
                    ("under_way", "käsittelyssä"),
                    ("answered", "vastattu"),
                    ("done", "korjattu"),
                    ("put_aside", "jätetty sikseen"),
                ],
                default="recorded",
                max_length=10,
            ),
        ),
        migrations.AlterConstraint(
            model_name="developmentneed",
            name="development_under_way_has_owner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["under_way", "done"]), _negated=True),
                    ("owner__isnull", False),
                    _connector="OR",
                ),
                name="development_under_way_has_owner",
                violation_error_message="Kun asiaa viedään eteenpäin, joku hoitaa sitä.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="structuralgrievance",
            name="grievance_handled_has_owner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["recorded", "put_aside"]), ("owner__isnull", False), _connector="OR"
                ),
                name="grievance_handled_has_owner",
                violation_error_message="Kun epäkohtaa käsitellään, joku hoitaa sitä.",
            ),
        ),
    ]
