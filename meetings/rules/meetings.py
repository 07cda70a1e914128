"""What may be done to a meeting, and by whom."""

from collections.abc import Callable
from datetime import timedelta
from difflib import SequenceMatcher

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import OutsideProfessional, Worker
from network.naming import names_this_family
from network.rules.consents import why_not_ask_permission
from network.rules.texts import why_not_this_text

from ..models import Meeting, Participation
from ..states import OPEN_MEETINGS, PREPARING, UPCOMING, Decision, MeetingKind, MeetingStatus, Stage

Sentence = str | Promise | None

STALE = _(
    "Tämä sivu oli vanhentunut: tietoja on muutettu sen jälkeen, kun se avattiin."
    " Tiedot pitää tarkistaa ja tallentaa uudelleen."
)

AGREED_ALREADY = _("Suunnitelmasta on jo sovittu, joten yhteisen ajan kirjausta ei voi enää muuttaa.")

# Why what was written down of a meeting stays as it is. Upper floors add theirs when they load (plans).
SEALS: list[Callable[[Meeting], Sentence]] = []


def why_not_fresh(meeting: Meeting, seen_version: int | None) -> Sentence:
    """A page that shows an older state changes nothing."""
    return None if seen_version in {None, meeting.version} else STALE


def why_not_prepare(worker: Worker, meeting: Meeting) -> Sentence:
    """Convening is the work of the one who convenes or has the koppi."""
    if meeting.status == MeetingStatus.CANCELLED:
        return _("Yhteinen aika on peruttu.")
    if meeting.status not in OPEN_MEETINGS:
        return _("Yhteinen aika on jo ollut.")
    if worker.pk not in {meeting.convener_id, meeting.situation.holder_id}:
        return _("Vain koollekutsuja voi valmistella yhteistä aikaa.")
    return None


def why_not_letter(worker: Worker, meeting: Meeting) -> Sentence:
    """The letter tells a time that the family has agreed to and that is still ahead."""
    if refused := why_not_prepare(worker, meeting):
        return refused
    if meeting.status not in UPCOMING or meeting.period.lower <= timezone.now():
        return _("Kirjeen voi tulostaa, kun aika on sovittu ja vielä edessä.")
    return None


def why_not_propose(worker: Worker, meeting: Meeting) -> Sentence:
    if refused := why_not_prepare(worker, meeting):
        return refused
    if meeting.status == MeetingStatus.BOOKED:
        return _("Aika on jo varattu. Peru varaus, jos kutsuttavat vaihtuvat.")
    if meeting.status == MeetingStatus.INVITED and meeting.period.lower <= timezone.now():
        return _("Yhteinen aika on jo alkanut.")
    return None


def why_not_expect(worker: Worker, participation: Participation, text: str = "") -> Sentence:
    """May this be said to the proposed person of what is hoped of them? Nothing of any family is said."""
    meeting = participation.meeting
    if refused := why_not_prepare(worker, meeting):
        return refused
    if participation.member_id is not None:
        return _("Perhe on aina mukana.")
    if participation.invitation_id is not None:
        return _("Hänelle on jo lähtenyt kutsu.")
    if word := names_this_family(meeting.situation.family, text):
        return _(
            "Tekstissä on ”%(word)s”, josta perheen voi tunnistaa. Kutsuttu näkee tekstin jo ennen kuin"
            " vastaa: poista kohta tai kerro asia yleisesti."
        ) % {"word": word}
    return why_not_this_text(worker, text)


def why_not_mend(
    worker: Worker, meeting: Meeting, person: OutsideProfessional, *, name: str, why: str
) -> Sentence:
    """May the known professional's name be mended? Permissions stay theirs, so it is never another's name."""
    if refused := why_not_propose(worker, meeting):
        return refused
    if not why:
        return _("Kirjoita, miksi tiedot korjataan.")
    if not _is_same_person(person.name, name):
        return _(
            "Nimi on aivan toinen kuin ennen. Osoite on yhden ihmisen: jos kutsut toista, pyydä hänen oma"
            " osoitteensa."
        )
    return why_not_this_text(worker, why, name, apart_from=[person.name, name])


def _is_same_person(before: str, after: str) -> bool:
    """A typing error, or a part of the name that has changed: no other person in the same seat."""
    old, new = before.casefold(), after.casefold()
    return bool(set(old.split()) & set(new.split())) or SequenceMatcher(None, old, new).ratio() >= _ALIKE


_ALIKE = 0.7


def awaits_family(meeting: Meeting) -> bool:
    """Whether the family has been asked to decide: on the whole proposal, or on somebody added later."""
    if meeting.status == MeetingStatus.INVITED:
        undecided = {"decision": Decision.UNDECIDED}
        return (
            meeting.participations.filter(**undecided).exists() or meeting.topics.filter(**undecided).exists()
        )
    return meeting.status == MeetingStatus.WITH_FAMILY


def why_not_ask_family(worker: Worker, meeting: Meeting) -> Sentence:
    if refused := why_not_propose(worker, meeting):
        return refused
    if not meeting.situation.family.message_address:
        return _("Perheelle ei ole sähköpostia eikä puhelinnumeroa viestejä varten. Kirjaa päätös yhdessä.")
    return why_not_decidable(meeting)


def why_not_decidable(meeting: Meeting) -> Sentence:
    """Is there something for the family to decide on?"""
    if meeting.status not in OPEN_MEETINGS:
        return _("Yhteinen aika ei ole enää päätettävänä.")
    if not meeting.participations.filter(member=None).exists():
        return _("Ehdota ensin, keitä kutsutaan.")
    if not meeting.topics.exists():
        return _("Ehdota ensin, mistä puhutaan.")
    return why_not_ask_permission(meeting.situation.family)


def why_not_book(worker: Worker, meeting: Meeting) -> Sentence:
    if refused := why_not_prepare(worker, meeting):
        return refused
    if meeting.status != MeetingStatus.DECIDED:
        if meeting.status in PREPARING:
            return _("Perhe ei ole vielä päättänyt, keitä kutsutaan.")
        return _("Aika on jo varattu.")
    if not meeting.participations.filter(decision=Decision.YES, member=None).exists():
        return _("Perhe ei ole antanut lupaa kutsua ketään.")
    if not meeting.topics.filter(decision=Decision.YES).exists():
        return _("Perhe ei ole hyväksynyt yhtään aihetta.")
    return None


def why_not_invite(worker: Worker, meeting: Meeting) -> Sentence:
    if refused := why_not_prepare(worker, meeting):
        return refused
    if meeting.status not in {MeetingStatus.BOOKED, MeetingStatus.INVITED}:
        return _("Varaa ensin aika ja tila.")
    if meeting.period.lower <= timezone.now():
        return _("Varattu aika on jo mennyt. Varaa uusi aika.")
    return None


def why_not_change_leaders(worker: Worker, meeting: Meeting) -> Sentence:
    if refused := why_not_prepare(worker, meeting):
        return refused
    if meeting.status != MeetingStatus.INVITED:
        return _("Vetäjä ja kirjaaja valitaan, kun kutsut lähetetään.")
    return None


def why_not_cancel(worker: Worker, meeting: Meeting) -> Sentence:
    return why_not_prepare(worker, meeting)


# What everybody hopes of the meeting is on the wall: a guest who leads gets ready with it, not acquainted.
SHOWN_BEFORE = timedelta(minutes=30)


def why_not_show(worker: Worker, meeting: Meeting, *, opens_all: bool) -> Sentence:
    """The screen on the wall is opened by those who lead, once it is known who comes.

    By one who doesn't see all of the situation only when the meeting is about to begin.
    """
    if meeting.status not in {MeetingStatus.INVITED, MeetingStatus.HELD}:
        return _("Näytön voi avata, kun kutsut on lähetetty.")
    if worker.pk not in _leaders(meeting):
        return _("Näytön avaa vetäjä, kirjaaja tai koollekutsuja.")
    if not meeting.situation.is_open:
        return _("Tilanne on päättynyt, joten näyttöä ei enää avata.")
    if (
        not opens_all
        and meeting.status == MeetingStatus.INVITED
        and meeting.period.lower - SHOWN_BEFORE > timezone.now()
    ):
        return _("Näytön voi avata puoli tuntia ennen yhteisen ajan alkua.")
    return None


def leads(worker: Worker, meeting: Meeting) -> bool:
    """Whether this is one of those who write down what is said."""
    return worker.pk in _leaders(meeting)


def _leaders(meeting: Meeting) -> set[int | None]:
    return {meeting.convener_id, meeting.situation.holder_id, meeting.recorder_id, meeting.chair_id}


def why_not_record(worker: Worker, meeting: Meeting) -> Sentence:
    """Attendance, star and notes are written by those who lead, from the moment the meeting begins."""
    if meeting.status not in {MeetingStatus.INVITED, MeetingStatus.HELD}:
        return _("Tätä yhteistä aikaa ei voi kirjata.")
    if worker.pk not in _leaders(meeting):
        return _("Yhteisen ajan kirjaa sovittu kirjaaja, vetäjä tai koollekutsuja.")
    if not meeting.situation.is_open:
        return _("Tilanne on päättynyt, joten yhteisen ajan kirjausta ei voi enää muuttaa.")
    if meeting.status == MeetingStatus.HELD:
        # After a follow-up the situation is in its plan again, whether or not the plan was changed.
        if meeting.situation.stage == Stage.PLAN and meeting.kind_id != MeetingKind.FOLLOW_UP:
            return AGREED_ALREADY
        for seal in SEALS:
            if refused := seal(meeting):
                return refused
    if meeting.period.lower > timezone.now():
        return _("Yhteinen aika ei ole vielä alkanut.")
    return None
