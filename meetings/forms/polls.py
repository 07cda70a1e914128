"""Which times are asked, and how each of them suits."""

from datetime import datetime, time, timedelta
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Field, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from perhekeskus import words
from perhekeskus.forms import ClockField, DayField, HouseForm, helsinki_moment

from ..models import PollTime
from ..models.polls import FEWEST, MOST
from ..states import PollChoice
from .slots import SlotChoice, SlotField

TYPED_ROWS = 4
CLOSES_AT = time(16)
CLOSES_IN = timedelta(days=3)


class PollAskForm(HouseForm):
    """Two to ten times, found or typed in, and until when they are asked."""

    submit_label = _("Lähetä kysely")
    submit_class = "button-big"
    mark_optional = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    slots = forms.MultipleChoiceField(
        label=_("Valitse kysyttävät ajat"),
        help_text=_("Mitään ei vielä varata."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    closes_on = DayField(
        label=_("Vastausaikaa on"),
        help_text=_("Tähän päivään klo 16 asti. Muistutus lähtee edellisenä päivänä."),
    )

    def __init__(
        self, data: Any = None, *, choices: list[tuple[str, SlotChoice]], minutes: int, version: int
    ) -> None:
        self.minutes = minutes
        typed: dict[str, forms.Field] = {}
        for number in range(1, TYPED_ROWS + 1):
            typed[f"day_{number}"] = DayField(label=_("Päivä"), required=False)
            typed[f"clock_{number}"] = ClockField(label=_("Alkaa klo"), required=False)
        self.base_fields = {**self.base_fields, **typed}  # type: ignore[misc]
        closes = words.today() + CLOSES_IN
        super().__init__(data, initial={"seen_version": version, "closes_on": closes})
        self.fields["slots"].choices = choices  # type: ignore[attr-defined]
        # What was free a moment ago need not be on today's list.
        self.fields["slots"].valid_value = lambda value: True  # type: ignore[attr-defined]

    def show_again(self, version: int) -> None:
        self.data["seen_version"] = str(version)  # type: ignore[index]

    def layout(self) -> Layout:
        choices = self.fields["slots"].choices  # type: ignore[attr-defined]
        found = [Field("slots", template="meetings/_slot_choices.html")] if choices else []
        rows = [Row(f"day_{number}", f"clock_{number}") for number in range(1, TYPED_ROWS + 1)]
        return Layout(
            "seen_version", *found, Fieldset(_("Voit myös kirjoittaa aikoja itse"), *rows), "closes_on"
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        read = SlotField(choices=[])
        slots = [read.clean(value) for value in said.get("slots", [])]
        starts = [(slot.starts_at, slot.ends_at) for slot in slots if slot is not None]
        for number in range(1, TYPED_ROWS + 1):
            if typed := self._typed(said, number):
                starts.append((typed, typed + timedelta(minutes=self.minutes)))
        periods = list(dict.fromkeys(DateTimeTZRange(start, end) for start, end in sorted(starts)))
        if not self.errors and not FEWEST <= len(periods) <= MOST:
            where = "slots" if self.fields["slots"].choices else "day_1"  # type: ignore[attr-defined]
            self.add_error(where, _("Kysy vähintään kahta ja enintään kymmentä eri aikaa."))
        said["periods"] = periods
        return said

    def _typed(self, said: dict[str, Any], number: int) -> datetime | None:
        day, clock = said.get(f"day_{number}"), said.get(f"clock_{number}")
        if day and clock:
            try:
                return helsinki_moment(day, clock)
            except ValidationError as error:
                self.add_error(f"clock_{number}", error)
        elif day and f"clock_{number}" not in self.errors:
            self.add_error(f"clock_{number}", _("Kirjoita, mihin aikaan tapaaminen alkaisi."))
        elif clock and f"day_{number}" not in self.errors:
            self.add_error(f"day_{number}", _("Valitse päivä, jolloin tapaaminen olisi."))
        return None

    @property
    def closes_at(self) -> datetime:
        return helsinki_moment(self.cleaned_data["closes_on"], CLOSES_AT)


class PollAnswerForm(HouseForm):
    """Of each time: suits, if needed, does not suit."""

    submit_label = _("Lähetä vastaukset")
    submit_class = "button-big"
    mark_optional = False

    def __init__(
        self, data: Any = None, *, times: list[PollTime], before: dict[int, str], by_family: bool
    ) -> None:
        self.times = times
        required = (
            _("Valitkaa, miten tämä aika sopii.") if by_family else _("Valitse, miten tämä aika sopii.")
        )
        self.base_fields = {  # type: ignore[misc]
            f"time_{one.pk}": forms.ChoiceField(
                label=words.span(one.period.lower, one.period.upper),
                choices=PollChoice.choices,
                widget=forms.RadioSelect,
                initial=before.get(one.pk),
                error_messages={"required": required},
            )
            for one in times
        }
        super().__init__(data)

    def layout(self) -> Layout:
        return Layout(*[InlineRadios(f"time_{one.pk}") for one in self.times])

    @property
    def answers(self) -> dict[int, PollChoice]:
        return {one.pk: PollChoice(self.cleaned_data[f"time_{one.pk}"]) for one in self.times}
