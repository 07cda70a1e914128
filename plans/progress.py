"""How far the measures have come, told in words: the same on the worker's page and on the family's."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from perhekeskus.forms import clean_text
from perhekeskus.words import short_day, today

from .doers import when_words, who_words
from .models import Measure, MeasureState, Plan
from .states import UNDONE, MeasureStatus, PlanStatus

TONES = {
    MeasureStatus.AGREED: "neutral",
    MeasureStatus.GOING_ON: "wait",
    MeasureStatus.DONE: "ok",
    MeasureStatus.PUT_ASIDE: "no",
}


@dataclass(frozen=True)
class Progress:
    """One measure and how far it has come."""

    pk: int
    what: str
    who: str
    when: str
    status: MeasureStatus
    # Said when the day by which it was to be done has passed and it isn't.
    late: str = ""
    history: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(self.status.label)

    @property
    def tone(self) -> str:
        return TONES[self.status]


def progress_of(plan: Plan) -> list[Progress]:
    """The measures of an agreed plan in their order; they are read with their people."""
    goes_on = plan.is_in_force and plan.situation.is_open
    return [_told(measure, goes_on) for measure in plan.measures.all()]


def finished_before(plan: Plan) -> list[Progress]:
    """What was done or put aside in an earlier version, and so is no row of this one."""
    going_on = Measure.objects.filter(follows=OuterRef("pk"), plan__version__lte=plan.version)
    rows = (
        Measure.objects.filter(plan__situation=plan.situation_id, plan__version__lt=plan.version)
        .exclude(plan__status=PlanStatus.DRAFT)
        .exclude(Exists(going_on))
        .with_people()
        .order_by("plan__version", "position")
    )
    return [_told(measure, False) for measure in rows if measure.status not in UNDONE]


def late_measures(plan: Plan) -> list[Progress]:
    """What was to be done by a day that has passed, and isn't."""
    return [_told(measure, True) for measure in plan.measures.late().with_people()]


def _told(measure: Measure, goes_on: bool) -> Progress:
    is_late = goes_on and measure.by is not None and measure.by < today() and measure.status in UNDONE
    return Progress(
        pk=measure.pk,
        what=clean_text(measure.what).strip(),
        who=who_words(measure),
        when=when_words(measure),
        status=measure.status,
        late=_("Sovittu päivä on mennyt, eikä tätä ole merkitty tehdyksi.") if is_late else "",
        history=[_marked(state) for state in reversed(measure.states.all())],
    )


def _marked(state: MeasureState) -> str:
    """Merja Laine merkitsi tehdyksi la 3.4."""
    sentences = {
        MeasureStatus.AGREED: _("%(name)s merkitsi %(day)s, ettei tätä ole vielä aloitettu."),
        MeasureStatus.GOING_ON: _("%(name)s merkitsi %(day)s, että tämä on meneillään."),
        MeasureStatus.DONE: _("%(name)s merkitsi tämän tehdyksi %(day)s"),
        MeasureStatus.PUT_ASIDE: _("%(name)s merkitsi %(day)s, että tämä jätetään sikseen: %(why)s"),
    }
    return sentences[MeasureStatus(state.status)] % {
        "name": state.marked_by.name,
        "day": short_day(state.marked_at),
        "why": clean_text(state.why).strip(),
    }
