"""The search of the directory over ten thousand people: the page's rows against SQL written by hand."""

from typing import Any

from django.db import connection

from bench.pairs import compared
from network.forms.directory import DirectoryForm
from network.models import Worker
from network.results import rows_of
from network.search import WORDS, search, words_of
from network.sorting import LETTERS, STAND_FOR

GOAL = 3.0
PAGE = 25
TEXTS = (
    "paivi",
    "Virtanen Eino",
    "uni",
    "lapsen kiusaaminen",
    "koulupoissaoloista",
    "perhetyöntekijälle",
    "yksikkö 77",
    "päihteet pöllänen",
)

# One word: who and what it reaches, each at its cheapest. No reasons, no stop words, no other pages.
WORD = """
    reach_{n} AS (
        SELECT kind, id, min(cost) AS cost FROM (
            SELECT 'worker' AS kind, key::bigint AS id, own + quality AS cost
            FROM hit_{n} WHERE source = 'worker'
            UNION ALL SELECT 'worker', worker_id, 10 + quality
            FROM hit_{n} JOIN network_worker_expertise ON source = 'expertise' AND expertise_id = key::bigint
            UNION ALL SELECT 'worker', worker_id, 12 + quality
            FROM hit_{n} JOIN network_need_expertise AS n ON source = 'need' AND n.need_id = key::bigint
            JOIN network_worker_expertise AS w ON w.expertise_id = n.expertise_id
            UNION ALL SELECT 'worker', worker.id, place.cost + quality
            FROM place_{n} AS place JOIN network_worker AS worker ON worker.unit_id = place.id
            UNION ALL SELECT 'unit', id, own_cost + quality FROM place_{n}
            UNION ALL SELECT 'organisation', key::bigint, own + quality
            FROM hit_{n} WHERE source = 'organisation'
            UNION ALL SELECT 'need', key::bigint, own + quality FROM hit_{n} WHERE source = 'need'
            UNION ALL SELECT 'need', need_id, 10 + quality
            FROM hit_{n} JOIN network_need_expertise ON source = 'expertise' AND expertise_id = key::bigint
        ) AS way GROUP BY kind, id
    )"""

HIT = """
    hit_{n} AS MATERIALIZED (
        SELECT source, key,
               CASE WHEN field = 'description' THEN 30 WHEN field = 'title' THEN 10
                    WHEN strpos(folded, ' ' || word) = 0 THEN 14 ELSE 0 END AS own,
               CASE WHEN strpos(folded, ' ' || word || ' ') > 0 THEN 0
                    WHEN strpos(folded, ' ' || word) > 0 THEN 1
                    WHEN stems && bent THEN 2 ELSE 3 END AS quality
        FROM network_directorytext,
             (SELECT %(folded_{n})s::text AS word, %(stems_{n})s::text[] AS bent) AS asked
        WHERE folded LIKE %(inside_{n})s OR folded LIKE %(stem_{n})s
           OR (folded LIKE %(ending_{n})s OR stems && %(stems_{n})s)
              AND (source, field) <> ('worker', 'name')
    ), place_{n} AS (
        SELECT unit.id, quality, CASE WHEN source = 'unit' THEN own WHEN source = 'organisation' THEN 22
                                      ELSE 24 END AS own_cost,
               CASE source WHEN 'unit' THEN 20 WHEN 'organisation' THEN 22 ELSE 24 END AS cost
        FROM hit_{n} JOIN network_unit AS unit
          ON source = 'unit' AND unit.id = key::bigint
        UNION ALL
        SELECT unit.id, quality, 22, 22 FROM hit_{n} JOIN network_unit AS unit
          ON source = 'organisation' AND unit.organisation_id = key::bigint
        UNION ALL
        SELECT unit.id, quality, 24, 24 FROM hit_{n} JOIN network_unit AS unit
          ON source = 'municipality' AND unit.municipality_id = key
    )"""

NAMED = """
    SELECT kind, id, count(*) OVER () FROM (
        SELECT kind, id, {cost} AS cost, CASE kind WHEN 'need' THEN 1 WHEN 'worker' THEN 3 WHEN 'unit' THEN 4
                                              ELSE 5 END AS rank,
               CASE kind
                   WHEN 'worker' THEN (SELECT last_name || ' ' || first_name
                                       FROM network_worker WHERE network_worker.id = found.id)
                   WHEN 'unit' THEN (SELECT name FROM network_unit WHERE network_unit.id = found.id)
                   WHEN 'need' THEN (SELECT name FROM network_need WHERE network_need.id = found.id)
                   ELSE (SELECT name FROM network_organisation AS body WHERE body.id = found.id)
               END AS name
        FROM {found}
        WHERE kind <> 'worker' OR (SELECT is_active FROM network_worker WHERE network_worker.id = found.id)
    ) AS named
    ORDER BY cost, rank,
             lower(unaccent(translate(name, %(letters)s, %(stand_for)s))) COLLATE "C", id
    LIMIT 25
"""


def measure() -> dict[str, Any]:
    """The search with its rows, reasons and marks; kinds, keys and their order are compared."""
    statements = {text: _by_hand(text) for text in TEXTS}
    user = Worker.objects.get(pk=1)
    return compared(
        what=f"hakemiston haku, {Worker.objects.count()} työntekijää",
        reference="sama haku käsin kirjoitetulla SQL:llä, ilman perusteita ja rivien tietoja",
        ours=lambda text: _ours(text, user),
        theirs=lambda text: _sent(*statements[text]),
        cases=TEXTS,
        goal=GOAL,
    )


def _ours(text: str, user: Worker) -> tuple[list[tuple[str, int]], int]:
    form = DirectoryForm({"text": text})
    if not form.is_valid():
        raise AssertionError(form.errors)
    among = form.among(user)
    answer = search(form.cleaned_data["text"], among, most=PAGE)
    return [(row.kind, row.pk) for row in rows_of(answer.matches, among)], answer.count


def _by_hand(text: str) -> tuple[str, dict[str, Any]]:
    """The statement and its values; how a word is cut is asked beforehand and costs nothing here."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {WORDS} SELECT folded, stems, inside, ending, stem FROM word ORDER BY ord",
            {"words": words_of(text)},
        )
        words = cursor.fetchall()
    names = ("folded", "stems", "inside", "ending", "stem")
    values: dict[str, Any] = {"letters": LETTERS, "stand_for": STAND_FOR}
    for n, word in enumerate(words):
        values |= {f"{name}_{n}": value for name, value in zip(names, word, strict=True)}
    parts = ", ".join((HIT + "," + WORD).format(n=n) for n in range(len(words)))
    found = "reach_0" + "".join(f" JOIN reach_{n} USING (kind, id)" for n in range(1, len(words)))
    cost = " + ".join(f"reach_{n}.cost" for n in range(len(words)))
    found = f"(SELECT kind, id, {cost} AS cost FROM {found}) AS found"
    return f"WITH {parts} {NAMED.format(cost='cost', found=found)}", values


def _sent(statement: str, values: dict[str, Any]) -> tuple[list[tuple[str, int]], int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [(kind, pk) for kind, pk, _count in rows], rows[0][2] if rows else 0
