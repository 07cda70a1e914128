"""The printed plan: tagged for those who listen, complete for those who read, and shut to the world."""

import io
import re
import socket
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from weasyprint.urls import URLFetchingError

from meetings.states import StarHeading, StarTone
from network.actions import consents
from network.models import Worker
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.paper import OwnFilesOnly
from perhekeskus.words import today
from plans import actions
from plans.models import Plan
from plans.paper import copy_pdf, plan_pdf
from plans.states import MeasurePlace
from tests.factories import WorkerFactory
from tests.factories.plans import a_guardian
from tests.plugins.paper import read_by_poppler

from .conftest import WISH, written

pytestmark = pytest.mark.django_db


def fresh(plan: Plan) -> Plan:
    return Plan.objects.with_sheet().get(pk=plan.pk)


def printed(plan: Plan, **options: Any) -> bytes:
    return plan_pdf(fresh(plan), language="fi", **options)


def text_of(pdf: bytes) -> str:
    """The text as it is read, one space between words."""
    return re.sub(r"\s+", " ", read_by_poppler(pdf, "-raw"))


def elements(pdf: bytes) -> list[tuple[str, str]]:
    """Every structure element in reading order: its tag and its alternative text."""
    found: list[tuple[str, str]] = []

    def walk(element: Any) -> None:
        if not isinstance(element, pikepdf.Dictionary):
            return
        if "/S" in element:
            found.append((str(element.S), str(element.get("/Alt", ""))))
        kids = element.get("/K")
        if isinstance(kids, pikepdf.Array):
            for kid in kids:
                walk(kid)
        elif kids is not None:
            walk(kids)

    document = pikepdf.open(io.BytesIO(pdf))
    walk(document.Root.StructTreeRoot)
    return found


def agreed_with(situation, **changes: Any) -> Plan:
    plan = actions.write_plan(situation=situation, by=situation.holder, **written(**changes))
    return actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan))


def test_document_says_its_language_its_title_and_its_standard(agreed: Plan) -> None:
    document = pikepdf.open(io.BytesIO(printed(agreed)))
    assert str(document.Root.Lang) == "fi"
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert facts["dc:title"].startswith("Yhteinen suunnitelma · tilanne")
    for page in document.pages:
        width, height = (float(side) for side in page.MediaBox[2:])
        assert (round(width), round(height)) == (595, 842), "A4"


def test_headings_tables_and_pictures_are_tagged(agreed: Plan) -> None:
    found = elements(printed(agreed))
    tags = [tag for tag, _words in found]
    assert tags.count("/H1") == 1
    assert tags.index("/H1") < tags.index("/H2")
    assert tags.count("/Table") == 1
    assert tags.count("/TH") == 3
    assert {"/L", "/LI", "/BlockQuote", "/TD"} <= set(tags)
    pictures = [words for tag, words in found if tag == "/Figure"]
    assert len(pictures) == 3
    assert all(pictures)
    assert any("QR-koodi" in words for words in pictures)
    star = next(words for words in pictures if words.startswith("Hyvinvoinnin tähti"))
    assert "Perhe näkee voimavaran: Lapsen terveys, kasvu ja kehitys." in star


def test_paper_reads_in_the_order_of_the_plan(agreed: Plan) -> None:
    text = text_of(printed(agreed))
    order = [
        "Yhteinen suunnitelma",
        "Sovittiin yhdessä",
        "klo 9.30–11.00, Kiuruveden perhekeskus, Pihlajasali",
        "Tätä toivomme",
        WISH,
        "Voimavaramme",
        "Mummo on lähellä.",
        "Mihin haetaan muutosta",
        "Nukkumaanmeno venyy.",
        "Mitä tehdään",
        "Kotona. Iltapala klo 20.",
        "Muualla, terveydenhoitajan luona. Keskustelu unesta.",
        "Kun jokin mietityttää",
        "Kaisa Peltonen, perhetyöntekijä, Perhekeskustiimi Pihlaja",
        "040 765 4321",
        "Soittakaa arkisin klo 8–15.",
        "Hän soittaa teille",
        "klo 15.00.",
        "Hyvinvoinnin tähti",
        "Miten seurataan",
        "Kenellä on tämä suunnitelma",
        "Kaisa Peltonen, vastuutyöntekijä",
        "Luvat",
    ]
    places = [text.find(words, 0) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert f"tilanne {agreed.situation_id}" in text
    assert "versio 1" in text
    assert "sivu 1/3" in text


# From the ascent to the descent of Source Sans 3 in 12 points, which is what pdftotext measures.
TWELVE_POINTS = 12 * 1.424


def test_smallest_print_of_the_text_is_twelve_points(agreed: Plan) -> None:
    rows = read_by_poppler(printed(agreed), "-bbox-layout")
    heights = {
        word: float(bottom) - float(top)
        for top, bottom, word in re.findall(r'<word [^>]*yMin="([\d.]+)"[^>]*yMax="([\d.]+)">([^<]*)<', rows)
    }
    for word in ("Mummo", "Iltapala", "Äiti", "Kaisa", "Voitte", "Vanhempana"):
        assert heights[word] >= TWELVE_POINTS - 0.01, word
    assert heights["sivu"] < TWELVE_POINTS


def test_code_leads_to_the_familys_own_page(agreed: Plan) -> None:
    link = settings.BASE_URL + reverse("family_home", args=[agreed.situation.family.link.token])
    from plans.sheet import family_link

    assert family_link(fresh(agreed)) == link
    with_code = [tag for tag, _words in elements(printed(agreed)) if tag == "/Figure"]
    without = [
        tag
        for tag, _words in elements(
            copy_pdf(fresh(agreed), language="fi", name="Liisa Malli", since=agreed.agreed_at)
        )
        if tag == "/Figure"
    ]
    assert len(with_code) == len(without) + 1


def test_copy_of_somebody_else_has_no_code(agreed: Plan) -> None:
    copied = WorkerFactory()
    permission = consents.give(
        family=agreed.situation.family,
        to=copied,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method=ConsentMethod.FACE_TO_FACE,
        by=agreed.situation.holder,
    )
    actions.give_copy(plan=agreed, consent=permission, by=agreed.situation.holder)
    codes = {}
    for worker in (copied, agreed.situation.holder):
        client = Client()
        client.force_login(worker)
        pdf = client.get(reverse("plan_pdf", args=[agreed.pk])).content
        codes[worker] = [words for _tag, words in elements(pdf) if words.startswith("QR-koodi")]
    assert [len(found) for found in codes.values()] == [0, 1]


def test_protected_family_has_no_place_on_its_paper(situation, nurse: Worker) -> None:
    situation.family.address_protected = True
    situation.family.save()
    plan = agreed_with(situation, responsible=[nurse])

    text = text_of(printed(plan))

    assert "Kaisa Peltonen, perhetyöntekijä" in text
    for place in ("Kiuruv", "Pihlaja", "perhekeskus", "Esimerkkitie"):
        assert place.lower() not in text.lower(), place


NASTY = [
    '<script>alert("x")</script>',
    '<img src="http://outside.example/x.png">',
    "<style>body { display: none }</style>",
    '<svg><image href="file:///etc/passwd"/></svg>',
    "</article></body>{% now 'Y' %}{{ sheet }}",
    "@import url(http://outside.example/x.css);",
]


def test_markup_comes_out_as_text_and_opens_nothing(
    situation, nurse: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = agreed_with(
        situation,
        responsible=[nurse],
        texts={"wish": " ".join(NASTY), "strengths": "ok\x07\x1b[2J"},
        matters=NASTY,
        measures=[
            actions.MeasureRow(MeasurePlace.ELSEWHERE, words, where=words, who=words, when=words)
            for words in NASTY
        ],
    )
    plan = fresh(plan)

    opened: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: opened.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: opened.append(args) or [])
    # What is still to be read of the plan comes from the database, whose connection is open already.
    pdf = plan_pdf(plan, language="fi")

    assert opened == []
    text = text_of(pdf)
    for words in NASTY:
        assert words in text, words
    assert "root:" not in text
    assert "\x07" not in text


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "https://outside.example/x.png",
        "file:///etc/passwd",
        "data:text/css,body{}",
        "ftp://outside.example/",
        "house-font:../../manage.py",
        "house-font:SourceSans3.woff2",
        "picture:1",
    ],
)
def test_nothing_but_our_own_fonts_is_fetched(url: str) -> None:
    with pytest.raises((ValueError, URLFetchingError)):
        OwnFilesOnly().fetch(url)


def test_own_font_is_in_the_paper(agreed: Plan) -> None:
    document = pikepdf.open(io.BytesIO(printed(agreed)))
    names = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
    assert names and all("Source-Sans-3" in name or "SourceSans3" in name for name in names), names


def test_long_plan_with_a_pair_keeps_its_rows_whole(situation, nurse: Worker) -> None:
    rows = [
        actions.MeasureRow(MeasurePlace.HOME, f"Teko {i}: " + "sana " * 60, who="Äiti ja isä", when="aina")
        for i in range(1, 13)
    ]
    plan = agreed_with(
        situation,
        responsible=[nurse, situation.holder],
        measures=rows,
        texts={"wish": "Toive. " * 500, "follow_up": "šž ʹ 😀 שלום مرحبا " * 20},
    )
    pdf = printed(plan)
    text = text_of(pdf)
    for i in range(1, 13):
        assert f"Teko {i}:" in text
    assert "Teillä on kaksi vastuutyöntekijää." in text
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) > 3
    # The table's head stands on each of its pages.
    assert text.count("Milloin") > 1


def test_text_of_two_hundred_pages_is_cut_and_the_paper_says_so(draft: Plan) -> None:
    draft.strengths = "Sana ja toinen. " * 40_000
    draft.save()
    pdf = printed(draft)
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) < 9
    assert "… Teksti on liian pitkä paperille. Loput siitä näkyvät palvelussa." in text_of(pdf)


def test_language_that_is_not_spoken_yet_is_printed_as_finnish(agreed: Plan) -> None:
    for language in ("se", "xx", ""):
        pdf = plan_pdf(fresh(agreed), language=language)
        assert str(pikepdf.open(io.BytesIO(pdf)).Root.Lang) == "fi"


def test_star_without_a_mark_is_left_out(draft: Plan, held) -> None:
    held.rays.update(tone=StarTone.NONE)
    agreed = actions.agree(plan=draft, by=held.convener, given_by=a_guardian(draft))
    assert len([tag for tag, _words in elements(printed(agreed)) if tag == "/Figure"]) == 2
    assert set(held.rays.values_list("heading", flat=True)) <= set(StarHeading.values)


def test_draft_says_that_it_is_one(draft: Plan) -> None:
    text = text_of(printed(draft))
    assert "tästä ei ole vielä sovittu" in text
    assert "luonnos" in text


def test_worker_without_a_number_is_reached_through_the_unit(situation) -> None:
    holder = situation.holder
    holder.phone = ""
    holder.save()
    WorkerFactory()
    plan = agreed_with(situation, responsible=[holder])
    assert "040 123 4567" in text_of(printed(plan))


def test_day_that_has_gone_by_is_told_as_what_was_promised(agreed):
    contact = agreed.contacts.get()
    with time_machine.travel(timezone.now() + timedelta(days=(contact.on - today()).days + 1)):
        text = text_of(printed(agreed))
    assert "Lupasimme olla teihin yhteydessä" in text and "Hän soittaa teille" not in text
