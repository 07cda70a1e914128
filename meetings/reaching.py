"""What this floor adds to the ways of reaching somebody: asking for advice, proposing to a shared time."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from network.reaching import Target, Way, register

from .consulting import code_of


def _propose_url(by: Worker, target: Target) -> str | None:
    if not by.works_with_families or target == by:
        return None
    if isinstance(target, Worker) and not (target.works_with_families and target.available_for_shared_times):
        return None
    return reverse("meeting_propose", args=[type(target).__name__.lower(), target.pk])


def _consult_url(by: Worker, target: Target) -> str | None:
    if not by.works_with_families or target == by:
        return None
    # Whether anybody of a unit or a team takes questions now, its own page says.
    if isinstance(target, Worker) and not (target.works_with_families and target.available_for_consultation):
        return None
    return f"{reverse('consultation_start')}?to={code_of(target)}"


register(Way("consult", _("Kysy neuvoa"), _consult_url))
register(Way("propose", _("Ehdota yhteiseen aikaan"), _propose_url))
