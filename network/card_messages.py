"""The letter that asks a worker to look through an old card."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter

from .cards import is_old
from .models import Worker

CARD_OLD = "card_old"


@transaction.atomic
def queue_old_cards() -> None:
    """Ask the owners of old cards to look them through: once in a calendar month at most."""
    today = timezone.localdate()
    outbox.queue(
        Message(
            kind=CARD_OLD,
            occasion=f"card:{worker.pk}",
            version=today.year * 12 + today.month,
            channel=Channel.EMAIL,
            recipient=worker.email,
            about_id=worker.pk,
            owner=worker,
        )
        for worker in Worker.objects.with_old_card().order_by("pk").iterator()
    )


def _why_not(message: Message) -> str | None:
    worker = Worker.objects.active().filter(pk=message.about_id).first()
    if worker is None:
        return "left"
    return None if is_old(worker) else "confirmed"


def _address(message: Message) -> str:
    worker = Worker.objects.active().filter(pk=message.about_id).first()
    return worker.email if worker is not None else ""


def _compose(message: Message) -> Letter:
    return outbox.written(
        subject=_("Onko korttisi ajan tasalla?"),
        title=_("Onko korttisi ajan tasalla?"),
        action=Action(_("Katso ja vahvista korttisi"), outbox.site_url("profile")),
        notes=[
            _("Korttiasi verkoston hakemistossa ei ole vahvistettu vuoteen."),
            _("Toiset etsivät sen avulla, keneltä kysyä neuvoa ja ketä kutsua mukaan."),
        ],
    )


outbox.register(Kind(CARD_OLD, _compose, _why_not, gettext_lazy("Muistutus kortista"), _address))
