"""Saying something beforehand when one can't come."""

from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm


class ContributionForm(HouseForm):
    """What one who can't come wants to say."""

    text = forms.CharField(
        label=_("Mitä haluat sanoa?"),
        help_text=_(
            "Perhe näkee tekstin heti ja päättää, saako sen lukea muille. Aloita siitä, mikä on hyvin."
            " Kirjoita vain siitä, mistä perhe on antanut luvan puhua."
        ),
        max_length=4000,
        error_messages={"required": _("Kirjoita, mitä haluat sanoa.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    submit_label = _("Lähetä perheelle ja koollekutsujalle")
