"""The letter of a worker's changed address."""

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import telephone

from .models import Worker

ADDRESS_CHANGED = "address_changed"


def queue_address_changed(worker: Worker, *, former: str, by: Worker) -> None:
    """Tell both addresses that the one that signs in has been changed, and by whom."""
    occasion = f"worker:{worker.pk}"
    told = Message.objects.filter(kind=ADDRESS_CHANGED, occasion=occasion)
    version = (told.aggregate(last=Max("version"))["last"] or 0) + 1
    outbox.queue(
        Message(
            kind=ADDRESS_CHANGED,
            occasion=occasion,
            version=version,
            channel=Channel.EMAIL,
            recipient=address,
            about_id=worker.pk,
            owner=by,
        )
        for address in (former, worker.email)
    )


def _compose_address_changed(message: Message) -> Letter:
    worker = Worker.objects.get(pk=message.about_id)
    facts: list[tuple[str, str]] = [(_("Kenen tunnus"), worker.name)]
    if message.owner is not None:
        facts += [(_("Kuka vaihtoi"), message.owner.name), (_("Puhelin"), telephone(message.owner.phone))]
    return outbox.written(
        subject=_("Sähköpostiosoitteesi on vaihdettu"),
        title=_("Sähköpostiosoitteesi on vaihdettu"),
        facts=facts,
        action=Action(_("Kirjautumissivu"), outbox.site_url("account_login")),
        notes=[
            _("Entinen osoite ja salasana eivät enää kelpaa."),
            _("Valitse uusi salasana kirjautumissivun kohdasta ”Unohditko salasanasi?”."),
            _("Jos et tiennyt vaihdosta, kerro siitä heti esihenkilöllesi tai soita: %(phone)s.")
            % {"phone": settings.GUIDANCE_PHONE},
        ],
    )


outbox.register(
    Kind(ADDRESS_CHANGED, _compose_address_changed, lambda message: None, gettext_lazy("Tieto osoitteesta"))
)
