"""What is agreed before a meeting: what it is for, its agenda, its setting, and who sees to what."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models import Unit
from perhekeskus.forms import HouseForm, LinkTo, WebAddressField

from ..actions.leading import possible_leaders
from ..actions.preparing import FAMILY, Agreement, Checklist, Setting, units_that_come
from ..agenda import AgendaLine
from ..before import preparation_of
from ..models import Errand, Kind, Meeting, Participation
from ..rules.preparing import why_not_other_kind
from ..states import Decision, InterpreterState, PlaceKind
from .agenda import agenda_fields, agenda_initial, agenda_layout, read_agenda, rows_shown
from .kinds import KindField


class _OfMeeting(HouseForm):
    """A form about a meeting, with the version that its page has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        kwargs["initial"] = {"version": meeting.version, **self.facts(meeting)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def facts(self, meeting: Meeting) -> dict[str, Any]:
        """What the form shows of the meeting."""
        return {}

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.meeting.get_absolute_url())]


class SeatField(forms.ModelMultipleChoiceField):
    """Some of those who are asked."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, seat: Any) -> str:
        return str(seat.name)


class AgreementForm(_OfMeeting):
    """Goal, means and division of work; who leads and who consults."""

    goal = forms.CharField(
        label=_("Mihin pyritään?"),
        help_text=_("Perheen sanoin. Esimerkiksi: aamut sujuvat ja kaikki nukkuvat."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    means = forms.CharField(
        label=_("Millä keinoilla?"),
        help_text=_("Mitä tapaamisessa tehdään, jotta tavoite tulee lähemmäs."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    division = forms.CharField(
        label=_("Miten työ jaetaan?"),
        help_text=_("Kuka tekee mitäkin ennen tapaamista ja tapaamisessa, myös perhe."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    family_asked = forms.CharField(
        label=_("Mitä perhe voi miettiä etukäteen?"),
        help_text=_("Näkyy perheen omalla sivulla. Esimerkiksi: mikä on teidän hyvä hetkenne päivässä?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    leading_unit = forms.ModelChoiceField(
        label=_("Kenellä on vetovastuu?"),
        help_text=_("Vetovastuussa oleva yksikkö vie asiaa eteenpäin, ja muut auttavat neuvoillaan."),
        queryset=Unit.objects.none(),
        required=False,
        blank=True,
        empty_label=_("Ei ole vielä sovittu"),
        widget=forms.RadioSelect,
    )
    consulting = SeatField(
        label=_("Ketkä ovat mukana neuvojina?"), queryset=Participation.objects.none(), required=False
    )
    kind = KindField(label=_("Tapaamislaji"), queryset=Kind.objects.none(), empty_label=None)

    mark_optional = False
    submit_label = _("Tallenna")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        units = [unit.pk for unit in units_that_come(meeting)]
        self.fields["leading_unit"].queryset = Unit.objects.filter(pk__in=units)  # type: ignore[attr-defined]
        seats = meeting.participations.by_decision().filter(close_person=None).with_people()
        self.fields["consulting"].queryset = seats.exclude(decision=Decision.NO)  # type: ignore[attr-defined]
        self.fields["kind"].queryset = Kind.objects.filter(  # type: ignore[attr-defined]
            Q(is_active=True) | Q(pk=meeting.kind_id)
        )
        if why_not_other_kind(meeting):
            del self.fields["kind"]

    def facts(self, meeting: Meeting) -> dict[str, Any]:
        agreed = preparation_of(meeting)
        facts: dict[str, Any] = {
            name: getattr(agreed, name)
            for name in ("goal", "means", "division", "family_asked", "leading_unit")
        }
        facts["consulting"] = list(agreed.consulting.values_list("pk", flat=True)) if agreed.pk else []
        return facts | {"kind": meeting.kind_id}

    def layout(self) -> Layout:
        return Layout(
            "version",
            "goal",
            "means",
            "division",
            "family_asked",
            Fieldset(_("Vetovastuu"), "leading_unit", "consulting"),
            *(["kind"] if "kind" in self.fields else []),
        )

    @property
    def agreement(self) -> Agreement:
        said = self.cleaned_data
        return Agreement(
            kind=said.get("kind") or self.meeting.kind,
            goal=said["goal"],
            means=said["means"],
            division=said["division"],
            family_asked=said["family_asked"],
            leading_unit=said["leading_unit"],
            consulting=[seat.pk for seat in said["consulting"]],
        )


class AgendaForm(_OfMeeting):
    """The numbered rows of the meeting's own agenda."""

    mark_optional = False
    submit_label = _("Tallenna asialista")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        items = list(meeting.agenda.all())
        self.count = rows_shown(items, args[0] if args else None)
        topics = [(topic.pk, topic.title) for topic in meeting.topics.all() if topic.decision != Decision.NO]
        self.base_fields = {**self.base_fields, **agenda_fields(self.count, topics)}  # type: ignore[misc]
        self.items = items
        super().__init__(*args, meeting=meeting, **kwargs)
        self.lines: list[AgendaLine] = []

    def facts(self, meeting: Meeting) -> dict[str, Any]:
        return agenda_initial(self.items)

    def layout(self) -> Layout:
        return Layout("version", *agenda_layout(self, self.count))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.lines = read_agenda(self, self.count)
        return cleaned


class SettingForm(_OfMeeting):
    """Where, and what is needed there."""

    place_kind = forms.ChoiceField(
        label=_("Missä tavataan?"),
        choices=[(one.value, str(one.label).capitalize()) for one in PlaceKind],
        widget=forms.RadioSelect,
    )
    place_text = forms.CharField(
        label=_("Paikka tai ohje perille"),
        help_text=_("Koulun tai päiväkodin nimi ja huone. Kodin osoite näkyy vain tuleville, ei viesteissä."),
        max_length=200,
        required=False,
    )
    remote_url = WebAddressField(
        label=_("Etäyhteyden linkki"),
        help_text=_("Näkyy vain perheen sivulla ja niille, jotka on kutsuttu."),
        max_length=500,
        required=False,
    )
    seats = forms.IntegerField(label=_("Istumapaikkoja"), min_value=1, max_value=200, required=False)
    coffee = forms.BooleanField(label=_("Kahvia ja mehua"), required=False)
    toys = forms.BooleanField(label=_("Leluja ja tekemistä lapsille"), required=False)
    access_needs = forms.CharField(
        label=_("Esteettömyys"),
        help_text=_("Esimerkiksi: rattaat mahtuvat, hissi, induktiosilmukka."),
        max_length=300,
        required=False,
    )
    interpreter = forms.CharField(label=_("Tulkkauksen kieli"), max_length=60, required=False)
    interpreter_state = forms.ChoiceField(
        label=_("Tulkki"),
        choices=[
            ("", _("Ei tarvita")),
            *((one.value, str(one.label).capitalize()) for one in InterpreterState),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    child_care = forms.CharField(
        label=_("Lastenhoito"),
        help_text=_("Kuka on lasten kanssa, jos he eivät ole koko aikaa mukana."),
        max_length=300,
        required=False,
    )
    other = forms.CharField(
        label=_("Muuta"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    mark_optional = False
    submit_label = _("Tallenna puitteet")

    def facts(self, meeting: Meeting) -> dict[str, Any]:
        set_so_far, family = preparation_of(meeting), meeting.situation.family
        facts: dict[str, Any] = {
            name: getattr(meeting, name) for name in ("place_kind", "place_text", "remote_url")
        }
        facts |= {
            name: getattr(set_so_far, name)
            for name in (
                "seats",
                "coffee",
                "toys",
                "access_needs",
                "interpreter",
                "interpreter_state",
                "child_care",
                "other",
            )
        }
        if set_so_far.pk is None and family.needs_interpreter:
            language = family.other_language or str(family.get_language_display())
            facts |= {"interpreter": language, "interpreter_state": InterpreterState.NEEDED.value}
        return facts

    def layout(self) -> Layout:
        return Layout(
            "version",
            Fieldset(_("Paikka"), "place_kind", "place_text", "remote_url"),
            Fieldset(_("Asettuminen"), "seats", "coffee", "toys", "child_care", "access_needs"),
            Fieldset(_("Tulkki"), Row("interpreter"), "interpreter_state"),
            "other",
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        kind = said.get("place_kind")
        if kind == PlaceKind.SCHOOL and not said.get("place_text"):
            self.add_error("place_text", _("Kirjoita, missä tavataan."))
        if kind in {PlaceKind.ROOM, PlaceKind.REMOTE} and said.get("place_text"):
            self.add_error("place_text", _("Tyhjennä tämä: paikka on verkoston tila tai etäyhteys."))
        if kind != PlaceKind.REMOTE and said.get("remote_url"):
            self.add_error("remote_url", _("Tyhjennä tämä tai valitse, että tavataan etäyhteydellä."))
        if said.get("interpreter_state") and not said.get("interpreter"):
            self.add_error("interpreter", _("Kirjoita, mille kielelle tulkataan."))
        return said

    def clean_remote_url(self) -> str:
        url: str = self.cleaned_data["remote_url"]
        if url and not url.startswith("https://"):
            raise ValidationError(_("Linkin alussa pitää olla https://."))
        return url

    @property
    def setting(self) -> Setting:
        said = self.cleaned_data
        state = said["interpreter_state"] or (InterpreterState.NEEDED.value if said["interpreter"] else "")
        return Setting(
            place_kind=PlaceKind(said["place_kind"]),
            place_text=" ".join(said["place_text"].split()),
            interpreter_state=state,
            **{
                name: said[name]
                for name in (
                    "remote_url",
                    "seats",
                    "coffee",
                    "toys",
                    "access_needs",
                    "interpreter",
                    "child_care",
                    "other",
                )
            },
        )


class ChecklistForm(HouseForm):
    """Who sees to each thing before the meeting, and what is done."""

    mark_optional = False
    form_tag = False

    def __init__(self, *args: Any, meeting: Meeting, errands: list[Errand], **kwargs: Any) -> None:
        self.errands = errands
        helpers = possible_leaders(meeting) if errands else []
        known = {worker.pk for worker in helpers}
        choices = [
            ("", _("Ei vielä kukaan")),
            *((str(one.pk), one.name) for one in helpers),
            (FAMILY, _("Perhe")),
        ]
        fields: dict[str, forms.Field] = {}
        for errand in errands:
            own = list(choices)
            if errand.worker is not None and errand.worker_id not in known:
                own.append((str(errand.worker_id), errand.worker.name))
            fields[f"who_{errand.pk}"] = forms.ChoiceField(
                label=_("Kuka hoitaa"), choices=own, required=False
            )
            fields[f"done_{errand.pk}"] = forms.BooleanField(label=_("Hoidettu"), required=False)
        fields["added"] = forms.CharField(
            label=_("Lisää listalle"),
            help_text=_("Esimerkiksi: avain vahtimestarilta."),
            max_length=120,
            required=False,
        )
        self.base_fields = {**self.base_fields, **fields}  # type: ignore[misc]
        kwargs["initial"] = {
            key: value
            for one in errands
            for key, value in (
                (f"who_{one.pk}", FAMILY if one.by_family else str(one.worker_id or "")),
                (f"done_{one.pk}", one.done_at is not None),
            )
        }
        super().__init__(*args, **kwargs)

    def layout(self) -> Layout:
        return Layout(
            *(
                Fieldset(errand.title, f"who_{errand.pk}", f"done_{errand.pk}", css_class="errand")
                for errand in self.errands
            ),
            "added",
        )

    @property
    def checklist(self) -> Checklist:
        said = self.cleaned_data
        who: dict[int, int | str | None] = {}
        for one in self.errands:
            chosen = said[f"who_{one.pk}"]
            who[one.pk] = int(chosen) if chosen.isdecimal() else chosen or None
        done = [one.pk for one in self.errands if said[f"done_{one.pk}"]]
        return Checklist(who=who, done=done, added=said["added"])


class WishForm(HouseForm):
    """What the family hopes of the meeting, in its own words."""

    words = forms.CharField(
        label=_("Mitä toivotte tapaamiselta?"),
        help_text=_("Esimerkiksi: missä olisi hyvä olla, mitä lapset tarvitsevat, mikä helpottaisi oloanne."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )

    mark_optional = False
    submit_label = _("Tallentakaa toiveet")
