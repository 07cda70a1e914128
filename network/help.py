"""What a family is told without signing in: for each need, whom it can reach; never a worker's name."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from perhekeskus import words

from .contacts import municipalities_in_use
from .models import ContactRule, Municipality, Unit


@dataclass(frozen=True)
class Reached:
    """One whom a family can reach."""

    name: str
    where: str
    phone: str
    dial: str
    hours: str
    how: str
    electronic: str


@dataclass(frozen=True)
class Answer:
    """A need in the family's words, and who answers it, in order."""

    number: int
    words: str
    reached: tuple[Reached, ...]


@dataclass(frozen=True)
class Guidance:
    """The one phone number and the electronic contact of a municipality."""

    name: str
    phone: str
    dial: str
    hours: str
    # An address elsewhere, or the path of our own form.
    electronic: str

    @property
    def electronic_whole(self) -> str:
        """The same as it is written on paper."""
        return f"{settings.BASE_URL}{self.electronic}" if self.electronic[:1] == "/" else self.electronic


def common_guidance() -> Guidance:
    """The house's one number, from which nobody tells a municipality."""
    digits = "".join(sign for sign in settings.GUIDANCE_PHONE if sign in "+0123456789")
    return Guidance(name="", phone=settings.GUIDANCE_PHONE, dial=f"tel:{digits}", hours="", electronic="")


def guidance_of(municipality: Municipality) -> Guidance:
    """The municipality's own; the house's one number when it has none."""
    unit, common = municipality.guidance_unit, common_guidance()
    if unit is None:
        return common
    phone, dial = common.phone, common.dial
    if unit.phone:
        phone, dial = words.telephone(unit.phone), unit.phone.as_rfc3966
    elif unit.electronic_contact:
        phone = dial = ""
    return Guidance(
        name=unit.name,
        phone=phone,
        dial=dial,
        hours=unit.opening_hours,
        # Where the service has no form of its own elsewhere, ours is the one.
        electronic=unit.electronic_contact or reverse("reach_us_write", args=[municipality.address_word]),
    )


def _reached(rule: ContactRule, home: Municipality) -> Reached:
    unit = rule.unit
    if unit is None:
        assert rule.team is not None
        return Reached(
            name=rule.team.name,
            where="",
            phone=words.telephone(rule.team.phone),
            dial=rule.team.phone.as_rfc3966 if rule.team.phone else "",
            hours="",
            how=rule.family_how,
            electronic="",
        )
    place = str(unit.municipality) if unit.municipality_id != home.pk else ""
    return Reached(
        name=unit.name,
        where=", ".join(part for part in (unit.address, place) if part and part not in unit.name),
        phone=words.telephone(unit.phone),
        dial=unit.phone.as_rfc3966 if unit.phone else "",
        hours=unit.opening_hours,
        how=rule.family_how,
        electronic=unit.electronic_contact,
    )


def answers(municipality: Municipality) -> list[Answer]:
    """Every need that somebody answers for families here, in the order of the Finnish alphabet. One query."""
    rules = (
        ContactRule.objects.public()
        .filter(municipality=municipality)
        .select_related("need", "unit__municipality", "team")
        .order_by("need_id", "position", "pk")
    )
    found = [
        Answer(
            number=need.pk,
            words=need.family_words or need.name,
            reached=tuple(_reached(rule, municipality) for rule in rows),
        )
        for need, rows in groupby(rules, key=lambda rule: rule.need)
    ]
    return sorted(found, key=lambda answer: words.finnish_sort_key(answer.words))


def helped_municipalities(text: str = "") -> QuerySet[Municipality]:
    """Municipalities that have a page; those of the name, in Finnish or Swedish, when there is a text."""
    municipalities = municipalities_in_use()
    if text := text.strip():
        municipalities = municipalities.filter(
            Q(name_fi__unaccent__icontains=text) | Q(name_sv__unaccent__icontains=text)
        )
    return municipalities


def is_helped(municipality: Municipality) -> bool:
    """Whether the municipality has a page."""
    return Unit.objects.filter(municipality=municipality).exists()
