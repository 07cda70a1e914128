"""Every look at a family's matters, for the family to see."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..constraints import append_only


class AccessLog(models.Model):
    """One look: who, from where, at what, when, on which ground. Written with the read, never changed."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="looks"
    )
    who = models.CharField(_("kuka"), max_length=200)
    organisation = models.CharField(_("mistä"), max_length=200, blank=True)
    # The family's number: the ground knows no family, so it is not a foreign key.
    family_id = models.BigIntegerField(null=True, blank=True)
    # The number of a family's own contact, from a time when there is no family on record yet.
    contact_id = models.BigIntegerField(null=True, blank=True)
    what = models.CharField(_("mitä"), max_length=200)
    ground = models.CharField(_("millä perusteella"), max_length=200)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(family_id__isnull=False) | models.Q(contact_id__isnull=False),
                name="accesslog_of_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["family_id", "-at"], name="accesslog_family_at"),
            models.Index(
                fields=["contact_id", "-at"],
                name="accesslog_contact_at",
                condition=models.Q(contact_id__isnull=False),
            ),
        ]
        triggers = [append_only("accesslog_append_only")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.pk}"
