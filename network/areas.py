"""Which areas have been without a forum for too long."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from perhekeskus.words import HELSINKI, listed

from .models import Area, AreaForum
from .sorting import finnish
from .states import ForumKind


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last day of that month."""
    month = day.year * 12 + day.month - 1 - months
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def areas_without_forum() -> list[Area]:
    """Areas that no forum has reached for too long and that none is planned for, the widest of each place.

    A forum reaches an area when it was for the area itself, or for every municipality in it.
    """
    areas = list(Area.objects.prefetch_related("municipalities").order_by(finnish("name")))
    if not areas:
        return []
    limit = months_before(timezone.localdate(timezone=HELSINKI), settings.FORUM_INTERVAL_MONTHS)
    forums = AreaForum.objects.filter(kind=ForumKind.AREA)
    lately = forums.held().filter(period__startswith__date__gte=limit)
    reached: list[tuple[int | None, set[str]]] = [
        (forum.area_id, _municipalities(forum.area) if forum.area else {str(forum.municipality_id)})
        for forum in (lately | forums.ahead()).select_related("area").prefetch_related("area__municipalities")
    ]
    missing = {
        area: _municipalities(area)
        for area in areas
        if not any(
            area.pk == its_area or (_municipalities(area) and _municipalities(area) <= places)
            for its_area, places in reached
        )
    }
    return [
        area
        for area, places in missing.items()
        if places and not any(places < wider for wider in missing.values())
    ]


def _municipalities(area: Area) -> set[str]:
    return {municipality.pk for municipality in area.municipalities.all()}


def missing_in_words() -> str:
    """Those areas in one sentence for whoever arranges forums; empty when there are none."""
    areas = areas_without_forum()
    if not areas:
        return ""
    return _("Foorumia ei ole ollut pitkään aikaan: %(areas)s.") % {
        "areas": listed(area.name for area in areas)
    }
