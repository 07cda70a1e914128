"""A copy of the agreed plan, given to somebody by separate agreement with the family."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Situation
from network.models import Consent
from perhekeskus.constraints import paired
from perhekeskus.history import keeps_history
from perhekeskus.models import AccessLink
from perhekeskus.models.outbox import Channel

from ..querysets import CopyLinkQuerySet, CopyQuerySet
from ..states import CopyMethod
from .plans import Plan

# The lock makes a withdrawal at the same moment wait, or come first: never in between.
_PERMISSION = """
    SELECT purpose = 'copy' AND withdrawn_at IS NULL
           AND given_at <= clock_timestamp() + interval '1 minute'
           AND (valid_until IS NULL OR valid_until > clock_timestamp()) AS in_force,
           family_id, worker_id
        INTO permission FROM network_consent WHERE id = NEW.consent_id FOR SHARE;
    IF permission.in_force IS DISTINCT FROM TRUE THEN
        RAISE EXCEPTION 'Perheen lupa puuttuu, joten suunnitelmaa ei voi antaa.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'copy_needs_consent';
    END IF;
"""


@keeps_history()
class Copy(models.Model):
    """Who was given which version, how, under which permission. What it opens ends with the permission."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="copies")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="copies")
    method = models.CharField(
        max_length=7, choices=CopyMethod, default=CopyMethod.ACCOUNT, db_default=CopyMethod.ACCOUNT
    )
    # Who of the unit or the team took the paper.
    handed_to = models.CharField(
        _("kuka otti paperin vastaan"), max_length=140, blank=True, default="", db_default=""
    )
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CopyQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "consent", "method"], name="copy_once"),
            paired("given_at", "given_by", name="copy_given_paired"),
            models.CheckConstraint(
                condition=Q(handed_to="") | Q(method=CopyMethod.PRINTED),
                name="copy_handed_on_paper",
                violation_error_message=_("Vastaanottaja kirjataan, kun kopio annetaan paperilla."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="copy_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("plan_id", "consent_id"),
                declare=[("permission", "record")],
                func=_PERMISSION
                + """
                    IF (NEW.method = 'account' AND permission.worker_id IS NULL)
                        OR (NEW.method = 'link' AND permission.worker_id IS NOT NULL) THEN
                        RAISE EXCEPTION 'Tunnuksella suunnitelma avautuu työntekijälle, linkillä muille.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'copy_method_of_receiver';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM plans_plan plan
                        JOIN meetings_situation situation ON situation.id = plan.situation_id
                        WHERE plan.id = NEW.plan_id AND plan.status <> 'draft'
                          AND situation.family_id = permission.family_id
                    ) THEN
                        RAISE EXCEPTION 'Kopion voi antaa vain perheen omasta, sovitusta suunnitelmasta.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'copy_of_agreed';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # Only the permission may be another: one that replaces it carries the copy.
            pgtrigger.Protect(
                name="copy_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["consent"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.consent_id} {self.method}"


@keeps_history(exclude=["link"])
class CopyLink(models.Model):
    """The door of one who has no account: one link to one address, for one family's plan.

    It shows the version in force of which its receiver has a copy by link, and goes on to the next one with
    it. A withdrawn permission closes it in the same statement.
    """

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="copy_links")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="copy_links")
    channel = models.CharField(max_length=5, choices=Channel)
    # The code that opens the door is sent where the link was sent, and nowhere else.
    recipient = models.CharField(max_length=254)
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="copy_link")
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CopyLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["situation", "consent", "recipient"], name="copy_link_once"),
            paired("sent_at", "sent_by", name="copy_link_sent_paired"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="copy_link_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("permission", "record")],
                func=_PERMISSION
                + """
                    IF permission.worker_id IS NOT NULL OR NOT EXISTS (
                        SELECT FROM meetings_situation
                        WHERE id = NEW.situation_id AND family_id = permission.family_id
                    ) THEN
                        RAISE EXCEPTION 'Linkki avaa vain sen perheen suunnitelman, joka on antanut luvan.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'copy_link_of_family';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.consent_id}"
