"""What can be taken in and out as a file: each kind is a list of columns and a few questions about a row."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from ..states import ImportKind
from .columns import Column, Texts

if TYPE_CHECKING:
    from .comparing import Entry


class Kind:
    """A kind of rows; a subclass says which. `identity` are the columns by which a row is known again."""

    key: ClassVar[ImportKind]
    about: ClassVar[str | Promise]
    # What the one who takes such a file in should know first.
    before: ClassVar[str | Promise] = ""
    file_name: ClassVar[str]
    model: ClassVar[type[Model]]
    columns: ClassVar[tuple[Column, ...]]
    identity: ClassVar[tuple[Column, ...]]

    def rows(self) -> QuerySet:
        """Every row, with what its columns show, in the order of the exported file."""
        raise NotImplementedError

    def name_of(self, texts: Mapping[str, str]) -> str:
        """What a row is called on the screen; `texts` are its cells by heading."""
        raise NotImplementedError

    def why_not(self, thing: Any | None, values: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with a row as a whole; `values` are those that change, or all of a new row."""
        yield from ()

    def settle(self, entries: Iterable["Entry"], things: Iterable[Any]) -> None:
        """Look at the rows together: mark those that can't stand beside the others."""

    def lock(self, target_ids: list[int]) -> None:
        """Hold what must stay still while the file is compared and written; `target_ids` it will change."""
        rows = self.model._base_manager.select_for_update(no_key=True).filter(pk__in=target_ids)
        list(rows.order_by("pk").values_list("pk"))

    def prepared(self, thing: Any, *, is_new: bool) -> Any:
        """The row just before it is written, with what no column says."""
        return thing

    def fields_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values by the model's own fields."""
        return dict(values)

    # Fields besides the changed ones that `prepared` sets on a changed row.
    also_written: ClassVar[tuple[str, ...]] = ()

    @property
    def label(self) -> str:
        return str(self.key.label)

    @property
    def headings(self) -> list[str]:
        return [heading for column in self.columns for heading in column.headings]

    def key_of(self, thing: Any) -> Texts:
        return tuple(text for column in self.identity for text in column.texts_of(thing))
