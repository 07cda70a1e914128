"""The printed plan, made from the same template tree as the screen's."""

import io
from datetime import datetime
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from perhekeskus.languages import spoken
from perhekeskus.paper import printed
from perhekeskus.words import day

from .models import Plan
from .sheet import Sheet, family_link, sheet_of


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
        return _facts(sheet_of(plan, link=link), _qr(link) if link else "")

    return printed("plans/paper.html", facts, language=language)


def copy_pdf(plan: Plan, *, language: str, name: str, since: datetime) -> bytes:
    """The same for somebody who has a copy: with their name on every page, without the family's code."""
    with override(spoken(language)):
        receiver = _("Kopio: %(name)s, %(day)s. Kopio annettu perheen luvalla.") % {
            "name": name,
            "day": day(since),
        }
    return printed(
        "plans/paper.html",
        lambda: _facts(sheet_of(plan, with_holders=False)),
        language=language,
        receiver=receiver,
    )


def _facts(sheet: Sheet, qr: SafeString | str = "") -> dict[str, Any]:
    return {"title": _("Yhteinen suunnitelma"), "footer": sheet.footer, "sheet": sheet, "qr": qr}
