"""What is new in a version of the plan, as its pages show it."""

from django.utils.translation import gettext as _

from ..changes import Change, Kind, changes_of
from ..models import Plan


def told_changes(plan: Plan) -> dict[str, object] | None:
    """None of the first version; of a later one what is new in it, perhaps nothing."""
    if plan.version == 1:
        return None
    return {
        "title": _("Mikä muuttui versiosta %(number)s") % {"number": plan.version - 1},
        "rows": [_told(change) for change in changes_of(plan)],
    }


def _told(change: Change) -> dict[str, str]:
    labels = {
        Kind.ADDED: _("Uutta"),
        Kind.REMOVED: _("Jäi pois"),
        Kind.CHANGED: _("Muuttui"),
        Kind.DONE: _("Tehty"),
        Kind.PUT_ASIDE: _("Jätetty sikseen"),
    }
    return {
        "label": labels[change.kind],
        "name": change.name,
        "before": change.before,
        "after": change.after,
    }
