"""What every page knows: the house's name, whether this is a demonstration, the reader's navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .navigation import main_menu, section_menu


def _demonstration_sign_ins() -> list[dict[str, str]]:
    """The six people of the demonstration, one press each; none outside a demonstration."""
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
            "role": "esihenkilo",
            "label": _("Esihenkilö"),
            "text": _("huolehtii, ettei mikään jää odottamaan"),
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
        "navigation": main_menu(request),
        "section": section_menu(request),
        "demonstration_sign_ins": _demonstration_sign_ins(),
        # The way out of the pages behind a family's door; empty everywhere else.
        "leave_url": getattr(request, "leave_url", ""),
    }
