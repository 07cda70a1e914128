"""What the machine believes: plain Python, no database, written by hand.

People are their places in the list of the machine: 0 and 1 work in one unit (0 is its supervisor), 2 and 3 in
another, which may be invited as a whole; 4 is a coordinator, who opens no family's matters.
"""

from dataclasses import dataclass, field

WORKERS = range(4)
SUPERVISOR, COORDINATOR = 0, 4
UNIT_OF = {0: 0, 1: 0, 2: 1, 3: 1, 4: 0}
INVITED_UNIT = 1

OPEN_STAGES = {"raised", "convening", "shared_time", "plan"}
PREPARING = {"draft", "with_family", "decided"}
UPCOMING = {"booked", "invited"}
OPEN_MEETINGS = PREPARING | UPCOMING
ENDING_RESULTS = {"declined", "guidance", "nothing_more"}

# A receiver of permission: a worker, the unit, or the family's grandmother.
Key = str
KEYS = ["w0", "w1", "w2", "w3", "unit", "close"]


def worker_of(key: Key) -> int | None:
    return int(key[1]) if key[0] == "w" else None


@dataclass
class Asked:
    """An invitation."""

    pk: int
    status: str = "pending"
    comer: int | None = None
    is_overdue: bool = False

    @property
    def is_answerable(self) -> bool:
        return self.status not in {"revoked", "expired"} and not (
            self.status == "pending" and self.is_overdue
        )

    def expires(self) -> None:
        if self.status == "pending" and self.is_overdue:
            self.status = "expired"

    def is_asked_anew(self) -> None:
        self.status, self.comer, self.is_overdue = "pending", None, False


@dataclass
class Seat:
    pk: int
    key: Key
    decision: str = "undecided"
    has_consent: bool = False
    asked: Asked | None = None

    @property
    def is_coming(self) -> bool:
        return self.decision == "yes" and not (self.asked and self.asked.status == "revoked")


@dataclass
class Time:
    """A period by its number and a room by its number."""

    period: int
    room: int


@dataclass
class Hold:
    """A time held while the family thinks; what has ended keeps nobody out."""

    pk: int
    time: Time
    is_live: bool = True


@dataclass
class Offered:
    """Times offered to the family by their keys, each with those whose calendars are left alone."""

    pk: int
    times: dict[int, tuple[Time, set[int]]]
    is_refused: bool = False


@dataclass
class Poll:
    """Periods asked of many, by their keys; the family's voice has the key "family"."""

    pk: int
    times: dict[int, int]
    voices: dict[Key, int]
    is_open: bool = True
    # Whose permission has been taken back since.
    silenced: set[Key] = field(default_factory=set)
    said: dict[tuple[Key, int], str] = field(default_factory=dict)


@dataclass
class Shared:
    """A meeting."""

    pk: int
    convener: int
    status: str = "draft"
    seats: dict[Key, Seat] = field(default_factory=dict)
    topics: dict[str, list] = field(default_factory=dict)
    time: Time | None = None
    change: tuple[int, Time] | None = None
    hold: Hold | None = None
    offered: Offered | None = None
    polls: list[Poll] = field(default_factory=list)
    row: object = None

    def goes_to(self, status: str) -> None:
        """Whichever way it goes on, what was held, offered or asked while it looked for a time is over."""
        if self.status == "decided" and status != "decided":
            self.hold = self.offered = None
            for one in self.polls:
                one.is_open = False
        self.status = status

    @property
    def is_decidable(self) -> bool:
        return self.status in OPEN_MEETINGS and bool(self.seats) and bool(self.topics)

    @property
    def uninvited(self) -> list[Seat]:
        return [one for one in self.seats.values() if one.decision == "yes" and one.asked is None]

    @property
    def workers(self) -> set[int]:
        """Those from whom a time is taken."""
        coming = {worker_of(one.key) for one in self.seats.values() if one.is_coming}
        return {self.convener, *(one for one in coming if one is not None)}


@dataclass
class Offer:
    """The koppi on its way: `to` is a worker, or None when it is the unit `unit`."""

    pk: int
    giver: int
    to: int | None
    unit: int | None
    by: int | None = None
    status: str = "offered"


@dataclass
class Matter:
    """A situation."""

    pk: int
    holder: int
    stage: str = "raised"
    ending: str = ""
    talks: int = 0
    offers: list[Offer] = field(default_factory=list)
    meetings: list[Shared] = field(default_factory=list)
    # Whose permission to be invited is in force.
    let_in: dict[Key, bool] = field(default_factory=dict)
    asked: dict[Key, list[Asked]] = field(default_factory=dict)
    row: object = None

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def meeting(self) -> Shared | None:
        """The one meeting that is being prepared or ahead."""
        found = [one for one in self.meetings if one.status in OPEN_MEETINGS]
        assert len(found) <= 1
        return found[0] if found else None

    @property
    def offered(self) -> Offer | None:
        return next((one for one in self.offers if one.status == "offered"), None)

    def has_koppi(self, by: int) -> bool:
        return self.is_open and self.holder == by

    def is_ended_by(self, result: str) -> bool:
        """Does a talk with this result end it? A family that has met has not declined."""
        if self.meeting is not None and self.meeting.status in UPCOMING:
            return False
        has_met = any(one.status == "held" for one in self.meetings)
        return result in ENDING_RESULTS and not (result == "declined" and has_met)

    def prepares(self, meeting: Shared, by: int) -> bool:
        return meeting.status in OPEN_MEETINGS and by in {meeting.convener, self.holder}

    def proposes(self, meeting: Shared, by: int) -> bool:
        return self.prepares(meeting, by) and meeting.status != "booked"

    def convenes(self, by: int) -> bool:
        """May this one begin a new meeting? The one that is begun is given back to those who prepare it."""
        if self.meeting is not None and self.prepares(self.meeting, by):
            return True
        return self.has_koppi(by) and self.talks > 0 and self.stage in {"raised", "convening", "plan"}

    def books(self, meeting: Shared, by: int) -> bool:
        return (
            self.prepares(meeting, by)
            and meeting.status == "decided"
            and any(one.decision == "yes" for one in meeting.seats.values())
            and any(decision == "yes" for _pk, decision in meeting.topics.values())
        )

    def records(self, meeting: Shared, by: int, *, has_begun: bool) -> bool:
        return (
            meeting.status in {"invited", "held"}
            and by in {meeting.convener, self.holder}
            and self.is_open
            and not (meeting.status == "held" and self.stage == "plan")
            and has_begun
        )

    # --- what follows from what ------------------------------------------------------------------------

    def takes_permission_back(self, key: Key) -> None:
        self.let_in[key] = False
        for one in self.asked.get(key, []):
            one.status = "revoked"
        for poll in [one for meeting in self.meetings for one in meeting.polls]:
            poll.silenced.add(key)

    def decides(self, meeting: Shared, noes: set[str]) -> None:
        for title, topic in meeting.topics.items():
            topic[1] = "no" if title in noes else "yes"
        for key, seat in meeting.seats.items():
            seat.decision = "no" if key in noes else "yes"
            if seat.decision == "no":
                if self.let_in.get(key):
                    self.takes_permission_back(key)
                continue
            if seat.has_consent and not self.let_in.get(key):
                seat.asked = None
            self.let_in[key] = seat.has_consent = True
        if meeting.status in {"draft", "with_family"}:
            meeting.goes_to("decided")

    def cancels(self, meeting: Shared) -> None:
        for seat in meeting.seats.values():
            if seat.asked is not None:
                seat.asked.status = "revoked"
        if meeting.status == "invited":
            self.stage = "convening"
        meeting.goes_to("cancelled")

    def ends(self, ending: str) -> None:
        if self.meeting is not None:
            self.cancels(self.meeting)
        if self.offered is not None:
            self.offered.status = "withdrawn"
        self.stage, self.ending = ("everyday" if ending == "everyday" else "ended"), ending
