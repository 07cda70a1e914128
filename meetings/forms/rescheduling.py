"""Another time or room for a booked meeting, and what the family says of it."""

from datetime import datetime
from typing import Any

from crispy_forms.layout import Field, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.states import ConsentMethod
from perhekeskus.forms import ClockField, DayField, HouseForm, helsinki_moment

from ..models import Meeting, Room
from ..states import PlaceKind
from .slots import SlotChoice, SlotField

ASK = "ask"
SAID = [
    (ASK, _("Ei vielä. Kysytään perheeltä.")),
    (ConsentMethod.PHONE.value, _("Kyllä, puhelimessa")),
    (ConsentMethod.FACE_TO_FACE.value, _("Kyllä, kasvokkain")),
]


class RescheduleForm(HouseForm):
    """One of the found times, or a day, a clock time and a room typed in; and whether the family knows."""

    submit_label = _("Jatka")
    submit_class = "button-big"
    mark_optional = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    slot = SlotField(label=_("Valitse uusi aika"), required=False)
    day = DayField(label=_("Päivä"), required=False)
    clock = ClockField(label=_("Alkaa klo"), required=False)
    room = forms.ModelChoiceField(label=_("Tila"), queryset=Room.objects.none(), required=False)
    said = forms.ChoiceField(
        label=_("Onko perhe jo sanonut, että uusi aika sopii?"),
        choices=SAID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kerro, onko perhe jo sanonut, että uusi aika sopii.")},
    )

    def __init__(
        self, data: Any = None, *, meeting: Meeting, choices: list[tuple[str, SlotChoice]], seats: int
    ) -> None:
        self.meeting, self.seats = meeting, seats
        super().__init__(data, initial={"seen_version": meeting.version, "room": meeting.room_id})
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]
        if meeting.place_kind == PlaceKind.ROOM:
            rooms = Room.objects.open().filter(unit__municipality=meeting.municipality_id, seats__gte=seats)
            self.fields["room"].queryset = rooms.select_related("unit").order_by("unit__name", "name")  # type: ignore[attr-defined]
        else:
            del self.fields["room"]

    def show_again(self) -> None:
        """The same answers on a page that has seen the newest state."""
        self.data["seen_version"] = str(self.meeting.version)  # type: ignore[index]

    def layout(self) -> Layout:
        choices = self.fields["slot"].choices  # type: ignore[attr-defined]
        found = [Field("slot", template="meetings/_slot_choices.html")] if choices else []
        room = ["room"] if "room" in self.fields else []
        return Layout(
            "seen_version",
            *found,
            Fieldset(_("Tai kirjoita aika itse"), Row("day", "clock"), *room),
            "said",
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        day, clock = said.get("day"), said.get("clock")
        if day and clock:
            try:
                said["starts_at"] = helsinki_moment(day, clock)
            except ValidationError as error:
                self.add_error("clock", error)
            if "room" in self.fields and said.get("room") is None and "room" not in self.errors:
                self.add_error("room", _("Valitse tila."))
        elif day and "clock" not in self.errors:
            self.add_error("clock", _("Kirjoita, mihin aikaan uusi tapaaminen alkaa."))
        elif clock and "day" not in self.errors:
            self.add_error("day", _("Valitse päivä, jolle tapaaminen siirtyy."))
        elif not said.get("slot") and not {"slot", "day", "clock"} & set(self.errors):
            has_found = bool(self.fields["slot"].choices)  # type: ignore[attr-defined]
            self.add_error("slot" if has_found else "day", _("Valitse aika tai kirjoita se itse."))
        return said

    @property
    def starts_at(self) -> datetime | None:
        """The typed time, which comes before a chosen one; None when one of the found times is taken."""
        return self.cleaned_data.get("starts_at")

    @property
    def method(self) -> ConsentMethod | None:
        """How the family has said yes already; None when it is asked."""
        said = self.cleaned_data["said"]
        return None if said == ASK else ConsentMethod(said)


class ChangeAnswerForm(HouseForm):
    """Whether the proposed time suits the family: on its own page, or written down by the worker."""

    submit_class = "button-big"
    mark_optional = False
    answer = forms.ChoiceField(widget=forms.RadioSelect)
    word = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=300, required=False)
    method = forms.ChoiceField(
        label=_("Miten perhe vastasi"),
        choices=[
            (ConsentMethod.PHONE.value, _("puhelimessa")),
            (ConsentMethod.FACE_TO_FACE.value, _("kasvokkain")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, by_family: bool, when: str) -> None:
        super().__init__(data)
        answer, word = self.fields["answer"], self.fields["word"]
        if by_family:
            del self.fields["method"]
            self.submit_label = _("Vastatkaa")
            answer.label = _("Sopiiko teille %(when)s?") % {"when": when}
            answer.choices = [("yes", _("Kyllä, siirretään")), ("no", _("Ei, pidetään sovittu aika"))]  # type: ignore[attr-defined]
            answer.error_messages["required"] = _("Valitkaa, sopiiko uusi aika.")
            word.label = _("Jos ei sovi, milloin sopisi?")
        else:
            self.submit_label = _("Kirjaa perheen vastaus")
            answer.label = _("Sopiiko uusi aika perheelle?")
            answer.choices = [("yes", _("Sopii")), ("no", _("Ei sovi"))]  # type: ignore[attr-defined]
            answer.error_messages["required"] = _("Kirjaa, sopiiko uusi aika perheelle.")
            word.label = _("Jos ei sovi, milloin sopisi?")
        word.help_text = _("Saa jättää tyhjäksi.")

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")

    @property
    def method_said(self) -> ConsentMethod:
        return ConsentMethod(self.cleaned_data.get("method") or ConsentMethod.OWN_LINK)
