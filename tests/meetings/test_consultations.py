"""Advice under the family's permission: no question, pick-up or answer without it, whoever writes."""

import itertools
from datetime import timedelta

import pgtrigger
import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from meetings.actions import consultations as actions
from meetings.actions import permissions, situations
from network.actions import consultations as network_actions
from network.consultation_messages import ANSWERED, ASKED, REMINDER
from network.models import Consent, Consultation, Worker
from network.states import (
    CONSULTATION_MOVES,
    ConsentPurpose,
    ConsultationResult,
    ConsultationStatus,
)
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from tests.factories import TeamFactory, UnitFactory, WorkerFactory, a_situation, an_offered_handover
from tests.factories.consultations import (
    a_closed_consultation,
    an_answered_consultation,
    an_asked_consultation,
    given_by_guardian,
)
from tests.plugins.together import together
from tests.tallied import in_all, tallied

pytestmark = pytest.mark.django_db


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def a_team(*members):
    team = TeamFactory()
    team.members.set(members)
    return team


def again(consultation: Consultation) -> Consultation:
    return Consultation.objects.get(pk=consultation.pk)


# --- the database itself -----------------------------------------------------------------------------


def insert_by_raw_sql(consent: Consent, situation_number: int, status: str = "asked") -> None:
    worker = WorkerFactory()
    sql(
        """INSERT INTO network_consultation (consent_id, situation_number, municipality_id, is_anonymous,
               question, asked_at, asked_by_id, status, answer, result)
           VALUES (%s, %s, '263', true, 'Mitä tehdä?', now(), %s, %s, '', '')""",
        consent.pk,
        situation_number,
        worker.pk,
        status,
    )


def a_consent(situation, **fields) -> Consent:
    values = {
        "family": situation.family,
        "purpose": ConsentPurpose.CONSULT,
        "worker": WorkerFactory(),
        "method": "face_to_face",
        "recorded_by": situation.holder,
    } | fields
    return Consent.objects.create(**values)


def test_a_question_under_a_permission_in_force_is_let_through():
    situation = a_situation()
    insert_by_raw_sql(a_consent(situation), situation.pk)
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"withdrawn_at": timezone.now()}, id="withdrawn"),
        pytest.param({"valid_until": timezone.now() - timedelta(seconds=1)}, id="expired"),
        pytest.param({"given_at": timezone.now() + timedelta(days=1)}, id="not yet given"),
        pytest.param({"purpose": ConsentPurpose.INVITE}, id="to be invited"),
        pytest.param({"purpose": ConsentPurpose.COPY}, id="to have a copy"),
        pytest.param({"purpose": ConsentPurpose.INFORM}, id="to be kept informed"),
    ],
)
def test_the_database_refuses_a_question_without_a_permission_in_force(fields):
    situation = a_situation()
    with pytest.raises(IntegrityError, match="Perheen lupa puuttuu"):
        insert_by_raw_sql(a_consent(situation, **fields), situation.pk)


def test_the_database_refuses_a_question_under_another_familys_permission():
    with pytest.raises(IntegrityError, match="Lupa on toisen perheen"):
        insert_by_raw_sql(a_consent(a_situation()), a_situation().pk)


@pytest.mark.parametrize("status", ["picked_up", "answered"])
def test_the_database_refuses_a_pick_up_or_an_answer_of_somebody_else(status):
    consultation = an_asked_consultation()
    stranger = WorkerFactory()
    with pytest.raises(IntegrityError, match="annettu toiselle"):
        sql(
            "UPDATE network_consultation SET status = %s, picked_up_by_id = %s, picked_up_at = now(),"
            " answered_by_id = CASE WHEN %s = 'answered' THEN %s END,"
            " answered_at = CASE WHEN %s = 'answered' THEN now() END,"
            " answer = CASE WHEN %s = 'answered' THEN 'Näin' ELSE '' END WHERE id = %s",
            status,
            stranger.pk,
            status,
            stranger.pk,
            status,
            status,
            consultation.pk,
        )


def test_the_database_refuses_an_answer_when_the_permission_has_run_out():
    consultation = an_asked_consultation()
    adviser = consultation.consent.worker
    # A permission never changes: its trigger is put aside to let it run out now.
    with pgtrigger.ignore("network.Consent:consent_unchanged"):
        sql("UPDATE network_consent SET valid_until = now() WHERE id = %s", consultation.consent_id)
    with pytest.raises(IntegrityError, match="Perheen lupa puuttuu"):
        sql(
            "UPDATE network_consultation SET status = 'answered', picked_up_by_id = %s, picked_up_at = now(),"
            " answered_by_id = %s, answered_at = now(), answer = 'Näin' WHERE id = %s",
            adviser.pk,
            adviser.pk,
            consultation.pk,
        )


def test_a_question_never_moves_under_another_receivers_permission():
    consultation = an_asked_consultation()
    situation = a_situation()
    other = a_consent(situation, family=consultation.consent.family)
    with pytest.raises(IntegrityError, match="annettu toiselle"):
        sql("UPDATE network_consultation SET consent_id = %s WHERE id = %s", other.pk, consultation.pk)


@pytest.mark.parametrize(
    ("start", "end"), list(itertools.permutations([status.value for status in ConsultationStatus], 2))
)
def test_only_the_moves_of_the_table_are_made(start, end):
    make = {
        "asked": an_asked_consultation,
        "picked_up": lambda: network_actions.pick_up(
            consultation=(one := an_asked_consultation()), by=one.consent.worker
        ),
        "answered": an_answered_consultation,
        "closed": a_closed_consultation,
        "withdrawn": lambda: actions.withdraw(consultation=(one := an_asked_consultation()), by=one.asked_by),
    }
    # By hand: the table is read by the trigger too.
    allowed = {
        ("asked", "picked_up"),
        ("asked", "answered"),
        ("asked", "withdrawn"),
        ("picked_up", "asked"),
        ("picked_up", "answered"),
        ("picked_up", "withdrawn"),
        ("answered", "closed"),
    }
    assert {(a.value, b.value) for a, ends in CONSULTATION_MOVES.items() for b in ends} == allowed
    consultation = make[start]()
    assert consultation.status == start
    if (start, end) in allowed:
        return
    with pytest.raises(DatabaseError, match=f"Tilasta {start} ei voi siirtyä tilaan {end}"):
        sql("UPDATE network_consultation SET status = %s WHERE id = %s", end, consultation.pk)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("question", "Toinen"),
        ("is_anonymous", False),
        ("asked_at", "2020-01-01"),
        ("situation_number", 1),
        ("municipality_id", "140"),
    ],
)
def test_what_was_asked_never_changes(column, value):
    consultation = an_asked_consultation()
    with pytest.raises(DatabaseError, match="consultation_asked_once|Lupa on toisen"):
        sql(f"UPDATE network_consultation SET {column} = %s WHERE id = %s", value, consultation.pk)


def test_an_answer_stays():
    consultation = a_closed_consultation()
    with pytest.raises(DatabaseError, match="Annettu vastaus ei muutu"):
        sql("UPDATE network_consultation SET answer = 'Toinen' WHERE id = %s", consultation.pk)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("question = ''", "consultation_asked_once|consultation_has_question"),
        ("picked_up_at = now()", "consultation_picked_up"),
        ("answer = 'Näin'", "consultation_answered_in_words"),
        ("result = 'enough'", "consultation_closed_says_result"),
        ("withdrawn_at = now()", "consultation_withdrawn_has_time"),
        ("closed_at = now()", "consultation_closed"),
        ("answered_at = now()", "consultation_answered"),
    ],
)
def test_the_facts_of_a_state_come_with_the_state(change, name):
    consultation = an_asked_consultation()
    with pytest.raises(DatabaseError, match=name):
        sql(f"UPDATE network_consultation SET {change} WHERE id = %s", consultation.pk)


def test_withdrawing_by_raw_sql_closes_the_question_and_drops_its_messages_in_the_same_statement():
    asked = an_asked_consultation()
    answered = an_answered_consultation()
    for one in (asked, answered):
        sql("UPDATE network_consent SET withdrawn_at = now() WHERE id = %s", one.consent_id)
    assert again(asked).status == ConsultationStatus.WITHDRAWN
    assert again(answered).status == ConsultationStatus.ANSWERED
    assert not Message.objects.filter(permission_id=asked.consent_id, state=MessageState.WAITING).exists()
    for one in (asked, answered):
        assert not Consultation.objects.visible_to(one.consent.worker).exists()


@pytest.mark.parametrize("kind", [ASKED, REMINDER])
def test_the_database_refuses_a_message_of_a_question_without_its_permission(kind):
    consultation = an_asked_consultation()
    Message.objects.all().delete()
    invite = a_consent(a_situation(), purpose=ConsentPurpose.INVITE)
    for permission in (None, invite.pk):
        with pytest.raises(IntegrityError, match="Neuvoa ei voi kysyä|Kutsua ei voi"), transaction.atomic():
            Message.objects.create(
                kind=kind,
                occasion=f"consultation:{consultation.pk}",
                channel="email",
                recipient="joku@kuopio.example",
                about_id=consultation.pk,
                permission_id=permission,
            )


# --- asking ------------------------------------------------------------------------------------------


def test_nothing_is_asked_without_the_familys_word():
    situation = a_situation()
    with pytest.raises(Refused, match="Perheen lupa puuttuu"):
        actions.ask(
            situation=situation,
            by=situation.holder,
            to=WorkerFactory(),
            question="Mitä tehdä?",
            is_anonymous=True,
        )
    assert not Consent.objects.exists()


def test_a_standing_permission_is_enough():
    adviser = WorkerFactory()
    first = an_asked_consultation(to=adviser)
    second = actions.ask(
        situation=a_situation_of(first),
        by=first.asked_by,
        to=adviser,
        question="Ja entä aamut?",
        is_anonymous=True,
    )
    assert second.consent_id == first.consent_id


def a_situation_of(consultation: Consultation):
    from meetings.models import Situation

    return Situation.objects.get(pk=consultation.situation_number)


def test_only_those_who_take_care_of_the_matter_ask():
    situation = a_situation()
    with pytest.raises(Refused, match="hoitaa perheen asiaa"):
        an_asked_consultation(situation=situation, by=WorkerFactory())
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("adviser", "sentence"),
    [
        (lambda: WorkerFactory(available_for_consultation=False), "ei nyt vastaa neuvonpyyntöihin"),
        (lambda: WorkerFactory(is_coordinator=True), "ei työskentele perheiden kanssa"),
        (lambda: WorkerFactory(is_active=False), "ei työskentele perheiden kanssa"),
        (UnitFactory, "kukaan täällä ei nyt vastaa"),
        (lambda: a_team(WorkerFactory(available_for_consultation=False)), "kukaan täällä ei nyt vastaa"),
    ],
)
def test_only_those_who_let_themselves_be_asked_are_asked(adviser, sentence):
    with pytest.raises(Refused, match=sentence):
        an_asked_consultation(to=adviser())
    assert not Consent.objects.exists()


def test_nobody_asks_oneself():
    situation = a_situation()
    with pytest.raises(Refused, match="itseltäsi"):
        an_asked_consultation(situation=situation, to=situation.holder)


@pytest.mark.parametrize("word", ["Aada", "Aadalle", "AADAN", "aada", "synt. 12.3.2020"])
def test_an_anonymous_question_names_nobody_of_the_family(word):
    with time_machine.travel("2026-11-02T10:00:00+02:00", tick=False):
        situation = a_situation()
        with pytest.raises(Refused, match="perheen voi tunnistaa"):
            an_asked_consultation(situation=situation, question=f"Miten {word} nukkuisi?")
        assert not Consent.objects.exists()
        an_asked_consultation(situation=situation, question=f"Miten {word} nukkuisi?", is_anonymous=False)


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_no_question_holds_an_identity_code(is_anonymous):
    with pytest.raises(Refused, match="henkilötunnus") as refusal:
        an_asked_consultation(question="Lapsi 120319A123X ei nuku", is_anonymous=is_anonymous)
    assert "120319" not in str(refusal.value)


def test_the_same_form_twice_asks_once():
    situation, adviser = a_situation(), WorkerFactory()
    key = "6c1d3c6e-6f6f-4f6f-8f6f-6f6f6f6f6f6f"
    ones = [
        actions.ask(
            situation=situation,
            by=situation.holder,
            to=adviser,
            question="Mitä tehdä?",
            is_anonymous=True,
            given=given_by_guardian(situation),
            form_key=key,
        )
        for _press in range(2)
    ]
    assert ones[0].pk == ones[1].pk and Consultation.objects.count() == 1
    assert Message.objects.filter(kind=ASKED).count() == 1


# --- the receiver's side -----------------------------------------------------------------------------


def test_a_unit_and_a_team_pick_up_a_question_once():
    for make in (
        lambda ones: UnitFactory(),
        lambda ones: a_team(*ones),
    ):
        ones = [WorkerFactory() for _ in range(3)]
        adviser = make(ones)
        if hasattr(adviser, "organisation"):
            for one in ones:
                one.unit = adviser
                one.save()
        consultation = an_asked_consultation(to=adviser)
        assert all(Consultation.objects.received_by(one).exists() for one in ones)
        network_actions.pick_up(consultation=consultation, by=ones[0])
        with pytest.raises(Refused, match="ehti jo"):
            network_actions.pick_up(consultation=consultation, by=ones[1])
        with pytest.raises(Refused, match="ehti jo"):
            network_actions.answer(consultation=consultation, by=ones[1], text="Näin")
        assert [Consultation.objects.received_by(one).exists() for one in ones] == [True, False, False]
        network_actions.let_go(consultation=consultation, by=ones[0])
        assert Consultation.objects.received_by(ones[2]).exists()
        network_actions.answer(consultation=consultation, by=ones[2], text="Näin")
        assert again(consultation).status == ConsultationStatus.ANSWERED


def test_strangers_neither_see_nor_answer():
    consultation = an_asked_consultation()
    for stranger in (
        WorkerFactory(),
        WorkerFactory(is_coordinator=True),
        WorkerFactory(is_administrator=True),
    ):
        assert not Consultation.objects.visible_to(stranger).exists()
        for act in (
            lambda by: network_actions.pick_up(consultation=consultation, by=by),
            lambda by: network_actions.answer(consultation=consultation, by=by, text="Näin"),
        ):
            with pytest.raises(Refused):
                act(stranger)
        with pytest.raises(Refused):
            actions.withdraw(consultation=consultation, by=stranger)


def test_the_askers_side_goes_with_the_koppi():
    situation = a_situation()
    consultation = an_answered_consultation(situation=situation)
    former, new = situation.holder, WorkerFactory()
    from meetings.actions import handovers

    handovers.accept(handover=an_offered_handover(situation=situation, to=new), by=new)
    assert not Consultation.objects.visible_to(former).exists()
    with pytest.raises(Refused, match="hoitaa perheen asiaa"):
        actions.close(consultation=consultation, by=former, result=ConsultationResult.ENOUGH)
    actions.close(consultation=consultation, by=new, result=ConsultationResult.ENOUGH)


def test_the_answer_is_seen_for_two_weeks_by_the_one_who_gave_it():
    consultation = an_answered_consultation()
    answerer = consultation.answered_by
    assert Consultation.objects.received_by(answerer).exists()
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert not Consultation.objects.received_by(answerer).exists()


def test_a_situation_that_ends_asks_nobody_any_more():
    situation = a_situation()
    consultation = an_asked_consultation(situation=situation)
    situations.end(situation=situation, by=situation.holder, ending="nothing_more")
    assert again(consultation).status == ConsultationStatus.WITHDRAWN


def test_a_renewed_permission_takes_the_question_along():
    from network.actions import consents

    consultation = an_asked_consultation()
    family = consultation.consent.family
    renewed = consents.give(
        family=family,
        to=consultation.consent.worker,
        purpose=ConsentPurpose.CONSULT,
        topics=["Uni", "Aamut"],
        method="face_to_face",
        given_by=family.members.filter(role="guardian")[0],
        by=consultation.asked_by,
    )
    assert again(consultation).consent_id == renewed.pk
    assert again(consultation).status == ConsultationStatus.ASKED
    assert Message.objects.filter(permission_id=renewed.pk, state=MessageState.WAITING).count() == 2


# --- letters -----------------------------------------------------------------------------------------


def test_letters_say_who_asks_and_nothing_of_what_or_whom():
    consultation = an_answered_consultation(is_anonymous=False, question="Miten Aada nukkuisi?")
    situation = a_situation_of(consultation)
    told = Message.objects.filter(about_id=consultation.pk, kind__startswith="consultation_")
    assert sorted(told.values_list("kind", flat=True)) == [ANSWERED, ASKED, REMINDER]
    for message in told:
        letter = kind_of(message).compose(message)
        for secret in ("Aada", "Äiti-Kaisa", "nukkuisi", "iltasatua", "Uni", str(situation.pk)):
            assert secret not in letter.text + letter.html + letter.subject
        assert f"/neuvot/{consultation.pk}/" in letter.text
        assert letter.text.count("http") == 1


def test_the_reminder_leaves_only_while_the_question_waits(settings):
    consultation = an_asked_consultation()
    reminder = Message.objects.get(kind=REMINDER)
    assert reminder.due_at - consultation.asked_at >= timedelta(days=settings.CONSULTATION_REMINDER_DAYS) - (
        timedelta(minutes=1)
    )
    assert kind_of(reminder).why_not(reminder) is None
    network_actions.answer(consultation=consultation, by=consultation.consent.worker, text="Näin")
    reminder.refresh_from_db()
    assert reminder.state == MessageState.DROPPED and kind_of(reminder).why_not(reminder)


def test_who_has_left_is_written_to_no_more():
    consultation = an_asked_consultation()
    network_actions.pick_up(consultation=consultation, by=consultation.consent.worker)
    reminder = Message.objects.get(kind=REMINDER)
    network_actions.answer(consultation=consultation, by=consultation.consent.worker, text="Näin")
    answered = Message.objects.get(kind=ANSWERED)
    for message, worker in (
        (reminder, consultation.consent.worker),
        (answered, consultation.asked_by),
    ):
        address = kind_of(message).address
        assert address is not None and address(message) == worker.email
        Worker.objects.filter(pk=worker.pk).update(is_active=False)
        assert address(message) == ""


def test_a_unit_is_written_to_at_its_own_address_and_a_team_at_its_members():
    unit = UnitFactory(email="neuvola@kuopio.example")
    WorkerFactory(unit=unit)
    an_asked_consultation(to=unit)
    assert list(Message.objects.filter(kind=ASKED).values_list("recipient", flat=True)) == [
        "neuvola@kuopio.example"
    ]
    ones = [WorkerFactory(), WorkerFactory(), WorkerFactory(available_for_consultation=False)]
    consultation = an_asked_consultation(to=a_team(*ones))
    told = Message.objects.filter(kind=ASKED, about_id=consultation.pk)
    assert set(told.values_list("recipient", flat=True)) == {one.email for one in ones[:2]}


def test_of_a_protected_family_neither_letter_nor_question_tells_where_the_asker_works():
    place = UnitFactory(name="Saarilammen päiväkoti")
    situation = a_situation(by=WorkerFactory(unit=place, title="kuraattori"), address_protected=True)
    consultation = an_asked_consultation(situation=situation, is_anonymous=False)
    letter = kind_of(message := Message.objects.get(kind=ASKED)).compose(message)
    client = Client()
    client.force_login(consultation.consent.worker)
    said = client.get(consultation.get_absolute_url()).content.decode()
    for text in (letter.text, letter.html, said):
        assert "kuraattori" in text and "Saarilam" not in text and "Kiuruve" not in text


def test_an_anonymous_question_does_not_tell_that_the_family_is_protected():
    said = []
    for is_protected in (False, True):
        asker = WorkerFactory(unit=UnitFactory(name="Saarilammen päiväkoti"), title="kuraattori")
        situation = a_situation(by=asker, address_protected=is_protected)
        consultation = an_asked_consultation(situation=situation)
        message = Message.objects.get(kind=ASKED, about_id=consultation.pk)
        letter = kind_of(message).compose(message)
        client = Client()
        client.force_login(consultation.consent.worker)
        page = client.get(consultation.get_absolute_url()).content.decode()
        assert "kuraattori" in page and "kuraattori" in letter.text
        said.append("Saarilam" in page + letter.text + letter.html)
    assert said == [False, False]


# --- counted -----------------------------------------------------------------------------------------


def test_consultations_are_counted_whatever_the_way_they_change():
    assert not tallied("advice")
    ones = [an_answered_consultation() for _ in range(3)]
    actions.close(consultation=ones[0], by=ones[0].asked_by, result=ConsultationResult.ENOUGH)
    actions.close(consultation=ones[1], by=ones[1].asked_by, result=ConsultationResult.SHARED_TIME)
    an_asked_consultation()
    assert {(part, month): number for (_, part, _, month), number in tallied("advice").items()} == {
        (part, timezone.localdate().replace(day=1)): 1 for part in ("enough", "shared_time", "")
    }
    sql("DELETE FROM network_consultation WHERE id = %s", ones[0].pk)
    assert (in_all("advice"), in_all("advice", "enough")) == (2, 0)


# --- at the same moment ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_withdrawal_at_the_same_moment_leave_no_answer_without_permission():
    for _round in range(4):
        consultation = an_asked_consultation()
        adviser, consent = consultation.consent.worker, consultation.consent
        together(
            lambda c=consultation, a=adviser: network_actions.answer(consultation=c, by=a, text="Näin"),
            lambda c=consent: permissions.withdraw(consent=c),
        )
        now = Consultation.objects.select_related("consent").get(pk=consultation.pk)
        if now.status == ConsultationStatus.ANSWERED:
            assert now.answered_at <= now.consent.withdrawn_at
        else:
            assert now.status == ConsultationStatus.WITHDRAWN and now.answer == ""


@pytest.mark.django_db(transaction=True)
def test_a_question_and_a_withdrawal_at_the_same_moment_leave_nothing_open():
    for _round in range(4):
        first = an_asked_consultation()
        situation = a_situation_of(first)
        together(
            lambda s=situation, f=first: actions.ask(
                situation=s,
                by=s.holder,
                to=f.consent.worker,
                question="Ja entä aamut?",
                is_anonymous=True,
            ),
            lambda f=first: permissions.withdraw(consent=f.consent),
        )
        assert not Consultation.objects.open().exists()
        waiting = Message.objects.filter(kind__in=[ASKED, REMINDER], state=MessageState.WAITING)
        assert not waiting.exists()


@pytest.mark.django_db(transaction=True)
def test_two_of_a_unit_pick_up_one_question_once():
    unit = UnitFactory()
    ones = [WorkerFactory(unit=unit) for _ in range(2)]
    consultation = an_asked_consultation(to=unit)
    refused = together(
        *[lambda one=one: network_actions.pick_up(consultation=consultation, by=one) for one in ones]
    )
    assert len(refused) == 1
