"""To whom the koppi is offered: to one worker, or to a unit where somebody catches it."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Unit, Worker
from network.sorting import by_name
from perhekeskus.forms import Choice, HouseForm

from ..models import Situation
from ..rules.handovers import Receiver, catchers

TO_WORKER, TO_UNIT = "tyontekija", "yksikko"
NOTHING_OF_THE_FAMILY = _("Älä kirjoita tähän perheen asioista: ne näkee vasta se, joka on ottanut kopin.")


class WorkerChoice(forms.ModelChoiceField):
    def label_from_instance(self, worker: Any) -> str:
        return f"{worker.name}, {worker.title}, {worker.unit}"


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: Any) -> str:
        return f"{unit}, {unit.municipality}"


class HandoverForm(HouseForm):
    """To whom the holder offers the koppi."""

    submit_label = _("Tarjoa koppia")
    kind = forms.ChoiceField(
        label=_("Kenelle tarjoat koppia"),
        choices=[
            (TO_WORKER, Choice(_("Yhdelle työntekijälle"), _("Hän ottaa kopin tai kertoo, ettei voi."))),
            (TO_UNIT, Choice(_("Yksikölle"), _("Kopin saa se, joka siellä ottaa sen ensin."))),
        ],
        widget=forms.RadioSelect,
        initial=TO_WORKER,
        required=False,
    )
    to = WorkerChoice(
        label=_("Työntekijä"),
        queryset=Worker.objects.none(),
        empty_label=_("Valitse työntekijä"),
        required=False,
    )
    unit = UnitChoice(
        label=_("Yksikkö"), queryset=Unit.objects.none(), empty_label=_("Valitse yksikkö"), required=False
    )
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

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        could = Worker.objects.working_with_families().exclude(pk=situation.holder_id)
        self._offer_to(could)

    def _offer_to(self, could: Any) -> None:
        units = Unit.objects.filter(pk__in=could.order_by().values("unit"))
        self.fields["to"].queryset = could.select_related("unit").order_by(*by_name())  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units.select_related("municipality").order_by("name")  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout("kind", "to", "unit", "note", "family_told")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen, other = ("unit", "to") if data.get("kind") == TO_UNIT else ("to", "unit")
        if data.get(other) and not data.get(chosen):
            self.add_error(chosen, _("Valitse myös ylempää, kummalle tarjoat: työntekijälle vai yksikölle."))
        elif not data.get(chosen) and chosen not in self.errors:
            sentence = (
                _("Valitse yksikkö, jolle koppia tarjotaan.")
                if chosen == "unit"
                else _("Valitse työntekijä, jolle koppia tarjotaan.")
            )
            self.add_error(chosen, sentence)
        return data

    @property
    def receiver(self) -> Receiver:
        """Whom the koppi is offered to; of a valid form."""
        return self.cleaned_data["unit" if self.cleaned_data["kind"] == TO_UNIT else "to"]

    @property
    def receiver_field(self) -> str:
        return "unit" if self.cleaned_data.get("kind") == TO_UNIT else "to"


class SupervisedHandoverForm(HouseForm):
    """To whom of the unit a supervisor offers the koppi of one who is away."""

    submit_label = _("Tarjoa koppia")
    mark_optional = False
    to = WorkerChoice(
        label=_("Kenelle tarjoat koppia"),
        queryset=Worker.objects.none(),
        empty_label=_("Koko yksikölle: sen saa se, joka ottaa sen ensin"),
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
