"""A mailbox of the tests' own, in a process of its own, behind TLS by an authority of its own."""

import imaplib
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import trustme

from tests.imap_server import PASSWORD, USER


class Mailbox:
    """The running server: mail is put into it and looked at over IMAP."""

    def __init__(self, port: int, secure_port: int) -> None:
        self.port, self.secure_port = port, secure_port
        self.url = f"imap://{USER.decode()}:{PASSWORD.decode()}@127.0.0.1:{port}/INBOX"
        self.secure_url = f"imaps://{USER.decode()}:{PASSWORD.decode()}@127.0.0.1:{secure_port}/INBOX"

    def opened(self) -> imaplib.IMAP4:
        mailbox = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        mailbox.login(USER.decode(), PASSWORD.decode())
        mailbox.select("INBOX")
        return mailbox

    def put(self, *mails: bytes) -> None:
        mailbox = self.opened()
        for mail in mails:
            assert mailbox.append("INBOX", "()", None, mail)[0] == "OK"
        mailbox.logout()

    def numbers(self, what: str = "ALL") -> list[str]:
        mailbox = self.opened()
        _state, found = mailbox.search(None, what)
        mailbox.logout()
        return (found[0] or b"").decode().split()

    def empty(self) -> None:
        mailbox = self.opened()
        mailbox.store("1:*", "+FLAGS", r"(\Deleted)") if self.numbers() else None
        mailbox.expunge()
        mailbox.logout()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
    source.close()


def _serve_secure(listening: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):
        while True:
            plain, _address = listening.accept()
            with suppress(OSError):
                inside = context.wrap_socket(plain, server_side=True)
                behind = socket.create_connection(("127.0.0.1", port))
                for pair in ((inside, behind), (behind, inside)):
                    threading.Thread(target=_pass_on, args=pair, daemon=True).start()


@pytest.fixture(scope="session")
def imap_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Mailbox, Path]]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.imap_server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdin is not None and server.stdout is not None
    port = int(server.stdout.readline())
    authority = trustme.CA()
    certificate = tmp_path_factory.mktemp("imap") / "authority.pem"
    authority.cert_pem.write_to_path(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_serve_secure, args=(listening, context, port), daemon=True).start()
    yield Mailbox(port, listening.getsockname()[1]), certificate
    listening.close()
    server.stdin.close()
    server.stdout.close()
    server.wait(timeout=10)


@pytest.fixture
def mailbox(imap_server, settings, monkeypatch) -> Mailbox:
    """The empty mailbox, and this process set to read its answers there over TLS."""
    one, certificate = imap_server
    one.empty()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.IMAP_URL = one.secure_url
    settings.REPLY_ADDRESS = "vastaus@kuopio.example"
    return one
