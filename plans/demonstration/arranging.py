"""Families whose time is being arranged or was moved, and one who looked back from a good future."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from meetings.actions import dialogues, holds, polls, rescheduling
from meetings.actions.contributions import contribute, decide_on_contribution
from meetings.actions.rooms import close_room
from meetings.models import PollVoice, Room
from meetings.slots import room_for
from meetings.states import DialogueQuestion, MeetingKind, PollChoice, WayIn
from network.states import ConsentMethod, ContactChannel, InvitationStatus
from perhekeskus.autosave import Change, mark

from .clock import moment, set_to, workday
from .places import HOME_TOWN
from .stories import STORIES
from .threads import Teller, Thread

YES, IF_NEEDED, NO = PollChoice.YES, PollChoice.IF_NEEDED, PollChoice.NO
# The workdays and hours that the poll asks of.
POLLED = ((5, time(9)), (6, time(13)), (7, time(9)), (8, time(14, 30)))


def arrange(teller: Teller) -> None:
    """A room that is not in use, and one family of each: a poll, a held time, a moved meeting, a dialogue."""
    _closed_room(teller)
    _polled(teller)
    _held_for_the_family(teller)
    _moved(teller)
    _looked_back(teller)


def _thread(teller: Teller, story: str, desk: str, channel: ContactChannel, *, is_named: bool) -> Thread:
    by = teller.network.desks[desk]
    return teller.thread(STORIES[story], HOME_TOWN, by, channel=channel, is_named=is_named)


def _closed_room(teller: Teller) -> None:
    """The smallest room at home is being painted."""
    room = (
        Room.objects.filter(unit__municipality__name_fi=HOME_TOWN, bookings=None)
        .order_by("seats", "pk")
        .first()
    )
    if room is not None:
        with set_to(teller.at(-2)):
            close_room(
                room=room, by=teller.network.desks["koordinaattori"], reason="Maalataan ja kalustetaan."
            )


def _polled(teller: Teller) -> None:
    """The family and one of the asked have answered; the others have three days left."""
    at = teller.at
    thread = _thread(teller, "two_homes", "vastuutyontekija", ContactChannel.EMAIL, is_named=False)
    thread.raised(at(-7), way_in=WayIn.OUTREACH).proposed(at(-5)).decided(at(-3)).settled()
    starts = [moment(workday(teller.today, days), clock) for days, clock in POLLED]
    with set_to(at(-1, time(13))):
        poll = polls.ask(
            meeting=thread.meeting,
            by=thread.by,
            periods=[DateTimeTZRange(start, start + timedelta(minutes=90)) for start in starts],
            closes_at=at(3, time(16)),
        )
    times = list(poll.times.order_by("period").values_list("pk", flat=True))
    voices = list(PollVoice.objects.filter(poll=poll).order_by("participation_id"))
    family = [voice for voice in voices if voice.is_family]
    others = [voice for voice in voices if not voice.is_family]
    for voice, said in zip(
        [*family, *others[:1]], [(NO, YES, IF_NEEDED, YES), (YES, YES, NO, IF_NEEDED)], strict=False
    ):
        with set_to(at(-1, time(15))):
            polls.answer(voice=voice, answers=dict(zip(times, said, strict=True)))
    thread.settled()


def _held_for_the_family(teller: Teller) -> None:
    """A time was held two hours ago: the family sleeps on it."""
    at = teller.at
    thread = _thread(teller, "tight_home", "lahityontekija", ContactChannel.SMS, is_named=True)
    thread.raised(at(-6)).proposed(at(-4)).decided(at(-3))
    slot = thread.free_slot(5, 20)
    with set_to(timezone.now() - timedelta(hours=2)):
        holds.hold(
            meeting=thread.meeting,
            by=thread.by,
            period=DateTimeTZRange(slot.starts_at, slot.ends_at),
            room=room_for(thread.meeting, slot.room_id),
            hours=48,
            seen_version=None,
            without=slot.busy_worker_ids,
        )
    thread.settled()


def _moved(teller: Teller) -> None:
    """Everybody had said yes; the family's own day changed, and they are asked anew. One has answered."""
    at = teller.at
    thread = _thread(teller, "night_games", "vastuutyontekija", ContactChannel.PHONE, is_named=True)
    thread.raised(at(-12), way_in=WayIn.PHONE).proposed(at(-10)).decided(at(-9))
    thread.booked(at(-9, time(12)), 3, 4).invited(at(-8)).answered(at(-7))
    slot = thread.free_slot(7, 20)
    with set_to(at(-1, time(11))):
        rescheduling.move(
            meeting=thread.meeting,
            by=thread.by,
            period=DateTimeTZRange(slot.starts_at, slot.ends_at),
            room=room_for(thread.meeting, slot.room_id),
            method=ConsentMethod.PHONE,
            without=slot.busy_worker_ids,
        )
    thread.answered(at(-1, time(14)), InvitationStatus.ACCEPTED, InvitationStatus.DECLINED)
    _let_be_read(thread, at(-1, time(15)))
    thread.settled()


def _let_be_read(thread: Thread, on: datetime) -> None:
    """The one who can't come on the new day writes beforehand, and the family lets it be read."""
    [seat, *_others] = thread.meeting.participations.select_related("invitation").filter(
        invitation__status=InvitationStatus.DECLINED
    )
    with set_to(on):
        one = contribute(
            participation=seat,
            by=seat.worker,
            text="Nuori on tullut tapaamisiin aina ajallaan. Uni kannattaa ottaa puheeksi hänen tahdissaan.",
        )
        decide_on_contribution(contribution=one, may_be_read=True, by=thread.by)


def _looked_back(teller: Teller) -> None:
    """A young person's own team, by tulevaisuuden muistelu; the plan is still to be written."""
    at = teller.at
    thread = _thread(teller, "school_absences", "vastuutyontekija", ContactChannel.EMAIL, is_named=True)
    thread.raised(at(-14)).proposed(at(-12), code=MeetingKind.YOUTH_TEAM).decided(at(-11))
    thread.booked(at(-11, time(12)), -2).invited(at(-10)).answered(at(-9))
    with set_to(thread.starts_at + timedelta(minutes=20)):
        dialogue = dialogues.begin(
            meeting=thread.meeting,
            by=thread.by,
            future_on=workday(teller.today, 250),
            minutes=10,
        )
        speakers = dialogue.turns.select_related("member", "participation__close_person").order_by("position")
        for turn, words in zip(speakers, LOOKED_BACK, strict=False):
            dialogues.write(turn=turn, by=thread.by, answers=_written(words))
    thread.recorded().settled()


def _written(words: Mapping[DialogueQuestion, str]) -> dict[str, Change]:
    return {question.value: Change(text, seen=mark("")) for question, text in words.items()}


# What each said, in the order of the turns: the mother, the father, the grandfather, then the others.
LOOKED_BACK: tuple[Mapping[DialogueQuestion, str], ...] = (
    {
        DialogueQuestion.NOW: "Aamulla keittiöstä kuuluu radio ja puhetta. Kukaan ei huuda.",
        DialogueQuestion.HELPED: "Koulupäivä oli aluksi kaksi tuntia. Se riitti.",
        DialogueQuestion.DID: "Lakkasin soittamasta töistä joka puolen tunnin päästä.",
        DialogueQuestion.WORRIED: "Pelkäsin, että hän jää yksin huoneeseensa.",
        DialogueQuestion.EASED: "Joku muukin kysyi, miten meillä menee.",
    },
    {
        DialogueQuestion.NOW: "Hän tulee minun luokseni joka toinen viikonloppu ja kertoo itse kuulumisensa.",
        DialogueQuestion.DID: "Kävin koululla, en vain soittanut.",
        DialogueQuestion.WORRIED: "Ettei hän enää usko itseensä.",
    },
    {
        DialogueQuestion.NOW: "Poika korjaa mopoja ja käy koulua, siinä järjestyksessä.",
        DialogueQuestion.HELPED: "Paja tiistaisin ja torstaisin.",
        DialogueQuestion.DID: "Soitin aamuisin yhdeksältä. En komentanut.",
        DialogueQuestion.EASED: "Kun hän opetti minulle kaasuttimen.",
    },
    {
        DialogueQuestion.NOW: "Hän nukahtaa ennen puoltayötä.",
        DialogueQuestion.DID: "Juttelimme unesta, kun hän itse halusi.",
    },
    {
        DialogueQuestion.NOW: "Pienryhmässä on paikka, joka on hänen.",
        DialogueQuestion.DID: "Sovitin lukujärjestyksen pajapäiviin.",
    },
    {
        DialogueQuestion.NOW: "Pajalla hän näyttää muille, miten moottori puretaan.",
        DialogueQuestion.DID: "Hain hänet kotoa, kunnes hän sanoi tulevansa itse.",
    },
    {
        DialogueQuestion.NOW: "Minulle soitetaan ilouutisia.",
        DialogueQuestion.DID: "Pidin kiinni siitä, mitä yhdessä sovittiin.",
    },
)
