"""Which areas have been without a forum for too long."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q
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
    """Areas whose last forum was too long ago, or that have had none, and for which none is planned.

    Each knows the time of its last one as `last_forum_at`.
    """
    limit = months_before(timezone.localdate(timezone=HELSINKI), settings.FORUM_INTERVAL_MONTHS)
    of_the_area = AreaForum.objects.filter(kind=ForumKind.AREA, area=OuterRef("pk"))
    return list(
        Area.objects.annotate(
            last_forum_at=Max(
                "forums__period__startswith",
                filter=Q(forums__held_at__isnull=False, forums__kind=ForumKind.AREA),
            )
        )
        .filter(
            Q(last_forum_at=None) | Q(last_forum_at__date__lt=limit),
            ~Exists(of_the_area.ahead()),
        )
        .order_by(finnish("name"))
    )


def missing_in_words() -> str:
    """Those areas in one sentence for whoever arranges forums; empty when there are none."""
    areas = areas_without_forum()
    if not areas:
        return ""
    return _("Alueet, joilla edellisestä foorumista on kauan: %(areas)s.") % {
        "areas": listed(area.name for area in areas)
    }
