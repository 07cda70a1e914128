"""The draft that saves itself while it is written: two writers, and nothing written over unseen."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Situation
from meetings.proposals import Proposal, propose_to_plan
from network.models import Worker
from perhekeskus.autosave import mark
from perhekeskus.kept import PURPOSE
from perhekeskus.models import AccessLog
from perhekeskus.sealing import sealed
from plans import actions
from plans.models import Plan
from plans.states import PlanStatus
from plans.written import saved_fields
from tests.factories import WorkerFactory
from tests.factories.plans import a_guardian

from .conftest import WISH, in_days, written

pytestmark = pytest.mark.django_db


def saves(situation: Situation, by: Worker, values=(), *, version=1, seen=None):
    """What the browser sends by itself: what it has seen everywhere, and what its writer has changed."""
    client = Client()
    client.force_login(by)
    seen = saved_fields(actions.latest(situation), dict(values)) if seen is None else seen
    data = {f"seen.{name}": mark(value) for name, value in seen.items()}
    data |= {f"set.{name}": value for name, value in dict(values).items()}
    data["form_writer"] = sealed(f"worker:{by.pk}", PURPOSE)
    return client.post(reverse("plan_save", args=[situation.pk, version]), data)


def edit_page(situation: Situation) -> str:
    client = Client()
    client.force_login(situation.holder)
    return client.get(reverse("plan_edit", args=[situation.pk])).content.decode()


def test_first_word_makes_the_draft_and_the_next_ones_grow_its_edition(situation) -> None:
    answer = saves(situation, situation.holder)
    assert (answer.status_code, Plan.objects.count()) == (200, 0)

    saves(situation, situation.holder, {"wish": "Aamut", "matters-1-text": "Kiire."})
    saves(situation, situation.holder, {"measures-0-who": "Isä", "next_on": in_days(7).isoformat()})

    plan = Plan.objects.get()
    assert (plan.wish, plan.edition, plan.written_by) == ("Aamut", 2, situation.holder)
    assert [(row.position, row.text) for row in plan.matters.all()] == [(2, "Kiire.")]
    assert [(row.what, row.who, row.place) for row in plan.measures.all()] == [("", "Isä", "home")]
    assert [(one.on, one.way) for one in plan.contacts.all()] == [(in_days(7), "phone")]
    assert "Kiire." in edit_page(situation)


def test_two_in_one_row_are_both_told_and_other_rows_are_taken(draft: Plan, nurse: Worker) -> None:
    situation, seen = draft.situation, saved_fields(draft)
    saves(situation, situation.holder, {"matters-0-text": "Toinen kirjoitti.", "matters-2-text": "Uusi."})
    other = WorkerFactory()
    situation.meetings.update(convener=other)

    values = {"matters-0-text": "Minä kirjoitin.", "measures-0-when": "iltaisin"}
    answer = saves(situation, other, values, seen=seen).json()["fields"]

    assert {name: told["value"] for name, told in answer.items()} == {
        "matters-0-text": "Toinen kirjoitti.",
        "matters-2-text": "Uusi.",
        "measures-0-when": "iltaisin",
    }
    assert answer["matters-0-text"]["by"] == draft.situation.holder.name
    assert [row.text for row in draft.matters.all()] == ["Toinen kirjoitti.", "Nukkumaanmeno venyy.", "Uusi."]


def test_a_field_has_one_name(draft: Plan) -> None:
    """By another name for the same row, what is saved in it would be written over unseen."""
    before = [row.text for row in draft.matters.all()]
    answer = saves(draft.situation, draft.situation.holder, {"matters-00-text": "Toinen nimi."})
    assert "matters-00-text" in answer.json()["refused"]
    assert [row.text for row in draft.matters.all()] == before


def test_emptied_row_leaves_its_gap_till_the_plan_is_agreed_on(draft: Plan) -> None:
    holder = draft.situation.holder
    empty = dict.fromkeys(["measures-0-what", "measures-0-who", "measures-0-when"], "")
    saves(draft.situation, holder, empty | {"matters-0-text": "", "measures-3-place": "elsewhere"})
    assert [row.position for row in draft.matters.all()] == [2]
    assert [(row.position, row.place) for row in draft.measures.all()] == [(2, "elsewhere"), (4, "elsewhere")]

    draft.refresh_from_db()
    actions.agree(plan=draft, by=holder, given_by=a_guardian(draft))

    assert [row.position for row in draft.matters.all()] == [1]
    assert [(row.position, row.what) for row in draft.measures.all()] == [(1, "Keskustelu unesta.")]


def test_what_was_read_before_a_word_is_not_agreed_on(draft: Plan) -> None:
    saves(draft.situation, draft.situation.holder, {"wish": "Toinen toive"})
    with pytest.raises(actions.PlanChanged):
        actions.agree(
            plan=draft, by=draft.situation.holder, given_by=a_guardian(draft), seen_edition=draft.edition
        )


def test_page_left_open_begins_no_version_after_the_agreement(agreed: Plan) -> None:
    answer = saves(agreed.situation, agreed.situation.holder, {"wish": "Myöhässä"}, seen={})
    assert (answer.status_code, "sillä välin sovittu" in answer.json()["closed"]) == (409, True)
    assert Plan.objects.get().wish == WISH


def test_next_version_begins_with_what_was_agreed(agreed: Plan) -> None:
    before = saved_fields(agreed)
    saves(agreed.situation, agreed.situation.holder, {"wish": "Uusi toive"}, version=2)
    plan = actions.latest(agreed.situation)
    assert (plan.version, plan.status) == (2, PlanStatus.DRAFT)
    assert saved_fields(plan) == before | {"wish": "Uusi toive"}
    agreed.refresh_from_db()
    assert agreed.wish == WISH


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("next_on", "2020-01-01", "päivä on jo mennyt"),
        ("responsible_2", "{first}", "toinen ihminen"),
        ("responsible_1", "999999", "julkisen palvelun työntekijän"),
        ("measures-0-place", "kuussa", "Valittua vaihtoehtoa ei enää ole"),
        ("matters-30-text", "liikaa", "Tätä kohtaa ei voi tallentaa."),
        ("measures-0-words_of", "Keksitty", "Tätä kohtaa ei voi tallentaa."),
        ("seen", "x", "Tätä kohtaa ei voi tallentaa."),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(draft: Plan, name, value, sentence) -> None:
    value = value.format(first=draft.responsible_workers.get().worker_id)
    before = saved_fields(draft)
    answer = saves(draft.situation, draft.situation.holder, {name: value, "wish": "Muu tallentuu"}).json()
    assert sentence in answer["refused"][name]
    assert saved_fields(actions.latest(draft.situation)) == before | {"wish": "Muu tallentuu"}


def test_way_of_a_contact_waits_for_its_day(situation) -> None:
    answer = saves(situation, situation.holder, {"next_way": "visit"}).json()
    assert answer["refused"] == {"next_way": "Valitse myös päivä."}
    saves(situation, situation.holder, {"next_way": "visit", "next_on": in_days(7).isoformat()})
    assert Plan.objects.get().contacts.get().way == "visit"


def test_only_those_to_whom_all_is_open_write_and_a_look_is_on_record_once(
    draft: Plan, volunteer: Worker
) -> None:
    for outsider in (volunteer, WorkerFactory(), WorkerFactory(is_coordinator=True)):
        assert saves(draft.situation, outsider, {"wish": "Ei"}).status_code == 404
    for _time in range(2):
        saves(draft.situation, draft.situation.holder)
    looks = AccessLog.objects.filter(worker=draft.situation.holder, what="Yhteinen suunnitelma")
    assert looks.count() == 1


def test_proposals_come_after_what_is_under_the_pen(draft: Plan) -> None:
    saves(draft.situation, draft.situation.holder, {"matters-0-text": "", "measures-2-when": "illalla"})
    proposals = [Proposal("Kävely.", who="Isä", words_of="Isä"), Proposal("Uni.", is_matter=True)]
    for added in (2, 0):
        assert (
            propose_to_plan(situation=draft.situation, by=draft.situation.holder, proposals=proposals)
            == added
        )
    assert [(row.position, row.text) for row in draft.matters.all()][1:] == [(3, "Uni.")]
    last = draft.measures.last()
    assert (last.position, last.what, last.words_of) == (4, "Kävely.", "Isä")


def test_asking_for_news_costs_as_much_of_a_long_plan_as_of_a_short_one(draft: Plan) -> None:
    holder = draft.situation.holder

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            saves(draft.situation, holder, seen=saved_fields(draft))
        return len(asked)

    cost()
    short = cost()
    actions.write_plan(
        situation=draft.situation,
        by=holder,
        **written(
            matters=[f"Asia {i}" for i in range(12)],
            measures=[actions.MeasureRow("home", f"Kohta {i}") for i in range(12)],
            seen_edition=draft.edition,
        ),
    )
    draft.refresh_from_db()
    assert cost() <= short
