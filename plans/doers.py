"""Who can be chosen to do a measure, and how a measure is told in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meetings.models import Situation
from network.models import ClosePerson, FamilyMember, Worker
from perhekeskus.forms import clean_text
from perhekeskus.words import day, listed

from .models import Measure, Plan
from .models.measures import DOERS
from .querysets import able_to_do
from .states import MeasurePlace

Doer = FamilyMember | ClosePerson | Worker
Choices = list[tuple[str | Promise, str | Promise | list[tuple[str, str]]]]


def doer_choices(situation: Situation, plan: Plan | None) -> Choices:
    """The family, those close to it, and the workers; whoever is chosen already stays among them."""
    family = situation.family
    workers = able_to_do(situation, plan).order_by("last_name", "first_name", "pk")
    groups: list[tuple[str, list[Doer]]] = [
        (_("Perhe"), [*family.members.all()]),
        (_("Läheiset"), [*family.close_people.all()]),
        (_("Työntekijät"), [*workers]),
    ]
    named = [(label, [(token(one), full_name(one)) for one in people]) for label, people in groups]
    return [("", _("Joku muu")), *[(label, people) for label, people in named if people]]


def full_name(person: Doer) -> str:
    """The name, and who this is to the family."""
    if isinstance(person, Worker):
        return f"{person.name}, {person.title}"
    if isinstance(person, ClosePerson):
        return f"{person.name}, {person.relation}" if person.relation else person.name
    return person.first_name


def token(person: Doer | None) -> str:
    """How the choice travels: "worker-12"."""
    if person is None:
        return ""
    kind = "member" if isinstance(person, FamilyMember) else "close_person"
    return f"{'worker' if isinstance(person, Worker) else kind}-{person.pk}"


def token_of(measure: Measure) -> str:
    """The same, of a measure whose people are not read."""
    found = ((kind, getattr(measure, f"{kind}_id")) for kind in DOERS)
    return next((f"{kind}-{pk}" for kind, pk in found if pk), "")


def done_by_token(measure: Measure, chosen: str) -> None:
    """Let the chosen one do it, and no other."""
    chosen_kind, _dash, pk = chosen.partition("-")
    for kind in DOERS:
        setattr(measure, f"{kind}_id", int(pk) if kind == chosen_kind else None)


def leave_to_words(measure: Measure) -> None:
    """One who no longer works with families stays by name, until somebody else is chosen."""
    if measure.worker is not None and not measure.worker.works_with_families:
        measure.who = listed(filter(None, [full_name(measure.worker), measure.who]))[:200]
        measure.worker = None


def place_words(measure: Measure) -> str:
    """Kotona, Koulussa, Muualla, uimahallissa"""
    where = clean_text(measure.where).strip()
    if measure.place == MeasurePlace.ELSEWHERE and where:
        return _("Muualla, %(where)s") % {"where": where}
    if where:
        return where[0].upper() + where[1:]
    return str(measure.get_place_display())


def who_words(measure: Measure) -> str:
    """Kaisa Peltonen (perhetyöntekijä) ja isä"""
    doer, words = measure.doer, clean_text(measure.who).strip()
    if isinstance(doer, Worker):
        name = f"{doer.name} ({doer.title})" if doer.title else doer.name
    else:
        name = str(doer or "")
    return listed(one for one in (clean_text(name), words) if one)


def when_words(measure: Measure) -> str:
    """joka ilta, viimeistään pe 16.4.2027"""
    when = clean_text(measure.when).strip()
    if measure.by is None:
        return when
    by = _("viimeistään %(day)s") % {"day": day(measure.by)}
    return f"{when}, {by}" if when else by[0].upper() + by[1:]
