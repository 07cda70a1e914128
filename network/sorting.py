"""Sorting names in the database as Finns sort them, whatever the locale of the database."""

from django.contrib.postgres.lookups import Unaccent
from django.db.models import CharField, F, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate, Lower

# After z: å, ä and ö, in this order; their neighbours sort with them. The signs stand after z in ASCII.
LETTERS = "åäæöøõőÅÄÆÖØÕŐ"
STAND_FOR = "{||}}}}{||}}}}"


class Translate(Func):
    """Each letter of the first list replaced by the one at its place in the second."""

    function = "TRANSLATE"
    output_field = CharField()


def finnish(field: str) -> Combinable:
    """An expression to order by: å, ä, ö last; capitals and other marks on letters make no difference."""
    letters = Translate(F(field), Value(LETTERS), Value(STAND_FOR))
    return Collate(Lower(Unaccent(letters)), "C")


def by_name() -> list[Combinable | str]:
    """The order of people in a list."""
    return [finnish("last_name"), finnish("first_name"), "pk"]
