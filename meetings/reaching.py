"""What this floor adds to the ways of reaching somebody: asking for advice, proposing to a shared time."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from network.reaching import Target, Way, register

from .consulting import start_url


def _propose_url(by: Worker, target: Target) -> str | None:
    if not by.works_with_families or target == by:
        return None
    if isinstance(target, Worker) and not (target.works_with_families and target.available_for_shared_times):
        return None
    return reverse("meeting_propose", args=[type(target).__name__.lower(), target.pk])


def _consult_url(by: Worker, target: Target) -> str | None:
    if not by.works_with_families or target == by:
        return None
    # Asked of every row of a list, so without a query; of a unit the next page says whether anybody answers.
    if isinstance(target, Worker) and not (target.works_with_families and target.available_for_consultation):
        return None
    return start_url(target)


register(Way("consult", _("Kysy neuvoa"), _consult_url))
register(Way("propose", _("Ehdota yhteiseen aikaan"), _propose_url))
