"""To whom the koppi is offered: to one worker, or to a unit where somebody catches it."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.models import Unit, Worker
from network.sorting import by_name
from perhekeskus.forms import HouseForm
from perhekeskus.searching import SearchForm

from ..models import Situation
from ..rules.handovers import Receiver, catchers

NOTHING_OF_THE_FAMILY = _(
    "Vapaaehtoinen. Älä kirjoita tähän perheen asioista: ne näkee vasta se, joka on ottanut kopin."
)


class WorkerChoice(forms.ModelChoiceField):
    def label_from_instance(self, worker: Any) -> str:
        return f"{worker.name}, {worker.title}, {worker.unit}"


class ReceiverSearchForm(SearchForm):
    """To whom the koppi could be offered: one field."""

    submit_label = _("Hae")
    submit_class = "button-quiet"
    q = forms.CharField(
        label=_("Kenelle tarjoat koppia"),
        help_text=_("Kirjoita työntekijän tai yksikön nimi, ammatti tai osaaminen."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.results_url = reverse("handover_offer", args=[situation.pk])


class HandoverForm(HouseForm):
    """What the holder says to the one to whom the koppi is offered."""

    submit_label = _("Tarjoa koppia")
    to = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Viesti vastaanottajalle"),
        help_text=NOTHING_OF_THE_FAMILY,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    family_told = forms.BooleanField(
        label=_("Perhe tietää, kenelle koppia tarjotaan, ja se sopii perheelle"),
        error_messages={"required": _("Kerro perheelle ensin, kenelle koppia tarjotaan.")},
    )
    mark_optional = False


class SupervisedHandoverForm(HouseForm):
    """To whom of the unit a supervisor offers the koppi of one who is away."""

    submit_label = _("Tarjoa koppia")
    mark_optional = False
    to = WorkerChoice(
        label=_("Kenelle tarjoat koppia"),
        queryset=Worker.objects.none(),
        empty_label=_("Koko yksikölle: kopin saa se, joka ottaa sen ensin"),
        required=False,
    )
    note = forms.CharField(
        label=_("Viesti vastaanottajalle"),
        help_text=_("Vapaaehtoinen. Perhe näkee omalta sivultaan, että koppia tarjotaan ja kenelle."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, situation: Situation, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        could = catchers(unit).exclude(pk=situation.holder_id).select_related("unit")
        self.fields["to"].queryset = could.order_by(*by_name())  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout("to", "note")

    @property
    def receiver(self) -> Receiver:
        return self.cleaned_data["to"] or self.unit
