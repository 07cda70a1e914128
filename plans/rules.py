"""What may be done to a plan and to a promised contact, and by whom."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Situation
from meetings.rules.meetings import AGREED_ALREADY
from meetings.states import OPEN_STAGES, MeetingStatus, Stage
from network.models import ClosePerson, Consent, FamilyMember, Worker
from network.states import ConsentPurpose
from perhekeskus.forms import helsinki_moment
from perhekeskus.words import today

from .copy_letters import addresses
from .models import Measure, NextContact, Plan, ResponsibleWorker
from .models.presence import Attender
from .querysets import nameable
from .states import CopyMethod, MeasurePlace, PlanStatus

Sentence = str | Promise | None

FARTHEST_CONTACT = timedelta(days=366)

CHANGED = _(
    "Joku muu on tallentanut suunnitelman sen jälkeen, kun avasit sivun. Mitään ei ole kadonnut:"
    " tallennettu teksti näkyy oman tekstisi rinnalla."
)
ANOTHER_PERSON = _("Valitse työpariksi toinen ihminen.")
AGREED_MEANWHILE = _(
    "Suunnitelmasta on sillä välin sovittu. Tekstisi on tällä sivulla: kopioi se talteen ja avaa suunnitelma"
    " uudelleen, niin voit kirjoittaa siitä uuden version."
)


def why_not_opened(worker: Worker, situation: Situation) -> Sentence:
    if not situation.is_open:
        return _("Tilanne on päättynyt.")
    if not Situation.objects.opened_to(worker).filter(pk=situation.pk).exists():
        return _("Suunnitelmasta huolehtivat vastuutyöntekijä, koollekutsuja ja se, jolla on koppi.")
    return None


def latest_held(situation: Situation) -> Meeting | None:
    """The shared time that the plan is written at."""
    held = situation.meetings.filter(status=MeetingStatus.HELD).select_related("room__unit")
    return held.order_by("-period", "-pk").first()


def why_not_write_plan(worker: Worker, situation: Situation) -> Sentence:
    if refused := why_not_opened(worker, situation):
        return refused
    if situation.stage not in {Stage.SHARED_TIME, Stage.PLAN} or latest_held(situation) is None:
        return _("Yhteinen suunnitelma kirjoitetaan, kun yhteinen aika on pidetty.")
    return None


def why_not_named(workers: Sequence[Worker], situation: Situation) -> Sentence:
    """May these be the plan's responsible workers?"""
    if len(workers) > 2:
        return _("Vastuutyöntekijöitä on yksi tai kaksi.")
    if len({worker.pk for worker in workers}) != len(workers):
        return ANOTHER_PERSON
    allowed = set(nameable(situation).values_list("pk", flat=True))
    for worker in workers:
        if not worker.works_with_families or not worker.unit.organisation.is_public_service:
            return _("%(name)s ei voi olla vastuutyöntekijä: hän ei työskentele julkisessa palvelussa.") % {
                "name": worker.name
            }
        if worker.pk not in allowed:
            return _("%(name)s ei ole ollut mukana, eikä hän kuulu perhekeskustiimiin.") % {
                "name": worker.name
            }
    return None


def why_not_promise(on: date, at: time | None) -> Sentence:
    """May the next contact be on this day at this time?"""
    if on < today():
        return _("Seuraavan yhteydenoton päivä on jo mennyt. Valitse päivä, joka on vielä edessä.")
    if on > today() + FARTHEST_CONTACT:
        return _("Seuraava yhteydenotto on enintään vuoden päässä. Tarkista vuosi.")
    if on == today() and at is None:
        return _("Jos yhteydenotto on jo tänään, kirjoita myös kellonaika.")
    if at is not None:
        try:
            moment: datetime = helsinki_moment(on, at)
        except ValidationError as error:
            return " ".join(error.messages)
        if moment <= timezone.now():
            return _("Seuraavan yhteydenoton kellonaika on jo mennyt.")
    return None


def is_blank(measure: Measure) -> bool:
    """Nothing is written in this row of the draft, whichever place was pressed."""
    return measure.is_blank


def missing(plan: Plan) -> list[str | Promise]:
    """What the plan still lacks before it can be agreed on, one sentence each."""
    sentences: list[str | Promise] = []
    measures = [measure for measure in plan.measures.all() if not is_blank(measure)]
    if not plan.matters.all():
        sentences.append(_("Kirjoita ainakin yksi asia, johon tarvitaan muutosta."))
    if not measures:
        sentences.append(_("Kirjoita ainakin yksi kohta: mitä tehdään."))
    if any(not measure.what for measure in measures):
        sentences.append(_("Kirjoita jokaiseen kohtaan, mitä tehdään."))
    if any(measure.place == MeasurePlace.ELSEWHERE and not measure.where for measure in measures):
        sentences.append(_("Kirjoita, missä muualla."))
    if any(not measure.says_who or not measure.says_when for measure in measures):
        sentences.append(_("Kirjoita jokaiseen kohtaan, kuka tekee ja milloin."))
    # What was agreed on earlier and is late stays as it was agreed; a new day is still ahead.
    if plan.measures.filter(by__lt=today()).exclude(follows__by=F("by")).exists():
        sentences.append(_("Tarkista päivät: jonkin kohdan viimeinen päivä on jo mennyt."))
    named = [row.worker for row in plan.responsible_workers.all()]
    if not named:
        sentences.append(_("Valitse vastuutyöntekijä, jonka perhe on nimennyt."))
    elif refused := why_not_named(named, plan.situation):
        sentences.append(refused)
    contact = plan.contacts.filter(done_at=None).first()
    if contact is None:
        sentences.append(_("Sopikaa seuraavan yhteydenoton päivä."))
    elif refused := why_not_promise(contact.on, contact.at):
        sentences.append(refused)
    return sentences


def why_not_present(people: Collection[Attender], plan: Plan) -> Sentence:
    """May these be written down as those who were there?"""
    family = plan.situation.family_id
    if any(one.family_id != family for one in people if isinstance(one, FamilyMember | ClosePerson)):
        return _("Hän on toisesta perheestä tai toisen perheen läheinen.")
    if not any(isinstance(one, FamilyMember) for one in people):
        return _("Valitse, ketkä perheestä olivat mukana sopimassa.")
    return None


def why_not_agree(worker: Worker, plan: Plan) -> Sentence:
    if refused := why_not_write_plan(worker, plan.situation):
        return refused
    if plan.status != PlanStatus.DRAFT:
        return _("Suunnitelma on jo sovittu.")
    if sentences := missing(plan):
        return " ".join(str(sentence) for sentence in sentences)
    return None


def why_not_mark(worker: Worker, plan: Plan) -> Sentence:
    """May this worker say how far the measures have come?"""
    if refused := why_not_opened(worker, plan.situation):
        return refused
    if plan.status == PlanStatus.SUPERSEDED:
        return _("Suunnitelmasta on uudempi versio. Merkinnät tehdään siihen.")
    if plan.status != PlanStatus.AGREED:
        return _("Suunnitelmaa ei ole vielä sovittu.")
    if not plan.is_in_force:
        return _("Suunnitelma on päättynyt.")
    return None


def why_not_change_record(meeting: Meeting) -> Sentence:
    """What a plan was agreed on stays as it was: its star is on the family's paper."""
    if meeting.plans.exclude(status=PlanStatus.DRAFT).exists():
        return AGREED_ALREADY
    return None


def why_not_record_contact(worker: Worker, contact: NextContact) -> Sentence:
    if refused := why_not_opened(worker, contact.plan.situation):
        return refused
    if contact.plan.status == PlanStatus.SUPERSEDED:
        return _("Suunnitelmasta on uudempi versio, ja siinä on oma seuraava yhteydenotto.")
    if contact.plan.status != PlanStatus.AGREED:
        return _("Suunnitelmaa ei ole vielä sovittu.")
    if contact.plan.ended_at is not None:
        return _("Tilanne on välillä päättynyt, ja tämän suunnitelman lupaukset päättyivät sen mukana.")
    if contact.done_at is not None:
        return _("Tämä yhteydenotto on jo kirjattu.")
    return None


def why_not_finish(worker: Worker, situation: Situation) -> Sentence:
    if refused := why_not_opened(worker, situation):
        return refused
    if situation.stage != Stage.PLAN:
        return _("Sujuvaan arkeen siirrytään, kun suunnitelma on sovittu eikä yhteistä aikaa valmistella.")
    return None


def without_permission(plan: Plan) -> list[Worker]:
    """Responsible workers whose permission the family has taken back, and nobody stands in for them."""
    if not plan.is_in_force:
        return []
    permitted = set(
        Consent.objects.in_force()
        .filter(family=plan.situation.family_id, purpose=ConsentPurpose.COPY)
        .values_list("worker_id", flat=True)
    )
    return [
        row.worker
        for row in plan.responsible_workers.all()
        if not row.stands_in and row.worker_id not in permitted
    ]


def standing_in(plan: Plan) -> list[Worker]:
    """Those who take care of the family until it has named somebody."""
    if not plan.is_in_force:
        return []
    return [row.worker for row in plan.responsible_workers.all() if row.stands_in]


def taken_back(plan: Plan, *, since_written: bool = False) -> list[Worker]:
    """Those named in the plan whose permission was withdrawn; `since_written` the plan only."""
    copies = Consent.objects.filter(
        family=plan.situation.family_id, purpose=ConsentPurpose.COPY, worker=OuterRef("worker")
    )
    withdrawn = copies.filter(withdrawn_at__isnull=False)
    if since_written:
        withdrawn = withdrawn.filter(withdrawn_at__gte=plan.written_at)
    rows = plan.responsible_workers.filter(Exists(withdrawn)).exclude(Exists(copies.in_force()))
    return [row.worker for row in rows.select_related("worker")]


def why_not_give_copy(worker: Worker, plan: Plan, consent: Consent) -> Sentence:
    """May this worker give the plan to the one whom the permission names?"""
    if refused := why_not_opened(worker, plan.situation):
        return refused
    if plan.status != PlanStatus.AGREED:
        return _("Kopio annetaan vain voimassa olevasta, sovitusta suunnitelmasta.")
    if (
        consent.purpose != ConsentPurpose.COPY
        or consent.family_id != plan.situation.family_id
        or not consent.is_in_force
    ):
        return _("Perheen lupa puuttuu tai on peruttu, joten suunnitelmaa ei voi antaa.")
    return None


def why_not_give_so(consent: Consent, method: CopyMethod, handed_to: str) -> Sentence:
    """Can this receiver have a copy this way?"""
    is_worker = consent.worker_id is not None
    if method == CopyMethod.ACCOUNT and not is_worker:
        return _("Suunnitelma avautuu omalla tunnuksella vain verkoston työntekijälle.")
    if method == CopyMethod.LINK:
        if is_worker:
            return _("Työntekijälle suunnitelma avautuu hänen omalla tunnuksellaan. Linkkiä ei tarvita.")
        if not addresses(consent):
            return _("Vastaanottajalla ei ole osoitetta, johon linkin voisi lähettää. Tulosta kopio.")
    is_of_many = consent.unit_id is not None or consent.team_id is not None
    if method == CopyMethod.PRINTED and is_of_many and not handed_to:
        return _("Kirjoita, kuka ottaa paperin vastaan.")
    return None


def left_out(plan: Plan) -> list[Worker]:
    """Whom the agreed version names and this draft does not, nor the plan of another open situation."""
    named = ResponsibleWorker.objects.filter(worker=OuterRef("pk"))
    elsewhere = (
        Plan.objects.agreed()
        .filter(situation__family=plan.situation.family_id, situation__stage__in=OPEN_STAGES)
        .exclude(situation=plan.situation_id)
    )
    return list(
        Worker.objects.filter(Exists(named.filter(plan__in=plan.situation.plans.agreed())))
        .exclude(Exists(named.filter(plan=plan)))
        .exclude(Exists(named.filter(plan__in=elsewhere)))
    )
