"""Groups, bulletins and forums, brought by the real actions as far as a test needs them."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from network.actions import bulletins, forums, groups
from network.models import Area, AreaForum, Bulletin, Group, GroupMeeting, Worker
from network.states import ForumKind, GroupKind, GroupRole

from .directory import AreaFactory, MunicipalityFactory, WorkerFactory


class GroupFactory(DjangoModelFactory):
    """A group without anybody in it yet."""

    class Meta:
        model = Group

    name = factory.Sequence(lambda number: f"HYVÄ-ryhmä {number}")
    kind = GroupKind.HYVA
    purpose = "Sovimme, miten lasten ja nuorten kanssa työskentelevät tukevat toisiaan."
    municipality = factory.SubFactory(MunicipalityFactory)


def a_group(*, chair: Worker, members: tuple[Worker, ...] = (), **fields) -> Group:
    """A group with its chair and its members."""
    group = GroupFactory(**fields)
    boss = WorkerFactory(coordinator=True)
    groups.add_member(group=group, worker=chair, by=boss, role=GroupRole.CHAIR)
    for worker in members:
        groups.add_member(group=group, worker=worker, by=chair)
    return group


def a_group_meeting(
    *, group: Group, by: Worker, days: int = 7, agenda: str = "Kevään aikataulu"
) -> GroupMeeting:
    starts_at = timezone.now() + timedelta(days=days)
    return groups.plan_meeting(
        group=group,
        by=by,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place="Perhekeskus, Pihlaja",
        agenda=agenda,
    )


def a_draft(*, by: Worker, group: Group | None = None, to=(), sectors=(), units=(), **fields) -> Bulletin:
    """A bulletin that nobody has got yet."""
    words = {"title": "Neuvolan puhelinajat muuttuvat", "text": "Uudet ajat alkavat maanantaina."} | fields
    bulletin = bulletins.write(bulletin=Bulletin(group=group), by=by, fields=words)
    if to or sectors:
        bulletin = bulletins.aim(
            bulletin=bulletin, by=by, municipalities=to, sectors=sectors, seen_version=bulletin.version
        )
    if units:
        bulletin = bulletins.aim_at_units(
            bulletin=bulletin, by=by, units=units, seen_version=bulletin.version
        )
    return bulletin


def a_bulletin(*, by: Worker | None = None, **fields) -> Bulletin:
    """A bulletin that has been sent."""
    by = by or WorkerFactory(coordinator=True)
    draft = a_draft(by=by, **fields)
    return bulletins.publish(bulletin=draft, by=by, seen_version=draft.version)


def a_forum(*, by: Worker, days: int = 14, area: Area | None = None, **fields) -> AreaForum:
    """A forum that nobody has been invited to yet."""
    starts_at = timezone.now() + timedelta(days=days)
    values = {
        "kind": ForumKind.AREA,
        "area": None if fields.get("municipality") else area or AreaFactory(),
        "municipality": None,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "place": "Kunnantalo, valtuustosali",
        "themes": "Mitä syksy toi?",
        "sectors": [],
    } | fields
    return forums.save_forum(forum=AreaForum(), by=by, fields=values)


def an_invited_forum(*, by: Worker, **fields) -> AreaForum:
    forum = a_forum(by=by, **fields)
    return forums.invite(forum=forum, by=by, seen_version=forum.version)
