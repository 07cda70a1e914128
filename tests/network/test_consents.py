"""The family's permission opens a door and closes it, whoever writes to the database and in whatever way."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from network.actions import consents
from network.models import Consent, Invitation
from network.rules.consents import why_not_decide_alone
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused
from tests.factories import (
    ChildFactory,
    ClosePersonFactory,
    FamilyFactory,
    GuardianFactory,
    UnitFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db


def given(family=None, to=None, purpose=ConsentPurpose.INVITE, **fields) -> Consent:
    """A permission row, written without the action so that it can also be an odd one."""
    values = {
        "family": family or FamilyFactory(),
        "purpose": purpose,
        "worker": to or WorkerFactory(),
        "method": ConsentMethod.FACE_TO_FACE,
        "recorded_by": WorkerFactory(),
        "topics": ["Uni"],
    } | fields
    return Consent.objects.create(**values)


def invite_by_raw_sql(consent_id: int, status: str = "pending") -> int:
    link = AccessLink.objects.issue(LinkPurpose.ANSWER, days=1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO network_invitation (consent_id, event_name, event_uid, sequence, period, place,
                                               expectation, status, link_id, created_at)
               VALUES (%s, 'Yhteinen aika', %s, 0, tstzrange(now(), now() + interval '2 days'), '',
                       '', %s, %s, now()) RETURNING id""",
            [consent_id, uuid.uuid4(), status, link.pk],
        )
        return cursor.fetchone()[0]


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def test_an_invitation_under_a_permission_in_force_is_let_through():
    assert Invitation.objects.filter(pk=invite_by_raw_sql(given().pk)).exists()


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"withdrawn_at": timezone.now()}, id="withdrawn"),
        pytest.param({"valid_until": timezone.now() - timedelta(seconds=1)}, id="expired"),
        pytest.param({"given_at": timezone.now() + timedelta(days=1)}, id="not yet given"),
        pytest.param({"purpose": ConsentPurpose.CONSULT}, id="to be asked for advice"),
        pytest.param({"purpose": ConsentPurpose.COPY}, id="to have a copy"),
        pytest.param({"purpose": ConsentPurpose.INFORM}, id="to be kept informed"),
    ],
)
@pytest.mark.parametrize("status", ["pending", "accepted", "tentative"])
def test_the_database_refuses_an_invitation_without_a_permission_in_force(fields, status):
    consent = given(**fields)
    with pytest.raises(IntegrityError, match="Perheen lupa puuttuu"):
        invite_by_raw_sql(consent.pk, status)


def test_the_database_refuses_an_invitation_with_no_permission_at_all():
    with pytest.raises(IntegrityError, match="consent_id|Perheen lupa puuttuu"):
        invite_by_raw_sql(0)


def test_an_open_invitation_cannot_be_moved_under_a_permission_that_is_not_in_force():
    invitation = invite_by_raw_sql(given().pk)
    closed = given(withdrawn_at=timezone.now())
    with pytest.raises(IntegrityError, match="Perheen lupa puuttuu"):
        sql("UPDATE network_invitation SET consent_id = %s WHERE id = %s", closed.pk, invitation)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("topics", "{Toinen}"),
        ("purpose", "copy"),
        ("given_at", "2020-01-01"),
        ("valid_until", "2099-01-01"),
        ("method", "phone"),
        ("worker_id", None),
        ("recorded_by_id", None),
    ],
)
def test_a_permission_never_changes(column, value):
    consent = given()
    with pytest.raises(DatabaseError, match="consent_unchanged"):
        sql(f"UPDATE network_consent SET {column} = %s WHERE id = %s", value, consent.pk)


def test_a_permission_is_withdrawn_once_and_stays_so():
    consent = given()
    sql("UPDATE network_consent SET withdrawn_at = now() WHERE id = %s", consent.pk)
    for value in ("now() + interval '1 hour'", "NULL"):
        with pytest.raises(DatabaseError, match="consent_withdrawn_once"):
            sql(f"UPDATE network_consent SET withdrawn_at = {value} WHERE id = %s", consent.pk)


def test_withdrawing_by_raw_sql_revokes_the_invitations_in_the_same_statement():
    consent, other = given(), given()
    closed, answered, kept = (
        invite_by_raw_sql(consent.pk),
        invite_by_raw_sql(consent.pk, "accepted"),
        invite_by_raw_sql(other.pk),
    )
    sql("UPDATE network_consent SET withdrawn_at = now() WHERE id = %s", consent.pk)
    statuses = dict(Invitation.objects.values_list("pk", "status"))
    assert statuses == {closed: "revoked", answered: "revoked", kept: "pending"}


def test_a_permission_that_carried_an_invitation_cannot_be_removed_from_under_it():
    consent = given()
    invite_by_raw_sql(consent.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("DELETE FROM network_consent WHERE id = %s", consent.pk)
        sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_every_change_of_a_permission_leaves_its_history():
    consent = given()
    sql("UPDATE network_consent SET withdrawn_at = now() WHERE id = %s", consent.pk)
    sql("DELETE FROM network_consent WHERE id = %s", consent.pk)
    from network.models import consents as module

    history = module.Consent.pgh_event_model.objects.filter(pgh_obj_id=consent.pk).order_by("pgh_id")
    assert [row.pgh_label for row in history] == ["insert", "update", "delete"]
    with pytest.raises(DatabaseError):
        sql("UPDATE network_consentevent SET topics = '{}' WHERE pgh_obj_id = %s", consent.pk)


def test_a_permission_has_one_receiver():
    for fields in ({"worker": None}, {"unit": UnitFactory()}):
        with pytest.raises(IntegrityError, match="consent_one_receiver"), transaction.atomic():
            given(**fields)


def test_somebody_records_it_unless_the_family_gives_it_on_its_own_page():
    family, worker = FamilyFactory(), WorkerFactory()
    own = consents.give(
        family=family, to=worker, purpose=ConsentPurpose.INVITE, topics=["Uni"], method=ConsentMethod.OWN_LINK
    )
    assert own.recorded_by is None
    with pytest.raises(ValidationError, match="Luvalla on kirjaaja"):
        consents.give(
            family=family,
            to=WorkerFactory(),
            purpose=ConsentPurpose.INVITE,
            topics=["Uni"],
            method=ConsentMethod.PHONE,
        )


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_nobody_lets_in_a_coordinator_or_an_administrator(role):
    with pytest.raises(Refused, match="ei työskentele perheiden kanssa"):
        consents.give(
            family=FamilyFactory(),
            to=WorkerFactory(**{role: True}),
            purpose=ConsentPurpose.INVITE,
            topics=["Uni"],
            method=ConsentMethod.FACE_TO_FACE,
            by=WorkerFactory(),
        )


def _give(family, to, topics, purpose=ConsentPurpose.INVITE):
    return consents.give(
        family=family,
        to=to,
        purpose=purpose,
        topics=topics,
        method=ConsentMethod.FACE_TO_FACE,
        given_by=family.members.first(),
        by=WorkerFactory(),
    )


@pytest.mark.parametrize("make", [WorkerFactory, UnitFactory, ClosePersonFactory])
def test_the_same_permission_again_is_the_same_row(make):
    to = make()
    family = getattr(to, "family", None) or FamilyFactory()
    GuardianFactory(family=family)
    first = _give(family, to, ["Uni"])
    assert _give(family, to, ["Uni"]) == first
    assert first.receiver == (to.name if hasattr(to, "name") else str(to))


def test_other_topics_are_a_new_permission_and_the_invitation_comes_along():
    family, worker = FamilyFactory(), WorkerFactory()
    first = _give(family, worker, ["Uni"])
    invitation = invite_by_raw_sql(first.pk, "accepted")
    second = _give(family, worker, ["Uni", "Koulumatka"])
    first.refresh_from_db()
    assert second != first and first.withdrawn_at is not None and second.is_in_force
    moved = Invitation.objects.get(pk=invitation)
    assert (moved.consent, moved.status) == (second, "accepted")


def test_withdrawing_is_for_the_purpose_and_the_receiver_altogether():
    family, worker, other = FamilyFactory(), WorkerFactory(), WorkerFactory()
    to_invite = _give(family, worker, ["Uni"])
    copy = _give(family, worker, [], ConsentPurpose.COPY)
    others = _give(family, other, ["Uni"])
    twin = given(family, worker)
    consents.withdraw(consent=to_invite, by=None)
    assert set(Consent.objects.in_force()) == {copy, others}
    twin.refresh_from_db()
    assert twin.withdrawn_at is not None
    again = consents.withdraw(consent=to_invite, by=WorkerFactory())
    assert again.withdrawn_recorded_by is None, "the first withdrawal stands as it was"


def test_in_force_is_the_same_in_python_and_in_the_database():
    now = timezone.now()
    rows = [
        given(),
        given(withdrawn_at=now),
        given(valid_until=now - timedelta(seconds=1)),
        given(valid_until=now + timedelta(days=1)),
        given(given_at=now + timedelta(days=1)),
    ]
    assert {row.pk for row in rows if row.is_in_force} == set(
        Consent.objects.in_force().values_list("pk", flat=True)
    )
    assert [row.is_in_force for row in rows] == [True, False, False, True, False]


def test_a_permission_is_given_by_a_guardian_of_the_family_itself():
    stranger = GuardianFactory()
    with pytest.raises(IntegrityError, match="huoltaja tai nuori"):
        given(given_by=stranger)


@pytest.mark.parametrize("is_mature", [True, False])
def test_a_minor_gives_a_permission_only_when_deciding_alone(is_mature):
    child = ChildFactory(is_mature=is_mature)
    if is_mature:
        assert given(family=child.family, given_by=child).is_in_force
    else:
        with pytest.raises(IntegrityError, match="huoltaja tai nuori"):
            given(family=child.family, given_by=child)


def test_where_both_guardians_are_asked_the_word_of_one_opens_nothing():
    family = FamilyFactory(both_guardians_asked=True)
    mother, father = GuardianFactory(family=family), GuardianFactory(family=family)
    teenager = ChildFactory(family=family, is_mature=True)
    for alone in ({}, {"given_by": mother}):
        with pytest.raises(IntegrityError, match="kummaltakin"), transaction.atomic():
            given(family=family, **alone)
    assert given(family=family, given_by=mother, given_with=father).is_in_force
    assert given(family=family, given_by=teenager).is_in_force


def test_the_other_guardian_is_another_guardian_of_the_same_family():
    family = FamilyFactory()
    mother, child = GuardianFactory(family=family), ChildFactory(family=family, is_mature=True)
    for other in (mother, child, GuardianFactory()):
        with pytest.raises(IntegrityError), transaction.atomic():
            given(family=family, given_by=mother, given_with=other)


def test_asking_one_again_puts_no_permission_of_one_in_force():
    family = FamilyFactory(both_guardians_asked=True)
    mother, _father = GuardianFactory(family=family), GuardianFactory(family=family)
    with pytest.raises(IntegrityError, match="kummaltakin"), transaction.atomic():
        given(family=family, given_by=mother)
    sql("UPDATE network_family SET both_guardians_asked = false WHERE id = %s", family.pk)
    assert not Consent.objects.in_force().filter(family=family).exists()
    assert given(family=family, given_by=mother).is_in_force, "one who is asked anew is enough"


def test_nobody_under_twelve_is_marked_as_deciding_alone():
    twelve = timezone.localdate().year - 12
    young, older = ChildFactory(birth_year=twelve + 1), ChildFactory(birth_year=twelve)
    mark = "UPDATE network_familymember SET is_mature = true WHERE id = %s"
    with pytest.raises(IntegrityError, match="Alle 12-vuotias"):
        sql(mark, young.pk)
    sql(mark, older.pk)
    with pytest.raises(IntegrityError, match="Alle 12-vuotias"):
        sql("UPDATE network_familymember SET birth_year = %s WHERE id = %s", twelve + 1, older.pk)
    assert str(why_not_decide_alone(young)).startswith(young.first_name)
    assert why_not_decide_alone(older) is None
    assert why_not_decide_alone(GuardianFactory()) is not None
