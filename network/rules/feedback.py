"""Who may thank, give feedback and reply."""

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import PeerFeedback, Worker


def why_not_write_to(by: Worker, to: Worker) -> Sentence | None:
    if not by.is_active:
        return _("Tunnuksesi ei ole käytössä.")
    if by.pk == to.pk:
        return _("Valitse joku toinen kuin sinä itse.")
    if not to.is_active:
        return _("Työntekijän tunnus ei ole käytössä, joten viesti ei menisi perille.")
    return None


def why_not_reply(by: Worker, feedback: PeerFeedback) -> Sentence | None:
    if feedback.to_worker_id != by.pk:
        return _("Palautteeseen vastaa se, joka sai sen.")
    if feedback.replied_at is not None:
        return _("Olet jo vastannut. Jatkakaa kasvokkain.")
    return None
