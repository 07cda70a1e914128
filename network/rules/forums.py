"""Who arranges forums, who answers, and how a development need moves on."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import AreaForum, DevelopmentNeed, Worker
from ..states import DEVELOPMENT_MOVES, DevelopmentState


def why_not_arrange(by: Worker) -> Sentence | None:
    if not (by.is_active and by.is_coordinator):
        return _("Koordinaattori järjestää foorumit ja kierrokset.")
    return None


def why_not_change(by: Worker, forum: AreaForum) -> Sentence | None:
    if refusal := why_not_arrange(by):
        return refusal
    if forum.cancelled_at is not None:
        return _("Foorumi on peruttu.")
    if forum.held_at is not None:
        return _("Foorumi on jo kirjattu pidetyksi.")
    return None


def why_not_invite(by: Worker, forum: AreaForum, reach: int) -> Sentence | None:
    if refusal := why_not_change(by, forum):
        return refusal
    if forum.starts_at <= timezone.now():
        return _("Aika on jo mennyt. Muuta ensin aika.")
    if not reach:
        return _("Näillä rajauksilla kutsu ei tavoita ketään. Muuta, keitä kutsutaan.")
    return None


def why_not_answer(by: Worker, forum: AreaForum) -> Sentence | None:
    if not by.is_active:
        return _("Tunnuksesi ei ole käytössä.")
    if forum.cancelled_at is not None:
        return _("Foorumi on peruttu. Sinun ei tarvitse tehdä mitään.")
    if forum.invited_at is None:
        return _("Kutsuja ei ole vielä lähetetty.")
    if forum.held_at is not None or forum.ends_at <= timezone.now():
        return _("Foorumi on jo ollut, joten kutsuun ei voi enää vastata.")
    return None


def why_not_record(by: Worker, forum: AreaForum) -> Sentence | None:
    if refusal := why_not_arrange(by):
        return refusal
    if forum.cancelled_at is not None:
        return _("Foorumi on peruttu.")
    if forum.starts_at > timezone.now():
        return _("Foorumi kirjataan, kun se on alkanut.")
    return None


def why_not_cancel(by: Worker, forum: AreaForum) -> Sentence | None:
    if refusal := why_not_change(by, forum):
        return refusal
    if forum.ends_at <= timezone.now():
        return _("Foorumin aika on jo mennyt. Kirjaa se pidetyksi, tai jätä kirjaamatta, jos sitä ei ollut.")
    return None


# --- development needs ---------------------------------------------------------------------------


def why_not_take(by: Worker, need: DevelopmentNeed) -> Sentence | None:
    """Anybody may take up what waits for somebody."""
    if not by.is_active:
        return _("Tunnuksesi ei ole käytössä.")
    if need.state != DevelopmentState.OPEN:
        return _("Asia ei enää odota tekijää.")
    return None


def why_not_move(by: Worker, need: DevelopmentNeed, to: DevelopmentState, outcome: str) -> Sentence | None:
    if not by.is_active or not (by.is_coordinator or need.owner_id == by.pk):
        return _("Asiaa vie eteenpäin se, joka sitä hoitaa, tai koordinaattori.")
    if to not in DEVELOPMENT_MOVES[DevelopmentState(need.state)]:
        return _("Asia on nyt tilassa ”%(state)s”. Katso sivu uudelleen.") % {
            "state": need.get_state_display()
        }
    if to == DevelopmentState.PUT_ASIDE and not outcome.strip():
        return _("Kirjoita, miksi asia jätetään.")
    if to in {DevelopmentState.UNDER_WAY, DevelopmentState.DONE} and need.owner_id is None:
        return _("Valitse ensin, kuka asiaa hoitaa.")
    return None


def why_not_name_owner(by: Worker, need: DevelopmentNeed, owner: Worker) -> Sentence | None:
    if not by.is_active or not (by.is_coordinator or need.owner_id == by.pk):
        return _("Koordinaattori tai se, joka hoitaa asiaa nyt, päättää, kuka sitä hoitaa.")
    if need.state not in {DevelopmentState.OPEN, DevelopmentState.UNDER_WAY}:
        return _("Asia ei ole enää kesken.")
    if not owner.is_active:
        return _("Työntekijän tunnus ei ole käytössä.")
    return None
