"""Searching the directory."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from perhekeskus.searching import SearchForm

from ..models import Area, Expertise, Municipality, Need, Organisation, Team, TextSource, Unit, Worker
from ..sorting import finnish
from ..states import Sector, SpokenLanguage


class Narrowing(Fieldset):
    """Fields that most searches do without: folded until somebody opens them, or has used them."""

    template = "network/_narrowing.html"


KINDS = [
    ("", _("Kaikki")),
    (TextSource.WORKER.value, _("Ihmiset")),
    (TextSource.UNIT.value, _("Yksiköt")),
    (TextSource.ORGANISATION.value, _("Organisaatiot")),
    (TextSource.TEAM.value, _("Tiimit")),
    (TextSource.NEED.value, _("Tarpeet")),
]
AVAILABLE = [
    ("", _("Mihin tahansa")),
    ("consultation", _("Häneltä voi kysyä neuvoa")),
    ("shared_times", _("Hänet voi kutsua yhteiseen aikaan")),
]
# What only a person has: asking for it leaves the others out.
OF_PEOPLE = ("language", "available", "expertise", "need")


class DirectoryForm(SearchForm):
    """One search field, and ways to narrow it. All of it stands in the address."""

    text = forms.CharField(
        label=_("Ketä tai mitä etsit?"),
        help_text=_("Nimi, ammatti, yksikkö, osaaminen tai se, mihin perhe tarvitsee apua."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Näytä"), choices=KINDS, required=False)
    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), required=False, empty_label=_("Kaikki kunnat")
    )
    area = forms.ModelChoiceField(
        label=_("Alue"), queryset=Area.objects.none(), required=False, empty_label=_("Kaikki alueet")
    )
    sector = forms.ChoiceField(
        label=_("Toimiala"), choices=[("", _("Kaikki toimialat")), *Sector.choices], required=False
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisaatio"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Kaikki organisaatiot"),
    )
    language = forms.ChoiceField(
        label=_("Kieli"), choices=[("", _("Mikä tahansa")), *SpokenLanguage.choices], required=False
    )
    available = forms.ChoiceField(label=_("Mihin voi pyytää"), choices=AVAILABLE, required=False)
    need = forms.ModelChoiceField(
        label=_("Perheen tarve"), queryset=Need.objects.none(), required=False, empty_label=_("Mikä tahansa")
    )
    expertise = forms.ModelChoiceField(
        label=_("Osaaminen"),
        queryset=Expertise.objects.none(),
        required=False,
        empty_label=_("Mikä tahansa"),
    )

    submit_label = _("Etsi")
    results_url = reverse_lazy("directory")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("municipality", Municipality.objects.filter(units__isnull=False).distinct(), "name_fi")
        self._choose("area", Area.objects.all(), "name")
        self._choose("organisation", Organisation.objects.all(), "name")
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
                Row("kind", "municipality", "area"),
                Row("sector", "organisation"),
                Row("language", "available"),
                Row("need", "expertise"),
                **({"open": ""} if narrowed else {}),
            ),
        )

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def among(self, user: Worker) -> dict[str, QuerySet[Any]]:
        """Whom the search may find, by kind: what this worker may see, narrowed as was asked."""
        asked = self.cleaned_data
        place, place_of_unit = Q(), Q()
        if municipality := asked.get("municipality"):
            place &= Q(municipality=municipality)
        if area := asked.get("area"):
            place &= Q(area=area) | Q(area=None, municipality__areas=area)
        if organisation := asked.get("organisation"):
            place &= Q(organisation=organisation)
        if sector := asked.get("sector"):
            place &= Q(organisation__sector=sector)
        units = Unit.objects.visible_to(user)
        if place:
            units = units.filter(pk__in=Unit.objects.filter(place).values("pk"))
            place_of_unit = Q(unit__in=units.values("pk"))
        kinds: dict[str, QuerySet[Any]] = {
            TextSource.NEED: Need.objects.visible_to(user),
            TextSource.TEAM: self._teams(user),
            TextSource.WORKER: self._workers(user).filter(place_of_unit),
            TextSource.UNIT: units,
            TextSource.ORGANISATION: Organisation.objects.visible_to(user),
        }
        if place:
            kinds[TextSource.ORGANISATION] = kinds[TextSource.ORGANISATION].filter(
                pk__in=units.values("organisation")
            )
        left_out: set[str] = set()
        if any(asked.get(name) for name in OF_PEOPLE):
            left_out = set(kinds) - {TextSource.WORKER}
        elif organisation or sector:
            left_out = {TextSource.NEED, TextSource.TEAM}
        if kind := asked.get("kind"):
            left_out |= set(kinds) - {kind}
        return {kind: rows.none() if kind in left_out else rows for kind, rows in kinds.items()}

    def _teams(self, user: Worker) -> QuerySet[Team]:
        teams = Team.objects.visible_to(user)
        if municipality := self.cleaned_data.get("municipality"):
            teams = teams.filter(area__in=municipality.areas.values("pk"))
        if area := self.cleaned_data.get("area"):
            teams = teams.filter(area=area)
        return teams

    def _workers(self, user: Worker) -> QuerySet[Worker]:
        asked = self.cleaned_data
        workers = Worker.objects.visible_to(user).active()
        if language := asked.get("language"):
            workers = workers.filter(languages__contains=[language])
        if available := asked.get("available"):
            workers = workers.filter(**{f"available_for_{available}": True})
        if expertise := asked.get("expertise"):
            workers = workers.filter(pk__in=expertise.workers.values("pk"))
        if need := asked.get("need"):
            workers = workers.filter(
                pk__in=Worker.expertise.through.objects.filter(expertise__needs=need).values("worker_id")
            )
        return workers
