"""Recording how far a municipality is."""

from uuid import uuid4

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from network.forms.groups import BackForm
from network.models.adoption import LONGEST_NOTE
from network.states import Adoption
from perhekeskus.forms import DayField


class AdoptionForm(BackForm):
    """Which stage, from which day on, and what is good to know of it."""

    submit_label = _("Kirjaa vaihe")

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen_mark = forms.IntegerField(widget=forms.HiddenInput)
    stage = forms.ChoiceField(label=_("Missä vaiheessa kunta on"), choices=Adoption, widget=forms.RadioSelect)
    since = DayField(
        label=_("Mistä päivästä alkaen"),
        help_text=_("Jos tarkka päivä ei ole tiedossa, valitse lähin, jonka tiedät."),
    )
    note = forms.CharField(
        label=_("Lisätieto"),
        help_text=_("Esimerkiksi kuka kertoi tai mitä tapahtuu seuraavaksi."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def layout(self) -> Layout:
        return Layout("form_key", "seen_mark", "stage", "since", "note")
