"""What a poll says: every answer that may be seen, the best time first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from perhekeskus import words

from .models import Meeting, PollAnswer, PollTime, PollVoice, TimePoll
from .states import PollChoice


@dataclass(frozen=True)
class Column:
    """One who was asked."""

    name: str
    is_family: bool


@dataclass(frozen=True)
class Row:
    """One asked time: what each answered, and whether the convener can be advised to book it."""

    pk: int
    when: str
    answers: list[PollChoice | None]
    family: PollChoice | None
    text: str
    # Whose each answer is, in the order of the answers.
    names: list[str]

    @property
    def can_book(self) -> bool:
        return self.family in {PollChoice.YES, PollChoice.IF_NEEDED}

    @property
    def cells(self) -> list[dict[str, str]]:
        tones = {PollChoice.YES: "ok", PollChoice.IF_NEEDED: "wait", PollChoice.NO: "alert"}
        return [
            {
                "text": str(answer.label) if answer else _("ei vastausta"),
                "tone": tones[answer] if answer else "neutral",
                "name": name,
            }
            for answer, name in zip(self.answers, self.names, strict=True)
        ]


@dataclass(frozen=True)
class Result:
    columns: list[Column]
    rows: list[Row]
    answered: int


def result_of(poll: TimePoll) -> Result:
    """The answers of the family and of those whose permission is in force. A fixed number of queries.

    First what suits the family; of those what suits most of the others, then what suits if needed. What does
    not suit the family comes last and is never suggested.
    """
    voices = list(poll.voices.permitted().with_people())
    voices.sort(key=lambda voice: (not voice.is_family, voice.pk))
    said: dict[tuple[int, int], PollChoice] = {
        (one.voice_id, one.time_id): PollChoice(one.answer)
        for one in PollAnswer.objects.filter(voice__in=voices)
    }
    rows = sorted((_row(time, voices, said) for time in poll.times.all()), key=lambda pair: pair[0])
    return Result(
        columns=[Column(_name(one), one.is_family) for one in voices],
        rows=[row for _key, row in rows],
        answered=len({voice for voice, _time in said}),
    )


def _row(
    time: PollTime, voices: list[PollVoice], said: dict[tuple[int, int], PollChoice]
) -> tuple[tuple[object, ...], Row]:
    answers = [said.get((voice.pk, time.pk)) for voice in voices]
    family = answers[0] if voices and voices[0].is_family else None
    others = answers[1:] if voices and voices[0].is_family else answers
    yes, needed = others.count(PollChoice.YES), others.count(PollChoice.IF_NEEDED)
    weight = {PollChoice.YES: 0, PollChoice.IF_NEEDED: 1, None: 2, PollChoice.NO: 3}[family]
    text = _("Muista sopii %(yes)d/%(all)d") % {"yes": yes, "all": len(others)}
    if needed:
        text += _(", tarvittaessa %(needed)d") % {"needed": needed}
    if family == PollChoice.NO:
        text = _("ei sovi perheelle")
    when = words.span(time.period.lower, time.period.upper)
    row = Row(time.pk, when, answers, family, text, [_name(voice) for voice in voices])
    return (weight, -yes, -needed, time.period.lower, time.pk), row


def _name(voice: PollVoice) -> str:
    return _("Perhe") if voice.participation is None else voice.participation.name


def family_voice(meeting: Meeting | None) -> PollVoice | None:
    """The family's own voice in a poll that is open. One query."""
    if meeting is None:
        return None
    voices = PollVoice.objects.open().filter(poll__meeting=meeting, participation=None)
    return voices.select_related("poll").first()
