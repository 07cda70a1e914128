"""The kinds of meeting: facts of the model that a coordinator words, and that a convener chooses from."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from meetings.actions import convening
from meetings.actions.kinds import KindCard, change_kind
from meetings.agenda import AgendaLine, why_not_in_time
from meetings.dashboard.shared_times import count_table
from meetings.forms.kinds import PARTS, ROLES
from meetings.kinds import history
from meetings.models import Kind, Meeting
from meetings.states import MeetingKind
from perhekeskus.refusals import Refused
from tests.factories import (
    WorkerFactory,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    with_conversation,
)

pytestmark = pytest.mark.django_db


def card_of(kind: Kind, **changes) -> KindCard:
    names = ("name", "explanation", "minutes", "is_active", *PARTS, *ROLES)
    return replace(KindCard(**{name: getattr(kind, name) for name in names}), **changes)


def lines_of(kind: Kind) -> list[AgendaLine]:
    return [AgendaLine(row.title, row.minutes) for row in kind.agenda.all()]


def posted(kind: Kind, **changes) -> dict[str, object]:
    """What the form of the kind sends."""
    sent: dict[str, object] = {
        "seen_version": kind.version,
        "name": kind.name,
        "explanation": kind.explanation,
        "minutes": kind.minutes,
        "parts": [name for name in PARTS if getattr(kind, name)],
        "roles": [name for name in ROLES if getattr(kind, name)],
        "is_active": "on",
    }
    for number, row in enumerate(kind.agenda.all(), 1):
        sent |= {f"order_{number}": number, f"what_{number}": row.title, f"minutes_{number}": row.minutes}
    return sent | changes


# --- facts of the model --------------------------------------------------------------------------


def test_the_kinds_of_the_documents_are_there():
    assert [kind.code for kind in Kind.objects.all()] == [*MeetingKind]
    assert {kind.code for kind in Kind.objects.filter(counts_as_shared_time=False)} == {
        "authority",
        "follow_up",
    }


def test_each_agenda_fills_its_time():
    for kind in Kind.objects.prefetch_related("agenda"):
        assert why_not_in_time(kind.agenda.all(), kind.minutes) == "", kind


def test_a_kind_begins_a_title_with_its_own_letters():
    assert [Kind(name=name).title for name in ("yhteinen aika", "MYR", "LP-neuvonpito")] == [
        "Yhteinen aika",
        "MYR",
        "LP-neuvonpito",
    ]


def test_a_kind_in_use_is_never_removed():
    a_convened_meeting()
    kind = Kind.objects.get(code=MeetingKind.SHARED_TIME)
    with pytest.raises(ProtectedError):
        kind.delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM meetings_kindagendarow WHERE kind_id = 'shared_time'")
        cursor.execute("DELETE FROM meetings_kind WHERE code = 'shared_time'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_meeting_is_of_a_kind_that_exists():
    meeting = a_convened_meeting()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET kind = 'party' WHERE id = %s", [meeting.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        (
            "UPDATE meetings_kind SET is_active = false WHERE code = 'shared_time'",
            "kind_shared_time_is_active",
        ),
        ("UPDATE meetings_kind SET minutes = 10 WHERE code = 'myr'", "kind_lasts_sensibly"),
        ("UPDATE meetings_kindagendarow SET minutes = 0 WHERE kind_id = 'myr'", "kind_agenda_takes_time"),
        ("UPDATE meetings_kindagendarow SET position = 1 WHERE kind_id = 'myr'", "kind_agenda_position_once"),
    ],
)
def test_the_database_refuses(sql, constraint):
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- convening -----------------------------------------------------------------------------------


def test_a_convener_chooses_the_kind(client):
    situation = with_conversation()
    client.force_login(situation.holder)
    page = client.get(reverse("meeting_convene", args=[situation.pk]))
    assert "Nuori päättää itse" in page.content.decode()
    client.post(reverse("meeting_convene", args=[situation.pk]), {"kind": "youth_team"})
    assert Meeting.objects.get().kind_id == "youth_team"


def test_without_a_choice_the_page_comes_back(client):
    situation = with_conversation()
    client.force_login(situation.holder)
    answer = client.post(reverse("meeting_convene", args=[situation.pk]), {})
    assert answer.status_code == 422
    assert not Meeting.objects.exists()


def test_a_kind_put_aside_is_not_convened(client):
    situation = with_conversation()
    Kind.objects.filter(code="myr").update(is_active=False)
    with pytest.raises(Refused, match="ei ole enää käytössä"):
        convening.convene(situation=situation, by=situation.holder, kind=Kind.objects.get(code="myr"))
    client.force_login(situation.holder)
    assert (
        "Moniammatillinen" not in client.get(reverse("meeting_convene", args=[situation.pk])).content.decode()
    )


def test_the_search_begins_with_the_length_of_the_kind(client):
    meeting = a_decided_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(kind="myr")
    client.force_login(meeting.convener)
    page = client.get(reverse("meeting_time", args=[meeting.pk]))
    assert page.context["search"]["duration"].value() == "60"
    assert ", 1 t, " in page.content.decode()


def test_the_count_is_of_the_kinds_that_are_shared_times():
    coordinator = WorkerFactory(coordinator=True)
    meetings = [a_held_meeting() for _ in range(4)]
    for meeting, code in zip(meetings, ("shared_time", "myr", "follow_up", "authority"), strict=True):
        Meeting.objects.filter(pk=meeting.pk).update(kind=code)
    month = meetings[0].period.lower.date().replace(day=1)
    table = count_table(coordinator, month, month)
    # Two of the four, told only as a small number.
    assert sum(row.total.high for row in table.rows) in {4, 8}
    Meeting.objects.update(kind="follow_up")
    assert sum(row.total.high for row in count_table(coordinator, month, month).rows) == 0


# --- wording -------------------------------------------------------------------------------------


def test_the_coordinator_words_a_kind_and_the_history_says_so(client):
    coordinator = WorkerFactory(coordinator=True)
    kind = Kind.objects.get(code="myr")
    client.force_login(coordinator)
    sent = posted(kind, name="MYR-tiimi", order_5=1, what_6="Tauko", minutes_6=5, order_6=3)
    answer = client.post(reverse("kind_edit", args=["myr"]), sent)
    assert answer.status_code == 302
    kind.refresh_from_db()
    assert (kind.name, kind.version) == ("MYR-tiimi", 2)
    assert [row.title for row in kind.agenda.all()][:3] == [
        "Tervetuloa ja esittelyt",
        "Palaute",
        "Perheen kuulumiset ja toiveet",
    ]
    assert "Tauko" in {row.title for row in kind.agenda.all()}
    (change,) = history(kind)
    assert change.who == coordinator.name
    assert ("Nimi", "MYR", "MYR-tiimi") in change.fields
    page = client.get(reverse("kind_history", args=["myr"])).content.decode()
    assert "MYR-tiimi" in page and coordinator.name in page


def test_an_agenda_of_another_length_is_warned_of(client):
    kind = Kind.objects.get(code="myr")
    client.force_login(WorkerFactory(coordinator=True))
    answer = client.post(reverse("kind_edit", args=["myr"]), posted(kind, minutes_1=20), follow=True)
    assert "Asialistaan menee 1 t 15 min, mutta aikaa on 1 t." in answer.content.decode()


def test_minutes_are_asked_for(client):
    client.force_login(WorkerFactory(coordinator=True))
    answer = client.post(
        reverse("kind_edit", args=["myr"]), posted(Kind.objects.get(code="myr"), minutes_2="")
    )
    assert answer.status_code == 422
    assert "kuinka monta minuuttia" in answer.content.decode()


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_an_old_page_changes_nothing(role):
    keeper, kind = WorkerFactory(**{role: True}), Kind.objects.get(code="lp")
    change_kind(kind=kind, by=keeper, card=card_of(kind, minutes=60), agenda=lines_of(kind), seen_version=1)
    with pytest.raises(Refused, match="Joku muu"):
        change_kind(kind=kind, by=keeper, card=card_of(kind), agenda=[], seen_version=1)


def test_only_the_keepers_word_kinds():
    kind = Kind.objects.get(code="lp")
    with pytest.raises(Refused, match="Vain koordinaattori"):
        change_kind(kind=kind, by=WorkerFactory(), card=card_of(kind), agenda=[], seen_version=1)


def test_the_shared_time_is_never_put_aside():
    kind = Kind.objects.get(code="shared_time")
    with pytest.raises(Refused, match="aina käytössä"):
        change_kind(
            kind=kind,
            by=WorkerFactory(coordinator=True),
            card=card_of(kind, is_active=False),
            agenda=[],
            seen_version=1,
        )


def test_no_two_kinds_have_one_name():
    kind = Kind.objects.get(code="lp")
    with pytest.raises(Refused, match="on jo"):
        change_kind(
            kind=kind,
            by=WorkerFactory(coordinator=True),
            card=card_of(kind, name="myr"),
            agenda=[],
            seen_version=1,
        )


def test_the_list_asks_as_many_questions_however_many_kinds(client, django_assert_num_queries):
    client.force_login(WorkerFactory())
    client.get(reverse("kind_list"))
    with django_assert_num_queries(4):
        page = client.get(reverse("kind_list"))
    assert "Muokkaa" not in page.content.decode()
