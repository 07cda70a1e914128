"""What is told of a family: what a conversation, a shared time and a plan are written from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from meetings.actions.recording import RayWords
from meetings.states import STAR_ASPECTS, StarHeading, StarTone, StarVoice
from plans.states import MeasurePlace

HOME = MeasurePlace.HOME
AT_SCHOOL = MeasurePlace.CHILD_ENVIRONMENT
ELSEWHERE = MeasurePlace.ELSEWHERE

HEALTH = StarHeading.HEALTH
RELATIONS = StarHeading.RELATIONS
SELF = StarHeading.SELF
EVERYDAY = StarHeading.EVERYDAY
PARENTHOOD = StarHeading.PARENTHOOD
SURROUNDINGS = StarHeading.SURROUNDINGS

# The headings of the star on which the child has the say.
OF_CHILD = {RELATIONS, SELF, EVERYDAY}

GOOD = StarTone.STRENGTH
TALK = StarTone.TALK
BOTH = StarTone.BOTH


@dataclass(frozen=True)
class Doing:
    """Something agreed: where, what, who, when."""

    place: MeasurePlace
    what: str
    who: str
    when: str
    where: str = ""


@dataclass(frozen=True)
class PlanText:
    wish: str
    strengths: str
    matters: tuple[str, ...]
    doings: tuple[Doing, ...]
    follow_up: str
    to_family: str
    from_family: str


@dataclass(frozen=True)
class ReviewText:
    """What came of the plan: by matter, in the family's words and in the workers', which may differ."""

    helped: str = ""
    own_acts: str = ""
    service_acts: str = ""
    family_words: tuple[str, ...] = ()
    worker_words: tuple[str, ...] = ()
    # The numbers of the matters, from zero, that the workers see as they were; to the family all are better.
    same_to_workers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Story:
    """A family and what happens with it. Names are replaced when the same story is told again."""

    # First name and age; first names; name and who they are to the family.
    children: tuple[tuple[str, int], ...]
    guardians: tuple[str, ...]
    # The post of the one who raises the matter.
    raised_by: str
    noticed_where: str
    strengths: str
    family_words: str
    child_view: str
    worries: str
    topics: tuple[str, ...]
    # Post and what is expected of the person: it stands in the invitation, so it tells nothing of the family.
    people: tuple[tuple[str, str], ...]
    # Of a ray that is both, what is talked about is the last sentence.
    rays: Mapping[StarHeading, tuple[StarTone, str]]
    notes: str
    plan: PlanText
    close: tuple[tuple[str, str], ...] = ()
    refused_topics: tuple[str, ...] = ()
    refused_people: tuple[str, ...] = ()
    language: str = "fi"
    other_language: str = ""
    needs_interpreter: bool = False
    address_protected: bool = False
    # In rows, for the window of the envelope.
    postal_address: str = ""
    # What came of the promised contacts, one after another, and how it ended.
    contacts: tuple[str, ...] = field(default=())
    outcome: str = ""
    review: ReviewText = field(default=ReviewText())

    @property
    def star(self) -> dict[StarHeading, RayWords]:
        """The star as it is written down: what carries, apart from what is talked about, in whose words."""
        told = {}
        for heading, (tone, text) in self.rays.items():
            by = [StarVoice.CHILD, StarVoice.PARENT] if heading in OF_CHILD else [StarVoice.PARENT]
            aspects = STAR_ASPECTS[heading][:1]
            if tone == BOTH:
                good, _stop, talk = text.rpartition(". ")
                told[heading] = RayWords(
                    tone, text=talk, text_by=by, strengths=f"{good}.", strengths_by=by, aspects=aspects
                )
            elif tone == GOOD:
                told[heading] = RayWords(tone, strengths=text, strengths_by=by, aspects=aspects)
            else:
                told[heading] = RayWords(tone, text=text, text_by=by, aspects=aspects)
        return told
