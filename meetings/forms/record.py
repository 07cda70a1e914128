"""The form of the shared time: who came, the star, the notes."""

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..actions.recording import Record
from ..models import Meeting
from ..states import Attendance, Decision, StarHeading, StarTone

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


class RecordForm(HouseForm):
    """One page for the meeting: attendance, six headings in words, notes. No scores."""

    submit_label = _("Tallenna")
    version = forms.IntegerField(widget=forms.HiddenInput)
    notes = forms.CharField(
        label=_("Muistiinpanot"),
        help_text=_("Vain se, mitä yhdessä sovitte kirjattavaksi."),
        widget=forms.Textarea,
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.participations = list(meeting.participations.filter(decision=Decision.YES).with_people())
        rays = {ray.heading: ray for ray in meeting.rays.all()}
        initial: dict[str, Any] = {"version": meeting.version, "notes": meeting.notes}
        for one in self.participations:
            initial[f"came_{one.pk}"] = one.attendance or Attendance.PRESENT.value
        for heading in StarHeading:
            ray = rays.get(heading)
            initial[f"tone_{heading.value}"] = ray.tone if ray else StarTone.NONE.value
            initial[f"text_{heading.value}"] = ray.text if ray else ""
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
            "version",
            Fieldset(_("Ketkä tulivat"), *[InlineRadios(f"came_{one.pk}") for one in self.participations]),
            *[
                Fieldset(str(heading.label), f"text_{heading.value}", InlineRadios(f"tone_{heading.value}"))
                for heading in StarHeading
            ],
            "notes",
        )

    def texts(self) -> list[tuple[str, str]]:
        """The text fields: their names, and what each is about."""
        headings = [(f"text_{heading.value}", str(heading.label)) for heading in StarHeading]
        return [*headings, ("notes", str(self.fields["notes"].label))]

    @property
    def record(self) -> Record:
        said = self.cleaned_data
        return Record(
            attendance={one.pk: Attendance(said[f"came_{one.pk}"]) for one in self.participations},
            rays={
                heading: (StarTone(said[f"tone_{heading.value}"]), said[f"text_{heading.value}"])
                for heading in StarHeading
            },
            notes=said["notes"],
        )
