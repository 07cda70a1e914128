"""What the rows of a file can name, each table asked for once."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from ..models import Area, Expertise, Municipality, Need, Organisation, Team, Unit, Worker
from .cells import clean
from .reading import folded

Names = dict[str, list[Any]]


class Known:
    """Municipalities, organisations, units and the others by their names, in a fixed number of queries."""

    def by_name(self, among: str, name: str) -> list[Any]:
        """Those of the name: written exactly so, or failing that in other capitals."""
        names: Names = getattr(self, among)
        return names.get(f"={name}") or names.get(folded(name), [])

    def units(self, organisation: str, name: str, municipality: str) -> list[Any]:
        places = self.by_name("municipalities", municipality)
        place = places[0].name_fi if places else municipality
        path = "\n".join((clean(organisation), name, clean(place)))
        return self._units.get(f"={path}") or self._units.get(_path_folded(path), [])

    @cached_property
    def municipalities(self) -> Names:
        """By either name, and by number: 45 is 045, as a spreadsheet writes it."""
        names: Names = defaultdict(list)
        for one in Municipality.objects.order_by("code"):
            spellings = {one.name_fi, one.name_sv, one.code, one.code.lstrip("0")} - {""}
            for key in {f"={clean(text)}" for text in spellings} | {
                folded(clean(text)) for text in spellings
            }:
                names[key].append(one)
        return names

    @cached_property
    def organisations(self) -> Names:
        return _named(Organisation.objects.order_by("pk"))

    @cached_property
    def areas(self) -> Names:
        return _named(Area.objects.order_by("pk"))

    @cached_property
    def expertise(self) -> Names:
        return _named(Expertise.objects.order_by("pk"))

    @cached_property
    def needs(self) -> Names:
        return _named(Need.objects.order_by("pk"))

    @cached_property
    def teams(self) -> Names:
        return _named(Team.objects.order_by("pk"))

    @cached_property
    def workers(self) -> Names:
        """By e-mail address."""
        return {
            worker.email.lower(): [worker]
            for worker in Worker.objects.only(
                "email", "first_name", "last_name", "is_active", "unit_id"
            ).order_by("pk")
        }

    @cached_property
    def _units(self) -> Names:
        names: Names = defaultdict(list)
        for unit in Unit.objects.select_related("organisation", "municipality").order_by("pk"):
            path = "\n".join(
                clean(text) for text in (unit.organisation.name, unit.name, unit.municipality.name_fi)
            )
            names[f"={path}"].append(unit)
            names[_path_folded(path)].append(unit)
        return names


def _path_folded(path: str) -> str:
    return "\n".join(folded(part) for part in path.split("\n"))


def _named(rows: Any) -> Names:
    names: Names = defaultdict(list)
    for one in rows:
        name = clean(one.name)
        names[f"={name}"].append(one)
        names[folded(name)].append(one)
    return names
