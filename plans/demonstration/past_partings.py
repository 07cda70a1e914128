"""What did not go as was meant: shared times called off, and families whose matter ended without one."""

from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from meetings.models import Cancellation, Conversation, Meeting, Situation
from meetings.states import (
    CalledOff,
    CancelReason,
    ConversationResult,
    Ending,
    MeetingStatus,
    Stage,
    WayIn,
    WhoCancelled,
)
from network.models import Family, FamilyMember, Municipality, Worker
from network.states import ContactChannel, MemberRole

from .advice import past_advice
from .chance import Chance
from .past_rows import PastRows
from .stories import Story

WAYS_IN = [*[WayIn.CLOSE_WORKER] * 6, *[WayIn.PHONE] * 2, WayIn.ELECTRONIC, WayIn.OUTREACH]
# Why it was called off tells whose side it was from.
REASONS = {
    WhoCancelled.FAMILY: [CancelReason.TIME, CancelReason.NOT_NOW, CancelReason.FAMILY_AWAY],
    WhoCancelled.PROFESSIONAL: [CancelReason.KEY_PERSON, CancelReason.TIME],
    WhoCancelled.CONVENER: [CancelReason.TIME, CancelReason.ROOM],
    WhoCancelled.ILLNESS: [CancelReason.ILLNESS],
    WhoCancelled.OTHER: [CancelReason.OTHER],
}
WHOSE = [
    *[WhoCancelled.FAMILY] * 4,
    *[WhoCancelled.ILLNESS] * 3,
    *[WhoCancelled.PROFESSIONAL] * 2,
    WhoCancelled.CONVENER,
    WhoCancelled.OTHER,
]

GUIDANCE, NOTHING_MORE = ConversationResult.GUIDANCE, ConversationResult.NOTHING_MORE
DECLINED, ACCEPTED = ConversationResult.DECLINED, ConversationResult.ACCEPTED
# In what the talk resulted, at which stage it ended and how; as often as it stands here.
PARTINGS = [
    *[(GUIDANCE, Stage.RAISED, Ending.GUIDANCE)] * 6,
    *[(NOTHING_MORE, Stage.RAISED, Ending.NOTHING_MORE)] * 5,
    *[(DECLINED, Stage.RAISED, Ending.DECLINED)] * 3,
    *[(GUIDANCE, Stage.RAISED, Ending.CONSULTATION)] * 2,
    (ACCEPTED, Stage.CONVENING, Ending.DECLINED),
    (ACCEPTED, Stage.CONVENING, Ending.MOVED),
    *[(ACCEPTED, Stage.SHARED_TIME, Ending.OTHER_SERVICE)] * 2,
]


def tell_parting(
    rows: PastRows,
    story: Story,
    municipality: Municipality,
    worker: Worker,
    adviser: Worker,
    at: datetime,
    chance: Chance,
) -> None:
    """A family whose matter ended without a shared time."""
    result, stage, ending = chance.choice(PARTINGS)
    family, guardian = _family(rows, story, municipality, chance)
    over = at if result in {NOTHING_MORE, DECLINED} else at + timedelta(days=chance.randint(3, 12))
    situation = Situation(
        family=family,
        stage=stage,
        stage_since=at,
        holder=worker,
        way_in=chance.choice(WAYS_IN),
        opened_at=at,
        opened_by=worker,
    )
    rows.situations.append(situation)
    rows.endings.append((situation, ending, over))
    rows.conversations.append(
        Conversation(
            situation=situation,
            held_on=at.date(),
            noticed_where=story.noticed_where,
            strengths=story.strengths,
            family_words=story.family_words,
            child_view=story.child_view,
            worries=story.worries,
            result=result,
            recorded_at=at,
            recorded_by=worker,
        )
    )
    if ending == Ending.CONSULTATION:
        # The third of each nine past questions is one that was enough.
        asked = past_advice(situation, guardian, worker, adviser, at, 3)
        if asked is not None:
            rows.consents.append(asked[0])
            rows.advice.append((asked[1], situation))
    if stage == Stage.CONVENING:
        _called_off(rows, situation, municipality, at, over, None, WhoCancelled.FAMILY, CancelReason.NOT_NOW)
    elif stage == Stage.SHARED_TIME:
        who = chance.choice(WHOSE)
        _called_off(
            rows,
            situation,
            municipality,
            at,
            over,
            over + timedelta(days=2),
            who,
            chance.choice(REASONS[who]),
        )


def tell_called_off(
    rows: PastRows,
    situation: Situation,
    municipality: Municipality,
    opened_at: datetime,
    starts_at: datetime,
    chance: Chance,
) -> None:
    """A time that was set and did not come true: mostly called off before it, now and then nobody came."""
    who = chance.choice(WHOSE)
    if chance.random() < 0.3:
        over, status = starts_at + timedelta(hours=1), MeetingStatus.NOT_HELD
    else:
        over, status = starts_at - timedelta(days=chance.randint(1, 3)), MeetingStatus.CANCELLED
    _called_off(
        rows,
        situation,
        municipality,
        opened_at,
        over,
        starts_at,
        who,
        chance.choice(REASONS[who]),
        status=status,
    )


def _family(
    rows: PastRows, story: Story, municipality: Municipality, chance: Chance
) -> tuple[Family, FamilyMember]:
    family = Family(
        municipality=municipality,
        language=story.language,
        other_language=story.other_language,
        contact_channel=ContactChannel.PAPER,
    )
    guardian = FamilyMember(family=family, role=MemberRole.GUARDIAN, first_name=chance.first_name())
    rows.families.append(family)
    rows.members.append(guardian)
    return family, guardian


def _called_off(
    rows: PastRows,
    situation: Situation,
    municipality: Municipality,
    opened_at: datetime,
    over: datetime,
    starts_at: datetime | None,
    who: WhoCancelled,
    why: CancelReason,
    *,
    status: MeetingStatus = MeetingStatus.CANCELLED,
) -> None:
    """The meeting as it was left: without a time when none had been found yet."""
    by, is_cancelled = situation.holder, status == MeetingStatus.CANCELLED
    was_invited = starts_at is not None
    decided_at = opened_at + timedelta(hours=20)
    meeting = Meeting(
        situation=situation,
        status=status,
        municipality=municipality,
        convener=by,
        period=DateTimeTZRange(starts_at, starts_at + timedelta(minutes=90)) if starts_at else None,
        created_at=opened_at + timedelta(hours=1),
        decided_at=decided_at if was_invited else None,
        invited_at=decided_at + timedelta(hours=1) if was_invited else None,
        invited_by=by if was_invited else None,
        cancelled_at=over if is_cancelled else None,
        cancelled_by=by if is_cancelled else None,
    )
    rows.meetings.append(meeting)
    rows.cancellations.append(
        Cancellation(
            meeting=meeting,
            what=CalledOff.MEETING if is_cancelled else CalledOff.NOT_HELD,
            who=who,
            why=why,
            at=over,
            by=by,
        )
    )
