"""Meetings by the million: what the triggers would have kept and counted is there without them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from meetings.models import Cancellation, Meeting, Situation
from meetings.states import MeetingStatus
from network.models import Municipality
from network.recount import wrong_numbers, wrong_rows
from plans.demonstration.many_meetings import INDEXES, TABLES, load_meetings
from tests.factories import WorkerFactory, a_held_meeting

pytestmark = pytest.mark.django_db


def indexes() -> dict[str, list]:
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(INDEXES, [table])
            found[table] = cursor.fetchall()
        return found


def test_so_many_meetings_whose_numbers_are_right_and_nothing_else_changes() -> None:
    before = indexes()
    Municipality.objects.bulk_create(
        Municipality(code=code, name_fi=code, name_sv=code, county_fi="Alue", languages="fi")
        for code in ("901", "902", "903")
    )

    load_meetings(400, 8)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    load_meetings(100, 13)

    assert Meeting.objects.count() == 500
    assert set(Meeting.objects.values_list("status", flat=True).distinct()) == {
        MeetingStatus.HELD, MeetingStatus.NOT_HELD, MeetingStatus.CANCELLED,
    }  # fmt: skip
    assert Cancellation.objects.count() == Meeting.objects.exclude(status=MeetingStatus.HELD).count()
    assert not Situation.objects.filter(family=None).exists()
    assert indexes() == before
    # The one that has only its key.
    assert [table for table, rows in before.items() if not rows] == ["meetings_firstsharedtime"]
    assert wrong_numbers() == [] and wrong_rows() == []
    # The next one has a key of its own, and is counted by the triggers again.
    a_held_meeting()
    assert Meeting.objects.count() == 501
    assert wrong_numbers() == []


def test_nothing_invented_is_written_where_real_people_work(settings) -> None:
    WorkerFactory(email="oikea.ihminen@kunta.fi")
    with pytest.raises(CommandError, match="muitakin kuin keksittyjä"):
        call_command("load_meetings", number=10, stdout=StringIO())
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="tuotantoon"):
        call_command("load_meetings", number=10, stdout=StringIO())
    assert not Meeting.objects.exists()
