"""The printed plan, made from the same template tree as the screen's."""

import io
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from perhekeskus.paper import printed

from .models import Plan
from .sheet import family_link, sheet_of


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

    def facts() -> dict[str, Any]:
        link = family_link(plan) if with_link else ""
        sheet = sheet_of(plan, link=link)
        title = _("Yhteinen suunnitelma")
        return {"title": title, "footer": sheet.footer, "sheet": sheet, "qr": _qr(link) if link else ""}

    return printed("plans/paper.html", facts, language=language)
