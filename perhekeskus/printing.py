"""A paper asked for by its address: which layout, and the file that is given."""

from django.http import HttpRequest, HttpResponse

from .paper import Layout

# tavallinen, isolla or selko, after the question mark.
LAYOUT_PARAMETER = "asettelu"


def layout_asked(request: HttpRequest) -> Layout:
    """The layout that the address names; the ordinary one when it names none that we know."""
    try:
        return Layout(request.GET.get(LAYOUT_PARAMETER, Layout.ORDINARY))
    except ValueError:
        return Layout.ORDINARY


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """The paper, opened in the browser and saved under the name."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
