"""The printed plan: A4, tagged (PDF/UA-1), made from the same template tree as the screen's."""

import io
import threading
from functools import cache
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from perhekeskus import fonts
from perhekeskus.languages import spoken

from .models import Plan
from .sheet import family_link, sheet_of

FACES = {
    "SourceSans3-Regular.ttf": "font-weight: 400; font-style: normal",
    "SourceSans3-Semibold.ttf": "font-weight: 600; font-style: normal",
    "SourceSans3-Italic.ttf": "font-weight: 400; font-style: italic",
}
FONT_ADDRESS = "house-font:"
HEADING = "Yhteinen suunnitelma"

# Pango and fontconfig are not made for many threads at once; a paper takes a fraction of a second.
_PRINTING = threading.Lock()


class OwnFilesOnly(URLFetcher):
    """Gives the house's own fonts and nothing else: no network, no other file, whatever a text says."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(FONT_ADDRESS)
        if not url.startswith(FONT_ADDRESS) or name not in FACES:
            raise ValueError("Only the house's own files are printed.")
        return URLFetcherResponse(url, fonts.ensure()[name].read_bytes(), {"Content-Type": "font/ttf"})


@cache
def _styles() -> tuple[CSS, FontConfiguration]:
    """The style sheet and the fonts, read once in a process."""
    configuration = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "Source Sans 3"; {face}; src: url("{FONT_ADDRESS}{name}"); }}\n'
        for name, face in FACES.items()
    )
    sheet = (Path(settings.BASE_DIR) / "static" / "css" / "paper.css").read_text()
    style = CSS(string=faces + sheet, font_config=configuration, url_fetcher=OwnFilesOnly())
    return style, configuration


def _qr(link: str) -> SafeString:
    """The link as a drawn code; the drawing holds no text of anybody's."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        border=2,
        omitsize=True,
        title=_("QR-koodi: avaa suunnitelma puhelimella"),
        svgclass="sheet-qr",
        lineclass=None,
    )
    return mark_safe(out.getvalue().decode())


def plan_pdf(plan: Plan, *, language: str, with_link: bool = True) -> bytes:
    """The plan as a tagged PDF in the language (its code), or in Finnish when the house doesn't speak it yet.

    `with_link` prints the QR code to the family's own page: only for the family and those who print for it.
    """
    with override(spoken(language)):
        link = family_link(plan) if with_link else ""
        sheet = sheet_of(plan, link=link)
        page = render_to_string(
            "plans/paper.html",
            {"sheet": sheet, "qr": _qr(link) if link else "", "paper": True},
        )
    with _PRINTING:
        style, configuration = _styles()
        document = HTML(string=page, url_fetcher=OwnFilesOnly(), media_type="print")
        return document.write_pdf(stylesheets=[style], font_config=configuration, pdf_variant="pdf/ua-1")
