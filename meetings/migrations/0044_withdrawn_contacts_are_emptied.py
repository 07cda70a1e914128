"""A family that takes its contact back takes its words back: also those who have done so already."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

EMPTY = """
    name = '', phone = '', email = '', reach = 'page', when_to_reach = '', words = '', children_ages = '',
    language = 'fi', interpreter = '', address_protected = FALSE, wants_confirmation = FALSE
"""
OF_WITHDRAWN = "(SELECT id FROM meetings_contact WHERE status = 'withdrawn')"
# The history and the messages are otherwise never changed, nor a family's words.
SEALS = ",".join(
    [
        "pgtrigger_append_only_2059b",
        "pgtrigger_contactmessage_append_only_ee10d",
        "pgtrigger_contact_words_stay_f3ac5",
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_squashed_0043_plainer_words"),
        ("network", "0002_squashed_0038_plainer_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="contact",
            name="contact_has_words",
        ),
        migrations.RunSQL(
            f"""
            SELECT set_config('pgtrigger.ignore', '{{{SEALS}}}', TRUE);
            UPDATE meetings_contact SET {EMPTY} WHERE status = 'withdrawn';
            UPDATE meetings_contactevent SET {EMPTY} WHERE pgh_obj_id IN {OF_WITHDRAWN};
            DELETE FROM meetings_contactmessage WHERE contact_id IN {OF_WITHDRAWN};
            UPDATE perhekeskus_message SET recipient = '-'
                WHERE kind IN ('reach_us_confirmation', 'reach_us_answered') AND about_id IN {OF_WITHDRAWN};
            SELECT set_config('pgtrigger.ignore', '{{}}', TRUE);
            """,
            migrations.RunSQL.noop,
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="contact_words_taken_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'withdrawn' AND NOT (OLD.\"status\" = 'withdrawn'))",
                    declare="DECLARE ignored text;",
                    func="\n            NEW.name = ''; NEW.phone = ''; NEW.email = ''; NEW.reach = 'page'; NEW.when_to_reach = ''; NEW.words = ''; NEW.children_ages = ''; NEW.language = 'fi'; NEW.interpreter = ''; NEW.address_protected = FALSE; NEW.wants_confirmation = FALSE;\n            ignored := COALESCE(NULLIF(current_setting('pgtrigger.ignore', TRUE), ''), '{}');\n            PERFORM set_config('pgtrigger.ignore', '{pgtrigger_append_only_2059b,pgtrigger_contactmessage_append_only_ee10d}', TRUE);\n            UPDATE meetings_contactevent SET name = '', phone = '', email = '', reach = 'page', when_to_reach = '', words = '', children_ages = '', language = 'fi', interpreter = '', address_protected = FALSE, wants_confirmation = FALSE WHERE pgh_obj_id = NEW.id;\n            DELETE FROM meetings_contactmessage WHERE contact_id = NEW.id;\n            PERFORM set_config('pgtrigger.ignore', ignored, TRUE);\n            RETURN NEW;\n        ",
                    hash="44821a87ae8f098c7aa475331cd312be74d76559",
                    operation='UPDATE OF "status"',
                    pgid="pgtrigger_contact_words_taken_back_fb902",
                    table="meetings_contact",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), ("status", "withdrawn"), _connector="OR"
                ),
                name="contact_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(
                        ("address_protected", False),
                        ("children_ages", ""),
                        ("email", ""),
                        ("interpreter", ""),
                        ("language", "fi"),
                        ("name", ""),
                        ("phone", ""),
                        ("reach", "page"),
                        ("wants_confirmation", False),
                        ("when_to_reach", ""),
                        ("words", ""),
                    ),
                    _connector="OR",
                ),
                name="contact_withdrawn_is_empty",
            ),
        ),
    ]
