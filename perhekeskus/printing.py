"""A paper asked for by its address: which layout, and the file that is given."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .catalogues import LANGUAGES
from .paper import Layout

# tavallinen, isolla, selko or tulkki, and the code of a language, after the question mark.
LAYOUT_PARAMETER, LANGUAGE_PARAMETER = "asettelu", "kieli"


def layout_asked(request: HttpRequest, default: Layout = Layout.ORDINARY) -> Layout:
    """The layout that the address names; the default when it names none that we know."""
    try:
        return Layout(request.GET.get(LAYOUT_PARAMETER, default))
    except ValueError:
        return default


def language_asked(request: HttpRequest, default: str) -> str:
    """The language that the address names; the default when the house doesn't speak it."""
    asked = request.GET.get(LANGUAGE_PARAMETER, "")
    return asked if asked in LANGUAGES or asked == settings.LANGUAGE_CODE else default


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """The paper, opened in the browser and saved under the name."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
