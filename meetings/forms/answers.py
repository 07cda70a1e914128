"""The invited one's answer: one press; of a unit or a team also who comes."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from network.actions.invitations import Comer
from network.models import Invitation, Worker
from network.states import InvitationStatus
from perhekeskus.forms import Choice, HouseForm

from .buttons import Press

ANSWERS = [
    (InvitationStatus.ACCEPTED, _("Tulen")),
    (InvitationStatus.TENTATIVE, _("Ehkä tulen")),
    (InvitationStatus.DECLINED, _("En pääse")),
]
ANSWERS_OF_MANY = [
    (InvitationStatus.ACCEPTED, _("Joku meistä tulee")),
    (InvitationStatus.TENTATIVE, _("Ehkä joku tulee")),
    (InvitationStatus.DECLINED, _("Kukaan ei pääse")),
]
PRESS_ONE = _("Valitse vastauksesi painamalla yhtä kolmesta painikkeesta.")
RADIOS_AT_MOST = 7


class AnswerForm(HouseForm):
    """Three buttons, each of them the whole answer."""

    submit_label = _("Vastaa")
    mark_optional = False
    offered = ANSWERS
    # When it has been answered already, no button is stronger than another.
    is_answered = False
    answer = forms.ChoiceField(
        choices=[(status.value, label) for status, label in ANSWERS],
        error_messages={"required": PRESS_ONE, "invalid_choice": PRESS_ONE},
    )

    def layout(self) -> Layout:
        # The buttons carry the answer; the field itself is never drawn.
        return Layout()

    def buttons(self) -> list[Any]:
        return [
            Press(
                "answer",
                status.value,
                label,
                "button-big" if number == 0 and not self.is_answered else "button-big button-quiet",
            )
            for number, (status, label) in enumerate(self.offered)
        ]

    @property
    def helper(self):
        helper = super().helper
        helper.render_hidden_fields = False
        return helper

    @property
    def status(self) -> InvitationStatus:
        return InvitationStatus(self.cleaned_data["answer"])

    @property
    def comer(self) -> Comer:
        """Who comes, when somebody of many is asked."""
        return Comer()


class ColleagueForm(AnswerForm):
    """The answer of one who has signed in for their unit or team: who of us comes."""

    offered = ANSWERS_OF_MANY
    who = forms.ModelChoiceField(
        label=_("Kuka teiltä tulee"),
        queryset=Worker.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, invitation: Invitation, worker: Worker, **kwargs: Any) -> None:
        kwargs["initial"] = {"who": invitation.coming_worker_id or worker.pk} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        consent = invitation.consent
        colleagues = Worker.objects.working_with_families()
        colleagues = (
            colleagues.filter(unit=consent.unit_id)
            if consent.unit_id is not None
            else colleagues.filter(teams=consent.team_id)
        )
        field = self.fields["who"]
        field.queryset = colleagues  # type: ignore[attr-defined]
        if colleagues.count() > RADIOS_AT_MOST:
            field.widget = forms.Select()
            field.widget.choices = field.choices  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: Choice(  # type: ignore[attr-defined]
            _("Minä, %(name)s") % {"name": one.name} if one.pk == worker.pk else one.name, one.title
        )

    def layout(self) -> Layout:
        return Layout("who")

    @property
    def comer(self) -> Comer:
        return Comer(self.cleaned_data.get("who"))


class NamedForm(AnswerForm):
    """The answer by the link of a unit or a team: the name and the title of the one who comes."""

    offered = ANSWERS_OF_MANY
    name = forms.CharField(
        label=_("Kuka teiltä tulee"),
        help_text=_("Etunimi ja sukunimi. Perhe ja koollekutsuja näkevät nimen."),
        max_length=140,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    title = forms.CharField(
        label=_("Ammattinimike"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": invitation.coming_name,
            "title": invitation.coming_title,
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def layout(self) -> Layout:
        return Layout("name", "title")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("answer") == InvitationStatus.ACCEPTED and not said.get("name"):
            self.add_error("name", _("Kirjoita, kuka teiltä tulee."))
        return said

    @property
    def comer(self) -> Comer:
        return Comer(name=self.cleaned_data.get("name", ""), title=self.cleaned_data.get("title", ""))


class InsteadForm(HouseForm):
    """Whom to ask instead, in words."""

    submit_label = _("Lähetä ehdotus koollekutsujalle")
    submit_class = "button-quiet"
    mark_optional = False
    instead = forms.CharField(
        label=_("Ketä kannattaisi kysyä"),
        help_text=_("Esimerkiksi nimi ja yksikkö. Älä kirjoita mitään perheestä."),
        max_length=200,
    )


class ColleagueSearchForm(HouseForm):
    """Somebody of the network, by name or by what they know."""

    form_method = "get"
    submit_label = _("Hae verkostosta")
    submit_class = "button-quiet"
    mark_optional = False
    q = forms.CharField(
        label=_("Tai hae työntekijä verkostosta"),
        help_text=_("Nimi, yksikkö tai osaaminen."),
        max_length=100,
        required=False,
    )
