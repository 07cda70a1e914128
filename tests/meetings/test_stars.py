"""Hyvinvoinnin tähti: its sub-headings, whose words, and the star of the time before."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.urls import reverse

from meetings.actions.recording import RayWords, Record, record
from meetings.models import Situation, StarRay
from meetings.stars import earlier_star, said_in
from meetings.states import STAR_ASPECTS, StarAspect, StarHeading, StarTone, StarVoice
from tests.factories import a_held_meeting, an_invited_meeting, next_weekday
from tests.factories.plans import an_agreed_plan

pytestmark = pytest.mark.django_db

WORDS = RayWords(
    StarTone.STRENGTH,
    text="Nukahtaminen venyy.",
    text_by=[StarVoice.PARENT],
    strengths="Liikkuu paljon.",
    strengths_by=[StarVoice.CHILD, StarVoice.CLOSE],
    aspects=[StarAspect.CHILD_STRENGTHS, StarAspect.CHILD_PLACES],
)


def test_every_sub_heading_stands_under_one_heading():
    assert sorted(one for aspects in STAR_ASPECTS.values() for one in aspects) == sorted(StarAspect)
    assert set(STAR_ASPECTS) == set(StarHeading)


def test_what_was_said_is_kept_with_whose_words_they_are(client):
    meeting = an_invited_meeting(people=1)
    with time_machine.travel(meeting.period.lower + timedelta(minutes=5)):
        record(meeting=meeting, by=meeting.convener, record=Record(rays={StarHeading.HEALTH: WORDS}))
        (said,) = said_in(meeting.rays.all())
        assert (said.number, said.aspects) == (1, "lapsen vahvuudet ja lapsen omat arjen ympäristöt")
        assert (said.strengths, said.strengths_by) == ("Liikkuu paljon.", "lapsen ja läheisen sanoin")
        assert (said.text, said.text_by) == ("Nukahtaminen venyy.", "vanhemman sanoin")
        client.force_login(meeting.convener)
        page = client.get(reverse("meeting_detail", args=[meeting.pk])).content.decode()
    for words in ("lapsen omat arjen ympäristöt", "Liikkuu paljon.", "lapsen ja läheisen sanoin"):
        assert words in page


def test_the_form_asks_the_sub_headings_in_their_own_words(client):
    meeting = an_invited_meeting(people=1)
    with time_machine.travel(meeting.period.lower + timedelta(minutes=5)):
        client.force_login(meeting.convener)
        page = client.get(reverse("meeting_record", args=[meeting.pk])).content.decode()
        fields = {
            "aspects_parenthood": ["parent_ability"],
            "strengths_by_self": ["child", "parent"],
        }
        fields |= {f"tone_{one.value}": "none" for one in StarHeading}
        fields |= {f"came_{one.pk}": "present" for one in meeting.participations.all()}
        assert client.post(reverse("meeting_record", args=[meeting.pk]), fields).status_code == 302
    for aspect in StarAspect:
        assert str(aspect.label) in page
    assert meeting.rays.get(heading="parenthood").aspects == ["parent_ability"]
    assert meeting.rays.get(heading="self").strengths_by == ["child", "parent"]


@pytest.mark.parametrize(
    "change", ["aspects = '{services}'", "text_by = '{aunt}'", "strengths_by = '{child,boss}'"]
)
def test_the_database_knows_whose_words_and_which_sub_headings_there_are(change):
    meeting = a_held_meeting(people=1)
    ray = StarRay.objects.create(meeting=meeting, heading="health", aspects=["child_ability"])
    known = pytest.raises(IntegrityError, match=r"ray_(aspects_of_heading|voices_known)")
    with known, connection.cursor() as cursor:
        cursor.execute(f"UPDATE meetings_starray SET {change} WHERE id = %s", [ray.pk])


def test_the_star_of_the_time_before_stands_beside_this_one(client):
    first = a_held_meeting(people=1, period=next_weekday(days=1))
    assert earlier_star(first) is None
    other = a_held_meeting(people=1, period=next_weekday(days=2))
    an_agreed_plan(meeting=first, responsible=first.convener)
    situation = Situation.objects.get(pk=first.situation_id)
    second = a_held_meeting(situation=situation, people=1, period=next_weekday(days=8))
    found = earlier_star(second)
    assert found is not None and [one.text for one in found.said] == ["Aamut ovat raskaita."]
    assert earlier_star(other) is None
    client.force_login(second.convener)
    page = client.get(reverse("meeting_detail", args=[second.pk])).content.decode()
    assert "Edellinen tähti" in page
    wall = reverse("meeting_screen", args=[second.pk]) + "?osa=tahti"
    page = client.get(wall).content.decode()
    assert "Edellinen tähti" in page and page.count('role="img"') == 2
    guest = second.participations.exclude(worker=None).first().worker
    type(second).objects.filter(pk=second.pk).update(chair=guest)
    client.force_login(guest)
    assert "Edellinen tähti" not in client.get(wall).content.decode()
    client.force_login(second.participations.exclude(worker=None).first().worker)
    page = client.get(reverse("meeting_detail", args=[second.pk])).content.decode()
    assert "Edellinen tähti" not in page
