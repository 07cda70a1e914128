"""Writing the draft field by field, by several people at once."""

from collections.abc import Mapping

from django.db import transaction

from meetings.actions.situations import locked as locked_situation
from meetings.models import Situation
from network.models import Worker
from perhekeskus.autosave import Change, WrittenMeanwhile, sort
from perhekeskus.refusals import require

from . import rules
from .actions import TEXTS, PlanChanged, latest
from .models import Plan
from .states import PlanStatus
from .written import RESPONSIBLE, copy_rows, saved_fields, write_fields


def version_written(newest: Plan | None) -> int:
    """Which version is being written: the draft, or the one that comes after what was agreed."""
    if newest is None:
        return 1
    return newest.version if newest.status == PlanStatus.DRAFT else newest.version + 1


@transaction.atomic
def save_fields(*, situation: Situation, by: Worker, version: int, changes: Mapping[str, Change]) -> None:
    """Save single fields while the page is written.

    The first of them makes the draft. Raises PlanChanged on a page of a version that is agreed on already.
    """
    situation = locked_situation(situation)
    newest = _checked(situation, by, version)
    saved = saved_fields(newest, changes)
    write = sort(changes, saved).write
    if _why_not_named(situation, saved | write):
        # Two have chosen the same worker at once, or somebody's permission has just ended.
        write = {name: value for name, value in write.items() if name not in RESPONSIBLE}
    if write:
        write_fields(draft_of(situation, newest, by), by, write)


@transaction.atomic
def save_page(*, situation: Situation, by: Worker, version: int, changes: Mapping[str, Change]) -> Plan:
    """Save the whole page, making the draft when there is none.

    Nothing is written over unseen: raises WrittenMeanwhile or PlanChanged, and then nothing is saved.
    """
    situation = locked_situation(situation)
    newest = _checked(situation, by, version)
    saved = saved_fields(newest, changes)
    found = sort(changes, saved)
    if found.clash:
        raise WrittenMeanwhile(rules.CHANGED, found.clash)
    now = saved | found.write
    require(_why_not_named(situation, now))
    plan = draft_of(situation, newest, by)
    if found.write or plan != newest:
        write_fields(plan, by, found.write)
    return plan


def _checked(situation: Situation, by: Worker, version: int) -> Plan | None:
    require(rules.why_not_write_plan(by, situation))
    newest = latest(situation)
    if version != version_written(newest):
        raise PlanChanged(newest)
    return newest


def _why_not_named(situation: Situation, fields: Mapping[str, str]) -> rules.Sentence:
    chosen = [int(fields[name]) for name in RESPONSIBLE if fields[name]]
    workers = {
        worker.pk: worker
        for worker in Worker.objects.filter(pk__in=chosen).select_related("unit__organisation")
    }
    return rules.why_not_named([workers[pk] for pk in chosen if pk in workers], situation)


def draft_of(situation: Situation, newest: Plan | None, by: Worker) -> Plan:
    """The draft; when there is none, the next version, begun with what the agreed one says.

    Whoever asks for it writes in it at once.
    """
    if newest is not None and newest.status == PlanStatus.DRAFT:
        return newest
    plan = Plan(
        situation=situation,
        version=version_written(newest),
        edition=newest.edition if newest is not None else 0,
        meeting=rules.latest_held(situation),
        written_by=by,
        **{name: getattr(newest, name, "") for name in TEXTS},
    )
    plan.save()
    if newest is not None:
        copy_rows(newest, plan)
    return plan
