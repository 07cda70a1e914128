"""Folding the changes into the numbers: what is read stays the same, only shorter."""

from django.db import connection, transaction

# One folder at a time, whoever it is; any number that nobody else uses.
FOLDING_LOCK = 340_001
# So many changes in one transaction: a long backlog is folded in many short ones.
BATCH = 50_000

_FOLD = """
    WITH taken AS (
        DELETE FROM network_tallychange
        WHERE id IN (SELECT id FROM network_tallychange ORDER BY id LIMIT %s)
        RETURNING municipality_id, month, figure, part, change
    ), folded AS (
        INSERT INTO network_tally AS tally (municipality_id, month, figure, part, number)
        SELECT municipality_id, month, figure, part, sum(change) FROM taken
        GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0
        ON CONFLICT (municipality_id, month, figure, part)
        DO UPDATE SET number = tally.number + EXCLUDED.number
    ), folded_together AS (
        INSERT INTO network_networktally AS tally (month, figure, part, number)
        SELECT month, figure, part, sum(change) FROM taken
        GROUP BY month, figure, part HAVING sum(change) <> 0
        ON CONFLICT (figure, month, part)
        DO UPDATE SET number = tally.number + EXCLUDED.number
    )
    SELECT count(*) FROM taken
"""


def fold() -> int:
    """Fold every change that there is; how many there were. Another one that is at it is left alone."""
    folded = 0
    while taken := _fold_some():
        folded += taken
        if taken < BATCH:
            break
    return folded


@transaction.atomic
def _fold_some() -> int:
    """One transaction: a crash leaves the changes and the numbers as they were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLDING_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_FOLD, [BATCH])
        return cursor.fetchone()[0]
