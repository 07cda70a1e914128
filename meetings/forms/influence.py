"""One thing more to a column of what we can influence and what we can't."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..states import InfluenceSide


class InfluenceForm(HouseForm):
    """One thing, to one column."""

    submit_label = _("Lisää")
    submit_class = "button-quiet"
    mark_optional = False

    side = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=500, error_messages={"required": _("Kirjoita asia."), "max_length": _("Lyhennä vähän.")}
    )

    def __init__(self, *args: Any, side: InfluenceSide, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{side.value}_%s")
        super().__init__(*args, initial={"side": side.value}, **kwargs)
        self.fields["text"].label = (
            _("Lisää asia, johon voimme vaikuttaa")
            if side == InfluenceSide.CAN
            else _("Lisää asia, johon emme voi vaikuttaa")
        )
