"""The next contact with the family, and the one that it asks for: always dated, never forgotten."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Situation
from network.models import Municipality
from perhekeskus.constraints import paired
from perhekeskus.history import keeps_history

from ..carriers import ContactRequestQuerySet
from ..querysets import NextContactQuerySet
from ..states import ContactWay
from .counted import CONTACT_COUNTED, CONTACT_KEPT
from .plans import Plan


@keeps_history(exclude=["municipality"])
class NextContact(models.Model):
    """A promised contact: on which day, in which way, and what came of it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="contacts")
    # Where it is counted: kept as it was, even if the family moves later. The database finds it.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", db_index=False, editable=False
    )
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
        triggers = [
            # Checked when the transaction ends: a plan that goes on is not left without a promised contact.
            pgtrigger.Trigger(
                name="contact_carries_on",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("done_at", "plan_id") | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="PERFORM plans_check_carried(OLD.plan_id); RETURN NULL;",
            ),
            CONTACT_KEPT,
            *CONTACT_COUNTED,
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("contact_record", args=[self.pk])


@keeps_history()
class ContactRequest(models.Model):
    """The family asks to be contacted: by when, and which contact was the answer."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="contact_requests")
    words = models.TextField(_("mistä haluatte puhua"), max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    # The last day on which somebody contacts them.
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The family needed it no more, or the situation ended.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        ordering = ["answer_by", "pk"]
        constraints = [
            paired("answered_at", "answered_by", name="contact_request_answered_paired"),
            models.UniqueConstraint(
                fields=["situation"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="contact_request_one_open",
                violation_error_message=_("Yhteydenottoa on jo pyydetty."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="contact_request_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.answer_by}"
