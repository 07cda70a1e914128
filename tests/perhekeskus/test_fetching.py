"""Fetching what a stranger's address leads to: only what is public, and never too much or too long."""

import gzip
import os
import socket
import time
import tracemalloc

import pytest

from perhekeskus import fetching
from perhekeskus.fetching import NotFetched, Trouble, fetch, is_public, why_not_address

TYPES = ("text/calendar", "text/plain")


def trouble_of(url, **limits):
    with pytest.raises(NotFetched) as caught:
        fetch(url, types=TYPES, **limits)
    return caught.value.trouble


def test_what_is_there_comes(website):
    url = website.gives("/a.ics?key=%C3%A4", "BEGIN:VCALENDAR", ETag='"1"', Last_Modified="eilen")

    found = fetch(url, types=TYPES)

    assert (found.body, found.etag, found.last_modified) == (b"BEGIN:VCALENDAR", '"1"', "eilen")
    (asked,) = website.asked
    assert asked.headers["Host"] == f"127.0.0.1:{website.port}"
    assert "Cookie" not in asked.headers and "Authorization" not in asked.headers


def test_what_has_not_changed_is_not_sent_again(website):
    def answer(handler):
        assert handler.headers["If-None-Match"] == '"1"'
        assert handler.headers["If-Modified-Since"] == "eilen"
        handler.send_response(304)
        handler.send_header("ETag", '"1"')
        handler.end_headers()

    website.answers["/a.ics"] = answer

    found = fetch(website.url("/a.ics"), types=TYPES, etag='"1"', last_modified="eilen")

    assert found.body is None and found.etag == '"1"'


def test_an_answer_may_be_packed(website):
    assert fetch(website.packed("/a.ics", b"x" * 3000), types=TYPES).body == b"x" * 3000


# --- too much ----------------------------------------------------------------------------------------


def endless(piece, *, pause=0.0, length=None, encoding=""):
    """Send pieces until the other end hangs up."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/calendar")
        if length:
            handler.send_header("Content-Length", str(length))
        if encoding:
            handler.send_header("Content-Encoding", encoding)
        handler.end_headers()
        while True:
            handler.wfile.write(piece)
            time.sleep(pause)

    return answer


def test_fifty_megabytes_are_not_begun(website):
    website.answers["/a.ics"] = endless(b"x" * 65536, length=50_000_000)
    started = time.monotonic()
    assert trouble_of(website.url("/a.ics")) == Trouble.TOO_BIG
    assert time.monotonic() - started < 2


def test_an_endless_answer_ends(website):
    website.answers["/a.ics"] = endless(b"x" * 65536)
    assert trouble_of(website.url("/a.ics")) == Trouble.TOO_BIG


def test_exactly_as_much_as_may_be_is_not_too_much(website):
    url = website.gives("/a.ics", b"x" * 1000)
    assert fetch(url, types=TYPES, most_bytes=1000).body == b"x" * 1000
    assert trouble_of(url, most_bytes=999) == Trouble.TOO_BIG


def test_a_small_packet_that_unpacks_to_fifty_megabytes_is_too_big(website):
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 60_000
    url = website.gives("/a.ics", bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        assert trouble_of(url) == Trouble.TOO_BIG
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # It is not unpacked first and measured then.
    assert peak < 20_000_000


def test_half_an_answer_is_no_answer(website):
    """Half a calendar would say that the other half of the time is free."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/calendar")
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"x" * 60)

    website.answers["/a.ics"] = answer
    assert trouble_of(website.url("/a.ics")) == Trouble.BROKEN
    url = website.gives("/b.ics", gzip.compress(b"x" * 3000)[:-4], Content_Encoding="gzip")
    assert trouble_of(url) == Trouble.BROKEN


# --- too long ----------------------------------------------------------------------------------------


def test_an_answer_that_drips_is_cut_off(website):
    website.answers["/a.ics"] = endless(b"x", pause=0.1)
    started = time.monotonic()
    assert trouble_of(website.url("/a.ics"), most_seconds=0.6) == Trouble.TOO_SLOW
    assert time.monotonic() - started < 1.5


def test_headers_that_drip_are_cut_off(website):
    def answer(handler):
        while True:
            handler.wfile.write(b"H")
            time.sleep(0.1)

    website.answers["/a.ics"] = answer
    started = time.monotonic()
    assert trouble_of(website.url("/a.ics"), most_seconds=0.6) == Trouble.TOO_SLOW
    assert time.monotonic() - started < 1.5


def test_a_server_that_says_nothing_is_left(website, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        settings.FETCH_TEST_SERVER = f"127.0.0.1:{port}"
        started = time.monotonic()
        assert trouble_of(f"https://127.0.0.1:{port}/", most_seconds=0.4) == Trouble.TOO_SLOW
        assert time.monotonic() - started < 1.5


def test_a_name_that_nobody_finds_in_time_is_left(monkeypatch, website):
    monkeypatch.setattr(fetching, "resolve", lambda host, port: time.sleep(2))
    started = time.monotonic()
    assert trouble_of(website.url("/a.ics"), most_seconds=0.3) == Trouble.TOO_SLOW
    assert time.monotonic() - started < 1


# --- elsewhere ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "trouble"),
    [
        ("https://127.0.0.1/", Trouble.FORBIDDEN),
        ("https://localhost/", Trouble.FORBIDDEN),
        ("https://2130706433/", Trouble.FORBIDDEN),
        ("https://0x7f.1/", Trouble.FORBIDDEN),
        ("https://[::1]/", Trouble.FORBIDDEN),
        ("https://[::ffff:127.0.0.1]/", Trouble.FORBIDDEN),
        ("https://10.0.0.1/", Trouble.FORBIDDEN),
        ("https://192.168.1.1/", Trouble.FORBIDDEN),
        ("https://169.254.169.254/latest/meta-data/", Trouble.FORBIDDEN),
        ("https://224.0.0.1/", Trouble.FORBIDDEN),
        ("https://0.0.0.0/", Trouble.FORBIDDEN),
        ("https://203.0.113.7:22/", Trouble.FORBIDDEN),
        ("http://kalenteri.example/", Trouble.ADDRESS),
        ("file:///etc/passwd", Trouble.ADDRESS),
        ("ftp://kalenteri.example/", Trouble.ADDRESS),
        ("https://who:secret@kalenteri.example/", Trouble.ADDRESS),
        ("//kalenteri.example:99999/", Trouble.ADDRESS),
    ],
)
def test_a_redirect_is_checked_like_the_address_itself(website, to, trouble):
    assert trouble_of(website.sends_on("/a.ics", to)) == trouble
    assert len(website.asked) == 1


def test_a_few_redirects_are_followed_and_a_ring_of_them_is_not(website):
    website.gives("/d.ics", "BEGIN:VCALENDAR")
    for start, end in (("/a.ics", "/b.ics"), ("/b.ics", "c.ics"), ("/c.ics", website.url("/d.ics"))):
        website.sends_on(start, end, status=307)
    website.sends_on("/e.ics", "/a.ics")
    website.sends_on("/ring.ics", "/ring.ics")

    assert fetch(website.url("/a.ics"), types=TYPES).body == b"BEGIN:VCALENDAR"
    assert trouble_of(website.url("/e.ics")) == Trouble.REDIRECTS
    website.asked.clear()
    assert trouble_of(website.url("/ring.ics")) == Trouble.REDIRECTS
    assert len(website.asked) == 1 + fetching.MOST_REDIRECTS


def test_the_connection_goes_to_the_very_address_that_was_checked(website, monkeypatch):
    """A name that is public when it is checked and private a moment later is looked up once."""
    answers = iter([[(socket.AF_INET, "127.0.0.1")], [(socket.AF_INET, "10.0.0.1")]])
    monkeypatch.setattr(fetching, "resolve", lambda host, port: next(answers))
    website.gives("/a.ics", "BEGIN:VCALENDAR")
    url = f"https://kalenteri.example:{website.port}/a.ics"

    assert fetch(url, types=TYPES).body == b"BEGIN:VCALENDAR"
    assert website.asked[0].headers["Host"] == f"kalenteri.example:{website.port}"
    assert trouble_of(url) == Trouble.FORBIDDEN


def test_a_name_of_which_one_address_is_private_is_not_asked(website, monkeypatch):
    both = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "fd00::1")]
    monkeypatch.setattr(fetching, "resolve", lambda host, port: both)
    assert trouble_of(f"https://kalenteri.example:{website.port}/") == Trouble.FORBIDDEN
    assert website.asked == []


def test_no_proxy_of_the_environment_is_used(website, monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:9/")
    assert fetch(website.gives("/a.ics", "BEGIN:VCALENDAR"), types=TYPES).body


def test_without_the_setting_of_the_tests_this_machine_is_out_of_reach(website, settings):
    settings.FETCH_TEST_SERVER = ""
    settings.FETCH_PORTS = [website.port]
    assert trouble_of(website.url("/a.ics")) == Trouble.FORBIDDEN
    assert website.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("64:ff9b::808:808", True),
        ("::ffff:8.8.8.8", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:53aa:64c::1", False),
        ("2001:db8::1", False),
        ("fc00::1", False),
        ("fd00::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("kalenteri.example", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "",
        "kalenteri.example/a.ics",
        "http://kalenteri.example/a.ics",
        "https://",
        "https:///a.ics",
        "https://who@kalenteri.example/a.ics",
        "https://kalenteri.example/a b.ics",
        "https://kalenteri.example/a\r\nHost:x",
        "https://kalenteri.example:https/",
        "https://[::1/",
        "https://kalenteri.example/" + "a" * 2000,
    ],
)
def test_an_address_that_is_none(url):
    assert why_not_address(url) == Trouble.ADDRESS


# --- something else ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ({"status": 404}, Trouble.REFUSED),
        ({"status": 401}, Trouble.REFUSED),
        ({"status": 503}, Trouble.BROKEN),
        ({"status": 204}, Trouble.REFUSED),
        ({"type": "text/html"}, Trouble.WRONG_TYPE),
        ({"type": "image/png"}, Trouble.WRONG_TYPE),
        ({"Content_Encoding": "br"}, Trouble.BROKEN),
        ({"Content_Encoding": "gzip"}, Trouble.BROKEN),
    ],
)
def test_what_is_not_a_calendar_is_not_read(website, answer, trouble):
    assert trouble_of(website.gives("/a.ics", b"x", **answer)) == trouble


def test_a_server_that_does_not_speak_http_is_broken(website):
    website.answers["/a.ics"] = lambda handler: handler.wfile.write(b"\x00\xffnonsense\r\n\r\n")
    assert trouble_of(website.url("/a.ics")) == Trouble.BROKEN


def test_a_certificate_of_nobody_we_know_is_refused(website, settings, tmp_path):
    settings.FETCH_TEST_CA = ""
    assert trouble_of(website.url("/a.ics")) == Trouble.CERTIFICATE
    assert website.asked == []


def test_a_certificate_for_another_name_is_refused(website, monkeypatch):
    monkeypatch.setattr(fetching, "resolve", lambda host, port: [(socket.AF_INET, "127.0.0.1")])
    assert trouble_of(f"https://muu.example:{website.port}/") == Trouble.CERTIFICATE


def test_a_closed_port_is_unreachable(website, settings):
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]
    settings.FETCH_TEST_SERVER = f"127.0.0.1:{port}"
    assert trouble_of(f"https://127.0.0.1:{port}/") == Trouble.UNREACHABLE


def test_the_words_of_a_failure_hold_no_part_of_the_address(website):
    with pytest.raises(NotFetched) as caught:
        fetch(website.gives("/salainen.ics", b"", status=404), types=TYPES)
    assert "salainen" not in str(caught.value) and "127" not in str(caught.value)
