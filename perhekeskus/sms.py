"""Text messages: into a file, to an operator's HTTP interface, or into the demonstration's mailbox.

The operator's interface is the plainest there is: one POST of JSON {"to", "text", "id"} with a bearer
token. The same id and Idempotency-Key come with every try, so an operator can tell a second copy.
"""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message as Headers
from http.client import HTTPException
from typing import IO

import phonenumbers
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

ONE_MESSAGE = 160
TIMEOUT_SECONDS = 15

# The alphabet of text messages (GSM 03.38). Outside it a message holds 70 characters instead of 160.
GSM_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO_PLACES = frozenset("^{}\\[~]|€\f")
PLAIN = str.maketrans(
    {"–": "-", "—": "-", "”": '"', "“": '"', "’": "'", "…": "...", "\xa0": " ", "\u202f": " ", "\u2011": "-"}
)

# Answers that say "not now" rather than "not this".
FOR_NOW = {401, 403, 408, 425, 429}


class TextNotSent(Exception):
    """The operator did not take the message."""

    def __init__(
        self, code: int | None = None, *, is_permanent: bool = False, may_have_arrived: bool = False
    ) -> None:
        super().__init__(code)
        self.code = code
        self.is_permanent = is_permanent
        self.may_have_arrived = may_have_arrived


class NoOperator(TextNotSent):
    """This installation sends no text messages."""


def send(number: str, text: str, message_id: str) -> None:
    """Send the text to the number; TextNotSent, or OSError when the way out is closed."""
    if settings.SMS_BACKEND == "none":
        raise NoOperator(is_permanent=True)
    backends: dict[str, Callable[[str, str, str], None]] = {
        "file": _to_file,
        "http": _by_http,
        "demonstration": _to_demonstration,
    }
    try:
        backend = backends[settings.SMS_BACKEND]
    except KeyError:
        raise ImproperlyConfigured("SMS_BACKEND on http, file, demonstration tai none.") from None
    backend(_international(number), plain(text), message_id)


def plain(text: str) -> str:
    """The text with typographers' signs as plain ones, so that it stays in the alphabet of text messages."""
    return text.strip().translate(PLAIN)


def length(text: str) -> int | None:
    """How many of the 160 places the text takes; None when it has a letter outside the alphabet."""
    if not GSM_ALPHABET.issuperset(set(text) - TWO_PLACES):
        return None
    return len(text) + sum(letter in TWO_PLACES for letter in text)


def _international(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        raise TextNotSent(is_permanent=True) from None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _to_file(number: str, text: str, message_id: str) -> None:
    """A line a message in the day's file, which only this account can read."""
    folder = settings.DATA_DIR / "tekstiviestit"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = timezone.localtime()
    line = json.dumps(
        {"at": now.isoformat(), "id": message_id, "to": number, "text": text}, ensure_ascii=False
    )
    # One write to a file opened for appending: lines of two processes never mix.
    file = os.open(folder / f"{now:%Y-%m-%d}.txt", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, f"{line}\n".encode())
    finally:
        os.close(file)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the number, the text and the token to somebody else."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Headers,
        newurl: str,
    ) -> None:
        return None


def _by_http(number: str, text: str, message_id: str) -> None:
    if not settings.SMS_URL.startswith("https://" if settings.PRODUCTION else ("https://", "http://")):
        raise ImproperlyConfigured("SMS_URL on https-osoite.")
    request = urllib.request.Request(
        settings.SMS_URL,
        data=json.dumps({"to": number, "text": text, "id": message_id}).encode(),
        headers={
            "Authorization": f"Bearer {settings.SMS_TOKEN}",
            "Content-Type": "application/json",
            "Idempotency-Key": message_id,
        },
        method="POST",
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
            response.read(0)
    except urllib.error.HTTPError as error:
        with error:
            code = error.code
        raise TextNotSent(code, is_permanent=300 <= code < 500 and code not in FOR_NOW) from None
    except urllib.error.URLError as error:
        # Nobody answered the door: nothing was said.
        raise ConnectionError(type(error.reason).__name__) from None
    except (HTTPException, TimeoutError, ConnectionError) as error:
        raise TextNotSent(may_have_arrived=True) from error


def _to_demonstration(number: str, text: str, message_id: str) -> None:
    from .demo import keep_text_message

    keep_text_message(number, text, message_id)
