"""The kinds of files that are taken in and given out, in the order in which they are taken in."""

from ..states import ImportKind
from .contact_rules import ContactRules
from .kinds import Kind
from .places import Organisations, Units
from .workers import Workers

KINDS: dict[str, Kind] = {kind.key: kind for kind in (Organisations(), Units(), Workers(), ContactRules())}

assert list(KINDS) == ImportKind.values
