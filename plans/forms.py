"""The forms of the plan: one page of several parts, and what came of a promised contact."""

from typing import Any, cast

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from meetings.models import Situation
from network.forms.givers import GiversField
from network.models import Worker
from perhekeskus import words
from perhekeskus.forms import (
    Choice,
    ClockField,
    DayField,
    HouseForm,
    HouseFormSet,
    LinkTo,
    house_formset,
)

from .actions import TEXTS, MeasureRow, Promise
from .models import NextContact, Plan
from .querysets import nameable
from .rules import taken_back, why_not_named, why_not_promise
from .states import ContactWay, MeasurePlace

LONGEST_TEXT = 5_000
LONGEST_ROW = 2_000
MOST_ROWS = 30
RADIOS_UP_TO = 7


def _text(label: Any, *, hint: Any = "", rows: int = 3, longest: int = LONGEST_TEXT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class OpeningForm(HouseForm):
    """What the family hopes for, strengths first."""

    form_tag = False
    mark_optional = False

    seen_edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    wish = _text(
        _("Tätä toivomme"),
        hint=_("Perheen omin sanoin: millaista arki on, kun asiat ovat paremmin?"),
    )
    strengths = _text(
        _("Voimavaramme"),
        hint=_("Mikä on jo hyvin? Kuka auttaa? Mistä lapsi iloitsee?"),
    )


class MatterForm(HouseForm):
    """A concrete matter of everyday life."""

    form_tag = False
    mark_optional = False

    text = _text(_("Mihin arjessa tarvitaan muutosta"), rows=2, longest=LONGEST_ROW)


class MeasureForm(HouseForm):
    """Something that is done: where, what, who, when. An empty row is left out."""

    form_tag = False
    mark_optional = False

    what = _text(_("Mitä tehdään"), rows=2, longest=LONGEST_ROW)
    place = forms.ChoiceField(
        label=_("Missä"),
        choices=MeasurePlace,
        widget=forms.RadioSelect,
        initial=MeasurePlace.HOME,
        required=False,
    )
    where = forms.CharField(
        label=_("Missä tarkemmin"),
        help_text=_("Esimerkiksi koulussa tai terveydenhoitajan luona."),
        required=False,
        max_length=100,
    )
    who = forms.CharField(
        label=_("Kuka tekee"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "paikalla"}),
    )
    when = forms.CharField(
        label=_("Milloin"),
        help_text=_("Esimerkiksi joka ilta tai ma 12.4. klo 10."),
        required=False,
        max_length=200,
    )

    # Whose words they are goes with the row.
    words_of = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def layout(self) -> Layout:
        return Layout("what", InlineRadios("place"), "where", Row("who", "when"), "words_of")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if said_by := str(self["words_of"].value() or ""):
            self.fields["what"].help_text = _("Sanoin: %(name)s.") % {"name": said_by}

    @property
    def is_empty(self) -> bool:
        data = self.cleaned_data
        return not any(data.get(name) for name in ("what", "where", "who", "when"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["place"] = data.get("place") or MeasurePlace.HOME
        if not any(data.get(name) for name in ("what", "where", "who", "when")):
            return data
        if not data.get("what") and "what" not in self.errors:
            self.add_error("what", _("Kirjoita, mitä tehdään, tai tyhjennä koko kohta."))
        if data["place"] == MeasurePlace.ELSEWHERE and not data.get("where") and "where" not in self.errors:
            self.add_error("where", _("Kirjoita, missä muualla."))
        return data


_LIMITS = {"extra": 1, "max_num": MOST_ROWS, "absolute_max": MOST_ROWS + 10, "validate_max": True}
_TOO_MANY = {
    "too_many_forms": _("Kohtia voi olla enintään %(num)d. Yhdistä muutama."),
    "missing_management_form": _("Sivu ei tullut kokonaan perille. Lähetä uudelleen."),
}

MatterFormSet = house_formset(MatterForm, item_name=_("Asia"), **_LIMITS)
MeasureFormSet = house_formset(MeasureForm, item_name=_("Kohta"), **_LIMITS)
for _made in (MatterFormSet, MeasureFormSet):
    _made.default_error_messages = {**_made.default_error_messages, **_TOO_MANY}


class WorkerChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Worker) -> str:
        if self.hinted:
            return Choice(obj.name, f"{obj.title}, {obj.unit}")
        return f"{obj.name}, {obj.title}, {obj.unit}"

    hinted = False


class FollowForm(HouseForm):
    """How it is followed, who is responsible, and when the next contact is."""

    form_tag = False
    mark_optional = False

    follow_up = _text(
        _("Miten seurataan"),
        hint=_("Miten ja kuinka usein katsotaan yhdessä, miten on mennyt."),
    )
    contact_to_family = _text(_("Miten työntekijä ottaa yhteyttä perheeseen"), rows=2)
    contact_from_family = _text(
        _("Miten perhe saa työntekijään yhteyden"),
        hint=_("Esimerkiksi: soittakaa tai lähettäkää viesti arkisin klo 8–15."),
        rows=2,
    )
    responsible_1 = WorkerChoice(
        label=_("Vastuutyöntekijä"),
        help_text=_(
            "Perhe nimeää hänet. Hän työskentelee julkisessa palvelussa ja pitää yhteyttä perheeseen."
        ),
        queryset=Worker.objects.none(),
        empty_label=_("Ei vielä nimetty"),
        required=False,
    )
    responsible_2 = WorkerChoice(
        label=_("Työpari, jos perhe haluaa kaksi vastuutyöntekijää"),
        queryset=Worker.objects.none(),
        empty_label=_("Ei työparia"),
        required=False,
    )
    next_on = DayField(label=_("Päivä"), required=False)
    next_at = ClockField(label=_("Kellonaika"), required=False)
    next_way = forms.ChoiceField(
        label=_("Tapa"),
        choices=ContactWay,
        initial=ContactWay.PHONE,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.situation = situation
        choices = nameable(situation).select_related("unit__organisation").order_by("last_name", "first_name")
        few = len(choices) <= RADIOS_UP_TO
        for name in ("responsible_1", "responsible_2"):
            field = self.fields[name]
            assert isinstance(field, WorkerChoice)
            field.hinted = few
            if few:
                field.widget = forms.RadioSelect()
            field.queryset = choices
            field.error_messages["invalid_choice"] = _(
                "Vastuutyöntekijäksi voi nimetä julkisen palvelun työntekijän, joka on ollut mukana"
                " tai kuuluu perhekeskustiimiin."
            )

    def layout(self) -> Layout:
        return Layout(
            Fieldset(_("Seuranta"), "follow_up", "contact_to_family", "contact_from_family"),
            Fieldset(_("Vastuutyöntekijä"), "responsible_1", "responsible_2"),
            Fieldset(_("Seuraava yhteydenotto"), Row("next_on", "next_at"), InlineRadios("next_way")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("responsible_1"), data.get("responsible_2")
        if first is None and second is not None:
            first, second = second, None
        named = [worker for worker in (first, second) if worker is not None]
        if refused := why_not_named(named, self.situation):
            self.add_error("responsible_2" if len(named) > 1 else "responsible_1", str(refused))
        data["responsible"] = named
        clean_promise(self, data)
        return data


def clean_promise(form: HouseForm, data: dict[str, Any]) -> None:
    """Put the next contact together from its day, clock time and way; what is wrong stands at its field."""
    on, at = data.get("next_on"), data.get("next_at")
    data["promise"] = None
    if "next_on" in form.errors or "next_at" in form.errors:
        return
    if on is None:
        if at is not None:
            form.add_error("next_on", _("Valitse myös päivä."))
        return
    if refused := why_not_promise(on, at):
        form.add_error("next_on", str(refused))
        return
    data["promise"] = Promise(on, at, ContactWay(data.get("next_way") or ContactWay.PHONE))


class PlanPage:
    """The parts of the plan's page together: read, checked and shown as one."""

    def __init__(
        self, situation: Situation, plan: Plan | None, data: QueryDict | None = None, *, more: str = ""
    ) -> None:
        """With `data` what was sent; with `more` (matter or measure) the same and a row more, unchecked."""
        self.situation, self.plan, self.more = situation, plan, more
        initial = _initial(plan)
        if data is not None and more:
            initial, data = _as_typed(situation, data), None
        self.opening = OpeningForm(data, initial=initial)
        # A sent row is read for itself: equal to what was saved meanwhile is not "unchanged, so left out".
        rows = {name: initial[name] if data is None else None for name in ("matters", "measures")}
        self.matters = MatterFormSet(data, prefix="matters", initial=rows["matters"])
        self.measures = MeasureFormSet(data, prefix="measures", initial=rows["measures"])
        self.follow = FollowForm(data, initial=initial, situation=situation)
        if more:
            grown = self.matters if more == "matter" else self.measures
            next(iter(grown.forms[-1].fields.values())).widget.attrs["autofocus"] = True

    @property
    def parts(self) -> list[HouseForm | HouseFormSet]:
        return [self.opening, self.matters, self.measures, self.follow]

    def is_valid(self) -> bool:
        # Every part is checked, so that every error is shown at once.
        return all([part.is_valid() for part in self.parts])  # noqa: C419

    def refuse(self, sentence: Any) -> None:
        """Show the sentence on top of the page; everything typed stays."""
        self.opening.add_error(None, sentence)

    def have_seen(self, edition: int) -> None:
        """What is sent next has seen this edition: its writer has both texts in front of them."""
        data = QueryDict(mutable=True)
        for name in self.opening.fields:
            data[name] = str(self.opening[name].value() or "")
        data["seen_edition"] = str(edition)
        self.opening.data = data

    def written(self) -> dict[str, Any]:
        """What was written, as `actions.write_plan` takes it."""
        sent = {**self.opening.cleaned_data, **self.follow.cleaned_data}
        return {
            "texts": {name: sent[name] for name in TEXTS},
            "matters": [text for form in self.matters if (text := form.cleaned_data.get("text"))],
            "measures": [
                MeasureRow(
                    place=MeasurePlace(form.cleaned_data["place"]),
                    what=form.cleaned_data["what"],
                    where=form.cleaned_data["where"],
                    who=form.cleaned_data["who"],
                    when=form.cleaned_data["when"],
                    words_of=form.cleaned_data["words_of"],
                )
                for form in self.measures
                if form.cleaned_data and not form.is_empty
            ],
            "responsible": sent["responsible"],
            "next_contact": sent["promise"],
            "seen_edition": sent["seen_edition"],
        }


def _initial(plan: Plan | None) -> dict[str, Any]:
    """What the page shows first: the draft, or the agreed version as the beginning of the next."""
    if plan is None:
        return {"seen_edition": 0, "matters": [], "measures": []}
    # Whom the family has since taken the permission back from is named again only by choosing them anew.
    gone = {worker.pk for worker in taken_back(plan, since_written=True)}
    named = [row.worker_id for row in plan.responsible_workers.all() if row.worker_id not in gone]
    contact = next((one for one in plan.contacts.all() if one.done_at is None), None)
    return {
        "seen_edition": plan.edition,
        **{name: getattr(plan, name) for name in TEXTS},
        "matters": [{"text": matter.text} for matter in plan.matters.all()],
        "measures": [
            {
                "place": row.place,
                "where": row.where,
                "what": row.what,
                "who": row.who,
                "when": row.when,
                "words_of": row.words_of,
            }
            for row in plan.measures.all()
        ],
        "responsible_1": named[0] if named else None,
        "responsible_2": named[1] if len(named) > 1 else None,
        "next_on": contact.on if contact else None,
        "next_at": contact.at if contact else None,
        "next_way": contact.way if contact else ContactWay.PHONE,
    }


def _as_typed(situation: Situation, data: QueryDict) -> dict[str, Any]:
    """What was typed, unchecked, as the beginning of the same page with one row more."""
    typed: dict[str, Any] = {}
    for form in (OpeningForm(data), FollowForm(data, situation=situation)):
        for name, field in form.fields.items():
            typed[name] = field.widget.value_from_datadict(form.data, {}, form.add_prefix(name))
    for prefix, formset in (("matters", MatterFormSet), ("measures", MeasureFormSet)):
        rows = formset(data, prefix=prefix)
        typed[prefix] = [
            {
                name: field.widget.value_from_datadict(form.data, {}, form.add_prefix(name))
                for name, field in form.fields.items()
            }
            for form in rows.forms
        ]
    return typed


class AgreeForm(HouseForm):
    """The family's own word that the responsible workers may see its matters, and who said it."""

    submit_label = _("Sovimme tästä suunnitelmasta")
    submit_class = "button-big"
    mark_optional = False

    seen_edition = forms.CharField(widget=forms.HiddenInput, required=False)
    permits = forms.BooleanField(
        error_messages={"required": _("Kysy perheeltä, antaako se luvan. Ilman lupaa ei voi sopia.")}
    )
    given_by = GiversField(
        label=_("Kuka perheestä antaa luvan"),
        error_messages={"required": _("Valitse, kuka perheestä antaa luvan.")},
    )

    def __init__(self, data: Any = None, *, plan: Plan, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"seen_edition": plan.edition}
        super().__init__(data, initial=initial, **kwargs)
        named = [row.worker.name for row in plan.responsible_workers.all()]
        permits, given_by = self.fields["permits"], cast(GiversField, self.fields["given_by"])
        sentence = (
            _("Perhe antaa luvan, että vastuutyöntekijät (%(names)s) näkevät perheen asiat")
            if len(named) > 1
            else _("Perhe antaa luvan, että vastuutyöntekijä (%(names)s) näkee perheen asiat")
        )
        permits.label = sentence % {"names": words.listed(named)}
        if gone := taken_back(plan):
            permits.help_text = _(
                "Lupa on aiemmin peruttu: %(names)s. Kysy perheeltä, antaako se luvan uudelleen."
            ) % {"names": words.listed(worker.name for worker in gone)}
        self.initial["given_by"] = given_by.ask(plan.situation.family)

    def layout(self) -> Layout:
        return Layout("seen_edition", Fieldset(_("Perheen lupa"), "permits", "given_by"))


class ContactForm(HouseForm):
    """What came of a promised contact, and how things go on."""

    submit_label = _("Kirjaa yhteydenotto")
    mark_optional = False

    GOES_ON, EVERYDAY = "goes_on", "everyday"

    outcome = forms.CharField(
        label=_("Miten menee, ja mitä sovitte"),
        help_text=_("Kirjoita lyhyesti ja niin, että perhe voi lukea tämän."),
        max_length=LONGEST_ROW,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Kirjoita, miten perheellä menee ja mitä sovitte.")},
    )
    going = forms.ChoiceField(
        label=_("Miten jatketaan"),
        choices=[],
        widget=forms.RadioSelect,
        initial=GOES_ON,
        error_messages={"required": _("Valitse, miten jatketaan.")},
    )
    next_on = DayField(label=_("Päivä"), required=False)
    next_at = ClockField(label=_("Kellonaika"), required=False)
    next_way = forms.ChoiceField(
        label=_("Tapa"),
        choices=ContactWay,
        initial=ContactWay.PHONE,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, contact: NextContact, back: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"next_way": contact.way})
        super().__init__(*args, **kwargs)
        self.back = back
        field = self.fields["going"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (self.GOES_ON, Choice(_("Suunnitelma jatkuu"), _("Sovitaan seuraava yhteydenotto."))),
            (
                self.EVERYDAY,
                Choice(_("Arki sujuu"), _("Tilanne on parempi, ja olette perheen kanssa samaa mieltä.")),
            ),
        ]

    def layout(self) -> Layout:
        return Layout(
            "outcome",
            "going",
            Fieldset(_("Seuraava yhteydenotto"), Row("next_on", "next_at"), InlineRadios("next_way")),
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin suunnitelmaan"), self.back)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("going") == self.EVERYDAY:
            for name in ("next_on", "next_at", "next_way"):
                self.errors.pop(name, None)
            return data
        clean_promise(self, data)
        if data["promise"] is None and "next_on" not in self.errors and "next_at" not in self.errors:
            self.add_error("next_on", _("Sopikaa seuraavan yhteydenoton päivä. Lupaus ei saa unohtua."))
        return data
