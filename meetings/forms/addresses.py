"""Where the family's letters go."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.models import Family
from network.models.families import LONGEST_ADDRESS
from perhekeskus.forms import HouseForm

# What the window of an envelope shows.
MOST_LINES, LONGEST_LINE = 5, 34


class AddressForm(HouseForm):
    """The address in rows, as it stands in the window of the envelope; empty takes it away."""

    mark_optional = False
    address = forms.CharField(
        label=_("Nimi ja postiosoite"),
        help_text=_(
            "Nimi, katuosoite sekä postinumero ja postitoimipaikka omille riveilleen. Osoite tulostuu vain"
            " perheen omiin papereihin niin, että se näkyy kirjekuoren ikkunasta."
        ),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, data: Any = None, *, family: Family, to_family: bool = False, **kwargs: Any) -> None:
        now = family.postal_address
        super().__init__(data, initial={"address": now, "seen": now}, **kwargs)
        if to_family:
            self.fields["address"].help_text = _(
                "Nimi, katuosoite sekä postinumero ja postitoimipaikka omille riveilleen. Osoite tulostuu"
                " vain teidän omiin papereihinne niin, että se näkyy kirjekuoren ikkunasta."
            )

    def clean_address(self) -> str:
        rows = [" ".join(row.split()) for row in self.cleaned_data["address"].split("\n")]
        rows = [row for row in rows if row]
        if len(rows) == 1:
            raise ValidationError(_("Nimi, katuosoite ja postinumero kuuluvat omille riveilleen."))
        if len(rows) > MOST_LINES:
            raise ValidationError(_("Kirjekuoren ikkunaan mahtuu viisi riviä."))
        if too_long := next((row for row in rows if len(row) > LONGEST_LINE), ""):
            raise ValidationError(
                _("Tämä rivi ei mahdu kirjekuoren ikkunaan: %(row)s. Sen voi jakaa kahdelle riville.")
                % {"row": too_long}
            )
        return "\n".join(rows)
