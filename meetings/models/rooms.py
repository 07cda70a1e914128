"""The rooms where people meet: where, for how many, with what, and whether they are in use."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models import Unit
from perhekeskus.constraints import paired

from ..querysets import RoomQuerySet
from ..states import Equipment

MOST_SEATS = 500


class Room(models.Model):
    """A room where people can meet. One that is not used any more is closed: what was held there stays."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rooms", verbose_name=_("yksikkö"))
    name = models.CharField(_("tila"), max_length=100)
    seats = models.PositiveSmallIntegerField(_("paikkoja"))
    is_accessible = models.BooleanField(_("esteetön"), default=False)
    equipment = ArrayField(
        models.CharField(max_length=12, choices=Equipment), default=list, db_default=[], blank=True
    )
    note = models.CharField(_("lisätieto"), max_length=200, blank=True)
    # Since when, by whom and why nobody books it; what is booked already stays until it is moved.
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_reason = models.CharField(
        _("miksi ei käytössä"), max_length=200, blank=True, default="", db_default=""
    )
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="room_once"),
            models.CheckConstraint(
                condition=Q(equipment__contained_by=Equipment.values), name="room_equipment_is_known"
            ),
            paired("closed_at", "closed_by", name="room_closed_by_somebody"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_reason="")
                | Q(closed_at__isnull=False) & ~Q(closed_reason=""),
                name="room_closed_says_why",
                violation_error_message=_("Kerro, miksi tila ei ole käytössä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}, {self.name}"
