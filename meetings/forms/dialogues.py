"""The forms of a dialogue: when the good future is, and what each says in turn."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from perhekeskus.autosave import Change, SavesItself, changes_in, marks
from perhekeskus.forms import DayField, HouseForm
from perhekeskus.words import today

from ..models import DialogueTurn
from ..states import DIALOGUE_STEPS, DialogueQuestion

HINTS = {
    DialogueQuestion.NOW: _("Mikä teitä erityisesti ilahduttaa? Mitä tavallisena päivänä tapahtuu?"),
    DialogueQuestion.HELPED: _("Kuka auttoi ja miten?"),
    DialogueQuestion.DID: _("Kirjatkaa yksi teko riville."),
    DialogueQuestion.WORRIED: _("Mistä olitte huolissanne vuosi sitten?"),
    DialogueQuestion.EASED: _("Mikä sai huolen vähenemään?"),
}


class DialogueBeginForm(HouseForm):
    """The day from which one looks back, and how long each has."""

    submit_label = _("Aloita muistelu")

    future_on = DayField(
        label=_("Mihin päivään katsotaan"), help_text=_("Usein noin vuoden päähän."), required=True
    )
    minutes = forms.IntegerField(
        label=_("Minuutteja kullekin"),
        help_text=_("Vain tiedoksi vetäjälle. Ketään ei keskeytetä, vaikka aika täyttyy."),
        min_value=1,
        max_value=60,
        initial=10,
    )

    def layout(self) -> Layout:
        return Layout(Row("future_on", "minutes"))

    def clean_future_on(self) -> date:
        day = self.cleaned_data["future_on"]
        if not today() < day <= today() + timedelta(days=366 * 5):
            raise forms.ValidationError(_("Valitse tuleva päivä, enintään viiden vuoden päästä."))
        return day


class DialogueTurnForm(SavesItself, HouseForm):
    """One step of one speaker: a question or two, in the speaker's own words."""

    submit_label = _("Tallenna ja jatka")
    mark_optional = False

    def __init__(
        self, data: Any = None, *, turn: DialogueTurn, step: int, saved: Mapping[str, str], **kwargs: Any
    ) -> None:
        self.save_url = reverse("meeting_dialogue_turn_save", args=[turn.dialogue.meeting_id, turn.pk, step])
        self.saved = {question.value: saved[question] for question in DIALOGUE_STEPS[step - 1]}
        own = {name: field for name, field in self.base_fields.items() if name == "seen"}
        self.base_fields = own | {  # type: ignore[misc]
            name: forms.CharField(
                label=DialogueQuestion(name).label,
                help_text=HINTS[DialogueQuestion(name)],
                required=False,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 4, "class": "dialogue-words"}),
            )
            for name in self.saved
        }
        super().__init__(data, initial=self.saved | {"seen": marks(self.saved)}, **kwargs)

    @property
    def changes(self) -> dict[str, Change]:
        """Every answer as it was sent, with what its writer had seen."""
        return changes_in(self.cleaned_data, self.cleaned_data["seen"])


class ProposalsForm(HouseForm):
    """Which of what was said goes to the plan's draft."""

    submit_label = _("Vie valitut suunnitelman luonnokseen")
    mark_optional = False

    chosen = forms.MultipleChoiceField(
        label=_("Mitkä viedään luonnokseen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Valitse ainakin yksi.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
