"""A mail server that speaks IMAP, in a process of its own: one mailbox in memory, filled over IMAP itself.

`python -m tests.imap_server` prints its port and serves until its standard input ends.
"""

import sys
from email import message_from_bytes
from email.utils import formatdate
from io import BytesIO
from typing import Any

from twisted.internet import defer, protocol, reactor, stdio
from twisted.mail import imap4
from zope.interface import implementer

USER, PASSWORD = b"vastaus", b"salainen"


@implementer(imap4.IMessage)
class Mail:
    """One mail: its bytes, its flags, its number."""

    def __init__(self, raw: bytes, flags: list[str], uid: int) -> None:
        self.raw, self.flags, self.uid = raw, set(flags), uid
        self.parsed = message_from_bytes(raw)

    def getUID(self) -> int:
        return self.uid

    def getFlags(self) -> list[str]:
        return sorted(self.flags)

    def getInternalDate(self) -> str:
        return formatdate()

    def getHeaders(self, negate: bool, *names: str) -> dict[str, str]:
        wanted = {name.lower() for name in names}
        return {
            name.lower(): value
            for name, value in self.parsed.items()
            if not wanted or (name.lower() in wanted) != negate
        }

    def getBodyFile(self) -> BytesIO:
        return BytesIO(self.raw.partition(b"\r\n\r\n")[2])

    def getSize(self) -> int:
        return len(self.raw)

    def isMultipart(self) -> bool:
        return False

    def getSubPart(self, part: int) -> Any:
        raise IndexError(part)


@implementer(imap4.IMessageFile)
class WholeMail(Mail):
    """Gives its very bytes, as they came."""

    def open(self) -> BytesIO:
        return BytesIO(self.raw)


@implementer(imap4.IMailbox)
class Mailbox:
    """The one mailbox."""

    def __init__(self) -> None:
        self.mails: list[WholeMail] = []
        self.listeners: list[Any] = []
        self.next = 1

    def getUIDValidity(self) -> int:
        return 1

    def getUIDNext(self) -> int:
        return self.next

    def getUID(self, message: int) -> int:
        return self.mails[message - 1].uid

    def getMessageCount(self) -> int:
        return len(self.mails)

    def getRecentCount(self) -> int:
        return 0

    def getUnseenCount(self) -> int:
        return sum("\\Seen" not in mail.flags for mail in self.mails)

    def isWriteable(self) -> bool:
        return True

    def getFlags(self) -> list[str]:
        return ["\\Seen", "\\Deleted"]

    def getHierarchicalDelimiter(self) -> str:
        return "/"

    def requestStatus(self, names: list[str]) -> Any:
        return imap4.statusRequestHelper(self, names)

    def addListener(self, listener: Any) -> None:
        self.listeners.append(listener)

    def removeListener(self, listener: Any) -> None:
        self.listeners.remove(listener)

    def addMessage(self, message: Any, flags: Any = (), date: Any = None) -> Any:
        # A short one comes as bytes, a long one as a file.
        raw = message if isinstance(message, bytes) else message.read()
        self.mails.append(WholeMail(raw, [str(flag) for flag in flags], self.next))
        self.next += 1
        return defer.succeed(None)

    def _chosen(self, messages: Any, uid: bool) -> list[tuple[int, WholeMail]]:
        last = self.mails[-1].uid if uid and self.mails else len(self.mails)
        messages.last = last
        return [
            (number, mail)
            for number, mail in enumerate(self.mails, start=1)
            if (mail.uid if uid else number) in messages
        ]

    def fetch(self, messages: Any, uid: bool) -> list[tuple[int, WholeMail]]:
        return self._chosen(messages, uid)

    def store(self, messages: Any, flags: Any, mode: int, uid: bool) -> dict[int, list[str]]:
        given = {str(flag) for flag in flags}
        chosen = self._chosen(messages, uid)
        for _number, mail in chosen:
            mail.flags = {0: given, 1: mail.flags | given, -1: mail.flags - given}[mode]
        return {number: mail.getFlags() for number, mail in chosen}

    def expunge(self) -> list[int]:
        gone = [number for number, mail in enumerate(self.mails, start=1) if "\\Deleted" in mail.flags]
        self.mails = [mail for mail in self.mails if "\\Deleted" not in mail.flags]
        return gone

    def destroy(self) -> None:
        raise imap4.MailboxException("It stays.")


class Server(imap4.IMAP4Server):
    """Lets one user in."""

    def __init__(self, account: Any) -> None:
        super().__init__()
        self.one_account = account

    def authenticateLogin(self, user: bytes, password: bytes) -> Any:
        if (user, password) != (USER, PASSWORD):
            return defer.fail(imap4.IllegalClientResponse("no"))
        return imap4.IAccount, self.one_account, lambda: None


class Ending(protocol.Protocol):
    """Ends the process with the one that started it."""

    def connectionLost(self, reason: Any = None) -> None:
        if reactor.running:
            reactor.stop()


def serve() -> None:
    account = imap4.MemoryAccount(USER.decode())
    account.addMailbox("INBOX", Mailbox())
    factory = protocol.ServerFactory()
    factory.buildProtocol = lambda address: Server(account)  # type: ignore[method-assign]
    port = reactor.listenTCP(0, factory, interface="127.0.0.1")
    sys.stdout.write(f"{port.getHost().port}\n")
    sys.stdout.flush()
    stdio.StandardIO(Ending())
    reactor.run()


if __name__ == "__main__":
    serve()
