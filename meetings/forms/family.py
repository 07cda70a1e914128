"""The family's own decision on a phone: people, topics, check; and what it proposes itself."""

from collections.abc import Mapping
from typing import Any, cast

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.forms.givers import GiversField
from network.models import ClosePerson, Family
from perhekeskus.forms import HouseForm, HouseModelForm

from ..actions.convening import FamilyDecision
from ..models import Meeting, Participation, Topic
from ..people import shown_name, shown_work
from ..states import Decision
from .buttons import Press

YES_NO = [(Decision.YES.value, _("Kyllä")), (Decision.NO.value, _("Ei nyt"))]


class Cards(HouseForm):
    """One card for each person or topic, with yes and no as big choices."""

    step = ""
    suggest_label: str | Promise = ""
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, meeting: Meeting, draft: Mapping[str, str], **kwargs: Any
    ) -> None:
        self.family: Family = meeting.situation.family
        self.rows: list[Participation] | list[Topic] = self.asked(meeting)
        initial: dict[str, object] = {"version": meeting.version}
        for row in self.rows:
            said = draft.get(self.name_of(row)) or row.decision
            if said != Decision.UNDECIDED:
                initial[self.name_of(row)] = said
        super().__init__(data, initial=initial, **kwargs)
        for row in self.rows:
            self.fields[self.name_of(row)] = forms.ChoiceField(
                label=self.title_of(row),
                help_text=self.about(row),
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Valitkaa kyllä tai ei nyt: %(label)s.") % {"label": self.title_of(row)}
                },
            )

    def asked(self, meeting: Meeting) -> Any:
        raise NotImplementedError

    def name_of(self, row: Any) -> str:
        return f"{self.step}_{row.pk}"

    def title_of(self, row: Any) -> str:
        return str(row)

    def about(self, row: Any) -> str:
        return ""

    def layout(self) -> Layout:
        cards = [Div(InlineRadios(self.name_of(row)), css_class="card decision-card") for row in self.rows]
        return Layout("version", Div(*cards, css_class="cards"))

    def buttons(self) -> list[Any]:
        # The main one stands first: it is the one that the Enter key presses.
        return [
            *super().buttons(),
            Press("suggest", "1", self.suggest_label, "button-quiet"),
        ]

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen so far, also when something is still missing."""
        allowed = {value for value, _label in YES_NO}
        return {
            self.name_of(row): said
            for row in self.rows
            if (said := self.data.get(self.name_of(row), "")) in allowed
        }


class PeopleForm(Cards):
    """Whom to invite."""

    step = "person"
    submit_label = _("Seuraavaksi: mistä puhutaan")
    suggest_label = _("Ehdottakaa itse jotakuta, vaikka läheistä")

    def asked(self, meeting: Meeting) -> list[Participation]:
        return list(meeting.participations.by_decision().with_people())

    def title_of(self, row: Participation) -> str:
        return shown_name(row, self.family)

    def about(self, row: Participation) -> str:
        words = [shown_work(row, self.family)]
        if row.worker is not None and row.worker.what_i_do:
            words.append(row.worker.what_i_do.strip())
        if row.why:
            words.append(row.why)
        if row.expectation:
            words.append(_("Kutsussa toivotaan: %(what)s") % {"what": row.expectation})
        return " ".join(f"{one[0].upper()}{one[1:].rstrip('.')}." for one in words if one)


class TopicsForm(Cards):
    """What to talk about."""

    step = "topic"
    submit_label = _("Seuraavaksi: tarkistakaa")
    suggest_label = _("Ehdottakaa aihetta")

    def asked(self, meeting: Meeting) -> list[Topic]:
        return list(meeting.topics.all())

    def about(self, row: Topic) -> str:
        return str(_("Oma ehdotuksenne.")) if row.by_family else ""


class ConfirmForm(HouseForm):
    """Who of the family gives the word."""

    submit_label = _("Vahvistakaa päätös")
    version = forms.IntegerField(widget=forms.HiddenInput)
    given_by = GiversField(
        label=_("Kuka teistä vahvistaa päätöksen?"),
        error_messages={"required": _("Valitkaa, kuka teistä vahvistaa päätöksen.")},
    )

    def __init__(self, data: Any = None, *, meeting: Meeting, **kwargs: Any) -> None:
        initial: dict[str, object] = {"version": meeting.version}
        super().__init__(data, initial=initial, **kwargs)
        family = meeting.situation.family
        given_by = cast(GiversField, self.fields["given_by"])
        self.initial["given_by"] = given_by.ask(family)
        if family.both_guardians_asked:
            given_by.help_text = _(
                "Lupa kysytään kummaltakin huoltajalta."
                " Vahvistakaa vasta, kun olette sopineet asiasta yhdessä."
            )


class SuggestPersonForm(HouseModelForm):
    """Somebody close to the family."""

    submit_label = _("Lisätkää listalle")

    class Meta:
        model = ClosePerson
        fields = ("name", "relation", "email", "phone")
        labels = {
            "name": _("Nimi"),
            "relation": _("Kuka hän on teille"),
            "email": _("Sähköposti"),
            "phone": _("Puhelin"),
        }
        help_texts = {
            "relation": _("Esimerkiksi mummo, kummi tai naapuri."),
            "email": _("Kutsu lähtee tähän, kun olette vahvistaneet päätöksen."),
        }
        error_messages = {
            "name": {"required": _("Kirjoittakaa nimi.")},
            "relation": {"required": _("Kirjoittakaa, kuka hän on teille.")},
            "email": {"invalid": _("Tarkistakaa sähköpostiosoite. Se on muotoa nimi@esimerkki.fi.")},
        }


class SuggestTopicForm(HouseForm):
    """Something that the family wants to talk about."""

    submit_label = _("Lisätkää listalle")
    title = forms.CharField(
        label=_("Mistä haluatte puhua"),
        max_length=200,
        help_text=_("Muutama sana riittää. Esimerkiksi: aamut ja uni."),
        error_messages={"required": _("Kirjoittakaa, mistä haluatte puhua.")},
    )

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if not title:
            raise forms.ValidationError(_("Kirjoittakaa, mistä haluatte puhua."))
        return title


def decision_of(people: PeopleForm, topics: TopicsForm, draft: Mapping[str, str]) -> FamilyDecision | None:
    """The family's decision as the check page shows it; None when something is still open."""
    answers: list[dict[int, bool]] = []
    for form in (people, topics):
        said = {row.pk: form.initial.get(form.name_of(row)) for row in form.rows}
        if None in said.values():
            return None
        answers.append({pk: word == Decision.YES for pk, word in said.items()})
    return FamilyDecision(people=answers[0], topics=answers[1])
