"""Who already helps the family."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Family, Worker
from perhekeskus.forms import HouseModelForm

from ..models import ServiceInvolved


class ServiceForm(HouseModelForm):
    """A person or a service, since when, and whether the invited may know."""

    submit_label = _("Lisää")

    class Meta:
        model = ServiceInvolved
        fields = ("name", "since", "worker")
        labels = {
            "name": _("Kuka tai mikä palvelu auttaa jo"),
            "since": _("Mistä lähtien"),
            "worker": _("Verkoston työntekijä"),
        }
        help_texts = {
            "name": _("Esimerkiksi perheneuvolan psykologi tai seurakunnan perhekerho."),
            "since": _("Esimerkiksi syksystä 2025."),
            "worker": _("Jos hän on tässä verkostossa. Hän ei saa tästä viestiä."),
        }

    tell = forms.BooleanField(
        label=_("Perhe antaa kertoa tästä mukaan kutsutuille"),
        help_text=_("Silloin kukaan ei tarjoa samaa apua toiseen kertaan. Perhe voi perua luvan sivullaan."),
        required=False,
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker = self.fields["worker"]
        worker.required = False
        worker.queryset = (  # type: ignore[attr-defined]
            Worker.objects.working_with_families().select_related("unit").order_by("last_name", "first_name")
        )
        worker.empty_label = _("Ei kukaan heistä")  # type: ignore[attr-defined]
        worker.label_from_instance = lambda one: f"{one.name}, {one.title}, {one.unit}"  # type: ignore[attr-defined]
        if family.address_protected:
            del self.fields["tell"]

    def layout(self) -> Layout:
        told = ["tell"] if "tell" in self.fields else []
        return Layout("name", "since", "worker", *told)
