"""Thanks, and peer feedback: between two professionals, never about a family."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import sealed


def _two_people(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(from_worker=F("to_worker")),
        name=name,
        violation_error_message=_("Valitse joku toinen kuin sinä itse."),
    )


class BetweenTwoQuerySet(models.QuerySet):
    def visible_to(self, worker) -> "BetweenTwoQuerySet":
        """One's own, written or received; nobody else's, whoever one is."""
        if not worker.is_authenticated or not worker.is_active:
            return self.none()
        return self.filter(Q(from_worker=worker) | Q(to_worker=worker))


class Thanks(models.Model):
    """A thank-you from one professional to another."""

    from_worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="thanks_given")
    to_worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="thanks_received")
    text = models.TextField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)

    objects = BetweenTwoQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [_two_people("thanks_between_two")]
        triggers = [
            sealed(
                "thanks_unchanged",
                condition=pgtrigger.AnyChange(),
                sentence="Annettua kiitosta ei muuteta.",
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class PeerFeedback(models.Model):
    """Feedback from one professional to another, and one reply. It has no history that others could read."""

    from_worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_given")
    to_worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_received")
    text = models.TextField(max_length=4000)
    created_at = models.DateTimeField(default=timezone.now)
    reply = models.TextField(max_length=4000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    objects = BetweenTwoQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            _two_people("feedback_between_two"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="feedback_reply_has_time",
            ),
        ]
        triggers = [
            sealed(
                "feedback_unchanged",
                condition=pgtrigger.AnyChange(exclude=["reply", "replied_at"]),
                sentence="Annettua palautetta ei muuteta.",
                operation=pgtrigger.Update,
            ),
            sealed(
                "feedback_replied_once",
                condition=pgtrigger.Q(old__replied_at__isnull=False),
                sentence="Palautteeseen on jo vastattu.",
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("peer_feedback_detail", args=[self.pk])
