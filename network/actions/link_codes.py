"""The one-time codes of a link: sent when somebody asks, tried a few times, taken once."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perhekeskus.locks import lock
from perhekeskus.models import AccessLink, LinkCode
from perhekeskus.models.codes import MOST_TRIES, hashed_address
from perhekeskus.refusals import Refused

# An impatient second press within this sends no second message.
MOMENT = timedelta(seconds=30)
# A second press of the same button in the same browser finds the door open.
SAME_PRESS = timedelta(seconds=10)
KEPT = timedelta(days=2)


@transaction.atomic
def new_code(link: AccessLink, address: str) -> tuple[LinkCode, bool]:
    """A code that the link and the address open together, and whether it has to be sent.

    Asked again within a moment, the same code will do. Refused when too many have been asked for lately.
    """
    lock(link)
    address_hash = hashed_address(address)
    _stand_in_line(address_hash)
    now = timezone.now()
    live = link.codes.filter(ended_at=None, expires_at__gt=now, address_hash=address_hash).first()
    if live is not None and live.tries == 0 and live.created_at > now - MOMENT:
        return live, False
    for hours, most in ((1, settings.FAMILY_CODES_PER_HOUR), (24, settings.FAMILY_CODES_PER_DAY)):
        lately = LinkCode.objects.filter(created_at__gt=now - timedelta(hours=hours))
        if (
            lately.filter(link=link).count() >= most
            or lately.filter(address_hash=address_hash).count() >= most
        ):
            raise Refused(
                _(
                    "Koodeja on pyydetty monta peräkkäin. Käyttäkää uusinta,"
                    " tai odottakaa ja yrittäkää uudelleen."
                )
            )
    link.codes.filter(ended_at=None).update(ended_at=now)
    link.codes.filter(created_at__lt=now - KEPT).delete()
    code = LinkCode.objects.create(
        link=link,
        address_hash=address_hash,
        created_at=now,
        expires_at=now + timedelta(minutes=settings.FAMILY_CODE_MINUTES),
    )
    return code, True


@transaction.atomic
def why_not_enter(link: AccessLink, typed: str, *, browser: str = "") -> str | Promise | None:
    """Take the code: None when it was right, and it is then used; else a sentence, and the try is counted.

    The count stands also when the answer is no, so this answers instead of refusing.
    """
    lock(link)
    code = link.codes.order_by("-pk").first()
    now = timezone.now()
    if code is None:
        return _("Pyytäkää ensin koodi.")
    if code.ended_at is not None:
        is_same_press = (
            code.used_at is not None
            and code.used_at > now - SAME_PRESS
            and bool(browser)
            and code.used_from == browser
            and code.is_code(typed)
        )
        return None if is_same_press else _("Koodi ei ole enää voimassa. Pyytäkää uusi koodi.")
    if code.expires_at <= now:
        return _("Koodi on vanhentunut. Pyytäkää uusi koodi.")
    if code.is_code(typed):
        code.used_at = code.ended_at = now
        code.used_from = browser
        code.save(update_fields=["used_at", "ended_at", "used_from"])
        return None
    code.tries += 1
    left = MOST_TRIES - code.tries
    if not left:
        code.ended_at = now
    code.save(update_fields=["tries", "ended_at"])
    if not left:
        return _("Koodi oli väärä liian monta kertaa. Pyytäkää uusi koodi.")
    return ngettext(
        "Koodi ei täsmää. Tarkistakaa numerot viestistä. Voitte yrittää vielä %(left)d kerran.",
        "Koodi ei täsmää. Tarkistakaa numerot viestistä. Voitte yrittää vielä %(left)d kertaa.",
        left,
    ) % {"left": left}


def _stand_in_line(address: str) -> None:
    """Codes to one address are counted one asking at a time, whichever link they are asked by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])
