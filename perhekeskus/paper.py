"""Printed papers: A4, tagged (PDF/UA-1), made of a page that a template has written."""

import threading
from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from perhekeskus import fonts

FACES = {
    "SourceSans3-Regular.ttf": "font-weight: 400; font-style: normal",
    "SourceSans3-Semibold.ttf": "font-weight: 600; font-style: normal",
    "SourceSans3-Italic.ttf": "font-weight: 400; font-style: italic",
}
FONT_ADDRESS = "house-font:"

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


def printed(page: str) -> bytes:
    """The whole page (HTML) as a tagged PDF, with the paper's own style sheet and fonts."""
    with _PRINTING:
        style, configuration = _styles()
        document = HTML(string=page, url_fetcher=OwnFilesOnly(), media_type="print")
        return document.write_pdf(stylesheets=[style], font_config=configuration, pdf_variant="pdf/ua-1")
