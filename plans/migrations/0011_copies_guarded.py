import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# A withdrawn permission closes its links in the same statement; the links of the ground know no permission.
LINKS = """
CREATE FUNCTION plans_copy_links_close() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE perhekeskus_accesslink SET revoked_at = NEW.withdrawn_at
        WHERE revoked_at IS NULL AND id IN (SELECT link_id FROM plans_copylink WHERE consent_id = NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER plans_copy_links_close AFTER UPDATE OF withdrawn_at ON network_consent
    FOR EACH ROW WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION plans_copy_links_close();
"""
# What goes to the receiver of a copy goes under their permission; whether it is in force, the floor of
# permissions asks of every message that names one.
LETTERS = """
CREATE FUNCTION plans_copy_message_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Kopiota ei voi lähettää ilman perheen lupaa.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'message_needs_consent';
END
$$;
CREATE TRIGGER plans_copy_message_guard BEFORE INSERT OR UPDATE ON perhekeskus_message
    FOR EACH ROW WHEN (NEW.state IN ('waiting', 'claimed') AND NEW.permission_id IS NULL
                       AND NEW.kind IN ('plan_copy', 'plan_copy_renewed', 'plan_copy_code'))
    EXECUTE FUNCTION plans_copy_message_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0010_copies_so_far_on_paper"),
        ("network", "0038_plainer_words"),
        ("perhekeskus", "0007_copy_links"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="copy",
            trigger=pgtrigger.compiler.Trigger(
                name="copy_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."given_at" IS DISTINCT FROM (NEW."given_at") OR OLD."given_by_id" IS DISTINCT FROM (NEW."given_by_id") OR OLD."handed_to" IS DISTINCT FROM (NEW."handed_to") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="3cf58824684a5f3c9e1dedbf11f024fd26868ca0",
                    operation="UPDATE",
                    pgid="pgtrigger_copy_stays_a0e4d",
                    table="plans_copy",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            LINKS,
            "DROP TRIGGER plans_copy_links_close ON network_consent; DROP FUNCTION plans_copy_links_close();",
        ),
        migrations.RunSQL(
            LETTERS,
            "DROP TRIGGER plans_copy_message_guard ON perhekeskus_message;"
            "DROP FUNCTION plans_copy_message_guard();",
        ),
    ]
