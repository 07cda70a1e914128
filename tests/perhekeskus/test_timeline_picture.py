"""The drawn line of time: everything inside the picture, in order, few enough words to be read."""

from datetime import UTC, datetime, timedelta

import pytest

from perhekeskus.timeline_picture import FIRST_AT, LAST_AT, MOST_LABELS, timeline

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def drawn(days_ago: float, days_ahead: float, now: datetime = NOW):
    begun = now - timedelta(days=days_ago)
    stage = {"name": "Puheeksiotto", "note": "nyt", "is_now": True, "spans": [(begun, None)]}
    empty = {"name": "Suunnitelma", "note": "", "is_now": False, "spans": []}
    moments = [begun, now - timedelta(days=days_ago / 2), now + timedelta(days=days_ahead)]
    marks = {"name": "Keskustelut", "note": "3", "moments": [(one, one > now) for one in moments]}
    return timeline([stage, empty], [marks], title="Kulku", now=now)


def place(text: str) -> float:
    return float(text.rstrip("%"))


@pytest.mark.parametrize("ahead", [0, 1, 40, 900])
@pytest.mark.parametrize("ago", [0, 0.01, 6, 45, 80, 400, 4000])
def test_everything_is_inside_and_the_words_have_room(ago, ahead):
    picture = drawn(ago, ahead)
    stage, empty, marks = picture.rows
    [bar] = stage.bars
    assert place(bar.x) >= FIRST_AT and place(bar.x) + place(bar.width) <= LAST_AT + 0.02
    places = [place(mark.x) for mark in marks.marks]
    assert places == sorted(places) and places[0] >= FIRST_AT and places[-1] <= LAST_AT
    assert empty.is_empty and not stage.is_empty
    assert 1 <= len(picture.ticks) <= MOST_LABELS
    assert [place(tick.x) for tick in picture.ticks] == sorted(place(tick.x) for tick in picture.ticks)


def test_what_is_ahead_stands_after_today_and_is_known_as_such():
    picture = drawn(30, 12)
    assert picture.today is not None
    ahead = [mark for mark in picture.rows[-1].marks if mark.is_ahead]
    assert len(ahead) == 1 and place(ahead[0].x) > place(picture.today.x)
    assert "tänään ke 18.11." in picture.today.text


def test_a_line_that_has_ended_long_ago_has_no_today():
    then = NOW - timedelta(days=300)
    stage = {"name": "Arki", "note": "", "is_now": False, "spans": [(then, then)]}
    assert timeline([stage], [], title="Kulku", now=NOW).today is None


def test_weeks_while_it_is_short_and_months_when_it_is_long():
    # Over the end of summer time, the 25th of October: a Monday is a Monday of Helsinki.
    assert [tick.text for tick in drawn(28, 7).ticks] == ["26.10.", "2.11.", "9.11.", "16.11.", "23.11."]
    assert [tick.text for tick in drawn(200, 0).ticks] == ["7/2026", "9/2026", "11/2026"]


def test_it_says_the_same_in_words():
    assert drawn(3, 3).description == "Puheeksiotto: nyt ja Keskustelut: 3."
