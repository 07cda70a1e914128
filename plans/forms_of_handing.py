"""To whom the responsibility is offered, what the family was told and lets; and what the family asks for."""

import uuid
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from network.forms.givers import GiversField
from network.models import Worker
from network.sorting import by_name
from perhekeskus.forms import DayField, HouseForm, LinkTo
from perhekeskus.words import today

from .forms import RADIOS_UP_TO, WorkerChoice
from .models import Plan
from .querysets import nameable
from .states import ToldHow


class HandingForm(HouseForm):
    """From whom to whom, why, and the family's own word."""

    submit_label = _("Tarjoa vastuuta")
    mark_optional = False

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    former = WorkerChoice(
        label=_("Kenen vastuu siirtyy"),
        queryset=Worker.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, kenen vastuu siirtyy.")},
    )
    to = WorkerChoice(
        label=_("Kuka on uusi vastuutyöntekijä"),
        help_text=_("Perhe nimeää hänet. Hän on julkisen palvelun työntekijä."),
        queryset=Worker.objects.none(),
        empty_label=_("Valitse"),
        error_messages={
            "required": _("Valitse, kenet perhe on nimennyt."),
            "invalid_choice": _(
                "Vastuutyöntekijäksi voi nimetä julkisen palvelun työntekijän, joka on ollut mukana"
                " tai kuuluu perhekeskustiimiin."
            ),
        },
    )
    why = forms.CharField(
        label=_("Miksi vastuu siirtyy"),
        help_text=_("Yksi rivi riittää. Kirjoita niin, että perhe voi lukea tämän."),
        max_length=200,
        error_messages={"required": _("Kirjoita, miksi vastuu siirtyy.")},
    )
    told_on = DayField(
        label=_("Milloin kerroit perheelle"),
        error_messages={"required": _("Kerro perheelle ensin. Milloin kerroit?")},
    )
    told_how = forms.ChoiceField(
        label=_("Miten"),
        choices=ToldHow,
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, miten perheelle kerrottiin.")},
    )
    permits = forms.BooleanField(
        label=_("Perhe antaa luvan, että uusi vastuutyöntekijä näkee perheen asiat"),
        error_messages={"required": _("Kysy perheeltä, antaako se luvan. Ilman lupaa vastuu ei siirry.")},
    )
    given_by = GiversField(
        label=_("Kuka perheestä antaa luvan"),
        error_messages={"required": _("Valitse, kuka perheestä antaa luvan.")},
    )

    def __init__(self, data: Any = None, *, plan: Plan, **kwargs: Any) -> None:
        named = [row.worker_id for row in plan.responsible_workers.all()]
        standing_in = {row.worker_id for row in plan.responsible_workers.all() if row.stands_in}
        initial: dict[str, Any] = {"form_key": uuid.uuid4(), "told_on": today(), "former": named[0]}
        super().__init__(data, initial=initial, **kwargs)
        self.back = plan.get_absolute_url()
        former, to, given_by = self.fields["former"], self.fields["to"], self.fields["given_by"]
        assert isinstance(former, WorkerChoice)
        assert isinstance(to, WorkerChoice)
        assert isinstance(given_by, GiversField)
        former.hinted = True
        former.queryset = Worker.objects.filter(pk__in=named).select_related("unit").order_by(*by_name())
        self.is_pair = len(named) > 1
        if not self.is_pair:
            former.widget = former.hidden_widget()
        kept = set(named) - standing_in
        to.queryset = (
            nameable(plan.situation).exclude(pk__in=kept).select_related("unit").order_by(*by_name())
        )
        if len(to.queryset) <= RADIOS_UP_TO:
            to.hinted, to.empty_label = True, None
            to.widget = forms.RadioSelect()
            to.widget.choices = to.choices
        self.initial["given_by"] = given_by.ask(plan.situation.family)

    def layout(self) -> Layout:
        return Layout(
            "form_key",
            "former",
            "to",
            "why",
            Fieldset(_("Perhe tietää"), "told_on", "told_how"),
            Fieldset(_("Perheen lupa"), "permits", "given_by"),
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin suunnitelmaan"), self.back)]


class AskContactForm(HouseForm):
    """The family asks to be contacted: one press, and words if it wants."""

    submit_label = _("Pyydämme yhteydenottoa")
    submit_class = "button-big"
    mark_optional = False

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Mistä haluatte puhua?"),
        help_text=_("Ei ole pakko kirjoittaa. Tekstin näkevät ne, jotka huolehtivat asiastanne."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"form_key": uuid.uuid4()}, **kwargs)

    def layout(self) -> Layout:
        return Layout("form_key", "words")
