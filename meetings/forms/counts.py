"""Choosing the months of the coordinator's count."""

from datetime import date
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..dashboard.ranges import LONGEST_RANGE, months_between


class CountRangeForm(HouseForm):
    """From which month to which."""

    first = forms.ChoiceField(label=_("Alkaa"))
    last = forms.ChoiceField(label=_("Päättyy"))

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months]
        self.fields["first"].choices = choices  # type: ignore[attr-defined]
        self.fields["last"].choices = choices  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(Row("first", "last"))

    def clean_first(self) -> date:
        return date.fromisoformat(f"{self.cleaned_data['first']}-01")

    def clean_last(self) -> date:
        return date.fromisoformat(f"{self.cleaned_data['last']}-01")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            if last < first:
                self.add_error("last", _("Viimeinen kuukausi on ennen ensimmäistä. Vaihda jompikumpi."))
            elif len(months_between(first, last)) > LONGEST_RANGE:
                self.add_error(
                    "last",
                    _("Valitse enintään %(months)s kuukautta kerrallaan.") % {"months": LONGEST_RANGE},
                )
        return cleaned
