"""Search in the directory: one field finds people, places, organisations, teams and needs, and says why.

Every word has to match somewhere: in the thing's own texts, or in those of what it belongs to (a worker's
expertise, the needs that it answers, the unit, the organisation, the municipality, the team). The matching
and the ranking are PostgreSQL's, in one statement; see docs/adr/0014.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL

from .models import TextSource
from .sorting import LETTERS, STAND_FOR

Rows = TypeVar("Rows", bound=models.QuerySet[Any])

# Nobody types more; each word costs a round over the texts.
MOST_WORDS = 8
LONGEST_WORD = 60

BREAKS = re.compile(r"[\s!-/:-@\[-`{-~]+")

# In this order among equals.
KINDS = (TextSource.NEED, TextSource.TEAM, TextSource.WORKER, TextSource.UNIT, TextSource.ORGANISATION)


@dataclass(frozen=True)
class Reason:
    """Why something was found: one of its texts, or a text of what it belongs to."""

    source: str
    field: str
    text: str
    word: str
    is_near: bool


@dataclass(frozen=True)
class Match:
    """One thing that was found; best reasons first."""

    kind: str
    pk: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Answer:
    """One page of what was found, and how many there are in all."""

    matches: list[Match]
    count: int
    # Only nearly the same was found; or no row has all the words, and these have the most of them.
    is_near: bool = False
    is_partial: bool = False


# --- the words -----------------------------------------------------------------------------------


def words_of(text: str) -> list[str]:
    """What is looked for, word by word; punctuation only parts them."""
    words = [word[:LONGEST_WORD].lower() for word in BREAKS.split(text.replace("\x00", " ")) if word]
    return list(dict.fromkeys(words))[:MOST_WORDS]


# A stop word ("ja", "ei", "och") is required only when there is nothing else. A short word has to begin a
# word, one of three letters to begin or to end one; a longer one may stand anywhere: Finnish joins words.
WORDS = """
    plain AS (
        SELECT place AS ord, word, btrim(network_folded(word)) AS folded,
               ts_lexize('pg_catalog.finnish_stem', word) AS finnish,
               ts_lexize('pg_catalog.swedish_stem', word) AS swedish
        FROM unnest(%(words)s::text[]) WITH ORDINALITY AS typed (word, place)
    ), judged AS (
        SELECT *, '{}' IN (finnish, swedish) AS is_stop, btrim(network_folded(finnish[1])) AS stem
        FROM plain WHERE folded <> ''
    ), word AS MATERIALIZED (
        SELECT ord::int, word, folded, network_stems(word) AS stems,
               NOT is_stop OR bool_and(is_stop) OVER () AS is_required,
               CASE WHEN length(folded) >= 4 THEN '%%' ELSE '%% ' END || folded || '%%' AS inside,
               CASE WHEN length(folded) >= 3 THEN '%%' || folded || ' %%' END AS ending,
               CASE WHEN length(stem) >= 4 THEN '%%' || stem || '%%' END AS stem
        FROM judged
    )
"""

# How well a text holds a word: 0 a whole word, 1 the beginning of one, 2 a word bent otherwise, 3 inside one.
# What stands inside a name comes after a title and an expertise, but before a place. A person's name is not
# bent into another one, and three letters at its end (Jouni for "uni") mean nothing.
DIRECT = """
    SELECT word.ord, held.id AS text, held.source, held.key,
           CASE WHEN held.field = 'description' THEN 30
                WHEN held.field = 'title' THEN 10
                WHEN strpos(held.folded, ' ' || word.folded) = 0 THEN 14 ELSE 0 END AS own,
           CASE WHEN strpos(held.folded, ' ' || word.folded || ' ') > 0 THEN 0
                WHEN strpos(held.folded, ' ' || word.folded) > 0 THEN 1
                WHEN held.stems && word.stems THEN 2 ELSE 3 END AS quality
    FROM word JOIN network_directorytext AS held
      ON held.folded LIKE word.inside OR held.folded LIKE word.stem
      OR ((held.folded LIKE word.ending OR held.stems && word.stems)
          AND (held.source, held.field) <> ('worker', 'name'))
"""

# Words typed wrongly, the more alike the better; always after those that match.
NEAR = """
    SELECT word.ord, held.id, held.source, held.key,
           CASE WHEN held.field = 'description' THEN 30
                WHEN held.field = 'title' THEN 10 ELSE 0 END,
           100 + round(100 * (1 - near.likeness))::int
    FROM word CROSS JOIN LATERAL network_near(word.folded) AS near
    JOIN network_directorytext AS held USING (id)
    WHERE length(word.folded) >= 4
"""

# A place of work is reached by its own texts and by those of its organisation, municipality and area.
UNITS_REACHED = """
    SELECT unit.id, unit_hit.ord, unit_hit.text,
           unit_hit.own AS own_cost, 20 AS cost, unit_hit.quality
    FROM hit AS unit_hit JOIN network_unit AS unit ON unit.id = unit_hit.number
    WHERE unit_hit.source = 'unit'
    UNION ALL
    SELECT unit.id, hit.ord, hit.text, 22, 22, hit.quality
    FROM hit JOIN network_unit AS unit ON unit.organisation_id = hit.number WHERE hit.source = 'organisation'
    UNION ALL
    SELECT unit.id, hit.ord, hit.text, 24, 24, hit.quality
    FROM hit JOIN network_unit AS unit ON unit.municipality_id = hit.key WHERE hit.source = 'municipality'
    UNION ALL
    SELECT unit.id, hit.ord, hit.text, 24, 24, hit.quality
    FROM hit JOIN network_unit AS unit ON unit.area_id = hit.number WHERE hit.source = 'area'
"""

# How each kind is reached: its key, the word, the text, and the cost; the cheapest is the reason.
REACHED = {
    TextSource.WORKER: """
        SELECT number, ord, text, own + quality FROM hit WHERE source = 'worker'
        UNION ALL
        SELECT knows.worker_id, ord, text, 10 + quality
        FROM hit JOIN network_worker_expertise AS knows ON knows.expertise_id = number
        WHERE source = 'expertise'
        UNION ALL
        SELECT knows.worker_id, ord, text, 12 + quality
        FROM hit JOIN network_need_expertise AS answers ON answers.need_id = number
        JOIN network_worker_expertise AS knows ON knows.expertise_id = answers.expertise_id
        WHERE source = 'need'
        UNION ALL
        SELECT belongs.worker_id, ord, text, 16 + quality
        FROM hit JOIN network_team_members AS belongs ON belongs.team_id = number WHERE source = 'team'
        UNION ALL
        SELECT worker.id, ord, text, cost + quality
        FROM unit_reached JOIN network_worker AS worker ON worker.unit_id = unit_reached.id
    """,
    TextSource.UNIT: "SELECT id, ord, text, own_cost + quality FROM unit_reached",
    TextSource.ORGANISATION: "SELECT number, ord, text, own + quality FROM hit WHERE source = 'organisation'",
    TextSource.TEAM: """
        SELECT number, ord, text, own + quality FROM hit WHERE source = 'team'
        UNION ALL
        SELECT team.id, ord, text, 24 + quality
        FROM hit JOIN network_team AS team ON team.area_id = number WHERE source = 'area'
        UNION ALL
        SELECT team.id, ord, text, 24 + quality
        FROM hit JOIN network_area_municipalities AS town ON town.municipality_id = key
        JOIN network_team AS team ON team.area_id = town.area_id WHERE source = 'municipality'
    """,
    TextSource.NEED: """
        SELECT number, ord, text, own + quality FROM hit WHERE source = 'need'
        UNION ALL
        SELECT answers.need_id, ord, text, 10 + quality
        FROM hit JOIN network_need_expertise AS answers ON answers.expertise_id = number
        WHERE source = 'expertise'
    """,
}

# The name as Finns sort it; a person's begins with the last name.
SORTED_BY = {
    TextSource.WORKER: ("network_worker", "one.last_name || ' ' || one.first_name"),
    TextSource.UNIT: ("network_unit", "one.name"),
    TextSource.ORGANISATION: ("network_organisation", "one.name"),
    TextSource.TEAM: ("network_team", "one.name"),
    TextSource.NEED: ("network_need", "one.name"),
}

SCORED = """
    cheapest AS (
        SELECT kind, id, ord, min(cost * 10000000000::bigint + text) AS best
        FROM reached GROUP BY kind, id, ord
    ), scored AS (
        SELECT kind, id,
               count(*) FILTER (WHERE is_required) AS held,
               sum(best / 10000000000) + 40 * ((SELECT count(*) FROM word) - count(*)) AS score,
               array_agg(best %% 10000000000 ORDER BY best) AS texts,
               array_agg(word.word ORDER BY best) AS words,
               array_agg(best / 10000000000 >= 100 ORDER BY best) AS near
        FROM cheapest JOIN word USING (ord)
        GROUP BY kind, id
        HAVING count(*) FILTER (WHERE is_required) >= {fewest}
    )
"""


MOST_HELD = "most_held AS (SELECT * FROM named WHERE held = (SELECT max(held) FROM named)),"

# How many of the words that count a thing has to hold.
ALL_WORDS = "(SELECT count(*) FROM word WHERE is_required)"


def _parts(kinds: Sequence[str], *, near: bool, fewest: str = ALL_WORDS) -> str:
    """The statement up to `scored`: the words, where they stand, and what is reached from there."""
    reached = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, way.* FROM ({REACHED[TextSource(kind)]}) AS way (id, ord, text, cost)"
        for kind in kinds
    )
    return f"""
        WITH {WORDS}, found AS ({DIRECT} {"UNION ALL " + NEAR if near else ""}),
        hit AS MATERIALIZED (
            SELECT ord, text, source, key, own, quality,
                   CASE WHEN source <> 'municipality' THEN key::bigint END AS number
            FROM found
        ),
        unit_reached AS ({UNITS_REACHED}),
        reached AS ({reached}),
        {SCORED.replace("{fewest}", fewest)}
    """


def search(
    text: str,
    among: dict[str, models.QuerySet[Any]],
    *,
    near: bool = False,
    partial: bool = False,
    first: int = 0,
    most: int = 25,
) -> Answer:
    """The best `most` after `first` of what the text finds among these rows, by kind; in one statement.

    With `near`, words that are almost the same match too. With `partial`, not every word has to match: the
    rows that hold the most of them are found. A text without words finds nothing.
    """
    words = words_of(text)
    visible, arguments = _visible(among)
    if not words or not visible:
        return Answer([], 0)
    kinds = list(visible)
    sorted_by = " UNION ALL ".join(
        f"SELECT scored.*, {column} AS name FROM scored JOIN {table} AS one USING (id)"
        f" WHERE kind = '{kind}' AND id IN ({visible[kind]})"
        for kind in kinds
        for table, column in [SORTED_BY[TextSource(kind)]]
    )
    statement = f"""
        {_parts(kinds, near=near, fewest="1" if partial else ALL_WORDS)},
        named AS ({sorted_by}),
        {MOST_HELD if partial else ""}
        page AS MATERIALIZED (
            SELECT kind, id, texts, words, near, count(*) OVER () AS count,
                   row_number() OVER (
                       ORDER BY score, array_position(%(kinds)s::text[], kind),
                                lower(unaccent(translate(name, %(letters)s, %(stand_for)s))) COLLATE "C", id
                   ) AS place
            FROM {"most_held" if partial else "named"}
            ORDER BY place LIMIT %(most)s OFFSET %(first)s
        )
        SELECT page.kind, page.id, page.count,
               array_agg(ARRAY[held.source, held.field, held.text, why.word, why.near::text] ORDER BY why.nth)
        FROM page
        CROSS JOIN LATERAL unnest(texts, words, near) WITH ORDINALITY AS why (text, word, near, nth)
        JOIN network_directorytext AS held ON held.id = why.text
        GROUP BY page.kind, page.id, page.count, page.place
        ORDER BY page.place
    """
    parameters = {
        **arguments,
        "words": words,
        "kinds": [str(kind) for kind in KINDS],
        "letters": LETTERS,
        "stand_for": STAND_FOR,
        "first": first,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    matches = [
        Match(
            kind,
            pk,
            tuple(
                Reason(source, field, held, word, is_near == "true")
                for source, field, held, word, is_near in why
            ),
        )
        for kind, pk, _count, why in rows
    ]
    return Answer(matches, rows[0][2] if rows else 0, is_near=near, is_partial=partial)


def search_or_next_best(
    text: str, among: dict[str, models.QuerySet[Any]], *, near: bool = False, page: int = 1, most: int = 25
) -> tuple[Answer, int]:
    """What the text finds; else what it almost finds, or what has a part of its words. And which page it is.

    A page after the last one is the first.
    """
    answer = Answer([], 0)
    for how in _manners(words_of(text), near=near):
        answer = search(text, among, **how, first=most * (page - 1), most=most)
        if not answer.matches and page > 1:
            answer = search(text, among, **how, most=most)
            page = 1 if answer.matches else page
        if answer.matches:
            return answer, page
    return answer, 1


def _manners(words: Sequence[str], *, near: bool) -> list[dict[str, bool]]:
    """In which ways a text is looked for, one after another until something is found."""
    manners = [{"near": True}] if near else [{}, {"near": True}]
    # Not almost a part of the words: that finds nearly anybody.
    return [*manners, {"partial": True}] if len(words) > 1 else manners


def _visible(among: dict[str, models.QuerySet[Any]]) -> tuple[dict[str, str], dict[str, Any]]:
    """The statement that picks the rows of each kind, and the values of its places."""
    statements: dict[str, str] = {}
    arguments: dict[str, Any] = {}
    for kind, rows in among.items():
        try:
            sql, values = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        names = [f"{kind}_{number}" for number in range(len(values))]
        arguments.update(zip(names, values, strict=True))
        pieces = sql.split("%s")
        statements[str(kind)] = pieces[0] + "".join(
            f"%({name})s{piece}" for name, piece in zip(names, pieces[1:], strict=True)
        )
    return statements, arguments


def found(rows: Rows, text: str, kind: TextSource = TextSource.WORKER) -> Rows:
    """The rows of a kind that the text finds, in the order they had; if none, those that it almost finds."""
    if not text.strip():
        return rows
    words = words_of(text)
    direct, near = (
        rows.filter(
            pk__in=RawSQL(
                _parts([kind], near=near).replace("%(words)s", "%s") + "SELECT id FROM scored", [words]
            )
        )
        for near in (False, True)
    )
    return direct if direct.exists() else near


# --- the rows that are searched --------------------------------------------------------------------


def wrong_texts() -> list[tuple[str, str, str]]:
    """Source, key and field of every kept text that differs from the thing's own; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(kept.source, real.source), coalesce(kept.key, real.key),
                   coalesce(kept.field, real.field)
            FROM network_directorytext AS kept
            FULL JOIN network_directory_source() AS real
              ON (kept.source, kept.key, kept.field) = (real.source, real.key, real.field)
            WHERE kept.text IS DISTINCT FROM real.text
            ORDER BY 1, 2, 3
            """
        )
        return cursor.fetchall()
