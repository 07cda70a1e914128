"""Finding one's municipality by its name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm


class MunicipalityNameForm(HouseForm):
    """One field; a part of the name is enough."""

    name = forms.CharField(
        label=_("Missä kunnassa asut?"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "class": "width-half"}),
    )

    form_method = "get"
    submit_label = _("Etsi")
    mark_optional = False
