"""What time is looked for, and which of the found ones is booked."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Field, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import ClockField, DayField, HouseForm
from perhekeskus.words import today

from ..slots import Slot

DURATIONS = [(45, _("45 min")), (60, _("1 t")), (90, _("1 t 30 min")), (120, _("2 t"))]
USUAL_DAYS = 21
LONGEST_SEARCH_DAYS = 92
FURTHEST_DAYS = 400

# Start and end in seconds of UTC, the room, and those who were seen to be busy.
SLOT_VALUE = re.compile(r"(\d{1,11})-(\d{1,11})-(\d{1,18})-((?:\d{1,18}(?:\.\d{1,18}){0,20})?)", re.ASCII)


def slot_value(slot: Slot) -> str:
    """The slot as a radio's value; `SlotField` reads it back."""
    busy = ".".join(str(key) for key in slot.busy_worker_ids)
    return f"{int(slot.starts_at.timestamp())}-{int(slot.ends_at.timestamp())}-{slot.room_id}-{busy}"


class SlotChoice(str):
    """A suggestion's label: when, who and where, and a chip."""

    when: str
    clock: str
    who: str
    where: str
    chip: str | Promise
    tone: str

    @classmethod
    def of(
        cls, *, when: str, clock: str, who: str, where: str, chip: str | Promise, tone: str
    ) -> "SlotChoice":
        choice = cls(f"{when} {clock}")
        choice.when, choice.clock, choice.who, choice.where = when, clock, who, where
        choice.chip, choice.tone = chip, tone
        return choice


class SlotField(forms.ChoiceField):
    """A choice that becomes a `Slot`. What was free a moment ago need not be on today's list."""

    widget = forms.RadioSelect

    def valid_value(self, value: Any) -> bool:
        return True

    def clean(self, value: Any) -> Slot | None:
        text = super().clean(value)
        if not text:
            return None
        if not (found := SLOT_VALUE.fullmatch(text)):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        starts, ends, room, busy = found.groups()
        return Slot(
            datetime.fromtimestamp(int(starts), UTC),
            datetime.fromtimestamp(int(ends), UTC),
            int(room),
            tuple(int(key) for key in busy.split(".") if key),
        )


class SlotForm(HouseForm):
    """One of the suggested times, and the version of the meeting that its page has seen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    slot = SlotField(
        label=_("Valitse aika"),
        help_text=_(
            "Työntekijöiden kalenterit on katsottu. Kysy vielä perheeltä ja läheisiltä, sopiiko aika heille."
        ),
        error_messages={"required": _("Valitse jokin ajoista.")},
    )

    submit_label = _("Varaa aika ja tila")
    submit_class = "button-big"

    def __init__(self, *args: Any, choices: list[tuple[str, SlotChoice]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def show_again(self, choices: list[tuple[str, SlotChoice]], version: int) -> None:
        """Put the same answer and its errors over today's choices, and the version that this page shows."""
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]
        self.data["seen_version"] = str(version)  # type: ignore[index]

    def layout(self) -> Layout:
        return Layout("seen_version", Field("slot", template="meetings/_slot_choices.html"))


class SlotSearchForm(HouseForm):
    """For how long, between which days, at what time of day. Sent by GET; what is left out is as usual."""

    duration = forms.TypedChoiceField(
        label=_("Kuinka pitkä aika"), choices=DURATIONS, coerce=int, widget=forms.RadioSelect
    )
    first_day = DayField(label=_("Aikaisintaan"))
    last_day = DayField(label=_("Viimeistään"))
    earliest = ClockField(label=_("Alkaa aikaisintaan klo"))
    latest = ClockField(label=_("Päättyy viimeistään klo"))
    practice = forms.ChoiceField(
        label=_("Noudatetaanko tiimin kutsukäytäntöä?"),
        choices=[("yes", _("Kyllä")), ("no", _("Ei, tiimin ihmiset tulevat muulloinkin"))],
        widget=forms.RadioSelect,
    )

    form_method = "get"
    submit_label = _("Etsi ajat")
    submit_class = "button-quiet"

    def layout(self) -> Layout:
        practice = ["practice"] if "practice" in self.fields else []
        return Layout(
            InlineRadios("duration"), Row("first_day", "last_day"), Row("earliest", "latest"), *practice
        )

    @property
    def follows_practice(self) -> bool:
        """Whether those who are called through a team are asked to come when the team does."""
        return bool(self.cleaned_data.get("practice") != "no")

    def without_practice(self) -> None:
        """Nobody is called through a team: there is nothing to choose."""
        del self.fields["practice"]

    @classmethod
    def asked(cls, sent: QueryDict, *, minutes: int) -> "SlotSearchForm":
        """The form of this address: what was sent, and the usual for the rest of a meeting so long."""
        data = QueryDict(mutable=True)
        for name, usual in cls.usual(minutes).items():
            data[name] = sent.get(name, usual)
        return cls(data)

    @staticmethod
    def usual(minutes: int) -> dict[str, str]:
        """So long a time in the next three weeks, in office hours."""
        tomorrow = today() + timedelta(days=1)
        return {
            "duration": str(minutes),
            "first_day": tomorrow.isoformat(),
            "last_day": (tomorrow + timedelta(days=USUAL_DAYS - 1)).isoformat(),
            "earliest": "08:00",
            "latest": "16:00",
            "practice": "yes",
        }

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        if day < today():
            raise ValidationError(_("Päivä on jo mennyt. Valitse tämä päivä tai myöhempi."))
        if day > today() + timedelta(days=FURTHEST_DAYS):
            raise ValidationError(_("Päivä on liian kaukana. Etsi aikaa enintään vuoden päähän."))
        return day

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_days(facts.get("first_day"), facts.get("last_day"))
        self._check_hours(facts.get("earliest"), facts.get("latest"), facts.get("duration"))
        return facts

    def _check_days(self, first: date | None, last: date | None) -> None:
        if first is None or last is None:
            return
        if last < first:
            self.add_error("last_day", _("Viimeinen päivä on ennen ensimmäistä. Valitse myöhempi päivä."))
        elif last > first + timedelta(days=LONGEST_SEARCH_DAYS):
            self.add_error("last_day", _("Etsi enintään kolmen kuukauden ajalta kerrallaan."))

    def _check_hours(self, earliest: time | None, latest: time | None, minutes: int | None) -> None:
        if earliest is None or latest is None:
            return
        if latest <= earliest:
            self.add_error("latest", _("Väli päättyy ennen alkamistaan. Valitse myöhempi kellonaika."))
        elif minutes and _minutes(latest) - _minutes(earliest) < minutes:
            self.add_error("latest", _("Väli on lyhyempi kuin tapaaminen. Valitse myöhempi kellonaika."))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
