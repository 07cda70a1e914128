"""The plan in its stages, reached by the real actions."""

from dataclasses import dataclass, replace
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
from tests.plugins.once import Once

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


@dataclass(frozen=True)
class Stage:
    """A shared time that was held, its two guests, and the plan as far as it was asked for."""

    nurse: Worker
    volunteer: Worker
    held: Meeting
    situation: Situation
    draft: Plan | None = None
    agreed: Plan | None = None


def a_nurse() -> Worker:
    return WorkerFactory(
        first_name="Kaisa",
        last_name="Peltonen",
        title="perhetyöntekijä",
        unit=UnitFactory(name="Perhekeskustiimi Pihlaja"),
    )


def a_volunteer() -> Worker:
    return WorkerFactory(third_sector=True, first_name="Liisa", last_name="Vapaa")


def with_held() -> Stage:
    nurse, volunteer = a_nurse(), a_volunteer()
    room = RoomFactory(name="Pihlajasali", unit=UnitFactory(name="Kiuruveden perhekeskus"))
    meeting = a_held_meeting(people=[nurse, volunteer], room=room)
    meeting.rays.update_or_create(heading=StarHeading.HEALTH, defaults={"tone": StarTone.STRENGTH})
    return Stage(nurse, volunteer, meeting, Situation.objects.get(pk=meeting.situation_id))


def with_draft() -> Stage:
    stage = with_held()
    plan = actions.write_plan(
        situation=stage.situation, by=stage.situation.holder, **written(responsible=[stage.nurse])
    )
    return replace(stage, draft=plan)


def with_agreed() -> Stage:
    stage = with_draft()
    plan = actions.agree(plan=stage.draft, by=stage.situation.holder, given_by=a_guardian(stage.draft))
    return replace(stage, agreed=plan)


@pytest.fixture
def stage(request: pytest.FixtureRequest, db, once: Once) -> Stage:
    """As far as the test asks for it."""
    stages = {"agreed": with_agreed, "draft": with_draft, "held": with_held}
    name = next(name for name in stages if name in request.fixturenames)
    return once.made(name, stages[name])


@pytest.fixture
def nurse(request: pytest.FixtureRequest, db) -> Worker:
    """A professional of a public service, invited to the shared time when there is one."""
    return request.getfixturevalue("stage").nurse if "held" in request.fixturenames else a_nurse()


@pytest.fixture
def volunteer(request: pytest.FixtureRequest, db) -> Worker:
    """Of the third sector, invited to the shared time when there is one."""
    return request.getfixturevalue("stage").volunteer if "held" in request.fixturenames else a_volunteer()


@pytest.fixture
def held(stage: Stage) -> Meeting:
    """A shared time that was held, with two guests."""
    return stage.held


@pytest.fixture
def situation(held: Meeting, stage: Stage) -> Situation:
    return stage.situation


@pytest.fixture
def draft(situation: Situation, stage: Stage) -> Plan:
    assert stage.draft is not None
    return stage.draft


@pytest.fixture
def agreed(draft: Plan, stage: Stage) -> Plan:
    assert stage.agreed is not None
    return stage.agreed


@pytest.fixture
def contact(agreed: Plan) -> NextContact:
    return agreed.contacts.get()
