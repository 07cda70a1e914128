"""The kinds of message. Each floor registers its own when it loads; the ground knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from ..models import Message


@dataclass(frozen=True)
class Attachment:
    """A file that goes along with an e-mail."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Letter:
    """The words of one message. A text message has its `text` only."""

    subject: str
    text: str
    html: str = ""
    calendar: bytes | None = None
    # REQUEST, PUBLISH or CANCEL, when there is a calendar.
    calendar_method: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Kind:
    """What is said in messages of a kind, and when they are no longer to be said."""

    name: str
    # Called outside any lock, in the message's language.
    compose: Callable[[Message], Letter]
    # Asked at the moment of sending: a word for why the message is no longer needed, or None.
    why_not: Callable[[Message], str | None]
    # What people call it, on the list of what could not be delivered.
    label: str | Promise = ""
    # Where it goes now, asked with why_not: an address may have been changed or mended since it was queued.
    # Empty: nowhere any more. Left out: where it was queued to.
    address: Callable[[Message], str] | None = None
    # All its words are in the catalogues; without it a letter goes out in Finnish, not half in a language.
    translated: bool = False


class UnknownKind(LookupError):
    """No floor has registered this kind."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make the kind known; a name is registered once."""
    if kind.name in _kinds:
        raise ValueError(f"The kind {kind.name} is registered twice.")
    _kinds[kind.name] = kind
    return kind


def kind_of(message: Message) -> Kind:
    """The message's kind; UnknownKind when nobody has registered it."""
    try:
        return _kinds[message.kind]
    except KeyError:
        raise UnknownKind(message.kind) from None
