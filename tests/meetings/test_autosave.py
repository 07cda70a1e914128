"""The recorder's fields that save themselves: two writers, and nothing written over unseen."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import recording
from meetings.models import Meeting
from meetings.recorded import saved_fields
from meetings.states import MeetingStatus
from network.models import Worker
from perhekeskus.autosave import Change, WrittenMeanwhile, mark, marks, plain, sort
from perhekeskus.kept import PURPOSE
from perhekeskus.models import AccessLog, KeptForm
from perhekeskus.refusals import Refused
from perhekeskus.sealing import sealed
from tests.factories import WorkerFactory, a_held_meeting, an_invited_meeting, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    """A shared time that has begun, with a chair of its own."""
    meeting = an_invited_meeting(people=2)
    Meeting.objects.filter(pk=meeting.pk).update(chair=invited(meeting).worker)
    meeting.refresh_from_db()
    with time_machine.travel(meeting.period.lower + timedelta(minutes=5)):
        yield meeting


def saves(client, worker: Worker, meeting: Meeting, values=(), seen=None, **more):
    """What the browser sends by itself: what it has seen everywhere, and what its writer has changed."""
    client.force_login(worker)
    seen = saved_fields(meeting) if seen is None else seen
    data = {f"seen.{name}": mark(value) for name, value in seen.items()}
    data |= {f"set.{name}": value for name, value in dict(values).items()}
    data["form_writer"] = sealed(f"worker:{worker.pk}", PURPOSE)
    return client.post(reverse("meeting_record_save", args=[meeting.pk]), data | more)


# --- what is written over what ---------------------------------------------------------------------


def test_a_text_is_written_over_what_was_seen_and_no_other():
    saved = {"a": "vanha", "b": "toisen uusi", "c": "sama"}
    found = sort(
        {
            "a": Change("uusi", mark("vanha")),
            "b": Change("minun", mark("vanha")),
            "c": Change("sama ", mark("jokin")),
            "d": Change("ei kenttää", mark("")),
        },
        saved,
    )
    assert (found.write, found.clash) == ({"a": "uusi"}, ["b"])


def test_what_was_only_looked_at_writes_over_nothing():
    found = sort({"a": Change("vanha", mark("vanha"))}, {"a": "toisen uusi"})
    assert (found.write, found.clash) == ({}, [])


def test_line_ends_and_outer_blanks_are_no_difference():
    assert mark("yksi\r\nkaksi ") == mark("yksi\nkaksi") != mark("yksi kaksi")
    assert plain("\ryksi\r\nkaksi\n") == "yksi\nkaksi"


def test_a_mark_is_no_plain_hash_of_the_text(settings):
    before = mark("Aamut.")
    settings.SECRET_KEY = "toinen-avain-" * 5
    assert mark("Aamut.") != before


# --- single fields ---------------------------------------------------------------------------------


def test_a_field_is_saved_before_the_meeting_is_held(client, meeting):
    answer = saves(client, meeting.convener, meeting, {"notes": "Aamuista.", "tone_self": "strength"})
    assert answer.json()["fields"]["notes"]["seen"] == mark("Aamuista.")
    version = meeting.version
    meeting.refresh_from_db()
    assert (meeting.status, meeting.notes, meeting.version) == (MeetingStatus.INVITED, "Aamuista.", version)
    assert meeting.rays.get().tone == "strength"


def test_the_later_one_is_shown_both_and_nothing_is_lost(client, meeting):
    before = saved_fields(meeting)
    saves(client, meeting.convener, meeting, {"notes": "Ensimmäinen."}, before)
    answer = saves(client, meeting.chair, meeting, {"notes": "Toinen."}, before).json()
    assert answer["fields"]["notes"] == {
        "value": "Ensimmäinen.",
        "seen": mark("Ensimmäinen."),
        "by": meeting.convener.name,
    }
    meeting.refresh_from_db()
    assert meeting.notes == "Ensimmäinen."
    # Having seen it, they decide.
    saves(client, meeting.chair, meeting, {"notes": "Molemmat."}, before | {"notes": "Ensimmäinen."})
    meeting.refresh_from_db()
    assert meeting.notes == "Molemmat."


def test_others_fields_come_with_the_news_and_with_who_is_writing(client, meeting):
    before = saved_fields(meeting)
    saves(client, meeting.convener, meeting, {"text_self": "Rohkea."}, before, writing="text_self")
    news = saves(client, meeting.chair, meeting, seen=before).json()
    assert list(news["fields"]) == ["text_self"]
    assert news["writing"] == {"text_self": meeting.convener.name}
    own = saves(client, meeting.convener, meeting).json()
    assert (own["fields"], own["writing"]) == ({}, {})


def test_a_field_that_cannot_be_saved_says_so_and_the_others_are(client, meeting):
    values = {"tone_self": "hieno", "notes": "Aamuista.", "came_0": "present", "seen": "x"}
    answer = saves(client, meeting.convener, meeting, values).json()
    assert set(answer["refused"]) == {"tone_self", "came_0", "seen"}
    meeting.refresh_from_db()
    assert meeting.notes == "Aamuista."


def test_outsiders_and_guests_save_nothing(client, meeting):
    guest = invited(meeting, 1).worker
    for worker, status in ((WorkerFactory(), 404), (guest, 409)):
        assert saves(client, worker, meeting, {"notes": "Väärä."}).status_code == status
    meeting.refresh_from_db()
    assert meeting.notes == ""


def test_nothing_is_saved_of_a_page_that_was_anothers(client, meeting):
    data = {"form_writer": sealed(f"worker:{meeting.chair.pk}", PURPOSE)}
    answer = saves(client, meeting.convener, meeting, {"notes": "Toisen."}, **data)
    assert (answer.status_code, "joku muu" in answer.json()["closed"]) == (409, True)
    meeting.refresh_from_db()
    assert meeting.notes == ""


def test_a_saving_after_the_session_is_not_kept_by_the_server(client, meeting):
    data = {"form_writer": sealed(f"worker:{meeting.chair.pk}", PURPOSE), "set.notes": "Odottaa sivullaan."}
    url = reverse("meeting_record_save", args=[meeting.pk])
    answer = client.post(url, data, headers={"Origin": "http://testserver"})
    assert answer.status_code == 302
    assert not KeptForm.objects.exists()


def test_an_open_page_is_one_look_in_half_an_hour(client, meeting):
    for minutes in (0, 10, 29, 31):
        with time_machine.travel(meeting.period.lower + timedelta(minutes=minutes), tick=False):
            saves(client, meeting.convener, meeting)
    assert AccessLog.objects.filter(what="Yhteisen ajan kirjaaminen").count() == 2


@pytest.mark.parametrize("people", [1, 6])
def test_news_cost_few_queries_however_many_come(client, people):
    meeting = an_invited_meeting(people=people)
    with time_machine.travel(meeting.period.lower + timedelta(minutes=5)):
        saves(client, meeting.convener, meeting)
        with CaptureQueriesContext(connection) as seen:
            saves(client, meeting.convener, meeting)
    assert len([one for one in seen.captured_queries if "meetings_" in one["sql"]]) == 7


# --- the whole page --------------------------------------------------------------------------------


def test_closing_over_unseen_words_saves_nothing_at_all(meeting):
    before = saved_fields(meeting)
    recording.save_fields(
        meeting=meeting, by=meeting.chair, changes={"notes": Change("Ensimmäinen.", mark(""))}
    )
    changes = {"notes": Change("Toinen.", mark(before["notes"])), "text_self": Change("Rohkea.", mark(""))}
    with pytest.raises(WrittenMeanwhile) as refusal:
        recording.close(meeting=meeting, by=meeting.convener, changes=changes)
    assert refusal.value.names == ["notes"]
    meeting.refresh_from_db()
    assert (meeting.status, meeting.notes, meeting.rays.count()) == ("invited", "Ensimmäinen.", 0)


def test_closing_leaves_what_others_have_written_in_other_fields(client, meeting):
    old = {"seen": marks(saved_fields(meeting)), "notes": "Aamuista."}
    old |= {f"came_{one.pk}": "present" for one in meeting.participations.all()}
    for name, value in saved_fields(meeting).items():
        if value:
            old.setdefault(name, value)
    saves(client, meeting.chair, meeting, {"text_self": "Rohkea.", "tone_self": "strength"})
    client.force_login(meeting.convener)
    assert client.post(reverse("meeting_record", args=[meeting.pk]), old).status_code == 302
    meeting.refresh_from_db()
    ray = meeting.rays.get()
    assert (meeting.status, meeting.notes, ray.text, ray.tone) == (
        "held",
        "Aamuista.",
        "Rohkea.",
        "strength",
    )
    assert set(meeting.participations.values_list("attendance", flat=True)) == {"present"}


def test_nothing_is_saved_once_the_matter_is_over():
    held = a_held_meeting(people=1)
    type(held.situation).objects.filter(pk=held.situation_id).update(stage="plan")
    with pytest.raises(Refused, match="on jo sovittu"):
        recording.save_fields(meeting=held, by=held.convener, changes={"notes": Change("X", mark(""))})


@pytest.mark.django_db(transaction=True)
def test_of_many_who_write_at_once_one_wins_and_the_others_are_told():
    meeting = an_invited_meeting(people=1)
    start, told = threading.Barrier(8), {}

    def write(number: int) -> None:
        start.wait()
        try:
            changes = {
                "notes": Change(f"Teksti {number}", mark("")),
                "text_self": Change(f"{number}", mark("")),
            }
            told[number] = recording.save_fields(meeting=meeting, by=meeting.convener, changes=changes)
        finally:
            connection.close()

    with time_machine.travel(meeting.period.lower + timedelta(minutes=5)):
        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    meeting.refresh_from_db()
    assert len(told) == 8
    assert {said["notes"] for said in told.values()} == {meeting.notes}
    assert {said["text_self"] for said in told.values()} == {meeting.rays.get().text}
