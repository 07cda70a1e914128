from django.db import migrations

# What is almost the same: a whole word of the text by its letters (or, when the word is long, a part of one), or
# two letters that have changed places. A short word is not like a longer one that only begins alike.
NEAR = """
CREATE OR REPLACE FUNCTION network_near(word text) RETURNS TABLE (id bigint, likeness real)
LANGUAGE sql STABLE STRICT
SET pg_trgm.word_similarity_threshold = 0.55 SET pg_trgm.strict_word_similarity_threshold = 0.45 AS $$
    WITH swapped (forms) AS (
        SELECT array_agg(left(word, place - 1) || substr(word, place + 1, 1) || substr(word, place, 1)
                         || substr(word, place + 2))
        FROM generate_series(1, length(word) - 1) AS place
    )
    SELECT found.id, GREATEST(public.strict_word_similarity(word, found.folded),
                              CASE WHEN length(word) >= 7 THEN public.word_similarity(word, found.folded) END,
                              CASE WHEN found.stems && forms THEN 0.9 END)::real
    FROM public.network_directorytext AS found CROSS JOIN swapped
    WHERE word OPERATOR(public.<<%) found.folded
       OR (length(word) >= 7 AND word OPERATOR(public.<%) found.folded)
       OR found.stems && forms
$$
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0020_both_guardians")]

    operations = [migrations.RunSQL(NEAR, migrations.RunSQL.noop)]
