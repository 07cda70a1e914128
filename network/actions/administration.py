"""What an administrator does: accounts, organisations, units, municipalities."""

from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Model

from perhekeskus.refusals import require

from ..account_messages import queue_address_changed
from ..duties import held_by_duties
from ..models import Area, Municipality, Organisation, Population, Unit, Worker
from ..rules.administration import why_not_administer, why_not_change_worker

M = TypeVar("M", bound=Model)

CARD = (
    "first_name",
    "last_name",
    "email",
    "title",
    "unit",
    "is_active",
    "is_unit_editor",
    "is_supervisor",
    "is_guidance",
    "is_coordinator",
    "is_administrator",
)


@transaction.atomic
def create_worker(*, by: Worker, card: dict[str, Any]) -> Worker:
    """A new account without a password: the worker sets one by asking for a new one on the sign-in page."""
    require(why_not_change_worker(by, None, card))
    fields = {name: card[name] for name in CARD if name in card}
    return Worker.objects.create_user(fields.pop("email"), **fields)


@transaction.atomic
def change_worker(*, worker: Worker, by: Worker, card: dict[str, Any]) -> Worker:
    """Change a worker's account. What the worker has in hand stays where it is.

    A new address ends the password and the sign-ins, and both addresses are told of it: nobody
    becomes somebody else unseen.

    Both accounts are locked: of two administrators who close each other's account at once, one remains.
    """
    locked = {
        row.pk: row
        for row in Worker.objects.select_for_update(of=("self",))
        .filter(pk__in=[worker.pk, by.pk])
        .order_by("pk")
    }
    worker, by = locked[worker.pk], locked[by.pk]
    require(why_not_change_worker(by, worker, card))
    former, email = worker.email, card["email"].lower()
    for name in CARD:
        setattr(worker, name, card.get(name, getattr(worker, name)))
    worker.email = email
    if email != former:
        # A former address must let nobody in, nor receive a link that sets a new password.
        EmailAddress.objects.filter(user=worker).delete()
        # It signs out too. The second step stays, and is asked for after the new password as well.
        worker.set_unusable_password()
        queue_address_changed(worker, former=former, by=by)
    with held_by_duties():
        worker.save(update_fields=[*CARD, "password"])
    return worker


def _save(thing: M, by: Worker, fields: dict[str, Any]) -> M:
    require(why_not_administer(by))
    for name, value in fields.items():
        setattr(thing, name, value)
    with held_by_duties():
        thing.save()
    return thing


@transaction.atomic
def save_municipality(*, municipality: Municipality, by: Worker, fields: dict[str, Any]) -> Municipality:
    """Correct a municipality, or add a new one."""
    return _save(municipality, by, fields)


@transaction.atomic
def save_population(*, municipality: Municipality, by: Worker, year: int, under_18: int) -> Population:
    """The under-18s of the municipality in that year; an earlier number of the year is corrected."""
    require(why_not_administer(by))
    population, _is_new = Population.objects.update_or_create(
        municipality=municipality, year=year, defaults={"under_18": under_18}
    )
    return population


@transaction.atomic
def save_organisation(*, organisation: Organisation, by: Worker, fields: dict[str, Any]) -> Organisation:
    """Correct an organisation, or add a new one."""
    return _save(organisation, by, fields)


@transaction.atomic
def save_unit(*, unit: Unit, by: Worker, fields: dict[str, Any]) -> Unit:
    """Correct a unit, or add a new one to its organisation."""
    return _save(unit, by, fields)


@transaction.atomic
def save_area(*, area: Area, by: Worker, fields: dict[str, Any]) -> Area:
    """Correct an area, or add a new one."""
    municipalities = fields.pop("municipalities")
    area = _save(area, by, fields)
    area.municipalities.set(municipalities)
    return area
