"""The yhteydenottolista as a file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import ContactRule, Team, Unit, Worker
from ..sorting import finnish
from ..states import ImportKind
from .cells import clean
from .columns import UNIT_PATH, Reference, Text, Texts, Unfit, UnitPath, Whole, YesNo
from .kinds import Kind
from .known import Known

if TYPE_CHECKING:
    from .comparing import Entry


@dataclass(frozen=True, kw_only=True, eq=False)
class Target(UnitPath):
    """Whom to contact: a unit by its path, a team by its name, or a worker by their address."""

    headings: Texts = (*UNIT_PATH, "Tiimi", "Työntekijän sähköposti")

    def value_of(self, thing: Any) -> Unit | Team | Worker:
        return thing.target

    def written(self, value: Any) -> Texts:
        if isinstance(value, Unit):
            return (*super().written(value), "", "")
        if isinstance(value, Team):
            return ("", "", "", clean(value.name), "")
        return ("", "", "", "", value.email if value is not None else "")

    def read(self, texts: Texts, known: Known) -> Any:
        *path, team, address = texts
        if sum(map(bool, (any(path), team, address))) > 1:
            raise Unfit(_("Nimeä riville vain yksi: yksikkö, tiimi tai työntekijä."))
        if team:
            return Reference(headings=("Tiimi",), attribute="team", among="teams").read((team,), known)
        if address:
            if found := known.workers.get(address.lower()):
                return found[0]
            raise Unfit(_("Työntekijää ”%(text)s” ei ole hakemistossa.") % {"text": address})
        return super().read(tuple(path), known)


TARGET = Target(attribute="target", is_required=True)
POSITION = Whole(headings=("Järjestys",), attribute="position")


class ContactRules(Kind):
    key = ImportKind.CONTACT_RULES
    about = gettext_lazy("Kehen otetaan yhteyttä missäkin tarpeessa ja kunnassa.")
    before = gettext_lazy("Yksikön, tiimin tai työntekijän pitää olla jo hakemistossa.")
    file_name = "yhteydenottolista"
    model = ContactRule
    identity = (
        Reference(headings=("Tarve",), attribute="need", is_required=True, among="needs"),
        Reference(headings=("Kunta",), attribute="municipality", is_required=True, among="municipalities"),
        TARGET,
    )
    columns = (
        *identity[:2],
        POSITION,
        TARGET,
        Text(headings=("Miten otetaan yhteyttä",), attribute="how", longest=200),
        Text(headings=("Mitä voi tehdä ilman tapaamista",), attribute="without_meeting", longest=500),
        Text(headings=("Perheen sanoin",), attribute="family_how", longest=300),
        YesNo(headings=("Näkyy perheille",), attribute="is_public"),
    )
    also_written = ("version",)

    def rows(self) -> QuerySet:
        return ContactRule.objects.select_related(
            "need", "municipality", "unit__organisation", "unit__municipality", "team", "worker"
        ).order_by(finnish("municipality__name_fi"), finnish("need__name"), "position", "pk")

    def name_of(self, texts: Mapping[str, str]) -> str:
        whom = texts["Yksikkö"] or texts["Tiimi"] or texts["Työntekijän sähköposti"]
        return ", ".join(filter(None, (texts["Tarve"], texts["Kunta"], whom)))

    def why_not(self, thing: Any | None, values: Mapping[str, Any]) -> Iterator[str]:
        target = values["target"] if thing is None else thing.target
        if not isinstance(target, Worker) or not values:
            return
        if values.get("is_public", thing is not None and thing.is_public):
            yield _("Perheille näytetään yksikkö tai tiimi, ei yksittäisen työntekijän nimeä.")
        if not target.is_active:
            yield _("Työntekijän tunnus ei ole käytössä, joten hän ei vastaa.")

    def settle(self, entries: Iterable["Entry"], things: Iterable[Any]) -> None:
        """Nobody takes a place on a list that another row has; who names none comes last."""
        entries = list(entries)
        things = list(things)
        while _mark_taken(entries, things):
            pass
        last: dict[tuple[Any, Any], int] = defaultdict(int)
        for place, _owner in _places(entries, things):
            last[place[:2]] = max(last[place[:2]], place[2])
        for entry in entries:
            if entry.is_good and entry.thing is None and entry.values.get("position") is None:
                where = (entry.values["need"].pk, entry.values["municipality"].pk)
                last[where] += 1
                entry.values["position"] = last[where]

    def lock(self, target_ids: list[int]) -> None:
        """A list is an order of all its rows: nobody changes any of them meanwhile."""
        table = connection.ops.quote_name(ContactRule._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")

    def fields_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        fields = dict(values)
        if target := fields.pop("target", None):
            fields |= {kind.__name__.lower(): target for kind in (Unit, Team, Worker) if type(target) is kind}
        return fields

    def prepared(self, thing: Any, *, is_new: bool) -> Any:
        if not is_new:
            thing.version += 1
        return thing


Place = tuple[Any, Any, int]


def _places(entries: list["Entry"], things: list[Any]) -> Iterator[tuple[Place, "Entry | None"]]:
    """Every place on a list and the row of the file that claims it; None when the file has no say in it."""
    claims = {entry.thing.pk: entry for entry in entries if entry.is_good and entry.thing is not None}
    for thing in things:
        entry = claims.get(thing.pk)
        position = entry.values.get("position") if entry else None
        claimed = position is not None and position != thing.position
        yield (
            (thing.need_id, thing.municipality_id, position if claimed and position else thing.position),
            entry if claimed else None,
        )
    for entry in entries:
        if entry.is_good and entry.thing is None and entry.values.get("position") is not None:
            values = entry.values
            yield (values["need"].pk, values["municipality"].pk, values["position"]), entry


def _mark_taken(entries: list["Entry"], things: list[Any]) -> bool:
    """Mark the rows that claim a place that somebody else keeps; whether there were any."""
    owners: dict[Place, list[Entry | None]] = defaultdict(list)
    for place, owner in _places(entries, things):
        owners[place].append(owner)
    found = False
    for place, claimants in owners.items():
        keeps = None in claimants
        late = [one for one in claimants if one is not None][0 if keeps else 1 :]
        for entry in late:
            entry.refuse(
                _("Kohdassa %(position)d on tällä listalla jo toinen rivi.") % {"position": place[2]}
            )
            found = True
    return found
