"""A calendar's answer (iCalendar REPLY, RFC 5546): the address it is sent to, and what it says.

The address holds a secret of that one invitation, so that a mail under somebody's name changes nothing.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256
from itertools import islice
from uuid import UUID

from django.conf import settings
from icalendar import Calendar, Component

from .models import Invitation
from .states import InvitationStatus


def reply_address(invitation: Invitation) -> str:
    """vastaus+<secret>@…; empty when no mailbox is read for answers."""
    if not settings.REPLY_ADDRESS:
        return ""
    local, _at, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{local}+{_secret(settings.SECRET_KEY, invitation)}@{domain}"


def is_secret_of(invitation: Invitation, secret: str) -> bool:
    """Whether the address was the one in this invitation's own calendar entry."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(_secret(key, invitation).encode(), secret.encode()) for key in keys)


def _secret(key: str, invitation: Invitation) -> str:
    # 128 bits, in letters that no mail server changes to other ones.
    purpose = f"calendar-reply:{invitation.link.nonce}"
    return hmac.new(key.encode(), purpose.encode(), sha256).hexdigest()[:32]


# --- what a calendar has sent ------------------------------------------------------------------------

MOST_BYTES = 500_000
MOST_CALENDAR_BYTES = 64_000
MOST_PARTS = 25
ANSWERS = {
    "ACCEPTED": InvitationStatus.ACCEPTED,
    "TENTATIVE": InvitationStatus.TENTATIVE,
    "DECLINED": InvitationStatus.DECLINED,
}
# Strangers write these: whatever a parser stumbles on, it is not an answer.
STUMBLED_ON = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MessageError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
# Where the secret can be: some servers keep the address of the envelope in one of these, some in none.
ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")


@dataclass(frozen=True)
class Reply:
    """A calendar's answer: to which event, by whom, what, when; and the secrets that it came with."""

    key: str
    uid: UUID
    sequence: int
    attendee: str
    status: InvitationStatus
    stamp: datetime
    secrets: frozenset[str]


def read_reply(raw: bytes) -> Reply | None:
    """The calendar's answer that the mail carries; None when it is anything else, or too big to be one."""
    if len(raw) > MOST_BYTES:
        return None
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        written = _calendar_of(mail)
        return _reply(mail, Calendar.from_ical(written), raw) if written is not None else None
    except STUMBLED_ON:
        return None


def _calendar_of(mail: Message) -> bytes | None:
    for part in islice(mail.walk(), MOST_PARTS):
        if part.get_content_type() in {"text/calendar", "application/ics"}:
            written = part.get_payload(decode=True)
            if isinstance(written, bytes) and len(written) <= MOST_CALENDAR_BYTES:
                return written
    return None


def _reply(mail: Message, calendar: Component, raw: bytes) -> Reply | None:
    events = calendar.walk("VEVENT")
    if str(calendar.get("method", "")).upper() != "REPLY" or len(events) != 1:
        return None
    event = events[0]
    attendee = event["attendee"]
    status = ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    stamp = event.decoded("dtstamp")
    if status is None or "recurrence-id" in event or stamp.tzinfo is None:
        return None
    return Reply(
        key=sha256(str(mail.get("message-id") or "").strip().encode() or raw).hexdigest(),
        uid=UUID(str(event["uid"]).partition("@")[0]),
        sequence=int(event.get("sequence", 0)),
        attendee=_address(attendee),
        status=status,
        stamp=stamp,
        secrets=_secrets_of(mail, event),
    )


def _secrets_of(mail: Message, event: Component) -> frozenset[str]:
    headers = [str(value) for name in ADDRESSED for value in mail.get_all(name, [])]
    addresses = [address for _name, address in getaddresses(headers)]
    if "organizer" in event:
        addresses.append(_address(event["organizer"]))
    local, _at, domain = settings.REPLY_ADDRESS.lower().rpartition("@")
    ours = re.compile(rf"{re.escape(local)}\+([0-9a-f]{{32}})@{re.escape(domain)}")
    return frozenset(match[1] for one in addresses if (match := ours.fullmatch(one.strip().lower())))


def _address(value: object) -> str:
    return re.sub(r"^mailto:", "", str(value).strip(), flags=re.IGNORECASE).lower()
