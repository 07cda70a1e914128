"""What time is looked for, and which of the found ones is booked."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes, InlineRadios
from crispy_forms.layout import Field, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from network.states import Weekday
from perhekeskus.forms import ClockField, DayField, HouseForm
from perhekeskus.words import today

from ..actions.holds import hold_hours
from ..asking import WORKDAYS, Wishes, always_required, usually_required
from ..models import Meeting
from ..slots import Slot
from ..states import Equipment, PlaceKind

DURATIONS = [(45, _("45 min")), (60, _("1 t")), (90, _("1 t 30 min")), (120, _("2 t"))]
TRAVEL_MINUTES = (0, 15, 30, 45, 60)
USUAL_DAYS = 21
LONGEST_SEARCH_DAYS = 92
FURTHEST_DAYS = 400

# Start and end in seconds of UTC, the room, and those who were seen to be busy.
SLOT_VALUE = re.compile(r"(\d{1,11})-(\d{1,11})-(\d{1,18})-((?:\d{1,18}(?:\.\d{1,18}){0,20})?)", re.ASCII)


def slot_value(slot: Slot) -> str:
    """The slot as a radio's value; `SlotField` reads it back. Room 0 is no room."""
    busy = ".".join(str(key) for key in slot.busy_worker_ids)
    return f"{int(slot.starts_at.timestamp())}-{int(slot.ends_at.timestamp())}-{slot.room_id or 0}-{busy}"


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
            int(room) or None,
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

    keep = forms.TypedChoiceField(
        label=_("Onko perhe jo sanonut, että aika sopii?"),
        coerce=int,
        required=False,
        widget=forms.RadioSelect,
    )

    submit_label = _("Varaa aika ja tila")
    submit_class = "button-big"
    mark_optional = False

    def __init__(self, *args: Any, choices: list[tuple[str, SlotChoice]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [  # type: ignore[attr-defined]
            ("0", _("Kyllä, varaa heti")),
            *(
                (
                    str(hours),
                    _("Ei vielä: varaa alustavasti, perheellä on %(hours)d tuntia aikaa vastata")
                    % {"hours": hours},
                )
                for hours in hold_hours()
            ),
        ]
        self.fields["keep"].initial = "0"
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def show_again(self, choices: list[tuple[str, SlotChoice]], version: int) -> None:
        """Put the same answer and its errors over today's choices, and the version that this page shows."""
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]
        self.data["seen_version"] = str(version)  # type: ignore[index]

    def layout(self) -> Layout:
        return Layout("seen_version", Field("slot", template="meetings/_slot_choices.html"), "keep")


class SlotSearchForm(HouseForm):
    """Who must come, for how long, when and in what room. Sent by GET; what is left out is as usual."""

    searched = forms.CharField(widget=forms.HiddenInput, required=False)
    duration = forms.TypedChoiceField(
        label=_("Kuinka pitkä aika"), choices=DURATIONS, coerce=int, widget=forms.RadioSelect
    )
    first_day = DayField(label=_("Aikaisintaan"))
    last_day = DayField(label=_("Viimeistään"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Minä viikonpäivinä"),
        choices=Weekday,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Valitse ainakin yksi viikonpäivä.")},
    )
    earliest = ClockField(label=_("Alkaa aikaisintaan klo"))
    latest = ClockField(label=_("Päättyy viimeistään klo"))
    required = forms.TypedMultipleChoiceField(
        label=_("Kenen pitää ehdottomasti päästä?"),
        help_text=_(
            "Koollekutsuja ja sovittu vetäjä ovat aina mukana. Jos jätät jonkun merkitsemättä, ehdotamme"
            " myös aikoja, jolloin hän ei pääse."
        ),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    travel = forms.TypedChoiceField(
        label=_("Kuinka paljon varataan matkaan?"),
        help_text=_("Kun jollakulla on juuri ennen tai jälkeen tapaaminen muualla."),
        coerce=int,
        widget=forms.RadioSelect,
    )
    equipment = forms.MultipleChoiceField(
        label=_("Mitä tilassa pitää olla?"),
        choices=Equipment,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    accessible = forms.BooleanField(label=_("Tilaan pääsee esteettömästi"), required=False)
    practice = forms.ChoiceField(
        label=_("Noudatetaanko tiimin kutsukäytäntöä?"),
        choices=[("yes", _("Kyllä")), ("no", _("Ei, tiimin ihmiset tulevat muulloinkin"))],
        widget=forms.RadioSelect,
    )

    form_method = "get"
    submit_label = _("Etsi ajat")
    submit_class = "button-quiet"

    def __init__(self, data: QueryDict, *, meeting: Meeting, workers: Collection[Worker]) -> None:
        super().__init__(data)
        self.workers = workers
        always = always_required(meeting)
        others = [(worker.pk, worker.name) for worker in workers if worker.pk not in always]
        lengths = sorted({*TRAVEL_MINUTES, meeting.municipality.travel_minutes})
        self.fields["required"].choices = others  # type: ignore[attr-defined]
        self.fields["travel"].choices = [  # type: ignore[attr-defined]
            (length, _("%(length)d min") % {"length": length} if length else _("ei yhtään"))
            for length in lengths
        ]
        gone = [] if others else ["required"]
        if meeting.place_kind != PlaceKind.ROOM:
            gone += ["equipment", "accessible"]
        if meeting.place_kind == PlaceKind.REMOTE:
            gone.append("travel")
        for name in gone:
            del self.fields[name]

    def layout(self) -> Layout:
        parts = [
            "searched",
            InlineRadios("duration"),
            Row("first_day", "last_day"),
            InlineCheckboxes("weekdays"),
            Row("earliest", "latest"),
            "required",
            InlineRadios("travel"),
            InlineCheckboxes("equipment", wrapper_class="choices-long"),
            "accessible",
            "practice",
        ]
        return Layout(*(part for part in parts if _field_of(part) in {None, *self.fields}))

    @property
    def wishes(self) -> Wishes:
        """What a valid form asks for."""
        asked = self.cleaned_data
        return Wishes(
            minutes=asked["duration"],
            first_day=asked["first_day"],
            last_day=asked["last_day"],
            earliest=asked["earliest"],
            latest=asked["latest"],
            weekdays=tuple(asked["weekdays"]),
            required=frozenset(asked.get("required", ())),
            travel_minutes=asked.get("travel"),
            equipment=tuple(asked.get("equipment", ())),
            is_accessible=asked.get("accessible", False),
            follows_practice=asked.get("practice") != "no",
        )

    def without_practice(self) -> None:
        """Nobody is called through a team: there is nothing to choose."""
        del self.fields["practice"]

    @classmethod
    def asked(
        cls, sent: QueryDict, *, meeting: Meeting, workers: Collection[Worker], minutes: int | None = None
    ) -> "SlotSearchForm":
        """The form of this address: what was sent, and the usual for the rest, or `minutes`."""
        data = QueryDict(mutable=True)
        for name, usual in cls.usual(meeting, workers, minutes or meeting.kind.minutes).items():
            # A browser leaves out a list of which nothing is chosen.
            is_said = name in sent or (isinstance(usual, list) and "searched" in sent)
            data.setlist(
                name, sent.getlist(name) if is_said else [usual] if isinstance(usual, str) else usual
            )
        return cls(data, meeting=meeting, workers=workers)

    @staticmethod
    def usual(meeting: Meeting, workers: Collection[Worker], minutes: int) -> dict[str, str | list[str]]:
        """So long a time in the next three weeks, in office hours."""
        tomorrow = today() + timedelta(days=1)
        required = usually_required(meeting, workers) - always_required(meeting)
        return {
            "searched": "1",
            "duration": str(minutes),
            "first_day": tomorrow.isoformat(),
            "last_day": (tomorrow + timedelta(days=USUAL_DAYS - 1)).isoformat(),
            "weekdays": [str(day) for day in WORKDAYS],
            "earliest": "08:00",
            "latest": "16:00",
            "required": [str(key) for key in sorted(required)],
            "travel": str(meeting.municipality.travel_minutes),
            "equipment": [],
            "accessible": [],
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


def _field_of(part: Any) -> str | None:
    """The one field of this part of the layout; None of a row of two, which are always there."""
    if isinstance(part, Row):
        return None
    return part if isinstance(part, str) else str(part.fields[0])


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
