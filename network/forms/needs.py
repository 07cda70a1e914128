"""Needs: what a family may need help for, and by which words that is found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseModelForm, LinkTo

from ..models import Expertise, Need
from ..sorting import finnish


class NeedForm(HouseModelForm):
    """One need, the same in every municipality."""

    class Meta:
        model = Need
        fields = ["name", "family_words", "search_words", "expertise"]
        labels = {
            "name": _("Tarve"),
            "family_words": _("Perheen sanoin"),
            "search_words": _("Hakusanat"),
            "expertise": _("Osaaminen, josta on apua"),
        }
        help_texts = {
            "name": _("Niin kuin työntekijät siitä puhuvat. Esimerkiksi: Vauva ei nuku."),
            "family_words": _(
                "Näin se lukee perheiden sivulla. Jos jätät tyhjäksi, sivulla lukee tarpeen nimi."
            ),
            "search_words": _(
                "Sanat, joilla tarvetta haetaan, pilkuilla erotettuina."
                " Esimerkiksi: nukkuminen, uni, yöheräily."
            ),
            "expertise": _("Haku ehdottaa näiden osaajia."),
        }
        widgets = {
            "search_words": forms.Textarea(attrs={"rows": 3}),
            "expertise": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["expertise"].queryset = Expertise.objects.order_by(finnish("name"))  # type: ignore[attr-defined]
        self.fields["expertise"].required = False

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]
