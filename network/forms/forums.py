"""Arranging a forum, recording it, and what needs to be developed."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import Choice

from ..models import Area, AreaForum, ForumParticipation, Municipality
from ..sorting import finnish
from ..states import ForumAnswer, ForumKind
from .bulletins import SectorsField, municipalities_at_work
from .groups import BackForm, EventForm

# Of a bigger forum only those who said that they come are on the list of who came.
MOST_LISTED = 60


class WhereField(forms.ChoiceField):
    """An area or a municipality, as one list."""

    def clean(self, value: Any) -> Any:
        kind, _sign, key = str(super().clean(value)).partition(":")
        found: Area | Municipality | None
        if kind == "area":
            found = Area.objects.filter(pk=key).first()
        else:
            found = Municipality.objects.filter(pk=key).first()
        if found is None:
            raise ValidationError(_("Valitse alue tai kunta."), code="invalid_choice")
        return found


class ForumForm(EventForm):
    """What kind of a forum, for whom, when, where and about what."""

    submit_label = _("Jatka")
    kind = forms.ChoiceField(
        label=_("Millainen tapaaminen"),
        choices=[
            (ForumKind.AREA, Choice(_("Alueellinen foorumi"), _("Koko alueen väki, pari kertaa vuodessa."))),
            (
                ForumKind.DAY_CARES,
                Choice(_("Kierros päiväkodeissa"), _("Käydään päiväkodeissa kerran lukuvuodessa.")),
            ),
            (ForumKind.SCHOOLS, Choice(_("Kierros kouluissa"), _("Käydään kouluissa kerran lukukaudessa."))),
        ],
        widget=forms.RadioSelect,
        initial=ForumKind.AREA,
    )
    where = WhereField(label=_("Alue tai kunta"))
    themes = forms.CharField(
        label=_("Teemat"),
        help_text=_("Mistä tällä kertaa puhutaan. Ei asiakasasioita."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    sectors = SectorsField(
        label=_("Ketä kutsutaan"), help_text=_("Jos et valitse mitään, kutsutaan kaikki toimialat.")
    )

    def __init__(self, *args: Any, event: AreaForum | None = None, **kwargs: Any) -> None:
        if event is not None:
            place = f"area:{event.area_id}" if event.area_id else f"municipality:{event.municipality_id}"
            kwargs["initial"] = {
                "kind": event.kind,
                "where": place,
                "themes": event.themes,
                "sectors": event.sectors,
            }
        super().__init__(*args, event=event, **kwargs)
        areas = Area.objects.order_by(finnish("name")).values_list("pk", "name")
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            ("", _("Valitse alue tai kunta")),
            (_("Alueet"), [(f"area:{pk}", name) for pk, name in areas]),
            (_("Kunnat"), [(f"municipality:{one.pk}", str(one)) for one in municipalities_at_work()]),
        ]

    def layout(self) -> Layout:
        return Layout("version", "kind", "where", "day", Row("starts", "ends"), "place", "themes", "sectors")

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        where = said["where"]
        names = ("kind", "starts_at", "ends_at", "place", "themes", "sectors")
        return {name: said[name] for name in names} | {
            "area": where if isinstance(where, Area) else None,
            "municipality": where if isinstance(where, Municipality) else None,
        }


class ForumRecordForm(BackForm):
    """That the forum was held: who came and what was talked about."""

    submit_label = _("Tallenna")
    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    came = forms.TypedMultipleChoiceField(
        label=_("Ketkä tulivat"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    notes = forms.CharField(
        label=_("Mitä puhuttiin"),
        help_text=_("Yhteenveto yleisellä tasolla. Ei asiakasasioita eikä perheiden nimiä."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )

    def __init__(self, *args: Any, forum: AreaForum, **kwargs: Any) -> None:
        rows = ForumParticipation.objects.filter(forum=forum).select_related("worker__unit")
        if rows.count() > MOST_LISTED:
            said_to_come = rows.filter(answer__in=[ForumAnswer.COMING, ForumAnswer.MAYBE])
            rows = said_to_come | rows.filter(came=True)
        people = list(rows.order_by(finnish("worker__last_name"), finnish("worker__first_name"), "pk"))
        was_there = {ForumAnswer.COMING} if forum.held_at is None else set()
        kwargs["initial"] = {
            "version": forum.version,
            "notes": forum.notes,
            "came": [one.worker_id for one in people if one.came or one.answer in was_there],
        }
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [  # type: ignore[attr-defined]
            (one.worker_id, Choice(one.worker.name, str(one.worker.unit))) for one in people
        ]
        if not people:
            del self.fields["came"]

    def layout(self) -> Layout:
        return Layout(*self.fields)


class DevelopmentNeedForm(BackForm):
    """What ought to be better in the common work."""

    submit_label = _("Kirjaa kehittämisasia")
    text = forms.CharField(
        label=_("Mikä kaipaa kehittämistä"),
        help_text=_("Kerro, mikä yhteisessä työssä ei toimi tai mitä puuttuu. Ei asiakasasioita."),
        widget=forms.Textarea,
        max_length=2000,
    )
    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), empty_label=_("Valitse kunta")
    )

    def __init__(self, *args: Any, forum: AreaForum | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = municipalities_at_work()
        if forum is not None and forum.area is not None:
            places = Municipality.objects.filter(areas=forum.area).order_by(finnish("name_fi"))
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]


class DevelopmentFilterForm(BackForm):
    """Of which municipality."""

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False
    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), required=False, empty_label=_("Kaikki kunnat")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, cancel_url="", **kwargs)
        places = Municipality.objects.filter(development_needs__isnull=False).values("pk")
        self.fields["municipality"].queryset = Municipality.objects.filter(pk__in=places).order_by(  # type: ignore[attr-defined]
            finnish("name_fi")
        )

    def buttons(self) -> list[Any]:
        return super().buttons()[:1]


class DevelopmentMoveForm(BackForm):
    """What came of it, or why it is put aside."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Miten asian kävi"), widget=forms.RadioSelect)
    outcome = forms.CharField(
        label=_("Mitä tehtiin, tai miksi asia jätetään"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, moves: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = moves  # type: ignore[attr-defined]
