"""May times be asked, answered, booked by a poll?"""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker

from ..models import Meeting, PollTime, PollVoice, TimePoll
from ..states import MeetingStatus, PollChoice
from .meetings import why_not_book, why_not_prepare

Sentence = str | Promise | None


def why_not_poll(worker: Worker, meeting: Meeting) -> Sentence:
    if refused := why_not_book(worker, meeting):
        return refused
    if meeting.polls.filter(closed_at=None, closes_at__gt=timezone.now()).exists():
        return _("Aikakysely on jo auki.")
    return None


def why_not_answer_poll(voice: PollVoice) -> Sentence:
    """Nothing of the family is told in the sentence: it is shown by the link too."""
    consent = voice.consent
    if consent is not None and not consent.is_in_force:
        return _("Kysely on peruttu. Sinun ei tarvitse tehdä mitään.")
    if not voice.poll.is_open:
        return _("Kysely on päättynyt, joten siihen ei voi enää vastata.")
    return None


def why_not_close(worker: Worker, poll: TimePoll) -> Sentence:
    return why_not_prepare(worker, poll.meeting)


def why_not_book_by_poll(worker: Worker, time: PollTime, family: PollChoice | None) -> Sentence:
    """The family's answer weighs most: what does not suit it, or what it has not answered, is not booked."""
    meeting = time.poll.meeting
    if refused := why_not_prepare(worker, meeting):
        return refused
    if meeting.status != MeetingStatus.DECIDED:
        return _("Aika on jo varattu.")
    if family is None:
        return _("Perhe ei ole vielä vastannut. Kysy perheeltä ja kirjaa vastaus ensin.")
    if family == PollChoice.NO:
        return _("Tämä aika ei sovi perheelle.")
    return None
