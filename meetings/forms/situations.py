"""Forms of the situation: the family, its people, the end."""

import uuid
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import ClosePerson, Family, FamilyMember, Worker
from network.states import ContactChannel, MemberRole
from perhekeskus.forms import Choice, HouseForm, HouseModelForm, house_formset

from ..models import Situation
from ..rules.situations import why_not_end_as
from ..states import Ending, WayIn

OLDEST_CHILD_YEARS = 22


class FamilyForm(HouseModelForm):
    """A new family: how it is reached, in which language, what must be minded."""

    form_tag = False
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    way_in = forms.ChoiceField(
        label=_("Miten asia tuli esiin"), choices=WayIn, widget=forms.RadioSelect, initial=WayIn.CLOSE_WORKER
    )

    class Meta:
        model = Family
        fields = (
            "municipality",
            "language",
            "other_language",
            "needs_interpreter",
            "contact_channel",
            "email",
            "phone",
            "address_protected",
        )
        widgets = {
            "language": forms.RadioSelect,
            "contact_channel": forms.RadioSelect,
        }
        labels = {
            "municipality": _("Missä kunnassa perhe asuu"),
            "language": _("Millä kielellä perheelle kirjoitetaan"),
            "other_language": _("Perheen oma kieli, jos se on jokin muu"),
            "needs_interpreter": _("Perhe tarvitsee tulkin"),
            "contact_channel": _("Miten perhe haluaa viestit"),
            "email": _("Perheen sähköposti"),
            "phone": _("Perheen puhelin"),
            "address_protected": _("Perheellä on turvakielto"),
        }
        help_texts = {
            "address_protected": _("Silloin kuntaa tai paikkaa ei näytetä muille eikä tulosteta."),
        }

    def __init__(self, *args: Any, worker: Worker, of_advice: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        if of_advice:
            kwargs["initial"]["way_in"] = WayIn.COLLEAGUE
        kwargs["initial"].setdefault("municipality", worker.unit.municipality_id)
        kwargs["initial"].setdefault("form_key", uuid.uuid4())
        if worker.is_guidance:
            kwargs["initial"].setdefault("way_in", WayIn.PHONE)
        super().__init__(*args, **kwargs)
        # A colleague's question leads here only from its own page.
        self.fields["way_in"].choices = [  # type: ignore[attr-defined]
            (way.value, way.label) for way in WayIn if (way == WayIn.COLLEAGUE) == of_advice
        ]

    def layout(self) -> Layout:
        return Layout(
            "form_key",
            "way_in",
            Fieldset(_("Perheen kieli"), "language", "other_language", "needs_interpreter"),
            Fieldset(_("Yhteydenpito"), "contact_channel", Row("email", "phone")),
            Fieldset(_("Asuinpaikka"), "municipality", "address_protected"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        channel = data.get("contact_channel")
        if channel == ContactChannel.EMAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Kirjoita sähköpostiosoite, kun viestit lähetetään sähköpostilla."))
        if channel == ContactChannel.SMS and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Kirjoita puhelinnumero, kun viestit lähetetään tekstiviestillä."))
        return data


class ChildForm(HouseForm):
    """A child: first name and year of birth, nothing more."""

    form_tag = False
    first_name = forms.CharField(label=_("Lapsen etunimi"), max_length=60, required=False)
    birth_year = forms.IntegerField(label=_("Syntymävuosi"), required=False)
    mark_optional = False

    def layout(self) -> Layout:
        return Layout(Row("first_name", "birth_year"))

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data["birth_year"]
        this_year = timezone.localdate().year
        if year is not None and not this_year - OLDEST_CHILD_YEARS <= year <= this_year:
            raise ValidationError(
                _("Tarkista syntymävuosi: sen pitää olla väliltä %(first)s–%(last)s.")
                % {"first": this_year - OLDEST_CHILD_YEARS, "last": this_year}
            )
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first_name") and data.get("birth_year") is None and "birth_year" not in self.errors:
            self.add_error("birth_year", _("Kirjoita lapsen syntymävuosi."))
        if data.get("birth_year") and not data.get("first_name") and "first_name" not in self.errors:
            self.add_error("first_name", _("Kirjoita lapsen etunimi."))
        return data

    def member(self) -> FamilyMember | None:
        if not self.cleaned_data.get("first_name"):
            return None
        return FamilyMember(
            role=MemberRole.CHILD,
            first_name=self.cleaned_data["first_name"],
            birth_year=self.cleaned_data["birth_year"],
        )


class GuardianForm(HouseForm):
    """A guardian, by first name."""

    form_tag = False
    mark_optional = False
    first_name = forms.CharField(label=_("Huoltajan etunimi"), max_length=60, required=False)

    def member(self) -> FamilyMember | None:
        if not self.cleaned_data.get("first_name"):
            return None
        return FamilyMember(role=MemberRole.GUARDIAN, first_name=self.cleaned_data["first_name"])


ChildFormSet = house_formset(ChildForm, item_name=_("Lapsi"), extra=1, max_num=15)
GuardianFormSet = house_formset(GuardianForm, item_name=_("Huoltaja"), extra=2, max_num=6)


class ClosePersonForm(HouseModelForm):
    """Somebody close to the family who could help."""

    submit_label = _("Lisää läheinen")

    class Meta:
        model = ClosePerson
        fields = ("name", "relation", "email", "phone")
        help_texts = {
            "relation": _("Esimerkiksi mummo, kummi tai naapuri."),
            "email": _("Tarvitaan vain, jos kutsu lähetetään hänelle sähköpostilla."),
        }

    def layout(self) -> Layout:
        return Layout(Row("name", "relation"), Row("email", "phone"))


class EndForm(HouseForm):
    """How the situation ended, among the ways that belong to where it is."""

    submit_label = _("Merkitse tilanne päättyneeksi")
    ending = forms.ChoiceField(label=_("Miten tilanne päättyi"), widget=forms.RadioSelect)

    WHAT_THEN = {
        Ending.NOTHING_MORE: _("Muuta ei tarvita. Perhe voi ottaa yhteyttä milloin vain."),
        Ending.GUIDANCE: _("Perhe sai neuvon tai löysi palvelun."),
        Ending.CONSULTATION: _("Kollegan vastaus auttoi, eikä yhteistä aikaa tarvittu."),
        Ending.DECLINED: _("Tarjous jää kirjatuksi, ja sitä voi tarjota myöhemmin uudelleen."),
        Ending.MOVED: _("Mitään ei siirry uudelle paikkakunnalle ilman perheen lupaa."),
        Ending.OTHER_SERVICE: _("Varmista, että perhe tietää, kuka heitä nyt auttaa."),
    }

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ending"].choices = [  # type: ignore[attr-defined]
            (ending.value, Choice(ending.label, hint))
            for ending, hint in self.WHAT_THEN.items()
            if why_not_end_as(situation, ending) is None
        ]
