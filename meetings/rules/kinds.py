"""Who words the kinds of meeting, and which of them are convened."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker

from ..models import Kind
from ..states import MeetingKind

Sentence = str | Promise | None


def why_not_keep_kinds(worker: Worker) -> Sentence:
    if not (worker.is_active and (worker.is_coordinator or worker.is_administrator)):
        return _("Vain koordinaattori ja pääkäyttäjä voivat muuttaa tapaamislajeja.")
    return None


def why_not_seen(kind: Kind, seen_version: int) -> Sentence:
    """A page that shows an older state changes nothing."""
    if kind.version != seen_version:
        return _("Joku muu on muuttanut tapaamislajia sen jälkeen, kun avasit sivun. Katso se uudelleen.")
    return None


def why_not_put_aside(kind: Kind) -> Sentence:
    """There is always something to convene."""
    if kind.code == MeetingKind.SHARED_TIME:
        return _("Yhteinen aika on aina käytössä.")
    return None


def why_not_of_kind(kind: Kind) -> Sentence:
    """A kind that was put aside is not convened any more; what was convened of it stays."""
    if not kind.is_active:
        return _("Tämä tapaamislaji ei ole enää käytössä. Valitse toinen.")
    return None
