"""Forms of asking for advice: whom, what, under whose permission; the answer; what came of it."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Fieldset, Layout
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.forms.givers import giver_label
from network.models import Consent, FamilyMember
from network.models.consultations import LONGEST_QUESTION
from network.rules.consents import why_not_given_by
from network.rules.consultations import why_not_words
from network.states import ConsentMethod, ConsultationResult, MemberRole
from perhekeskus.forms import Choice, HouseForm, LinkTo
from perhekeskus.searching import SearchForm

from ..actions.consultations import Given
from ..models import Situation
from .buttons import Press


class AdviserSearchForm(SearchForm):
    """Whom to ask: one field."""

    submit_label = _("Hae")
    submit_class = "button-quiet"
    q = forms.CharField(
        label=_("Keneltä kysyt neuvoa"),
        help_text=_("Kirjoita nimi, yksikkö, osaaminen tai tarve. Esimerkiksi: uni."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.results_url = reverse("consultation_ask", args=[situation.pk])


class AskForm(HouseForm):
    """The question, and the family's permission when there is none yet."""

    submit_label = ""
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.CharField(widget=forms.HiddenInput)
    is_anonymous = forms.ChoiceField(
        label=_("Kerrotko, kenestä on kyse"),
        choices=[
            (
                "yes",
                Choice(_("En, kysyn nimettömästi"), _("Vastaajalle ei näytetä perheen nimiä eikä kuntaa.")),
            ),
            ("no", Choice(_("Kyllä, nimellä"), _("Vastaaja näkee perheen etunimet ja luvan aiheet."))),
        ],
        widget=forms.RadioSelect,
        initial="yes",
    )
    question = forms.CharField(
        label=_("Mitä kysyt"),
        help_text=_("Kerro ensin, mikä sujuu. Perhe näkee kysymyksesi omalta sivultaan."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_QUESTION,
    )
    topics = forms.CharField(
        label=_("Mistä perhe antoi luvan kysyä"),
        help_text=_("Muutama sana riittää. Esimerkiksi: uni."),
        max_length=200,
    )
    given_by = forms.ModelChoiceField(
        label=_("Kuka perheestä antoi luvan"),
        queryset=FamilyMember.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    given_with = forms.ModelChoiceField(
        label=_("Kuka muu huoltaja antoi luvan"),
        help_text=_("Tässä perheessä lupa kysytään kummaltakin huoltajalta."),
        queryset=FamilyMember.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )
    method = forms.ChoiceField(
        label=_("Miten lupa saatiin"),
        choices=[
            (method.value, method.label) for method in ConsentMethod if method != ConsentMethod.OWN_LINK
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, situation: Situation, standing: Consent | None, back_url: str, **kwargs: Any
    ) -> None:
        self.situation, self.family, self.standing = situation, situation.family, standing
        self.back_url = back_url
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"form_key": uuid.uuid4(), "method": ConsentMethod.FACE_TO_FACE} | kwargs[
            "initial"
        ]
        super().__init__(*args, **kwargs)
        if standing is not None:
            for name in ("topics", "given_by", "given_with", "method"):
                del self.fields[name]
            return
        guardians = self.family.members.filter(role=MemberRole.GUARDIAN)
        self.fields["given_by"].queryset = self.family.members.filter(  # type: ignore[attr-defined]
            Q(role=MemberRole.GUARDIAN) | Q(is_mature=True)
        )
        self.fields["given_by"].label_from_instance = giver_label  # type: ignore[attr-defined]
        if self.family.both_guardians_asked:
            self.fields["given_with"].queryset = guardians  # type: ignore[attr-defined]
        else:
            del self.fields["given_with"]

    def layout(self) -> Layout:
        permission = [name for name in ("topics", "given_by", "given_with", "method") if name in self.fields]
        parts: list[Any] = ["form_key", "to", "question", "is_anonymous"]
        if permission:
            parts.append(Fieldset(_("Perheen lupa"), *permission))
        return Layout(
            *parts,
            ButtonHolder(
                Press("step", "check", _("Tarkista kysymys")),
                LinkTo(_("Takaisin tilanteeseen"), self.back_url),
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        question = data.get("question", "")
        anonymous = data.get("is_anonymous") == "yes"
        if question and (refused := why_not_words(self.family, question, is_anonymous=anonymous)):
            self.add_error("question", str(refused))
        giver = data.get("given_by")
        if self.standing is None and giver is not None and "given_with" not in self.errors:
            other = data.get("given_with") if giver.role == MemberRole.GUARDIAN else None
            if refused := why_not_given_by(self.family, giver, other):
                self.add_error("given_with" if "given_with" in self.fields else "given_by", str(refused))
        return data

    @property
    def is_anonymous_chosen(self) -> bool:
        return self.cleaned_data["is_anonymous"] == "yes"

    @property
    def given(self) -> Given | None:
        """What the family said just now; None when an earlier permission stands."""
        if self.standing is not None:
            return None
        said = self.cleaned_data
        giver = said["given_by"]
        other = said.get("given_with")
        return Given(
            by=giver,
            method=ConsentMethod(said["method"]),
            topics=(said["topics"],),
            with_=other if giver.role == MemberRole.GUARDIAN else None,
        )


class CheckedAskForm(AskForm):
    """The same, once checked: nothing to fill in, only to send or to change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.HiddenInput()

    def layout(self) -> Layout:
        return Layout(
            *self.fields,
            ButtonHolder(
                Press("step", "send", _("Lähetä kysymys")),
                Press("step", "change", _("Muuta"), "button-quiet"),
            ),
        )


class AnswerForm(HouseForm):
    """The answer."""

    submit_label = _("Lähetä vastaus")
    answer = forms.CharField(
        label=_("Neuvosi"),
        help_text=_("Kerro, mitä itse kokeilisit. Perhe näkee vastauksesi omalta sivultaan."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_QUESTION,
    )


class ResultForm(HouseForm):
    """What came of the advice."""

    submit_label = _("Kirjaa")
    result = forms.ChoiceField(
        label=_("Mitä neuvosta seurasi"),
        choices=[
            (
                ConsultationResult.ENOUGH,
                Choice(ConsultationResult.ENOUGH.label, _("Enempää ei nyt tarvita.")),
            ),
            (
                ConsultationResult.SHARED_TIME,
                Choice(ConsultationResult.SHARED_TIME.label, _("Perhe haluaa ihmiset saman pöydän ääreen.")),
            ),
            (
                ConsultationResult.DIRECT,
                Choice(
                    ConsultationResult.DIRECT.label,
                    _("Perhe haluaa puhua vastaajan kanssa itse, ja siitä on sovittu perheen kanssa."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        self.action = action
        super().__init__(*args, **kwargs)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.form_action = self.action
        return helper
