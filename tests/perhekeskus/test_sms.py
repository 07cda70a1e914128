"""Text messages: what is written, what is posted, and what each answer means."""

import json
import socket
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from perhekeskus import sms
from perhekeskus.embedded.process import free_port
from perhekeskus.models import DemonstrationMail


class Operator:
    """An operator's HTTP interface: what it was asked, and what it is to answer."""

    def __init__(self) -> None:
        self.answers = 202
        self.location = ""
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/viestit"


@pytest.fixture
def operator(settings) -> Iterator[Operator]:
    one = Operator()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            one.asked.append((self.path, dict(self.headers), body))
            self.send_response(one.answers)
            if one.location:
                self.send_header("Location", one.location)
            self.end_headers()

        do_GET = do_POST

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    one.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.SMS_BACKEND = "http"
    settings.SMS_URL = one.url
    settings.SMS_TOKEN = "salainen"
    yield one
    server.shutdown()
    server.server_close()
    thread.join()


class TestHttp:
    def test_one_post_with_a_token_and_an_id(self, operator):
        sms.send("040 123 4567", "Kutsu: yhteinen aika ma 15.3. klo 9.30–11", "viesti-1")
        ((path, headers, body),) = operator.asked
        assert path == "/viestit"
        assert headers["Authorization"] == "Bearer salainen"
        assert headers["Idempotency-Key"] == "viesti-1"
        assert body == {
            "to": "+358401234567",
            "text": "Kutsu: yhteinen aika ma 15.3. klo 9.30-11",
            "id": "viesti-1",
        }

    @pytest.mark.parametrize(
        ("code", "is_permanent"),
        [(400, True), (404, True), (422, True), (401, False), (429, False), (500, False), (503, False)],
    )
    def test_what_an_answer_means(self, operator, code, is_permanent):
        operator.answers = code
        with pytest.raises(sms.TextNotSent) as refused:
            sms.send("0401234567", "Hei", "1")
        assert (refused.value.code, refused.value.is_permanent) == (code, is_permanent)

    @pytest.mark.parametrize("code", [301, 302, 307, 308])
    def test_a_redirect_is_not_followed(self, operator, code):
        operator.answers, operator.location = code, operator.url + "/muualle"
        with pytest.raises(sms.TextNotSent) as refused:
            sms.send("0401234567", "Hei", "1")
        assert refused.value.code == code
        assert len(operator.asked) == 1, "the token went elsewhere"

    def test_nobody_at_home_is_for_now(self, operator, settings):
        settings.SMS_URL = f"http://127.0.0.1:{free_port()}/"
        with pytest.raises(ConnectionError):
            sms.send("0401234567", "Hei", "1")

    def test_an_operator_that_never_answers_may_have_taken_it(self, settings, monkeypatch):
        monkeypatch.setattr(sms, "TIMEOUT_SECONDS", 0.3)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings.SMS_BACKEND = "http"
            settings.SMS_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"
            with pytest.raises(sms.TextNotSent) as refused:
                sms.send("0401234567", "Hei", "1")
        assert refused.value.may_have_arrived and not refused.value.is_permanent

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", ""])
    def test_only_http(self, operator, settings, url):
        settings.SMS_URL = url
        with pytest.raises(ImproperlyConfigured):
            sms.send("0401234567", "Hei", "1")

    def test_production_asks_for_https(self, operator, settings):
        settings.PRODUCTION = True
        with pytest.raises(ImproperlyConfigured):
            sms.send("0401234567", "Hei", "1")
        assert operator.asked == []


class TestFile:
    def test_a_line_a_message_for_this_account_only(self, settings, tmp_path):
        settings.SMS_BACKEND, settings.DATA_DIR = "file", tmp_path
        sms.send("0401234567", "Ensimmäinen", "1")
        sms.send("+358407654321", "Toinen\nrivi", "2")
        (file,) = (tmp_path / "tekstiviestit").iterdir()
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        assert [(line["to"], line["text"], line["id"]) for line in lines] == [
            ("+358401234567", "Ensimmäinen", "1"),
            ("+358407654321", "Toinen\nrivi", "2"),
        ]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_what_is_no_number_is_for_good(self, settings, tmp_path):
        settings.SMS_BACKEND, settings.DATA_DIR = "file", tmp_path
        with pytest.raises(sms.TextNotSent) as refused:
            sms.send("ei numero", "Hei", "1")
        assert refused.value.is_permanent


@pytest.mark.django_db
def test_the_demonstration_keeps_it(settings):
    settings.SMS_BACKEND, settings.DEMONSTRATION = "demonstration", True
    sms.send("0401234567", "Hei", "1")
    sms.send("0401234567", "Hei", "1")
    (kept,) = DemonstrationMail.objects.all()
    assert (kept.channel, kept.recipient, kept.text) == ("sms", "+358401234567", "Hei")


def test_without_an_operator_nothing_counts_as_sent(settings):
    settings.SMS_BACKEND = "none"
    with pytest.raises(sms.NoOperator) as refused:
        sms.send("0401234567", "Hei", "1")
    assert refused.value.is_permanent


def test_an_unknown_backend_is_said_aloud(settings):
    settings.SMS_BACKEND = "savumerkit"
    with pytest.raises(ImproperlyConfigured):
        sms.send("0401234567", "Hei", "1")


@pytest.mark.parametrize(
    ("text", "length"),
    [("Hei", 3), ("äöåÄÖÅ", 6), ("5 €", 4), ("[a]", 5), ("š", None), ("č", None), ("Hei 😊", None), ("", 0)],
)
def test_how_much_room_a_text_takes(text, length):
    assert sms.length(text) == length


def test_typographers_signs_become_plain():
    assert sms.plain(" 9.30–11\xa0”aika”… ") == '9.30-11 "aika"...'
