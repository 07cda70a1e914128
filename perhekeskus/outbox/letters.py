"""How a letter looks: a heading, short facts a line each, one link, a few plain words. Always the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from ..languages import shared_time_name
from .kinds import Attachment, Letter

Words = str | Promise


@dataclass(frozen=True)
class Action:
    """The one link of a letter."""

    label: Words
    url: str


def site_url(name: str, *args: Any) -> str:
    """The whole address of a page, for those who are not on the site yet."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def written(
    *,
    subject: Words,
    title: Words,
    facts: Iterable[tuple[Words, object]] = (),
    action: Action | None = None,
    notes: Iterable[Words] = (),
    calendar: bytes | None = None,
    calendar_method: str = "",
    attachments: Iterable[Attachment] = (),
) -> Letter:
    """The letter as plain text and as HTML; facts without a text are left out."""
    context = {
        "language": get_language(),
        "subject": str(subject),
        "title": title,
        "facts": [(term, text) for term, text in facts if text],
        "action": action,
        "notes": list(notes),
        "house": shared_time_name(),
    }
    return Letter(
        subject=str(subject),
        text=render_to_string("mail/letter.txt", context),
        html=render_to_string("mail/letter.html", context),
        calendar=calendar,
        calendar_method=calendar_method,
        attachments=tuple(attachments),
    )
