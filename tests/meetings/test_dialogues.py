"""Tulevaisuuden muistelu: turn by turn, in the speaker's words, and on to the plan's draft."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import dialogues
from meetings.models import Dialogue, DialogueTurn, Meeting
from perhekeskus.autosave import Change, mark, marks
from perhekeskus.kept import PURPOSE
from perhekeskus.models import AccessLog
from perhekeskus.refusals import Refused
from perhekeskus.sealing import sealed
from perhekeskus.words import today
from plans.models import Plan
from tests.factories import (
    ClosePersonFactory,
    WorkerFactory,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    invited,
    next_weekday,
    with_conversation,
)
from tests.factories.plans import an_agreed_plan

pytestmark = pytest.mark.django_db


_TRAVELS: list[time_machine.travel] = []


@pytest.fixture(autouse=True)
def back_home():
    yield
    while _TRAVELS:
        _TRAVELS.pop().stop()


def held(**made) -> Meeting:
    """A meeting that was held; it is an hour after it."""
    meeting = a_held_meeting(**made)
    _TRAVELS.append(time_machine.travel(meeting.period.upper + timedelta(hours=1), tick=False))
    _TRAVELS[-1].start()
    return meeting


def begun(meeting: Meeting | None = None, **made) -> Dialogue:
    meeting = meeting or held(**made)
    return dialogues.begin(
        meeting=meeting, by=meeting.convener, future_on=today() + timedelta(days=365), minutes=10
    )


def turns(dialogue: Dialogue) -> list[DialogueTurn]:
    return list(dialogue.turns.with_speakers().select_related("dialogue__meeting"))


def said(turn: DialogueTurn, by=None, **answers: str) -> None:
    kept = {answer.question: answer.text for answer in turn.answers.model.objects.filter(turn=turn)}
    dialogues.write(
        turn=turn,
        by=by or turn.dialogue.meeting.convener,
        answers={name: Change(text, mark(kept.get(name, ""))) for name, text in answers.items()},
    )


def page(meeting: Meeting, name: str = "meeting_dialogue", *more) -> str:
    return reverse(name, args=[meeting.pk, *more])


# --- leading ----------------------------------------------------------------------------------------


def test_the_family_speaks_first_then_the_close_ones_then_the_others():
    situation = with_conversation(a_situation())
    mummo = ClosePersonFactory(family=situation.family, name="Mummo Maija")
    worker = WorkerFactory()
    dialogue = begun(situation=situation, people=[worker, mummo])
    names = [turn.name for turn in turns(dialogue)]
    assert names == ["Äiti-Kaisa", "Isä-Örjan", "Mummo Maija", worker.name, situation.holder.name]
    assert begun(dialogue.meeting).pk == dialogue.pk and len(turns(dialogue)) == 5


def test_a_child_may_have_a_turn_and_anybody_can_be_passed_over():
    dialogue = begun(people=1)
    convener, family = dialogue.meeting.convener, dialogue.meeting.situation.family
    child = family.members.get(first_name="Aada")
    for _press in range(2):
        turn = dialogues.add_member(dialogue=dialogue, by=convener, member=child)
    assert [one.name for one in turns(dialogue)][-1] == "Aada"
    dialogues.skip(turn=turn, by=convener, is_skipped=True)
    turn.refresh_from_db()
    with pytest.raises(Refused, match="ohitettu"):
        said(turn, now="Leikin.")
    dialogues.skip(turn=turn, by=convener, is_skipped=False)
    said(turn, now="Leikin.")
    with pytest.raises(Refused, match="ei kuulu"):
        stranger = a_situation().family.members.first()
        dialogues.add_member(dialogue=dialogue, by=convener, member=stranger)


@pytest.mark.parametrize("who", ["guest", "other", "coordinator"])
def test_led_by_those_who_write_down_the_meeting(who, client):
    meeting = held(people=1)
    worker = (
        invited(meeting).worker
        if who == "guest"
        else WorkerFactory(**({} if who == "other" else {who: True}))
    )
    with pytest.raises(Refused, match="sovittu kirjaaja"):
        dialogues.begin(meeting=meeting, by=worker, future_on=today() + timedelta(days=365), minutes=10)
    client.force_login(worker)
    assert client.get(page(meeting)).status_code == (302 if who == "guest" else 404)


def test_a_number_of_any_length_is_nobodys(client):
    dialogue = begun()
    client.force_login(dialogue.meeting.convener)
    for name, button in (("meeting_dialogue", "skip"), ("meeting_influence", "remove")):
        assert client.post(page(dialogue.meeting, name), {button: "9" * 5000}).status_code == 404


def test_not_after_the_plan_was_agreed():
    meeting = held(people=1)
    dialogue = begun(meeting)
    first = turns(dialogue)[0]
    # The permission of the plan is asked by the database's own clock.
    _TRAVELS[-1].stop()
    an_agreed_plan(meeting=meeting, responsible=invited(meeting).worker)
    _TRAVELS[-1].start()
    with pytest.raises(Refused, match="on jo sovittu"):
        said(first, now="Hyvin.")


def test_what_another_wrote_meanwhile_is_shown_and_not_written_over(client):
    dialogue = begun(people=1)
    meeting, first = dialogue.meeting, turns(dialogue)[0]
    client.force_login(meeting.convener)
    url = page(meeting, "meeting_dialogue_turn", first.pk, 1)
    said(first, now="Nukumme kaikki yöt.")
    response = client.post(url, {"now": "Nukumme yöt.", "seen": marks({"now": ""})})
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Nukumme kaikki yöt." in shown and ">\nNukumme yöt.<" in shown
    assert first.answers.get().text == "Nukumme kaikki yöt."
    seen = marks({"now": "Nukumme kaikki yöt."})
    assert client.post(url, {"now": "Nukumme yöt.", "seen": seen}).status_code == 302
    assert first.answers.get().text == "Nukumme yöt."


def saves(client, turn: DialogueTurn, step: int, saved: dict[str, str], **values: str):
    """What the browser sends by itself: what it has seen, and what its writer has changed."""
    convener = turn.dialogue.meeting.convener
    data = {f"seen.{name}": mark(text) for name, text in saved.items()}
    data |= {f"set.{name}": text for name, text in values.items()}
    data["form_writer"] = sealed(f"worker:{convener.pk}", PURPOSE)
    return client.post(page(turn.dialogue.meeting, "meeting_dialogue_turn_save", turn.pk, step), data)


def test_answers_save_themselves_and_nothing_is_written_over_unseen(client):
    dialogue = begun(people=1)
    first = turns(dialogue)[0]
    client.force_login(dialogue.meeting.convener)
    shown = client.get(page(dialogue.meeting, "meeting_dialogue_turn", first.pk, 2)).content.decode()
    assert f'data-autosave="{page(dialogue.meeting, "meeting_dialogue_turn_save", first.pk, 2)}"' in shown
    seen = {"helped": "", "did": ""}
    told = saves(client, first, 2, seen, did="Kävelin kouluun.").json()["fields"]
    assert told["did"] == {"value": "Kävelin kouluun.", "seen": mark("Kävelin kouluun."), "by": ""}
    told = saves(client, first, 2, seen, did="Pyöräilin.", helped="Mummo.").json()["fields"]
    assert (told["did"]["value"], told["helped"]["value"]) == ("Kävelin kouluun.", "Mummo.")
    assert dialogues.saved_answers(first)["did"] == "Kävelin kouluun."
    assert "set.now" not in told and saves(client, first, 2, seen, now="Hyvin.").json()["refused"]["now"]
    dialogues.skip(turn=first, by=dialogue.meeting.convener, is_skipped=True)
    refused = saves(client, first, 2, dialogues.saved_answers(first), did="Uusi.")
    assert refused.status_code == 409 and "ohitettu" in refused.json()["closed"]


def test_what_was_left_as_it_was_on_an_old_page_gets_what_is_saved(client):
    dialogue = begun(people=1)
    meeting, first = dialogue.meeting, turns(dialogue)[0]
    old = marks({"helped": "", "did": ""})
    said(first, helped="Mummo auttoi.", did="Luin sadun.")
    client.force_login(meeting.convener)
    url = page(meeting, "meeting_dialogue_turn", first.pk, 2)
    form = client.post(url, {"helped": "", "did": "Lauloin.", "seen": old}).context["form"]
    assert (form["helped"].value(), form["did"].value()) == ("Mummo auttoi.", "Lauloin.")
    data = {"helped": "Mummo auttoi.", "did": "Lauloin.", "seen": form["seen"].value()}
    assert client.post(url, data).status_code == 302
    saved = dialogues.saved_answers(first)
    assert (saved["helped"], saved["did"]) == ("Mummo auttoi.", "Lauloin.")


# --- the pages --------------------------------------------------------------------------------------


def test_from_the_sheet_through_a_turn_to_the_draft_of_the_plan(client):
    meeting = held(people=1)
    client.force_login(meeting.convener)
    begin = {"future_on": (today() + timedelta(days=365)).isoformat(), "minutes": 8}
    shown = client.post(page(meeting), begin, follow=True).content.decode()
    assert "ja asiat ovat hyvin" in shown and "noin 8 minuuttia" in shown
    mother, father = turns(meeting.dialogue)[:2]
    did = {mother: "Kävelin lasten kanssa kouluun.\nPyysin äidiltä apua.", father: "Tein iltapalan."}
    for turn, what in did.items():
        answers = [
            {"now": "Aamut ovat rauhallisia."},
            {"helped": "Opettaja soitti.", "did": what},
            {"worried": "Väsymys.", "eased": ""},
        ]
        for step, answer in enumerate(answers, 1):
            url = page(meeting, "meeting_dialogue_turn", turn.pk, step)
            assert client.post(url, answer).status_code == 302
    assert client.get(page(meeting)).content.decode().count("puhunut") == 2
    proposals = page(meeting, "meeting_dialogue_proposals")
    form = client.get(proposals).context["form"]
    keys = [key for key, _label in form.fields["chosen"].choices]
    assert len(keys) == 5 and len(form.initial["chosen"]) == 3
    for _press in range(2):
        client.post(proposals, {"chosen": [*form.initial["chosen"], keys[2]]})
    plan = Plan.objects.get()
    assert plan.status == "draft" and plan.agreed_at is None
    rows = [(row.what, row.who, row.words_of) for row in plan.measures.all()]
    assert rows == [
        ("Kävelin lasten kanssa kouluun.", "Äiti-Kaisa", "Äiti-Kaisa"),
        ("Pyysin äidiltä apua.", "Äiti-Kaisa", "Äiti-Kaisa"),
        ("Opettaja soitti.", "", "Äiti-Kaisa"),
        ("Tein iltapalan.", "Isä-Örjan", "Isä-Örjan"),
    ]
    edit = client.get(reverse("plan_edit", args=[meeting.situation_id])).content.decode()
    assert "Näin sanoi: Isä-Örjan." in edit and "Tein iltapalan." in edit


def test_whose_words_they_are_stays_when_the_draft_is_saved(client):
    dialogue = begun(people=1)
    meeting = dialogue.meeting
    said(turns(dialogue)[0], did="Luin iltasadun.")
    client.force_login(meeting.convener)
    proposals = page(meeting, "meeting_dialogue_proposals")
    client.post(proposals, {"chosen": client.get(proposals).context["form"].initial["chosen"]})
    url = reverse("plan_edit", args=[meeting.situation_id])
    shown = client.get(url).context["page"]
    data = {}
    for part in shown.parts:
        forms = [part.management_form, *part.forms] if hasattr(part, "management_form") else [part]
        for form in forms:
            for field in form:
                value = field.value()
                data[field.html_name] = "" if value is None else value
    data["wish"] = "Rauhallisia iltoja."
    assert client.post(url, data).status_code == 302
    plan = Plan.objects.get()
    assert plan.wish == "Rauhallisia iltoja." and plan.measures.get().words_of == "Äiti-Kaisa"


def test_before_it_is_held_the_page_says_what_to_do_first(client):
    meeting = an_invited_meeting(people=1, period=next_weekday(days=1))
    with time_machine.travel(meeting.period.lower + timedelta(minutes=5), tick=False):
        dialogue = begun(meeting)
        said(turns(dialogue)[0], did="Luin iltasadun.")
        client.force_login(meeting.convener)
        url = page(meeting, "meeting_dialogue_proposals")
        key = client.get(url).context["form"].initial["chosen"]
        shown = client.post(url, {"chosen": key}).content.decode()
    assert "kun yhteinen aika on pidetty" in shown and not Plan.objects.exists()


def test_every_look_is_on_record_and_the_queries_stay_the_same(client, django_assert_num_queries):
    dialogue = begun(people=6)
    meeting = dialogue.meeting
    for turn in turns(dialogue):
        said(turn, did="Kävin kävelyllä.")
    client.force_login(meeting.convener)
    client.get(page(meeting))
    before = AccessLog.objects.filter(family_id=meeting.situation.family_id).count()
    with django_assert_num_queries(12):
        client.get(page(meeting))
    assert AccessLog.objects.filter(family_id=meeting.situation.family_id).count() == before + 1


def test_the_proposals_of_many_cost_what_those_of_one_do(client):
    counts = []
    for people in (1, 6):
        dialogue = begun(people=people)
        for turn in turns(dialogue):
            said(turn, did="Kävin kävelyllä.")
        client.force_login(dialogue.meeting.convener)
        client.get(page(dialogue.meeting))
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(page(dialogue.meeting, "meeting_dialogue_proposals")).content.decode()
        assert shown.count("Kävin kävelyllä.") >= people
        counts.append(len(queries))
        _TRAVELS.pop().stop()
    assert counts[0] == counts[1]


# --- what the database refuses ----------------------------------------------------------------------


def raw(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


INSERT = (
    "INSERT INTO meetings_dialogueturn (dialogue_id, position, member_id, participation_id, worker_id,"
    " is_skipped) VALUES (%s, 9, %s, %s, %s, false)"
)


def test_only_those_at_the_meeting_have_a_turn():
    other = a_held_meeting(people=1)
    dialogue = begun(people=1)
    stranger = other.situation.family.members.first()
    for values in (
        (stranger.pk, None, None),
        (None, invited(other).pk, None),
        (None, None, WorkerFactory().pk),
    ):
        with pytest.raises(IntegrityError, match="mukana oleva"):
            raw(INSERT, dialogue.pk, *values)
    child = dialogue.meeting.situation.family.members.get(first_name="Aada")
    with pytest.raises(IntegrityError, match="dialogue_turn_of_one"):
        raw(INSERT, dialogue.pk, child.pk, invited(dialogue.meeting).pk, None)
    raw(INSERT, dialogue.pk, child.pk, None, None)
    with pytest.raises(IntegrityError, match="dialogue_turn_member_once"):
        raw(INSERT, dialogue.pk, child.pk, None, None)


def test_one_dialogue_and_one_answer_to_a_question():
    dialogue = begun(people=1)
    first = turns(dialogue)[0]
    said(first, now="Hyvin.")
    with pytest.raises(IntegrityError, match="dialogue_answer_once"):
        raw(
            "INSERT INTO meetings_dialogueanswer (turn_id, question, text, version)"
            " VALUES (%s, 'now', '', 1)",
            first.pk,
        )
    with pytest.raises(IntegrityError, match="dialogue_minutes_sensible"):
        raw("UPDATE meetings_dialogue SET minutes = 0")
