"""The plan as a file: all of it, as the schema says, and nothing that opens a door or tells a place."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from network.states import ConsentMethod
from perhekeskus.models import AccessLog
from plans import actions, states
from plans.export import SCHEMA, exported, facts_of
from plans.models import NextContact, Plan
from tests.factories import UnitFactory, WorkerFactory
from tests.factories.plans import a_copy_by_link, a_copy_on_paper, permitted

from .conftest import WISH, written

pytestmark = pytest.mark.django_db

THE_SCHEMA = json.loads((Path(settings.BASE_DIR) / "plans" / "export.schema.json").read_text())
DOC = (Path(settings.BASE_DIR) / "docs" / "plan-export.md").read_text()


def fresh(plan: Plan) -> Plan:
    return Plan.objects.with_sheet().get(pk=plan.pk)


def read(plan: Plan) -> dict[str, Any]:
    """The export as its reader has it, once the schema has let it through."""
    facts = json.loads(exported(fresh(plan)).decode("utf-8"))
    checks = Draft202012Validator(THE_SCHEMA, format_checker=FormatChecker())
    assert not [error.message for error in checks.iter_errors(facts)]
    return facts


def test_the_schema_is_a_schema_of_this_version() -> None:
    Draft202012Validator.check_schema(THE_SCHEMA)
    assert THE_SCHEMA["properties"]["schema"]["const"] == SCHEMA


def test_the_whole_plan_is_in_the_file(agreed: Plan, nurse) -> None:
    a_copy_by_link(agreed)
    a_copy_on_paper(agreed)
    contact = agreed.contacts.get()
    actions.record_contact(
        contact=contact, by=nurse, outcome="Illat sujuvat.", next_on=contact.on + timedelta(days=14)
    )
    facts = read(agreed)
    assert facts["wish"] == WISH and facts["strengths"] == "Mummo on lähellä."
    assert [one["text"] for one in facts["matters"]] == ["Aamut ovat kiireisiä.", "Nukkumaanmeno venyy."]
    assert [one["place"] for one in facts["measures"]] == ["home", "elsewhere"]
    assert {one["status"] for one in facts["measures"]} == {"agreed"}
    assert all(facts["follow_up"].values())
    assert [one["name"] for one in facts["responsible_workers"]] == [nurse.name]
    assert [one["outcome"] for one in facts["contacts"]] == ["Illat sujuvat.", ""]
    assert len(facts["presence"]) == agreed.presences.count()
    assert [one["method"] for one in facts["copies"]] == ["account", "link", "printed"]
    at = timezone.now()
    assert facts_of(fresh(agreed), at=at) == facts_of(fresh(agreed), at=at)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wish=texts, matter=texts, what=texts, outcome=texts)
def test_any_text_comes_back_as_it_was_written(
    agreed: Plan, wish: str, matter: str, what: str, outcome: str
) -> None:
    NextContact.objects.filter(plan=agreed).update(outcome=outcome)
    plan = fresh(agreed)
    plan.wish = wish
    plan.matters.all()[0].text, plan.measures.all()[0].what = matter or "-", what or "-"
    facts = json.loads(exported(plan))
    assert not list(Draft202012Validator(THE_SCHEMA).iter_errors(facts))
    assert (facts["wish"], facts["contacts"][0]["outcome"]) == (wish, outcome)
    assert facts["matters"][0]["text"] == (matter or "-") and facts["measures"][0]["what"] == (what or "-")


def test_nothing_that_opens_a_door_or_a_protected_familys_place(agreed: Plan) -> None:
    door = a_copy_by_link(agreed)
    permission = permitted(agreed, UnitFactory(name="Kuhalan neuvola"))
    actions.give_copy(plan=agreed, consent=permission, by=agreed.situation.holder, handed_to="Minna Mäki")
    family = agreed.situation.family
    family.address_protected, family.postal_code = True, "74700"
    family.save()
    file = exported(fresh(agreed)).decode()
    secrets = [door.link.token, door.recipient, family.link.token, str(family.link.nonce)]
    places = ["Kuhalan neuvola", "Pihlaja", "Kiuruveden", family.municipality.name_fi]
    assert not [word for word in secrets + places if word in file]
    assert not re.search(r"token|nonce|hash|birth", file)
    assert [one["receiver"] for one in read(agreed)["copies"] if one["kind"] == "unit"] == [None]


def test_only_those_who_see_everything_take_it_and_the_family_sees_that(client, agreed: Plan, nurse) -> None:
    url = reverse("plan_export", args=[agreed.pk])
    reader = WorkerFactory()
    actions.give_copy(plan=agreed, consent=permitted(agreed, reader), by=agreed.situation.holder)
    client.force_login(reader)
    shown = client.get(agreed.get_absolute_url())
    assert shown.status_code == 200 and url not in shown.content.decode()
    assert client.get(url).status_code == 404
    assert not AccessLog.objects.filter(what="Vei suunnitelman tiedostona").exists()
    client.force_login(nurse)
    response = client.get(url)
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert (
        response["Content-Disposition"] == f'attachment; filename="suunnitelma-{agreed.situation_id}-1.json"'
    )
    look = AccessLog.objects.get(what="Vei suunnitelman tiedostona")
    assert (look.worker, look.family_id) == (nurse, agreed.situation.family_id)


def test_who_has_a_copy_only_sees_neither_the_others_nor_what_came_of_the_contacts(
    client, agreed: Plan, nurse
) -> None:
    reader = WorkerFactory(first_name="Rauha", last_name="Rinne")
    actions.give_copy(plan=agreed, consent=permitted(agreed, reader), by=agreed.situation.holder)
    a_copy_by_link(agreed)
    contact = agreed.contacts.get()
    actions.record_contact(
        contact=contact, by=nurse, outcome="Isä muutti pois.", next_on=contact.on + timedelta(days=14)
    )
    client.force_login(reader)
    said = client.get(agreed.get_absolute_url()).content.decode()
    assert WISH in said
    assert not [
        words
        for words in ("Kenellä on tämä suunnitelma", "Isä muutti", "linkillä", "Peru lupa", ".json")
        if words in said
    ]


def test_a_draft_is_not_taken_out(client, agreed: Plan) -> None:
    by = agreed.situation.holder
    draft = actions.write_plan(situation=agreed.situation, by=by, **written(seen_edition=agreed.edition))
    client.force_login(by)
    assert client.get(reverse("plan_export", args=[draft.pk])).url == draft.get_absolute_url()
    assert not AccessLog.objects.filter(what="Vei suunnitelman tiedostona").exists()


def test_every_value_has_its_words_in_the_document() -> None:
    kinds = [states.MeasurePlace, states.MeasureStatus, states.ContactWay, states.CopyMethod, ConsentMethod]
    assert not [value for kind in kinds for value in kind.values if f"`{value}`" not in DOC]
    named = set(THE_SCHEMA["properties"]) | set(
        THE_SCHEMA["properties"]["measures"]["items"]["properties"]
    ) - {"position"}
    assert not [name for name in named - {"exported_at"} if not re.search(rf"[`.]{name}\b", DOC)]


def test_its_queries_do_not_grow(agreed: Plan, nurse, django_assert_num_queries) -> None:
    for _one in range(2):
        a_copy_on_paper(agreed)
        contact = agreed.contacts.get(done_at=None)
        actions.record_contact(contact=contact, by=nurse, outcome="Soitettu.", next_on=contact.on)
    plan = fresh(agreed)
    with django_assert_num_queries(3):
        exported(plan)
