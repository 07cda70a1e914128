"""What a file would do: each of its rows is new, changed, as it was, or left out with its reasons."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from perhekeskus.words import listed

from ..states import RowOutcome
from .columns import Column, Fixed, Texts, Unfit
from .kinds import Kind
from .known import Known
from .reading import Row, Sheet, Unreadable, folded

# Columns that a file of left-out rows has besides its own; they say nothing when it comes back mended.
LINE, REASON = "Rivi", "Miksi jäi pois"


@dataclass
class Entry:
    """One row of the file and what becomes of it."""

    line: int
    name: str
    cells: list[str]
    # The row of the directory that it is about; None when it is a new one.
    thing: Any | None = None
    # What is written, by the model's field: all of a new row, of an old one what changes.
    values: dict[str, Any] = field(default_factory=dict)
    # Heading, what it was, what it becomes.
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.reasons

    @property
    def outcome(self) -> RowOutcome:
        if self.reasons:
            return RowOutcome.BAD
        if self.thing is None:
            return RowOutcome.ADDED
        return RowOutcome.CHANGED if self.values else RowOutcome.UNCHANGED

    @property
    def is_written(self) -> bool:
        return self.outcome in {RowOutcome.ADDED, RowOutcome.CHANGED}

    def refuse(self, reason: str) -> None:
        self.reasons.append(reason)


@dataclass(frozen=True)
class Comparison:
    entries: list[Entry]
    headings: list[str]
    notes: list[str]

    @property
    def digest(self) -> str:
        """The same for two comparisons that would do the same."""
        digest = hashlib.sha256()
        for one in self.entries:
            facts = [one.line, one.outcome, one.name, one.thing and one.thing.pk, one.changes, one.reasons]
            digest.update(json.dumps(facts, default=str).encode())
        return digest.hexdigest()


def compare(kind: Kind, sheet: Sheet, on_row: Callable[[int, int], None] | None = None) -> Comparison:
    """Every row of the sheet beside the directory as it is now. Raises Unreadable when columns are missing.

    `on_row(done, all)` is told after each row.
    """
    places, notes = _places_of(kind, sheet.headings)
    reader = _Reader(kind, places, len(sheet.headings))
    entries = []
    for number, row in enumerate(sheet.rows, start=1):
        entries.append(reader.entry(row))
        if on_row:
            on_row(number, len(sheet.rows))
    kind.settle(entries, reader.things)
    return Comparison(entries, sheet.headings, [*sheet.notes, *notes])


def _places_of(kind: Kind, headings: list[str]) -> tuple[dict[Column, list[int]], list[str]]:
    """Where each column of the kind stands in the file, and what is said of the columns that are not ours."""
    where: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if folded(heading) in where:
            raise Unreadable(
                _("Sarake ”%(name)s” on tiedostossa kahdesti. Poista toinen.") % {"name": heading}
            )
        if heading:
            where[folded(heading)] = place
    missing = [
        heading
        for column in kind.columns
        for heading in column.headings
        if folded(heading) not in where
        and (column.is_required or any(folded(other) in where for other in column.headings))
    ]
    if missing:
        raise Unreadable(
            _(
                "Tiedostosta puuttuu sarake: %(missing)s. Ensimmäisellä rivillä pitää olla sarakkeiden"
                " otsikot, samat kuin viedyssä tiedostossa."
            )
            % {"missing": listed(missing)}
        )
    ours = {folded(heading) for heading in [*kind.headings, LINE, REASON]}
    strange = [heading for heading in headings if heading and folded(heading) not in ours]
    notes = [_("Näitä sarakkeita ei lueta: %(names)s.") % {"names": listed(strange)}] if strange else []
    return {
        column: [where[folded(heading)] for heading in column.headings]
        for column in kind.columns
        if folded(column.heading) in where
    }, notes


class _Reader:
    def __init__(self, kind: Kind, places: dict[Column, list[int]], width: int) -> None:
        self.kind, self.places, self.width = kind, places, width
        self.known = Known()
        self.things = list(kind.rows())
        self.by_key = {kind.key_of(thing): thing for thing in self.things}
        self.by_folded: dict[Texts, list[Any]] = defaultdict(list)
        for key, thing in self.by_key.items():
            self.by_folded[_fold(key)].append(thing)
        self.lines: dict[Any, int] = {}

    def entry(self, row: Row) -> Entry:
        cells = row.cells + [""] * (self.width - len(row.cells))
        texts = {column: tuple(cells[place] for place in where) for column, where in self.places.items()}
        by_heading = {
            heading: text
            for column in self.kind.columns
            for heading, text in zip(
                column.headings, texts.get(column, ("",) * len(column.headings)), strict=True
            )
        }
        entry = Entry(row.line, self.kind.name_of(by_heading), cells[: self.width])
        if any(cells[self.width :]):
            entry.refuse(
                _("Rivillä on enemmän soluja kuin otsikoita. Puuttuuko tekstin ympäriltä lainausmerkit?")
            )
        for place, fault in row.faults.items():
            if place < self.width and any(place in where for where in self.places.values()):
                entry.refuse(f"{self.kind_heading(place)}: {fault}")
        if not entry.reasons:
            self._fill(entry, texts)
        return entry

    def kind_heading(self, place: int) -> str:
        return next(
            column.headings[where.index(place)] for column, where in self.places.items() if place in where
        )

    def _fill(self, entry: Entry, texts: dict[Column, Texts]) -> None:
        entry.thing = self._thing(texts)
        for column, cells in texts.items():
            try:
                self._take(entry, column, cells)
            except Unfit as unfit:
                entry.refuse(str(unfit))
        if entry.reasons:
            return
        for reason in self.kind.why_not(entry.thing, entry.values):
            entry.refuse(reason)
        key = entry.thing.pk if entry.thing is not None else self._new_key(entry)
        if key in self.lines:
            entry.refuse(_("Sama on tiedostossa jo rivillä %(line)d.") % {"line": self.lines[key]})
        else:
            self.lines[key] = entry.line

    def _thing(self, texts: dict[Column, Texts]) -> Any | None:
        """The row of the directory that the identity names: just so, else in other capitals or spellings."""
        key = tuple(text for column in self.kind.identity for text in texts[column])
        if key in self.by_key:
            return self.by_key[key]
        try:
            read = tuple(
                text
                for column in self.kind.identity
                for text in column.written(column.read(texts[column], self.known))
            )
        except Unfit:
            return None
        if read in self.by_key:
            return self.by_key[read]
        similar = self.by_folded.get(_fold(read), [])
        return similar[0] if len(similar) == 1 else None

    def _take(self, entry: Entry, column: Column, cells: Texts) -> None:
        thing = entry.thing
        was = column.texts_of(thing) if thing is not None else None
        if cells == was:
            return
        if not any(cells):
            if column.is_required and (column.is_emptied or thing is None):
                raise Unfit(_("%(heading)s puuttuu.") % {"heading": column.heading})
            if not column.is_emptied:
                return
        if isinstance(column, Fixed):
            if folded(cells[0]) not in (column.at_first if was is None else map(folded, was)):
                raise Unfit(str(column.sentence))
            return
        value = column.read(cells, self.known)
        if thing is None:
            entry.values[column.attribute] = value
            return
        becomes = column.written(value)
        if becomes != was and was is not None:
            entry.values[column.attribute] = value
            entry.changes += [
                (heading, before, after)
                for heading, before, after in zip(column.headings, was, becomes, strict=True)
                if before != after
            ]

    def _new_key(self, entry: Entry) -> Texts:
        return _fold(
            text for column in self.kind.identity for text in column.written(entry.values[column.attribute])
        )


def _fold(key: Iterable[str]) -> Texts:
    return tuple(folded(text) for text in key)
