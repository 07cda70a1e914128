"""The Swedish and the English words: whole, of today's source, and made ready without the GNU tools."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from perhekeskus import catalogues
from perhekeskus.languages import shared_time_name, spoken
from tests.plugins.catalogues import catalogue, noting_misses, said_in, said_in_source

pytestmark = pytest.mark.parametrize("language", catalogues.LANGUAGES)


def texts(message) -> list[tuple[str, str]]:
    """Each form of a message with its translation."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


def test_every_text_is_one_of_the_source_s(language):
    known = {message.id for message in catalogue(language) if message.id}
    assert known - said_in_source() == set()


# Where every word is a paper's; the list of help is a public page that can be printed, in Finnish as it is.
PAPERS = [
    "templates/paper/*.html",
    "templates/meetings/*_paper.html",
    "templates/plans/*paper*.html",
    "templates/plans/_plan_[!e]*.html",
    "templates/plans/_plan_easy.html",
    "meetings/*paper.py",
    "plans/*paper.py",
    "plans/holders.py",
    "plans/outcomes.py",
    "plans/sheet.py",
]


def test_every_text_of_the_papers_is_translated(language):
    known = {message.id for message in catalogue(language)}
    files = [path for pattern in PAPERS for path in Path(settings.BASE_DIR).glob(pattern)]
    assert len(files) >= len(PAPERS)
    missing = {str(path.relative_to(settings.BASE_DIR)): set(said_in(path)) - known for path in files}
    assert {name: texts for name, texts in missing.items() if texts} == {}


def test_nothing_is_left_empty_or_unsure(language):
    for message in catalogue(language):
        assert not message.fuzzy
        assert all(said.strip() for _text, said in texts(message)) or not message.id


def test_what_is_filled_in_is_the_same(language):
    holes = re.compile(r"%\(\w+\)[sd]|%%|(?<!%)%(?!\()")
    for message in catalogue(language):
        for text, said in texts(message):
            assert sorted(holes.findall(text)) == sorted(holes.findall(said)), text


def test_a_sentence_ends_as_the_finnish_one_does(language):
    for message in catalogue(language):
        for text, said in texts(message):
            if message.id and text[-1] in ".?:,":
                assert said[-1] == text[-1], text


def test_both_languages_say_the_same_things(language):
    assert {message.id for message in catalogue(language)} == {
        message.id for message in catalogue(catalogues.LANGUAGES[0])
    }


def test_a_changed_catalogue_is_made_anew_and_a_fresh_one_is_left(language, tmp_path, monkeypatch):
    source = tmp_path / "django.po"
    source.write_text(catalogues.source_of(language).read_text())
    monkeypatch.setattr(catalogues, "source_of", lambda _language: source)
    made = catalogues.made_of(language, tmp_path / "made")
    catalogues.ensure(tmp_path / "made")
    before = made.stat().st_mtime_ns
    catalogues.ensure(tmp_path / "made")
    assert made.stat().st_mtime_ns == before
    source.write_text(source.read_text() + '\nmsgid "huomenta"\nmsgstr "god morgon"\n')
    catalogues.ensure(tmp_path / "made")
    with made.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("huomenta") == "god morgon"


def test_a_folder_that_cannot_be_written_stops_the_start_in_clear_words(language, tmp_path):
    Path(tmp_path / language).write_text("in the way")
    with pytest.raises(ImproperlyConfigured, match="manage.py catalogues"):
        catalogues.ensure(tmp_path)


def test_what_is_not_translated_is_noticed_and_stays_finnish(language):
    with translation.override(spoken(language)), noting_misses() as misses:
        assert translation.gettext("Tätä ei kukaan ole kääntänyt.") == "Tätä ei kukaan ole kääntänyt."
        assert translation.ngettext("%d hiisi", "%d hiittä", 2) == "%d hiittä"
        translation.gettext("Päiväys")
    assert misses == {(language, "Tätä ei kukaan ole kääntänyt."), (language, "%d hiisi")}


def test_a_name_of_the_shared_time_that_is_not_known_stays(language, settings):
    with translation.override(language):
        assert shared_time_name() != "Yhteinen aika"
        settings.SHARED_TIME_NAME = "Meidän hetki"
        assert shared_time_name() == "Meidän hetki"
