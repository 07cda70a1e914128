from django.db import migrations

# Whose texts, by table and key; the fields and their texts.
SOURCES = {
    "worker": (
        "network_worker",
        "id",
        {
            "name": "{0}.first_name || ' ' || {0}.last_name",
            "title": "{0}.title",
            "description": "{0}.what_i_do",
        },
    ),
    "unit": ("network_unit", "id", {"name": "{0}.name", "description": "{0}.description"}),
    "organisation": ("network_organisation", "id", {"name": "{0}.name"}),
    "team": ("network_team", "id", {"name": "{0}.name"}),
    "need": ("network_need", "id", {"name": "{0}.name", "family": "{0}.family_words"}),
    "expertise": ("network_expertise", "id", {"name": "{0}.name"}),
    "municipality": ("network_municipality", "code", {"name": "{0}.name_fi", "swedish": "{0}.name_sv"}),
    "area": ("network_area", "id", {"name": "{0}.name"}),
}

# Near words, for a word in which something was typed wrongly: alike by their letters, or two letters changed
# places. In a function, so that the measure holds for this question only.
NEAR = """
CREATE FUNCTION network_near(word text) RETURNS TABLE (id bigint, likeness real)
LANGUAGE sql STABLE STRICT SET pg_trgm.word_similarity_threshold = 0.5 AS $$
    WITH swapped (forms) AS (
        SELECT array_agg(left(word, place - 1) || substr(word, place + 1, 1) || substr(word, place, 1)
                         || substr(word, place + 2))
        FROM generate_series(1, length(word) - 1) AS place
    )
    SELECT found.id, GREATEST(public.word_similarity(word, found.folded),
                              CASE WHEN found.stems && forms THEN 0.9 ELSE 0 END)::real
    FROM public.network_directorytext AS found CROSS JOIN swapped
    WHERE word OPERATOR(public.<%) found.folded OR found.stems && forms
$$
"""


def values(fields: dict[str, str], row: str) -> str:
    return ", ".join(f"('{field}', btrim({text.format(row)}))" for field, text in fields.items())


def everything() -> str:
    """Every text straight from its own table: what the kept rows are compared with."""
    parts = [
        f"""SELECT '{source}'::varchar, one.{key}::varchar, text.field::varchar, text.text
            FROM {table} AS one CROSS JOIN LATERAL (VALUES {values(fields, "one")}) AS text (field, text)
            WHERE text.text <> ''"""
        for source, (table, key, fields) in SOURCES.items()
    ]
    # A function and no view: a view would stand in the way of every later change of these columns.
    return f"""
        CREATE FUNCTION network_directory_source()
        RETURNS TABLE (source varchar, key varchar, field varchar, text text) LANGUAGE sql STABLE AS $$
            {" UNION ALL ".join(parts)}
        $$;
    """


def keep(source: str) -> str:
    table, key, fields = SOURCES[source]
    return f"""
        CREATE FUNCTION network_keep_{source}_texts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.{key} <> OLD.{key}) THEN
                DELETE FROM network_directorytext WHERE source = '{source}' AND key = OLD.{key}::text;
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN NULL;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                DELETE FROM network_directorytext AS kept USING (VALUES {values(fields, "NEW")}) AS now (field, text)
                WHERE source = '{source}' AND key = NEW.{key}::text AND kept.field = now.field AND now.text = '';
            END IF;
            INSERT INTO network_directorytext (source, key, field, text)
            SELECT '{source}', NEW.{key}::text, now.field, now.text
            FROM (VALUES {values(fields, "NEW")}) AS now (field, text) WHERE now.text <> ''
            ON CONFLICT (source, key, field) DO UPDATE SET text = EXCLUDED.text
                WHERE network_directorytext.text <> EXCLUDED.text;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER network_keep_texts AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION network_keep_{source}_texts();
    """


def forget(source: str) -> str:
    table = SOURCES[source][0]
    return f"DROP TRIGGER network_keep_texts ON {table}; DROP FUNCTION network_keep_{source}_texts();"


class Migration(migrations.Migration):
    dependencies = [("network", "0016_directory_texts")]

    operations = [
        migrations.RunSQL(everything(), "DROP FUNCTION network_directory_source()"),
        migrations.RunSQL(NEAR, "DROP FUNCTION network_near(text)"),
        *(migrations.RunSQL(keep(source), forget(source)) for source in SOURCES),
    ]
