"""Printed papers: A4, tagged (PDF/UA-1), made of a page that a template has written.

One function for every paper, `printed`, and one template for them all to extend, `templates/paper/base.html`.
"""

import gc
import logging
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cssselect2
from django.conf import settings
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from perhekeskus import fonts
from perhekeskus.languages import spoken
from perhekeskus.paper_tags import complete_tags

log = logging.getLogger(__name__)

SHEETS = ["paper.css", "paper-page.css"]

# Pango and fontconfig are not made for many threads at once; a paper takes a fraction of a second.
_PRINTING = threading.Lock()


class Layout(TextChoices):
    """How a paper is laid out; the value is the word in an address."""

    ORDINARY = "tavallinen", _("tavallinen")
    LARGE = "isolla", _("isolla tekstillä")
    EASY = "selko", _("selkokielellä")
    INTERPRETER = "tulkki", _("tulkin kanssa")


@dataclass(frozen=True)
class Beside:
    """The language that stands beside the Finnish when an interpreter is at the table.

    `code` is empty when the house has no catalogue of it: then its column is room to write in. `own_name` is
    what the language calls itself, with the tag (ISO 639) that it is read aloud by; empty when not known.
    """

    name: str
    code: str = ""
    own_name: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Paper:
    """What the base template and its tags know of the paper that is being written."""

    layout: Layout
    receiver: str
    beside: Beside | None
    # The facts in the language beside the Finnish, where the paper has gathered them.
    other: Any = None


# What stands for a letter that no typeface of the papers has, and where the page says how many there are.
UNKNOWN = "□"
UNKNOWN_NOTE = "<!-- unknown letters -->"


def page_of(
    template: str,
    facts: Callable[[], Mapping[str, Any]],
    *,
    language: str,
    layout: Layout = Layout.ORDINARY,
    receiver: str = "",
    beside: Beside | None = None,
) -> str:
    """The paper as HTML. `facts` are gathered in the language of the paper; `printed` explains the rest."""
    return _written(template, facts, language, layout, receiver, beside)[0]


def _written(
    template: str,
    facts: Callable[[], Mapping[str, Any]],
    language: str,
    layout: Layout,
    receiver: str,
    beside: Beside | None,
) -> tuple[str, Mapping[str, bytes]]:
    with override(spoken(language)):
        known = facts()
        beside = beside if layout == Layout.INTERPRETER else None
        paper = Paper(layout, receiver, beside, known.get("other"))
        page, unknown = _legible(render_to_string(template, {**known, "paper": paper}))
        note = render_to_string("paper/_unknown_letters.html", {"count": unknown}) if unknown else ""
    return page.replace(UNKNOWN_NOTE, note), known.get("pictures", {})


def _legible(page: str) -> tuple[str, int]:
    """The page with a mark for each letter that no typeface has, and how many of them there are.

    A sign that is not seen (a joiner, the colour of an emoji) is left out without one.
    """
    known, unknown = fonts.letters(), 0
    text = re.sub(r"<[^>]*>", "", page.partition("</head>")[2])
    table: dict[int, str | None] = {}
    for letter in set(page):
        if ord(letter) in known or letter in "\t\n":
            continue
        is_seen = unicodedata.category(letter) not in {"Cf", "Cc", "Mn", "Me", "Cs"}
        table[ord(letter)] = " " if letter.isspace() else UNKNOWN if is_seen else None
        unknown += text.count(letter) if is_seen and not letter.isspace() else 0
    return page.translate(table), unknown


def printed(
    template: str,
    facts: Callable[[], Mapping[str, Any]],
    *,
    language: str,
    layout: Layout = Layout.ORDINARY,
    receiver: str = "",
    beside: Beside | None = None,
) -> bytes:
    """The paper as a tagged PDF, in the language (its code) or in Finnish when the house doesn't speak it.

    `template` extends paper/base.html, and `facts` give it at least `title` and `footer` (what the paper is,
    its day and version); their `pictures` are the JPEGs that it shows, each by its name after `picture:`.
    `receiver` is a line that stands on every page: whose copy this is, and since when. A letter that no
    typeface of the papers has is printed as a mark, and the paper says how many there are.
    """
    return pdf_of(*_written(template, facts, language, layout, receiver, beside))


class OwnFilesOnly(URLFetcher):
    """Gives the house's own fonts and the paper's own pictures, and nothing else: no network, no other file,
    whatever a text says.
    """

    def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__()
        self.pictures = pictures or {}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _colon, name = url.partition(":")
        if scheme == "house-font" and name in fonts.PAPER:
            return URLFetcherResponse(url, fonts.ensure()[name].read_bytes(), {"Content-Type": "font/ttf"})
        if scheme == "picture" and name in self.pictures:
            return URLFetcherResponse(url, self.pictures[name], {"Content-Type": "image/jpeg"})
        raise ValueError("Only the house's own files are printed.")


class WrittenPage(HTML):
    """A page for WeasyPrint that is read as XML, as our templates write it.

    The library's own reader of HTML mends what is badly written, letter by letter, and takes fifty times as
    long. What is not well-formed raises ElementTree.ParseError.
    """

    def __init__(self, page: str, url_fetcher: URLFetcher) -> None:
        # Read before anything else: the library's own beginning would read the page once more.
        root = ElementTree.fromstring(page)
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _document(page: str, url_fetcher: URLFetcher) -> HTML:
    """The page as WeasyPrint takes it: as XML when it is that, else read by the library's patient reader."""
    try:
        return WrittenPage(page, url_fetcher)
    except ElementTree.ParseError:
        log.warning("A paper is not well-formed: it is printed all the same, more slowly.")
        return HTML(string=page, url_fetcher=url_fetcher, media_type="print")


@cache
def _styles() -> tuple[CSS, FontConfiguration]:
    """The style sheets and the fonts, read once in a process."""
    complete_tags()
    configuration = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("house-font:{name}"); }}\n'
        for name, (family, _file, weight) in fonts.PAPER.items()
    )
    folder = Path(settings.BASE_DIR) / "static" / "css"
    sheets = "".join((folder / name).read_text() for name in SHEETS)
    style = CSS(string=faces + sheets, font_config=configuration, url_fetcher=OwnFilesOnly())
    return style, configuration


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nearly all that a paper makes lives until it is printed: looking for the dead meanwhile is in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def pdf_of(page: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The whole page (HTML) as a tagged PDF, with the papers' own style sheets and fonts."""
    with _PRINTING, _no_collecting():
        style, configuration = _styles()
        document = _document(page, OwnFilesOnly(pictures))
        return document.write_pdf(stylesheets=[style], font_config=configuration, pdf_variant="pdf/ua-1")
