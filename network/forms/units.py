"""Choosing which units are shown."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..models import Area, Municipality, Unit
from ..sorting import finnish


class UnitListForm(HouseForm):
    """A municipality or an area; one's own municipality when nothing was asked."""

    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), required=False, empty_label=_("Kaikki kunnat")
    )
    area = forms.ModelChoiceField(
        label=_("Alue"), queryset=Area.objects.none(), required=False, empty_label=_("Kaikki alueet")
    )

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    def __init__(self, data: Any, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(data or {"municipality": municipality}, *args, **kwargs)
        with_units = Municipality.objects.filter(units__isnull=False).values("pk")
        self.fields["municipality"].queryset = Municipality.objects.filter(  # type: ignore[attr-defined]
            pk__in=with_units
        ).order_by(finnish("name_fi"))
        self.fields["area"].queryset = Area.objects.order_by(finnish("name"))  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(Row("municipality", "area"))

    def chosen(self, units: QuerySet[Unit]) -> QuerySet[Unit]:
        """The units that were asked for. An area has its own units and those of its municipalities."""
        if not self.is_valid():
            return units.none()
        if municipality := self.cleaned_data["municipality"]:
            units = units.filter(municipality=municipality)
        if area := self.cleaned_data["area"]:
            units = units.filter(municipality__in=area.municipalities.values("pk"))
        return units
