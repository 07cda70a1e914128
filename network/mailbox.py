"""The mailbox to which calendars send their answers, read over IMAP."""

import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError

from .replies import MOST_BYTES

log = logging.getLogger(__name__)

SECONDS_TO_WAIT = 20
MOST_AT_ONCE = 200


def read_new(take: Callable[[bytes], bool]) -> int:
    """Give every unread mail to `take` as bytes, and return how many it took.

    What was taken is deleted from the mailbox; what was not is marked as read and left for people. A mail
    that the database could not take stays unread and comes again.
    """
    taken = 0
    with _opened() as mailbox:
        for uid in _unread(mailbox)[:MOST_AT_ONCE]:
            raw = _fetched(mailbox, uid)
            try:
                is_taken = raw is not None and take(raw)
            except DatabaseError as error:
                # Its words could hold the mail's: the type says enough.
                log.warning("mailbox: a mail failed: %s", type(error).__name__)
                continue
            except Exception:
                # One mail that we stumble on keeps no other waiting, now or at the next round.
                log.exception("mailbox: a mail could not be read")
                is_taken = False
            mailbox.uid("STORE", uid, "+FLAGS", r"(\Seen \Deleted)" if is_taken else r"(\Seen)")
            taken += is_taken
        if taken:
            mailbox.expunge()
    return taken


@contextmanager
def _opened() -> Iterator[imaplib.IMAP4]:
    address = urlsplit(settings.IMAP_URL)
    host = address.hostname or ""
    mailbox: imaplib.IMAP4
    if address.scheme == "imaps":
        mailbox = imaplib.IMAP4_SSL(
            host, address.port or 993, ssl_context=ssl.create_default_context(), timeout=SECONDS_TO_WAIT
        )
    else:
        mailbox = imaplib.IMAP4(host, address.port or 143, timeout=SECONDS_TO_WAIT)
    try:
        mailbox.login(unquote(address.username or ""), unquote(address.password or ""))
        state, _words = mailbox.select(_quoted(unquote(address.path.strip("/")) or "INBOX"))
        if state != "OK":
            raise imaplib.IMAP4.error("no such mailbox")
        yield mailbox
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            mailbox.logout()


def _unread(mailbox: imaplib.IMAP4) -> list[str]:
    _state, found = mailbox.uid("SEARCH", "UNSEEN", "UNDELETED")
    return found[0].decode("ascii").split() if found and found[0] else []


def _fetched(mailbox: imaplib.IMAP4, uid: str) -> bytes | None:
    """The whole mail; None when it is gone, or too big to be a calendar's answer: it is not even fetched."""
    _state, told = mailbox.uid("FETCH", uid, "(RFC822.SIZE)")
    size = re.search(rb"RFC822\.SIZE (\d+)", told[0]) if told and isinstance(told[0], bytes) else None
    if size is None or int(size[1]) > MOST_BYTES:
        return None
    _state, parts = mailbox.uid("FETCH", uid, "(BODY.PEEK[])")
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
