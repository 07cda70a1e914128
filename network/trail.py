"""The trail of who looked, as an administrator sees it: by worker, with nothing of any family."""

from django.db.models import QuerySet

from perhekeskus.models import AccessLog

from .models import Worker

# The family's number is not among them, and must never be.
COLUMNS = ("at", "who", "organisation", "what", "ground")


def looks_by(worker: Worker) -> QuerySet[AccessLog, dict]:
    """The worker's looks, newest first: when, who, from where, at what and on which ground."""
    return AccessLog.objects.filter(worker=worker).values(*COLUMNS)
