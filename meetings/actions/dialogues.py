"""Leading a dialogue by tulevaisuuden muistelu: beginning it, whose turn it is, what they said."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from network.models import FamilyMember, Worker
from network.states import MemberRole
from perhekeskus.autosave import Change, WrittenMeanwhile, sort
from perhekeskus.refusals import Refused, require

from ..models import Dialogue, DialogueAnswer, DialogueTurn, Meeting
from ..rules import dialogues as rules
from ..rules.meetings import STALE
from ..states import Attendance, Decision, DialogueQuestion
from .convening import locked


@transaction.atomic
def begin(*, meeting: Meeting, by: Worker, future_on: date, minutes: int) -> Dialogue:
    """Begin, with the guardians first, then those who are there, the convener last. Twice is once."""
    meeting = locked(meeting)
    require(rules.why_not_lead(by, meeting))
    if found := Dialogue.objects.filter(meeting=meeting).first():
        return found
    dialogue = Dialogue(meeting=meeting, future_on=future_on, minutes=minutes, begun_by=by)
    dialogue.full_clean(exclude=["meeting", "begun_by"])
    dialogue.save()
    guardians = meeting.situation.family.members.filter(role=MemberRole.GUARDIAN)
    others = meeting.participations.by_decision().filter(decision=Decision.YES)
    others = others.exclude(attendance__in=[Attendance.EXCUSED, Attendance.ABSENT])
    close = [one for one in others if one.close_person_id is not None]
    rest = [one for one in others if one.close_person_id is None]
    turns = [
        *[DialogueTurn(member=member) for member in guardians],
        *[DialogueTurn(participation=one) for one in [*close, *rest]],
        DialogueTurn(worker=meeting.convener),
    ]
    for position, turn in enumerate(turns, 1):
        turn.dialogue, turn.position = dialogue, position
    DialogueTurn.objects.bulk_create(turns)
    return dialogue


@transaction.atomic
def add_member(*, dialogue: Dialogue, by: Worker, member: FamilyMember) -> DialogueTurn:
    """Give a child, or another of the family, a turn of their own, after the others. Twice is once."""
    meeting = locked(dialogue.meeting)
    require(rules.why_not_lead(by, meeting))
    if member.family_id != meeting.situation.family_id:
        raise Refused(_("Hän ei kuulu tähän perheeseen."))
    last = dialogue.turns.order_by("-position").first()
    turn, _is_new = DialogueTurn.objects.get_or_create(
        dialogue=dialogue, member=member, defaults={"position": last.position + 1 if last else 1}
    )
    return turn


@transaction.atomic
def skip(*, turn: DialogueTurn, by: Worker, is_skipped: bool) -> None:
    """Pass somebody over, or take the turn back. What was written stays."""
    meeting = locked(turn.dialogue.meeting)
    require(rules.why_not_lead(by, meeting))
    turn.is_skipped = is_skipped
    turn.save(update_fields=["is_skipped"])


@transaction.atomic
def write(*, turn: DialogueTurn, by: Worker, answers: Mapping[str, Change]) -> None:
    """Keep what was said, by the questions.

    Words that somebody else has written meanwhile are not written over unseen: raises WrittenMeanwhile, and
    then nothing is saved.
    """
    kept = _kept(turn, by)
    found = sort(answers, _texts(kept))
    if found.clash:
        raise WrittenMeanwhile(STALE, found.clash)
    _write(turn, kept, found.write)


@transaction.atomic
def save_answers(*, turn: DialogueTurn, by: Worker, answers: Mapping[str, Change]) -> dict[str, str]:
    """Save single answers while they are written; what is saved then in each, whoever wrote it."""
    kept = _kept(turn, by)
    saved = _texts(kept)
    write = sort(answers, saved).write
    _write(turn, kept, write)
    return saved | write


def saved_answers(turn: DialogueTurn) -> dict[str, str]:
    """What is saved for each question, empty where nothing is. One query."""
    return _texts({answer.question: answer for answer in DialogueAnswer.objects.filter(turn=turn)})


def _kept(turn: DialogueTurn, by: Worker) -> dict[str, DialogueAnswer]:
    """The answers, with their meeting locked, when this worker may write them."""
    meeting = locked(turn.dialogue.meeting)
    turn = DialogueTurn.objects.select_related("dialogue").get(pk=turn.pk)
    turn.dialogue.meeting = meeting
    require(rules.why_not_write(by, turn))
    return {answer.question: answer for answer in turn.answers.all()}


def _texts(kept: Mapping[str, DialogueAnswer]) -> dict[str, str]:
    return {str(one): kept[one].text if one in kept else "" for one in DialogueQuestion.values}


def _write(turn: DialogueTurn, kept: Mapping[str, DialogueAnswer], texts: Mapping[str, str]) -> None:
    for question, text in texts.items():
        if (answer := kept.get(question)) is None:
            DialogueAnswer.objects.create(turn=turn, question=question, text=text)
            continue
        answer.text, answer.version = text, answer.version + 1
        answer.save(update_fields=["text", "version"])
