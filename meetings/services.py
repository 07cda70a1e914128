"""Who already helps a family, as rows of its pages."""

from typing import Any

from django.utils.translation import gettext as _

from network.models import Family, Worker

from .models import ServiceInvolved


def service_row(service: ServiceInvolved, family: Family) -> dict[str, Any]:
    """One who helps already; a protected family's pages name no service, whose place it could tell."""
    name = service.name
    if family.address_protected:
        name = service.worker.title if service.worker is not None else _("Palvelu, joka on jo mukana")
    return {
        "pk": service.pk,
        "name": name,
        "since": service.since,
        "note": _("mukana %(since)s") % {"since": service.since} if service.since else "",
        "is_told": service.told_since is not None and not family.address_protected,
        "may_tell": not family.address_protected,
    }


def service_rows(family: Family) -> list[dict[str, Any]]:
    """All of them. One query."""
    return [service_row(one, family) for one in family.services.select_related("worker")]


def service_words(family: Family, worker: Worker, *, with_places: bool) -> list[str]:
    """Those whom this worker may know of, in words, for the page of a meeting. One query."""
    if family.address_protected and not with_places:
        return []
    seen = ServiceInvolved.objects.visible_to(worker).filter(family=family)
    return [f"{one.name} ({one.since})" if one.since else one.name for one in seen]
