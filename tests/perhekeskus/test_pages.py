"""The house's own words are there for anybody, and tell what they must."""

import pytest

from perhekeskus.pictures import month_bars

PAGES = {
    "/saavutettavuus/": ["2.2", "Mitä ei ole vielä tarkistettu", "Traficom", "palaute@perhekeskus.example"],
    "/tietosuoja/": ["Perhe päättää luvista", "Jokainen katselu kirjataan", "365 päivää", "kuin 5 "],
    "/palaute/": ["palaute@perhekeskus.example", "017 000 0000", "112"],
}


@pytest.mark.parametrize("path", PAGES)
def test_anybody_can_read(client, path):
    # Without the database: nobody's name is asked for, so nothing is looked up.
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    for words in PAGES[path]:
        assert words in page
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("path", PAGES)
def test_the_address_for_feedback_is_a_setting(client, path, settings):
    settings.FEEDBACK_EMAIL = "kirjaamo@kuopio.example"
    assert "kirjaamo@kuopio.example" in client.get(path).content.decode()


def test_a_bar_whose_number_is_known_only_roughly_says_so():
    chart = month_bars(
        [
            {"label": "1/2026", "value": 20},
            {"label": "2/2026", "value": 8, "word": "8–11"},
            {"label": "3/2026", "value": None},
        ],
        "Yhteiset ajat",
    )
    assert [(bar.value_word, bar.hidden) for bar in chart.bars] == [
        ("20", False),
        ("8–11", True),
        ("alle 5", True),
    ]
    assert chart.description == "1/2026 20, 2/2026 8–11, 3/2026 alle 5."
