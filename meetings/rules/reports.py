"""Who keeps the steering group's report, and when it is made."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker

from ..models import ReportReceiver

Sentence = str | Promise | None


def why_not_keep_reports(worker: Worker) -> Sentence:
    if not (worker.is_active and (worker.is_coordinator or worker.is_administrator)):
        return _("Vain koordinaattori ja pääkäyttäjä hoitavat ohjausryhmän raporttia.")
    return None


def why_not_seen(receiver: ReportReceiver, seen_version: int) -> Sentence:
    """A page that shows an older state changes nothing."""
    if receiver.version != seen_version:
        return _("Joku muu on muuttanut näitä tietoja sen jälkeen, kun avasit sivun. Katso ne uudelleen.")
    return None


def why_not_make_again(month: date, due: date, *, is_made: bool, is_asked: bool) -> Sentence:
    """Only the latest one, once the clock has made it; the page may have been open since an earlier one."""
    if month != due:
        return _("Uuden kuukauden raportti on jo tehty. Avaa sivu uudelleen.")
    if not is_made:
        return _("Raportti valmistuu itsestään kuun 2. päivänä. Sen jälkeen sen voi tehdä uudelleen.")
    if is_asked:
        return _("Raporttia tehdään jo uudelleen. Se tulee tälle sivulle, kun se on valmis.")
    return None
