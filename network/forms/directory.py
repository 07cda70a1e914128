"""Searching the directory."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..directory import found
from ..models import Expertise, Municipality, Need, Worker
from ..querysets import WorkerQuerySet
from ..sorting import finnish
from ..states import Sector


class Narrowing(Fieldset):
    """Fields that most searches do without: folded until somebody opens them, or has used them."""

    template = "network/_narrowing.html"


class DirectoryForm(HouseForm):
    """One search field and four ways to narrow it."""

    text = forms.CharField(
        label=_("Ketä etsit?"),
        help_text=_("Nimi, ammatti, työpaikka, osaaminen tai se, mihin perhe tarvitsee apua."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), required=False, empty_label=_("Kaikki kunnat")
    )
    sector = forms.ChoiceField(
        label=_("Toimiala"), choices=[("", _("Kaikki toimialat")), *Sector.choices], required=False
    )
    need = forms.ModelChoiceField(
        label=_("Perheen tarve"), queryset=Need.objects.none(), required=False, empty_label=_("Mikä tahansa")
    )
    expertise = forms.ModelChoiceField(
        label=_("Osaaminen"),
        queryset=Expertise.objects.none(),
        required=False,
        empty_label=_("Mikä tahansa"),
    )

    form_method = "get"
    submit_label = _("Etsi")
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("municipality", Municipality.objects.filter(units__isnull=False).distinct(), "name_fi")
        self._choose("need", Need.objects.all(), "name")
        self._choose("expertise", Expertise.objects.all(), "name")

    def _choose(self, name: str, rows: Any, sorted_by: str) -> None:
        # A distinct query may not be ordered by what it does not select.
        pks = rows.values("pk")
        self.fields[name].queryset = rows.model.objects.filter(pk__in=pks).order_by(  # type: ignore[attr-defined]
            finnish(sorted_by)
        )

    def layout(self) -> Layout:
        narrowed = self.is_bound and any(self[name].value() for name in self.fields if name != "text")
        return Layout(
            "text",
            Narrowing(
                _("Rajaa hakua"),
                Row("municipality", "sector"),
                Row("need", "expertise"),
                **({"open": ""} if narrowed else {}),
            ),
        )

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def chosen(self, workers: WorkerQuerySet) -> WorkerQuerySet:
        """The workers that were asked for; all of them when nothing was."""
        asked = self.cleaned_data
        workers = found(workers, asked.get("text") or "")
        if municipality := asked.get("municipality"):
            workers = workers.filter(unit__municipality=municipality)
        if sector := asked.get("sector"):
            workers = workers.filter(unit__organisation__sector=sector)
        if expertise := asked.get("expertise"):
            workers = workers.filter(pk__in=expertise.workers.values("pk"))
        if need := asked.get("need"):
            workers = workers.filter(
                pk__in=Worker.expertise.through.objects.filter(expertise__needs=need).values("worker_id")
            )
        return workers
