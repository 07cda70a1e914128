"""Advice asked with families' permission: a question in each state, and past ones that are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from meetings.actions import consultations as actions
from meetings.actions.consultations import Given
from meetings.models import Situation
from network.actions import consultations as network_actions
from network.models import Consent, Consultation, FamilyMember, Team, Worker
from network.rules.consultations import Adviser, helpers
from network.states import (
    ConsentMethod,
    ConsentPurpose,
    ConsultationResult,
    ConsultationStatus,
    MemberRole,
)
from perhekeskus.models import Message
from perhekeskus.states import MessageState

from .clock import set_to
from .places import HOME_TOWN
from .threads import Teller, settle

SLEEP = (
    "Lapsi leikkii hyvin ja hakeutuu syliin, kun väsyttää. Yöt ovat katkonaisia ja vanhemmat uupuneita."
    " Mitä voisimme kokeilla ensin?"
)
SLEEP_ANSWER = (
    "Aloittakaa illasta: sama järjestys joka ilta ja valo pois samaan aikaan. Pitäkää unipäiväkirjaa kaksi"
    " viikkoa. Jos yöt eivät rauhoitu, tulkaa neuvolaan yhdessä, niin katsotaan päiväkirjaa."
)
MORNINGS = (
    "Aamut venyvät ja koulumatka jännittää lasta. Kotona on lämmin tunnelma iltaisin."
    " Mistä aamuja kannattaisi alkaa keventää?"
)
MORNINGS_ANSWER = (
    "Sopikaa yksi asia, joka tehdään jo illalla, ja yksi tuttu aikuinen, joka on vastassa. Kertokaa lapselle"
    " kuvilla, mitä aamulla tapahtuu."
)
BITING = (
    "Kaksivuotias puree ryhmässä, kun leikki katkeaa. Sanoja on vielä vähän, mutta katse on iloinen."
    " Miten ryhmässä kannattaisi toimia?"
)
MONEY = "Perhe tarvitsisi neuvoa laskujen kanssa. Kenen kanssa heidän kannattaisi puhua ensin?"


@dataclass
class _Asking:
    """One question on its way; what its steps queued counts as sent, unless it still waits."""

    teller: Teller
    situation: Situation
    consultation: Consultation | None = None

    def asked(
        self, on: datetime, adviser: Adviser, topic: str, question: str, *, is_anonymous: bool = True
    ) -> "_Asking":
        guardian = self.situation.family.members.filter(role=MemberRole.GUARDIAN).earliest("pk")
        with set_to(on):
            self.consultation = actions.ask(
                situation=self.situation,
                by=self.situation.holder,
                to=adviser,
                question=question,
                is_anonymous=is_anonymous,
                given=Given(by=guardian, method=ConsentMethod.FACE_TO_FACE, topics=(topic,)),
            )
        return self

    def picked_up(self, on: datetime, by: Worker) -> "_Asking":
        assert self.consultation is not None
        with set_to(on):
            network_actions.pick_up(consultation=self.consultation, by=by)
        return self

    def answered(self, on: datetime, by: Worker, text: str) -> "_Asking":
        assert self.consultation is not None
        with set_to(on):
            network_actions.answer(consultation=self.consultation, by=by, text=text)
        return self

    def closed(self, on: datetime, result: ConsultationResult) -> "_Asking":
        assert self.consultation is not None
        with set_to(on):
            actions.close(consultation=self.consultation, by=self.situation.holder, result=result)
        return self

    def withdrawn(self, on: datetime) -> "_Asking":
        assert self.consultation is not None
        with set_to(on):
            actions.withdraw(consultation=self.consultation, by=self.situation.holder)
        return self


def ask_around(teller: Teller) -> int:
    """A question in each state for those who sign in with one click; how many there are."""
    before = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    at, network = teller.at, teller.network
    frontline, family_worker = network.desks["lahityontekija"], network.desks["vastuutyontekija"]
    # The one who signs in lets herself be asked.
    Worker.objects.filter(pk=frontline.pk).update(available_for_consultation=True)
    nurse = _who_answers(network.workers[HOME_TOWN, "clinic_nurse"])
    team = Team.objects.get(area__name=HOME_TOWN)
    mine = iter(Situation.objects.open().held_by(frontline).order_by("pk"))
    theirs = iter(Situation.objects.open().held_by(family_worker).order_by("pk"))

    def asking(situations) -> _Asking:
        return _Asking(teller, next(situations))

    # Answered: to be read, and what came of it to be written down.
    asking(mine).asked(at(-4), nurse, "Uni", SLEEP).answered(at(-2, time(12, 20)), nurse, SLEEP_ANSWER)
    # It was enough.
    asking(mine).asked(at(-9), nurse, "Aamut", MORNINGS).answered(at(-8), nurse, MORNINGS_ANSWER).closed(
        at(-7), ConsultationResult.ENOUGH
    )
    # Nobody of the team has picked it up yet.
    asking(mine).asked(at(-1), team, "Talous", MONEY)
    # Somebody of a unit answers it just now.
    picker = helpers(nurse.unit).exclude(pk=frontline.pk).order_by("pk").first() or nurse
    asking(mine).asked(at(-2), nurse.unit, "Uni", SLEEP).picked_up(at(-1, time(15)), picker)
    # Asked of the frontline worker by name, and waiting for her.
    asking(theirs).asked(at(-1, time(9)), frontline, "Ryhmässä toimiminen", BITING, is_anonymous=False)
    # Taken back; and one after which the family wanted to talk directly.
    asking(theirs).asked(at(-6), nurse, "Uni", SLEEP).withdrawn(at(-5))
    asking(theirs).asked(at(-12), nurse, "Aamut", MORNINGS, is_anonymous=False).answered(
        at(-11), nurse, MORNINGS_ANSWER
    ).closed(at(-10), ConsultationResult.DIRECT)
    # What would have left days ago counts as sent; yesterday's questions go out for the mailbox to have.
    old = Message.objects.filter(pk__gt=before, state=MessageState.WAITING, due_at__lte=at(-2, time(23)))
    settle(list(old.values_list("pk", flat=True)))
    return Consultation.objects.exclude(status=ConsultationStatus.CLOSED).count() + 2


def _who_answers(workers: Sequence[Worker]) -> Worker:
    """The first of them who lets themselves be asked."""
    asked = Worker.objects.filter(pk__in=[one.pk for one in workers])
    found = asked.filter(available_for_consultation=True).select_related("unit").order_by("pk").first()
    if found is None:
        found = asked.select_related("unit").earliest("pk")
        found.available_for_consultation = True
        found.save(update_fields=["available_for_consultation"])
    return found


def past_advice(
    situation: Situation, guardian: FamilyMember, asker: Worker, adviser: Worker, at: datetime, number: int
) -> tuple[Consent, Consultation] | None:
    """Of every third past family advice was asked, and mostly it was enough; written as rows."""
    if number % 3 or adviser == asker:
        return None
    consent = Consent(
        family=situation.family,
        purpose=ConsentPurpose.CONSULT,
        worker=adviser,
        topics=["Arjen sujuminen"],
        given_by=guardian,
        method=ConsentMethod.FACE_TO_FACE,
        given_at=at,
        recorded_by=asker,
        withdrawn_at=None,
    )
    answered_at = min(at + timedelta(days=1), timezone.now())
    consultation = Consultation(
        consent=consent,
        municipality=situation.family.municipality,
        is_anonymous=number % 2 == 0,
        question=MORNINGS,
        asked_at=at,
        asked_by=asker,
        status=ConsultationStatus.CLOSED,
        picked_up_at=answered_at,
        picked_up_by=adviser,
        answer=MORNINGS_ANSWER,
        answered_at=answered_at,
        answered_by=adviser,
        result=ConsultationResult.SHARED_TIME if number % 9 == 0 else ConsultationResult.ENOUGH,
        closed_at=answered_at,
        closed_by=asker,
    )
    return consent, consultation
