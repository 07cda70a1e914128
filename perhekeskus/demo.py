"""The demonstration's own post: nothing leaves the house, everything can be looked at."""

from collections.abc import Sequence
from email.utils import make_msgid

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from .models import DemonstrationMail
from .models.outbox import Channel

# The six who can be signed in as with one press.
ROLES = ("lahityontekija", "vastuutyontekija", "koordinaattori", "ohjaus", "esihenkilo", "paakayttaja")
DOMAIN = "demo.example"


class DemonstrationMailbox(BaseEmailBackend):
    """A Django e-mail backend that keeps letters in rows. Only a demonstration may keep them."""

    def __init__(self, fail_silently: bool = False, **kwargs: object) -> None:
        super().__init__(fail_silently=fail_silently)
        _require_demonstration()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for email in email_messages:
            letter = email.message()
            raw = letter.as_bytes()
            message_id = str(letter["Message-ID"] or make_msgid(domain=settings.MAIL_DOMAIN))
            DemonstrationMail.objects.update_or_create(
                message_id=message_id,
                defaults={
                    "channel": Channel.EMAIL,
                    "sender": str(email.from_email)[:320],
                    "recipient": ", ".join(email.recipients())[:320],
                    "subject": str(email.subject)[:998],
                    "text": str(email.body),
                    "raw": raw,
                    "sent_at": timezone.now(),
                },
            )
        return len(email_messages)


def keep_text_message(number: str, text: str, message_id: str) -> None:
    """Keep a text message where it can be looked at."""
    _require_demonstration()
    DemonstrationMail.objects.update_or_create(
        message_id=message_id,
        defaults={
            "channel": Channel.SMS,
            "recipient": number,
            "text": text,
            "sent_at": timezone.now(),
        },
    )


def _require_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured("Esittelyn posti on vain esittelyssä. Aseta EMAIL_URL.")
