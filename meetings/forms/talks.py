"""The talk with the family: writing it down, and putting its words right afterwards."""

import uuid
from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import ClosePerson, Family
from perhekeskus.forms import Choice, HouseModelForm, LinkTo

from ..actions.talks import PART_TEXTS, More
from ..models import Conversation, ServiceInvolved
from ..states import ConversationKind, ConversationResult, TalkPlace

PART_LABELS = {
    "goes_well": _("Mikä sujuu"),
    "needs_support": _("Missä tarvitaan tukea"),
    "agreed": _("Mitä sovitte tästä"),
}


class TalkForm(HouseModelForm):
    """The texts of a talk: strengths first, the family's words apart from the worker's."""

    class Meta:
        model = Conversation
        fields: tuple[str, ...] = (
            "held_on",
            "strengths",
            "family_words",
            "worries",
            "noticed_where",
            "tried",
            "child_view",
        )
        labels = {
            "held_on": _("Milloin puhuitte"),
            "strengths": _("Mikä on hyvin ja mikä kantaa"),
            "family_words": _("Perheen omin sanoin"),
            "worries": _("Huoli sinun sanoinasi"),
            "noticed_where": _("Missä huoli huomattiin"),
            "tried": _("Mitä on jo kokeiltu"),
            "child_view": _("Lapsen oma näkemys"),
        }
        help_texts = {
            "strengths": _("Aloita tästä: mikä lapsella ja perheellä sujuu, kuka auttaa jo nyt."),
            "family_words": _("Mikä perhettä mietityttää? Kirjoita niin kuin perhe sen sanoi. Älä tulkitse."),
            "worries": _("Mitä sinä olet huomannut. Perhe voi lukea tämän."),
            "noticed_where": _("Esimerkiksi päiväkodin aamuissa tai koulumatkalla."),
            "tried": _("Mikä on auttanut, vaikka vähänkin? Mikä ei?"),
            "child_view": _("Mitä lapsi itse sanoi, näytti tai piirsi."),
        }

    helpers = forms.ModelMultipleChoiceField(
        label=_("Kuka läheinen voisi auttaa"),
        help_text=_("Perhe päättää, kysytäänkö heiltä. Tästä ei lähde kenellekään viestiä."),
        queryset=ClosePerson.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    helper_name = forms.CharField(label=_("Uuden läheisen nimi"), max_length=100, required=False)
    helper_relation = forms.CharField(
        label=_("Kuka hän on perheelle"),
        help_text=_("Esimerkiksi mummo, kummi tai naapuri."),
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helpers = self.fields["helpers"]
        helpers.queryset = close = family.close_people.all()  # type: ignore[attr-defined]
        helpers.label_from_instance = lambda one: f"{one.name} ({one.relation})"  # type: ignore[attr-defined]
        if not close:
            del self.fields["helpers"]

    def part_fieldsets(self) -> list[Fieldset]:
        return [
            Fieldset(
                place.label,
                *(f"{place}_{name}" for name in PART_TEXTS),
                # Only a Lapset puheeksi talk is asked for them.
                css_class="only-lapset-puheeksi",
            )
            for place in TalkPlace
        ]

    def helper_fields(self) -> Fieldset:
        known = ["helpers"] if "helpers" in self.fields else []
        return Fieldset(_("Läheiset"), *known, Row("helper_name", "helper_relation"))

    def clean_held_on(self) -> date:
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise ValidationError(_("Keskustelu ei voi olla tulevaisuudessa. Tarkista päivä."))
        if held_on.year < timezone.localdate().year - 2:
            raise ValidationError(_("Tarkista vuosi: keskustelusta on yli kaksi vuotta."))
        return held_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("helper_name") and not data.get("helper_relation"):
            self.add_error("helper_relation", _("Kirjoita, kuka hän on perheelle."))
        if data.get("helper_relation") and not data.get("helper_name"):
            self.add_error("helper_name", _("Kirjoita läheisen nimi."))
        if data.get("service_since") and not data.get("service_name"):
            self.add_error("service_name", _("Kirjoita, kuka tai mikä palvelu auttaa."))
        return data

    @property
    def more(self) -> More:
        """What was written beside the talk's own texts, of a form that is in order."""
        data = self.cleaned_data
        name, service = data.get("helper_name"), data.get("service_name")
        return More(
            parts={
                place: {text: data.get(f"{place}_{text}", "") for text in PART_TEXTS} for place in TalkPlace
            },
            helpers=tuple(data.get("helpers") or ()),
            new_helper=ClosePerson(name=name, relation=data.get("helper_relation", "")) if name else None,
            new_service=ServiceInvolved(name=service, since=data.get("service_since", ""))
            if service
            else None,
        )


for _place in TalkPlace:
    for _name, _label in PART_LABELS.items():
        TalkForm.declared_fields[f"{_place}_{_name}"] = forms.CharField(
            label=_label, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )


class ConversationForm(TalkForm):
    """A talk that is written down: what sort it was, its texts, and what came of it."""

    submit_label = _("Tallenna keskustelu")
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    service_name = forms.CharField(
        label=_("Kuka tai mikä palvelu auttaa jo"),
        help_text=_("Esimerkiksi perheneuvolan psykologi. Lisää heitä voit kirjata tilanteen sivulla."),
        max_length=120,
        required=False,
    )
    service_since = forms.CharField(label=_("Mistä lähtien"), max_length=60, required=False)
    # How many talks the page has seen: another tab's talk is not passed over unseen.
    seen_talks = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(TalkForm.Meta):
        fields = ("kind", *TalkForm.Meta.fields, "result")
        widgets = {
            "kind": forms.RadioSelect,
            "result": forms.RadioSelect,
        }
        labels = TalkForm.Meta.labels | {"kind": _("Mikä keskustelu"), "result": _("Mitä sovitte")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("held_on", timezone.localdate())
        kwargs["initial"].setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [  # type: ignore[attr-defined]
            (
                ConversationResult.ACCEPTED,
                Choice(ConversationResult.ACCEPTED.label, _("Seuraavaksi kutsutaan koolle.")),
            ),
            (ConversationResult.THINKING, ConversationResult.THINKING.label),
            (
                ConversationResult.DECLINED,
                Choice(ConversationResult.DECLINED.label, _("Tarjous kirjataan, ja tilanne päättyy tähän.")),
            ),
            (
                ConversationResult.GUIDANCE,
                Choice(
                    ConversationResult.GUIDANCE.label, _("Perhe sai neuvon tai palvelun, ja tilanne päättyy.")
                ),
            ),
            (
                ConversationResult.NOTHING_MORE,
                Choice(ConversationResult.NOTHING_MORE.label, _("Muuta ei tarvita, ja tilanne päättyy.")),
            ),
        ]

    def layout(self) -> Layout:
        return Layout(
            "form_key",
            "seen_talks",
            "kind",
            "held_on",
            "strengths",
            *self.part_fieldsets(),
            Fieldset(_("Huoli"), "family_words", "worries", "noticed_where", "tried"),
            Fieldset(_("Lapsi"), "child_view"),
            self.helper_fields(),
            Fieldset(_("Kuka auttaa jo"), "service_name", "service_since"),
            Fieldset(_("Mitä tästä seuraa"), "result"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == ConversationKind.PUHEEKSIOTTO and any(
            text for texts in self.more.parts.values() for text in texts.values()
        ):
            self.add_error(
                "kind",
                _("Olet kirjoittanut Lapset puheeksi -keskustelun kohtiin. Valitse se, tai tyhjennä kohdat."),
            )
        return data


class CorrectionForm(TalkForm):
    """The texts of a talk that was written down before, as they ought to be."""

    submit_label = _("Tallenna korjaus")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, instance: Conversation, back_url: str, **kwargs: Any) -> None:
        self.back_url = back_url
        kwargs.setdefault("initial", {})
        kwargs["initial"] |= {
            "version": instance.version,
            "helpers": [one.person_id for one in instance.helpers.all()],
        }
        for part in instance.parts.all():
            kwargs["initial"] |= {f"{part.place}_{name}": getattr(part, name) for name in PART_TEXTS}
        super().__init__(*args, instance=instance, **kwargs)

    def layout(self) -> Layout:
        has_parts = self.instance.kind == ConversationKind.LAPSET_PUHEEKSI
        return Layout(
            "version",
            "held_on",
            "strengths",
            *(self.part_fieldsets() if has_parts else []),
            Fieldset(_("Huoli"), "family_words", "worries", "noticed_where", "tried"),
            Fieldset(_("Lapsi"), "child_view"),
            self.helper_fields(),
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.back_url)]
