"""Who may thank, give feedback and reply."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import PeerFeedback, Thanks, Worker


def why_not_write_to(by: Worker, to: Worker) -> Sentence | None:
    if not by.is_active:
        return _("Tunnuksesi ei ole käytössä.")
    if by.pk == to.pk:
        return _("Valitse joku toinen kuin sinä itse.")
    if not to.is_active:
        return _("Työntekijän tunnus ei ole käytössä, joten viesti ei menisi perille.")
    return None


# Of one sender in a day and a night: more than anybody means, less than a mistake or a nuisance.
A_DAY = timedelta(days=1)
MOST_A_DAY = 20
MOST_TO_ONE = 3


def why_not_so_many(by: Worker, to: Worker, written: type[Thanks | PeerFeedback]) -> Sentence | None:
    """Why no more thanks, or no more feedback, leave today."""
    since = timezone.now() - A_DAY
    receivers = written.objects.filter(from_worker=by, created_at__gt=since).values_list(
        "to_worker", flat=True
    )
    found = list(receivers.order_by())
    if found.count(to.pk) >= MOST_TO_ONE:
        return _(
            "Olet jo kirjoittanut hänelle tänään monta kertaa. Tekstisi on vielä tässä:"
            " lähetä se huomenna tai kerro se hänelle kasvokkain."
        )
    if len(found) >= MOST_A_DAY:
        return _("Olet kirjoittanut tänään jo monelle. Tekstisi on vielä tässä: lähetä se huomenna.")
    return None


def why_not_reply(by: Worker, feedback: PeerFeedback) -> Sentence | None:
    if feedback.to_worker_id != by.pk:
        return _("Palautteeseen vastaa se, joka sai sen.")
    if feedback.replied_at is not None:
        return _("Olet jo vastannut. Jatkakaa kasvokkain.")
    return None
