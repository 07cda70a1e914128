"""Who of the family gives a permission: a guardian, both together where both are asked, or a mature minor."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import words
from perhekeskus.forms import Choice

from ..models import Family, FamilyMember
from ..states import MemberRole


@dataclass(frozen=True)
class Givers:
    """Who gave the word, and the other guardian where both are asked."""

    given_by: FamilyMember
    given_with: FamilyMember | None = None

    @property
    def key(self) -> str:
        return "-".join(str(one.pk) for one in (self.given_by, self.given_with) if one is not None)

    @property
    def words(self) -> str:
        return words.listed(one.first_name for one in (self.given_by, self.given_with) if one is not None)


def possible_givers(family: Family) -> list[Givers]:
    """Everybody who may give this family's permission: alone, or two guardians together."""
    members = list(family.members.all())
    guardians = [one for one in members if one.role == MemberRole.GUARDIAN]
    young = [Givers(one) for one in members if one.role == MemberRole.CHILD and one.is_mature]
    if family.both_guardians_asked:
        return [Givers(one, other) for one, other in combinations(guardians, 2)] + young
    return [Givers(one) for one in guardians] + young


class GiversField(forms.ChoiceField):
    """A radio for each who may give the permission; its value becomes `Givers`."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        self.possible: dict[str, Givers] = {}
        super().__init__(**kwargs)

    def ask(self, family: Family) -> str:
        """Ask this family; the value of the only possibility, empty when there are several or none."""
        self.possible = {one.key: one for one in possible_givers(family)}
        self.choices = [(key, _label(one)) for key, one in self.possible.items()]
        if family.both_guardians_asked:
            self.help_text = _(
                "Lupa kysytään kummaltakin huoltajalta:"
                " merkitse molemmat vasta, kun kumpikin on sanonut kyllä."
            )
        return (
            next(iter(self.possible)) if len(self.possible) == 1 and not family.both_guardians_asked else ""
        )

    def clean(self, value: Any) -> Givers:
        key = super().clean(value)
        if key not in self.possible:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.possible[key]


def _label(givers: Givers) -> str:
    if givers.given_with is not None:
        return Choice(_("%(names)s yhdessä") % {"names": givers.words})
    return giver_label(givers.given_by)


def giver_label(member: FamilyMember) -> str:
    """One who may give a permission alone; of a minor it is said what that means."""
    if member.role == MemberRole.CHILD:
        return Choice(member.first_name, gettext_lazy("Nuori päättää itse: huoltajalta ei silloin kysytä."))
    return Choice(member.first_name)
