"""The door of a link's pages: open in this browser, for this link, for as long as somebody is there.

It is a key of its own in the session: signing in opens no such door, and the door signs nobody in. The
family's own pages have one, and the copies of its plan another.
"""

import time

from django.conf import settings
from django.http import HttpRequest

from .models import AccessLink
from .sealing import hashed

DOOR = "family_door"
COPY_DOOR = "copy_door"
# Everything that is kept of a family in a session begins with one of these, and goes with the door.
OF_FAMILY = ("family_", "copy_")
# How old the note of the latest visit may grow before it is written anew.
NOTED_SECONDS = 60


def is_open(request: HttpRequest, link: AccessLink, door: str = DOOR) -> bool:
    """Whether this browser has given the link's code and has not been away for too long; notes the visit."""
    opened = request.session.get(door)
    if not opened or opened["link"] != link.pk:
        return False
    away = time.time() - opened["seen"]
    if away > settings.FAMILY_IDLE_MINUTES * 60:
        return False
    if away > NOTED_SECONDS:
        request.session[door] = {"link": link.pk, "seen": time.time()}
    return True


def open_door(request: HttpRequest, link: AccessLink, door: str = DOOR) -> None:
    """Let this browser in by the link, in a new session; what it had open of another family is shut."""
    kept = request.session.get(door) or {}
    if kept.get("link") != link.pk:
        _forget(request)
    request.session.cycle_key()
    request.session[door] = {"link": link.pk, "seen": time.time()}


def close_door(request: HttpRequest) -> None:
    """Forget everything of the family in this browser."""
    if request.user.is_authenticated:
        _forget(request)
        request.session.cycle_key()
    else:
        request.session.flush()


def browser_of(request: HttpRequest) -> str:
    """A name for this browser's session as it was when the page was asked for; empty when it had none."""
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return hashed(f"code:{cookie}", 64) if cookie else ""


def _forget(request: HttpRequest) -> None:
    for key in [key for key in list(request.session.keys()) if key.startswith(OF_FAMILY)]:
        del request.session[key]
