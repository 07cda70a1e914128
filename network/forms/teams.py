"""What is written down of a team, and who is taken into it."""

from datetime import time
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from perhekeskus.forms import ClockField, HouseForm, LinkTo

from ..actions.teams import TeamCard
from ..contacts import municipalities_in_use
from ..models import Municipality, Team, Worker
from ..sorting import by_name
from ..states import TeamCalling, Weekday

WEEK = [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY]


class TeamForm(HouseForm):
    """The team, its area, and how it is called."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    name = forms.CharField(label=_("Tiimin nimi"), max_length=200)
    phone = PhoneNumberField(label=_("Tiimin puhelin"), required=False)
    area_name = forms.CharField(
        label=_("Alue"), help_text=_("Esimerkiksi kunnan nimi tai Ylä-Savo."), max_length=100
    )
    municipalities = forms.ModelMultipleChoiceField(
        label=_("Alueen kunnat"), queryset=Municipality.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    calling = forms.ChoiceField(
        label=_("Miten tiimi kutsutaan perheen luo?"), choices=TeamCalling, widget=forms.RadioSelect
    )
    coordinator = forms.ModelChoiceField(
        label=_("Tiimin koordinaattori"),
        queryset=Worker.objects.none(),
        required=False,
        empty_label=_("Ei koordinaattoria"),
        help_text=_("Tarvitaan, kun tiimi kutsutaan koordinaattorin kautta. Hän on tiimin jäsen."),
    )
    notice_days = forms.IntegerField(
        label=_("Kuinka monta päivää ennen kutsu tarvitaan?"), min_value=0, max_value=60
    )
    practice = forms.CharField(
        label=_("Kutsukäytäntö omin sanoin"),
        help_text=_("Mitä lähityöntekijän on hyvä tietää, ennen kuin hän kutsuu tiimin."),
        max_length=4000,
        required=False,
        widget=forms.Textarea,
    )

    submit_label = _("Tallenna")

    def __init__(self, *args: Any, team: Team | None = None, cancel_url: str, **kwargs: Any) -> None:
        kwargs["initial"] = self.facts_of(team)
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["municipalities"].queryset = municipalities_in_use()  # type: ignore[attr-defined]
        if team is None:
            # Nobody belongs to it yet, so nobody can coordinate it.
            del self.fields["coordinator"]
            self.fields["calling"].choices = [  # type: ignore[attr-defined]
                choice for choice in TeamCalling.choices if choice[0] != TeamCalling.COORDINATOR
            ]
        else:
            self.fields["coordinator"].queryset = team.members.order_by(*by_name())  # type: ignore[attr-defined]

    @staticmethod
    def facts_of(team: Team | None) -> dict[str, Any]:
        if team is None:
            return {"seen_version": 0, "calling": TeamCalling.DIRECT, "notice_days": 0}
        facts: dict[str, Any] = {
            "seen_version": team.version,
            "name": team.name,
            "phone": team.phone,
            "area_name": team.area.name,
            "municipalities": list(team.area.municipalities.values_list("pk", flat=True)),
            "calling": team.calling,
            "coordinator": team.coordinator_id,
            "notice_days": team.notice_days,
            "practice": team.practice,
        }
        for one in team.times.all():
            facts |= {f"starts_{one.weekday}": one.starts, f"ends_{one.weekday}": one.ends}
        return facts

    def layout(self) -> Layout:
        coordinator = ["coordinator"] if "coordinator" in self.fields else []
        return Layout(
            "seen_version",
            "name",
            "phone",
            Fieldset(_("Alue"), "area_name", "municipalities"),
            Fieldset(_("Kutsukäytäntö"), "calling", *coordinator, "notice_days", "practice"),
            *(
                Fieldset(
                    _("Tiimi kokoontuu: %(day)s") % {"day": day.label},
                    Row(f"starts_{day.value}", f"ends_{day.value}"),
                    # Only a team of weekly times is asked for them.
                    css_class="only-weekly",
                )
                for day in WEEK
            ),
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for day in WEEK:
            starts, ends = cleaned.get(f"starts_{day.value}"), cleaned.get(f"ends_{day.value}")
            if starts and ends and ends <= starts:
                self.add_error(f"ends_{day.value}", _("Aika päättyy alkamisensa jälkeen."))
            elif starts and not ends:
                self.add_error(f"ends_{day.value}", _("Kirjoita, milloin aika päättyy."))
            elif ends and not starts:
                self.add_error(f"starts_{day.value}", _("Kirjoita, milloin aika alkaa."))
        return cleaned

    @property
    def week(self) -> dict[int, tuple[time, time]]:
        return {
            day.value: (self.cleaned_data[f"starts_{day.value}"], self.cleaned_data[f"ends_{day.value}"])
            for day in WEEK
            if self.cleaned_data.get(f"starts_{day.value}")
        }

    @property
    def card(self) -> TeamCard:
        said = self.cleaned_data
        return TeamCard(
            name=said["name"],
            area_name=said["area_name"],
            municipalities=said["municipalities"],
            phone=said["phone"] or "",
            calling=TeamCalling(said["calling"]),
            coordinator=said.get("coordinator"),
            notice_days=said["notice_days"],
            practice=said["practice"],
            week=self.week,
        )


for _day in WEEK:
    TeamForm.base_fields[f"starts_{_day.value}"] = ClockField(label=_("Alkaa"), required=False)
    TeamForm.base_fields[f"ends_{_day.value}"] = ClockField(label=_("Päättyy"), required=False)


class WorkerChoice(forms.ModelChoiceField):
    def label_from_instance(self, worker: Any) -> str:
        return f"{worker.name}, {worker.title}, {worker.unit}"


class TeamMemberForm(HouseForm):
    """One worker of the area, to be taken into the team."""

    worker = WorkerChoice(
        label=_("Uusi jäsen"), queryset=Worker.objects.none(), empty_label=_("Valitse työntekijä")
    )

    submit_label = _("Lisää tiimiin")
    submit_class = "button-quiet"

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = (  # type: ignore[attr-defined]
            Worker.objects.working_with_families()
            .filter(unit__municipality__in=team.area.municipalities.all())
            .exclude(teams=team)
            .select_related("unit")
            .order_by(*by_name())
        )
