"""The ways out: one SMTP connection per round of draining, and text messages one by one."""

import smtplib
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from .. import sms
from ..models import Message
from ..models.outbox import Channel
from .kinds import Letter

# Many servers close a connection after a hundred letters; we close ours before.
LETTERS_PER_CONNECTION = 50
PERMANENT = 500


class NotSent(Exception):
    """A try that failed; str() is a class and a code, never an address."""

    def __init__(
        self,
        cause: Exception,
        *,
        code: int | None = None,
        is_permanent: bool = False,
        may_have_arrived: bool = False,
    ) -> None:
        super().__init__(f"{type(cause).__name__} {code}" if code else type(cause).__name__)
        self.is_permanent = is_permanent
        self.may_have_arrived = may_have_arrived


class WayClosed(NotSent):
    """The server itself is away: no use in trying the other messages of this channel in this round."""


class Post:
    """What one round of draining sends with; closes its connection at the end."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._letters = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: Message, letter: Letter) -> None:
        """Hand the letter over; NotSent when it was not taken."""
        if message.channel == Channel.SMS:
            self._send_text(message, letter)
        else:
            self._send_email(message, letter)

    def _send_text(self, message: Message, letter: Letter) -> None:
        try:
            sms.send(message.recipient, letter.text, str(message.uuid))
        except sms.TextNotSent as error:
            raise NotSent(
                error,
                code=error.code,
                is_permanent=error.is_permanent,
                may_have_arrived=error.may_have_arrived,
            ) from error
        except OSError as error:
            raise WayClosed(error) from error

    def _send_email(self, message: Message, letter: Letter) -> None:
        email = as_email(message, letter)
        # Built once before a connection is opened: a line break in a header is found here.
        email.message()
        email.connection = self._open()
        try:
            email.send()
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise not_sent(error) from error
        self._letters += 1
        if self._letters >= LETTERS_PER_CONNECTION:
            self._close()

    def _open(self) -> Any:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (smtplib.SMTPException, OSError) as error:
                raise WayClosed(error, code=getattr(error, "smtp_code", None)) from error
            self._connection, self._letters = connection, 0
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.close()
            self._connection = None


def as_email(message: Message, letter: Letter) -> EmailMultiAlternatives:
    """The letter as an e-mail to the message's one recipient, under the row's own Message-ID."""
    email = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.recipient],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    if letter.html:
        email.attach_alternative(letter.html, "text/html")
    if letter.calendar is not None:
        # The inline part is what mail clients act on, the file is for those that don't.
        email.attach_alternative(letter.calendar.decode(), f"text/calendar; method={letter.calendar_method}")
        email.attach("invite.ics", letter.calendar, "application/ics")
    for one in letter.attachments:
        email.attach(one.name, one.content, one.content_type)
    return email


def not_sent(error: Exception) -> NotSent:
    """What a failure of the server means: for good, for now, or nobody knows."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _words in error.recipients.values()]
            return NotSent(error, code=max(codes), is_permanent=min(codes) >= PERMANENT)
        case smtplib.SMTPDataError():
            return NotSent(error, code=error.smtp_code, is_permanent=error.smtp_code >= PERMANENT)
        case smtplib.SMTPResponseException():
            return NotSent(error, code=error.smtp_code)
        case _:
            # The connection broke: before the letter, or between its last line and the server's "250".
            return NotSent(error, may_have_arrived=True)
