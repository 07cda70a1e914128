"""The plan in its stages, reached by the real actions."""

from datetime import date, time, timedelta

import pytest

from meetings.models import Meeting, Situation
from meetings.states import StarHeading, StarTone
from network.models import Worker
from perhekeskus.words import today
from plans import actions
from plans.models import NextContact, Plan
from plans.states import ContactWay, MeasurePlace
from tests.factories import RoomFactory, UnitFactory, WorkerFactory, a_held_meeting
from tests.factories.plans import a_guardian

WISH = "Aamut ovat rauhallisia ja isoveli jaksaa kouluun."


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def written(**changes) -> dict:
    """What somebody wrote on the plan's page; a change replaces a part."""
    parts = {
        "texts": {
            "wish": WISH,
            "strengths": "Mummo on lähellä.",
            "follow_up": "Soitto kahden viikon välein.",
            "contact_to_family": "Soitto äidille iltapäivisin.",
            "contact_from_family": "Soittakaa arkisin klo 8–15.",
        },
        "matters": ["Aamut ovat kiireisiä.", "Nukkumaanmeno venyy."],
        "measures": [
            actions.MeasureRow(MeasurePlace.HOME, "Iltapala klo 20.", who="Äiti ja isä", when="joka ilta"),
            actions.MeasureRow(
                MeasurePlace.ELSEWHERE,
                "Keskustelu unesta.",
                where="terveydenhoitajan luona",
                who="Terveydenhoitaja",
                when="ma 30.11.",
            ),
        ],
        "responsible": [],
        "next_contact": actions.Promise(in_days(14), time(15), ContactWay.PHONE),
        "seen_edition": 0,
    }
    return {**parts, **changes}


@pytest.fixture
def nurse(db) -> Worker:
    """A professional of a public service, invited to the shared time."""
    return WorkerFactory(
        first_name="Kaisa",
        last_name="Peltonen",
        title="perhetyöntekijä",
        unit=UnitFactory(name="Perhekeskustiimi Pihlaja"),
    )


@pytest.fixture
def volunteer(db) -> Worker:
    """Invited to the shared time from the third sector."""
    return WorkerFactory(third_sector=True, first_name="Liisa", last_name="Vapaa")


@pytest.fixture
def held(nurse: Worker, volunteer: Worker) -> Meeting:
    """A shared time that was held, with two guests."""
    room = RoomFactory(name="Pihlajasali", unit=UnitFactory(name="Kiuruveden perhekeskus"))
    meeting = a_held_meeting(people=[nurse, volunteer], room=room)
    meeting.rays.update_or_create(heading=StarHeading.HEALTH, defaults={"tone": StarTone.STRENGTH})
    return meeting


@pytest.fixture
def situation(held: Meeting) -> Situation:
    return Situation.objects.get(pk=held.situation_id)


@pytest.fixture
def draft(situation: Situation, nurse: Worker) -> Plan:
    return actions.write_plan(situation=situation, by=situation.holder, **written(responsible=[nurse]))


@pytest.fixture
def agreed(draft: Plan) -> Plan:
    return actions.agree(plan=draft, by=draft.situation.holder, given_by=a_guardian(draft))


@pytest.fixture
def contact(agreed: Plan) -> NextContact:
    return agreed.contacts.get()
