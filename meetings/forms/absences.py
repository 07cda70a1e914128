"""One's own absence: two days and a substitute."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from network.sorting import by_name
from perhekeskus.forms import DayField, HouseForm, LinkTo


class SubstituteChoice(forms.ModelChoiceField):
    def label_from_instance(self, worker: Any) -> str:
        return f"{worker.name}, {worker.title}" if worker.title else worker.name


class AbsenceForm(HouseForm):
    """From the first day to the last."""

    submit_label = _("Lisää poissaolo")

    first = DayField(label=_("Ensimmäinen päivä"))
    last = DayField(label=_("Viimeinen päivä"))
    substitute = SubstituteChoice(
        label=_("Sijainen"),
        help_text=_("Kuka oman työpaikkasi väestä vastaa sillä aikaa? Nimi näkyy kortillasi."),
        queryset=Worker.objects.none(),
        required=False,
        empty_label=_("Ei sijaista"),
    )

    def __init__(self, *args: Any, worker: Worker, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["substitute"].queryset = (  # type: ignore[attr-defined]
            Worker.objects.working_with_families()
            .filter(unit=worker.unit_id)
            .exclude(pk=worker.pk)
            .order_by(*by_name())
        )

    def layout(self) -> Layout:
        return Layout(Row("first", "last"), "substitute")

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("Viimeinen päivä ei voi olla ennen ensimmäistä."))
        elif last and last < timezone.localdate():
            self.add_error("last", _("Päivä on jo mennyt."))
        return cleaned
