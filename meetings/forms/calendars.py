"""Adding a calendar of one's own from elsewhere."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from perhekeskus.fetching import LONGEST_URL
from perhekeskus.forms import HouseForm

from ..rules.calendars import why_not_read


class ExternalCalendarForm(HouseForm):
    """The secret address of a calendar elsewhere."""

    submit_label = _("Lisää kalenteri")
    mark_optional = False

    address = forms.CharField(
        label=_("Kalenterisi ICS-osoite"),
        help_text=_(
            "Kopioi se kalenterisi asetuksista, esimerkiksi kohdasta ”Julkaise kalenteri”"
            " tai ”Salainen osoite iCal-muodossa”. Osoitteen alussa on https://."
        ),
        max_length=LONGEST_URL,
        error_messages={"required": _("Liitä tähän kalenterisi osoite.")},
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        scheme, found, rest = address.partition("://")
        if found and scheme.lower() in {"webcal", "webcals"}:
            # The same address, as calendar programs like to write it.
            address = f"https://{rest}"
        if address.lower().startswith("http://"):
            raise ValidationError(_("Osoitteen pitää olla muotoa https://… Muuta ei haeta."))
        if refused := why_not_read(address):
            raise ValidationError(str(refused))
        return address
