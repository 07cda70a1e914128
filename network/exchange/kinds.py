"""What can be taken in and out as a file: each kind is a list of columns and a few questions about a row."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from .columns import Column, Texts

if TYPE_CHECKING:
    from .comparing import Entry

KINDS: dict[str, "Kind"] = {}


class Kind:
    """A kind of rows; a subclass says which. `identity` are the columns by which a row is known again."""

    key: ClassVar[str]
    label: ClassVar[str | Promise]
    about: ClassVar[str | Promise]
    file_name: ClassVar[str]
    model: ClassVar[type[Model]]
    columns: ClassVar[tuple[Column, ...]]
    identity: ClassVar[tuple[Column, ...]]
    # A coordinator may take in and out this kind too, not only an administrator.
    is_for_coordinators: ClassVar[bool] = False

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

    def lock(self, entries: Iterable["Entry"]) -> None:
        """Hold what else must stay still while the rows are written."""

    def prepared(self, thing: Any, *, is_new: bool) -> Any:
        """The row just before it is written, with what no column says."""
        return thing

    # Fields besides the changed ones that `prepared` sets on a changed row.
    also_written: ClassVar[tuple[str, ...]] = ()

    @property
    def headings(self) -> list[str]:
        return [heading for column in self.columns for heading in column.headings]

    def key_of(self, thing: Any) -> Texts:
        return tuple(text for column in self.identity for text in column.texts_of(thing))


def register(kind: type[Kind]) -> type[Kind]:
    """Offer the kind on the pages of import and export."""
    KINDS[kind.key] = kind()
    return kind
