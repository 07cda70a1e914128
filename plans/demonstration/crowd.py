"""Other families of the county, each somewhere on the way, so that nobody's list is empty."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time

from meetings.states import ConversationResult, WayIn
from network.models import Worker

from .clock import workday
from .places import PLACES
from .stories import STORIES, Story
from .threads import NoCommonTime, Teller, Thread

A_SCALE = 24
# How many families between two lines of progress.
A_STEP = 100
WAYS_IN = [WayIn.CLOSE_WORKER] * 6 + [WayIn.PHONE, WayIn.ELECTRONIC, WayIn.OUTREACH]


def tell_of_others(teller: Teller, scale: int, tell: Callable[[str], object]) -> int:
    """So many families of the whole county, walked by the real actions to a stage that chance chooses."""
    places = [place for place in PLACES for _number in range(max(place.held_a_month, 1))]
    count = A_SCALE * scale
    for number in range(count):
        place = teller.chance.choice(places)
        story = STORIES[teller.chance.choice(sorted(STORIES))]
        by = _not_of_the_desks(teller, place.name, story)
        thread = teller.thread(story, place.name, by, is_named=False)
        # Without a common time the family's thread stays where it came to, as it would.
        with suppress(NoCommonTime):
            ENDS[number % len(ENDS)](thread)
        if (number + 1) % A_STEP == 0 and number + 1 < count:
            tell(f"… {number + 1}/{count} perhettä")
    return count


def _not_of_the_desks(teller: Teller, place: str, story: Story) -> Worker:
    desks = {worker.pk for worker in teller.network.desks.values()}
    for _try in range(20):
        worker = teller.network.one(place, story.raised_by, teller.chance)
        if worker.pk not in desks:
            return worker
    raise LookupError(story.raised_by)


def _start(thread: Thread, days_ago: int, result: ConversationResult = ConversationResult.ACCEPTED) -> int:
    """Raise the matter about so many workdays ago; the workday on which it was."""
    start = -days_ago - thread.teller.chance.randint(0, 4)
    way_in = thread.teller.chance.choice(WAYS_IN)
    thread.raised(thread.teller.at(start, time(9, 10)), way_in=way_in, result=result)
    return start


def _raised(thread: Thread) -> None:
    _start(thread, 1)


def _thinking(thread: Thread) -> None:
    _start(thread, 2, ConversationResult.THINKING)


def _with_family(thread: Thread) -> None:
    start = _start(thread, 4)
    at = thread.teller.at
    thread.proposed(at(start + 1))
    if thread.situation.family.message_address:
        thread.asked(at(start + 2))


def _decided(thread: Thread, days_ago: int = 6) -> int:
    start = _start(thread, days_ago)
    at = thread.teller.at
    thread.proposed(at(start + 1)).decided(at(start + 3))
    return start


def _booked(thread: Thread) -> None:
    start = _decided(thread)
    thread.booked(thread.teller.at(start + 4), 3, 8)


def _invited(thread: Thread) -> None:
    start = _decided(thread, 8)
    at = thread.teller.at
    thread.booked(at(start + 4), 2, 7).settled().invited(at(start + 5)).answered(at(start + 6))


def _to_be_recorded(thread: Thread) -> None:
    start = _decided(thread, 14)
    at = thread.teller.at
    thread.booked(at(start + 4), -4, -2).invited(at(start + 5)).answered(at(start + 6)).settled()


def _with_plan(thread: Thread, days_ago: int, met: int, next_contact: date) -> Worker | None:
    start = _decided(thread, days_ago)
    at = thread.teller.at
    thread.booked(at(start + 4), met, met + 2).invited(at(start + 5)).answered(at(start + 6)).recorded()
    responsible = next((one for one in _candidates(thread) if one.unit.organisation.is_public_service), None)
    if responsible is not None:
        thread.planned([responsible], next_contact)
    thread.settled()
    return responsible


def _planned(thread: Thread) -> None:
    today, chance = thread.teller.today, thread.teller.chance
    _with_plan(thread, 22, -12, workday(today, chance.randint(1, 9)))


def _finished(thread: Thread) -> None:
    today = thread.teller.today
    responsible = _with_plan(thread, 70, -58, workday(today, -40))
    if responsible is not None:
        outcome = thread.story.contacts[0] if thread.story.contacts else thread.story.outcome
        thread.contacted(responsible, outcome, workday(today, -20))
        thread.finished(thread.teller.at(-20, time(14)), responsible).settled()


def _candidates(thread: Thread) -> list[Worker]:
    """Those whom the family could name: whom it let in first, then the one who convened."""
    refused = {person.pk for person, _why in thread.people_asked(thread.story.refused_people)}
    return [*[person for person, _why in thread.people_asked() if person.pk not in refused], thread.by]


ENDS: list[Callable[[Thread], object]] = [
    _raised,
    _thinking,
    _with_family,
    _decided,
    _booked,
    _invited,
    _to_be_recorded,
    _planned,
    _finished,
]
