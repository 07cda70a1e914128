"""Fetching what is at an address that somebody else has given, without being led where nobody may look.

Only https, only the public Internet: a name is resolved once, every address it has is checked, and the
connection goes to the very address that was checked, so a name that changes its mind in between leads
nowhere. Each redirect is checked the same way. No proxy of the environment, no cookies, no credentials.
Size, redirects and the whole time are limited. Why so: docs/adr/0011-calendars.md.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

MOST_BYTES = 5_000_000
MOST_SECONDS = 20.0
CONNECT_SECONDS = 5.0
MOST_REDIRECTS = 3
MOST_ADDRESSES = 4
LONGEST_URL = 2_000
PIECE = 65_536

REDIRECTS = {301, 302, 303, 307, 308}
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
TEREDO = ipaddress.IPv6Network("2001::/32")
LOCAL_ENDINGS = (".localhost", ".local", ".localdomain", ".internal", ".lan", ".home.arpa")
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")


class Trouble(StrEnum):
    """Why nothing was fetched."""

    ADDRESS = "address"
    FORBIDDEN = "forbidden"
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    TOO_SLOW = "too_slow"
    REDIRECTS = "redirects"
    REFUSED = "refused"
    BROKEN = "broken"
    TOO_BIG = "too_big"
    WRONG_TYPE = "wrong_type"


class NotFetched(Exception):
    """Nothing was fetched; `trouble` says why. The words hold no part of the address."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


@dataclass(frozen=True)
class Fetched:
    """What came. `body` is None when it has not changed since the last time."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""


def why_not_address(url: str) -> Trouble | None:
    """Whether the address is one that can be fetched at all, asked without fetching."""
    try:
        _parts(url)
    except NotFetched as refused:
        return refused.trouble
    return None


def is_local(url: str) -> bool:
    """Whether the address by itself leads to one's own machine or network; nothing is resolved."""
    try:
        parts = _parts(url)
    except NotFetched:
        return False
    host = (parts.hostname or "").rstrip(".")
    if f"{host}:{parts.port or 443}" == settings.FETCH_TEST_SERVER:
        return False
    number = _number(host)
    if number:
        return not is_public(number)
    return "." not in host or host.endswith(LOCAL_ENDINGS)


def _number(host: str) -> str:
    """The numeric address that the host is, also in the old ways of writing one; empty when it is a name."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(host.partition("%")[0]))
    with suppress(OSError):
        return socket.inet_ntoa(socket.inet_aton(host))
    return ""


def fetch(
    url: str,
    *,
    types: Collection[str],
    etag: str = "",
    last_modified: str = "",
    most_bytes: int = MOST_BYTES,
    most_seconds: float = MOST_SECONDS,
) -> Fetched:
    """What is at the address, of one of the content types. `etag` and `last_modified` are the last answer's.

    Sizes are in bytes, unpacked; times in seconds, everything included. Raises NotFetched.
    """
    until = _Until(most_seconds)
    headers = {
        "User-Agent": "YhteinenAika",
        "Accept": ", ".join(types),
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    for _hop in range(MOST_REDIRECTS + 1):
        found = _ask(_parts(url), headers, until, types, most_bytes)
        if isinstance(found, Fetched):
            return found
        url = urljoin(url, found)
    raise NotFetched(Trouble.REDIRECTS)


# --- where to ----------------------------------------------------------------------------------------


def _parts(url: str) -> SplitResult:
    """The parts of an address that may be asked."""
    if len(url) > LONGEST_URL or not url.isascii() or any(sign <= " " for sign in url):
        raise NotFetched(Trouble.ADDRESS)
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise NotFetched(Trouble.ADDRESS) from None
    if parts.scheme != "https" or not parts.hostname or len(parts.hostname) > 253:
        raise NotFetched(Trouble.ADDRESS)
    if parts.username is not None or parts.password is not None:
        raise NotFetched(Trouble.ADDRESS)
    if port not in settings.FETCH_PORTS and not (
        settings.FETCH_TEST_SERVER and str(port) == settings.FETCH_TEST_SERVER.rpartition(":")[2]
    ):
        raise NotFetched(Trouble.FORBIDDEN)
    return parts


def is_public(address: str) -> bool:
    """Whether the numeric address is on the public Internet, also behind the wrappings of IPv6."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        if number.ipv4_mapped is not None:
            number = number.ipv4_mapped
        elif number in NAT64:
            number = ipaddress.IPv4Address(number.packed[-4:])
        elif number not in PUBLIC_IPV6 or number.sixtofour is not None or number in TEREDO:
            return False
    return number.is_global and not number.is_multicast and not number.is_reserved


def resolve(host: str, port: int) -> list[tuple[int, str]]:
    """The family and number of each address that the name has just now."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((int(family), str(address[0])) for family, _t, _p, _c, address in found))


def _checked_addresses(host: str, port: int, until: "_Until") -> list[tuple[int, str]]:
    """Where the name leads; nowhere when any of it is not public."""
    try:
        addresses = until.limited(lambda: resolve(host, port))
    except (OSError, UnicodeError):
        raise NotFetched(Trouble.UNKNOWN_HOST) from None
    for _family, address in addresses:
        if not is_public(address) and f"{address}:{port}" != settings.FETCH_TEST_SERVER:
            raise NotFetched(Trouble.FORBIDDEN)
    if not addresses:
        raise NotFetched(Trouble.UNKNOWN_HOST)
    return addresses[:MOST_ADDRESSES]


# --- the time that is left ---------------------------------------------------------------------------


class _Until:
    """A moment by which everything is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """The seconds that are left; NotFetched when there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise NotFetched(Trouble.TOO_SLOW)
        return seconds if most is None else min(seconds, most)

    def limited(self, work: Callable[[], Any]) -> Any:
        """What the work gives; it is left behind when it is late, for looking a name up has no limit."""
        answers: list[Any] = []
        errors: list[Exception] = []

        def run() -> None:
            try:
                answers.append(work())
            except (OSError, UnicodeError) as error:
                errors.append(error)

        worker = threading.Thread(target=run, daemon=True)
        worker.start()
        worker.join(self.left())
        if errors:
            raise errors[0]
        if not answers:
            raise NotFetched(Trouble.TOO_SLOW)
        return answers[0]


class _TimedReader(io.RawIOBase):
    """What comes from the socket, each piece within the time that is left for the whole."""

    def __init__(self, connected: ssl.SSLSocket, until: _Until) -> None:
        self._socket, self._until = connected, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(self._until.left())
        return self._socket.recv_into(buffer)


class _TimedSocket:
    """As much of a socket as http.client asks for."""

    def __init__(self, connected: ssl.SSLSocket, until: _Until) -> None:
        self._socket, self._until = connected, until

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._socket, self._until))

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._until.left())
        self._socket.sendall(data)

    def close(self) -> None:
        """It is still being read when http.client has no more use for it: `_ask` closes it."""


# --- asking ------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _trust(authority: str) -> ssl.SSLContext:
    """Whom to believe: the machine's own authorities, or the one of the tests."""
    context = ssl.create_default_context(cafile=authority or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _connected(parts: SplitResult, until: _Until) -> ssl.SSLSocket:
    host, port = parts.hostname or "", parts.port or 443
    trouble = Trouble.UNREACHABLE
    for family, address in _checked_addresses(host, port, until):
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(until.left(CONNECT_SECONDS))
            plain.connect((address, port))
            plain.settimeout(until.left())
            return _trust(settings.FETCH_TEST_CA).wrap_socket(plain, server_hostname=host)
        except ssl.SSLCertVerificationError:
            trouble = Trouble.CERTIFICATE
        except (OSError, UnicodeError):
            trouble = trouble if trouble == Trouble.CERTIFICATE else Trouble.UNREACHABLE
        plain.close()
    until.left()
    raise NotFetched(trouble)


def _ask(
    parts: SplitResult, headers: dict[str, str], until: _Until, types: Collection[str], most_bytes: int
) -> Fetched | str:
    """The answer, or the address that it sends on to."""
    connected = _connected(parts, until)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 443)
    # The standard library would look the name up a second time, and come to another address.
    connection.sock = _TimedSocket(connected, until)
    # Named without the port when it is the usual one, as browsers do.
    connection.default_port = 443
    path = parts.path or "/"
    try:
        connection.request("GET", f"{path}?{parts.query}" if parts.query else path, headers=headers)
        answer = connection.getresponse()
        return _answered(answer, types, most_bytes)
    except TimeoutError:
        raise NotFetched(Trouble.TOO_SLOW) from None
    except (OSError, http.client.HTTPException, ValueError, zlib.error):
        raise NotFetched(Trouble.BROKEN) from None
    finally:
        connection.close()
        connected.close()


def _answered(answer: http.client.HTTPResponse, types: Collection[str], most_bytes: int) -> Fetched | str:
    if answer.status in REDIRECTS and (onward := answer.headers.get("Location")):
        return onward
    etag, last_modified = (_header(answer, name) for name in ("ETag", "Last-Modified"))
    if answer.status == 304:
        return Fetched(None, etag, last_modified)
    if answer.status != 200:
        raise NotFetched(Trouble.BROKEN if answer.status >= 500 else Trouble.REFUSED)
    if answer.headers.get_content_type() not in types:
        raise NotFetched(Trouble.WRONG_TYPE)
    if (answer.length or 0) > most_bytes:
        raise NotFetched(Trouble.TOO_BIG)
    return Fetched(_body(answer, most_bytes), etag, last_modified)


def _body(answer: http.client.HTTPResponse, most_bytes: int) -> bytes:
    """The bytes, unpacked piece by piece: neither an endless nor a packed answer outgrows the limit."""
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise NotFetched(Trouble.BROKEN)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding != "identity" else None
    body = bytearray()
    received = 0
    while piece := answer.read(PIECE):
        received += len(piece)
        body += unpack.decompress(piece, most_bytes + 1 - len(body)) if unpack else piece
        if len(body) > most_bytes or received > most_bytes:
            raise NotFetched(Trouble.TOO_BIG)
    # Broken off in the middle: half a calendar would say that the rest of it is free.
    if answer.length or (unpack and not unpack.eof):
        raise NotFetched(Trouble.BROKEN)
    return bytes(body)


def _header(answer: http.client.HTTPResponse, name: str) -> str:
    """A header to be sent back as it came; a strange one is not kept."""
    value = answer.headers.get(name, "")
    longest = 300 if name == "ETag" else 100
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""
