"""Arranging an area forum or a round: inviting, answering, recording, and what came out of it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from perhekeskus.locks import lock
from perhekeskus.refusals import require

from .. import gathering_letters
from ..audiences import invited_to, write_participations
from ..models import AreaForum, DevelopmentNeed, ForumParticipation, Municipality, Unit, Worker
from ..rules import forums as rules
from ..rules.groups import why_not_seen
from ..rules.texts import why_not_this_text
from ..states import DevelopmentState, ForumAnswer


@transaction.atomic
def save_forum(*, forum: AreaForum, by: Worker, fields: dict[str, Any], seen_version: int = 0) -> AreaForum:
    """Prepare a forum, or change it. Those already invited are told of another time or place."""
    if forum.pk:
        forum = _locked(forum)
        require(rules.why_not_change(by, forum))
        require(why_not_seen(forum.version, seen_version))
        forum.version += 1
    else:
        require(rules.why_not_arrange(by))
        forum.created_by = by
    require(why_not_this_text(by, fields["place"], fields["themes"]))
    period = DateTimeTZRange(fields["starts_at"], fields["ends_at"])
    moved = bool(forum.pk) and (forum.period != period or forum.place != fields["place"])
    forum.kind, forum.area, forum.municipality = fields["kind"], fields["area"], fields["municipality"]
    forum.period, forum.place, forum.themes = period, fields["place"], fields["themes"]
    forum.sectors = list(fields["sectors"])
    forum.sequence += int(moved)
    forum.save()
    if moved and forum.invited_at is not None:
        coming = forum.participations.exclude(answer=ForumAnswer.NOT_COMING).select_related("worker")
        gathering_letters.queue_forum(forum, coming.order_by("pk"), owner=by)
    return forum


@transaction.atomic
def choose_units(*, forum: AreaForum, by: Worker, units: Iterable[Unit], seen_version: int) -> AreaForum:
    """Only the workers of these units are invited; none means all of them."""
    forum = _locked(forum)
    require(rules.why_not_change(by, forum))
    require(why_not_seen(forum.version, seen_version))
    forum.version += 1
    forum.save(update_fields=["version"])
    forum.units.set(units)
    return forum


@transaction.atomic
def invite(*, forum: AreaForum, by: Worker, seen_version: int) -> AreaForum:
    """Invite everybody whom the forum is for. Later again: those who have come since."""
    forum = _locked(forum)
    require(rules.why_not_invite(by, forum, invited_to(forum).count()))
    require(why_not_seen(forum.version, seen_version))
    before = set(forum.participations.values_list("pk", flat=True))
    write_participations(forum)
    new = forum.participations.exclude(pk__in=before).select_related("worker").order_by("pk")
    if forum.invited_at is None:
        forum.invited_at, forum.invited_by = timezone.now(), by
        forum.save(update_fields=["invited_at", "invited_by"])
    gathering_letters.queue_forum(forum, new, owner=by)
    return forum


@transaction.atomic
def answer(*, forum: AreaForum, by: Worker, says: ForumAnswer) -> ForumParticipation:
    """Record one's own answer. Who was not invited may still come: the door is open."""
    forum = _locked(forum)
    require(rules.why_not_answer(by, forum))
    one, _made = ForumParticipation.objects.get_or_create(forum=forum, worker=by)
    if one.answer != says:
        one.answer, one.answered_at = says, timezone.now()
        one.save(update_fields=["answer", "answered_at"])
    return one


@transaction.atomic
def record(*, forum: AreaForum, by: Worker, came: Iterable[int], notes: str, seen_version: int) -> AreaForum:
    """The forum was held: who came, and what was talked about. Can be mended afterwards."""
    forum = _locked(forum)
    require(rules.why_not_record(by, forum))
    require(why_not_seen(forum.version, seen_version))
    require(why_not_this_text(by, notes))
    forum.notes = notes
    if forum.held_at is None:
        forum.held_at, forum.held_by = timezone.now(), by
    forum.version += 1
    forum.save(update_fields=["notes", "held_at", "held_by", "version"])
    there = set(came)
    forum.participations.filter(worker__in=there).update(came=True)
    forum.participations.exclude(worker__in=there).update(came=False)
    return forum


@transaction.atomic
def cancel(*, forum: AreaForum, by: Worker) -> AreaForum:
    """The forum is not held; those who were invited are told so. A second press changes nothing."""
    forum = _locked(forum)
    if forum.cancelled_at is not None:
        return forum
    require(rules.why_not_cancel(by, forum))
    forum.cancelled_at, forum.cancelled_by = timezone.now(), by
    forum.version += 1
    forum.save(update_fields=["cancelled_at", "cancelled_by", "version"])
    gathering_letters.queue_forum_cancelled(forum, owner=by)
    return forum


def _locked(forum: AreaForum) -> AreaForum:
    lock(forum)
    return AreaForum.objects.select_related("area", "municipality").get(pk=forum.pk)


# --- development needs ---------------------------------------------------------------------------


@transaction.atomic
def record_need(
    *, by: Worker, text: str, municipality: Municipality, forum: AreaForum | None = None
) -> DevelopmentNeed:
    """Write down what ought to be better in the common work; anybody may."""
    require(why_not_this_text(by, text))
    return DevelopmentNeed.objects.create(text=text, municipality=municipality, forum=forum, created_by=by)


@transaction.atomic
def take_need(*, need: DevelopmentNeed, by: Worker) -> DevelopmentNeed:
    """Take up a need that waits for somebody."""
    need = _locked_need(need)
    require(rules.why_not_take(by, need))
    return _save_need(need, owner=by, state=DevelopmentState.UNDER_WAY)


@transaction.atomic
def name_owner(*, need: DevelopmentNeed, by: Worker, owner: Worker) -> DevelopmentNeed:
    """Give the need to somebody; what waited is under way from then on."""
    need = _locked_need(need)
    require(rules.why_not_name_owner(by, need, owner))
    return _save_need(need, owner=owner, state=DevelopmentState.UNDER_WAY)


@transaction.atomic
def move_need(
    *, need: DevelopmentNeed, by: Worker, to: DevelopmentState, outcome: str, seen_version: int
) -> DevelopmentNeed:
    """Move the need on: done, put aside with the reason, or back to wait for somebody else."""
    need = _locked_need(need)
    require(why_not_seen(need.version, seen_version))
    require(rules.why_not_move(by, need, to, outcome))
    require(why_not_this_text(by, outcome))
    owner = None if to == DevelopmentState.OPEN else need.owner
    return _save_need(need, owner=owner, state=to, outcome=outcome.strip())


def _locked_need(need: DevelopmentNeed) -> DevelopmentNeed:
    lock(need)
    return DevelopmentNeed.objects.select_related("owner").get(pk=need.pk)


def _save_need(need: DevelopmentNeed, **changes: Any) -> DevelopmentNeed:
    for name, value in changes.items():
        setattr(need, name, value)
    need.moved_at = timezone.now()
    need.version += 1
    need.save()
    return need
