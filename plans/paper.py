"""The printed plan, made from the same template tree as the screen's."""

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from meetings.people import OF_PURPOSE, shown_name
from network.models import Consent, Family, WorkerPhoto
from network.states import ConsentPurpose, Language, SpokenLanguage
from perhekeskus.catalogues import LANGUAGES
from perhekeskus.languages import spoken
from perhekeskus.paper import Beside, Layout, printed
from perhekeskus.words import day, listed

from .forms import LONGEST_TEXT
from .holders import permissions_on_paper
from .models import Plan
from .sheet import Sheet, family_link, sheet_of

# As long as the forms take; a text that got in otherwise would be a heap of paper.
LONGEST_PRINTED = LONGEST_TEXT


def layout_of(family: Family) -> Layout:
    """The layout that the family needs: with an interpreter the two languages stand side by side."""
    return Layout.INTERPRETER if family.needs_interpreter else Layout.ORDINARY


def beside_of(family: Family) -> Beside:
    """The family's own language; with its words when the house has them, else those of the language that the
    family is written to in, else room to write.
    """
    name = family.other_language.strip()
    if not name and family.language != Language.FINNISH:
        name = str(Language(family.language).label)
    tag = next((one.value for one in SpokenLanguage if str(one.label) == name.lower()), "")
    code = next((one for one in (tag, family.language) if one in LANGUAGES), "")
    if code and code != tag:
        name = " / ".join([name, str(Language(code).label)])
    return Beside(
        name=name or _("Oma kieli"),
        code=code,
        own_name=LANG_INFO[tag]["name_local"] if "name_local" in LANG_INFO.get(tag, {}) else "",
        tag=tag,
    )


def plan_pdf(plan: Plan, *, language: str, layout: Layout = Layout.ORDINARY) -> bytes:
    """The plan as a tagged PDF in the language (its code), or in Finnish when the house doesn't speak it yet.

    For the family and those who print for it: with the address for the envelope's window, the code to the
    family's own page, the permissions in force, and the page for the refrigerator door. With an interpreter
    the paper is in Finnish, and the family's own language stands beside it.
    """
    with override(settings.LANGUAGE_CODE):
        beside = beside_of(plan.situation.family) if layout == Layout.INTERPRETER else None

    def facts() -> dict[str, Any]:
        link = family_link(plan)
        permissions = permissions_on_paper(plan.situation.family)
        sheet = sheet_of(plan, link=link, permissions=permissions)
        is_easy = layout == Layout.EASY
        known = _facts(sheet, layout) | _for_family(plan, sheet, permissions, is_easy=is_easy)
        known["qr"] = _qr(link) if link else ""
        if beside is not None and beside.code:
            with override(beside.code):
                known["other"] = sheet_of(plan, permissions=permissions)
        return known

    language = settings.LANGUAGE_CODE if layout == Layout.INTERPRETER else language
    return printed("plans/paper.html", facts, language=language, layout=layout, beside=beside)


def copy_pdf(
    plan: Plan, *, language: str, name: str, since: datetime, layout: Layout = Layout.ORDINARY
) -> bytes:
    """The same for somebody who has a copy: their name on every page, nothing that is the family's alone."""
    with override(spoken(language)):
        receiver = _("Kopio: %(name)s, %(day)s. Annettu perheen luvalla.") % {
            "name": name,
            "day": day(since),
        }
    return printed(
        "plans/paper.html",
        lambda: _facts(sheet_of(plan, is_copy=True), layout),
        language=language,
        # An interpreter is at the family's table.
        layout=Layout.ORDINARY if layout == Layout.INTERPRETER else layout,
        receiver=receiver,
    )


def _cut(text: str) -> str:
    """The text as far as a paper takes it, and that it goes on. No form takes a longer one."""
    if len(text) <= LONGEST_PRINTED:
        return text
    kept = text[:LONGEST_PRINTED].rsplit(maxsplit=1)[0]
    note = _("Teksti on liian pitkä paperille. Loput siitä näkyvät palvelussa.")
    return f"{kept} … {note}"


def _printable(sheet: Sheet) -> Sheet:
    """The sheet with each of its texts as long as a paper takes, whatever has got into the database."""
    return replace(
        sheet,
        wish=_cut(sheet.wish),
        strengths=_cut(sheet.strengths),
        contact_from_family=_cut(sheet.contact_from_family),
        follow_up=[_cut(text) for text in sheet.follow_up],
        matters=[_cut(text) for text in sheet.matters],
        measures=[replace(one, what=_cut(one.what)) for one in sheet.measures],
    )


def _facts(sheet: Sheet, layout: Layout) -> dict[str, Any]:
    return {
        "title": _("Yhteinen suunnitelma"),
        "footer": sheet.footer,
        "sheet": _printable(sheet),
        "qr": "",
        "is_easy": layout == Layout.EASY,
        "address": [],
        "permissions": [],
        "door": [],
        "people": [],
    }


def _for_family(plan: Plan, sheet: Sheet, permissions: Iterable[Consent], *, is_easy: bool) -> dict[str, Any]:
    family = plan.situation.family
    rows = plan.responsible_workers.all()
    in_picture = [row.worker_id for row in rows if row.may_have_photo]
    photos = WorkerPhoto.objects.filter(worker__in=in_picture) if in_picture else []
    jpegs = {str(photo.worker_id): bytes(photo.jpeg) for photo in photos}
    keys = [str(row.worker_id) for row in rows]
    return {
        "address": family.postal_address.split("\n") if family.postal_address else [],
        "permissions": _permissions(family, permissions, in_short=is_easy),
        "door": _printable(sheet).to_do,
        "people": [
            {"person": person, "photo": key if key in jpegs else ""}
            for person, key in zip(sheet.responsible, keys, strict=True)
        ],
        "pictures": jpegs,
    }


def _permissions(family: Family, given: Iterable[Consent], *, in_short: bool) -> list[str]:
    """What the family lets be done now and by whom, a line for each; in short the names alone."""
    by_purpose: dict[str, list[str]] = {}
    for consent in given:
        if not consent.is_in_force:
            continue
        said = str(OF_PURPOSE[ConsentPurpose(consent.purpose)])
        names = by_purpose.setdefault(said[0].upper() + said[1:], [])
        if (name := shown_name(consent, family)) not in names:
            names.append(name)
    if in_short:
        return list(dict.fromkeys(name for names in by_purpose.values() for name in names))
    return [f"{said}: {listed(names)}" for said, names in by_purpose.items()]


def _qr(link: str) -> SafeString:
    """The link as a drawn code; the drawing holds no text of anybody's.

    The mask is the same for all: most of the link is random, which each mask mixes alike, and to try them all
    takes a third of what else the page costs.
    """
    out = io.BytesIO()
    segno.make(link, error="m", micro=False, mask=3).save(
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
