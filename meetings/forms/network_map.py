"""Whose map is looked at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.contacts import municipalities_in_use
from network.models import Municipality
from perhekeskus.forms import HouseForm


class MapForm(HouseForm):
    """The whole network, or one municipality of it."""

    municipality = forms.ModelChoiceField(
        label=_("Kunta"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("Koko verkosto"),
    )

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities_in_use()  # type: ignore[attr-defined]
