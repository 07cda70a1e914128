"""What the demonstration would have sent out: kept to be looked at, in a demonstration only."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from django.db import models
from django.utils.translation import gettext_lazy as _

from .outbox import Channel


class DemonstrationMail(models.Model):
    """An e-mail or a text message that went no further than this row.

    A second copy under the same Message-ID replaces the first, as it would in a mail client.
    """

    message_id = models.CharField(max_length=255, unique=True)
    channel = models.CharField(_("tapa"), max_length=5, choices=Channel)
    sender = models.CharField(_("lähettäjä"), max_length=320, blank=True)
    recipient = models.CharField(_("kenelle"), max_length=320, db_index=True)
    subject = models.CharField(_("aihe"), max_length=998, blank=True)
    text = models.TextField(_("teksti"))
    raw = models.BinaryField(blank=True)
    sent_at = models.DateTimeField(_("milloin"), db_index=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    @property
    def letter(self) -> EmailMessage | None:
        """The e-mail as it was sent, parsed; None for a text message."""
        return message_from_bytes(bytes(self.raw), policy=policy.default) if self.raw else None
