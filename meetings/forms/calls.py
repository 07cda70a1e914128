"""What is written while the family talks: one page, few fields, the family's words first."""

from typing import Any

from crispy_forms.layout import HTML, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Municipality, Worker
from network.sorting import finnish
from perhekeskus.forms import HouseModelForm

from ..models import CallDraft, Contact
from ..states import WayIn
from .reach_us import without_identity_codes

FIELDS = (
    "words",
    "phone",
    "name",
    "children_ages",
    "municipality",
    "when_to_reach",
    "interpreter",
    "address_protected",
)


class CallForm(HouseModelForm):
    """The page's form. It is checked only when the call is finished."""

    form_tag = False
    mark_optional = False

    class Meta:
        model = Contact
        fields = FIELDS
        widgets = {
            "words": forms.Textarea(attrs={"rows": 10, "autofocus": True}),
            "phone": forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
        }
        labels = {
            "words": _("Mitä perhe kertoo, sen omin sanoin"),
            "phone": _("Puhelinnumero"),
            "name": _("Nimi"),
            "children_ages": _("Lasten iät"),
            "municipality": _("Kunta"),
            "when_to_reach": _("Milloin tavoittaa"),
            "interpreter": _("Tulkki, mille kielelle"),
            "address_protected": _("Perheellä on turvakielto"),
        }
        help_texts = {
            "words": _(
                "Kirjoita samalla, kun kuuntelet. Teksti tallentuu itsestään."
                " Muista kohdista vain kunta tarvitaan."
            ),
            "address_protected": _("Älä kirjoita osoitetta tai asuinpaikkaa mihinkään kohtaan."),
        }

    def __init__(
        self, *args: Any, worker: Worker, way: WayIn, draft: CallDraft | None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {"municipality": worker.unit.municipality_id}
        if draft is not None:
            initial = {name: getattr(draft, name) for name in FIELDS}
        towns = Municipality.objects.exclude(guidance_unit=None)
        if way == WayIn.PHONE:
            towns = towns.filter(guidance_unit=worker.unit_id)
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["municipality"]
        towns = towns.order_by(finnish("name_fi"))
        field.queryset = towns  # type: ignore[attr-defined]
        # One number is many municipalities': none of them is guessed.
        if draft is None and way == WayIn.PHONE and towns.count() != 1:
            self.initial["municipality"] = None
        field.empty_label = _("Valitse kunta")  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(
            "words",
            Row("phone", "name"),
            HTML("{% include 'meetings/_call_found.html' %}"),
            Row("children_ages", "municipality"),
            Row("when_to_reach", "interpreter"),
            "address_protected",
        )

    def clean_words(self) -> str:
        return without_identity_codes(self.cleaned_data["words"])


def typed_so_far(data: Any) -> dict[str, Any]:
    """What a draft keeps of the fields: as much as fits, as it is typed."""
    typed: dict[str, Any] = {}
    for name in ("phone", "name", "words", "children_ages", "interpreter", "when_to_reach"):
        field = CallDraft._meta.get_field(name)
        typed[name] = str(data.get(name, "")).replace("\x00", "")[: field.max_length]  # type: ignore[union-attr]
    typed["municipality"] = Municipality.objects.filter(code=str(data.get("municipality", ""))[:3]).first()
    typed["address_protected"] = bool(data.get("address_protected"))
    return typed
