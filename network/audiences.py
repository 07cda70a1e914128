"""Whom a bulletin or a forum concerns: the active workers of the places, the sectors and the units chosen."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from .models import AreaForum, Bulletin, BulletinMunicipality, BulletinUnit, Group, GroupMembership, Worker


def workers_of(
    *, municipalities: Iterable[str], sectors: Iterable[str], units: Iterable[int], group: Group | None = None
) -> QuerySet[Worker]:
    """Those who fit everything that is chosen; what is left empty leaves nobody out."""
    workers = Worker.objects.active()
    if municipalities := list(municipalities):
        workers = workers.filter(unit__municipality__in=municipalities)
    if sectors := list(sectors):
        workers = workers.filter(unit__organisation__sector__in=sectors)
    if units := list(units):
        workers = workers.filter(unit__in=units)
    if group is not None:
        workers = workers.filter(pk__in=GroupMembership.objects.now().filter(group=group).values("worker"))
    return workers


def audience_of(bulletin: Bulletin) -> QuerySet[Worker]:
    """Those whom the bulletin concerns as the network is now."""
    return workers_of(
        municipalities=BulletinMunicipality.objects.filter(bulletin=bulletin).values_list(
            "municipality", flat=True
        ),
        sectors=bulletin.sectors,
        units=BulletinUnit.objects.filter(bulletin=bulletin).values_list("unit", flat=True),
        group=bulletin.group if bulletin.is_for_members else None,
    )


def municipalities_of(forum: AreaForum) -> list[str]:
    """The numbers of the municipalities whose workers a forum is for."""
    if forum.area is not None:
        return list(forum.area.municipalities.values_list("pk", flat=True))
    return [forum.municipality_id] if forum.municipality_id else []


def invited_to(forum: AreaForum) -> QuerySet[Worker]:
    """Those whom the forum is for as the network is now; nobody when its area has no municipality."""
    municipalities = municipalities_of(forum)
    if not municipalities:
        return Worker.objects.none()
    return workers_of(
        municipalities=municipalities,
        sectors=forum.sectors,
        units=forum.units.values_list("pk", flat=True) if forum.pk else [],
    )


def write_receipts(bulletin: Bulletin) -> None:
    """A receipt for everybody whom the bulletin concerns and who has none yet, in one statement."""
    _insert("network_bulletinreceipt (bulletin_id, worker_id)", "", bulletin.pk, audience_of(bulletin))


def write_participations(forum: AreaForum) -> None:
    """A row for everybody whom the forum is for and who has none yet, in one statement."""
    _insert(
        "network_forumparticipation (forum_id, worker_id, answer)", ", 'pending'", forum.pk, invited_to(forum)
    )


def _insert(into: str, more: str, pk: int, workers: QuerySet[Worker]) -> None:
    sql, params = workers.order_by("pk").values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {into} SELECT %s, audience.id{more} FROM ({sql}) AS audience"
            " ON CONFLICT DO NOTHING",
            [pk, *params],
        )
