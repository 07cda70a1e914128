"""The letter to the convener: an earlier time has come free. Nothing of the family."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import span

from .models import EarlierWish
from .states import UPCOMING

EARLIER_FOUND = "earlier_found"


def queue_found(wish: EarlierWish) -> None:
    """Tell the convener, once for each wish."""
    outbox.queue(
        [
            Message(
                kind=EARLIER_FOUND,
                occasion=f"wish:{wish.pk}",
                channel=Channel.EMAIL,
                recipient=wish.meeting.convener.email,
                about_id=wish.pk,
                owner=wish.meeting.convener,
            )
        ]
    )


def _about(message: Message) -> EarlierWish | None:
    return EarlierWish.objects.select_related("meeting__convener").filter(pk=message.about_id).first()


def _why_not(message: Message) -> str | None:
    wish = _about(message)
    if wish is None or wish.ended_at is not None or wish.meeting.status not in UPCOMING:
        return "ended"
    return None if wish.meeting.convener.works_with_families else "left"


def _address_now(message: Message) -> str:
    wish = _about(message)
    return wish.meeting.convener.email if wish is not None else ""


def _compose(message: Message) -> Letter:
    wish = _about(message)
    if wish is None or wish.found_period is None:
        raise LookupError("wish")
    return outbox.written(
        subject=_("Aikaisempi aika on vapautunut"),
        title=_("Aikaisempi aika on vapautunut"),
        facts=[(_("Vapaa nyt"), span(wish.found_period.lower, wish.found_period.upper))],
        action=Action(
            _("Kirjaudu ja ehdota siirtoa"), outbox.site_url("meeting_reschedule", wish.meeting_id)
        ),
        notes=[_("Aikaa ei ole varattu. Perheeltä kysytään ennen siirtoa.")],
    )


outbox.register(
    Kind(EARLIER_FOUND, _compose, _why_not, gettext_lazy("Tieto aikaisemmasta ajasta"), _address_now)
)
