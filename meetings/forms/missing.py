"""Of each who was missing: would they have been needed."""

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..actions.missing import Pity
from ..models import Participation
from ..states import WasNeeded


class MissingForm(HouseForm):
    """A question and a line for each of the missing."""

    submit_label = _("Tallenna")
    mark_optional = False

    def __init__(self, *args: Any, missing: list[Participation], **kwargs: Any) -> None:
        self.missing = missing
        fields: dict[str, forms.Field] = {}
        initial: dict[str, Any] = {}
        for one in missing:
            fields[f"needed_{one.pk}"] = forms.ChoiceField(
                label=_("Olisiko häntä tarvittu?"),
                choices=WasNeeded.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            fields[f"line_{one.pk}"] = forms.CharField(
                label=_("Mihin häntä olisi tarvittu, tai miksi ei?"), max_length=200, required=False
            )
            initial |= {f"needed_{one.pk}": one.was_needed, f"line_{one.pk}": one.needed_line}
        self.base_fields = fields  # type: ignore[misc]
        super().__init__(*args, initial=initial, **kwargs)

    def layout(self) -> Layout:
        return Layout(
            *[Fieldset(one.name, InlineRadios(f"needed_{one.pk}"), f"line_{one.pk}") for one in self.missing]
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.missing:
            if data.get(f"line_{one.pk}") and not data.get(f"needed_{one.pk}"):
                self.add_error(f"needed_{one.pk}", _("Valitse, olisiko häntä tarvittu."))
        return data

    @property
    def pities(self) -> dict[int, Pity]:
        said = self.cleaned_data
        return {
            one.pk: Pity(
                WasNeeded(said[f"needed_{one.pk}"]) if said[f"needed_{one.pk}"] else None,
                said[f"line_{one.pk}"],
            )
            for one in self.missing
        }
