"""The letters of the koppi on its way: it is offered, it was taken, it was left. Nothing of the family."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from network.whereabouts import phone_of, title_and_place_of_work
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter

from .models import Handover
from .rules.handovers import catchers
from .states import HandoverStatus

HANDOVER_OFFERED = "handover_offered"
HANDOVER_ANSWERED = "handover_answered"
HANDOVER_RETURNED = "handover_returned"
# An offer that came back so long ago is no news: its letter is not written any more.
NEWS = timedelta(days=7)


# --- queueing: called by actions, in their transactions ----------------------------------------------


def queue_offered(handover: Handover) -> None:
    """Tell the worker, or the unit, that the koppi is offered to them."""
    outbox.queue(
        [_message(HANDOVER_OFFERED, handover, address, giver(handover)) for address in _addresses(handover)]
    )


def queue_answered(handover: Handover) -> None:
    """Tell the one who offered that it was taken, or was not."""
    outbox.queue([_message(HANDOVER_ANSWERED, handover, giver(handover).email, None)])


@transaction.atomic
def queue_returned() -> int:
    """Tell each giver whose offer came back by itself, once; how many were told."""
    told = Message.objects.filter(kind=HANDOVER_RETURNED, about_id=OuterRef("pk"))
    back = Handover.objects.filter(
        ~Exists(told), status=HandoverStatus.RETURNED, answered_at__gt=timezone.now() - NEWS
    )
    rows = list(back.select_related("from_worker", "offered_by").order_by("pk"))
    outbox.queue([_message(HANDOVER_RETURNED, one, giver(one).email, giver(one)) for one in rows])
    return len(rows)


def giver(handover: Handover) -> Worker:
    """Who offers it: the holder, or the supervisor for one who is away."""
    return handover.offered_by or handover.from_worker


def _message(kind: str, handover: Handover, address: str, owner: Worker | None) -> Message:
    return Message(
        kind=kind,
        occasion=f"handover:{handover.pk}",
        channel=Channel.EMAIL,
        recipient=address,
        about_id=handover.pk,
        owner=owner,
    )


def _addresses(handover: Handover) -> list[str]:
    """The unit's own address when it has one, else each of its people who can catch it."""
    if handover.to_worker is not None:
        return [handover.to_worker.email]
    assert handover.to_unit is not None
    if handover.to_unit.email:
        return [handover.to_unit.email]
    able = catchers(handover.to_unit).exclude(pk=handover.from_worker_id)
    return sorted(able.values_list("email", flat=True))


# --- asked at the moment of sending ------------------------------------------------------------------


def _about(message: Message) -> Handover | None:
    return (
        Handover.objects.select_related(
            "to_worker__unit", "to_unit", "caught_by__unit", "from_worker__unit", "offered_by__unit"
        )
        .select_related("situation__family")
        .filter(pk=message.about_id)
        .first()
    )


def _why_not_offered(message: Message) -> str | None:
    handover = _about(message)
    if handover is None or handover.status != HandoverStatus.OFFERED:
        return "answered"
    if handover.to_worker is not None and not handover.to_worker.works_with_families:
        return "left"
    return None


def _why_not_answered(message: Message) -> str | None:
    handover = _about(message)
    if handover is None:
        return "gone"
    return None if giver(handover).is_active else "left"


def _receiver_now(message: Message) -> str:
    handover = _about(message)
    if handover is None:
        return ""
    if handover.to_worker is not None:
        return handover.to_worker.email
    return message.recipient if message.recipient in _addresses(handover) else ""


def _giver_now(message: Message) -> str:
    handover = _about(message)
    return giver(handover).email if handover is not None else ""


# --- the words ---------------------------------------------------------------------------------------


def _compose_offered(message: Message) -> Letter:
    handover = _known(message)
    offers, family = giver(handover), handover.situation.family
    is_to_unit = handover.to_unit_id is not None
    title = _("Yksiköllenne tarjotaan koppia") if is_to_unit else _("Sinulle tarjotaan koppia")
    notes = [_("Koppi siirtyy vasta, kun otat sen. Siihen asti koppi on tarjoajalla.")]
    if is_to_unit:
        notes = [_("Kopin saa se, joka ottaa sen ensin. Siihen asti se ei siirry kenellekään.")]
    elif handover.offered_by is not None:
        notes = [_("Koppi siirtyy vasta, kun otat sen.")]
    return outbox.written(
        subject=title,
        title=title,
        facts=[
            (_("Kuka tarjoaa"), f"{offers.name}, {title_and_place_of_work(offers, family)}"),
            (_("Puhelin"), phone_of(offers, family)),
        ],
        action=Action(_("Kirjaudu ja vastaa"), outbox.site_url("handover_answer", handover.pk)),
        notes=notes,
    )


def _compose_answered(message: Message) -> Letter:
    handover = _known(message)
    if handover.status == HandoverStatus.DECLINED:
        title = _("Tarjoamaasi koppia ei otettu")
        note = _("Koppi on yhä sinulla. Voit tarjota sitä jollekulle toiselle.")
        if handover.offered_by is not None:
            note = _("Koppi jäi ennalleen. Voit tarjota sitä jollekulle toiselle.")
    else:
        title, note = _("Tarjoamasi koppi on otettu"), _("Sinun ei tarvitse tehdä mitään.")
    who = handover.caught_by or handover.to_worker
    facts = []
    if who is not None:
        work = title_and_place_of_work(who, handover.situation.family)
        facts = [(_("Kuka vastasi"), f"{who.name}, {work}")]
    return outbox.written(
        subject=title,
        title=title,
        facts=facts,
        action=Action(_("Avaa Minun kopissani"), outbox.site_url("home")),
        notes=[note],
    )


def _compose_returned(message: Message) -> Letter:
    handover = _known(message)
    title = _("Tarjoamasi koppi palasi sinulle")
    notes = [
        _("Se, jolle tarjosit koppia, ei enää työskentele perheiden kanssa. Tarjous on päättynyt."),
        _("Koppi on yhä sinulla. Voit tarjota sitä jollekulle toiselle."),
    ]
    if handover.to_unit_id is not None:
        notes[0] = _(
            "Yksikössä, jolle tarjosit koppia, ei ole enää ketään, joka voisi ottaa sen."
            " Tarjous on päättynyt."
        )
    action = Action(_("Avaa Minun kopissani"), outbox.site_url("home"))
    if handover.offered_by is not None:
        action = Action(_("Avaa yksikkösi luvut"), outbox.site_url("supervised_unit"))
        title = _("Tarjoamasi koppi jäi ilman ottajaa")
        notes[1] = _("Koppi jäi ennalleen. Voit tarjota sitä jollekulle toiselle.")
    return outbox.written(
        subject=title,
        title=title,
        action=action,
        notes=notes,
    )


def _known(message: Message) -> Handover:
    handover = _about(message)
    if handover is None:
        raise LookupError("handover")
    return handover


outbox.register(
    Kind(HANDOVER_OFFERED, _compose_offered, _why_not_offered, gettext_lazy("Tarjottu koppi"), _receiver_now)
)
outbox.register(
    Kind(
        HANDOVER_ANSWERED,
        _compose_answered,
        _why_not_answered,
        gettext_lazy("Vastaus tarjottuun koppiin"),
        _giver_now,
    )
)
outbox.register(
    Kind(
        HANDOVER_RETURNED,
        _compose_returned,
        _why_not_answered,
        gettext_lazy("Palannut kopin tarjous"),
        _giver_now,
    )
)
