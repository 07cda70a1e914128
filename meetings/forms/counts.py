"""Choosing the months of the coordinator's count."""

from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, cast

from crispy_forms.layout import Layout, Row
from django import forms
from django.forms.utils import flatatt
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..dashboard.ranges import LONGEST_RANGE, months_between


@lru_cache(maxsize=1024)
def _month_name(month: date, _language: str | None) -> str:
    """tammikuu 2027"""
    return date_format(month, "F Y")


class MonthSelect(forms.Select):
    """A choice of a month. There can be hundreds of them: too many for a template each."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = {str(value): " selected"}
        options = "".join(
            f'<option value="{escape(code)}"{chosen.get(code, "")}>{escape(words)}</option>'
            for code, words in cast("list[tuple[str, str]]", self.choices)
        )
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            mark_safe(options),  # escaped above
        )


class CountRangeForm(HouseForm):
    """From which month to which."""

    first = forms.ChoiceField(label=_("Alkaa"), widget=MonthSelect)
    last = forms.ChoiceField(label=_("Päättyy"), widget=MonthSelect)

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        choices = [(f"{month.year}-{month.month:02}", _month_name(month, language)) for month in months]
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
