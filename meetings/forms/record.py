"""The form of the shared time: who came, the star, the notes."""

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from perhekeskus.autosave import Change, SavesItself, changes_in, marks
from perhekeskus.forms import HouseForm

from ..models import Meeting
from ..recorded import saved_fields
from ..states import Attendance, Decision, MeetingStatus, StarHeading, StarTone

# The sub-headings of Hyvinvoinnin tähti, as hints to talk about.
ASPECTS = {
    StarHeading.HEALTH: _("Lapsen vahvuudet, toimintakyky ja omat arjen ympäristöt."),
    StarHeading.RELATIONS: _("Kenen luona on turvallista, kenelle voi puhua."),
    StarHeading.SELF: _("Miten lapsi näkee itsensä, mistä hän on ylpeä."),
    StarHeading.EVERYDAY: _(
        "Mikä kotona, päiväkodissa, koulussa ja kavereiden kanssa on mukavaa, mikä vaikeaa."
    ),
    StarHeading.PARENTHOOD: _(
        "Vanhemmuuden vahvuudet, jaksaminen, lapsen ymmärtäminen ja vanhemman oma arki."
    ),
    StarHeading.SURROUNDINGS: _("Perheen olosuhteet ja verkostot, perheen historia, palvelut."),
}


class RecordForm(SavesItself, HouseForm):
    """One page for the meeting: attendance, six headings in words, notes. No scores."""

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
        self.saved = saved_fields(meeting)
        initial: dict[str, Any] = self.saved | {"seen": marks(self.saved)}
        for one in self.participations:
            # Whoever was let in is mostly there: only the others are marked.
            initial[f"came_{one.pk}"] = one.attendance or Attendance.PRESENT.value
        kwargs["initial"] = initial | kwargs.get("initial", {})
        # The questions differ from meeting to meeting, and the house prepares them all at once.
        self.base_fields = {**self.base_fields, **self._questions()}  # type: ignore[misc]
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
        for heading in StarHeading:
            questions[f"text_{heading.value}"] = forms.CharField(
                label=_("Mitä puhuttiin"),
                help_text=ASPECTS[heading],
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            )
            questions[f"tone_{heading.value}"] = forms.ChoiceField(
                label=_("Miten perhe tämän näkee"), choices=StarTone.choices, widget=forms.RadioSelect
            )
        return questions

    def layout(self) -> Layout:
        return Layout(
            "seen",
            Fieldset(_("Ketkä tulivat"), *[InlineRadios(f"came_{one.pk}") for one in self.participations]),
            *[
                Fieldset(str(heading.label), f"text_{heading.value}", InlineRadios(f"tone_{heading.value}"))
                for heading in StarHeading
            ],
            "notes",
        )

    def about(self, name: str) -> str:
        """What a field is about: of the star's own, their heading too."""
        label = str(self.fields[name].label)
        heading = next((str(one.label) for one in StarHeading if name.endswith(f"_{one.value}")), "")
        return f"{heading}: {label[:1].lower()}{label[1:]}" if heading else label

    @property
    def changes(self) -> dict[str, Change]:
        """Every field as it was sent, with what its writer had seen."""
        return changes_in(self.cleaned_data, self.cleaned_data["seen"])
