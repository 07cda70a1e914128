"""A form that comes back with its answers after the page behind it has changed."""

from typing import TypeVar

from django.http import QueryDict

from perhekeskus.forms import HouseForm

from ..models import Meeting

Renewed = TypeVar("Renewed", bound=HouseForm)


def renewed(form: Renewed, meeting: Meeting) -> Renewed:
    """The same answers in a form that has seen the newest state, so that pressing again is possible."""
    meeting.refresh_from_db()
    data = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    data["version"] = str(meeting.version)
    again = type(form)(data, meeting=meeting)
    again.is_valid()
    return again
