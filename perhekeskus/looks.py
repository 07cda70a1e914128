"""Writing down every look at a family's matters."""

from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from .models import AccessLog


def record_look(
    *, family_id: int, what: str | Promise, ground: str | Promise, worker: Any = None, who: str | Promise = ""
) -> AccessLog:
    """Note that somebody looked. Called inside the transaction that reads; `who` when there is no account."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A look is recorded in the transaction of the read.")
    return AccessLog.objects.create(
        worker=worker,
        who=worker.name if worker is not None else str(who),
        organisation=str(worker.unit) if worker is not None else "",
        family_id=family_id,
        what=str(what),
        ground=str(ground),
    )
