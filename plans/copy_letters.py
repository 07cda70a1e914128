"""The letters of a copy: that there is one to read, that there is a new version, the code that opens it.

They say who sends it and how to reach them. They never say whose plan it is or what it is about.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.messages import addresses_of
from network.models import Consent, Worker
from network.whereabouts import phone_of
from perhekeskus import outbox
from perhekeskus.models import LinkCode, Message
from perhekeskus.models.codes import hashed_address
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter

from .models import Copy, CopyLink, Plan

COPY = "plan_copy"
NEW_VERSION = "plan_copy_renewed"
CODE = "plan_copy_code"


def addresses(consent: Consent) -> list[tuple[Channel, str]]:
    """Where a link can be sent: none for one with no e-mail nor, where texts are sent, a telephone."""
    sends_texts = settings.SMS_BACKEND != "none"
    return [one for one in addresses_of(consent) if sends_texts or one[0] != Channel.SMS]


def language_of(consent: Consent) -> str:
    """Somebody close to the family reads in its language, the others in the house's."""
    person = consent.close_person
    return person.family.language if person is not None else settings.LANGUAGE_CODE


def queue_copy(door: CopyLink, copy: Copy, *, by: Worker, is_new_version: bool = False) -> None:
    """Send the link; a letter of an earlier version or of a closed link does not leave any more."""
    _queue(
        NEW_VERSION if is_new_version else COPY,
        door,
        occasion=f"copy:{copy.pk}:{door.link_id}",
        about_id=door.pk,
        owner=by,
    )


def queue_copy_code(code: LinkCode, door: CopyLink) -> None:
    _queue(CODE, door, occasion=f"copy-code:{code.pk}", about_id=code.pk)


def _queue(kind: str, door: CopyLink, *, occasion: str, about_id: int, owner: Worker | None = None) -> None:
    outbox.queue(
        [
            Message(
                kind=kind,
                occasion=occasion,
                channel=door.channel,
                recipient=door.recipient,
                language=language_of(door.consent),
                about_id=about_id,
                permission_id=door.consent_id,
                owner=owner,
            )
        ]
    )


# --- asked and composed at the moment of sending -------------------------------------------------------


def _door(message: Message) -> CopyLink | None:
    return CopyLink.objects.with_receivers().filter(pk=message.about_id).first()


def _why_not(message: Message) -> str | None:
    door = _door(message)
    if door is None:
        return "gone"
    _copy, copy, link = message.occasion.split(":")
    if link != str(door.link_id) or not door.link.is_live:
        return "closed"
    if not Plan.objects.shown_by(door).filter(copies=int(copy)).exists():
        return "superseded"
    return None


def _compose(message: Message) -> Letter:
    door = _door(message)
    if door is None:
        raise LookupError("copy")
    url = outbox.site_url("copy_link", door.link.token)
    is_new = message.kind == NEW_VERSION
    if message.channel == Channel.SMS:
        told = _("Suunnitelmasta on uusi versio: %(link)s") if is_new else _("Kopio suunnitelmasta: %(link)s")
        return Letter(subject="", text=told % {"link": url})
    sender = message.owner
    return outbox.written(
        subject=_("Suunnitelmasta on uusi versio") if is_new else _("Teille on annettu kopio suunnitelmasta"),
        title=_("Suunnitelmasta on uusi versio") if is_new else _("Teille on annettu kopio suunnitelmasta"),
        facts=[
            (_("Lähettäjä"), sender.name if sender is not None else ""),
            (_("Puhelin"), phone_of(sender, door.consent.family) if sender is not None else ""),
        ],
        action=Action(_("Lukekaa suunnitelma"), url),
        notes=[
            _("Sivulla kysytään koodi, jonka lähetämme tähän samaan osoitteeseen."),
            _("Linkki on vain teille. Älkää lähettäkö sitä muille."),
            _("Linkki sulkeutuu, kun lupa siihen päättyy."),
        ],
    )


def _address_now(message: Message) -> str:
    """The same address or none: a link is not sent on to another."""
    door = _door(message)
    if door is None or (door.channel, door.recipient) not in addresses(door.consent):
        return ""
    return door.recipient if message.recipient == door.recipient else ""


def _code(message: Message) -> LinkCode | None:
    return LinkCode.objects.select_related("link").filter(pk=message.about_id).first()


def _why_not_code(message: Message) -> str | None:
    code = _code(message)
    if code is None or not code.link.is_live:
        return "gone"
    return None if code.is_live else "outdated"


def _compose_code(message: Message) -> Letter:
    code = _code(message)
    if code is None:
        raise LookupError("code")
    minutes = round((code.expires_at - code.created_at).total_seconds() / 60)
    valid = ngettext(
        "Se on voimassa %(minutes)d minuutin.", "Se on voimassa %(minutes)d minuuttia.", minutes
    ) % {"minutes": minutes}
    if message.channel == Channel.SMS:
        told = _("Koodi suunnitelman lukemiseen: %(code)s.") % {"code": code.digits}
        return Letter(subject="", text=f"{told} {valid}")
    return outbox.written(
        subject=_("Koodi suunnitelman lukemiseen"),
        title=_("Koodi suunnitelman lukemiseen"),
        facts=[(_("Koodi"), code.digits)],
        notes=[
            valid,
            _("Älkää antako koodia kenellekään."),
            _("Jos ette pyytäneet koodia, teidän ei tarvitse tehdä mitään."),
        ],
    )


def _address_of_code(message: Message) -> str:
    code = _code(message)
    return (
        message.recipient
        if code is not None and code.address_hash == hashed_address(message.recipient)
        else ""
    )


outbox.register(
    Kind(COPY, _compose, _why_not, gettext_lazy("Linkki suunnitelman kopioon"), _address_now, translated=True)
)
outbox.register(
    Kind(
        NEW_VERSION,
        _compose,
        _why_not,
        gettext_lazy("Tieto suunnitelman uudesta versiosta"),
        _address_now,
        translated=True,
    )
)
outbox.register(
    Kind(
        CODE,
        _compose_code,
        _why_not_code,
        gettext_lazy("Koodi kopion saajalle"),
        _address_of_code,
        translated=True,
    )
)
