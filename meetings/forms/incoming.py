"""Answering a family's contact, and writing down what came of it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import Choice, HouseForm

from ..models.contacts import LONGEST_WORDS
from ..states import ContactResult


class AnswerForm(HouseForm):
    """The answer that the family reads by its code."""

    submit_label = _("Lähetä vastaus")
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Vastauksesi perheelle"),
        help_text=_(
            "Perhe lukee vastauksen omalla koodillaan. Jos perheelle lähtee siitä viesti,"
            " teksti ei näy viestissä."
        ),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)


class ContactResultForm(HouseForm):
    """What came of it, when no situation is opened."""

    # Stands in a form that says where it goes.
    form_tag = False
    result = forms.ChoiceField(
        label=_("Mitä yhteydenotosta seurasi"),
        choices=[
            (
                ContactResult.GUIDANCE.value,
                Choice(_("Ohjaus riitti"), _("Perhe sai vastauksen eikä tarvitse nyt muuta.")),
            ),
            (
                ContactResult.UNREACHED.value,
                Choice(_("Perhettä ei tavoitettu"), _("Olet yrittänyt niin kuin perhe toivoi.")),
            ),
            (
                ContactResult.NOT_OURS.value,
                Choice(_("Asia kuului muualle"), _("Kerroit perheelle, kuka auttaa.")),
            ),
        ],
        widget=forms.RadioSelect,
    )
    mark_optional = False
