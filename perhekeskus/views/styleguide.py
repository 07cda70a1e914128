"""The style guide: each component in all its states, for those who build the pages."""

from datetime import UTC, datetime
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import pictures, timeline_picture
from perhekeskus.bars import Bars, Part, lying_bars
from perhekeskus.forms import (
    Choice,
    ClockField,
    DayField,
    HouseForm,
    MomentField,
    SplitMomentField,
    house_formset,
)
from perhekeskus.year_bars import Span, YearBars, year_bars

LANGUAGES = [("fi", "suomi"), ("sv", "ruotsi"), ("se", "pohjoissaame"), ("muu", "muu kieli")]


class SpecimenForm(HouseForm):
    """One of each kind of field."""

    submit_label = gettext_lazy("Tarkista ja lähetä")

    name = forms.CharField(label="Perheen yhteyshenkilö", max_length=60)
    words = forms.CharField(
        label="Perheen omin sanoin",
        help_text="Kirjoita niin kuin perhe sen sanoi.",
        widget=forms.Textarea,
        required=False,
    )
    language = forms.ChoiceField(label="Perheen kieli", choices=LANGUAGES, widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Mistä puhutaan",
        help_text="Valitse kaikki, joista perhe on samaa mieltä.",
        choices=[
            (
                "Kotona",
                [("uni", Choice("Aamut ja uni", "Nukkuminen, herääminen, kiire")), ("ruoka", "Ruoka")],
            ),
            ("Koulussa", [("koulu", "Koulupoissaolot")]),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    municipality = forms.ChoiceField(
        label="Kunta", choices=[("", "Valitse kunta"), ("263", "Kiuruvesi"), ("297", "Kuopio")]
    )
    born = forms.IntegerField(label="Lapsen syntymävuosi", min_value=1995, max_value=2030, required=False)
    email = forms.EmailField(label="Sähköposti", help_text="Tähän lähetetään kutsu.")
    phone = forms.CharField(
        label="Puhelin", required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    next_contact = DayField(label="Seuraava yhteydenotto")
    clock = ClockField(label="Kellonaika", required=False)
    meeting = SplitMomentField(label="Milloin tavataan", help_text="Aika on Suomen aikaa.")
    follow_up = MomentField(label="Seurantatapaaminen", required=False)
    paper = forms.FileField(label="Liite", required=False)
    password = forms.CharField(label="Salasana", widget=forms.PasswordInput, required=False)
    agreed = forms.BooleanField(
        label="Perhe on samaa mieltä", help_text="Kysy tätä perheeltä ääneen, älä arvaa."
    )

    def layout(self) -> Layout:
        return Layout(
            "name",
            "words",
            "language",
            "topics",
            Fieldset("Mistä tavoittaa", "municipality", Row("born", "phone"), "email"),
            Fieldset("Ajat", Row("next_contact", "clock"), "meeting", "follow_up"),
            "paper",
            "password",
            "agreed",
        )


class ChildForm(HouseForm):
    first_name = forms.CharField(label="Etunimi", max_length=60)
    born = forms.IntegerField(label="Syntymävuosi", min_value=1995, max_value=2030, required=False)

    def layout(self) -> Layout:
        return Layout(Row("first_name", "born"))


ChildFormSet = house_formset(ChildForm, item_name=gettext_lazy("Lapsi"), extra=2)

MISTAKES = {
    "name": "",
    "words": "Aamut ovat raskaita.",
    "language": "tuntematon",
    "municipality": "",
    "born": "kaksi",
    "email": "kaisa(at)demo.example",
    "next_contact": "31.2.2027",
    "clock": "25.99",
    "meeting_0": "2027-03-28",
    "meeting_1": "03:30",
}

RAYS: list[pictures.Ray] = [
    {
        "heading": "Lapsen terveys, kasvu ja kehitys",
        "lines": ["Lapsen terveys,", "kasvu ja kehitys"],
        "tone": "strength",
        "text": "Liikkuu paljon.",
    },
    {
        "heading": "Ihmissuhteet ja turvallisuus",
        "lines": ["Ihmissuhteet", "ja turvallisuus"],
        "tone": "talk",
        "text": "Kaverit ovat muuttaneet.",
    },
    {
        "heading": "Lapsen käsitys itsestään",
        "lines": ["Lapsen käsitys", "itsestään"],
        "tone": "none",
        "text": "",
    },
    {
        "heading": "Perhe, päiväkoti, koulu, vapaa-aika",
        "lines": ["Perhe, päiväkoti,", "koulu, vapaa-aika"],
        "tone": "talk",
        "text": "Aamut ovat raskaita.",
    },
    {
        "heading": "Vanhempana toimiminen",
        "lines": ["Vanhempana", "toimiminen"],
        "tone": "strength",
        "text": "",
    },
    {"heading": "Perhe ja ympäristö", "lines": ["Perhe ja", "ympäristö"], "tone": "none", "text": ""},
]


def _year() -> YearBars | None:
    """Months beside those of the year before; a number that is only known roughly in each."""
    months = ["elo", "syys", "loka", "marras", "joulu", "tammi"]
    now = [*(Span(number, number, str(number)) for number in (12, 18, 0, 21, 30)), Span(8, 11, "8–11")]
    before = [Span(1, 4, "alle 5"), *(Span(number, number, str(number)) for number in (14, 9, 17, 22, 10))]
    return year_bars(months, now, before, "Yhteisiä aikoja kuukaudessa")


def _parts(*, centred: bool) -> Bars | None:
    parts = [
        Part("Puheeksiotto", 52, 60, "52–60"),
        Part("Yhteinen aika", 31, 31, "31"),
        Part("Sujuva arki", 0, 0, "0"),
    ]
    return lying_bars(parts, "Mihin asti päästiin" if centred else "Keitä oli", centred=centred)


def _specimens() -> dict[str, Any]:
    moment = datetime(2027, 3, 15, 7, 30, tzinfo=UTC)
    return {
        "heading": _("Tyyliopas"),
        "lead": _("Talon osat kaikissa asuissaan. Ihmiset on keksitty."),
        "head_action": _("Ota puheeksi"),
        "stages": [
            {"label": "Puheeksiotto", "note": "ma 8.3.", "state": "done"},
            {"label": "Koollekutsuminen", "note": "nyt · 7 päivää", "state": "now"},
            {"label": "Yhteinen aika", "note": "ei vielä sovittu", "state": "todo"},
            {"label": "Suunnitelma", "state": "todo"},
            {"label": "Sujuva arki", "state": "todo"},
        ],
        "koppis": [
            {
                "initials": "KP",
                "title": "Koppi on sinulla.",
                "text": "Perhe on päättänyt osallistujat ja aiheet. Seuraavaksi: etsi yhteinen aika.",
                "action_label": "Etsi yhteinen aika",
                "action_url": "#koppi",
                "secondary_label": "",
                "secondary_url": "",
            },
            {
                "initials": "TL",
                "title": "Koppi on Tiina Laineella.",
                "text": "Kettulan päiväkoti. Seuraavaksi perhe päättää, keitä kutsutaan.",
                "action_label": "",
                "action_url": "",
                "secondary_label": "Ota yhteyttä",
                "secondary_url": "#koppi",
            },
        ],
        "chips": [
            {"text": "lupa", "tone": "ok"},
            {"text": "4/5 vastannut", "tone": "wait"},
            {"text": "perhe: ei nyt", "tone": "no"},
            {"text": "myöhässä", "tone": "alert"},
            {"text": "luonnos", "tone": "neutral"},
        ],
        "tasks": [
            {
                "when": "eilen",
                "when_note": "1 päivä myöhässä",
                "late": True,
                "title": "Soita perheelle: sovittu yhteydenotto",
                "text": "Tilanne 2041 · sinä olet vastuutyöntekijä",
                "action_label": "Kirjaa yhteydenotto",
                "action_url": "#tehtavat",
                "primary": True,
            },
            {
                "when": "ke 17.3.",
                "when_note": "klo 15 mennessä",
                "title": "Koppi tarjolla: ohjaus- ja neuvontapalvelu siirtäisi tilanteen sinulle",
                "text": "Tilanne 2063 · perhe otti yhteyttä puhelimitse",
                "action_label": "Katso ja ota koppi",
                "action_url": "#tehtavat",
                "quiet": True,
            },
            {
                "when": "to 18.3.",
                "when_note": "klo 9.30–11.00",
                "title": "Yhteinen aika",
                "chip": {"text": "6/6 tulossa", "tone": "ok"},
                "text": "Perhekeskus, Pihlaja · sinä kutsuit koolle · vetäjä ja kirjaaja sovittu",
                "action_label": "Avaa",
                "action_url": "#tehtavat",
            },
        ],
        "quotes": [
            {
                "text": "Haluaisimme, että aamut olisivat rauhallisia ja isoveli jaksaisi kouluun.",
                "who": "Vanhemmat, 8.3.",
            },
            {"text": "Leikin pikkuveljen kanssa eniten majaa.", "who": "Lapsi, 9 v"},
        ],
        "summary": [
            {"term": "Perhe", "text": "Kaksi lasta, 4 v ja 9 v", "change_url": "#sanat"},
            {"term": "Aamut ja uni", "text": "Perhe hyväksyi 12.3.", "chip": {"text": "lupa", "tone": "ok"}},
            {"term": "Kieli", "text": "suomi"},
        ],
        "people": [
            {
                "initials": "Äi",
                "name": "Äiti ja isä",
                "note": "perhe",
                "chip": {"text": "mukana", "tone": "ok"},
            },
            {"initials": "Mu", "name": "Mummo", "note": "läheinen", "chip": {"text": "lupa", "tone": "ok"}},
            {
                "initials": "ET",
                "name": "Etsivä nuorisotyöntekijä",
                "note": "nuorisotoimi",
                "chip": {"text": "perhe: ei nyt", "tone": "no"},
            },
        ],
        "notices": [
            {
                "title": "Kutsu lähtee vain luvan saaneille.",
                "text": "Perhe voi perua luvan milloin vain. Silloin kutsu perutaan heti.",
                "tone": "wait",
            },
            {"title": "", "text": "Kutsut lähtivät.", "tone": "ok"},
            {"title": "", "text": "Kun lapsi on vaarassa, ilmoita lastensuojeluun heti.", "tone": "alert"},
            {"title": "", "text": "Kukaan muu ei näe tätä luonnosta.", "tone": "neutral"},
        ],
        "events": [
            {"when": "ma 8.3.2027 klo 10.15", "title": "Puheeksiotto", "text": "Päiväkodin pihalla."},
            {"when": "pe 12.3.2027", "title": "Perhe päätti, keitä kutsutaan"},
        ],
        "timeline": _timeline(),
        "star": pictures.star(RAYS),
        "year": _year(),
        "parts": _parts(centred=False),
        "funnel": _parts(centred=True),
        "table": {
            "caption": "Yhteiset ajat kunnittain",
            "head": [
                {"text": "Kunta"},
                {"text": "Tarjottu", "number": True},
                {"text": "Pidetty", "number": True},
            ],
            "rows": [
                {
                    "head": "Kiuruvesi",
                    "cells": [{"text": "14", "number": True}, {"text": "12", "number": True}],
                },
                {"head": "Kuopio", "cells": [{"text": "61", "number": True}, {"text": "48", "number": True}]},
            ],
        },
        "empty": {
            "title": "Sinulla ei ole vielä yhtään tilannetta.",
            "text": "Kun otat huolen puheeksi perheen kanssa, tilanne näkyy tässä.",
            "action_label": "Ota puheeksi",
        },
        "moment": moment,
    }


def _timeline() -> timeline_picture.Timeline:
    def day(number: int) -> datetime:
        return datetime(2027, 3, number, 12, tzinfo=UTC)

    return timeline_picture.timeline(
        [
            {"name": "Puheeksiotto", "note": "4 päivää", "is_now": False, "spans": [(day(8), day(12))]},
            {
                "name": "Koollekutsuminen",
                "note": "nyt · 6 päivää",
                "is_now": True,
                "spans": [(day(12), None)],
            },
            {"name": "Yhteinen aika", "note": "", "is_now": False, "spans": []},
        ],
        [
            {
                "name": "Tapaamiset",
                "note": "seuraavaksi to 25.3.",
                "moments": [(day(10), False), (day(25), True)],
            }
        ],
        title="Tilanteen kulku",
        now=day(18),
    )


def styleguide(request: HttpRequest) -> HttpResponse:
    """For staff, and for everybody in a demonstration; with ?virheet=1 the form was sent with mistakes."""
    worker = request.user
    if not (settings.DEMONSTRATION or getattr(worker, "is_staff", False)):
        raise Http404
    with_errors = bool(request.GET.get("virheet"))
    children = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-first_name": "",
        "form-0-born": "3",
    }
    page = Paginator(range(200), 20).get_page(request.GET.get("page"))
    context = _specimens() | {
        "form": SpecimenForm(MISTAKES if with_errors else None),
        "formset": ChildFormSet(children if with_errors else None),
        "page": page,
    }
    return render(request, "perhekeskus/styleguide.html", context)
