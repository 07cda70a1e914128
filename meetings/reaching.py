"""What this floor adds to reaching somebody: asking for advice, proposing to a shared time, who is away."""

from collections.abc import Collection
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from network.reaching import AWAY, Target, Way, register
from perhekeskus import words

from .consulting import start_url
from .models import Absence


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


register(Way("consult", gettext_lazy("Kysy neuvoa"), _consult_url))
register(Way("propose", gettext_lazy("Ehdota yhteiseen aikaan"), _propose_url))


def _away(workers: Collection[int]) -> dict[int, str]:
    """The end of the absence that is going on, and the substitute when somebody answers meanwhile."""
    sentences = {}
    for absence in Absence.objects.filter(worker__in=workers).now().select_related("substitute"):
        assert absence.period.upper is not None
        last = words.short_day(absence.period.upper - timedelta(microseconds=1))
        substitute = absence.substitute
        sentences[absence.worker_id] = (
            _("Poissa %(day)s asti, sijainen %(name)s") % {"day": last, "name": substitute.name}
            if substitute is not None and substitute.is_active
            else _("Poissa %(day)s asti") % {"day": last}
        )
    return sentences


if _away not in AWAY:
    AWAY.append(_away)
