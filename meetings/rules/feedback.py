"""Who may say how a shared time was, and until when."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from network.naming import names_this_family

from ..models import FeedbackReceipt, Meeting
from ..states import FeedbackSide, MeetingStatus

Sentence = str | Promise | None


def why_not_answer(receipt: FeedbackReceipt) -> Sentence:
    """Each one answers once, while it is remembered."""
    if receipt.is_answered:
        return _("Palaute on jo annettu. Kiitos siitä.")
    if not FeedbackReceipt.objects.waiting().filter(pk=receipt.pk).exists():
        return _("Palautetta tästä tapaamisesta ei enää kerätä.")
    return None


def why_not_words(receipt: FeedbackReceipt, words: str, *, holder_may_read: bool) -> Sentence:
    """A professional's words name nobody of the family; the family's are kept when somebody may read them."""
    if not words:
        return None
    if receipt.side == FeedbackSide.FAMILY:
        if holder_may_read:
            return None
        return _(
            "Kukaan ei saa lukea terveisiänne, joten niitä ei säilytetä."
            " Antakaa työntekijänne lukea ne tai tyhjentäkää kohta."
        )
    name = names_this_family(receipt.meeting.situation.family, words)
    if name is None:
        return None
    return _("Tekstissä on ”%(name)s”. Kerro, mitä opit, mutta älä kirjoita perheestä.") % {"name": name}


def why_not_enter(worker: Worker, meeting: Meeting) -> Sentence:
    """What the family said on paper or on the spot is written in by those who led the meeting."""
    leads = {meeting.convener_id, meeting.situation.holder_id, meeting.recorder_id, meeting.chair_id}
    if worker.pk not in leads:
        return _("Perheen palautteen kirjaa sovittu kirjaaja, vetäjä tai koollekutsuja.")
    if meeting.status != MeetingStatus.HELD:
        return _("Palautetta kysytään, kun tapaaminen on merkitty pidetyksi.")
    receipt = meeting.feedback_receipts.of_family().first()
    if receipt is None:
        return _("Perhe ei ollut mukana, joten palautetta ei kysytä.")
    receipt.meeting = meeting
    return why_not_answer(receipt)
