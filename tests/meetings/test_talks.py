"""The talk in full: its parts, the close ones who could help, and words put right with their history."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from meetings.actions import situations, talks
from meetings.models import Conversation, TalkHelper, TalkPart
from meetings.states import ConversationKind, ConversationResult, TalkPlace
from meetings.talk_history import corrections
from perhekeskus.refusals import Refused
from perhekeskus.words import LINE_LENGTH, folded, short_day
from tests.factories import (
    ClosePersonFactory,
    WorkerFactory,
    a_situation,
    an_ended_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)

db = pytest.mark.django_db


def an_lp_talk(situation=None, **parts) -> Conversation:
    situation = situation or a_situation()
    texts = {
        place: dict.fromkeys(talks.PART_TEXTS, "") | ({"goes_well": parts[place]} if place in parts else {})
        for place in TalkPlace
    }
    return situations.record_conversation(
        situation=situation,
        by=situation.holder,
        conversation=Conversation(
            kind=ConversationKind.LAPSET_PUHEEKSI,
            held_on=timezone.localdate(),
            strengths="Pihaleikit.",
            result=ConversationResult.THINKING,
        ),
        more=talks.More(parts=texts),
    )


def data(**changes) -> dict[str, object]:
    return {
        "form_key": str(uuid.uuid4()),
        "seen_talks": "0",
        "kind": "puheeksiotto",
        "held_on": str(timezone.localdate()),
        "noticed_where": "",
        "strengths": "Leikkii paljon.",
        "family_words": "Aamut ovat raskaita.",
        "child_view": "",
        "worries": "",
        "tried": "Herätys vartin aiemmin.",
        "result": "accepted",
        **changes,
    }


def correction(talk: Conversation, **changes) -> dict[str, object]:
    return {
        "version": str(talk.version),
        "held_on": str(talk.held_on),
        **{
            name: getattr(talk, name)
            for name in ("strengths", "family_words", "worries", "noticed_where", "tried", "child_view")
        },
        **changes,
    }


# --- writing it down --------------------------------------------------------------------------------


@db
def test_the_talk_keeps_what_was_tried_and_the_close_ones_who_could_help(client):
    situation = a_situation()
    mummo = ClosePersonFactory(family=situation.family, name="Mummo Maija", relation="mummo")
    client.force_login(situation.holder)
    client.post(
        reverse("conversation_record", args=[situation.pk]),
        data(helpers=[mummo.pk], helper_name="Naapuri Nelli", helper_relation="naapuri"),
    )
    talk = situation.conversations.get()
    assert talk.tried == "Herätys vartin aiemmin."
    assert {one.person.name for one in talk.helpers.all()} == {"Mummo Maija", "Naapuri Nelli"}
    assert situation.family.close_people.count() == 2
    page = client.get(reverse("conversation_detail", args=[situation.pk, talk.pk])).content.decode()
    assert "Mummo Maija (mummo) ja Naapuri Nelli (naapuri)" in page
    assert "Herätys vartin aiemmin." in page
    assert "Herätys vartin aiemmin." in client.get(situation.get_absolute_url()).content.decode()


@db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"helper_name": "Nelli"}, "Kirjoita, kuka hän on perheelle."),
        ({"helper_relation": "naapuri"}, "Kirjoita läheisen nimi."),
        ({"home_agreed": "Iltasatu"}, "Olet kirjoittanut Lapset puheeksi -keskustelun kohtiin."),
        ({"home_agreed": "a" * 10_001, "kind": "lapset_puheeksi"}, "liian pitkä"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(client, changes, sentence):
    situation = a_situation()
    client.force_login(situation.holder)
    response = client.post(reverse("conversation_record", args=[situation.pk]), data(**changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "Herätys vartin aiemmin." in page
    assert not situation.conversations.exists()


@db
def test_another_familys_close_person_cannot_be_picked(client):
    situation = a_situation()
    stranger = ClosePersonFactory(family=a_situation().family)
    ClosePersonFactory(family=situation.family)
    client.force_login(situation.holder)
    response = client.post(reverse("conversation_record", args=[situation.pk]), data(helpers=[stranger.pk]))
    assert response.status_code == 422
    assert stranger.name not in response.content.decode()


@db
def test_lapset_puheeksi_has_its_own_parts(client):
    situation = a_situation()
    client.force_login(situation.holder)
    client.post(
        reverse("conversation_record", args=[situation.pk]),
        data(
            kind="lapset_puheeksi",
            home_goes_well="Iltasatu joka ilta.",
            day_needs_support="Siirtymät.",
            day_agreed="Kuvat mukaan.",
        ),
    )
    talk = situation.conversations.get()
    assert {part.place for part in talk.parts.all()} == {TalkPlace.HOME, TalkPlace.DAY}
    page = client.get(reverse("conversation_detail", args=[situation.pk, talk.pk])).content.decode()
    for words in ("Lapset puheeksi", "Iltasatu joka ilta.", "Kuvat mukaan.", "Päiväkodissa tai koulussa"):
        assert words in page
    assert "Vapaa-ajalla ja ystävien kanssa" not in page


@db
def test_the_duty_to_report_stands_on_every_form_of_a_talk(client):
    talk = an_lp_talk()
    client.force_login(talk.situation.holder)
    for url in (
        reverse("conversation_record", args=[talk.situation_id]),
        reverse("conversation_correct", args=[talk.situation_id, talk.pk]),
    ):
        assert "Tee lastensuojeluilmoitus heti" in client.get(url).content.decode()


# --- putting it right -------------------------------------------------------------------------------


@db
def test_a_corrected_talk_says_so_and_keeps_what_it_was(client):
    talk = an_lp_talk(home="Iltasatu.")
    situation = talk.situation
    client.force_login(situation.holder)
    url = reverse("conversation_correct", args=[situation.pk, talk.pk])
    client.post(url, correction(talk, strengths="Pihaleikit ja pyörä.", home_goes_well="Iltasatu joka ilta."))
    talk.refresh_from_db()
    assert (talk.strengths, talk.version, talk.corrected_by) == ("Pihaleikit ja pyörä.", 2, situation.holder)
    (one,) = corrections(talk)
    assert one.before == (
        ("Mikä on hyvin ja mikä kantaa", "Pihaleikit."),
        ("Kotona, mikä sujuu", "Iltasatu."),
    )
    page = client.get(reverse("conversation_detail", args=[situation.pk, talk.pk])).content.decode()
    day = short_day(timezone.localdate())
    assert f"Korjattu {day}" in page
    assert "Pihaleikit." in page
    assert f"Korjattu {day}" in client.get(situation.get_absolute_url()).content.decode()


@db
def test_an_old_page_corrects_nothing_over_another_one(client):
    talk = an_lp_talk(home="Iltasatu.")
    client.force_login(talk.situation.holder)
    url = reverse("conversation_correct", args=[talk.situation_id, talk.pk])
    old = correction(talk, strengths="Vanhan välilehden teksti")
    client.post(url, correction(talk, strengths="Ensimmäinen korjaus"))
    response = client.post(url, old)
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("Keskustelua on korjattu sillä välin", "Vanhan välilehden teksti", "Ensimmäinen korjaus"):
        assert words in page
    talk.refresh_from_db()
    assert talk.strengths == "Ensimmäinen korjaus"


@db
def test_a_helper_can_be_taken_away_by_a_correction():
    situation = a_situation()
    mummo = ClosePersonFactory(family=situation.family)
    talk = situations.record_conversation(
        situation=situation,
        by=situation.holder,
        conversation=Conversation(held_on=timezone.localdate(), result=ConversationResult.THINKING),
        more=talks.More(helpers=(mummo,)),
    )
    texts = {name: getattr(talk, name) for name in talks.CORRECTABLE}
    talks.correct(conversation=talk, by=situation.holder, texts=texts, seen_version=1)
    assert not talk.helpers.exists()
    assert situation.family.close_people.get() == mummo


@db
def test_only_the_holder_corrects_and_also_after_the_end():
    situation = an_ended_situation()
    talk = situation.conversations.get()
    texts = {name: getattr(talk, name) for name in talks.CORRECTABLE} | {"tried": "Unikoulu."}
    with pytest.raises(Refused, match="Keskustelun korjaa se, jolla koppi on"):
        talks.correct(conversation=talk, by=WorkerFactory(), texts=texts, seen_version=1)
    talks.correct(conversation=talk, by=situation.holder, texts=texts, seen_version=1)
    talk.refresh_from_db()
    assert talk.tried == "Unikoulu."


@db
def test_an_invited_person_reads_no_talk(client):
    meeting = an_invited_meeting(people=1)
    talk = meeting.situation.conversations.get()
    client.force_login(invited(meeting).worker)
    for name in ("conversation_detail", "conversation_correct"):
        assert client.get(reverse(name, args=[meeting.situation_id, talk.pk])).status_code == 302


@db
def test_another_situations_talk_is_not_there(client):
    mine, other = with_conversation(), with_conversation()
    client.force_login(mine.holder)
    for name in ("conversation_detail", "conversation_correct"):
        url = reverse(name, args=[mine.pk, other.conversations.get().pk])
        assert client.get(url).status_code == 404


# --- what the database itself refuses ---------------------------------------------------------------


@db
@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        (
            "UPDATE meetings_conversation SET result = 'accepted' WHERE id = %(lp)s",
            "conversation_result_stays",
        ),
        (
            "UPDATE meetings_conversation SET kind = 'puheeksiotto' WHERE id = %(lp)s",
            "conversation_result_stays",
        ),
        (
            "UPDATE meetings_conversation SET corrected_at = now() WHERE id = %(lp)s",
            "conversation_corrected_paired",
        ),
        (
            "INSERT INTO meetings_talkpart (conversation_id, place, goes_well, needs_support, agreed)"
            " VALUES (%(talk)s, 'home', '', '', '')",
            "talk_part_of_lapset_puheeksi",
        ),
        (
            "INSERT INTO meetings_talkpart (conversation_id, place, goes_well, needs_support, agreed)"
            " VALUES (%(lp)s, 'home', '', '', '')",
            "talk_part_place_once",
        ),
        (
            "INSERT INTO meetings_talkhelper (conversation_id, person_id) VALUES (%(lp)s, %(stranger)s)",
            "talk_helper_of_own_family",
        ),
    ],
)
def test_the_database_refuses(statement, constraint):
    lp = an_lp_talk(home="Satu.")
    values = {
        "lp": lp.pk,
        "talk": with_conversation().conversations.get().pk,
        "stranger": ClosePersonFactory(family=a_situation().family).pk,
    }
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    assert refused.value.__cause__.diag.constraint_name == constraint
    assert TalkPart.objects.count() == 1
    assert not TalkHelper.objects.exists()


# --- a long text ------------------------------------------------------------------------------------


def test_a_long_text_is_folded_after_its_beginning_and_loses_nothing():
    text = " ".join(f"sana{number}" for number in range(400))
    start, rest = folded(text)
    assert len(start) <= 12 * LINE_LENGTH
    assert f"{start} {rest}" == text


def test_many_short_lines_are_folded_between_lines():
    text = "\n".join(f"rivi {number}" for number in range(30))
    start, rest = folded(text)
    assert start.splitlines() == [f"rivi {number}" for number in range(12)]
    assert rest.splitlines() == [f"rivi {number}" for number in range(12, 30)]


@pytest.mark.parametrize("text", ["", "Lyhyt.", "\n".join("rivi" for _number in range(15))])
def test_a_short_text_is_left_whole(text):
    assert folded(text) == (text, "")


def test_one_word_without_end_is_folded_too():
    start, rest = folded("a" * 3000)
    assert start + rest == "a" * 3000
    assert rest


@db
def test_a_long_text_is_folded_on_the_situations_page(client):
    situation = a_situation()
    situations.record_conversation(
        situation=situation,
        by=situation.holder,
        conversation=Conversation(
            held_on=timezone.localdate(),
            worries="Väsynyt aamuisin. " * 100,
            result=ConversationResult.THINKING,
        ),
    )
    client.force_login(situation.holder)
    page = client.get(situation.get_absolute_url()).content.decode()
    assert "Lue loput" in page
