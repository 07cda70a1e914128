"""Every change of who gives the family's permissions is on record, and in sentences."""

import pghistory
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from network.givers import marks, who_decides
from perhekeskus import words
from tests.factories import ChildFactory, FamilyFactory, GuardianFactory, WorkerFactory

pytestmark = pytest.mark.django_db


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


@pytest.fixture
def family():
    family = FamilyFactory()
    GuardianFactory.create_batch(2, family=family)
    return family


def test_nothing_is_told_of_a_family_where_nothing_was_changed(family):
    ChildFactory(family=family)
    family.phone = "+358401234567"
    family.save()
    assert marks(family) == []
    assert who_decides(family) == ["Lupaan riittää teistä yksi huoltaja."]


def test_each_change_is_told_with_its_day_and_its_worker_newest_first(family):
    maija, ville = WorkerFactory(first_name="Maija"), WorkerFactory(first_name="Ville")
    child = ChildFactory(family=family, first_name="Aada", birth_year=timezone.localdate().year - 14)
    with pghistory.context(worker=maija.pk):
        family.both_guardians_asked = True
        family.save()
        child.is_mature = True
        child.save()
    assert who_decides(family) == [
        "Luvat kysytään teiltä kummaltakin huoltajalta.",
        "Aada päättää itse omista luvistaan. Hän voi antaa luvan ja perua sen yksin.",
    ]
    with pghistory.context(worker=ville.pk):
        family.both_guardians_asked = False
        family.save()
        child.is_mature = False
        child.save()
    assert {one.day for one in marks(family)} == {words.day(timezone.localdate())}
    # All in one transaction of the test, so at one moment: the order within it is not told.
    assert {one.text for one in marks(family)} == {
        f"{maija.name} merkitsi, että luvat kysytään teiltä kummaltakin huoltajalta.",
        f"{maija.name} merkitsi, että Aada päättää itse omista luvistaan.",
        f"{ville.name} merkitsi, että luvat kysytään teiltä yhdeltä: yksi huoltaja riittää.",
        f"{ville.name} merkitsi, ettei Aada enää päätä itse omista luvistaan.",
    }


def test_a_change_by_raw_sql_is_told_without_a_name(family):
    sql("UPDATE network_family SET both_guardians_asked = true WHERE id = %s", family.pk)
    sql("UPDATE network_family SET both_guardians_asked = false WHERE id = %s", family.pk)
    assert {one.text for one in marks(family)} == {
        "Palveluun merkittiin, että luvat kysytään teiltä kummaltakin huoltajalta.",
        "Palveluun merkittiin, että luvat kysytään teiltä yhdeltä: yksi huoltaja riittää.",
    }
    for table in ("network_familyevent", "network_familymemberevent"):
        for statement in (f"UPDATE {table} SET pgh_label = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="Cannot update or delete"):
                sql(statement)


def test_another_familys_changes_are_not_told(family):
    other = FamilyFactory()
    GuardianFactory.create_batch(2, family=other)
    sql("UPDATE network_family SET both_guardians_asked = true WHERE id = %s", other.pk)
    ChildFactory(family=other, is_mature=True)
    assert marks(family) == []
    assert len(marks(other)) == 2


def test_a_child_who_was_removed_is_told_of_without_a_name(family):
    child = ChildFactory(family=family, is_mature=True)
    child.delete()
    assert [one.text for one in marks(family)] == [
        "Palveluun merkittiin, että perheestä poistettu nuori päättää itse omista luvistaan."
    ]


def test_telling_takes_as_many_queries_however_many_changes(family, django_assert_num_queries):
    for worker in WorkerFactory.create_batch(3):
        with pghistory.context(worker=worker.pk):
            family.both_guardians_asked = not family.both_guardians_asked
            family.save()
    ChildFactory(family=family, is_mature=True)
    with django_assert_num_queries(4):
        assert len(marks(family)) == 4
