"""A question of advice whose one leaves comes back to the others, or its asker is told."""

import pytest
from django.db import connection, transaction

from meetings.actions import permissions
from network.actions import consultations as actions
from network.actions import teams
from network.actions.consultations import tell_of_left_waiting
from network.consultation_messages import LEFT_UNANSWERED, RETURNED
from network.models import Consultation, Worker
from network.states import ConsultationStatus
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from tests.factories import TeamFactory, UnitFactory, WorkerFactory
from tests.factories.consultations import an_answered_consultation, an_asked_consultation
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def again(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_related("consent").get(pk=consultation.pk)


def picked_up_in_a_unit() -> tuple[Consultation, Worker, Worker]:
    """A question to a unit of two, the one who has taken it, and the other."""
    unit = UnitFactory(email="")
    one, other = WorkerFactory(unit=unit), WorkerFactory(unit=unit)
    consultation = an_asked_consultation(to=unit)
    actions.pick_up(consultation=consultation, by=one)
    return consultation, one, other


def letters(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


@pytest.mark.parametrize(
    "change", ["is_active = false", "is_coordinator = true", "is_administrator = true", "unit_id = {unit}"]
)
def test_a_question_comes_back_to_the_unit_in_the_statement_in_which_its_one_leaves(change):
    consultation, one, other = picked_up_in_a_unit()
    elsewhere = UnitFactory()

    sql(f"UPDATE network_worker SET {change.format(unit=elsewhere.pk)} WHERE id = %s", one.pk)

    now = again(consultation)
    assert now.status == ConsultationStatus.ASKED
    assert now.picked_up_by_id is None and now.picked_up_at is None
    assert Consultation.objects.received_by(other).filter(pk=now.pk).exists()
    tell_of_left_waiting()
    tell_of_left_waiting()
    assert letters(RETURNED) == [other.email] and letters(LEFT_UNANSWERED) == []
    assert again(consultation).left_waiting_at is None


def test_a_question_stays_with_one_whose_card_only_changes():
    consultation, one, _other = picked_up_in_a_unit()

    sql("UPDATE network_worker SET phone = '+358401234567', is_active = true WHERE id = %s", one.pk)
    tell_of_left_waiting()

    assert again(consultation).picked_up_by_id == one.pk
    assert letters(RETURNED) == []


def test_a_question_comes_back_to_the_team_that_somebody_leaves():
    one, other, third = WorkerFactory(), WorkerFactory(), WorkerFactory(is_administrator=True)
    team, another = TeamFactory(), TeamFactory()
    team.members.set([one, other])
    another.members.set([one])
    consultation = an_asked_consultation(to=team)
    actions.pick_up(consultation=consultation, by=one)

    teams.remove_member(team=another, by=third, worker=one)
    assert again(consultation).picked_up_by_id == one.pk
    teams.remove_member(team=team, by=third, worker=one)

    assert again(consultation).status == ConsultationStatus.ASKED
    tell_of_left_waiting()
    assert letters(RETURNED) == [other.email]


@pytest.mark.parametrize("is_picked_up", [False, True])
def test_of_a_question_to_one_who_leaves_the_asker_is_told(is_picked_up):
    consultation = an_asked_consultation()
    adviser = consultation.consent.worker
    if is_picked_up:
        actions.pick_up(consultation=consultation, by=adviser)

    sql("UPDATE network_worker SET is_active = false WHERE id = %s", adviser.pk)
    tell_of_left_waiting()

    assert letters(LEFT_UNANSWERED) == [consultation.asked_by.email] and letters(RETURNED) == []
    message = Message.objects.get(kind=LEFT_UNANSWERED)
    kind = kind_of(message)
    assert kind.why_not(message) is None and kind.address(message) == consultation.asked_by.email
    family = consultation.consent.family
    letter = kind.compose(message)
    assert "ilman vastaajaa" in letter.subject
    for word in [consultation.question, *(member.first_name for member in family.members.all())]:
        assert word not in letter.text


def test_when_nobody_of_the_team_is_left_the_asker_is_told():
    one = WorkerFactory()
    team = TeamFactory()
    team.members.set([one])
    consultation = an_asked_consultation(to=team)
    actions.pick_up(consultation=consultation, by=one)

    sql("UPDATE network_worker SET is_active = false WHERE id = %s", one.pk)
    tell_of_left_waiting()

    assert letters(LEFT_UNANSWERED) == [consultation.asked_by.email]


def test_the_letter_of_a_question_that_came_back_says_who_asks_and_stops_when_somebody_takes_it():
    consultation, one, other = picked_up_in_a_unit()
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", one.pk)
    tell_of_left_waiting()
    message = Message.objects.get(kind=RETURNED)
    kind = kind_of(message)

    assert kind.why_not(message) is None and kind.address(message) == other.email
    letter = kind.compose(message)
    assert consultation.asked_by.name in letter.text and consultation.question not in letter.text
    actions.pick_up(consultation=consultation, by=other)
    assert kind.why_not(message)
    actions.answer(consultation=consultation, by=other, text="Kokeilkaa iltasatua.")
    message.refresh_from_db()
    assert message.state == MessageState.DROPPED


def test_a_question_that_comes_back_twice_is_told_of_twice():
    consultation, one, other = picked_up_in_a_unit()
    third = WorkerFactory(unit=other.unit)
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", one.pk)
    tell_of_left_waiting()
    actions.pick_up(consultation=consultation, by=other)
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", other.pk)
    tell_of_left_waiting()

    told = Message.objects.filter(kind=RETURNED, recipient=third.email)
    assert sorted(told.values_list("version", flat=True)) == [1, 2]


def test_a_question_withdrawn_before_the_telling_is_told_to_nobody():
    consultation, one, _other = picked_up_in_a_unit()
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", one.pk)
    permissions.withdraw(consent=again(consultation).consent)
    tell_of_left_waiting()

    assert letters(RETURNED) == letters(LEFT_UNANSWERED) == []
    assert again(consultation).left_waiting_at is None


def test_the_database_refuses_a_letter_of_a_returned_question_without_its_permission():
    consultation, one, _other = picked_up_in_a_unit()
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", one.pk)
    permissions.withdraw(consent=again(consultation).consent)
    message = Message(
        kind=RETURNED, occasion="consultation:1", channel="email", recipient="joku@koe.example", about_id=1
    )
    with pytest.raises(Exception, match="Neuvoa ei voi"), transaction.atomic():
        message.save()


def test_an_answer_stays_with_the_one_who_has_left():
    consultation = an_answered_consultation()
    adviser = consultation.consent.worker
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", adviser.pk)
    tell_of_left_waiting()

    assert again(consultation).answered_by_id == adviser.pk
    assert letters(RETURNED) == letters(LEFT_UNANSWERED) == []


# --- at the same moment ------------------------------------------------------------------------------


def close_account(worker: Worker) -> None:
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", worker.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["pick_up", "answer"])
def test_nobody_keeps_a_question_whose_account_closes_at_the_same_moment(act):
    for _round in range(6):
        unit = UnitFactory(email="")
        one, _other = WorkerFactory(unit=unit), WorkerFactory(unit=unit)
        consultation = an_asked_consultation(to=unit)
        acts = {
            "pick_up": lambda c=consultation, w=one: actions.pick_up(consultation=c, by=w),
            "answer": lambda c=consultation, w=one: actions.answer(consultation=c, by=w, text="Näin"),
        }
        together(acts[act], lambda w=one: close_account(w))
        now = again(consultation)
        if now.status != ConsultationStatus.ANSWERED:
            assert now.status == ConsultationStatus.ASKED and now.picked_up_by_id is None


@pytest.mark.django_db(transaction=True)
def test_the_database_alone_lets_nobody_take_a_question_while_their_account_closes():
    unit = UnitFactory(email="")
    one = WorkerFactory(unit=unit)
    WorkerFactory(unit=unit)
    for _round in range(6):
        Worker.objects.filter(pk=one.pk).update(is_active=True)
        consultation = an_asked_consultation(to=unit)

        def take(c=consultation):
            try:
                sql(
                    "UPDATE network_consultation SET status = 'picked_up', picked_up_at = now(),"
                    " picked_up_by_id = %s WHERE id = %s",
                    one.pk,
                    c.pk,
                )
            except Exception as error:
                raise Refused(str(error)) from error

        together(take, lambda: close_account(one))
        assert again(consultation).picked_up_by_id is None


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_leaving_team_member_never_wait_for_each_other():
    administrator = WorkerFactory(is_administrator=True)
    for _round in range(6):
        one = WorkerFactory()
        team = TeamFactory()
        team.members.set([one, WorkerFactory()])
        consultation = an_asked_consultation(to=team)
        actions.pick_up(consultation=consultation, by=one)
        together(
            lambda c=consultation, w=one: actions.answer(consultation=c, by=w, text="Näin"),
            lambda t=team, w=one: teams.remove_member(team=t, by=administrator, worker=w),
        )
        now = again(consultation)
        assert now.status == ConsultationStatus.ANSWERED or now.picked_up_by_id is None
