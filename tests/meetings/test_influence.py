"""What we can influence and what we can't: two columns, and on to the plan's draft."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from meetings.actions import influence
from meetings.models import InfluenceItem, Meeting
from meetings.states import InfluenceSide
from network.models import StructuralGrievance
from perhekeskus.models import AccessLog
from perhekeskus.refusals import Refused
from plans.models import Plan
from tests.factories import WorkerFactory, a_held_meeting, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    """A meeting that was held; it is an hour after it."""
    meeting = a_held_meeting(people=1)
    with time_machine.travel(meeting.period.upper + timedelta(hours=1), tick=False):
        yield meeting


def listed(meeting: Meeting) -> list[tuple[str, str]]:
    return [(item.side, item.text) for item in meeting.influence_items.all()]


def page(meeting: Meeting, name: str = "meeting_influence") -> str:
    return reverse(name, args=[meeting.pk])


def add(meeting: Meeting, text: str, side: InfluenceSide = InfluenceSide.CAN, by=None) -> InfluenceItem:
    return influence.add(meeting=meeting, by=by or meeting.convener, side=side, text=text)


def test_a_thing_is_in_one_column_once(meeting):
    add(meeting, "Iltojen  rauhoittaminen")
    add(meeting, "Iltojen rauhoittaminen")
    add(meeting, "Iltojen rauhoittaminen", InfluenceSide.CANNOT)
    assert listed(meeting) == [("cannot", "Iltojen rauhoittaminen")]
    influence.remove(item=meeting.influence_items.get(), by=meeting.convener)
    assert listed(meeting) == []


@pytest.mark.parametrize("who", ["guest", "other", "coordinator"])
def test_written_by_those_who_lead(meeting, who):
    worker = (
        invited(meeting).worker
        if who == "guest"
        else WorkerFactory(**({} if who == "other" else {who: True}))
    )
    item = add(meeting, "Aamut")
    for act in (
        lambda: add(meeting, "Illat", by=worker),
        lambda: influence.move(item=item, by=worker, side=InfluenceSide.CANNOT),
        lambda: influence.remove(item=item, by=worker),
    ):
        with pytest.raises(Refused, match="sovittu kirjaaja"):
            act()


def test_what_we_can_goes_to_the_draft_once_and_the_rest_stays(client, meeting):
    client.force_login(meeting.convener)
    for side, text in (("can", "Aamujen kiire"), ("can", "Peliaika"), ("cannot", "Bussi ei kulje")):
        assert client.post(page(meeting), {"side": side, "text": text}).status_code == 302
    shown = client.get(page(meeting)).content.decode()
    assert "Aamujen kiire" in shown and reverse("grievance_create") in shown
    proposals = page(meeting, "meeting_influence_proposals")
    form = client.get(proposals).context["form"]
    for _press in range(2):
        client.post(proposals, {"chosen": form.initial["chosen"]})
    plan = Plan.objects.get()
    assert [matter.text for matter in plan.matters.all()] == ["Aamujen kiire", "Peliaika"]
    assert plan.status == "draft" and not plan.measures.exists()
    # What is structural goes nowhere by itself.
    assert not StructuralGrievance.objects.exists()


def test_the_buttons_move_and_remove(client, meeting):
    item = add(meeting, "Bussi")
    client.force_login(meeting.convener)
    client.post(page(meeting), {"move_cannot": item.pk})
    assert listed(meeting) == [("cannot", "Bussi")]
    client.post(page(meeting), {"remove": item.pk})
    assert listed(meeting) == []
    assert client.post(page(meeting), {"side": "can", "text": " "}).status_code == 422


def test_the_look_is_on_record_and_the_queries_stay_the_same(client, meeting, django_assert_num_queries):
    for number in range(8):
        add(meeting, f"Asia {number}", InfluenceSide.CAN if number % 2 else InfluenceSide.CANNOT)
    client.force_login(meeting.convener)
    client.get(page(meeting))
    looks = AccessLog.objects.filter(family_id=meeting.situation.family_id)
    before = looks.count()
    with django_assert_num_queries(9):
        client.get(page(meeting))
    assert looks.count() == before + 1


def test_the_database_takes_a_thing_once_and_not_an_empty_one(meeting):
    add(meeting, "Aamut")
    insert = (
        "INSERT INTO meetings_influenceitem (meeting_id, side, text, position) VALUES (%s, 'cannot', %s, 1)"
    )
    for text, constraint in (("Aamut", "influence_item_once"), ("", "influence_item_says_something")):
        with (
            pytest.raises(IntegrityError, match=constraint),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(insert, [meeting.pk, text])
