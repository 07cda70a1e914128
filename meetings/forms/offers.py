"""Which of the found times are offered to the family, and which of them it chose."""

from typing import Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.models import Family
from perhekeskus import words
from perhekeskus.forms import Choice, HouseForm

from ..models import OfferedTime
from ..models.offers import FEWEST, MOST
from ..places import place_for_family, place_outside
from ..slots import Slot
from ..states import PlaceKind
from .slots import SlotChoice, SlotField

NONE_SUITS = "mikaan"


class OfferForm(HouseForm):
    """Two to five of the suggested times, and the version of the meeting that its page has seen."""

    submit_label = _("Tarjoa ajat perheelle")
    submit_class = "button-big"
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    slots = forms.MultipleChoiceField(
        label=_("Valitse tarjottavat ajat"),
        help_text=_("Perhe valitsee näistä yhden. Mitään ei vielä varata."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Valitse vähintään kaksi aikaa.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, SlotChoice]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slots"].choices = choices  # type: ignore[attr-defined]
        # What was free a moment ago need not be on today's list.
        self.fields["slots"].valid_value = lambda value: True  # type: ignore[attr-defined]

    def show_again(self, choices: list[tuple[str, SlotChoice]], version: int) -> None:
        """Put the same answers and their errors over today's choices, and this page's version."""
        self.fields["slots"].choices = choices  # type: ignore[attr-defined]
        self.data["seen_version"] = str(version)  # type: ignore[index]

    def layout(self) -> Layout:
        return Layout("seen_version", Field("slots", template="meetings/_slot_choices.html"))

    def clean_slots(self) -> list[Slot]:
        values = self.cleaned_data["slots"]
        if not FEWEST <= len(values) <= MOST:
            raise ValidationError(_("Valitse vähintään kaksi ja enintään viisi aikaa."))
        read = SlotField(choices=[])
        return [slot for value in values if (slot := read.clean(value)) is not None]


class ChooseTimeForm(HouseForm):
    """One of the offered times, or none of them."""

    submit_class = "button-big"
    time = forms.ChoiceField(widget=forms.RadioSelect)
    word = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=300, required=False)

    def __init__(
        self, data: Any = None, *, times: list[OfferedTime], family: Family, by_family: bool
    ) -> None:
        super().__init__(data)
        self.submit_label = _("Valitkaa tämä") if by_family else _("Kirjaa perheen valinta")
        time, word = self.fields["time"], self.fields["word"]
        if by_family:
            time.label = _("Mikä aika sopii teille?") if len(times) > 1 else _("Sopiiko tämä aika teille?")
        else:
            time.label = _("Minkä ajan perhe valitsi")
        time.choices = [  # type: ignore[attr-defined]
            *((str(one.pk), _label(one, family, by_family=by_family)) for one in times),
            (NONE_SUITS, _("Mikään näistä ei käy") if len(times) > 1 else _("Tämä aika ei käy")),
        ]
        time.error_messages["required"] = (
            _("Valitkaa aika, tai kertokaa, ettei mikään käy.") if by_family else _("Kirjaa perheen valinta.")
        )
        word.label = (
            _("Jos mikään ei käy, milloin sopisi?")
            if len(times) > 1
            else _("Jos aika ei käy, milloin sopisi?")
        )
        word.help_text = _("Esimerkiksi: iltapäivisin, ei keskiviikkona.")

    @property
    def chosen(self) -> int | None:
        """The key of the chosen time; None when none suits."""
        said = self.cleaned_data["time"]
        return None if said == NONE_SUITS else int(said)


def _label(time: OfferedTime, family: Family, *, by_family: bool) -> Choice:
    # A protected family's page tells no place.
    meeting = time.offer.meeting
    if family.address_protected:
        place = ""
    elif meeting.place_kind == PlaceKind.ROOM:
        place = str(time.room or "")
    else:
        place = place_for_family(meeting) if by_family else place_outside(meeting)
    return Choice(words.span(time.period.lower, time.period.upper), place)
