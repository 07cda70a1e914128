"""The next contact with the family: always dated, never forgotten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import paired
from perhekeskus.history import keeps_history

from ..querysets import NextContactQuerySet
from ..states import ContactWay
from .plans import Plan


@keeps_history()
class NextContact(models.Model):
    """A promised contact: on which day, in which way, and what came of it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="contacts")
    on = models.DateField(_("päivä"))
    at = models.TimeField(_("kello"), null=True, blank=True)
    way = models.CharField(_("tapa"), max_length=6, choices=ContactWay, default=ContactWay.PHONE)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.TextField(_("mitä sovittiin"), max_length=2000, blank=True)

    objects = NextContactQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            paired("done_at", "done_by", name="contact_done_paired"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(done_at__isnull=True),
                name="contact_one_open",
                violation_error_message=_("Seuraava yhteydenotto on jo sovittu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("contact_record", args=[self.pk])
