"""Who already helps the family, so that nobody does the same work twice."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Family
from perhekeskus.constraints import paired
from perhekeskus.history import keeps_history

from ..querysets import ServiceInvolvedQuerySet


@keeps_history()
class ServiceInvolved(models.Model):
    """A person or a service that already works with the family; told to the invited if the family lets."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="services")
    name = models.CharField(_("kuka tai mikä palvelu auttaa jo"), max_length=120)
    since = models.CharField(_("mistä lähtien"), max_length=60, blank=True)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The family's permission to tell of it to those who are invited: since when, and the worker to whom it
    # was given; nobody when the family gave it on its own page.
    told_since = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ServiceInvolvedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            paired("recorded_at", "recorded_by", name="service_recorded_paired"),
            models.UniqueConstraint(
                fields=["family", "name"],
                name="service_once",
                violation_error_message=_("Tämä on jo kirjattu."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="service_has_name",
                violation_error_message=_("Kirjoita, kuka tai mikä palvelu auttaa."),
            ),
            models.CheckConstraint(
                condition=Q(told_by=None) | Q(told_since__isnull=False), name="service_told_since"
            ),
        ]
        triggers = [
            # A service's name can tell where a protected family goes.
            pgtrigger.Trigger(
                name="service_of_protected_not_told",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("told_since", "family_id"),
                condition=pgtrigger.Q(new__told_since__isnull=False),
                func="""
                    IF EXISTS (SELECT FROM network_family
                               WHERE id = NEW.family_id AND address_protected) THEN
                        RAISE EXCEPTION 'Perheellä on turvakielto: palveluista ei kerrota kutsutuille.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'service_of_protected_not_told';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name
