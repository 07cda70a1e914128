"""The printed plan: the page with its queries against bare WeasyPrint on the same HTML, and how memory grows.

The bare way has the same options, and its style sheets and fonts are parsed beforehand, as ours are. What it
has not: the session, the queries, the look in the log, the template, the taking of turns. Beside it a figure
against the library as it is called, which reads its style sheets and fonts for each paper.
"""

import gc
import os
import subprocess
from collections.abc import Callable
from datetime import time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.test import Client
from django.urls import reverse
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

import perhekeskus.paper
from bench.pairs import compared
from bench.scratch import count_keys_on
from meetings.states import StarHeading, StarTone
from perhekeskus import fonts
from perhekeskus.paper import SHEETS, OwnFilesOnly
from perhekeskus.words import today
from plans import actions
from plans.states import ContactWay, MeasurePlace

# A plan of the usual length, in nobody's words.
TEXTS = {
    "wish": "Aamut sujuvat ilman kiirettä ja kaikki ehtivät syödä yhdessä.",
    "strengths": "Sisarukset leikkivät hyvin yhdessä. Isovanhemmat asuvat lähellä ja auttavat mielellään.",
    "follow_up": "Katsotaan kahden kuukauden päästä yhdessä, mikä on muuttunut.",
    "contact_to_family": "Soitto iltapäivisin, viesti silloin kun ei ehdi vastata.",
    "contact_from_family": "Soittakaa arkisin kello 8–15, muulloin lähettäkää viesti.",
}
MATTERS = [
    "Aamut ovat kiireisiä, ja koulusta myöhästytään usein.",
    "Nukkumaanmeno venyy, eikä lapsi jaksa päivällä.",
    "Läksyille ei löydy rauhallista hetkeä.",
]
MEASURES = [
    (MeasurePlace.HOME, "Vaatteet ja reppu valmiiksi illalla.", "", "lapsi ja aikuinen", "joka ilta"),
    (MeasurePlace.HOME, "Iltapala samaan aikaan, puhelimet pois.", "", "koko perhe", "arki-iltoina"),
    (
        MeasurePlace.CHILD_ENVIRONMENT,
        "Läksyt tehdään koululla ennen kotiin lähtöä.",
        "",
        "opettaja",
        "kahdesti viikossa",
    ),
    (
        MeasurePlace.CHILD_ENVIRONMENT,
        "Aamulla joku on vastassa luokan ovella.",
        "",
        "ohjaaja",
        "kolme viikkoa",
    ),
    (
        MeasurePlace.ELSEWHERE,
        "Keskustelu unesta ja levosta.",
        "terveydenhoitajan luona",
        "terveydenhoitaja",
        "tässä kuussa",
    ),
    (
        MeasurePlace.ELSEWHERE,
        "Tutustumiskäynti liikuntakerhoon.",
        "nuorisotalolla",
        "nuorisotyöntekijä",
        "ensi viikolla",
    ),
]

GOAL = 1.10
PRINTS, FIRST_LOOK = 500, 50
# Of what the process had after the first fifty; what one print leaves would be ten times fifty.
GROWTH = 1.05


def measure() -> dict[str, Any]:
    """The view through the test client, sign-in and queries and all."""
    return _beside(
        "paljas WeasyPrint samasta HTML:stä, tyylit ja kirjasimet valmiiksi luettuina", _read_once, GOAL
    )


def measure_as_called() -> dict[str, Any]:
    """The same against the library that reads its style sheets and fonts for each paper."""
    return _beside("paljas WeasyPrint samasta HTML:stä, tyylit ja kirjasimet joka kerralla", _read_anew, None)


def _beside(
    reference: str, styles: Callable[[], tuple[CSS, FontConfiguration]], goal: float | None
) -> dict[str, Any]:
    asked, pages = _asked()
    return compared(
        what="suunnitelman tulostus, sivu kyselyineen",
        reference=reference,
        ours=asked,
        theirs=lambda number: bare(pages[number], *styles()),
        cases=sorted(pages),
        goal=goal,
        agree=lambda number: read(asked(number)) == read(bare(pages[number], *styles())),
    )


def measure_memory() -> dict[str, Any]:
    """The process's memory after 500 prints by what it was after 50: a ratio in the place of the times'."""
    asked, pages = _asked()
    before = None
    for number in range(1, PRINTS + 1):
        asked(sorted(pages)[number % len(pages)])
        if number == FIRST_LOOK:
            before = _megabytes()
    after = _megabytes()
    assert before is not None
    if perhekeskus.paper._styles.cache_info().misses != 1:
        raise AssertionError("The styles are read more than once in a process.")
    ratio = after / before
    return {
        "what": f"muisti {PRINTS} tulosteen jälkeen, {after:.0f} Mt",
        "reference": f"sama {FIRST_LOOK} tulosteen jälkeen, {before:.0f} Mt",
        "ours_ms": None,
        "reference_ms": None,
        "ratio": round(ratio, 3),
        "low": round(ratio, 3),
        "high": round(ratio, 3),
        "goal": GROWTH,
        "ok": ratio <= GROWTH,
    }


def _megabytes() -> float:
    """What the process holds of the machine's memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@cache
def _asked() -> tuple[Callable[[int], bytes], dict[int, str]]:
    """The way to ask for a plan's paper by its number, and the HTML of each that is asked for."""
    from tests.factories import WorkerFactory, a_held_meeting, next_weekday
    from tests.factories.plans import a_guardian

    settings.ALLOWED_HOSTS = ["testserver"]
    count_keys_on()
    client, convener = Client(), WorkerFactory()
    client.force_login(convener)

    def asked(number: int) -> bytes:
        answer = client.get(reverse("plan_pdf", args=[number]))
        assert answer.status_code == 200, answer.status_code
        return answer.content

    pages: dict[int, str] = {}
    for hour in (9, 11, 13):
        nurse, teacher = WorkerFactory(), WorkerFactory()
        meeting = a_held_meeting(by=convener, people=[nurse, teacher], period=next_weekday(hour=hour))
        for number, heading in enumerate(StarHeading):
            meeting.rays.update_or_create(heading=heading, defaults={"tone": StarTone.values[number % 4]})
        plan = actions.write_plan(
            situation=meeting.situation,
            by=convener,
            texts=TEXTS,
            matters=MATTERS,
            measures=[actions.MeasureRow(*row) for row in MEASURES],
            responsible=[nurse, teacher],
            next_contact=actions.Promise(today() + timedelta(days=14), time(15), ContactWay.PHONE),
            seen_edition=0,
        )
        plan = actions.agree(plan=plan, by=convener, given_by=a_guardian(plan))
        with patch.object(perhekeskus.paper, "pdf_of", lambda page, _pictures: page.encode()):
            pages[plan.pk] = asked(plan.pk).decode()
    return asked, pages


def _read_anew() -> tuple[CSS, FontConfiguration]:
    configuration = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("house-font:{name}"); }}\n'
        for name, (family, _file, weight) in fonts.PAPER.items()
    )
    sheets = "".join((Path(settings.BASE_DIR) / "static" / "css" / name).read_text() for name in SHEETS)
    return CSS(string=faces + sheets, font_config=configuration, url_fetcher=OwnFilesOnly()), configuration


@cache
def _read_once() -> tuple[CSS, FontConfiguration]:
    return _read_anew()


def bare(page: str, style: CSS, configuration: FontConfiguration) -> bytes:
    """WeasyPrint and nothing else; its tags are completed as ours are, which is done once in a process."""
    document = HTML(string=page, url_fetcher=OwnFilesOnly(), media_type="print")
    return document.write_pdf(stylesheets=[style], font_config=configuration, pdf_variant="pdf/ua-1")


def read(pdf: bytes) -> list[str]:
    """The text of each page, as poppler reads it."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")
