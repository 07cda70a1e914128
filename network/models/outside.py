"""Professionals without an account: they answer by link and see nothing else."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from perhekeskus.history import keeps_history

from ..querysets import OpenQuerySet


# A misspelt name is mended for everybody, so each name that has been is on record.
@keeps_history(fields=["name", "title", "organisation"], model_name="OutsideProfessionalEvent")
class OutsideProfessional(models.Model):
    """Somebody who works with families elsewhere: an association's worker, a private therapist."""

    name = models.CharField(_("nimi"), max_length=140)
    title = models.CharField(_("ammattinimike"), max_length=100, blank=True)
    organisation = models.CharField(_("mistä hän on"), max_length=200)
    email = models.EmailField(_("sähköposti"))
    phone = PhoneNumberField(_("puhelin"), blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="outside_professional_email_once",
                violation_error_message=_("Tällä sähköpostilla on jo ammattilainen."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def from_where(self) -> str:
        return ", ".join(word for word in (self.title, self.organisation) if word)
