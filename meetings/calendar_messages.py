"""The letter about a worker's own calendar elsewhere: it has not been read for a day. Never its address."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import moment

from .models import ExternalCalendar

CALENDAR_FAILING = "calendar_failing"


def queue_calendar_failing(calendar: ExternalCalendar) -> None:
    """Tell the owner, once for each time that it begins to fail."""
    assert calendar.failing_since is not None
    outbox.queue(
        [
            Message(
                kind=CALENDAR_FAILING,
                occasion=f"calendar:{calendar.pk}:{calendar.failing_since:%Y%m%d%H%M%S}",
                channel=Channel.EMAIL,
                recipient=calendar.worker.email,
                about_id=calendar.pk,
                owner=calendar.worker,
            )
        ]
    )


def _about(message: Message) -> ExternalCalendar | None:
    return ExternalCalendar.objects.select_related("worker").filter(pk=message.about_id).first()


def _why_not(message: Message) -> str | None:
    calendar = _about(message)
    if calendar is None:
        return "gone"
    if not calendar.worker.is_active:
        return "left"
    return None if calendar.failure else "works"


def _address_now(message: Message) -> str:
    calendar = _about(message)
    return calendar.worker.email if calendar is not None else ""


def _compose(message: Message) -> Letter:
    calendar = _about(message)
    if calendar is None:
        raise LookupError("calendar")
    fetched = moment(calendar.fetched_at) if calendar.fetched_at else _("ei vielä kertaakaan")
    return outbox.written(
        subject=_("Kalenteriasi ei ole saatu luettua vuorokauteen"),
        title=_("Kalenteriasi ei ole saatu luettua vuorokauteen"),
        facts=[(_("Miksi"), calendar.get_failure_display()), (_("Viimeksi luettu"), fetched)],
        action=Action(_("Avaa kalenterisi asetukset"), outbox.site_url("own_calendars")),
        notes=[
            _("Siihen asti yhteistä aikaa etsitään viimeksi luettujen varausten mukaan."),
            _("Sinulle ei lähetetä tästä häiriöstä toista viestiä."),
        ],
    )


outbox.register(
    Kind(CALENDAR_FAILING, _compose, _why_not, gettext_lazy("Tieto kalenterin häiriöstä"), _address_now)
)
