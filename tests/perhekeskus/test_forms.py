"""The form pack and the forms' shared manners."""

from datetime import UTC, date, datetime, time
from html.parser import HTMLParser

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from perhekeskus.forms import (
    LONGEST_TEXT,
    ClockField,
    DayField,
    HouseForm,
    MomentField,
    SplitMomentField,
    helsinki_moment,
)
from perhekeskus.views.styleguide import MISTAKES, ChildFormSet, SpecimenForm
from perhekeskus.words import HELSINKI


class Page(HTMLParser):
    """The tags of a page in their order, and each tag's place."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[int, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if data.strip():
            place = len(self.tags) - 1
            self.words[place] = f"{self.words.get(place, '')} {data.strip()}".strip()

    def all(self, *names):
        return [attrs for tag, attrs in self.tags if tag in names]

    def ids(self):
        return [attrs["id"] for _tag, attrs in self.tags if attrs.get("id")]

    def place(self, **wanted):
        for i, (_tag, attrs) in enumerate(self.tags):
            if all(attrs.get(name.rstrip("_")) == value for name, value in wanted.items()):
                return i
        raise AssertionError(f"no tag with {wanted}")


def shown(form) -> Page:
    return Page(render_crispy_form(form))


@pytest.fixture
def empty():
    return shown(SpecimenForm())


@pytest.fixture
def mistaken():
    return shown(SpecimenForm(MISTAKES))


def test_every_input_has_a_label_of_its_own(empty):
    labelled = {attrs.get("for") for attrs in empty.all("label")}
    for attrs in empty.all("input", "select", "textarea"):
        if attrs.get("type") != "hidden":
            assert attrs["id"] in labelled


def test_a_group_of_inputs_has_a_legend(empty):
    legends = [empty.words[i] for i, (tag, _attrs) in enumerate(empty.tags) if tag == "legend"]
    assert "Perheen kieli" in legends
    assert "Mistä puhutaan" in legends
    assert "Milloin tavataan" in legends
    assert "Ajat" in legends


def test_no_id_is_used_twice(mistaken):
    assert len(mistaken.ids()) == len(set(mistaken.ids()))


@pytest.mark.parametrize("data", [None, MISTAKES])
def test_described_by_is_djangos_own_and_points_at_something(data):
    form = SpecimenForm(data)
    page = shown(form)
    for field in form:
        holder = f"{field.auto_id}_group" if field.use_fieldset else field.id_for_label
        attrs = page.tags[page.place(id=holder)][1]
        assert (attrs.get("aria-describedby") or "") == (field.aria_describedby or "")
        for target in (field.aria_describedby or "").split():
            assert target in page.ids()


def test_label_then_hint_then_error_then_input(mistaken):
    places = [
        mistaken.place(for_="id_email"),
        mistaken.place(id="id_email_helptext"),
        mistaken.place(id="id_email_error"),
        mistaken.place(id="id_email"),
    ]
    assert places == sorted(places)


def test_the_optional_is_marked_and_the_required_is_not(empty):
    marked = render_crispy_form(SpecimenForm()).count("(vapaaehtoinen)")
    optional = [name for name, field in SpecimenForm().fields.items() if not field.required]
    assert marked == len(optional)
    assert not [attrs for attrs in empty.all("input", "select", "textarea") if "required" in attrs]


def test_a_search_form_marks_nothing():
    class Search(HouseForm):
        mark_optional = False
        word = forms.CharField(required=False, label="Hae")

    assert "(vapaaehtoinen)" not in render_crispy_form(Search())


def test_the_server_speaks_of_errors_and_the_button_always_works(empty):
    assert "novalidate" in empty.all("form")[0]
    assert empty.all("form")[0]["autocomplete"] == "off"
    assert not [attrs for _tag, attrs in empty.tags if "disabled" in attrs]


def test_the_summary_lists_every_error_with_a_link_to_its_field(mistaken):
    form = SpecimenForm(MISTAKES)
    summary = mistaken.tags[mistaken.place(role="alert")][1]
    assert summary["tabindex"] == "-1"
    links = [attrs["href"] for attrs in mistaken.all("a") if (attrs.get("href") or "").startswith("#")]
    assert len(links) == sum(len(errors) for errors in form.errors.values())
    assert {link[1:] for link in links} <= set(mistaken.ids())
    assert "#id_language_0" in links
    assert "#id_meeting_0" in links


def test_an_empty_form_has_no_summary(empty):
    assert "alert" not in [attrs.get("role") for _tag, attrs in empty.tags]


def test_a_wrong_field_says_so_to_a_screen_reader(mistaken):
    assert mistaken.tags[mistaken.place(id="id_email")][1]["aria-invalid"] == "true"
    assert "aria-invalid" not in mistaken.tags[mistaken.place(id="id_words")][1]


def test_nothing_typed_is_lost(mistaken):
    day = mistaken.tags[mistaken.place(id="id_next_contact")][1]
    assert (day["type"], day["value"]) == ("text", "31.2.2027")
    clock = mistaken.tags[mistaken.place(id="id_clock")][1]
    assert (clock["type"], clock["value"]) == ("text", "25.99")
    number = mistaken.tags[mistaken.place(id="id_born")][1]
    assert (number["type"], number["value"]) == ("text", "kaksi")
    assert mistaken.tags[mistaken.place(id="id_meeting_1")][1]["value"] == "03:30"


def test_a_finnish_day_that_is_right_comes_back_to_the_native_field():
    page = shown(SpecimenForm(MISTAKES | {"next_contact": "15.3.2027", "clock": "9.30"}))
    assert page.tags[page.place(id="id_next_contact")][1]["value"] == "2027-03-15"
    assert page.tags[page.place(id="id_next_contact")][1]["type"] == "date"
    assert page.tags[page.place(id="id_clock")][1]["value"] == "09:30"


def test_error_sentences_are_plain_and_name_the_field():
    errors = SpecimenForm(MISTAKES).errors
    assert errors["name"] == ["Kirjoita tähän vastaus: Perheen yhteyshenkilö."]
    assert errors["topics"] == ["Valitse ainakin yksi: Mistä puhutaan."]
    assert errors["born"] == ["Kirjoita kokonaisluku numeroin."]


def test_a_forms_own_sentence_wins():
    class Own(HouseForm):
        word = forms.CharField(error_messages={"required": "Kerro yksi sana."})

    assert Own({}).errors["word"] == ["Kerro yksi sana."]


def test_a_hint_under_one_choice(empty):
    assert "Nukkuminen, herääminen, kiire" in empty.words.values()


# --- text ----------------------------------------------------------------------------------------


class Words(HouseForm):
    text = forms.CharField(widget=forms.Textarea, label="Teksti")


def test_a_nul_byte_is_refused_with_a_sentence():
    form = Words({"text": "hyvää\x00 päivää"})
    assert not form.is_valid()
    assert "merkki, jota ei voi tallentaa" in form.errors["text"][0]
    assert "\x00" not in render_crispy_form(form)
    assert "hyvää päivää" in render_crispy_form(form)


def test_a_nul_byte_in_half_of_a_moment_is_refused_too():
    class When(HouseForm):
        moment = SplitMomentField()

    form = When({"moment_0": "2027-03-15\x00", "moment_1": "09:30"})
    assert "merkki, jota ei voi tallentaa" in form.errors["moment"][0]


def test_stray_control_characters_go_and_letters_get_one_form():
    form = Words({"text": "Pa\u0308ivi\x07 šamaani\u2028ʹ 🙂\r\nrivi\ttoinen"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "Päivi šamaaniʹ 🙂\nrivi\ttoinen"


def test_ten_thousand_characters_go_and_one_more_does_not():
    assert Words({"text": "ä" * LONGEST_TEXT}).is_valid()
    form = Words({"text": "ä" * (LONGEST_TEXT + 1)})
    assert form.errors["text"] == ["Teksti on liian pitkä: saa olla enintään 10000 merkkiä, nyt on 10001."]


def test_a_long_paste_is_not_cut_in_silence():
    class Name(HouseForm):
        name = forms.CharField(max_length=5, label="Nimi")

    form = Name({"name": "Päivi Öhman"})
    assert not form.is_valid()
    assert "maxlength" not in render_crispy_form(form)
    assert "Päivi Öhman" in render_crispy_form(form)


def test_a_query_dict_with_many_values_stays_one():
    data = QueryDict("topics=uni&topics=koulu")
    form = SpecimenForm(data)
    form.is_valid()
    assert form.cleaned_data["topics"] == ["uni", "koulu"]


# --- days and times ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2027-03-15", "15.3.2027", "15.03.2027", " 15.3.27 "])
def test_a_day_is_read_as_it_is_written(text):
    assert DayField().clean(text) == date(2027, 3, 15)


@pytest.mark.parametrize("text", ["9.30", "09:30", "09:30:00", "09.30"])
def test_a_clock_time_is_read_as_it_is_written(text):
    assert ClockField().clean(text) == time(9, 30)


@pytest.mark.parametrize("text", ["2027-03-15T09:30", "15.3.2027 9.30", "15.3.2027 klo 9.30"])
def test_a_moment_is_on_helsinkis_clock(text):
    assert MomentField().clean(text) == datetime(2027, 3, 15, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2027-03-28T03:30", "28.3.2027 3.00"])
def test_the_hour_that_spring_leaves_out_is_refused(text):
    with pytest.raises(ValidationError, match="ei ole 28.3.2027"):
        MomentField().clean(text)


def test_the_hours_on_both_sides_of_the_spring_change_are_there():
    assert helsinki_moment(date(2027, 3, 28), time(2, 59)).astimezone(UTC).hour == 0
    assert helsinki_moment(date(2027, 3, 28), time(4, 0)).astimezone(UTC).hour == 1


def test_the_hour_that_autumn_has_twice_is_the_first_of_the_two():
    assert helsinki_moment(date(2027, 10, 31), time(3, 30)).astimezone(UTC) == datetime(
        2027, 10, 31, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("text", ["ei mitään", "31.2.2027 9.30", "2027-13-01T09:30", "9" * 400])
def test_what_is_no_moment_is_refused_with_a_sentence(text):
    with pytest.raises(ValidationError):
        MomentField().clean(text)


def test_half_a_moment_is_refused_and_none_is_fine_when_optional():
    field = SplitMomentField(required=False)
    assert field.clean(["", ""]) is None
    with pytest.raises(ValidationError, match="sekä päivä että kellonaika"):
        field.clean(["2027-03-15", ""])


def test_a_kept_moment_is_shown_in_its_two_fields():
    class When(HouseForm):
        moment = SplitMomentField()
        other = MomentField()

    kept = datetime(2027, 3, 15, 7, 30, tzinfo=UTC)
    page = shown(When(initial={"moment": kept, "other": kept}))
    assert page.tags[page.place(id="id_moment_0")][1]["value"] == "2027-03-15"
    assert page.tags[page.place(id="id_moment_1")][1]["value"] == "09:30"
    assert page.tags[page.place(id="id_other")][1]["value"] == "2027-03-15T09:30"


def test_a_moment_given_as_a_moment_stays():
    moment = datetime(2027, 3, 15, 9, 30, tzinfo=HELSINKI)
    assert MomentField().clean(moment) == moment


# --- many of the same ----------------------------------------------------------------------------


def test_a_formset_numbers_its_parts_and_keeps_their_ids_apart():
    formset = ChildFormSet(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-first_name": "", "form-0-born": "3"}
    )
    page = Page(render_crispy_form(formset, formset.helper))
    legends = [page.words[i] for i, (tag, _attrs) in enumerate(page.tags) if tag == "legend"]
    assert legends == ["Lapsi 1", "Lapsi 2"]
    assert "id_form-0-first_name_error" in page.ids()
    assert len(page.ids()) == len(set(page.ids()))
    assert not page.all("form")
