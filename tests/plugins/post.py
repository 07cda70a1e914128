"""An SMTP server of the tests' own: it receives real letters, and refuses or dawdles when told to."""

import asyncio
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from perhekeskus.embedded.process import free_port


class Sink:
    """What was received, and how the next ones are to be answered."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.greetings = 0
        # How long the server keeps a received letter before it says "250".
        self.dawdles = 0.0
        # Answers to RCPT by address, such as "550 no such person"; to DATA, for everybody.
        self.refuses: dict[str, str] = {}
        self.refuses_content = ""
        self.port = free_port()

    @property
    def letters(self) -> list[EmailMessage]:
        plain = (raw.replace(b"\r\n", b"\n") for raw in self.raw)
        return [message_from_bytes(raw, policy=policy.default) for raw in plain]

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greetings += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if refusal := self.refuses.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuses_content:
            return self.refuses_content
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        await asyncio.sleep(self.dawdles)
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A running SMTP server; nothing of this process sends to it unless told so."""
    one = Sink()
    controller = Controller(one, hostname="127.0.0.1", port=one.port)
    controller.start()
    yield one
    controller.stop(no_assert=True)


@pytest.fixture
def post(sink: Sink, settings: Any) -> Sink:
    """The same server, with this process sending its letters there over SMTP."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = sink.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5
    return sink
