"""Writing a bulletin and choosing whom it concerns."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import Choice

from ..models import Group, Municipality, Unit
from ..sorting import finnish
from ..states import Sector
from .groups import BackForm

MEMBERS, OTHERS = "members", "others"


class BulletinForm(BackForm):
    """What is told, and in a group's bulletin whether only its members are told."""

    submit_label = _("Jatka")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Otsikko"), max_length=120)
    text = forms.CharField(
        label=_("Teksti"),
        help_text=_("Kerro ensin tärkein. Ei asiakasasioita eikä perheiden nimiä."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    whom = forms.ChoiceField(
        label=_("Keille tiedote lähtee"),
        choices=[
            (MEMBERS, Choice(_("Vain ryhmän jäsenille"))),
            (OTHERS, Choice(_("Muillekin"), _("Valitset seuraavaksi kunnat ja toimialat."))),
        ],
        widget=forms.RadioSelect,
        initial=MEMBERS,
    )

    def __init__(self, *args: Any, group: Group | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if group is None:
            del self.fields["whom"]

    def layout(self) -> Layout:
        return Layout(*self.fields)

    @property
    def words(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "title": said["title"],
            "text": said["text"],
            "is_for_members": said.get("whom") == MEMBERS,
        }


def municipalities_at_work() -> Any:
    """The municipalities where somebody works, in their order."""
    at_work = Unit.objects.filter(workers__is_active=True).values("municipality")
    return Municipality.objects.filter(pk__in=at_work).order_by(finnish("name_fi"))


class SectorsField(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=Sector.choices, widget=forms.CheckboxSelectMultiple, required=False, **kwargs
        )


class AudienceForm(BackForm):
    """The municipalities and sectors that a bulletin concerns."""

    submit_label = _("Jatka")
    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    municipalities = forms.ModelMultipleChoiceField(
        label=_("Kunnat"),
        help_text=_("Jos et valitse mitään, tiedote lähtee kaikkiin kuntiin."),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sectors = SectorsField(
        label=_("Toimialat"), help_text=_("Jos et valitse mitään, tiedote lähtee kaikille toimialoille.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = municipalities_at_work()  # type: ignore[attr-defined]


class UnitsForm(BackForm):
    """Some of the units, by municipality."""

    submit_label = _("Jatka")
    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    units = forms.TypedMultipleChoiceField(
        label=_("Yksiköt"),
        help_text=_("Jos et valitse mitään, kaikki yksiköt ovat mukana."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted(units, key=lambda unit: unit.municipality_id)
        self.fields["units"].choices = [  # type: ignore[attr-defined]
            (str(members[0].municipality), [(unit.pk, unit.name) for unit in members])
            for _code, group in groupby(rows, key=lambda unit: unit.municipality_id)
            if (members := list(group))
        ]
