"""The form of the shared time: who came, the star, the notes."""

from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes, InlineRadios
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from perhekeskus.autosave import BETWEEN, Change, SavesItself, changes_in, marks
from perhekeskus.forms import HouseForm

from ..models import Meeting
from ..recorded import LISTS, RAY_PARTS, parts_used, ray_field, saved_fields
from ..states import (
    STAR_ASPECTS,
    Attendance,
    Decision,
    MeetingStatus,
    StarHeading,
    StarTone,
    StarVoice,
)

# What each heading of Hyvinvoinnin tähti is about, for those without sub-headings of their own.
HINTS = {
    StarHeading.RELATIONS: _("Kenen luona on turvallista, kenelle voi puhua."),
    StarHeading.SELF: _("Miten lapsi näkee itsensä, mistä hän on ylpeä."),
    StarHeading.EVERYDAY: _("Mikä kotona, päiväkodissa tai koulussa on mukavaa."),
}


def _voices() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Kenen sanoin"),
        choices=StarVoice.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class RecordForm(SavesItself, HouseForm):
    """One page for the meeting: attendance, six headings in words, notes. No scores.

    What this kind of meeting doesn't use is not asked.
    """

    # Nothing but who came is asked of anybody.
    mark_optional = False

    notes = forms.CharField(
        label=_("Muistiinpanot"),
        help_text=_("Vain se, mitä yhdessä sovitte kirjattavaksi."),
        widget=forms.Textarea,
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.save_url = reverse("meeting_record_save", args=[meeting.pk])
        held = meeting.status == MeetingStatus.HELD
        self.submit_label = _("Tallenna") if held else _("Tallenna ja merkitse pidetyksi")
        self.participations = list(meeting.participations.filter(decision=Decision.YES).with_people())
        self.parts = parts_used(meeting)
        self.headings = list(StarHeading) if "star" in self.parts else []
        asked = {"notes"} if "notes" in self.parts else set()
        asked |= {f"came_{one.pk}" for one in self.participations}
        asked |= {ray_field(part, heading) for heading in self.headings for part in RAY_PARTS}
        self.saved = {name: value for name, value in saved_fields(meeting).items() if name in asked}
        initial: dict[str, Any] = self.saved | {"seen": marks(self.saved)}
        for heading in self.headings:
            names = [ray_field(part, heading) for part in LISTS]
            initial |= {name: [one for one in self.saved[name].split(BETWEEN) if one] for name in names}
        for one in self.participations:
            # Whoever was let in is mostly there: only the others are marked.
            initial[f"came_{one.pk}"] = one.attendance or Attendance.PRESENT.value
        kwargs["initial"] = initial | kwargs.get("initial", {})
        # The questions differ from meeting to meeting, and the house prepares them all at once.
        own = {name: field for name, field in self.base_fields.items() if name in {*asked, "seen"}}
        self.base_fields = own | self._questions()  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    def _questions(self) -> dict[str, forms.Field]:
        questions: dict[str, forms.Field] = {}
        for one in self.participations:
            questions[f"came_{one.pk}"] = forms.ChoiceField(
                label=one.name,
                help_text=one.from_where,
                choices=Attendance.choices,
                widget=forms.RadioSelect,
            )
        for heading in self.headings:
            questions |= self._of_heading(heading)
        return questions

    def _of_heading(self, heading: StarHeading) -> dict[str, forms.Field]:
        questions: dict[str, forms.Field] = {}
        if aspects := STAR_ASPECTS[heading]:
            questions["aspects"] = forms.MultipleChoiceField(
                label=_("Mistä näistä puhutaan"),
                choices=[(one.value, one.label) for one in aspects],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        questions |= {
            "strengths": forms.CharField(
                label=_("Voimavarat"),
                help_text=HINTS.get(heading, _("Mikä kantaa ja missä on hyvää.")),
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            ),
            "strengths_by": _voices(),
            "text": forms.CharField(
                label=_("Mistä puhutaan"),
                help_text=_("Mikä mietityttää tai mihin toivotaan muutosta."),
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            ),
            "text_by": _voices(),
            "tone": forms.ChoiceField(
                label=_("Miten perhe tämän näkee"), choices=StarTone.choices, widget=forms.RadioSelect
            ),
        }
        return {ray_field(part, heading): question for part, question in questions.items()}

    def layout(self) -> Layout:
        return Layout(
            "seen",
            Fieldset(_("Ketkä tulivat"), *[InlineRadios(f"came_{one.pk}") for one in self.participations]),
            *[
                Fieldset(str(heading.label), *self._places(heading), css_class="record-heading")
                for heading in self.headings
            ],
            *(["notes"] if "notes" in self.fields else []),
        )

    def _places(self, heading: StarHeading) -> list[Any]:
        """The fields of one heading in their order; what carries stands beside what is talked about."""
        kinds = {"tone": InlineRadios} | dict.fromkeys(LISTS, InlineCheckboxes)

        def place(part: str) -> Any:
            name = ray_field(part, heading)
            wrapped = {"wrapper_class": "choices-long"} if part == "aspects" else {}
            return kinds[part](name, **wrapped) if part in kinds else name

        return [
            *([place("aspects")] if ray_field("aspects", heading) in self.fields else []),
            Div(
                Div(place("strengths"), place("strengths_by")),
                Div(place("text"), place("text_by")),
                css_class="record-pair",
            ),
            place("tone"),
        ]

    def about(self, name: str) -> str:
        """What a field is about: of the star's own, their heading too."""
        label = str(self.fields[name].label)
        heading = next((str(one.label) for one in StarHeading if name.endswith(f"_{one.value}")), "")
        return f"{heading}: {label[:1].lower()}{label[1:]}" if heading else label

    @property
    def changes(self) -> dict[str, Change]:
        """Every field as it was sent, with what its writer had seen."""
        return changes_in(self.cleaned_data, self.cleaned_data["seen"])
