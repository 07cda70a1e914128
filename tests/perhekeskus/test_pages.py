"""The house's own words are there for anybody, and tell what they must."""

import pytest

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
