"""The family's own form to us: in its own words, without an account, with as little asked as will do."""

import re
import time
import uuid
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.models import Municipality
from network.sorting import finnish
from perhekeskus.forms import HouseForm, HouseModelForm

from ..models import Contact
from ..models.contacts import LONGEST_WORDS
from ..states import ContactReach

# A person reads before writing; what comes sooner was not written by one.
FASTEST_SECONDS = 3
SALT = "reach-us"
IDENTITY_CODE = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b", re.IGNORECASE)


def stamp(at: float | None = None) -> str:
    """When the form was opened, in a form that nobody else can write."""
    return signing.dumps(int(time.time() if at is None else at), salt=SALT)


class HomeTownForm(HouseForm):
    """Where the family lives: of those where somebody answers."""

    municipality = forms.ModelChoiceField(
        label=_("Missä kunnassa asut?"),
        queryset=Municipality.objects.none(),
        to_field_name="code",
        empty_label=_("Valitse kunta"),
    )
    form_method = "get"
    submit_label = _("Jatka")
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        field.queryset = Municipality.objects.exclude(guidance_unit=None).order_by(finnish("name_fi"))  # type: ignore[attr-defined]


class ReachUsForm(HouseModelForm):
    """What worries, how to answer. No address, no identity code, no attachments."""

    submit_label = _("Lähetä")
    # Which of the addresses is needed depends on the choice above them: the page says what to fill in.
    mark_optional = False
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    # Stays empty: people don't see it, and programs fill in every field.
    website = forms.CharField(
        label=_("Jätä tämä kohta tyhjäksi"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = Contact
        fields = (
            "words",
            "children_ages",
            "reach",
            "phone",
            "email",
            "when_to_reach",
            "name",
            "language",
            "interpreter",
            "address_protected",
            "wants_confirmation",
        )
        widgets = {
            "words": forms.Textarea(attrs={"rows": 8}),
            "reach": forms.RadioSelect,
            "language": forms.RadioSelect,
        }
        labels = {
            "words": _("Mikä sinua mietityttää? Kirjoita omin sanoin"),
            "children_ages": _("Minkä ikäisiä lapsia asia koskee"),
            "reach": _("Miten haluat, että vastaamme"),
            "phone": _("Puhelinnumerosi"),
            "email": _("Sähköpostiosoitteesi"),
            "when_to_reach": _("Milloin sinut tavoittaa"),
            "name": _("Millä nimellä saamme kutsua sinua"),
            "language": _("Millä kielellä vastaamme"),
            "interpreter": _("Tarvitsetko tulkin? Mille kielelle?"),
            "address_protected": _("Minulla on turvakielto"),
            "wants_confirmation": _("Lähetä minulle vahvistus, että viestini on perillä"),
        }
        help_texts = {
            "words": _(
                "Muutama lause riittää. Älä kirjoita osoitetta, henkilötunnusta tai lasten koko nimiä."
            ),
            "children_ages": _("Esimerkiksi 3 ja 7, tai: odotan ensimmäistä."),
            "phone": _("Tarvitaan, jos haluat soiton tai tekstiviestin."),
            "email": _("Tarvitaan, jos haluat sähköpostia."),
            "when_to_reach": _(
                "Esimerkiksi arkisin kello 16 jälkeen. Kerro myös, jos silloin ei saa soittaa."
            ),
            "name": _("Etunimi riittää. Voit myös jättää nimen kertomatta."),
            "address_protected": _("Älä kirjoita osoitettasi tai asuinpaikkaasi mihinkään kohtaan."),
            "wants_confirmation": _(
                "Vahvistus tulee antamaasi numeroon tai osoitteeseen. Siinä ei kerrota asiastasi mitään."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("form_key", uuid.uuid4())
        kwargs["initial"].setdefault("opened", stamp())
        super().__init__(*args, **kwargs)
        if settings.SMS_BACKEND == "none":
            self.fields["reach"].choices = [  # type: ignore[attr-defined]
                (one.value, one.label) for one in ContactReach if one != ContactReach.SMS
            ]

    def layout(self) -> Layout:
        return Layout(
            "form_key",
            "opened",
            "words",
            "children_ages",
            Fieldset(_("Vastaus"), "reach", "phone", "email", "when_to_reach", "name"),
            Fieldset(_("Kieli"), "language", "interpreter"),
            Fieldset(_("Ennen kuin lähetät"), "address_protected", "wants_confirmation"),
            Div("website", css_class="visually-hidden", aria_hidden="true"),
        )

    def clean_words(self) -> str:
        return without_identity_codes(self.cleaned_data["words"])

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(
                _("Yksi piilossa oleva kohta oli täytetty. Tyhjennä se ja lähetä uudelleen.")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        reach = data.get("reach")
        if reach in {ContactReach.PHONE, ContactReach.SMS} and not data.get("phone"):
            self._ask("phone", _("Kirjoita puhelinnumero, niin tavoitamme sinut."))
        if reach == ContactReach.EMAIL and not data.get("email"):
            self._ask("email", _("Kirjoita sähköpostiosoite, niin tavoitamme sinut."))
        if data.get("wants_confirmation") and not (data.get("phone") or data.get("email")):
            self._ask("wants_confirmation", _("Kirjoita numero tai osoite, johon vahvistus lähetetään."))
        self._was_read(data.get("opened") or "")
        return data

    def _ask(self, name: str, sentence: Any) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)

    def _was_read(self, opened: str) -> None:
        try:
            at = signing.loads(opened, salt=SALT)
        except signing.BadSignature:
            at = time.time()
        if time.time() - at < FASTEST_SECONDS:
            self.add_error(None, _("Lomake lähti hyvin nopeasti. Lue se vielä läpi ja lähetä uudelleen."))
            if isinstance(self.data, dict):
                self.data["opened"] = stamp(at)


def without_identity_codes(text: str) -> str:
    """The text, when nobody's personal identity code is in it."""
    if IDENTITY_CODE.search(text):
        raise ValidationError(_("Poista tekstistä henkilötunnus. Emme tarvitse sitä."))
    return text


class CodeOfContactForm(HouseForm):
    """The code of the confirmation page."""

    submit_label = _("Näytä yhteydenottoni")
    code = forms.CharField(
        label=_("Koodi"),
        help_text=_("12 merkkiä, esimerkiksi K7QF-2MTD-9XHB. Väliviivat saa jättää pois."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "width-half", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    mark_optional = False


class MessageOfFamilyForm(HouseForm):
    """One more word from the family."""

    submit_label = _("Lähetä viesti")
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Viestisi"),
        help_text=_("Älä kirjoita osoitetta tai henkilötunnusta."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        return without_identity_codes(self.cleaned_data["text"])
