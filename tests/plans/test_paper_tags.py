"""What a screen reader finds in the papers: checked by a checker of PDF/UA-1, and by what it does not see."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from outloud import check

from perhekeskus.paper import Layout
from plans.models import Plan
from plans.paper import copy_pdf, plan_pdf

from .test_languages import Town

pytestmark = pytest.mark.django_db


def fresh(plan: Plan) -> Plan:
    return Plan.objects.with_sheet().get(pk=plan.pk)


# The elements live as long as their document.
OPEN: list[pikepdf.Pdf] = []


def elements(pdf: bytes) -> list[Any]:
    """Every structure element in reading order."""
    document = pikepdf.open(io.BytesIO(pdf))
    OPEN.append(document)

    def walk(element: Any) -> Iterator[Any]:
        if isinstance(element, pikepdf.Array):
            for kid in element:
                yield from walk(kid)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            yield from walk(element.get("/K"))

    return list(walk(document.Root.StructTreeRoot.K))


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    """Printed by the first test that reads them."""
    return {}


@pytest.fixture
def papers(agreed: Plan, printed: dict[str, bytes]) -> dict[str, bytes]:
    OPEN.clear()
    if printed:
        return printed
    family = agreed.situation.family
    family.needs_interpreter, family.other_language = True, "englanti"
    family.postal_address = "Aino Esimerkki\n74700 Kiuruvesi"
    family.save()
    plan = fresh(agreed)
    printed |= {str(layout): plan_pdf(plan, language="fi", layout=layout) for layout in Layout}
    printed["copy"] = copy_pdf(plan, language="sv", name="Liisa Malli", since=agreed.written_at)
    return printed


def test_checker_finds_nothing_in_any_layout(papers: dict[str, bytes], tmp_path: Path) -> None:
    found = {}
    for name, pdf in papers.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        result = check(str(path))
        found[name] = [f"{one.rule}: {one.message}" for one in result.sorted_findings()]
    assert {name: sentences for name, sentences in found.items() if sentences} == {}


def is_mistaken(finding: Any) -> bool:
    """A row with a head and two boxes to tick looks to the checker like one that was cut to pieces, and the
    foot of a paper of one page like a text that is left out.
    """
    is_foot = finding.rule == "TAG-002" and str(finding.evidence).endswith("sida 1/1")
    return is_foot or finding.rule == "TBL-010"


def test_checker_finds_nothing_in_the_other_papers(tmp_path: Path) -> None:
    found = {}
    for name, paper in Town("sv").papers().items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(paper(Layout.ORDINARY))
        wrong = [one for one in check(str(path)).sorted_findings() if not is_mistaken(one)]
        found[name] = [f"{one.rule}: {one.message}" for one in wrong]
    assert {name: sentences for name, sentences in found.items() if sentences} == {}


def test_headings_go_down_a_step_at_a_time(papers: dict[str, bytes]) -> None:
    for pdf in papers.values():
        levels = [int(str(one.S)[2]) for one in elements(pdf) if str(one.S) in {"/H1", "/H2", "/H3"}]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_second_language_is_said_to_be_one(papers: dict[str, bytes]) -> None:
    languages = [str(one.Lang) for one in elements(papers["tulkki"]) if "/Lang" in one]
    assert len(languages) > 10 and set(languages) == {"en"}
    assert not [one for one in elements(papers["tavallinen"]) if "/Lang" in one]


def test_heads_of_the_table_point_to_their_columns(papers: dict[str, bytes]) -> None:
    heads = [one for one in elements(papers["tavallinen"]) if str(one.S) == "/TH"]
    assert [str(one.A.Scope) for one in heads] == ["/Column"] * 3
    cells = [one for one in elements(papers["tavallinen"]) if str(one.S) == "/TD"]
    assert cells and all(len(one.A.Headers) for one in cells)


def test_foot_of_a_page_is_no_text(papers: dict[str, bytes]) -> None:
    document = pikepdf.open(io.BytesIO(papers["tavallinen"]))
    for page in document.pages:
        operators = [str(one.operator) for one in pikepdf.parse_content_stream(page)]
        marks = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) in {"BDC", "BMC"}]
        assert operators.count("BDC") + operators.count("BMC") == operators.count("EMC")
        # Page numbers are drawn last; both sides of the foot stand outside the reading.
        assert [str(one.operands[0]) for one in marks[-2:]] == ["/Artifact", "/Artifact"]
