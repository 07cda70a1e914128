"""A worker's own absences, and who answers meanwhile."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from network.models import Worker
from perhekeskus.refusals import Refused, Sentence, require
from perhekeskus.words import HELSINKI

from ..cards import days_in_words
from ..models import Absence


def why_not_substitute(by: Worker, substitute: Worker) -> Sentence | None:
    if substitute.pk == by.pk:
        return _("Sijainen on joku muu kuin sinä.")
    if not substitute.works_with_families:
        return _("%(name)s ei työskentele perheiden kanssa.") % {"name": substitute.name}
    return None


@transaction.atomic
def add_absence(*, by: Worker, first: date, last: date, substitute: Worker | None = None) -> Absence:
    """Be away from the first day to the last, both whole days of Helsinki. The same twice is once.

    Days that overlap another absence are refused: one day has one substitute.
    """
    if last < first:
        raise Refused(_("Viimeinen päivä ei voi olla ennen ensimmäistä."))
    if substitute is not None:
        require(why_not_substitute(by, substitute))
    # The row of the worker is what two open tabs wait for each other at.
    worker = Worker.objects.select_for_update(of=("self",)).get(pk=by.pk)
    period = TimestamptzRange(
        datetime.combine(first, time.min, tzinfo=HELSINKI),
        datetime.combine(last + timedelta(days=1), time.min, tzinfo=HELSINKI),
    )
    other = Absence.objects.of(worker).filter(period__overlap=period).exclude(period=period).first()
    if other is not None:
        raise Refused(
            _("Olet jo merkinnyt poissaolon %(days)s. Poista se ensin tai valitse muut päivät.")
            % {"days": days_in_words(other)}
        )
    absence, _is_new = Absence.objects.update_or_create(
        worker=worker, period=period, defaults={"substitute": substitute}
    )
    return absence


@transaction.atomic
def remove_absence(*, absence: Absence, by: Worker) -> None:
    """Take one's own absence away."""
    if absence.worker_id != by.pk:
        raise Refused(_("Poissaolon voi poistaa vain se, jonka se on."))
    Absence.objects.filter(pk=absence.pk).delete()
