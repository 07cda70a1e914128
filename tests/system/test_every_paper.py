"""Every paper in every language, printed by pressing what is on the pages."""

import re
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Route

from tests.plugins.browser import Visitor

pytestmark = pytest.mark.system

FAMILIES = """
from django.test import Client
from tests.plans.test_languages import Town
for language in ("fi", "sv", "en"):
    town, client = Town(language), Client()
    client.force_login(town.convener)
    print(
        language, client.cookies["sessionid"].value,
        town.drafted.pk, town.invited.pk, town.held.pk, town.plan.pk, sep="|",
    )
"""
# Where the worker presses, what, and the title of the paper in each language.
PRESSED: list[tuple[str, str, dict[str, str]]] = [
    (
        "drafted",
        "Tulosta päätöslomake perheelle",
        {
            "fi": "Päätös yhteisestä ajasta",
            "sv": "Beslut om gemensam tid",
            "en": "Decision on the shared time",
        },
    ),
    (
        "invited",
        "Kutsukirje perheelle",
        {
            "fi": "Tervetuloa yhteiseen aikaan",
            "sv": "Välkomna till en gemensam tid",
            "en": "Welcome to a shared time",
        },
    ),
    (
        "invited",
        "isolla tekstillä: Kutsukirje perheelle",
        {
            "fi": "Tervetuloa yhteiseen aikaan",
            "sv": "Välkomna till en gemensam tid",
            "en": "Welcome to a shared time",
        },
    ),
    ("invited", "selkokielellä: Asialista", {"fi": "Asialista", "sv": "Dagordning", "en": "Agenda"}),
    (
        "held",
        "Palautelomake perheelle",
        {"fi": "Miten tapaaminen meni?", "sv": "Hur gick mötet?", "en": "How was the meeting?"},
    ),
    (
        "plan",
        "Tulosta perheelle",
        {"fi": "Yhteinen suunnitelma", "sv": "Gemensam plan", "en": "Shared plan"},
    ),
    (
        "plan",
        "Tulosta kirje perheelle",
        {"fi": "Mitä saimme aikaan", "sv": "Vad vi fick till stånd", "en": "What we achieved"},
    ),
]


@pytest.fixture(scope="module")
def families(town) -> list[dict[str, str]]:
    names = ("language", "session", "drafted", "invited", "held", "plan")
    lines = town.python(FAMILIES).splitlines()
    return [dict(zip(names, line.split("|"), strict=True)) for line in lines]


def to_be_kept(route: Route) -> None:
    """The paper as a file, where the browser would show it in its own viewer."""
    answer = route.fetch()
    kept = {"content-disposition": "attachment; filename=paperi.pdf"}
    route.fulfill(response=answer, headers=answer.headers | kept)


def opened_by(visitor: Visitor, label: str) -> pikepdf.Pdf:
    with visitor.page.expect_download() as loading:
        visitor.finds(label).click()
    return pikepdf.open(loading.value.path())


def test_a_worker_prints_every_paper_in_every_language(
    town, families, visitor: Callable[..., Visitor]
) -> None:
    worker = visitor()
    worker.page.route(re.compile(r"(\.pdf|/paperi/)(\?|$)"), to_be_kept)
    for family in families:
        worker.context.add_cookies([{"name": "sessionid", "value": family["session"], "url": town.base_url}])
        pages = {
            "drafted": f"/yhteiset-ajat/{family['drafted']}/kutsuttavat/",
            "invited": f"/yhteiset-ajat/{family['invited']}/",
            "held": f"/yhteiset-ajat/{family['held']}/",
            "plan": f"/suunnitelmat/{family['plan']}/",
        }
        here = ""
        for place, label, titles in PRESSED:
            if place != here:
                # What the pages themselves are like is tried once: they are in Finnish for everybody.
                worker.goes_to(pages[place]) if family["language"] == "fi" else worker.page.goto(pages[place])
                here = place
            with opened_by(worker, label) as paper:
                told = f"{label}, {family['language']}"
                assert str(paper.Root.Lang) == family["language"], told
                title = str(paper.docinfo["/Title"])
                assert title.startswith(titles[family["language"]]), f"{told}: {title}"
                assert paper.open_metadata().get("pdfuaid:part") == "1", told
