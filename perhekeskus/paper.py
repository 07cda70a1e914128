"""Printed papers: A4, tagged (PDF/UA-1), made of a page that a template has written.

One function for every paper, `printed`, and one template for them all to extend, `templates/paper/base.html`.
"""

import gc
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

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

FACES = {
    "SourceSans3-Regular.ttf": "font-weight: 400; font-style: normal",
    "SourceSans3-Semibold.ttf": "font-weight: 600; font-style: normal",
    "SourceSans3-Italic.ttf": "font-weight: 400; font-style: italic",
}
FONT_ADDRESS = "house-font:"
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

    `code` is empty when the house has no catalogue of it: then its column is room to write in.
    """

    name: str
    code: str = ""


@dataclass(frozen=True)
class Paper:
    """What the base template and its tags know of the paper that is being written."""

    layout: Layout
    receiver: str
    beside: Beside | None


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
    with override(spoken(language)):
        paper = Paper(layout, receiver, beside if layout == Layout.INTERPRETER else None)
        return render_to_string(template, {**facts(), "paper": paper})


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
    its day and version). `receiver` is a line that stands on every page: whose copy this is, and since when.
    """
    return pdf_of(
        page_of(template, facts, language=language, layout=layout, receiver=receiver, beside=beside)
    )


class OwnFilesOnly(URLFetcher):
    """Gives the house's own fonts and nothing else: no network, no other file, whatever a text says."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(FONT_ADDRESS)
        if not url.startswith(FONT_ADDRESS) or name not in FACES:
            raise ValueError("Only the house's own files are printed.")
        return URLFetcherResponse(url, fonts.ensure()[name].read_bytes(), {"Content-Type": "font/ttf"})


@cache
def _styles() -> tuple[CSS, FontConfiguration]:
    """The style sheets and the fonts, read once in a process."""
    configuration = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "Source Sans 3"; {face}; src: url("{FONT_ADDRESS}{name}"); }}\n'
        for name, face in FACES.items()
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


def pdf_of(page: str) -> bytes:
    """The whole page (HTML) as a tagged PDF, with the papers' own style sheets and fonts."""
    with _PRINTING, _no_collecting():
        style, configuration = _styles()
        document = HTML(string=page, url_fetcher=OwnFilesOnly(), media_type="print")
        return document.write_pdf(stylesheets=[style], font_config=configuration, pdf_variant="pdf/ua-1")
