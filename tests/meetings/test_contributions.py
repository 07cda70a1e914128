"""One who can't come says it beforehand: to the family at once, to the table only when the family lets it."""

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from meetings.actions import permissions
from meetings.actions.answers import answer
from meetings.actions.contributions import contribute, decide_on_contribution
from meetings.models import Contribution, Meeting
from network.states import InvitationStatus
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from tests.factories import (
    OutsideProfessionalFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_decided_meeting,
    an_invited_meeting,
    invited,
)

pytestmark = pytest.mark.django_db

WORDS = "Lapsi on iloinen ja auttaa muita.\nAamut ovat olleet raskaita."


def by_raw_sql(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def declined(meeting: Meeting | None = None, number: int = 0):
    """The seat of one who has said that they can't come."""
    seat = invited(meeting or an_invited_meeting(), number)
    answer(invitation=seat.invitation, status=InvitationStatus.DECLINED, by=seat.worker)
    return invited(seat.meeting, number)


def contributed(seat=None, text: str = WORDS) -> Contribution:
    return contribute(participation=seat or declined(), text=text)


# --- writing ---------------------------------------------------------------------------------------


def test_it_is_written_signed_in_and_nothing_of_it_is_shown_back(client):
    seat = declined()
    client.force_login(seat.worker)
    page = client.get(reverse("invitation_detail", args=[seat.invitation_id])).content.decode()
    url = reverse("contribution_write", args=[seat.invitation_id])
    assert url in page
    answered = client.post(url, {"text": WORDS}, follow=True).content.decode()
    assert "tekstisi on perillä" in answered
    assert Contribution.objects.get().text == WORDS
    assert "iloinen" not in client.get(url).content.decode()


def test_it_is_written_by_the_link_without_an_account(client):
    outside = OutsideProfessionalFactory()
    meeting = an_invited_meeting(meeting=a_booked_meeting(meeting=a_decided_meeting(people=[outside])))
    seat = invited(meeting)
    client.post(reverse("invitation_answer", args=[seat.invitation.link.token]), {"answer": "declined"})
    url = reverse("contribution_by_link", args=[seat.invitation.link.token])
    assert url in client.get(reverse("invitation_answer", args=[seat.invitation.link.token])).content.decode()
    assert client.post(url, {"text": WORDS}).status_code == 302
    assert Contribution.objects.get().participation == seat
    page = client.get(url)
    assert page.status_code == 200
    assert "iloinen" not in page.content.decode()


def test_a_wrong_link_opens_nothing(client):
    assert client.get(reverse("contribution_by_link", args=["x" * 40])).status_code == 404


def test_an_empty_text_comes_back(client):
    seat = declined()
    client.force_login(seat.worker)
    sent = client.post(reverse("contribution_write", args=[seat.invitation_id]), {"text": "  "})
    assert sent.status_code == 422
    assert not Contribution.objects.exists()


def test_only_one_who_cant_come_writes_beforehand():
    with pytest.raises(Refused, match="ei pääse paikalle"):
        contributed(invited(an_invited_meeting()))


def declined_by_unit():
    """The seat of an invited unit from which nobody can come."""
    meeting = an_invited_meeting(meeting=a_booked_meeting(meeting=a_decided_meeting(people=[UnitFactory()])))
    seat = invited(meeting)
    answer(invitation=seat.invitation, status=InvitationStatus.DECLINED, by=WorkerFactory(unit=seat.unit))
    return invited(meeting)


def test_somebody_of_an_invited_unit_writes_for_all_of_them_by_name(client, family_client):
    seat = declined_by_unit()
    one, other, outsider = WorkerFactory(unit=seat.unit), WorkerFactory(unit=seat.unit), WorkerFactory()
    url = reverse("contribution_write", args=[seat.invitation_id])
    by_link = client.get(reverse("invitation_answer", args=[seat.invitation.link.token]))
    assert url in by_link.content.decode(), "the link leads to the sign-in"
    client.force_login(one)
    assert client.post(url, {"text": WORDS}).status_code == 302
    assert Contribution.objects.get().written_by == one
    page = family_client.get(
        reverse("family_prepare", args=[seat.meeting.situation.family.link.token])
    ).content.decode()
    assert f"{seat.unit}: {one.name}" in page
    with pytest.raises(Refused, match=one.name):
        contribute(participation=seat, text="Toisin.", by=other)
    with pytest.raises(Refused, match="omista työntekijöistä"):
        contribute(participation=seat, text="Toisin.", by=outsider)
    with pytest.raises(Refused, match="Kirjaudu ensin"):
        contribute(participation=seat, text="Toisin.")


def test_in_the_name_of_a_unit_nobody_else_writes_by_raw_sql_either():
    seat = declined_by_unit()
    one = contribute(participation=seat, text=WORDS, by=WorkerFactory(unit=seat.unit))
    for writer in (None, WorkerFactory().pk):
        with pytest.raises(IntegrityError, match="joku heistä"):
            by_raw_sql("UPDATE meetings_contribution SET written_by_id = %s WHERE id = %s", writer, one.pk)
    by_name = contributed()
    with pytest.raises(IntegrityError, match="joku heistä"):
        by_raw_sql(
            "UPDATE meetings_contribution SET written_by_id = %s WHERE id = %s",
            WorkerFactory().pk,
            by_name.pk,
        )


def test_the_family_is_told_that_it_was_written_to_and_nothing_of_what():
    one = contributed()
    first = Message.objects.get(kind="family_contribution")
    family = one.participation.meeting.situation.family
    assert first.recipient == family.email
    kind = outbox.kind_of(first)
    letter = kind.compose(first)
    for word in ("iloinen", "Aamut", one.participation.name, *(m.first_name for m in family.members.all())):
        assert word not in letter.subject + letter.text + letter.html
    contributed(one.participation)
    assert Message.objects.filter(kind=first.kind).count() == 1
    contributed(one.participation, text="Jotain muuta.")
    waiting = Message.objects.filter(kind=first.kind, state=MessageState.WAITING)
    assert kind.why_not(waiting.get()) is None
    decide_on_contribution(contribution=one, may_be_read=False)
    assert not waiting.exists()
    assert kind.why_not(first) == "decided"


def test_it_is_too_late_when_the_meeting_has_begun():
    seat = declined()
    with time_machine.travel(seat.meeting.period.lower), pytest.raises(Refused, match="jo alkanut"):
        contributed(seat)


def test_a_colleague_does_not_see_the_page(client):
    seat = declined()
    client.force_login(WorkerFactory())
    assert client.get(reverse("contribution_write", args=[seat.invitation_id])).status_code == 404


# --- the family's word -----------------------------------------------------------------------------


def test_the_family_reads_it_at_once_and_decides(family_client):
    one = contributed()
    meeting = one.participation.meeting
    url = reverse("family_prepare", args=[meeting.situation.family.link.token])
    home = reverse("family_home", args=[meeting.situation.family.link.token])
    assert "Teille on kirjoitettu" in family_client.get(home).content.decode()
    page = family_client.get(url).content.decode()
    assert "Lapsi on iloinen" in page and "Ette ole vielä päättäneet." in page
    assert not Contribution.objects.at_the_table().exists()
    # As a browser sends it.
    family_client.post(url, {"read": one.pk, "seen": WORDS.replace("\n", "\r\n")})
    one.refresh_from_db()
    assert (one.may_be_read, one.decided_recorded_by) == (True, None)
    assert "Teille on kirjoitettu" not in family_client.get(home).content.decode()
    family_client.post(url, {"unread": one.pk, "seen": WORDS})
    assert not Contribution.objects.at_the_table().exists()


def test_other_words_than_the_family_read_are_decided_on_anew(family_client):
    one = contributed()
    decide_on_contribution(contribution=one, may_be_read=True)
    contributed(one.participation, text="Jotain muuta.")
    one.refresh_from_db()
    assert (one.may_be_read, one.decided_at) == (None, None)
    url = reverse("family_prepare", args=[one.participation.meeting.situation.family.link.token])
    page = family_client.post(url, {"read": one.pk, "seen": WORDS}, follow=True).content.decode()
    assert "Teksti on muuttunut." in page
    assert not Contribution.objects.at_the_table().exists()


def test_another_familys_page_decides_nothing(family_client):
    one, other = contributed(), an_invited_meeting()
    url = reverse("family_prepare", args=[other.situation.family.link.token])
    page = family_client.post(url, {"read": one.pk, "seen": WORDS}, follow=True).content.decode()
    assert "Tekstiä ei enää ole." in page
    assert not Contribution.objects.at_the_table().exists()


def test_the_worker_writes_the_familys_word_down(client):
    one = contributed()
    meeting = one.participation.meeting
    client.force_login(meeting.convener)
    assert "Lapsi on iloinen" in client.get(meeting.get_absolute_url()).content.decode()
    client.post(reverse("meeting_contribution", args=[meeting.pk]), {"read": one.pk})
    one.refresh_from_db()
    assert (one.may_be_read, one.decided_recorded_by) == (True, meeting.convener)


def test_those_who_come_read_nothing_of_it_and_decide_nothing(client):
    one = contributed()
    meeting = one.participation.meeting
    guest = invited(meeting, 1).worker
    client.force_login(guest)
    assert "iloinen" not in client.get(meeting.get_absolute_url()).content.decode()
    assert (
        client.post(reverse("meeting_contribution", args=[meeting.pk]), {"read": one.pk}).status_code == 404
    )


def test_the_recorder_reads_out_what_may_be_read_only(client):
    meeting = an_invited_meeting()
    one = contributed(declined(meeting))
    Meeting.objects.filter(pk=meeting.pk).update(recorder=invited(meeting, 1).worker)
    url = reverse("meeting_record", args=[meeting.pk])
    with time_machine.travel(meeting.period.lower):
        client.force_login(invited(meeting, 1).worker)
        page = client.get(url)
        assert page.status_code == 200
        assert "iloinen" not in page.content.decode()
        decide_on_contribution(contribution=one, may_be_read=True)
        assert "Lapsi on iloinen" in client.get(url).content.decode()


def test_a_permission_taken_back_closes_it(client, family_client):
    one = contributed()
    decide_on_contribution(contribution=one, may_be_read=True)
    permissions.withdraw(consent=one.consent, by=None)
    meeting = one.participation.meeting
    client.force_login(meeting.convener)
    assert "iloinen" not in client.get(meeting.get_absolute_url()).content.decode()
    url = reverse("family_prepare", args=[meeting.situation.family.link.token])
    assert "iloinen" not in family_client.get(url).content.decode()
    assert not Contribution.objects.at_the_table().exists()
    with pytest.raises(Refused, match="Lupa on peruttu"):
        decide_on_contribution(contribution=one, may_be_read=True)
    with pytest.raises(Refused, match="peruttu"):
        contributed(one.participation, text="Vielä tämä.")


# --- the database ----------------------------------------------------------------------------------


def test_a_withdrawal_by_raw_sql_closes_it_in_the_same_statement():
    one = contributed()
    by_raw_sql("UPDATE network_consent SET withdrawn_at = now() WHERE id = %s", one.consent_id)
    one.refresh_from_db()
    assert one.withdrawn_at is not None


def test_none_is_written_without_a_permission_in_force():
    seat, other = declined(), declined()
    insert = (
        "INSERT INTO meetings_contribution (participation_id, consent_id, text, written_at)"
        " VALUES (%s, %s, 'Sanoja', now())"
    )
    with pytest.raises(IntegrityError, match="osuutta ei voi"):
        by_raw_sql(insert, seat.pk, other.consent_id)
    by_raw_sql("UPDATE network_consent SET withdrawn_at = now() WHERE id = %s", seat.consent_id)
    with pytest.raises(IntegrityError, match="osuutta ei voi"):
        by_raw_sql(insert, seat.pk, seat.consent_id)


def test_changed_words_lose_the_familys_word_by_raw_sql_too():
    one = contributed()
    decide_on_contribution(contribution=one, may_be_read=True)
    by_raw_sql("UPDATE meetings_contribution SET text = 'Muuta' WHERE id = %s", one.pk)
    one.refresh_from_db()
    assert one.may_be_read is None


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE meetings_contribution SET may_be_read = true", "decision_has_time"),
        ("UPDATE meetings_contribution SET text = ''", "says_something"),
    ],
)
def test_the_database_refuses(sql, constraint):
    contributed()
    with pytest.raises(IntegrityError, match=constraint):
        by_raw_sql(sql)


# --- the family's page -----------------------------------------------------------------------------


def test_the_familys_wishes_reach_the_convener_only(client, family_client):
    meeting = an_invited_meeting()
    url = reverse("family_prepare", args=[meeting.situation.family.link.token])
    page = family_client.post(url, {"words": "Saisiko pikkuveli piirtää?"}, follow=True).content.decode()
    assert "Toiveenne on tallennettu." in page
    client.force_login(meeting.convener)
    assert "Saisiko pikkuveli piirtää?" in client.get(meeting.get_absolute_url()).content.decode()
    client.force_login(invited(meeting).worker)
    assert "pikkuveli" not in client.get(meeting.get_absolute_url()).content.decode()


def test_there_is_nothing_to_prepare_for_without_a_meeting(family_client):
    meeting = an_invited_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(
        status="cancelled", cancelled_at=meeting.created_at, cancelled_by=meeting.convener
    )
    url = reverse("family_prepare", args=[meeting.situation.family.link.token])
    assert "ei ole tapaamista" in family_client.get(url, follow=True).content.decode()
