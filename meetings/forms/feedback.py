"""Three short questions after a shared time; the answers are words, not numbers."""

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm, Words

from ..actions.feedback import Said
from ..models import FeedbackReceipt
from ..rules.feedback import why_not_words
from ..states import FeedbackSide, FeedbackStep

# Each side's questions in the order in which the answers are kept, each with its own words for the steps.
QUESTIONS = {
    FeedbackSide.FAMILY: [
        (_("Tulitteko kuulluiksi?"), (_("Kyllä"), _("Osittain"), _("Emme"))),
        (_("Olivatko oikeat ihmiset paikalla?"), (_("Kyllä"), _("Joku puuttui"), _("Eivät"))),
        (_("Auttaako tämä teitä?"), (_("Kyllä"), _("Ehkä"), _("Ei"))),
    ],
    FeedbackSide.PROFESSIONAL: [
        (_("Oliko tapaamisesta hyötyä?"), (_("Kyllä"), _("Jonkin verran"), _("Ei"))),
        (_("Opitko jotain muiden työstä?"), (_("Kyllä"), _("Jonkin verran"), _("En"))),
        (_("Säästikö tapaaminen päällekkäiseltä työltä?"), (_("Kyllä"), _("Jonkin verran"), _("Ei"))),
    ],
}
FIELDS = ("first", "second", "third")


class FeedbackForm(HouseForm):
    """The questions of the receipt's side, and a free line."""

    submit_label: Words = _("Lähetä vastaukset")

    first = forms.ChoiceField(widget=forms.RadioSelect)
    second = forms.ChoiceField(widget=forms.RadioSelect)
    third = forms.ChoiceField(widget=forms.RadioSelect)
    words = forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    holder_may_read = forms.BooleanField(label=_("Työntekijämme saa lukea terveiset"), required=False)

    def __init__(self, *args: Any, receipt: FeedbackReceipt, **kwargs: Any) -> None:
        self.receipt = receipt
        self.is_family = receipt.side == FeedbackSide.FAMILY
        super().__init__(*args, **kwargs)
        for name, (label, steps) in zip(FIELDS, QUESTIONS[FeedbackSide(receipt.side)], strict=True):
            field = self.fields[name]
            field.label = label
            field.choices = list(zip(FeedbackStep.values, steps, strict=True))  # type: ignore[attr-defined]
            field.error_messages["required"] = _("Valitse yksi vaihtoehto: %(label)s") % {"label": label}
        if self.is_family:
            self.submit_label = _("Lähettäkää vastaukset")
            self.fields["words"].label = _("Terveisiä työntekijällenne")
            self.fields["words"].help_text = _(
                "Terveiset lukee vain se työntekijä, joka huolehtii asiastanne."
            )
        else:
            del self.fields["holder_may_read"]
            self.fields["words"].label = _("Mitä opit?")
            self.fields["words"].help_text = _(
                "Koordinaattori lukee tämän muiden vastausten joukossa, ilman nimeä ja tapaamista."
                " Älä kirjoita perheestä."
            )

    def layout(self) -> Layout:
        last = ["holder_may_read"] if self.is_family else []
        return Layout(*[InlineRadios(name) for name in FIELDS], "words", *last)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        may_read = bool(data.get("holder_may_read"))
        words = (data.get("words") or "").strip()
        if refused := why_not_words(self.receipt, words, holder_may_read=may_read):
            self.add_error("holder_may_read" if self.is_family else "words", str(refused))
        return data

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        return Said(
            steps=(
                FeedbackStep(data["first"]),
                FeedbackStep(data["second"]),
                FeedbackStep(data["third"]),
            ),
            words=data["words"],
            holder_may_read=bool(data.get("holder_may_read")),
        )
