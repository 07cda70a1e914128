"""What was said at a shared time, to be read afterwards: the dialogue, the two columns, who was missing."""

from dataclasses import dataclass

from network.models import Family, Worker
from perhekeskus import words

from .models import Dialogue, DialogueTurn, Meeting
from .people import name_for_worker
from .rules.meetings import leads
from .states import MISSING, DialogueQuestion, InfluenceSide


@dataclass(frozen=True)
class Spoken:
    """One person's turn: each question that was answered, and the answer."""

    name: str
    answers: list[tuple[str, str]]


@dataclass(frozen=True)
class DialogueRead:
    """Tulevaisuuden muistelu as it was held."""

    future: str
    turns: list[Spoken]


@dataclass(frozen=True)
class Missed:
    """One who was missing, and whether it was a pity."""

    name: str
    attendance: str
    was_needed: str
    line: str


@dataclass(frozen=True)
class ReadBack:
    dialogue: DialogueRead | None
    columns: list[tuple[str, list[str]]]
    missed: list[Missed]


def read_back(meeting: Meeting, worker: Worker, *, with_places: bool) -> ReadBack:
    """All of it, for one to whom everything of the situation is open. Five queries.

    What was thought of those who were missing is read only by those who led the meeting: so it was promised
    where it was written.
    """
    family = meeting.situation.family
    return ReadBack(
        dialogue=_dialogue(meeting, family, with_places=with_places),
        columns=_columns(meeting),
        missed=_missed(meeting, family, with_places=with_places) if leads(worker, meeting) else [],
    )


def _dialogue(meeting: Meeting, family: Family, *, with_places: bool) -> DialogueRead | None:
    dialogue = Dialogue.objects.filter(meeting=meeting).first()
    if dialogue is None:
        return None
    turns = [
        Spoken(_speaker(turn, family, with_places=with_places), answers)
        for turn in dialogue.turns.with_speakers()
        if (answers := _answers(turn))
    ]
    return DialogueRead(words.day(dialogue.future_on), turns) if turns else None


def _speaker(turn: DialogueTurn, family: Family, *, with_places: bool) -> str:
    if turn.participation is not None:
        return name_for_worker(turn.participation, family, with_places=with_places)
    return turn.name


def _answers(turn: DialogueTurn) -> list[tuple[str, str]]:
    """In the order of the questions, whichever was written first."""
    said = {answer.question: answer.text for answer in turn.answers.all() if answer.text}
    return [(str(one.label), said[one]) for one in DialogueQuestion if one in said]


def _columns(meeting: Meeting) -> list[tuple[str, list[str]]]:
    items = list(meeting.influence_items.all())
    if not items:
        return []
    return [(str(side.label), [one.text for one in items if one.side == side]) for side in InfluenceSide]


def _missed(meeting: Meeting, family: Family, *, with_places: bool) -> list[Missed]:
    missing = meeting.participations.filter(attendance__in=MISSING).exclude(was_needed="").with_people()
    return [
        Missed(
            name=name_for_worker(one, family, with_places=with_places),
            attendance=str(one.get_attendance_display()),
            was_needed=str(one.get_was_needed_display()),
            line=one.needed_line,
        )
        for one in missing
    ]
