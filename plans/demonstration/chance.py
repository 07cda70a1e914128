"""Chance that is the same for the same seed."""

import random
import unicodedata
import uuid
from collections.abc import Sequence
from typing import TypeVar

from faker import Faker

T = TypeVar("T")


class Chance(random.Random):
    """A seeded source of choices, and of people who do not exist."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._people = Faker("fi_FI", use_weighting=False)
        self._people.seed_instance(seed)

    def key(self) -> uuid.UUID:
        """The key of a form that was sent."""
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def first_name(self) -> str:
        return self._people.first_name()

    def first_name_of(self, relation: str) -> str:
        """A name that goes with the word: a mummo is not called Jarmo."""
        if relation in {"mummo", "isän äiti", "kummitäti"}:
            return self._people.first_name_female()
        if relation in {"ukki", "pappa", "setä", "eno", "isä"}:
            return self._people.first_name_male()
        return self._people.first_name()

    def last_name(self) -> str:
        return self._people.last_name()

    def few(self, options: Sequence[T], count: int) -> list[T]:
        """So many different ones of the options, in their own order."""
        chosen = set(self.sample(range(len(options)), min(count, len(options))))
        return [option for place, option in enumerate(options) if place in chosen]


def plain(name: str) -> str:
    """The name in the letters of an e-mail address."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return "".join(letter if letter.isalnum() else "-" for letter in letters).strip("-")


def invented_phone(prefix: str, number: int) -> str:
    """A number in the right form whose first digits nobody is given: 044 000 0123."""
    return f"+358{prefix.lstrip('0')}000{number % 10_000:04d}"
