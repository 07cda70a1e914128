"""Hyvinvoinnin tähti as a picture: six rays, each as the family sees it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from perhekeskus import pictures

from .models import StarRay
from .states import StarHeading, StarTone


def _lines(heading: StarHeading) -> list[str]:
    """The heading as it stands round the picture, line by line."""
    return {
        StarHeading.HEALTH: [_("Lapsen terveys,"), _("kasvu ja kehitys")],
        StarHeading.RELATIONS: [_("Ihmissuhteet"), _("ja turvallisuus")],
        StarHeading.SELF: [_("Lapsen käsitys"), _("itsestään")],
        StarHeading.EVERYDAY: [_("Perhe, päiväkoti,"), _("koulu, vapaa-aika")],
        StarHeading.PARENTHOOD: [_("Vanhempana"), _("toimiminen")],
        StarHeading.SURROUNDINGS: [_("Perhe ja"), _("ympäristö")],
    }[heading]


def drawn_star(rays: Iterable[StarRay]) -> pictures.Star:
    """The star for `components/_star.html`; headings without a row are drawn as not talked about."""
    by_heading = {ray.heading: ray for ray in rays}
    return pictures.star(
        [
            {
                "heading": str(heading.label),
                "lines": _lines(heading),
                "tone": by_heading[heading].tone if heading in by_heading else StarTone.NONE.value,
                "text": by_heading[heading].text if heading in by_heading else "",
            }
            for heading in StarHeading
        ]
    )
