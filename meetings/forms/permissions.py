"""Writing down a permission that the family gives: for what, about what, until when, by whom and how."""

from datetime import datetime, time
from typing import Any, cast

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.models import Situation, Topic
from network.forms.givers import GiversField
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.forms import Choice, DayField, HouseForm, helsinki_moment
from perhekeskus.words import today

from ..states import Decision

MOST_TOPICS = 20


class ReceiverSearchForm(HouseForm):
    """To whom the permission is given."""

    form_method = "get"
    submit_label = _("Hae")
    submit_class = "button-quiet"
    mark_optional = False
    haku = forms.CharField(
        label=_("Kenelle perhe antaa luvan"),
        help_text=_("Työntekijän nimi, yksikkö, tiimi tai osaaminen."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class PermissionForm(HouseForm):
    """One permission to one receiver. An invitation to a shared time is permitted while convening."""

    submit_label = _("Kirjaa lupa")
    purpose = forms.ChoiceField(
        label=_("Mihin lupa annetaan"),
        choices=[
            (
                ConsentPurpose.CONSULT.value,
                Choice(_("Häneltä saa kysyä neuvoa"), _("Kysyjä kertoo hänelle vain sovitut aiheet.")),
            ),
            (
                ConsentPurpose.COPY.value,
                Choice(_("Hän saa yhteisen suunnitelman"), _("Hän näkee sovitun suunnitelman.")),
            ),
            (
                ConsentPurpose.INFORM.value,
                Choice(
                    _("Hänet pidetään ajan tasalla"),
                    _(
                        "Kerrot hänelle itse, miten sovituissa aiheissa menee."
                        " Palvelu ei lähetä hänelle mitään."
                    ),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Mistä aiheista"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more_topics = forms.CharField(
        label=_("Muut aiheet"),
        help_text=_("Kirjoita jokainen aihe omalle rivilleen, perheen omin sanoin."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = DayField(
        label=_("Voimassa enintään"),
        help_text=_("Jätä tyhjäksi, jos lupa on voimassa, kunnes perhe peruu sen."),
        required=False,
    )
    given_by = GiversField(label=_("Kuka perheestä antaa luvan"))
    method = forms.ChoiceField(
        label=_("Miten lupa saatiin"),
        choices=[(one.value, one.label) for one in ConsentMethod if one != ConsentMethod.OWN_LINK],
        widget=forms.RadioSelect,
        initial=ConsentMethod.FACE_TO_FACE.value,
    )

    def __init__(self, data: Any = None, *, situation: Situation, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        said_yes = Topic.objects.filter(meeting__situation=situation, decision=Decision.YES)
        titles = sorted(set(said_yes.values_list("title", flat=True)))
        self.fields["topics"].choices = [(title, title) for title in titles]  # type: ignore[attr-defined]
        if not titles:
            del self.fields["topics"]
            self.fields["more_topics"].label = _("Mistä aiheista")
        self.initial["given_by"] = cast(GiversField, self.fields["given_by"]).ask(situation.family)

    def layout(self) -> Layout:
        about = [name for name in ("topics", "more_topics", "until") if name in self.fields]
        return Layout(
            "purpose",
            Fieldset(_("Mitä lupa koskee"), *about),
            Fieldset(_("Kenen lupa"), "given_by", "method"),
        )

    def clean_more_topics(self) -> list[str]:
        rows = [" ".join(row.split()) for row in self.cleaned_data["more_topics"].splitlines()]
        rows = [row for row in rows if row]
        if any(len(row) > 200 for row in rows):
            raise ValidationError(
                _("Yksi aihe saa olla enintään 200 merkkiä. Kirjoita jokainen omalle rivilleen.")
            )
        if len(rows) > MOST_TOPICS:
            raise ValidationError(_("Kirjoita enintään 20 aihetta."))
        return rows

    def clean_until(self) -> datetime | None:
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < today():
            raise ValidationError(_("Päivä on jo mennyt. Valitse tämä päivä tai myöhempi."))
        if day.year > today().year + 3:
            raise ValidationError(_("Päivä on kaukana. Valitse päivä enintään kolmen vuoden päästä."))
        return helsinki_moment(day, time(23, 59, 59))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        topics = [*data.get("topics", []), *data.get("more_topics", [])]
        data["all_topics"] = list(dict.fromkeys(topics))
        # The plan is a whole; of everything else the family says what may be told.
        if (
            not topics
            and "more_topics" not in self.errors
            and data.get("purpose") in {ConsentPurpose.CONSULT, ConsentPurpose.INFORM}
        ):
            field = "topics" if "topics" in self.fields else "more_topics"
            self.add_error(field, _("Kirjaa, mistä aiheista saa puhua."))
        return data
