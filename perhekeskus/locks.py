"""Waiting for a row before it is read."""

from django.db.models import Model


def lock(row: Model) -> None:
    """Wait for the row and keep it until the transaction ends; read it again, with its relations, after this.

    A lock and a join in one query give the row as it is after the wait, but its relations as they were
    before: a koppi that changed hands meanwhile would look lost, a room booked meanwhile unbooked.
    """
    list(type(row)._base_manager.select_for_update().filter(pk=row.pk).order_by("pk").values_list("pk"))
