"""Agreeing beforehand: what for, who leads, the agenda, the setting, and who sees to what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import convening, permissions, preparing
from meetings.agenda import AgendaLine
from meetings.models import AgendaItem, Errand, Kind, Meeting, Preparation
from perhekeskus.refusals import Refused
from tests.factories import (
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    an_invited_meeting,
    invited,
)

pytestmark = pytest.mark.django_db


def agreement(meeting: Meeting, **said) -> preparing.Agreement:
    return preparing.Agreement(**{"kind": meeting.kind, **said})


def agreed(meeting: Meeting, **said) -> Meeting:
    return preparing.agree(
        meeting=meeting,
        by=meeting.convener,
        agreement=agreement(meeting, **said),
        seen_version=meeting.version,
    )


def placed(meeting: Meeting, **said) -> Meeting:
    return preparing.set_setting(
        meeting=meeting,
        by=meeting.convener,
        setting=preparing.Setting(**said),
        seen_version=meeting.version,
    )


def page(client, meeting: Meeting, name: str = "meeting_detail", by=None) -> str:
    client.force_login(by or meeting.convener)
    answer = client.get(reverse(name, args=[meeting.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


# --- goal, means, division of work, vetovastuu -----------------------------------------------------


def test_the_convener_agrees_on_the_page_and_the_invited_read_who_leads_only(client):
    meeting = an_invited_meeting()
    guest = invited(meeting)
    client.force_login(meeting.convener)
    answer = client.post(
        reverse("meeting_prepare", args=[meeting.pk]),
        {
            "version": meeting.version,
            "goal": "Aamut sujuvat.",
            "means": "Katsotaan viikko läpi.",
            "division": "Päiväkoti kertoo aamuista.",
            "leading_unit": guest.worker.unit_id,
            "consulting": [invited(meeting, 1).pk],
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    text = page(client, meeting)
    for words in ("Aamut sujuvat.", "Katsotaan viikko läpi.", "Päiväkoti kertoo aamuista."):
        assert words in text
    assert str(guest.worker.unit) in text
    seen = page(client, meeting, by=guest.worker)
    assert "Vetovastuu" in seen
    assert "Aamut sujuvat." not in seen


def test_a_unit_that_does_not_come_does_not_lead():
    meeting = a_decided_meeting()
    with pytest.raises(Refused, match="Vetovastuussa"):
        agreed(meeting, leading_unit=UnitFactory())


def test_only_the_convener_agrees():
    meeting = a_decided_meeting()
    with pytest.raises(Refused, match="Vain koollekutsuja"):
        preparing.agree(
            meeting=meeting, by=WorkerFactory(), agreement=agreement(meeting), seen_version=meeting.version
        )


def test_nothing_is_agreed_beforehand_of_what_was_held():
    meeting = a_held_meeting()
    with pytest.raises(Refused, match="on jo ollut"):
        agreed(meeting, goal="Jälkikäteen")


def test_an_old_page_changes_nothing():
    meeting = a_decided_meeting()
    agreed(meeting, goal="Ensin")
    with pytest.raises(Refused, match="vanhentunut"):
        agreed(meeting, goal="Sitten")
    assert Preparation.objects.get().goal == "Ensin"


def test_another_kind_brings_its_agenda_until_the_time_is_booked():
    meeting = a_decided_meeting()
    myr = Kind.objects.get(code="myr")
    meeting = agreed(meeting, kind=myr)
    assert [item.title for item in meeting.agenda.all()] == [row.title for row in myr.agenda.all()]
    booked = a_booked_meeting()
    with pytest.raises(Refused, match="varattu"):
        agreed(booked, kind=myr)


# --- the agenda ------------------------------------------------------------------------------------


def test_a_meeting_begins_with_the_agenda_of_its_kind():
    meeting = a_convened_meeting()
    assert list(meeting.agenda.values_list("title", "minutes")) == list(
        meeting.kind.agenda.values_list("title", "minutes")
    )


def lines(*titles: str, minutes: int = 30, topic_id: int | None = None) -> list[AgendaLine]:
    return [AgendaLine(title, minutes, topic_id) for title in titles]


def test_the_agenda_is_written_in_the_order_of_its_numbers(client):
    meeting = a_booked_meeting()
    client.force_login(meeting.convener)
    answer = client.post(
        reverse("meeting_agenda_edit", args=[meeting.pk]),
        {
            "version": meeting.version,
            "order_1": 2,
            "what_1": "Suunnitelma",
            "minutes_1": 60,
            "order_2": 1,
            "what_2": "Kuulumiset",
            "minutes_2": 45,
            "what_3": "",
            "minutes_3": "",
        },
        follow=True,
    )
    text = answer.content.decode()
    assert list(meeting.agenda.values_list("position", "title")) == [(1, "Kuulumiset"), (2, "Suunnitelma")]
    assert "Asialistaan menee 1 t 45 min, mutta aikaa on 1 t 30 min." in text
    assert "9.30" in text and "10.15" in text


def test_the_invited_see_only_the_topics_that_they_may_know(client):
    meeting = a_decided_meeting(people=2, topics=["Aamut", "Raha"])
    meeting = an_invited_meeting(meeting=a_booked_meeting(meeting=meeting))
    meeting.refresh_from_db()
    mornings, money = meeting.topics.order_by("pk")
    preparing.write_agenda(
        meeting=meeting,
        by=meeting.convener,
        lines=[*lines("Miten aamut menevät", topic_id=mornings.pk), *lines("Rahahuolet", topic_id=money.pk)],
        seen_version=meeting.version,
    )
    guest = invited(meeting)
    text = page(client, meeting, "meeting_agenda", by=guest.worker)
    assert "Rahahuolet" in text and "Miten aamut menevät" in text
    meeting.topics.filter(pk=money.pk).update(decision="no")
    for by in (guest.worker, meeting.convener):
        text = page(client, meeting, "meeting_agenda", by=by)
        assert "Rahahuolet" not in text and "Raha" not in text
        assert "Muu asia" in text


def test_an_agenda_names_nobody_of_the_family():
    meeting = a_convened_meeting()
    with pytest.raises(Refused, match="Aada"):
        preparing.write_agenda(
            meeting=meeting, by=meeting.convener, lines=lines("Aadan aamut"), seen_version=meeting.version
        )


def test_the_same_agenda_twice_is_once_and_an_old_page_changes_nothing():
    meeting = a_convened_meeting()
    seen = meeting.version
    for _ in range(2):
        preparing.write_agenda(
            meeting=meeting, by=meeting.convener, lines=lines("Kuulumiset"), seen_version=seen
        )
    with pytest.raises(Refused, match="vanhentunut"):
        preparing.write_agenda(meeting=meeting, by=meeting.convener, lines=[], seen_version=seen)


def test_a_topic_of_another_meeting_is_refused():
    meeting, other = a_convened_meeting(), a_convened_meeting()
    with pytest.raises(Refused, match="Aihetta ei enää ole"):
        preparing.write_agenda(
            meeting=meeting,
            by=meeting.convener,
            lines=lines("Aihe", topic_id=other.topics.first().pk),
            seen_version=meeting.version,
        )


def test_a_removed_topic_leaves_its_row_on_the_agenda():
    meeting = a_convened_meeting()
    topic = meeting.topics.first()
    AgendaItem.objects.filter(meeting=meeting, position=1).update(topic=topic)
    convening.remove_topic(topic=topic, by=meeting.convener)
    assert AgendaItem.objects.get(meeting=meeting, position=1).topic_id is None


def test_the_agenda_is_printed_and_tagged(client):
    meeting = an_invited_meeting()
    client.force_login(meeting.convener)
    answer = client.get(reverse("meeting_agenda_pdf", args=[meeting.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


# --- the setting -----------------------------------------------------------------------------------


def setting_sent(meeting: Meeting, **said) -> dict[str, object]:
    return {"version": meeting.version, "place_kind": "room"} | said


def test_the_setting_brings_its_errands(client):
    meeting = a_decided_meeting()
    client.force_login(meeting.convener)
    url = reverse("meeting_setting", args=[meeting.pk])
    sent = setting_sent(meeting, coffee="on", interpreter="somali", interpreter_state="needed", seats=8)
    assert client.post(url, sent).status_code == 302
    assert set(Errand.objects.values_list("title", flat=True)) == {"Kahvit ja mehut", "Tulkin tilaaminen"}
    meeting.refresh_from_db()
    assert "somali, tilaamatta" in page(client, meeting)
    sent = setting_sent(meeting, interpreter="somali", interpreter_state="confirmed")
    client.post(url, sent)
    interpreter = Errand.objects.get()
    assert (interpreter.title, interpreter.done_by) == ("Tulkin tilaaminen", meeting.convener)


def test_the_interpreter_is_proposed_in_the_familys_language(client):
    meeting = a_decided_meeting()
    family = meeting.situation.family
    family.needs_interpreter, family.other_language = True, "somali"
    family.save()
    assert 'value="somali"' in page(client, meeting, "meeting_setting")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"place_kind": "school"}, "Kirjoita, missä tavataan."),
        ({"place_text": "Koulu"}, "Tyhjennä tämä: paikka on"),
        ({"remote_url": "https://etayhteys.example/a"}, "Tyhjennä tämä tai valitse"),
        ({"place_kind": "remote", "remote_url": "http://etayhteys.example/a"}, "pitää olla https://"),
        ({"place_kind": "remote", "remote_url": "javascript:alert(1)"}, "Virhe"),
        ({"interpreter_state": "needed"}, "mille kielelle"),
        ({"place_kind": "moon"}, "Valittua vaihtoehtoa"),
    ],
)
def test_a_setting_that_does_not_hold_together_comes_back(client, said, sentence):
    meeting = a_decided_meeting()
    client.force_login(meeting.convener)
    answer = client.post(reverse("meeting_setting", args=[meeting.pk]), setting_sent(meeting, **said))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_place_stays_once_a_room_is_booked_or_the_invitations_are_out():
    with pytest.raises(Refused, match="Peru varaus"):
        placed(a_booked_meeting(), place_kind="home")
    with pytest.raises(Refused, match="Kutsut on jo lähetetty"):
        placed(an_invited_meeting(), place_kind="school", place_text="Rinteen koulu")
    # What isn't a place is agreed on until the very day.
    placed(an_invited_meeting(), coffee=True)


# --- who sees to what ------------------------------------------------------------------------------


def test_the_checklist_says_who_sees_to_what(client):
    meeting = placed(a_decided_meeting(), coffee=True, toys=True)
    coffee, toys = meeting.errands.order_by("title")
    guest = meeting.participations.exclude(worker=None).first().worker
    client.force_login(meeting.convener)
    answer = client.post(
        reverse("meeting_checklist", args=[meeting.pk]),
        {
            f"who_{coffee.pk}": str(guest.pk),
            f"done_{coffee.pk}": "on",
            f"who_{toys.pk}": "family",
            "added": "Avaimet",
        },
        follow=True,
    )
    assert "Muistilista on tallennettu." in answer.content.decode()
    coffee.refresh_from_db()
    toys.refresh_from_db()
    assert (coffee.worker, coffee.done_by) == (guest, meeting.convener)
    assert (toys.by_family, toys.worker, toys.done_at) == (True, None, None)
    assert meeting.errands.filter(title="Avaimet").exists()
    ready = an_invited_meeting(meeting=a_booked_meeting(meeting=Meeting.objects.get(pk=meeting.pk)))
    assert "Muistilista: kuka hoitaa" in page(client, ready)
    assert "Muistilista: kuka hoitaa" not in page(client, ready, by=guest)


def test_an_errand_is_given_to_those_who_come():
    meeting = placed(a_decided_meeting(), coffee=True)
    coffee = meeting.errands.get()
    with pytest.raises(Refused, match="ovat mukana"):
        preparing.see_to(
            meeting=meeting,
            by=meeting.convener,
            checklist=preparing.Checklist(who={coffee.pk: WorkerFactory().pk}),
        )


def test_who_keeps_the_time_is_named_and_freed_with_the_permission(client):
    meeting = a_booked_meeting()
    guest = invited(meeting).worker
    client.force_login(meeting.convener)
    sent = {
        "version": meeting.version,
        "chair": meeting.convener_id,
        "recorder": meeting.convener_id,
        "timekeeper": guest.pk,
    }
    client.post(reverse("meeting_check", args=[meeting.pk]), sent)
    meeting.refresh_from_db()
    assert meeting.timekeeper == guest
    assert "Ajan seuraaja" in page(client, meeting)
    permissions.withdraw(consent=invited(meeting).consent, by=None)
    meeting.refresh_from_db()
    assert meeting.timekeeper is None


@pytest.mark.parametrize("name", ["meeting_detail", "meeting_agenda", "meeting_prepare", "meeting_setting"])
def test_the_number_of_queries_does_not_grow(client, name):
    meeting = placed(a_decided_meeting(people=2), coffee=True)
    client.force_login(meeting.convener)
    url = reverse(name, args=[meeting.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(6):
        Errand.objects.create(meeting=meeting, title=f"Asia {number}", worker=meeting.convener)
        AgendaItem.objects.create(
            meeting=meeting, position=50 + number, title="Kohta", minutes=5, topic=meeting.topics.first()
        )
        convening.propose_person(meeting=meeting, by=meeting.convener, person=WorkerFactory())
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(few)
