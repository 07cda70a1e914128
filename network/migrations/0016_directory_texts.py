from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# How a text is compared: no capitals, no marks on letters, a space for every punctuation, a space at both ends.
# Generated columns ask for immutable functions. unaccent is not one only because its rules could be replaced.
FOLDED = """
CREATE FUNCTION network_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ' ' || btrim(regexp_replace(
        lower(public.unaccent('public.unaccent'::regdictionary, words)),
        '[[:space:][:punct:]]+' COLLATE "C", ' ', 'g')) || ' '
$$;
"""

# The words as the Finnish and the Swedish dictionary cut them, and as they are. What the Finnish one does not
# know is told to it: words in -i are bent in -e- (uni, unen), nouns in -minen lose their end, a child is also
# "last-", and consonants change when a word is bent (äiti, äidin; vanhempi, vanhemmat; apu, avun). The form after
# "~" is the same before and after the change; it is compared with its like only.
STEMS = """
CREATE FUNCTION network_stems(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    WITH plain AS (
        SELECT lower(translate(
            regexp_replace(words, '[[:space:][:punct:]]+' COLLATE "C", ' ', 'g'),
            'ÅÄÖÆØÕÜÉÈŠŽ', 'åäöæøõüéèšž')) AS text
    ), lexeme AS (
        SELECT public.unaccent('public.unaccent'::regdictionary, one) AS stem
        FROM plain, unnest(tsvector_to_array(
            to_tsvector('pg_catalog.finnish', text)
            || to_tsvector('pg_catalog.finnish', regexp_replace(text, '([^ ]{2})i( |$)', '\\1en\\2', 'g'))
            || to_tsvector('pg_catalog.swedish', text)
            || to_tsvector('pg_catalog.simple', text))) AS one
    )
    SELECT coalesce(array_agg(DISTINCT form ORDER BY form), '{}')
    FROM lexeme CROSS JOIN LATERAL (VALUES
        (stem),
        (substring(stem FROM '^(.{3,}m)i(?:n|s|se|st|sek?s)$')),
        (CASE WHEN stem IN ('last', 'lasten') THEN 'laps' END),
        (CASE WHEN length(stem) >= 3 THEN '~' || regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            translate(stem, 'd', 't'),
            '([aeiouy])v', '\\1p', 'g'), '([a-z])\\1', '\\1', 'g'), '([lmnr])[gkpt]', '\\1', 'g'),
            '^(.{3,}?)[aeiouy]+$', '\\1') END)
    ) AS cut (form)
    WHERE form IS NOT NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0015_cards_confirmed"),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(FOLDED, "DROP FUNCTION network_folded(text)"),
        migrations.RunSQL(STEMS, "DROP FUNCTION network_stems(text)"),
        migrations.CreateModel(
            name="DirectoryText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("worker", "Nimi"),
                            ("unit", "Työpaikka"),
                            ("organisation", "Organisaatio"),
                            ("team", "Tiimi"),
                            ("need", "Tarve"),
                            ("expertise", "Osaaminen"),
                            ("municipality", "Kunta"),
                            ("area", "Alue"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=20)),
                ("field", models.CharField(max_length=12)),
                ("text", models.TextField()),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("text"), function="network_folded"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "stems",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("text"), function="network_stems"),
                        output_field=ArrayField(base_field=models.TextField(), size=None),
                    ),
                ),
            ],
            options={
                "indexes": [
                    GinIndex(OpClass(models.F("folded"), name="gin_trgm_ops"), name="directory_text_folded"),
                    GinIndex(fields=["stems"], name="directory_text_stems"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "key", "field"), name="directory_text_once")
                ],
            },
        ),
    ]
