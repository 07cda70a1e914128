"""The star and the bars: what they draw, and what they say to the one who does not see them."""

import re

import pytest
from django.template.loader import render_to_string

from perhekeskus import pictures
from perhekeskus.bars import Part, lying_bars
from perhekeskus.views.styleguide import RAYS
from perhekeskus.year_bars import Span, year_bars


@pytest.fixture
def star():
    return pictures.star(RAYS)


def test_the_star_says_in_words_what_it_shows(star):
    assert star.description == (
        "Perhe näkee voimavaran: Lapsen terveys, kasvu ja kehitys ja Vanhempana toimiminen."
        " Tästä puhutaan: Ihmissuhteet ja turvallisuus ja Perhe, päiväkoti, koulu, vapaa-aika."
        " Ei puhuttu nyt: Lapsen käsitys itsestään ja Perhe ja ympäristö."
    )
    page = render_to_string("components/_star.html", {"star": star})
    assert 'role="img"' in page
    assert f"<desc>{star.description}</desc>" in page
    assert f"<title>{star.title}</title>" in page


def test_the_first_ray_points_straight_up_and_the_rest_go_clockwise(star):
    tips = [ray.points.split()[2] for ray in star.rays]
    assert len(tips) == 6
    x, y = map(float, tips[0].split(","))
    assert x == pictures.CENTRE_X
    assert y == pictures.CENTRE_Y - pictures.TIP
    assert float(tips[1].split(",")[0]) > pictures.CENTRE_X > float(tips[5].split(",")[0])


def test_the_tones_differ_without_colour_too(star):
    page = render_to_string("components/_star.html", {"star": star, "no_legend": True})
    assert len(re.findall("<line", page)) == 2 * 5
    assert page.count("stroke-dasharray") == 2
    assert page.count('stroke-width="2.5"') == 2


def test_on_paper_there_is_one_set_of_names(star):
    page = render_to_string("components/_star.html", {"star": star, "paper": True})
    assert "star-numbers" not in page
    assert "star-names" not in page
    # What a printed PDF says to a screen reader is the title alone.
    assert f"<title>{star.title}. {star.description}</title>" in page
    assert "Lapsen terveys," in page


def test_every_label_stays_on_the_drawing_board(star):
    for ray in star.rays:
        for line in ray.label:
            assert 12 < float(line.y) < pictures.HEIGHT
            # Source Sans 3 at 15.5 takes about 6.6 units a letter.
            reach = len(line.text) * 7
            x = float(ray.label_x)
            if ray.anchor == "start":
                assert x + reach <= pictures.WIDTH
            elif ray.anchor == "end":
                assert x - reach >= 0


def test_a_family_cannot_write_markup_into_the_picture():
    ray = RAYS[0] | {"heading": "<script>", "lines": ["<b>"]}
    page = render_to_string("components/_star.html", {"star": pictures.star([ray, *RAYS[1:]])})
    assert "<script>" not in page
    assert "<b>" not in page


def test_a_heading_is_both_a_strength_and_talked_about():
    star = pictures.star([RAYS[0] | {"tone": "both"}, *RAYS[1:]])
    first = str(RAYS[0]["heading"])
    carries, talked, _rest = star.description.split(". ")
    assert first in carries and first in talked
    page = render_to_string("components/_star.html", {"star": star, "no_legend": True})
    assert page.count('class="ray-strength"') == 2 and page.count('class="ray-talk"') == 3
    # The hatching of one half starts from the middle of the ray, which points straight up.
    half = star.rays[0].strokes
    assert {x1 for x1, _y1, _x2, _y2 in half} == {f"{pictures.CENTRE_X:.1f}"}
    assert all(float(x2) > pictures.CENTRE_X for _x1, _y1, x2, _y2 in half)


def test_an_unknown_tone_is_shown_as_not_talked_about():
    star = pictures.star([RAYS[0] | {"tone": "7"}, *RAYS[1:]])
    assert star.rays[0].tone == "none"


def test_a_month_stands_beside_that_of_the_year_before_and_is_sure_as_far_as_its_number_is():
    now = [Span(20, 20, "20"), Span(1, 4, "alle 5")]
    chart = year_bars(["elo", "syys"], now, [Span(10, 10, "10"), Span(0, 0, "0")], "Yhteisiä aikoja")
    august, september = chart.months
    assert float(august.now.sure) == 2 * float(august.before.sure)
    assert float(august.now.x) > float(august.before.x)
    # One for sure, three more perhaps, and nothing the year before.
    assert float(september.now.reach) == pytest.approx(3 * float(september.now.sure), abs=0.3)
    assert (september.before.sure, september.before.reach) == ("", "")
    assert chart.description == "elo 20, vuotta aiemmin 10; syys alle 5, vuotta aiemmin 0."
    assert chart.words_size == "16.0"
    # Words that would run over their neighbours are smaller.
    year = year_bars(["1"] * 12, [Span(1204, 1210, "1 204–1 210")] * 12, [Span(0, 0, "0")] * 12, "Vuosi")
    assert 9 < float(year.words_size) < 11
    page = render_to_string("components/_year_bars.html", {"chart": chart})
    assert f'aria-label="Yhteisiä aikoja: {chart.description}"' in page
    assert year_bars(["elo"], [Span(0, 0, "0")], [Span(0, 0, "0")], "Yhteisiä aikoja") is None


def test_a_lying_bar_is_sure_as_far_as_its_number_is():
    parts = [Part("Perhe", 10, 20, "10–20"), Part("Muu", 0, 0, "0")]
    bars = lying_bars(parts, "Ketä oli")
    assert [(one.sure, one.reach) for one in bars.parts] == [("200.0", "398.6"), ("", "")]
    assert bars.description == "Perhe 10–20, Muu 0."
    middle = lying_bars(parts, "Ketä oli", centred=True).parts[0]
    assert (middle.x, middle.reach_x) == ("100.0", "0.7")
    assert lying_bars([Part("Perhe", 0, 0, "0")], "Ketä oli") is None
