"""The administrator's forms."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm, HouseModelForm, LinkTo, WebAddressField

from ..models import Area, Municipality, Organisation, Population, Unit, Worker
from ..sorting import finnish
from .cards import UnitCardForm


class SearchForm(HouseForm):
    """One search field over a list."""

    text = forms.CharField(
        label=_("Etsi"), max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    form_method = "get"
    submit_label = _("Etsi")
    submit_class = "button-quiet"
    mark_optional = False

    def __init__(self, *args: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = hint

    @property
    def words(self) -> str:
        """What is searched for; nothing when it was not accepted."""
        return self.cleaned_data.get("text", "") if self.is_valid() else ""


class CancellableForm(HouseModelForm):
    """A form with a way back beside its button."""

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: Any) -> str:
        return f"{unit.name}, {unit.municipality}"


class WorkerForm(CancellableForm):
    """An account: who, where, and what it opens."""

    submit_label = _("Tallenna")

    unit = UnitChoice(label=_("Yksikkö"), queryset=Unit.objects.none(), empty_label=_("Valitse yksikkö"))

    class Meta:
        model = Worker
        fields = [
            "first_name",
            "last_name",
            "email",
            "title",
            "unit",
            "is_unit_editor",
            "is_supervisor",
            "is_guidance",
            "is_coordinator",
            "is_administrator",
            "is_active",
        ]
        labels = {
            "first_name": _("Etunimi"),
            "last_name": _("Sukunimi"),
            "email": _("Sähköposti"),
            "title": _("Ammattinimike"),
            "is_unit_editor": _("Pitää yksikkönsä tiedot ajan tasalla"),
            "is_supervisor": _("Esihenkilö"),
            "is_guidance": _("Ohjaus- ja neuvontapalvelu"),
            "is_coordinator": _("Koordinaattori"),
            "is_administrator": _("Pääkäyttäjä"),
            "is_active": _("Tunnus on käytössä"),
        }
        help_texts = {
            "email": _("Tällä kirjaudutaan. Tähän tulevat myös kutsut ja muistutukset."),
            "is_supervisor": _(
                "Saa tiedon, kun jokin yksikössä odottaa liian kauan. Näkee lukuja, ei perheitä."
            ),
            "is_guidance": _("Ottaa vastaan perheen yhteydenoton ja antaa kopin sopivalle työntekijälle."),
            "is_coordinator": _("Näkee koonnin luvut. Ei näe minkään perheen asioita."),
            "is_administrator": _("Hoitaa tunnukset ja verkoston tiedot. Ei näe minkään perheen asioita."),
            "is_active": _("Kun tunnus ei ole käytössä, sillä ei pääse kirjautumaan."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.select_related("municipality").order_by(  # type: ignore[attr-defined]
            finnish("name"), finnish("municipality__name_fi")
        )

    def layout(self) -> Layout:
        return Layout(
            Row("first_name", "last_name"),
            "email",
            "title",
            "unit",
            Fieldset(
                _("Tehtävät"),
                "is_unit_editor",
                "is_supervisor",
                "is_guidance",
                "is_coordinator",
                "is_administrator",
            ),
            Fieldset(_("Tunnus"), "is_active"),
        )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if Worker.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Tällä sähköpostiosoitteella on jo tunnus."), code="unique")
        return email


class MunicipalityForm(CancellableForm):
    """The facts of a municipality; its number is given once."""

    class Meta:
        model = Municipality
        fields = [
            "code",
            "name_fi",
            "name_sv",
            "county_fi",
            "county_sv",
            "languages",
            "guidance_unit",
            "travel_minutes",
            "tile_column",
            "tile_row",
        ]
        field_classes = {"guidance_unit": UnitChoice}
        labels = {
            "code": _("Kuntanumero"),
            "name_fi": _("Nimi suomeksi"),
            "name_sv": _("Nimi ruotsiksi"),
            "county_fi": _("Hyvinvointialue suomeksi"),
            "county_sv": _("Hyvinvointialue ruotsiksi"),
            "languages": _("Kielet"),
            "guidance_unit": _("Ohjaus- ja neuvontapalvelu"),
            "travel_minutes": _("Matka-aika paikasta toiseen, minuuttia"),
            "tile_column": _("Ruutukartan sarake"),
            "tile_row": _("Ruutukartan rivi"),
        }
        help_texts = {
            "code": _("Kolme numeroa, esimerkiksi 297."),
            "languages": _("fi, sv tai molemmat välilyönnillä erotettuina: fi sv."),
            "guidance_unit": _("Yksikkö, jonka numero ja sähköinen yhteydenotto näkyvät kunnan perheille."),
            "travel_minutes": _("Tämän verran varataan matkaan, kun etsitään yhteistä aikaa."),
            "tile_column": _("Kunnan paikka hyvinvointialueen kartalla lännestä itään: 1 on läntisin."),
            "tile_row": _("Pohjoisesta etelään: 1 on pohjoisin. Tyhjä jättää kunnan kartan alle."),
        }
        error_messages = {
            "code": {"unique": _("Tällä numerolla on jo kunta.")},
            "name_fi": {"unique": _("Tämänniminen kunta on jo luettelossa.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guidance_unit"].queryset = Unit.objects.select_related("municipality").order_by(  # type: ignore[attr-defined]
            finnish("name"), finnish("municipality__name_fi")
        )
        self.fields["languages"].validators.append(
            RegexValidator(r"^[a-z]{2}( [a-z]{2})*$", _("Kirjoita kielet näin: fi sv."))
        )
        if self.instance.pk and not self.instance._state.adding:
            del self.fields["code"]
        else:
            self.fields["code"].validators.append(
                RegexValidator(r"^\d{3}$", _("Kuntanumerossa on kolme numeroa, esimerkiksi 297."))
            )
        self.fields["travel_minutes"].required = False

    def clean_travel_minutes(self) -> int:
        minutes: int | None = self.cleaned_data["travel_minutes"]
        return self.instance.travel_minutes if minutes is None else minutes


class PopulationForm(CancellableForm):
    """The under-18s of a municipality in one year."""

    submit_label = _("Tallenna luku")

    class Meta:
        model = Population
        fields = ["year", "under_18"]
        labels = {"year": _("Vuosi"), "under_18": _("Alle 18-vuotiaita")}
        help_texts = {
            "year": _("Vuosi, jonka lopussa lapsia oli näin monta. Saman vuoden aiempi luku korvautuu."),
            "under_18": _("Tilastokeskuksen väestörakenteesta. Yhteiset ajat suhteutetaan tähän."),
        }

    def layout(self) -> Layout:
        return Layout(Row("year", "under_18"))


class OrganisationForm(CancellableForm):
    class Meta:
        model = Organisation
        fields = ["name", "sector", "is_public_service", "website"]
        field_classes = {"website": WebAddressField}
        labels = {
            "name": _("Nimi"),
            "sector": _("Toimiala"),
            "is_public_service": _("Julkinen palvelu"),
            "website": _("Verkkosivu"),
        }
        widgets = {"sector": forms.Select}
        error_messages = {"name": {"unique": _("Tämänniminen organisaatio on jo verkostossa.")}}


class UnitForm(CancellableForm):
    class Meta:
        model = Unit
        fields = ["name", "municipality", "area", *UnitCardForm.Meta.fields]
        labels = {
            "name": _("Nimi"),
            "municipality": _("Kunta"),
            "area": _("Alue"),
            **UnitCardForm.Meta.labels,
        }
        help_texts = UnitCardForm.Meta.help_texts
        field_classes = UnitCardForm.Meta.field_classes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.order_by(finnish("name_fi"))  # type: ignore[attr-defined]
        self.fields["municipality"].empty_label = _("Valitse kunta")  # type: ignore[attr-defined]
        self.fields["area"].queryset = Area.objects.order_by(finnish("name"))  # type: ignore[attr-defined]
        self.fields["area"].empty_label = _("Ei aluetta")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        same = Unit.objects.filter(
            organisation=self.instance.organisation_id,
            name=cleaned.get("name"),
            municipality=cleaned.get("municipality"),
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("Organisaatiolla on jo tämänniminen yksikkö tässä kunnassa."))
        return cleaned


class AreaForm(CancellableForm):
    """An area of family-centre work and its municipalities."""

    class Meta:
        model = Area
        fields = ["name", "municipalities"]
        labels = {"name": _("Nimi"), "municipalities": _("Kunnat")}
        widgets = {"municipalities": forms.CheckboxSelectMultiple}
        error_messages = {"name": {"unique": _("Tämänniminen alue on jo luettelossa.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of the county's own municipalities, not of all the 309: those where the network has units.
        chosen = (
            self.instance.municipalities.values("pk") if self.instance.pk else Municipality.objects.none()
        )
        self.fields["municipalities"].queryset = Municipality.objects.filter(  # type: ignore[attr-defined]
            Q(pk__in=Unit.objects.values("municipality")) | Q(pk__in=chosen)
        ).order_by(finnish("name_fi"))
