"""The forms of a dialogue: when the good future is, and what each says in turn."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import DayField, HouseForm
from perhekeskus.words import today

from ..actions.dialogues import Written
from ..models import DialogueAnswer
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
        help_text=_("Vain tiedoksi vetäjälle. Aika ei katkaise ketään."),
        min_value=1,
        max_value=60,
        initial=10,
    )

    def layout(self) -> Layout:
        return Layout(Row("future_on", "minutes"))

    def clean_future_on(self) -> date:
        day = self.cleaned_data["future_on"]
        if not today() < day <= today() + timedelta(days=366 * 5):
            raise forms.ValidationError(_("Valitse päivä, joka on edessä, enintään viiden vuoden päässä."))
        return day


class DialogueTurnForm(HouseForm):
    """One step of one speaker: a question or two, in the speaker's own words."""

    submit_label = _("Tallenna ja jatka")
    mark_optional = False

    def __init__(
        self, data: Any = None, *, step: int, answers: dict[str, DialogueAnswer], **kwargs: Any
    ) -> None:
        self.questions = DIALOGUE_STEPS[step - 1]
        fields: dict[str, forms.Field] = {}
        initial: dict[str, Any] = {}
        for question in self.questions:
            answer = answers.get(question)
            fields[question.value] = forms.CharField(
                label=question.label,
                help_text=HINTS[question],
                required=False,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 4, "class": "dialogue-words"}),
            )
            fields[f"seen_{question.value}"] = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
            initial[question.value] = answer.text if answer else ""
            initial[f"seen_{question.value}"] = answer.version if answer else 0
        self.base_fields = fields  # type: ignore[misc]
        super().__init__(data, initial=initial, **kwargs)

    @property
    def written(self) -> dict[DialogueQuestion, Written]:
        said = self.cleaned_data
        return {
            question: Written(said[question.value].strip(), said[f"seen_{question.value}"])
            for question in self.questions
        }


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
