"""One's own card, one's photograph, and the facts of one's unit."""

from typing import Any, cast

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm, HouseModelForm, LinkTo, WebAddressField

from ..models import Expertise, Unit, Worker
from ..rules.cards import card_mark
from ..sorting import finnish
from ..states import SpokenLanguage


class CardForm(HouseModelForm):
    """A form of a card, which knows what the card told when its page was made."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = card_mark(self.instance)
        self.initial["seen"] = self.now

    def refuse(self, sentence: str) -> None:
        """Say why it was not saved; what was written stays, and is saved when it is sent again."""
        self.add_error(None, sentence)
        data = cast("QueryDict", self.data).copy()
        data["seen"] = self.now
        self.data = data


class ProfileForm(CardForm):
    """What a worker tells the others of themselves."""

    submit_label = _("Tallenna kortti")

    languages = forms.MultipleChoiceField(
        label=_("Kielet"),
        help_text=_("Kielet, joilla voit tavata perheen."),
        choices=SpokenLanguage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Worker
        fields = [
            "phone",
            "reachable",
            "what_i_do",
            "expertise",
            "languages",
            "available_for_consultation",
            "available_for_shared_times",
        ]
        widgets = {"expertise": forms.CheckboxSelectMultiple}
        labels = {
            "phone": _("Puhelin"),
            "reachable": _("Milloin sinut tavoittaa"),
            "what_i_do": _("Mitä teen"),
            "expertise": _("Osaaminen"),
            "available_for_consultation": _("Minulta voi kysyä neuvoa"),
            "available_for_shared_times": _("Minut voi kutsua yhteiseen aikaan"),
        }
        help_texts = {
            "phone": _("Näkyy verkoston työntekijöille ja kutsuissa, jotka lähetät."),
            "reachable": _("Esimerkiksi: arkisin klo 8–9, muuten tekstiviestillä."),
            "what_i_do": _(
                "Kerro omin sanoin, missä asioissa sinua kannattaa pyytää mukaan. Älä kirjoita perheistä."
            ),
            "expertise": _("Valitse kaikki, joissa voit auttaa."),
        }

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["expertise"].queryset = Expertise.objects.order_by(finnish("name"))  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(
            "seen",
            "phone",
            "reachable",
            "what_i_do",
            "expertise",
            "languages",
            Fieldset(_("Mihin sinua voi pyytää"), "available_for_consultation", "available_for_shared_times"),
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]


class PhotoForm(HouseForm):
    """One photograph."""

    submit_label = _("Tallenna kuva")

    photo = forms.FileField(
        label=_("Valokuva"),
        help_text=_("JPEG tai PNG, enintään 10 megatavua. Kuvasta näkyy neliö keskeltä."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]


class UnitCardForm(CardForm):
    """What a unit tells of itself; its name and place are the administrator's to change."""

    submit_label = _("Tallenna")

    class Meta:
        model = Unit
        fields = [
            "description",
            "phone",
            "opening_hours",
            "email",
            "address",
            "website",
            "electronic_contact",
        ]
        field_classes = {"website": WebAddressField, "electronic_contact": WebAddressField}
        labels = {
            "description": _("Mitä täällä tehdään"),
            "phone": _("Puhelin"),
            "opening_hours": _("Auki"),
            "email": _("Sähköposti"),
            "address": _("Osoite"),
            "website": _("Verkkosivu"),
            "electronic_contact": _("Sähköisen yhteydenoton osoite"),
        }
        help_texts = {
            "description": _("Muutama lause, joista perhekin ymmärtää, missä asioissa teiltä saa apua."),
            "phone": _("Numero, johon perhekin voi soittaa."),
            "opening_hours": _("Esimerkiksi ma–pe 8–16."),
            "email": _("Yksikön yhteinen osoite. Tähän tulevat kutsut, jotka on osoitettu koko yksikölle."),
            "electronic_contact": _("Sivu, jolla perhe voi jättää yhteydenottopyynnön."),
        }

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]
