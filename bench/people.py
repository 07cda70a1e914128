"""The people of the measured network, ten thousand at least, with the demonstration's expertise."""

from django.db import connection

from plans.demonstration.expertise import EXPERTISE, NEEDS

FEWEST = 10_000

FIRST = "Aino Eino Päivi Väinö Åke Östen Anna-Maija Juha Leila Sirpa Kalle Outi Mika Tiina Jari Sanna"
BEGINNINGS = "Virta Korho Mäki Nieme Laaks Heiska Pöllä Kartu Väisä Ran Salo Leh Ähtä Öster Timo Hakka"
ENDINGS = "nen lä la mäki niemi virta ranta lainen salo harju koski järvi"
TITLES = "perhetyöntekijä,kouluterveydenhoitaja,varhaiskasvatuksen opettaja,kuraattori,diakoni"
TELLS = (
    "Tunnen pienten lasten arjen ja autan aamuissa ja illoissa.,"
    "Minulta voi kysyä koulupoissaoloista ja koulun aloittamisesta.,"
    "Tapaan vanhempia myös kotona; puhun ruotsia ja englantia.,"
    "Autan, kun nuori voi huonosti tai kun kotona riidellään."
)

STATEMENTS = [
    """INSERT INTO network_worker (id, password, email, first_name, last_name, title, unit_id, phone,
           what_i_do, languages, reachable, available_for_consultation, available_for_shared_times,
           is_unit_editor, is_active, is_guidance, is_coordinator, is_administrator,
           card_confirmed_at)
       SELECT i, '!', 'tyontekija' || i || '@koe.example',
              firsts[1 + i %% cardinality(firsts)],
              beginnings[1 + i / 7 %% cardinality(beginnings)]
                  || endings[1 + (i / 3) %% cardinality(endings)],
              titles[1 + i %% cardinality(titles)], 1 + i %% 3000, '', tells[1 + i %% cardinality(tells)],
              CASE WHEN i %% 5 = 0 THEN '{fi,sv}'::varchar[] ELSE '{fi}' END, '',
              i %% 7 > 0, i %% 3 > 0, false,
              i %% 50 > 0 OR i <= %(workers)s, i %% 8 = 1, false, false,
              now() - make_interval(days => (i %% 300)::int)
       FROM generate_series(1, %(people)s) AS i,
            (SELECT string_to_array(%(first)s, ' ') AS firsts,
                    string_to_array(%(beginnings)s, ' ') AS beginnings,
                    string_to_array(%(endings)s, ' ') AS endings, string_to_array(%(titles)s, ',') AS titles,
                    string_to_array(%(tells)s, ',') AS tells) AS words""",
    """INSERT INTO network_expertise (name) SELECT unnest(%(expertise)s::text[])""",
    """INSERT INTO network_need (name, family_words) SELECT unnest(%(needs)s::text[]), ''""",
    """INSERT INTO network_need_expertise (need_id, expertise_id)
       SELECT need.id, known.id
       FROM unnest(%(need_of)s::text[], %(answer)s::text[]) AS pair (need, expertise)
       JOIN network_need AS need ON need.name = pair.need
       JOIN network_expertise AS known ON known.name = pair.expertise""",
    """INSERT INTO network_worker_expertise (worker_id, expertise_id)
       SELECT worker.id, known.id
       FROM network_worker AS worker CROSS JOIN generate_series(0, 2) AS k
       JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth FROM network_expertise) AS known
         ON known.nth = (worker.id * 7 + k * 11) %% cardinality(%(expertise)s::text[])
       ON CONFLICT DO NOTHING""",
]


def load_people(workers: int, people: int) -> None:
    """The workers of the situations, and others up to so many people."""
    pairs = [(need, expertise) for need, answers in NEEDS.items() for expertise in answers]
    values = {
        "workers": workers,
        "people": people,
        "first": FIRST,
        "beginnings": BEGINNINGS,
        "endings": ENDINGS,
        "titles": TITLES,
        "tells": TELLS,
        "expertise": EXPERTISE,
        "needs": list(NEEDS),
        "need_of": [need for need, _expertise in pairs],
        "answer": [expertise for _need, expertise in pairs],
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, values)
