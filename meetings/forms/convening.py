"""Forms of convening: whom to ask, what to talk about, the family's decision, chair and recorder."""

from typing import Any, cast

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.forms.givers import GiversField
from network.models import ClosePerson, Expertise, Municipality, Need, TextSource, Worker
from network.results import Because, because
from network.search import search_or_next_best
from network.states import ConsentMethod
from perhekeskus.forms import Choice, HouseForm

from ..actions.convening import FamilyDecision
from ..actions.leading import possible_leaders
from ..models import Meeting
from ..states import Decision

MOST_FOUND = 30


class PeopleSearchForm(HouseForm):
    """Whom to ask: by any word of theirs, by need, by expertise, by municipality."""

    form_method = "get"
    submit_label = _("Hae")
    submit_class = "button-quiet"
    mark_optional = False
    text = forms.CharField(
        label=_("Hae sanalla"),
        help_text=_("Nimi, ammatti, yksikkö, osaaminen tai tarve."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    need = forms.ModelChoiceField(
        label=_("Mihin perhe kaipaa apua"),
        queryset=Need.objects.all(),
        required=False,
        empty_label=_("Mikä tahansa tarve"),
    )
    expertise = forms.ModelChoiceField(
        label=_("Millaista osaamista"),
        queryset=Expertise.objects.all(),
        required=False,
        empty_label=_("Mikä tahansa osaaminen"),
    )
    municipality = forms.ModelChoiceField(
        label=_("Missä kunnassa"),
        queryset=Municipality.objects.all(),
        required=False,
        empty_label=_("Kaikki kunnat"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = Municipality.objects.filter(units__workers__isnull=False).distinct()
        self.fields["municipality"].queryset = towns  # type: ignore[attr-defined]

    def found(self, meeting: Meeting) -> "list[tuple[Worker, list[Because]]]":
        """Up to thirty workers who match and are not proposed yet, and why the text found them."""
        workers = Worker.objects.working_with_families().exclude(pk=meeting.convener_id)
        workers = workers.exclude(pk__in=meeting.participations.exclude(worker=None).values("worker"))
        if need := self.cleaned_data.get("need"):
            workers = workers.filter(expertise__needs=need)
        if expertise := self.cleaned_data.get("expertise"):
            workers = workers.filter(expertise=expertise)
        if municipality := self.cleaned_data.get("municipality"):
            workers = workers.filter(
                Q(unit__municipality=municipality) | Q(teams__area__municipalities=municipality)
            )
        workers = workers.select_related("unit").prefetch_related("expertise").distinct()
        text = self.cleaned_data.get("text", "")
        if not text.strip():
            return [(worker, []) for worker in workers.order_by("last_name", "first_name")[:MOST_FOUND]]
        answer, _page = search_or_next_best(text, {TextSource.WORKER: workers}, most=MOST_FOUND)
        people = workers.in_bulk([match.pk for match in answer.matches])
        return [(people[match.pk], because(match)) for match in answer.matches if match.pk in people]


class TopicForm(HouseForm):
    """One topic."""

    submit_label = _("Lisää aihe")
    submit_class = "button-quiet"
    title = forms.CharField(
        label=_("Mistä olisi hyvä puhua"), max_length=200, help_text=_("Esimerkiksi: aamut ja uni.")
    )


def close_people_not_proposed(meeting: Meeting) -> list[ClosePerson]:
    """People close to the family who are not on the list yet."""
    proposed = meeting.participations.exclude(close_person=None).values("close_person")
    return list(meeting.situation.family.close_people.exclude(pk__in=proposed))


YES_NO = [("yes", _("Kyllä")), ("no", _("Ei nyt"))]


def _yes_or_no(label: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kirjaa, mitä perhe päätti: %(label)s.") % {"label": label}},
    )


class DecisionForm(HouseForm):
    """The family's word on each person and each topic, written down on the spot."""

    submit_label = _("Tallenna perheen päätös")
    version = forms.IntegerField(widget=forms.HiddenInput)
    given_by = GiversField(label=_("Kuka perheestä päätti"))
    method = forms.ChoiceField(
        label=_("Miten lupa saatiin"),
        choices=[
            (method.value, method.label) for method in ConsentMethod if method != ConsentMethod.OWN_LINK
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.people = list(meeting.participations.by_decision().with_people())
        self.topics = list(meeting.topics.all())
        initial = {"version": meeting.version, "method": ConsentMethod.FACE_TO_FACE.value}
        initial |= {f"person_{one.pk}": one.decision for one in self.people}
        initial |= {f"topic_{one.pk}": one.decision for one in self.topics}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        # The questions differ from meeting to meeting, and the house prepares them all at once.
        self.base_fields = {**self.base_fields, **self._questions()}  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.initial["given_by"] = cast(GiversField, self.fields["given_by"]).ask(meeting.situation.family)

    def _questions(self) -> dict[str, forms.Field]:
        people = {f"person_{one.pk}": _yes_or_no(one.name, one.from_where) for one in self.people}
        topics = {f"topic_{one.pk}": _yes_or_no(one.title) for one in self.topics}
        return {**people, **topics}

    def layout(self) -> Layout:
        return Layout(
            "version",
            Fieldset(_("Keitä kutsutaan"), *[InlineRadios(f"person_{one.pk}") for one in self.people]),
            Fieldset(_("Mistä puhutaan"), *[InlineRadios(f"topic_{one.pk}") for one in self.topics]),
            Fieldset(_("Kenen päätös"), "given_by", "method"),
        )

    @property
    def decision(self) -> FamilyDecision:
        said = self.cleaned_data
        return FamilyDecision(
            people={one.pk: said[f"person_{one.pk}"] == Decision.YES for one in self.people},
            topics={one.pk: said[f"topic_{one.pk}"] == Decision.YES for one in self.topics},
        )


class SendForm(HouseForm):
    """Who leads and who writes, before the invitations go out."""

    submit_label = _("Lähetä kutsut")
    version = forms.IntegerField(widget=forms.HiddenInput)
    chair = forms.ModelChoiceField(
        label=_("Vetäjä"),
        help_text=_("Toivottaa tervetulleeksi ja huolehtii ajasta."),
        queryset=Worker.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    recorder = forms.ModelChoiceField(
        label=_("Kirjaaja"),
        help_text=_(
            "Kirjaa ja tulostaa yhteisen suunnitelman. Kuunteleminen on helpompaa, kun vetäjä ja kirjaaja"
            " ovat eri ihmisiä."
        ),
        queryset=Worker.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    timekeeper = forms.ModelChoiceField(
        label=_("Ajan seuraaja"),
        help_text=_("Katsoo kelloa, jotta jokaiselle asialle jää aikaa."),
        queryset=Worker.objects.none(),
        widget=forms.RadioSelect,
        required=False,
        blank=True,
        empty_label=_("Vetäjä seuraa aikaa"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "version": meeting.version,
            "chair": meeting.chair_id or meeting.convener_id,
            "recorder": meeting.recorder_id or meeting.convener_id,
            "timekeeper": meeting.timekeeper_id or "",
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        leaders = Worker.objects.filter(pk__in=[one.pk for one in possible_leaders(meeting)]).select_related(
            "unit"
        )
        if not meeting.kind.needs_timekeeper and not meeting.timekeeper_id:
            del self.fields["timekeeper"]
        for name in {"chair", "recorder", "timekeeper"} & set(self.fields):
            self.fields[name].queryset = leaders  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = lambda worker: Choice(  # type: ignore[attr-defined]
                worker.name, f"{worker.title}, {worker.unit}"
            )


class LeadersForm(SendForm):
    """Who leads and who writes, once more: those who come for a unit or a team are known by now."""

    submit_label = _("Tallenna")
