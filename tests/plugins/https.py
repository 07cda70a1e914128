"""An HTTPS server of the tests' own, with a certificate of its own authority: it answers as it is told."""

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

ICS = "text/calendar; charset=utf-8"
Answer = Callable[[BaseHTTPRequestHandler], None]


class Website:
    """Answers by path, and what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[BaseHTTPRequestHandler] = []
        authority = trustme.CA()
        self.authority = folder / "authority.pem"
        authority.cert_pem.write_to_path(self.authority)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1", "kalenteri.example").configure_cert(context)
        website = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                website.asked.append(self)
                self.close_connection = True
                website.answers[self.path](self)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is printed in a test."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def get_request(self) -> Any:
                plain, address = super().get_request()
                # The handshake is made in the request's own thread: a silent client keeps nobody waiting.
                return context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that hangs up is what many of these tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True)
        self.thread.start()

    def url(self, path: str) -> str:
        return f"https://127.0.0.1:{self.port}{path}"

    def gives(
        self, path: str, body: bytes | str, *, status: int = 200, type: str = ICS, **headers: str
    ) -> str:
        """Answer the path with this; its whole address."""
        content = body.encode() if isinstance(body, str) else body

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Type", type)
            handler.send_header("Content-Length", str(len(content)))
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(content)

        self.answers[path] = answer
        return self.url(path)

    def packed(self, path: str, body: bytes) -> str:
        return self.gives(path, gzip.compress(body), Content_Encoding="gzip")

    def sends_on(self, path: str, to: str, status: int = 302) -> str:
        return self.gives(path, b"", status=status, Location=to)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture(scope="session")
def _website(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    website = Website(tmp_path_factory.mktemp("https"))
    yield website
    website.close()


@pytest.fixture
def website(_website: Website, settings: Any) -> Website:
    """A running HTTPS server, the only one that this process may fetch from."""
    _website.answers.clear()
    _website.asked.clear()
    settings.FETCH_TEST_SERVER = f"127.0.0.1:{_website.port}"
    settings.FETCH_TEST_CA = str(_website.authority)
    return _website
