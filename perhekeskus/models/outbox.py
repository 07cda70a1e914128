"""The outbox: messages are rows, written with the change that calls for them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..constraints import only_moves
from ..states import MESSAGE_MOVES, MessageState


class Channel(models.TextChoices):
    EMAIL = "email", _("sähköposti")
    SMS = "sms", _("tekstiviesti")


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.WAITING, due_at__lte=timezone.now())

    def overdue(self) -> "MessageQuerySet":
        """Messages that should already have left: due, or claimed and not sent."""
        return self.filter(state__in=[MessageState.WAITING, MessageState.CLAIMED], due_at__lte=timezone.now())

    def given_up(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.GIVEN_UP)

    def visible_to(self, worker) -> "MessageQuerySet":
        """A worker's own messages; an administrator sees what could not be delivered, whoever's it is."""
        if not worker.is_authenticated:
            return self.none()
        if worker.is_administrator:
            return self.given_up()
        return self.filter(owner=worker)


class Message(models.Model):
    """One message to one address: what kind, about which row, due when, sent when.

    Its words are composed from the row it is about at the moment of sending; nothing of them is kept.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    occasion = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=5, choices=Channel)
    recipient = models.CharField(max_length=254)
    language = models.CharField(max_length=2, default="fi")
    about_id = models.BigIntegerField()
    # The permission under which it is sent; the floor that knows permissions guards it in the database.
    permission_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    # The person who is told, and can try again, when it cannot be delivered.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="messages_owned"
    )
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # A crash between the server's "250" and our commit: it may have been sent twice, under one Message-ID.
    is_uncertain = models.BooleanField(default=False)
    last_error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "recipient", "kind", "version"], name="message_once_per_occasion"
            ),
            models.CheckConstraint(
                condition=models.Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~models.Q(state=MessageState.SENT) & models.Q(sent_at__isnull=True)),
                name="message_sent_has_time",
            ),
            # A line break would begin a header of its own, a comma a second recipient.
            models.CheckConstraint(
                condition=models.Q(recipient__regex=r"^[^[:cntrl:][:space:],;<>]+$"),
                name="message_one_recipient",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="message_due",
                condition=models.Q(state__in=[MessageState.WAITING, MessageState.CLAIMED]),
            ),
        ]
        triggers = [only_moves("state", MESSAGE_MOVES, "message_moves")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def message_id(self) -> str:
        """The Message-ID header, the same on every try."""
        return f"<{self.uuid}@{settings.MAIL_DOMAIN}>"


class Heartbeat(models.Model):
    """When a background process was last seen alive."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
