"""The letters of the responsibility on its way: to the workers by number, to the family by its own link."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.messages import family_address, family_url
from network.actions.families import ensure_link
from network.models import Worker
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter

from .models import ResponsibilityHandover
from .states import HandingCause, HandingStatus

OFFERED = "responsibility_offered"
TOLD = "responsibility_told"
FAMILY = "responsibility_family"


# --- queueing: called by actions, in their transactions ----------------------------------------------


def queue_offered(handing: ResponsibilityHandover) -> None:
    outbox.queue([_to(handing.to_worker, OFFERED, handing)])


def queue_taken(handing: ResponsibilityHandover) -> None:
    """To the one who offered, to the former one, and to the family."""
    others = {one.pk: one for one in (handing.offered_by, handing.from_worker) if one is not None}
    others.pop(handing.to_worker_id, None)
    outbox.queue([_to(worker, TOLD, handing) for worker in others.values()])
    _tell_family(handing)


def queue_declined(handing: ResponsibilityHandover) -> None:
    if handing.offered_by is not None:
        outbox.queue([_to(handing.offered_by, TOLD, handing)])


queue_returned = queue_declined


def queue_passed(handing: ResponsibilityHandover) -> None:
    """To the one who carries on, to the holder, and to the family when it was not its own doing."""
    if not handing.plan.is_in_force:
        return
    told = {one.pk: one for one in (handing.to_worker, handing.plan.situation.holder)}
    outbox.queue([_to(worker, TOLD, handing) for worker in told.values() if worker.is_active])
    if handing.cause != HandingCause.PERMISSION:
        _tell_family(handing)


def _to(worker: Worker, kind: str, handing: ResponsibilityHandover) -> Message:
    return Message(
        kind=kind,
        occasion=f"handing:{handing.pk}",
        version=list(HandingStatus).index(HandingStatus(handing.status)) + 1,
        channel=Channel.EMAIL,
        recipient=worker.email,
        about_id=handing.pk,
        owner=worker,
    )


def _tell_family(handing: ResponsibilityHandover) -> None:
    family = handing.plan.situation.family
    channel, address = family_address(family)
    if not address:
        return
    ensure_link(family)
    outbox.queue(
        [
            Message(
                kind=FAMILY,
                occasion=f"handing:{handing.pk}",
                channel=channel,
                recipient=address,
                language=family.language,
                about_id=handing.pk,
                owner=handing.to_worker,
            )
        ]
    )


# --- asked at the moment of sending ------------------------------------------------------------------


def _about(message: Message) -> ResponsibilityHandover | None:
    return (
        ResponsibilityHandover.objects.select_related(
            "plan__situation__family__link",
            "plan__situation__holder",
            "from_worker",
            "to_worker",
            "offered_by",
        )
        .filter(pk=message.about_id)
        .first()
    )


def _known(message: Message) -> ResponsibilityHandover:
    handing = _about(message)
    if handing is None:
        raise LookupError("handing")
    return handing


def _why_not_offered(message: Message) -> str | None:
    handing = _about(message)
    if handing is None or handing.status != HandingStatus.OFFERED:
        return "answered"
    return None


def _why_not_told(message: Message) -> str | None:
    return "gone" if _about(message) is None or message.owner is None or not message.owner.is_active else None


def _why_not_family(message: Message) -> str | None:
    handing = _about(message)
    if handing is None or not handing.plan.is_in_force or not handing.plan.situation.is_open:
        return "over"
    newer = ResponsibilityHandover.objects.filter(
        plan=handing.plan_id, status__in=[HandingStatus.ACCEPTED, HandingStatus.PASSED], pk__gt=handing.pk
    )
    # The one after it tells the same.
    return "newer" if newer.exists() else None


def _address(message: Message) -> str:
    return message.owner.email if message.owner is not None else message.recipient


def _family_now(message: Message) -> str:
    handing = _about(message)
    if handing is None:
        return ""
    channel, address = family_address(handing.plan.situation.family)
    return address if channel == message.channel else ""


# --- the words ---------------------------------------------------------------------------------------


def _compose_offered(message: Message) -> Letter:
    handing = _known(message)
    title = _("Sinulle tarjotaan vastuuta perheestä")
    return outbox.written(
        subject=title,
        title=title,
        facts=[
            (_("Tilanne"), handing.plan.situation_id),
            (_("Kuka tarjoaa"), handing.offered_by.name if handing.offered_by else ""),
            (_("Nykyinen vastuutyöntekijä"), handing.from_worker.name),
        ],
        action=Action(_("Kirjaudu ja vastaa"), outbox.site_url("responsibility_answer", handing.pk)),
        notes=[_("Perhe on antanut luvan. Vastuu siirtyy vasta, kun otat sen.")],
    )


def _compose_told(message: Message) -> Letter:
    handing = _known(message)
    titles = {
        HandingStatus.ACCEPTED: _("Vastuu perheestä on siirtynyt"),
        HandingStatus.DECLINED: _("Tarjoamaasi vastuuta ei otettu"),
        HandingStatus.RETURNED: _("Tarjoamasi vastuu jäi siirtymättä"),
        HandingStatus.PASSED: _("Perheen vastuutyöntekijä on vaihtunut toistaiseksi"),
    }
    status = HandingStatus(handing.status)
    title = titles.get(status, _("Vastuu perheestä"))
    return outbox.written(
        subject=title,
        title=title,
        facts=[(_("Tilanne"), handing.plan.situation_id), *_people(handing, status)],
        action=Action(_("Avaa Minun kopissani"), outbox.site_url("home")),
        notes=_notes(handing, status, message.owner),
    )


def _people(handing: ResponsibilityHandover, status: HandingStatus) -> list[tuple[str, str]]:
    if status in {HandingStatus.DECLINED, HandingStatus.RETURNED}:
        return [(_("Kenelle tarjottiin"), handing.to_worker.name)]
    return [(_("Ennen"), handing.from_worker.name), (_("Nyt"), handing.to_worker.name)]


def _notes(handing: ResponsibilityHandover, status: HandingStatus, reader: Worker | None) -> list[str]:
    match status:
        case HandingStatus.ACCEPTED:
            return [_("Sinun ei tarvitse tehdä mitään.")]
        case HandingStatus.PASSED:
            return [_passed_note(handing, reader)]
    return [_("Vastuu jäi ennalleen. Voit tarjota sitä jollekulle toiselle.")]


def _passed_note(handing: ResponsibilityHandover, reader: Worker | None) -> str:
    holder = handing.plan.situation.holder
    if not handing.plan.responsible_workers.filter(stands_in=True).exists():
        return _("Työparista toinen jatkaa perheen vastuutyöntekijänä.")
    if reader is not None and reader.pk == holder.pk:
        return _("Sopikaa perheen kanssa, kuka on uusi vastuutyöntekijä, ja siirrä vastuu hänelle.")
    note = _(
        "Huolehdit perheestä toistaiseksi. Et näe perheen asioita: ne näkee se, jolla on koppi (%(name)s)."
    )
    return note % {"name": holder.name}


def _compose_family(message: Message) -> Letter:
    handing = _known(message)
    url = family_url(handing.plan.situation.family)
    title = _("Vastuutyöntekijänne on vaihtunut")
    if message.channel == Channel.SMS:
        return Letter(
            subject="",
            text=_("%(title)s. Katsokaa omalta sivultanne: %(url)s") % {"title": title, "url": url},
        )
    return outbox.written(
        subject=title,
        title=title,
        action=Action(_("Avatkaa oma sivunne"), url),
        notes=[_("Näette sivulta, kuka teistä nyt huolehtii ja miten hänet tavoittaa.")],
    )


outbox.register(Kind(OFFERED, _compose_offered, _why_not_offered, gettext_lazy("tarjottu vastuu"), _address))
outbox.register(
    Kind(TOLD, _compose_told, _why_not_told, gettext_lazy("tieto vastuun siirtymisestä"), _address)
)
outbox.register(
    Kind(
        FAMILY,
        _compose_family,
        _why_not_family,
        gettext_lazy("Tieto perheelle vastuutyöntekijästä"),
        _family_now,
        translated=True,
    )
)
