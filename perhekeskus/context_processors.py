"""What every page knows: the house's name, whether this is a demonstration, the reader's navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    worker = getattr(request, "user", None)
    if worker is None or not worker.is_authenticated:
        return []
    pages = []
    if worker.works_with_families:
        pages += [(_("Kopissani"), "home"), (_("Tilanteet"), "situation_list")]
    pages.append((_("Verkosto"), "directory"))
    if worker.is_coordinator or worker.is_administrator:
        pages.append((_("Koonti"), "count_page"))
    if worker.is_administrator:
        pages.append((_("Ylläpito"), "administration"))
    rows = []
    for label, name in pages:
        url = reverse(name)
        here = request.path == url or (url != "/" and request.path.startswith(url))
        rows.append({"label": label, "url": url, "current": here})
    return rows


def _demonstration_sign_ins() -> list[dict[str, str]]:
    """The five people of the demonstration, one press each; none outside a demonstration."""
    if not settings.DEMONSTRATION:
        return []
    return [
        {
            "role": "lahityontekija",
            "label": _("Lähityöntekijä"),
            "text": _("ottaa puheeksi ja kutsuu koolle"),
        },
        {
            "role": "vastuutyontekija",
            "label": _("Vastuutyöntekijä"),
            "text": _("kulkee perheen rinnalla ja pitää yhteyttä"),
        },
        {
            "role": "koordinaattori",
            "label": _("Koordinaattori"),
            "text": _("näkee luvut, ei perheitä"),
        },
        {
            "role": "ohjaus",
            "label": _("Ohjaus- ja neuvontapalvelu"),
            "text": _("vastaa, kun perhe soittaa"),
        },
        {
            "role": "paakayttaja",
            "label": _("Pääkäyttäjä"),
            "text": _("hoitaa tunnukset ja viestien kulun"),
        },
    ]


def house(request: HttpRequest) -> dict[str, Any]:
    """The facts that the base templates show."""
    return {
        "shared_time_name": settings.SHARED_TIME_NAME,
        "demonstration": settings.DEMONSTRATION,
        "guidance_phone": settings.GUIDANCE_PHONE,
        "navigation": _navigation(request),
        "demonstration_sign_ins": _demonstration_sign_ins(),
    }
