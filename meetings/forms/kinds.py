"""Which kind of meeting is convened, and how a kind is worded."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus import words
from perhekeskus.forms import Choice, HouseForm, LinkTo

from ..actions.kinds import KindCard
from ..agenda import AgendaLine
from ..models import Kind, Situation
from ..rules.kinds import why_not_put_aside
from ..states import MeetingKind, Stage
from .agenda import agenda_fields, agenda_initial, agenda_layout, read_agenda, rows_shown
from .slots import DURATIONS


class KindField(forms.ModelChoiceField):
    """The kinds that are in use, each with its explanation."""

    widget = forms.RadioSelect

    def label_from_instance(self, kind: Any) -> str:
        lasts = _("Kestää yleensä %(length)s.") % {"length": words.duration(kind.minutes)}
        return Choice(kind.title, f"{kind.explanation} {lasts}")


class KindForm(HouseForm):
    """What is convened."""

    kind = KindField(
        label=_("Millainen tapaaminen pidetään?"),
        help_text=_("Tapaamislajin voi vaihtaa, kunnes aika on varattu."),
        queryset=Kind.objects.active(),
        empty_label=None,
    )

    submit_label = _("Aloita")
    submit_class = "button-big"

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        # Who has a plan already comes together to see how it goes.
        usual = MeetingKind.FOLLOW_UP if situation.stage == Stage.PLAN else MeetingKind.SHARED_TIME
        kwargs["initial"] = {"kind": usual.value} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.situation = situation

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin tilanteeseen"), self.situation.get_absolute_url())]


PARTS = ("uses_star", "uses_dialogue", "uses_influence", "uses_child_view", "uses_plan", "uses_notes")
ROLES = ("needs_chair", "needs_recorder", "needs_timekeeper")


def named_flags(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The flags of a kind with their words."""
    return [(name, str(Kind._meta.get_field(name).verbose_name).capitalize()) for name in names]  # type: ignore[union-attr]


class KindEditForm(HouseForm):
    """A kind's words, length, parts, roles and agenda."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    name = forms.CharField(label=_("Nimi"), max_length=60)
    explanation = forms.CharField(
        label=_("Mikä se on?"),
        help_text=_("Selkeästi, myös perheelle ymmärrettävästi."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.TypedChoiceField(
        label=_("Kuinka pitkä se yleensä on?"), choices=DURATIONS, coerce=int, widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label=_("Mitä tapaamisessa käytetään?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(
        label=_("Mitkä tehtävät sovitaan etukäteen?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(
        label=_("Voidaan kutsua koolle"),
        help_text=_("Kun laji ei ole enää käytössä, vanhat tapaamiset säilyvät ennallaan."),
        required=False,
    )

    mark_optional = False

    def __init__(self, *args: Any, kind: Kind, cancel_url: str, **kwargs: Any) -> None:
        agenda = list(kind.agenda.all())
        sent = args[0] if args else kwargs.get("data")
        self.agenda_count = rows_shown(agenda, sent)
        self.base_fields = {**self.base_fields, **agenda_fields(self.agenda_count)}  # type: ignore[misc]
        kwargs["initial"] = {
            "seen_version": kind.version,
            "name": kind.name,
            "explanation": kind.explanation,
            "minutes": kind.minutes,
            "parts": [name for name in PARTS if getattr(kind, name)],
            "roles": [name for name in ROLES if getattr(kind, name)],
            "is_active": kind.is_active,
            **agenda_initial(agenda),
        }
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["parts"].choices = named_flags(PARTS)  # type: ignore[attr-defined]
        self.fields["roles"].choices = named_flags(ROLES)  # type: ignore[attr-defined]
        if why_not_put_aside(kind):
            del self.fields["is_active"]
        self.agenda: list[AgendaLine] = []

    def layout(self) -> Layout:
        return Layout(
            "seen_version",
            "name",
            "explanation",
            "minutes",
            "parts",
            "roles",
            *(["is_active"] if "is_active" in self.fields else []),
            Fieldset(_("Asialista"), *agenda_layout(self, self.agenda_count)),
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.agenda = read_agenda(self, self.agenda_count)
        return cleaned

    @property
    def card(self) -> KindCard:
        said = self.cleaned_data
        return KindCard(
            name=" ".join(said["name"].split()),
            explanation=said["explanation"],
            minutes=said["minutes"],
            is_active=said.get("is_active", True),
            **{name: name in said["parts"] for name in PARTS},
            **{name: name in said["roles"] for name in ROLES},
        )
