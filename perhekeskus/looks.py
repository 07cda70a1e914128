"""Writing down every look at a family's matters."""

from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from .models import AccessLog


def record_look(
    *,
    what: str | Promise,
    ground: str | Promise,
    family_id: int | None = None,
    contact_id: int | None = None,
    worker: Any = None,
    who: str | Promise = "",
) -> AccessLog:
    """Note that somebody looked. Called inside the transaction that reads; `who` when there is no account.

    `contact_id` when the family has contacted us, and there is no family on record yet.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A look is recorded in the transaction of the read.")
    return AccessLog.objects.create(
        worker=worker,
        who=worker.name if worker is not None else str(who),
        organisation=str(worker.unit) if worker is not None else "",
        family_id=family_id,
        contact_id=contact_id,
        what=str(what),
        ground=str(ground),
    )
