"""The letter of the one-time code that opens the family's own page: the code, and nothing of whose or why."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from perhekeskus import outbox
from perhekeskus.models import LinkCode, Message
from perhekeskus.models.codes import hashed_address
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Kind, Letter

from .models import Family

FAMILY_CODE = "family_code"


def queue_code(code: LinkCode, family: Family) -> None:
    """Send the code to the address that the family has given."""
    channel, address = family.code_address
    outbox.queue(
        [
            Message(
                kind=FAMILY_CODE,
                occasion=f"code:{code.pk}",
                channel=channel,
                recipient=address,
                language=family.language,
                about_id=code.pk,
            )
        ]
    )


def _about(message: Message) -> LinkCode | None:
    return LinkCode.objects.select_related("link__family").filter(pk=message.about_id).first()


def _why_not(message: Message) -> str | None:
    code = _about(message)
    if code is None or not code.link.is_live:
        return "gone"
    return None if code.is_live else "outdated"


def _compose(message: Message) -> Letter:
    code = LinkCode.objects.get(pk=message.about_id)
    minutes = round((code.expires_at - code.created_at).total_seconds() / 60)
    valid = ngettext(
        "Se on voimassa %(minutes)d minuutin.", "Se on voimassa %(minutes)d minuuttia.", minutes
    ) % {"minutes": minutes}
    nobody = _("Älkää antako koodia kenellekään, älkää edes työntekijälle.")
    if message.channel == Channel.SMS:
        told = _("Koodi omalle sivullenne: %(code)s.") % {"code": code.digits}
        return Letter(subject="", text=f"{told} {valid} {nobody}")
    return outbox.written(
        subject=_("Koodi omalle sivullenne"),
        title=_("Koodi omalle sivullenne"),
        facts=[(_("Koodi"), code.digits)],
        notes=[
            valid,
            nobody,
            _("Jos ette pyytäneet koodia, teidän ei tarvitse tehdä mitään."),
        ],
    )


def _address_now(message: Message) -> str:
    """The family's address, if it still is the one that the code was asked to."""
    code = _about(message)
    if code is None:
        return ""
    channel, address = code.link.family.code_address
    return address if hashed_address(address) == code.address_hash and channel == message.channel else ""


outbox.register(
    Kind(FAMILY_CODE, _compose, _why_not, gettext_lazy("Koodi perheelle"), _address_now, translated=True)
)
