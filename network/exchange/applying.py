"""Writing what a comparison found into the directory; the caller's transaction makes it all or nothing."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Model

from ..states import RowOutcome
from .comparing import Entry
from .kinds import Kind

# The history's triggers make one very large INSERT slow.
BATCH = 1000
UPDATE_BATCH = 500

OnRow = Callable[[int, int], None]


def write(kind: Kind, entries: list[Entry], on_row: OnRow) -> None:
    """Add the new rows and change the changed ones; `on_row(done, all)` is told as they go."""
    many = {column.attribute for column in kind.columns if column.is_many}
    fields = {field.name for field in kind.model._meta.get_fields()}
    added = [entry for entry in entries if entry.outcome == RowOutcome.ADDED]
    changed = [entry for entry in entries if entry.outcome == RowOutcome.CHANGED]
    everything = len(added) + len(changed)
    done = 0
    for begin in range(0, len(added), BATCH):
        batch = added[begin : begin + BATCH]
        for entry in batch:
            entry.thing = kind.prepared(kind.model(**kind.fields_of(_plain(entry, many))), is_new=True)
        kind.model._base_manager.bulk_create([_thing(entry) for entry in batch])
        done += len(batch)
        on_row(done, everything)
    for attributes, group in _by_attributes(changed, many).items():
        names = [name for name in attributes if name in fields]
        for begin in range(0, len(group), UPDATE_BATCH):
            batch = group[begin : begin + UPDATE_BATCH]
            for entry in batch:
                thing = kind.prepared(entry.thing, is_new=False)
                for name, value in kind.fields_of(_plain(entry, many)).items():
                    setattr(thing, name, value)
            written = [*names, *kind.also_written]
            if written:
                kind.model._base_manager.bulk_update([_thing(entry) for entry in batch], written)
            done += len(batch)
            on_row(done, everything)
    for attribute in many:
        _write_many(kind, attribute, [entry for entry in [*added, *changed] if attribute in entry.values])


def _thing(entry: Entry) -> Model:
    assert entry.thing is not None
    return entry.thing


def _plain(entry: Entry, many: set[str]) -> dict[str, Any]:
    return {name: value for name, value in entry.values.items() if name not in many}


def _by_attributes(changed: list[Entry], many: set[str]) -> dict[tuple[str, ...], list[Entry]]:
    """Rows that change in the same fields, written together."""
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in changed:
        groups[tuple(sorted(set(entry.values) - many))].append(entry)
    return groups


def _write_many(kind: Kind, attribute: str, entries: list[Entry]) -> None:
    relation: Any = kind.model._meta.get_field(attribute)
    through = relation.remote_field.through
    ours, theirs = relation.m2m_column_name(), relation.m2m_reverse_name()
    through._base_manager.filter(**{f"{ours}__in": [_thing(entry).pk for entry in entries]}).delete()
    through._base_manager.bulk_create(
        [
            through(**{ours: _thing(entry).pk, theirs: one.pk})
            for entry in entries
            for one in entry.values[attribute]
        ],
        batch_size=BATCH,
    )
