"""Structural grievances and development needs as one list for the management's report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import DevelopmentNeed, StructuralGrievance, Worker
from network.states import DevelopmentState, GrievanceState
from perhekeskus.words import HELSINKI, finnish_sort_key

from .ranges import Range, month_words
from .tables import Table, makes

Words = str | Promise

LIST, NUMBERS = "kehittaminen", "kehittaminen-maarat"
GRIEVANCE, NEED = "epakohta", "kehittamisasia"
KINDS: dict[str, Words] = {GRIEVANCE: gettext_lazy("epäkohta"), NEED: gettext_lazy("kehittämisasia")}

# How far a thing of either kind is, in words that suit both.
WAITING, UNDER_WAY, ANSWERED, DONE, PUT_ASIDE = "odottaa", "tyon-alla", "vastattu", "valmis", "jatetty"
STATES: dict[str, Words] = {
    WAITING: gettext_lazy("odottaa tekijää"),
    UNDER_WAY: gettext_lazy("työn alla"),
    ANSWERED: gettext_lazy("vastattu"),
    DONE: gettext_lazy("valmis"),
    PUT_ASIDE: gettext_lazy("jätetty sikseen"),
}
OPEN = (WAITING, UNDER_WAY, ANSWERED)
ALL = "kaikki"

OF_GRIEVANCE = {
    GrievanceState.RECORDED: WAITING,
    GrievanceState.UNDER_WAY: UNDER_WAY,
    GrievanceState.ANSWERED: ANSWERED,
    GrievanceState.DONE: DONE,
    GrievanceState.PUT_ASIDE: PUT_ASIDE,
}
OF_NEED = {
    DevelopmentState.OPEN: WAITING,
    DevelopmentState.UNDER_WAY: UNDER_WAY,
    DevelopmentState.DONE: DONE,
    DevelopmentState.PUT_ASIDE: PUT_ASIDE,
}

COUNTED = (
    (
        gettext_lazy("Epäkohta"),
        gettext_lazy(
            "Rakenteellinen epäkohta, joka on monen perheen tiellä. Siitä on kirjattu vain kuukausi, eikä se"
            " johda yhteenkään perheeseen."
        ),
    ),
    (
        gettext_lazy("Kehittämisasia"),
        gettext_lazy(
            "Asia, jota verkoston yhteisessä työssä pitäisi parantaa. Moni niistä tulee foorumeista."
        ),
    ),
    (
        gettext_lazy("Avoinna"),
        gettext_lazy(
            "Ne, jotka odottavat tekijää tai ovat työn alla, ja ne, joiden saamaa vastausta vielä seurataan."
        ),
    ),
)


@dataclass(frozen=True)
class Matter:
    """One grievance or need. `recorded` is the first of its month; `since` when it came to its state."""

    kind: str
    text: str
    municipality: str
    area: str
    theme: str
    owner: str
    state: str
    recorded: date
    since: date
    url: str

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def where(self) -> str:
        """The municipality, with the area when it came from the forum of one."""
        return ", ".join(filter(None, (self.municipality, self.area)))


def matters(worker: Worker) -> list[Matter]:
    """All that this worker may see, the oldest first; two queries."""
    found = [*_grievances(worker), *_needs(worker)]
    return sorted(found, key=lambda one: (one.recorded, finnish_sort_key(one.municipality)))


def chosen(found: Sequence[Matter], state: str = "", municipality: str = "") -> list[Matter]:
    """Those that are asked for: the open ones, unless a state or `ALL` is."""
    wanted = set(STATES) if state == ALL else {state} if state in STATES else set(OPEN)
    return [
        one for one in found if one.state in wanted and (not municipality or one.municipality == municipality)
    ]


def as_reported(found: Sequence[Matter]) -> list[Matter]:
    """As the management's report tells them: a grievance that nobody has taken up yet without its words.

    A coordinator reads it first, and puts it aside if somebody could be recognised (docs/adr/0023).
    """
    untold = _("Sisältö kerrotaan, kun joku on ottanut asian hoitaakseen.")
    return [
        replace(one, text=untold) if one.kind == GRIEVANCE and one.state in (WAITING, PUT_ASIDE) else one
        for one in found
    ]


def _grievances(worker: Worker) -> list[Matter]:
    rows = StructuralGrievance.objects.visible_to(worker).with_people().annotate(moved_at=Max("steps__at"))
    return [
        Matter(
            kind=GRIEVANCE,
            text=row.text,
            municipality=str(row.municipality),
            area="",
            theme=row.get_theme_display(),
            owner=row.owner.name if row.owner else "",
            state=OF_GRIEVANCE[GrievanceState(row.state)],
            recorded=row.recorded_month,
            since=row.moved_at.astimezone(HELSINKI).date() if row.moved_at else row.recorded_month,
            url=row.get_absolute_url(),
        )
        for row in rows.order_by("pk")
    ]


def _needs(worker: Worker) -> list[Matter]:
    rows = DevelopmentNeed.objects.visible_to(worker).with_people().select_related("forum__area")
    return [
        Matter(
            kind=NEED,
            text=row.text,
            municipality=str(row.municipality),
            area=str(row.forum.area) if row.forum and row.forum.area else "",
            theme=row.forum.get_kind_display() if row.forum else "",
            owner=row.owner.name if row.owner else "",
            state=OF_NEED[DevelopmentState(row.state)],
            recorded=row.created_at.astimezone(HELSINKI).date().replace(day=1),
            since=row.moved_at.astimezone(HELSINKI).date(),
            url=row.get_absolute_url(),
        )
        for row in rows.order_by("pk")
    ]


# --- tables --------------------------------------------------------------------------------------


def list_of(found: Sequence[Matter]) -> Table:
    """The matters one below the other, each in full."""
    return Table(
        LIST,
        _("Epäkohdat ja kehittämisasiat"),
        (
            _("Kunta"),
            _("Asian laji"),
            _("Mikä"),
            _("Aihe"),
            _("Kuka hoitaa"),
            _("Tila"),
            _("Kirjattu"),
            _("Tila muuttui"),
        ),
        tuple(
            (
                one.where,
                str(KINDS[one.kind]),
                one.text,
                one.theme,
                one.owner or _("ei vielä kukaan"),
                str(STATES[one.state]),
                month_words(one.recorded),
                month_words(one.since),
            )
            for one in found
        ),
        tuple((str(name), str(sentence)) for name, sentence in COUNTED),
    )


def numbers_of(found: Sequence[Matter]) -> Table:
    """How many of each kind are how far, whatever is chosen to be listed."""
    return Table(
        NUMBERS,
        _("Montako epäkohtaa ja kehittämisasiaa on missäkin tilassa"),
        (_("Asian laji"), *(str(words) for words in STATES.values()), _("Yhteensä")),
        tuple(
            (
                str(words),
                *(sum(one.kind == kind and one.state == state for one in found) for state in STATES),
                sum(one.kind == kind for one in found),
            )
            for kind, words in KINDS.items()
        ),
        tuple((str(name), str(sentence)) for name, sentence in COUNTED),
        has_total_column=True,
    )


@makes(LIST, NUMBERS)
def development_tables(worker: Worker, _months: Range, choices: Mapping[str, str]) -> Sequence[Table]:
    """As it is today, whatever months are asked for; `tila` and `kunta` choose what is listed."""
    found = matters(worker)
    return list_of(chosen(found, choices.get("tila", ""), choices.get("kunta", ""))), numbers_of(found)
