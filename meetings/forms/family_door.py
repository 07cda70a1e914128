"""The one-time code of the family's own page, typed as people type: with spaces, pasted, in any digits."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm
from perhekeskus.models.codes import DIGITS


class CodeForm(HouseForm):
    """Six digits."""

    submit_label = _("Avatkaa sivu")
    submit_class = "button-big"
    code = forms.CharField(
        label=_("Koodi"),
        help_text=_("Kuusi numeroa saamastanne viestistä."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "width-short",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Kirjoittakaa koodi, jonka saitte viestissä.")},
    )
    # Where the family was going when the door was shut.
    target = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def clean_code(self) -> str:
        typed = "".join(letter for letter in self.cleaned_data["code"] if letter.isalnum())
        digits = "".join(
            str(unicodedata.digit(letter)) for letter in typed if unicodedata.digit(letter, -1) >= 0
        )
        if len(digits) != DIGITS or len(typed) != DIGITS:
            raise forms.ValidationError(_("Koodissa on kuusi numeroa. Kirjoittakaa ne viestistä."))
        return digits
