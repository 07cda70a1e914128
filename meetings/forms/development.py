"""Which grievances and development needs are looked at."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..dashboard.development import ALL, STATES


class DevelopmentFilterForm(HouseForm):
    """How far they are, and of which municipality."""

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    tila = forms.ChoiceField(
        label=_("Tila"),
        choices=[("", _("Avoinna olevat")), *STATES.items(), (ALL, _("Kaikki"))],
        required=False,
    )
    kunta = forms.ChoiceField(label=_("Kunta"), required=False)

    def __init__(self, *args: Any, municipalities: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kunta"].choices = [  # type: ignore[attr-defined]
            ("", _("Kaikki kunnat")),
            *((name, name) for name in municipalities),
        ]

    def layout(self) -> Layout:
        return Layout(Row("tila", "kunta"))
