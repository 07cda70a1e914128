"""Why somebody was proposed was told to the family, and copied behind the links of invitations by mistake.

It can hint at the family's matter, so it is taken out of them. It stays where it was written: on the seat.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("network", "0026_need_search_words")]

    operations = [
        migrations.RunSQL(
            "UPDATE network_invitation SET expectation = '' WHERE expectation <> ''",
            migrations.RunSQL.noop,
        )
    ]
