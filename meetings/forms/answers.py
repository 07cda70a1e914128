"""The invited person's answer: one press."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from network.states import InvitationStatus
from perhekeskus.forms import HouseForm

from .buttons import Press

ANSWERS = [
    (InvitationStatus.ACCEPTED, _("Tulen")),
    (InvitationStatus.TENTATIVE, _("Ehkä tulen")),
    (InvitationStatus.DECLINED, _("En pääse")),
]


class AnswerForm(HouseForm):
    """Three buttons, each of them the whole answer."""

    submit_label = _("Vastaa")
    answer = forms.ChoiceField(
        choices=[(status.value, label) for status, label in ANSWERS],
        error_messages={
            "required": _("Valitse vastauksesi painamalla yhtä kolmesta painikkeesta."),
            "invalid_choice": _("Valitse vastauksesi painamalla yhtä kolmesta painikkeesta."),
        },
    )

    def layout(self) -> Layout:
        # The buttons carry the answer; the field itself is never drawn.
        return Layout()

    def buttons(self) -> list[Any]:
        return [
            Press("answer", status.value, label, "button-big" if number == 0 else "button-big button-quiet")
            for number, (status, label) in enumerate(ANSWERS)
        ]

    @property
    def helper(self):
        helper = super().helper
        helper.render_hidden_fields = False
        return helper

    @property
    def status(self) -> InvitationStatus:
        return InvitationStatus(self.cleaned_data["answer"])
