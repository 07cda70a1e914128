"""The yhteydenottolista: who keeps it, what the database refuses, and what its history tells."""

import pytest
from django.db import IntegrityError, connection, transaction

from network.actions import contacts as actions
from network.contacts import gaps, history, municipality_at, removed_row
from network.models import ContactRule, Worker
from perhekeskus.refusals import Refused
from tests.factories import (
    ContactRuleFactory,
    MunicipalityFactory,
    NeedFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Worker:
    return WorkerFactory(coordinator=True, first_name="Kirsi", last_name="Koonti")


def in_order(rule: ContactRule) -> list[str]:
    rows = ContactRule.objects.filter(need=rule.need, municipality=rule.municipality).order_by("position")
    return [str(row.target) for row in rows]


def three(**names: str) -> list[ContactRule]:
    return [ContactRuleFactory(unit=UnitFactory(name=name)) for name in ("Neuvola", "Perhekeskus", "MLL")]


# --- what the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("unit_id = NULL", "contactrule_one_target"),
        ("worker_id = {worker}", "contactrule_one_target"),
        ("unit_id = NULL, worker_id = {worker}, is_public = true", "contactrule_no_worker_in_public"),
        ("position = 0", "contactrule_position_from_one"),
        ("position = 2", "contactrule_position_once"),
        ("unit_id = {other_unit}", "contactrule_unit_once"),
    ],
)
def test_the_database_refuses(change, constraint):
    rule, other, _third = three()
    sql = change.format(worker=WorkerFactory().pk, other_unit=other.unit_id)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE network_contactrule SET {sql} WHERE id = %s", [rule.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- who may, and what they may ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ({}, False),
        ({"guidance": True}, False),
        ({"coordinator": True}, True),
        ({"administrator": True}, True),
    ],
)
def test_who_keeps_the_list(who, may):
    by, rule, target = WorkerFactory(**who), ContactRuleFactory(), UnitFactory()
    words = actions.Words(how="Soita.")
    deeds = [
        lambda: actions.add_rule(
            by=by, need=rule.need, municipality=rule.municipality, target=target, words=words
        ),
        lambda: actions.change_rule(rule=rule, by=by, target=rule.unit, words=words, seen_version=1),
        lambda: actions.move_rule(rule=rule, by=by, up=True, seen_version=rule.version),
        lambda: actions.remove_rule(rule=rule, by=by, seen_version=rule.version),
    ]
    for deed in deeds:
        rule.refresh_from_db()
        if may:
            deed()
        else:
            with pytest.raises(Refused, match="Vain koordinaattori"):
                deed()


def test_the_same_one_stands_on_a_list_once(coordinator):
    first, second, _third = three()
    for deed in (
        lambda: actions.add_rule(
            by=coordinator,
            need=first.need,
            municipality=first.municipality,
            target=second.unit,
            words=actions.Words(),
        ),
        lambda: actions.change_rule(
            rule=first, by=coordinator, target=second.unit, words=actions.Words(), seen_version=1
        ),
    ):
        with pytest.raises(Refused, match="Perhekeskus on jo tällä listalla"):
            deed()


def test_a_family_is_shown_no_worker_and_nobody_asks_one_who_has_left(coordinator):
    rule = ContactRuleFactory()
    facts = {"by": coordinator, "need": rule.need, "municipality": rule.municipality}
    with pytest.raises(Refused, match="ei yksittäisen työntekijän nimeä"):
        actions.add_rule(**facts, target=WorkerFactory(), words=actions.Words(is_public=True))
    with pytest.raises(Refused, match="ei ole käytössä"):
        actions.add_rule(**facts, target=WorkerFactory(is_active=False), words=actions.Words())


def test_moving_changes_places_and_stops_at_the_ends(coordinator):
    first, second, third = three()
    actions.move_rule(rule=third, by=coordinator, up=True, seen_version=1)
    assert in_order(first) == ["Neuvola", "MLL", "Perhekeskus"]
    actions.move_rule(rule=first, by=coordinator, up=True, seen_version=1)
    assert in_order(first) == ["Neuvola", "MLL", "Perhekeskus"]
    actions.move_rule(rule=first, by=coordinator, up=False, seen_version=1)
    assert in_order(first) == ["MLL", "Neuvola", "Perhekeskus"]
    with pytest.raises(Refused, match="Joku muu on muuttanut"):
        actions.move_rule(rule=third, by=coordinator, up=False, seen_version=1)


def test_a_page_that_is_older_than_the_row_changes_nothing(coordinator):
    rule = ContactRuleFactory()
    actions.change_rule(
        rule=rule, by=coordinator, target=rule.unit, words=actions.Words(how="Soita."), seen_version=1
    )
    for deed in (
        lambda: actions.change_rule(
            rule=rule, by=coordinator, target=rule.unit, words=actions.Words(), seen_version=1
        ),
        lambda: actions.remove_rule(rule=rule, by=coordinator, seen_version=1),
    ):
        with pytest.raises(Refused, match="Joku muu on muuttanut"):
            deed()
    rule.refresh_from_db()
    assert rule.how == "Soita."
    actions.remove_rule(rule=rule, by=coordinator, seen_version=2)
    with pytest.raises(Refused, match="Joku muu on poistanut"):
        actions.move_rule(rule=rule, by=coordinator, up=True, seen_version=2)


# --- the history ---------------------------------------------------------------------------------


def test_history_tells_who_changed_what_and_brings_back(coordinator):
    need, town, unit = NeedFactory(), MunicipalityFactory(), UnitFactory(name="Neuvola")
    rule = actions.add_rule(
        by=coordinator, need=need, municipality=town, target=unit, words=actions.Words(how="Soita.")
    )
    rule = actions.change_rule(
        rule=rule,
        by=WorkerFactory(administrator=True, first_name="Pekka", last_name="Pääkäyttäjä"),
        target=unit,
        words=actions.Words(how="Soita aamulla.", is_public=True),
        seen_version=1,
    )
    actions.remove_rule(rule=rule, by=coordinator, seen_version=2)
    removed, changed, added = history(need, town)
    assert (added.who, added.deed, added.name) == ("Kirsi Koonti", "Lisättiin listalle", "Neuvola")
    assert changed.who == "Pekka Pääkäyttäjä"
    assert [(str(label), was, now) for label, was, now in changed.fields] == [
        ("Miten otetaan yhteyttä", "Soita.", "Soita aamulla."),
        ("Näkyy perheille", "ei", "kyllä"),
    ]
    assert removed.deed == "Poistettiin listalta" and removed.can_be_brought_back
    assert removed_row(need, town, changed.pk) is None
    back = actions.bring_back_rule(removed=removed_row(need, town, removed.pk), by=coordinator)
    assert (back.how, back.is_public, back.unit) == ("Soita aamulla.", True, unit)
    assert not any(change.can_be_brought_back for change in history(need, town))


def test_history_takes_the_same_few_queries_however_long_it_is(coordinator, django_assert_num_queries):
    rule = ContactRuleFactory()
    for number in range(8):
        actions.add_rule(
            by=coordinator,
            need=rule.need,
            municipality=rule.municipality,
            target=WorkerFactory() if number % 2 else UnitFactory(),
            words=actions.Words(),
        )
    with django_assert_num_queries(3):
        assert len(history(rule.need, rule.municipality)) == 9


# --- what is missing -----------------------------------------------------------------------------


def test_gaps_name_needs_without_anybody_and_rows_from_which_nobody_answers(django_assert_num_queries):
    town = MunicipalityFactory()
    names = ("Aamut", "Bussit", "Ero", "Kiusaaminen", "Päihteet", "Raha", "Uni")
    mornings, buses, divorce, bullying, drugs, money, sleep = [NeedFactory(name=name) for name in names]
    ContactRuleFactory(need=mornings, is_public=True)
    ContactRuleFactory(need=buses)
    # Workers know the team's people; a family would see no number.
    ContactRuleFactory(need=buses, unit=None, team=TeamFactory(members=[WorkerFactory()]), is_public=True)
    # Nobody works in this team any more; the other one has a number that is answered.
    left = [WorkerFactory(is_active=False), WorkerFactory(coordinator=True)]
    ContactRuleFactory(need=bullying, unit=None, team=TeamFactory(members=left))
    ContactRuleFactory(need=money, unit=None, team=TeamFactory(phone="+358401234567"), is_public=True)
    ContactRuleFactory(need=divorce, unit=None, worker=WorkerFactory(is_active=False))
    ContactRuleFactory(need=drugs, unit=UnitFactory(phone=""), is_public=True)
    with django_assert_num_queries(2):
        (found,) = gaps([town])
    assert found.unanswered == [divorce, bullying, drugs, sleep]
    assert set(ContactRule.objects.reachable().values_list("need", flat=True)) == {
        mornings.pk,
        buses.pk,
        money.pk,
    }
    assert found.not_public == [buses]
    assert [str(one.why) for one in found.broken] == [
        "Työntekijä on lähtenyt verkostosta.",
        "Tiimissä ei ole ketään, jolta kysyä, eikä tiimillä ole puhelinnumeroa.",
        "Yksiköllä ei ole puhelinnumeroa eikä sähköistä yhteydenottoa.",
    ]


@pytest.mark.parametrize(
    ("name", "word"),
    [("Kiuruvesi", "kiuruvesi"), ("Äänekoski", "aanekoski"), ("Pedersören kunta", "pedersoren-kunta")],
)
def test_address_of_a_municipality(name, word):
    town = MunicipalityFactory(code="999", name_fi=name)
    assert municipality_at(word) == town and town.address_word == word
    assert municipality_at("muualla") is None


# --- at the same moment --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_add_at_the_same_moment_and_both_stay():
    one, two = WorkerFactory(coordinator=True), WorkerFactory(coordinator=True)
    need, town, units = NeedFactory(), MunicipalityFactory(), [UnitFactory(), UnitFactory()]

    def add(by: Worker, unit) -> None:
        actions.add_rule(by=by, need=need, municipality=town, target=unit, words=actions.Words())

    assert together(lambda: add(one, units[0]), lambda: add(two, units[1])) == []
    assert sorted(ContactRule.objects.values_list("position", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_move_at_the_same_moment_and_one_is_told():
    first, second, third = three()
    one, two = WorkerFactory(coordinator=True), WorkerFactory(coordinator=True)
    refusals = together(
        lambda: actions.move_rule(rule=second, by=one, up=True, seen_version=1),
        lambda: actions.move_rule(rule=second, by=two, up=False, seen_version=1),
    )
    assert len(refusals) == 1 and "Joku muu on muuttanut" in str(refusals[0])
    assert sorted(ContactRule.objects.values_list("position", flat=True)) == [1, 2, 3]
