"""Who belongs to the family and who gives its permissions."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Family, FamilyMember
from network.models.families import YOUNGEST_TO_DECIDE
from network.states import MemberRole
from perhekeskus.forms import HouseForm

from .situations import ChildForm


class GiversForm(HouseForm):
    """From whom a permission is asked."""

    submit_label = _("Tallenna, keneltä lupa kysytään")
    mark_optional = False
    asked = forms.ChoiceField(
        label=_("Keneltä lupa kysytään"),
        choices=[("one", _("Yksi huoltaja riittää")), ("both", _("Kummaltakin huoltajalta"))],
        widget=forms.RadioSelect,
    )
    mature = forms.ModelMultipleChoiceField(
        label=_("Kuka nuorista päättää itse omista luvistaan"),
        help_text=_(
            "Sopikaa tästä nuoren ja perheen kanssa. Nuori voi silloin antaa luvan yksin, eikä huoltajalta"
            " kysytä. Arvioi joka kerta, ymmärtääkö nuori, mistä hän päättää."
        ),
        queryset=FamilyMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, family: Family, **kwargs: Any) -> None:
        # Younger ones are not asked about: how mature a child is, is for the family and its worker to say.
        born_by = timezone.localdate().year - YOUNGEST_TO_DECIDE
        young = family.members.filter(role=MemberRole.CHILD, birth_year__lte=born_by)
        initial = {
            "asked": "both" if family.both_guardians_asked else "one",
            "mature": [one.pk for one in young if one.is_mature],
        }
        super().__init__(data, initial=initial, **kwargs)
        self.fields["mature"].queryset = young  # type: ignore[attr-defined]
        if not young:
            del self.fields["mature"]

    @property
    def chosen(self) -> dict[str, Any]:
        return {
            "both_asked": self.cleaned_data["asked"] == "both",
            "mature": {one.pk for one in self.cleaned_data.get("mature", [])},
        }


class MemberForm(ChildForm):
    """One more child or guardian."""

    form_tag = True
    submit_label = _("Lisää perheenjäsen")
    submit_class = "button-quiet"
    mark_optional = False
    role = forms.ChoiceField(label=_("Kuka hän on"), choices=MemberRole, widget=forms.RadioSelect)
    first_name = forms.CharField(label=_("Etunimi"), max_length=60)

    def layout(self) -> Layout:
        return Layout("role", Row("first_name", "birth_year"))

    def clean(self) -> dict[str, Any]:
        data = forms.Form.clean(self) or {}
        if (
            data.get("role") == MemberRole.CHILD
            and data.get("birth_year") is None
            and "birth_year" not in self.errors
        ):
            self.add_error("birth_year", _("Kirjoita lapsen syntymävuosi."))
        return data

    def clean_birth_year(self) -> int | None:
        # A guardian's year of birth is nobody's business here.
        return super().clean_birth_year() if self.data.get("role") == MemberRole.CHILD else None

    @property
    def new_member(self) -> FamilyMember:
        said = self.cleaned_data
        return FamilyMember(
            role=said["role"], first_name=said["first_name"], birth_year=said.get("birth_year")
        )
