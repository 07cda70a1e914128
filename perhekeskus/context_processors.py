"""What every page knows: the house's name, whether this is a demonstration, the reader's navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

# Pages that belong under Tilanteet whatever their address is.
OF_A_SITUATION = {"situation", "conversation", "meeting", "permission", "handover", "plan", "contact"}
# And under Ryhmät.
OF_GROUPS = {"group", "bulletin", "forum", "development", "thanks", "peer"}


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    worker = getattr(request, "user", None)
    if worker is None or not worker.is_authenticated:
        return []
    pages = []
    if worker.works_with_families:
        pages += [(_("Kopissani"), "home"), (_("Tilanteet"), "situation_list")]
    pages.append((_("Verkosto"), "directory"))
    pages.append((_("Ryhmät"), "group_list"))
    if worker.is_coordinator or worker.is_administrator:
        pages.append((_("Koonti"), "count_page"))
    if worker.is_administrator:
        pages.append((_("Ylläpito"), "administration"))
    rows = []
    for label, name in pages:
        url = reverse(name)
        inside = url != "/" and request.path.startswith(url)
        inside = inside or (name == "situation_list" and _stem(request) in OF_A_SITUATION)
        inside = inside or (name == "group_list" and _stem(request) in OF_GROUPS)
        current = "page" if request.path == url else "true" if inside else ""
        rows.append({"label": label, "url": url, "current": current})
    return rows


def _stem(request: HttpRequest) -> str:
    """The noun of the page's URL name: meeting of meeting_check."""
    match = request.resolver_match
    return (match.url_name or "").split("_")[0] if match else ""


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
        # The way out of the pages behind a family's door; empty everywhere else.
        "leave_url": getattr(request, "leave_url", ""),
    }
