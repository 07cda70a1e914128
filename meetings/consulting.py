"""Consultations as the pages tell of them: whom one can ask, what each side sees, what waits."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from network.consultation_messages import asker_in_words
from network.models import Consent, Consultation, Family, Team, TextSource, Unit, Worker
from network.reaching import away
from network.rules.consultations import Adviser
from network.search import search
from network.states import ConsultationResult, ConsultationStatus
from perhekeskus import words

from .cards import days_in_words
from .models import Absence, Situation
from .people import name_for_worker
from .waiting import Waiting, number_of

MOST_FOUND = 20

TONES = {
    ConsultationStatus.ASKED: "wait",
    ConsultationStatus.PICKED_UP: "wait",
    ConsultationStatus.ANSWERED: "ok",
    ConsultationStatus.CLOSED: "neutral",
    ConsultationStatus.WITHDRAWN: "neutral",
}


# --- whom to ask -------------------------------------------------------------------------------------


def code_of(adviser: Adviser) -> str:
    """How a page names the one who is asked: worker-12, unit-3, team-4."""
    return f"{type(adviser).__name__.lower()}-{adviser.pk}"


def adviser_of(code: str) -> Adviser | None:
    """The one whom the code names, or None."""
    kind, _dash, number = code.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    pk = int(number)
    match kind:
        case "worker":
            return Worker.objects.active().select_related("unit__municipality").filter(pk=pk).first()
        case "unit":
            return Unit.objects.select_related("municipality").filter(pk=pk).first()
        case "team":
            return Team.objects.filter(pk=pk).first()
    return None


def note_of(adviser: Adviser) -> str:
    """What one has to know to choose: the title and the place."""
    if isinstance(adviser, Worker):
        return f"{adviser.title}, {adviser.unit}"
    return str(adviser.municipality) if isinstance(adviser, Unit) else _("perhekeskustiimi")


def advisers_found(text: str, by: Worker, situation: Situation) -> list[Adviser]:
    """Whom the text finds among those who let themselves be asked; without a text, the family's own team.

    Those of the family's own municipality come first.
    """
    workers = Worker.objects.working_with_families().filter(available_for_consultation=True).exclude(pk=by.pk)
    able = workers.order_by()
    units = Unit.objects.filter(Exists(able.filter(unit=OuterRef("pk"))))
    teams = Team.objects.filter(Exists(able.filter(teams=OuterRef("pk"))))
    if not text.strip():
        return list(teams.of_municipality(situation.family.municipality_id)[:MOST_FOUND])
    town = situation.family.municipality_id
    near: dict[str, QuerySet] = {
        TextSource.TEAM: teams.filter(area__municipalities=town),
        TextSource.WORKER: workers.filter(unit__municipality=town),
        TextSource.UNIT: units.filter(municipality=town),
    }
    far: dict[str, QuerySet] = {
        TextSource.TEAM: teams.exclude(area__municipalities=town),
        TextSource.WORKER: workers.exclude(unit__municipality=town),
        TextSource.UNIT: units.exclude(municipality=town),
    }
    matches = [*search(text, near, most=MOST_FOUND).matches, *search(text, far, most=MOST_FOUND).matches]
    if not matches:
        matches = [
            *search(text, near, most=MOST_FOUND, near=True).matches,
            *search(text, far, most=MOST_FOUND, near=True).matches,
        ]
    matches = matches[:MOST_FOUND]
    keys: dict[str, list[int]] = {}
    for match in matches:
        keys.setdefault(match.kind, []).append(match.pk)
    rows: dict[tuple[str, int], Adviser] = {}
    for kind, found in (
        (TextSource.TEAM, teams),
        (TextSource.WORKER, workers.select_related("unit")),
        (TextSource.UNIT, units.select_related("municipality")),
    ):
        for row in found.filter(pk__in=keys.get(kind, [])):
            rows[(kind, row.pk)] = row
    return [rows[(match.kind, match.pk)] for match in matches if (match.kind, match.pk) in rows]


def adviser_rows(found: Iterable[Adviser], situation: Situation) -> list[dict[str, Any]]:
    """Whom one can ask, for choosing; who is away just now is said."""
    advisers = list(found)
    gone = away([one.pk for one in advisers if isinstance(one, Worker)])
    ask = reverse("consultation_ask", args=[situation.pk])
    return [
        {
            "initials": words.initials(str(one)),
            "name": str(one),
            "note": note_of(one),
            "away": gone.get(one.pk, "") if isinstance(one, Worker) else "",
            "url": f"{ask}?to={code_of(one)}",
        }
        for one in advisers
    ]


def away_now(adviser: Adviser) -> str:
    """A sentence, when the one who is asked is away just now; who answers meanwhile, when somebody does."""
    if not isinstance(adviser, Worker):
        return ""
    absence = Absence.objects.of(adviser).now().select_related("substitute").order_by("-period").first()
    if absence is None:
        return ""
    days = days_in_words(absence)
    if absence.substitute is not None:
        return _("%(name)s on poissa %(days)s. Sijaisena on %(substitute)s.") % {
            "name": adviser.name,
            "days": days,
            "substitute": absence.substitute.name,
        }
    return _("%(name)s on poissa %(days)s, joten vastausta voi joutua odottamaan.") % {
        "name": adviser.name,
        "days": days,
    }


# --- what each side sees -----------------------------------------------------------------------------


def seen_by_receiver(
    *, asker: Worker, family: Family, question: str, is_anonymous: bool, topics: Iterable[str]
) -> dict[str, Any]:
    """The question as the one who is asked reads it: the same before it is sent and after."""
    names = [] if is_anonymous else [one.first_name for one in family.members.all()]
    return {
        "asker": asker.name,
        "from_where": asker_in_words(asker, family, is_anonymous=is_anonymous),
        "is_anonymous": is_anonymous,
        "names": words.listed(names),
        "topics": "" if is_anonymous else words.listed(topics),
        "question": question,
    }


def is_direct(consultation: Consultation) -> bool:
    """Whether one person was asked, and nobody has to pick the question up."""
    return consultation.consent.worker_id is not None


def receiver_of(consent: Consent) -> Adviser | None:
    return consent.worker or consent.unit or consent.team


def consultation_rows(
    consultations: Iterable[Consultation], *, worker: Worker | None = None, with_places: bool = True
) -> list[dict[str, Any]]:
    """Lines of the asker's side: whom, when, how it stands.

    In a list of many families `worker` is its reader: of a protected one's the places stand only in what one
    has asked oneself, and the question's own page looks closer.
    """
    rows = []
    for one in consultations:
        family = one.consent.family
        shows = with_places and (worker is None or one.asked_by_id == worker.pk)
        status = ConsultationStatus(one.status)
        text = str(status.label)
        if status == ConsultationStatus.CLOSED:
            text = str(ConsultationResult(one.result).label)
        rows.append(
            {
                "when": words.short_day(one.asked_at),
                "title": name_for_worker(one.consent, family, with_places=shows),
                "text": _("Nimettömästi") if one.is_anonymous else _("Nimellä"),
                "chip": {"text": text, "tone": TONES[status]},
                "action_label": _("Lue vastaus") if status == ConsultationStatus.ANSWERED else _("Avaa"),
                "action_url": one.get_absolute_url(),
            }
        )
    return rows


def received_rows(consultations: Iterable[Consultation]) -> list[dict[str, Any]]:
    """Lines of the receiver's side: who asks, and nothing of the family."""
    return [
        {
            "when": words.short_day(one.asked_at),
            "title": one.asked_by.name,
            "text": _("Kysymys: %(name)s") % {"name": one.consent.receiver} if not is_direct(one) else "",
            "chip": {"text": str(one.get_status_display()), "tone": TONES[ConsultationStatus(one.status)]},
            "action_label": _("Lue ja vastaa") if one.is_open else _("Avaa"),
            "action_url": one.get_absolute_url(),
        }
        for one in consultations
    ]


def consultations_of(situation: Situation, *, with_places: bool) -> list[dict[str, Any]]:
    """The questions about a situation, for those to whom it is opened; one query."""
    asked = Consultation.objects.filter(situation_number=situation.pk).with_people()
    return consultation_rows(asked.select_related("consent__family"), with_places=with_places)


# --- what waits --------------------------------------------------------------------------------------


def consultations_waiting(worker: Worker) -> Iterable[Waiting]:
    """Questions to answer, and answers to read; two queries."""
    # Only what the names need: this is asked at every opening of the home page, and mostly finds nothing.
    names = ("asked_by", "consent__worker", "consent__unit", "consent__team")
    for one in Consultation.objects.received_by(worker).open().select_related(*names):
        title = _("Sinulta kysytään neuvoa")
        if not is_direct(one) and one.picked_up_by_id is None:
            title = _("Neuvoa kysytään: %(name)s") % {"name": one.consent.receiver}
        yield Waiting(
            at=one.asked_at,
            title=title,
            text=one.asked_by.name,
            action_label=_("Lue ja vastaa"),
            action_url=one.get_absolute_url(),
        )
    # By number and by asker, each its own way: what was handed over waits for who has the koppi now.
    held = Situation.objects.open().held_by(worker).order_by().values("pk")
    answered = Consultation.objects.filter(
        Q(situation_number__in=held), status=ConsultationStatus.ANSWERED
    ).select_related(*names)
    for one in answered:
        assert one.answered_at is not None
        yield Waiting(
            at=one.answered_at,
            title=_("Kysymykseesi on vastattu"),
            text=_("%(number)s · %(name)s")
            % {"number": number_of(Situation(pk=one.situation_number)), "name": one.consent.receiver},
            action_label=_("Lue vastaus"),
            action_url=one.get_absolute_url(),
        )


# --- on a worker's card and on the yhteydenottolista -------------------------------------------------


def start_url(adviser: Adviser) -> str:
    """Where asking this one begins: with the choice of the family."""
    return f"{reverse('consultation_start')}?to={code_of(adviser)}"
