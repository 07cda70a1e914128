"""The layouts of the plan's paper: for the envelope and the door, large, easy, with an interpreter."""

import io
import re
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from django.urls import reverse
from PIL import Image

import plans.paper
from meetings.actions import addresses
from network.actions import cards
from network.models import Family
from perhekeskus.envelope import ADDRESS, PLAY, SEEN, WINDOW, Box
from perhekeskus.paper import Layout
from plans.models import Plan
from plans.paper import copy_pdf, plan_pdf
from plans.sheet import Done, sheet_of
from plans.states import MeasureStatus
from tests.plugins.paper import read_by_poppler

pytestmark = pytest.mark.django_db

ROWS = ["Aino Esimerkki", "Perhe Esimerkki", "Esimerkkitie 1 A 2", "Perukka", "74700 Kiuruvesi"]
POINT = 25.4 / 72


def fresh(plan: Plan) -> Plan:
    return Plan.objects.with_sheet().get(pk=plan.pk)


def printed(plan: Plan, layout: Layout = Layout.ORDINARY, language: str = "fi") -> bytes:
    return plan_pdf(fresh(plan), language=language, layout=layout)


def text_of(pdf: bytes, *switches: str) -> str:
    return re.sub(r"\s+", " ", read_by_poppler(pdf, "-raw", *switches))


def boxes(pdf: bytes) -> list[tuple[str, Box]]:
    """The words of the first page and where they stand, in millimetres."""
    rows = read_by_poppler(pdf, "-bbox", "-f", "1", "-l", "1")
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', rows
    )
    result = []
    for *sides, word in found:
        left, top, right, bottom = (float(side) * POINT for side in sides)
        result.append((word, Box(left, top, right - left, bottom - top)))
    return result


def with_address(plan: Plan, rows: list[str] = ROWS) -> Family:
    situation = plan.situation
    addresses.set_address(situation=situation, by=situation.holder, address="\n".join(rows), seen="")
    return situation.family


# --- the envelope ---------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", list(Layout))
def test_address_shows_in_the_window_and_nothing_else_does(agreed: Plan, layout: Layout) -> None:
    with_address(agreed)
    words_of_address = set(" ".join(ROWS).split())
    in_window = []
    for word, box in boxes(printed(agreed, layout)):
        inside = (
            box.left >= WINDOW.left
            and box.right + PLAY[0] <= WINDOW.right
            and box.top >= WINDOW.top
            and box.bottom + PLAY[1] <= WINDOW.bottom + 0.5
        )
        touches = (
            box.left < SEEN.right
            and box.right > SEEN.left
            and box.top < SEEN.bottom
            and box.bottom > SEEN.top
        )
        if touches:
            assert word in words_of_address, f"{word} would be read through the window"
            assert inside, f"{word} would slide out of the window"
            in_window.append(word)
    assert in_window == " ".join(ROWS).split()
    assert ADDRESS.right + PLAY[0] <= WINDOW.right


def test_address_is_on_no_copy_and_of_no_protected_family(agreed: Plan) -> None:
    family = with_address(agreed)
    copy = copy_pdf(fresh(agreed), language="fi", name="Liisa Malli", since=agreed.written_at)
    assert "Esimerkkitie" in text_of(printed(agreed))
    assert "Esimerkkitie" not in text_of(copy)
    family.postal_address, family.address_protected = "", True
    family.save()
    assert "Esimerkkitie" not in text_of(printed(agreed))


# --- the refrigerator door ------------------------------------------------------------------------


def a_photograph() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "#9bbcb0").save(file, "PNG")
    file.seek(0)
    return file


def test_last_page_is_a_checklist_and_a_strip_to_be_torn_off(agreed: Plan, nurse) -> None:
    photograph = a_photograph()
    cards.set_photo(by=nurse, file=photograph, size=len(photograph.getvalue()))
    pdf = printed(agreed)
    document = pikepdf.open(io.BytesIO(pdf))
    last = text_of(pdf, "-f", str(len(document.pages)))
    order = [
        "Jääkaapin oveen",
        "☐ Iltapala klo 20.",
        "Kotona · Äiti ja isä · joka ilta",
        "☐ Keskustelu unesta.",
        "Leikatkaa tästä",
        "Kaisa Peltonen, perhetyöntekijä",
        "040 765 4321",
        "Hän soittaa teille",
    ]
    places = [last.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert "Mummo" not in last and "Luvat" not in last, "guests see the door"
    pictures = [one for one in document.pages[-1].Resources.XObject.values() if one.Subtype == "/Image"]
    assert len(pictures) == 1, "her photograph"


def test_what_is_done_is_not_on_the_door(agreed: Plan) -> None:
    supper = agreed.measures.get(what="Iltapala klo 20.")
    supper.states.create(status=MeasureStatus.DONE, marked_by=agreed.situation.holder)
    pages = text_of(printed(agreed)).split("Jääkaapin oveen")
    assert "(tehty)" in pages[0] and "Iltapala" in pages[0]
    assert "Iltapala" not in pages[1]


def test_strip_is_never_cut_by_a_page(agreed: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = sheet_of(fresh(agreed))
    for count in range(10, 16):
        rows = [Done("Kotona", f"Teko {i}. " + "Sana. " * 9, "Äiti", "heti") for i in range(count)]
        monkeypatch.setattr(plans.paper, "sheet_of", lambda *args, **kw: replace(sheet, measures=rows))  # noqa: B023
        pdf = printed(agreed)
        pages = read_by_poppler(pdf, "-raw").split("\f")
        (strip,) = [page for page in pages if "Leikatkaa tästä" in page]
        assert "040 765 4321" in strip.split("Leikatkaa tästä")[1]


# --- permissions ----------------------------------------------------------------------------------


def test_family_reads_what_it_has_permitted_and_how_to_take_it_back(agreed: Plan) -> None:
    text = text_of(printed(agreed))
    assert "Nämä luvat ovat voimassa:" in text
    assert "Saa tulla yhteiseen aikaan ja tietää sovitut aiheet: Kaisa Peltonen ja " in text
    assert "Saa yhteisen suunnitelman: Kaisa Peltonen" in text
    assert "Voitte perua luvan milloin vain" in text
    copy = copy_pdf(fresh(agreed), language="fi", name="Liisa Malli", since=agreed.written_at)
    assert "Nämä luvat" not in text_of(copy)


# --- large, few words, an interpreter ---------------------------------------------------------------


def heights(pdf: bytes) -> dict[str, float]:
    rows = read_by_poppler(pdf, "-bbox")
    found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', rows)
    return {word: float(bottom) - float(top) for top, bottom, word in found}


def test_large_print_is_eighteen_points(agreed: Plan) -> None:
    # From the ascent to the descent of Source Sans 3, which is what pdftotext measures.
    large = 18 * 1.424 - 0.01
    tall = heights(printed(agreed, Layout.LARGE))
    for word in ("Mummo", "Iltapala", "Kaisa", "Voitte", "Rastittakaa,"):
        assert tall[word] >= large, word


def test_few_words_are_fewer_larger_and_without_the_star(agreed: Plan) -> None:
    easy, ordinary = printed(agreed, Layout.EASY), printed(agreed)
    text = text_of(easy)
    assert len(text) < 0.6 * len(text_of(ordinary))
    assert "tähti" not in text and "saa tulla yhteiseen" not in text
    for words in ("Aamut ovat rauhallisia", "Kuka auttaa", "Kaisa Peltonen", "Te päätätte", "☐ Iltapala"):
        assert words in text, words
    assert heights(easy)["päätätte"] > heights(ordinary)["Voitte"]


def test_an_interpreters_paper_has_both_languages(agreed: Plan) -> None:
    family = agreed.situation.family
    family.needs_interpreter, family.other_language = True, "englanti"
    family.save()
    pdf = printed(agreed, Layout.INTERPRETER, "en")
    where = dict(boxes(pdf))
    assert where["strengths"].left > 110 and abs(where["strengths"].top - where["Voimavaramme"].top) < 1
    text = text_of(pdf)
    for words in (
        "Voimavaramme Our strengths",
        "Luvat Permissions",
        "They will call you",
        "· English",
    ):
        assert words in text, words
    assert "Vapaata tekstiä ei ole käännetty koneella." in text
    assert text.count("Mummo on lähellä.") == 1, "what people wrote is as they wrote it"


def test_language_without_a_catalogue_has_room_to_write(agreed: Plan) -> None:
    family = agreed.situation.family
    family.needs_interpreter, family.other_language = True, "arabia"
    family.save()
    text = text_of(printed(agreed, Layout.INTERPRETER))
    assert "Suomeksi arabia · " in text
    assert "Our strengths" not in text
    assert str(pikepdf.open(io.BytesIO(printed(agreed, Layout.INTERPRETER))).Root.Lang) == "fi"


def test_language_that_the_family_is_written_to_in_helps_where_its_own_has_no_catalogue(agreed: Plan) -> None:
    family = agreed.situation.family
    family.language, family.needs_interpreter, family.other_language = "en", True, "ukraina"
    family.save()
    text = text_of(printed(agreed, Layout.INTERPRETER))
    assert "ukraina / englanti · Українська" in text and "Voimavaramme Our strengths" in text


def test_no_row_of_a_list_stands_alone_at_the_head_of_a_sheet(agreed: Plan) -> None:
    plan = fresh(agreed)
    for sentences in (28, 32, 36):
        plan.strengths = " ".join(["Aamut menevät paremmin, kun kaikki tietävät, mitä tehdään."] * sentences)
        text = read_by_poppler(plan_pdf(plan, language="fi", layout=Layout.INTERPRETER), "-layout")
        for sheet in text.split("\f")[1:]:
            first, second = ([row.strip() for row in sheet.splitlines() if row.strip()] + ["", ""])[:2]
            assert not first.startswith("•") or second.startswith("•"), (sentences, first, second)


# --- choosing ---------------------------------------------------------------------------------------


def test_the_familys_need_chooses_and_a_link_chooses_otherwise(client, agreed: Plan) -> None:
    client.force_login(agreed.situation.holder)
    url = reverse("plan_pdf", args=[agreed.pk])

    def read(**asked: Any) -> str:
        return text_of(client.get(url, asked).content)

    assert "Tilaa" not in read() and "Meidän suunnitelma" in read(asettelu="selko")
    assert "Gemensam plan" in read(kieli="sv")
    assert "Yhteinen suunnitelma" in read(asettelu="muu", kieli="xx")
    agreed.situation.family.needs_interpreter = True
    agreed.situation.family.save()
    assert "Vapaata tekstiä ei ole käännetty koneella." in read()
    assert "Vapaata tekstiä" not in read(asettelu="tavallinen")


def test_links_to_the_others_are_on_the_workers_and_the_familys_page(client, family_client, agreed) -> None:
    family = agreed.situation.family
    client.force_login(agreed.situation.holder)
    for page in (
        client.get(agreed.get_absolute_url()).content.decode(),
        family_client.get(reverse("family_plan", args=[family.link.token])).content.decode(),
    ):
        for address in ("asettelu=isolla", "asettelu=selko", "asettelu=tulkki", "kieli=sv", "kieli=en"):
            assert address in page, address
        assert "postiosoite" in page.lower()
