"""How far the koppi is on its way, in words: to the workers who see the situation, and to the family."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Family, Worker
from perhekeskus import words
from perhekeskus.refusals import Sentence

from ..models import Handover, Situation
from ..rules import situations as situation_rules
from ..rules.handovers import why_not_offer, why_not_withdraw
from ..states import HandoverStatus

# For how long the page tells that an offer was declined or withdrawn.
NEWS = timedelta(days=14)


def _latest(situation: Situation) -> Handover | None:
    return (
        situation.handovers.select_related("to_worker", "to_unit", "from_worker", "offered_by")
        .order_by("-pk")
        .first()
    )


def handover_notice(situation: Situation, worker: Worker, *, with_places: bool) -> dict[str, Any]:
    """What became of the latest offer of the koppi; empty when it was taken, or never made."""
    handover = _latest(situation)
    if handover is None or not situation.is_open or handover.from_worker_id != situation.holder_id:
        return {}
    if handover.answered_at is not None and handover.answered_at < timezone.now() - NEWS:
        return {}
    handover.situation = situation
    facts = {
        "name": handover.receiver_shown(with_places=with_places),
        "by": handover.offered_by.name if handover.offered_by else "",
    }
    match HandoverStatus(handover.status):
        case HandoverStatus.OFFERED:
            may_withdraw = why_not_withdraw(worker, handover) is None
            return {
                "text": _waited(handover) % facts,
                "withdraw_url": reverse("handover_withdraw", args=[handover.pk]) if may_withdraw else "",
            }
        case HandoverStatus.DECLINED:
            text = _("%(name)s ei ottanut koppia (%(day)s). Koppi ei siirtynyt.")
        case HandoverStatus.WITHDRAWN:
            text = _("Koppia tarjottiin: %(name)s. Tarjous peruttiin (%(day)s). Koppi ei siirtynyt.")
        case HandoverStatus.RETURNED:
            text = _(
                "Koppia tarjottiin: %(name)s. Siellä ei ole enää ketään, joka voisi ottaa sen"
                " (%(day)s). Koppi ei siirtynyt."
            )
            if handover.to_worker is not None:
                text = _("%(name)s ei voi enää ottaa koppia (%(day)s). Koppi ei siirtynyt.")
        case _:
            return {}
    assert handover.answered_at is not None
    return {"text": text % (facts | {"day": words.short_day(handover.answered_at)})}


def _waited(handover: Handover) -> str:
    if handover.offered_by is not None:
        return _("%(by)s tarjosi koppia poissa olevan puolesta: %(name)s. Vastausta odotetaan.")
    if handover.to_unit is not None:
        return _("Koppia on tarjottu yksikölle: %(name)s. Kopin saa se, joka ottaa sen ensin.")
    return _("Koppia on tarjottu: %(name)s. Vastausta odotetaan.")


def offered_to_family(situation: Situation | None, family: Family) -> str:
    """To whom the koppi is offered, for the family itself; empty when it is not."""
    if situation is None or not situation.is_open:
        return ""
    handover = _latest(situation)
    if handover is None or handover.status != HandoverStatus.OFFERED:
        return ""
    if handover.offered_by is not None:
        why = _("Työntekijänne on poissa, joten etsimme toisen työntekijän huolehtimaan asiastanne.")
    else:
        why = _("Etsimme toisen työntekijän huolehtimaan asiastanne, niin kuin teille on kerrottu.")
    if handover.to_worker is not None:
        whom = _("Pyydetty: %(name)s.") % {"name": handover.to_worker.name}
    elif family.address_protected:
        # The name of a unit tells where the family goes.
        whom = _("Pyydetty: yksikkö, jonka työntekijänne kertoo teille.")
    else:
        whom = _("Pyydetty: joku yksiköstä %(name)s.") % {"name": handover.to_unit}
    return f"{why} {whom} " + _("Mikään ei muutu, ennen kuin joku ottaa asian vastaan.")


def not_mine(situation: Situation, worker: Worker) -> str:
    """Why there is nothing to press for one who does not have the koppi; empty for the holder."""
    if situation.holder_id == worker.pk:
        return ""
    if not situation.is_open:
        return _("Tilanteen avaa uudelleen %(name)s, jolla koppi viimeksi oli.") % {
            "name": situation.holder.name
        }
    return _("Tilanteen kirjaukset tekee %(name)s, jolla koppi on.") % {"name": situation.holder.name}


def doings_of(situation: Situation, worker: Worker) -> list[dict[str, Any]]:
    """What the holder may do besides the next step; of what can't be done now, a sentence says why."""
    if situation.holder_id != worker.pk:
        return []
    if not situation.is_open:
        return [_doing(_("Avaa tilanne uudelleen"), "situation_reopen", situation, None) | {"is_post": True}]
    return [
        _doing(_("Kirjaa keskustelu"), "conversation_record", situation, None),
        _doing(
            _("Kutsu koolle"),
            "meeting_convene",
            situation,
            situation_rules.why_not_convene(worker, situation),
        ),
        _doing(_("Siirrä koppi toiselle"), "handover_offer", situation, why_not_offer(worker, situation)),
        _doing(_("Vaihda perheen linkki"), "situation_link_renew", situation, None),
        _doing(
            _("Merkitse tilanne päättyneeksi"),
            "situation_end",
            situation,
            situation_rules.why_not_end(worker, situation),
        ),
    ]


def _doing(label: str, name: str, situation: Situation, refused: Sentence | None) -> dict[str, Any]:
    return {
        "label": label,
        "url": "" if refused else reverse(name, args=[situation.pk]),
        "refused": str(refused) if refused else "",
    }
