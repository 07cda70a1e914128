"""Who does what by when, how far it has come, and who was there: by the actions and on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.models import ClosePerson, Worker
from perhekeskus.autosave import mark as mark_of
from perhekeskus.refusals import Refused
from perhekeskus.words import today
from plans import actions
from plans.actions import Mark, MarkedMeanwhile
from plans.models import Plan
from plans.progress import finished_before, late_measures
from plans.sheet import sheet_of
from plans.states import MeasurePlace, MeasureStatus
from plans.written import saved_fields
from tests.door import FamilyClient
from tests.factories import WorkerFactory
from tests.factories.plans import a_guardian

from .conftest import in_days, written
from .test_drafting import saves

pytestmark = pytest.mark.django_db

DONE, GOING_ON, PUT_ASIDE = MeasureStatus.DONE, MeasureStatus.GOING_ON, MeasureStatus.PUT_ASIDE


def signed_in(worker: Worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def page_of(client: Client, plan: Plan) -> str:
    return client.get(plan.get_absolute_url()).content.decode()


def ticked(plan: Plan, **changes: Any) -> dict[str, Any]:
    """What the form sends; a change is "status_1", "why_2", "seen_1", by the place of the measure."""
    data: dict[str, Any] = {}
    for measure in Plan.objects.with_sheet().get(pk=plan.pk).measures.all():
        sent = {"status": measure.status.value, "why": "", "seen": measure.states.count()}
        for part in sent:
            value = changes.get(f"{part}_{measure.position}", sent[part])
            data[f"kohta-{measure.pk}-{part}"] = value
    return data


def marking(plan: Plan, by: Worker, **changes: Any):
    return signed_in(by).post(reverse("plan_measures", args=[plan.pk]), ticked(plan, **changes))


def statuses(plan: Plan) -> list[str]:
    return [one.status.value for one in plan.measures.prefetch_related("states")]


def the_next_version(plan: Plan, by: Worker, **fields: str) -> Plan:
    """The next version, begun by writing in its page's fields and agreed on."""
    fields.setdefault("wish", "Uusi toive")
    assert saves(plan.situation, by, fields, version=plan.version + 1).status_code == 200
    newest = actions.latest(plan.situation)
    return actions.agree(plan=newest, by=by, given_by=a_guardian(plan))


# --- who, and by when -----------------------------------------------------------------------------


def test_page_saves_who_and_by_when_by_itself(draft: Plan, nurse: Worker) -> None:
    situation, on = draft.situation, in_days(9)
    saves(
        situation,
        situation.holder,
        {"measures-0-doer": f"worker-{nurse.pk}", "measures-0-by": on.isoformat(), "measures-0-who": "isä"},
    )
    row = draft.measures.with_people().get(position=1)
    assert (row.doer, row.by, row.who) == (nurse, on, "isä")
    sheet = sheet_of(Plan.objects.with_sheet().get(pk=draft.pk)).measures[0]
    assert sheet.who == "Kaisa Peltonen (perhetyöntekijä) ja isä"
    assert sheet.when.startswith("joka ilta, viimeistään ")

    guardian = a_guardian(draft)
    saves(situation, situation.holder, {"measures-0-doer": f"member-{guardian.pk}", "measures-0-by": ""})
    row = draft.measures.with_people().get(position=1)
    assert (row.doer, row.worker, row.by) == (guardian, None, None)


def test_two_who_choose_another_doer_are_both_told(draft: Plan, nurse: Worker) -> None:
    situation, seen = draft.situation, saved_fields(draft)
    other = WorkerFactory()
    situation.meetings.update(convener=other)
    guardian = a_guardian(draft)
    saves(situation, situation.holder, {"measures-0-doer": f"member-{guardian.pk}"})
    answer = saves(situation, other, {"measures-0-doer": f"worker-{nurse.pk}"}, seen=seen).json()
    assert answer["fields"]["measures-0-doer"]["value"] == f"member-{guardian.pk}"
    assert answer["fields"]["measures-0-doer"]["seen"] == mark_of(f"member-{guardian.pk}")


def test_only_who_belongs_here_can_be_chosen(draft: Plan, volunteer: Worker) -> None:
    situation = draft.situation
    stranger, elsewhere = WorkerFactory(), "member-999999"
    for chosen in (f"worker-{stranger.pk}", elsewhere, "worker-", "kissa"):
        answer = saves(situation, situation.holder, {"measures-0-doer": chosen}).json()
        assert list(answer["refused"]) == ["measures-0-doer"]
    assert (
        "measures-0-by"
        in saves(situation, situation.holder, {"measures-0-by": "2099-01-01"}).json()["refused"]
    )
    saves(situation, situation.holder, {"measures-0-doer": f"worker-{volunteer.pk}"})
    assert draft.measures.get(position=1).worker == volunteer


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"who": "Äiti"}, "kuka tekee ja milloin"),
        ({"by": 3}, "kuka tekee ja milloin"),
        ({"who": "Äiti", "by": -1}, "jo mennyt"),
        ({"who": "Äiti", "by": 0}, None),
    ],
)
def test_agreeing_asks_who_and_when_or_by_when(situation, nurse: Worker, row: dict, sentence: str) -> None:
    by = today() + timedelta(days=row.pop("by")) if "by" in row else None
    plan = actions.write_plan(
        situation=situation,
        by=situation.holder,
        **written(
            measures=[actions.MeasureRow(MeasurePlace.HOME, "Uinti", by=by, **row)], responsible=[nurse]
        ),
    )
    if sentence is None:
        actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan))
    else:
        with pytest.raises(Refused, match=sentence):
            actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan))


def test_person_of_an_agreed_plan_stays_on_the_familys_list(situation, nurse: Worker) -> None:
    from meetings.actions.families import remove_close_person

    person = ClosePerson.objects.create(family=situation.family, name="Aino", relation="mummo")
    plan = actions.write_plan(
        situation=situation,
        by=situation.holder,
        **written(
            measures=[actions.MeasureRow(MeasurePlace.HOME, "Uinti", doer=person, when="ma")],
            responsible=[nurse],
        ),
    )
    with pytest.raises(Refused, match="yhteisessä suunnitelmassa"):
        remove_close_person(situation=situation, by=situation.holder, person=person)
    assert sheet_of(Plan.objects.with_sheet().get(pk=plan.pk)).measures[0].who == "Aino"


# --- how far it has come --------------------------------------------------------------------------


def test_marks_are_made_in_one_go_and_seen_by_the_family(agreed: Plan, nurse: Worker) -> None:
    response = marking(agreed, nurse, status_1="done", status_2="put_aside", why_2="Aika peruttiin.")
    assert (response.status_code, statuses(agreed)) == (302, ["done", "put_aside"])
    page = page_of(signed_in(agreed.situation.holder), agreed)
    for words in ("tehty", "jätetty sikseen", f"{nurse.name} merkitsi tämän tehdyksi", "Aika peruttiin."):
        assert words in page
    family = FamilyClient().get(reverse("family_plan", args=[agreed.situation.family.link.token]))
    assert f"{nurse.name} merkitsi tämän tehdyksi" in family.content.decode()
    assert "Tallenna merkinnät" not in family.content.decode()


def test_same_press_twice_marks_once_and_an_old_tab_is_told(agreed: Plan, nurse: Worker) -> None:
    client, url = signed_in(nurse), reverse("plan_measures", args=[agreed.pk])
    old_page = ticked(agreed, status_1="done")
    client.post(url, old_page)
    client.post(url, old_page)
    assert agreed.measures.all()[0].states.count() == 1
    other = ticked(agreed, status_1="put_aside", why_1="Ei tarvita.", seen_1=0, status_2="going_on")
    answer = signed_in(agreed.situation.holder).post(url, other)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "sillä välin" in page and "Ei tarvita." in page
    # Nothing of it was saved; what is pressed now has seen what the other marked.
    assert statuses(agreed) == ["done", "agreed"]
    assert f'name="kohta-{agreed.measures.all()[0].pk}-seen" value="1"' in page


def test_putting_aside_asks_why_and_keeps_what_was_typed(agreed: Plan, nurse: Worker) -> None:
    answer = marking(agreed, nurse, status_1="put_aside", status_2="going_on")
    assert answer.status_code == 422
    assert answer.content.decode().count("Kirjoita, miksi tämä jätetään sikseen.") == 2
    assert statuses(agreed) == ["agreed", "agreed"]


def test_what_is_done_is_first_taken_up_again(agreed: Plan, nurse: Worker) -> None:
    first = agreed.measures.all()[0]
    actions.mark_measures(plan=agreed, by=nurse, marks=[Mark(first.pk, DONE)])
    with pytest.raises(Refused, match="taas meneillään"):
        actions.mark_measures(plan=agreed, by=nurse, marks=[Mark(first.pk, PUT_ASIDE, "syy", 1)])
    actions.mark_measures(plan=agreed, by=nurse, marks=[Mark(first.pk, GOING_ON, "", 1)])
    with pytest.raises(MarkedMeanwhile):
        actions.mark_measures(plan=agreed, by=nurse, marks=[Mark(first.pk, DONE, "", 1)])


def test_who_may_mark(agreed: Plan, nurse: Worker, volunteer: Worker) -> None:
    first = agreed.measures.all()[0]
    for worker in (volunteer, WorkerFactory()):
        with pytest.raises(Refused, match="huolehtivat"):
            actions.mark_measures(plan=agreed, by=worker, marks=[Mark(first.pk, DONE)])
    draft = actions.latest(agreed.situation)
    newer = the_next_version(draft, nurse)
    with pytest.raises(Refused, match="uudempi versio"):
        actions.mark_measures(plan=agreed, by=nurse, marks=[Mark(first.pk, DONE)])
    with pytest.raises(Refused, match="ei ole tässä suunnitelmassa"):
        actions.mark_measures(plan=newer, by=nurse, marks=[Mark(first.pk, DONE)])


def test_late_measures_are_said_plainly(situation, nurse: Worker, time_machine) -> None:
    rows = [
        actions.MeasureRow(MeasurePlace.HOME, "Uinti", who="Isä", by=in_days(2)),
        actions.MeasureRow(MeasurePlace.HOME, "Iltasatu", who="Äiti", by=in_days(2)),
    ]
    plan = actions.write_plan(
        situation=situation, by=situation.holder, **written(measures=rows, responsible=[nurse])
    )
    plan = actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan))
    contact = plan.contacts.get()
    second = plan.measures.all()[1]
    actions.mark_measures(plan=plan, by=nurse, marks=[Mark(second.pk, DONE)])
    assert late_measures(plan) == []
    assert "on mennyt" not in page_of(signed_in(nurse), plan)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert [one.what for one in late_measures(plan)] == ["Uinti"]
    client = signed_in(nurse)
    assert "Yhden kohdan sovittu päivä on mennyt" in page_of(client, plan)
    recording = client.get(reverse("contact_record", args=[contact.pk])).content.decode()
    assert "Näiden sovittu päivä on mennyt" in recording and "Uinti" in recording
    assert "Iltasatu" not in recording


# --- from version to version ----------------------------------------------------------------------


def test_next_version_carries_what_goes_on_and_lists_what_is_done(agreed: Plan, nurse: Worker) -> None:
    first, second = agreed.measures.all()
    marks = [Mark(first.pk, GOING_ON), Mark(second.pk, DONE)]
    actions.mark_measures(plan=agreed, by=nurse, marks=marks)
    newer = the_next_version(agreed, nurse)
    row = newer.measures.get()
    assert (row.follows, row.what, statuses(newer)) == (first, first.what, ["going_on"])
    state = row.states.get()
    assert (state.marked_by, state.marked_at) == (nurse, first.states.get().marked_at)
    assert [(one.what, one.status) for one in finished_before(newer)] == [(second.what, DONE)]
    assert finished_before(agreed) == []
    assert "Aiemmin tehty tai jätetty sikseen" in page_of(signed_in(nurse), newer)
    third = the_next_version(newer, nurse, wish="Kolmas")
    assert third.measures.get().follows == row
    assert [one.what for one in finished_before(third)] == [second.what]


def test_what_is_marked_while_the_next_version_is_written_goes_with_it(agreed: Plan, nurse: Worker) -> None:
    saves(agreed.situation, nurse, {"wish": "Uusi"}, version=2)
    first = agreed.measures.all()[0]
    actions.mark_measures(plan=agreed, by=nurse, marks=[Mark(first.pk, DONE)])
    newer = actions.agree(plan=actions.latest(agreed.situation), by=nurse, given_by=a_guardian(agreed))
    assert statuses(newer) == ["done", "agreed"]


def test_who_has_left_stays_by_name_in_the_next_version(situation, nurse: Worker, volunteer: Worker) -> None:
    rows = [actions.MeasureRow(MeasurePlace.HOME, "Uinti", doer=volunteer, when="ma")]
    plan = actions.write_plan(
        situation=situation, by=situation.holder, **written(measures=rows, responsible=[nurse])
    )
    plan = actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan))
    Worker.objects.filter(pk=volunteer.pk).update(is_active=False)
    newer = the_next_version(plan, nurse)
    row = newer.measures.get()
    assert (row.worker, row.who) == (None, f"{volunteer.name}, {volunteer.title}")


# --- who was there --------------------------------------------------------------------------------


def test_who_was_there_is_suggested_chosen_and_shown(draft: Plan, nurse: Worker, volunteer: Worker) -> None:
    client, url = signed_in(draft.situation.holder), reverse("plan_agree", args=[draft.pk])
    page = client.get(url).content.decode()
    guardian = a_guardian(draft)
    for value in (f"member-{guardian.pk}", f"worker-{nurse.pk}", f"worker-{volunteer.pk}"):
        tag = page[page.index(f'value="{value}"') - 200 : page.index(f'value="{value}"') + 200]
        assert "checked" in tag
    sent = {
        "seen_edition": draft.edition,
        "permits": "on",
        "given_by": guardian.pk,
        "present": [f"worker-{nurse.pk}", f"member-{guardian.pk}"],
    }
    without = {**sent, "present": [f"worker-{nurse.pk}"]}
    assert "ketkä perheestä olivat mukana" in client.post(url, without).content.decode()
    assert client.post(url, sent).status_code == 302
    plan = Plan.objects.with_sheet().get(pk=draft.pk)
    assert sheet_of(plan).present == [guardian.first_name, f"{nurse.name}, {nurse.title}"]
    assert "Ketkä sopivat tästä" in page_of(client, plan)


def test_later_version_of_the_same_shared_time_suggests_nobody_who_may_not_have_been_there(
    agreed: Plan, nurse: Worker
) -> None:
    saves(agreed.situation, nurse, {"wish": "Uusi"}, version=2)
    plan = actions.latest(agreed.situation)
    page = signed_in(nurse).get(reverse("plan_agree", args=[plan.pk])).content.decode()
    start = page.index('name="present"')
    assert page[start:].split("Perheen lupa")[0].count("checked") == 1


# --- a handful -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "is_advised"), [(5, False), (6, True)])
def test_more_than_a_handful_is_advised_against_and_not_forbidden(
    situation, nurse: Worker, count: int, is_advised: bool
) -> None:
    plan = actions.write_plan(
        situation=situation,
        by=situation.holder,
        **written(matters=[f"Asia {i}" for i in range(count)], responsible=[nurse]),
    )
    client = signed_in(situation.holder)
    for page in (reverse("plan_edit", args=[situation.pk]), reverse("plan_agree", args=[plan.pk])):
        assert ("aloittaa muutamasta" in client.get(page).content.decode()) is is_advised
    actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan))
