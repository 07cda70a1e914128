"""Children's views as rows of a page: for those who take care of the family's matters, and for the family."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import Worker
from network.states import MemberRole
from perhekeskus import words

from .models import ChildDrawing, ChildView, Meeting, Situation
from .querysets import Ground
from .rules.children import why_not_remove


def views_of(situation: Situation, worker: Worker) -> dict[str, Any]:
    """The views of a situation seen in full, and where each child's is written. Two queries."""
    views = list(situation.child_views.with_drawings())
    for view in views:
        view.situation = situation
    children = situation.family.members.filter(role=MemberRole.CHILD) if situation.is_open else []
    return {
        "rows": rows_of(
            views,
            drawing_url=lambda drawing: reverse("child_drawing", args=[drawing.key]),
            remove_url=lambda view: (
                reverse("child_view_remove", args=[situation.pk, view.pk])
                if why_not_remove(worker, view) is None
                else ""
            ),
        ),
        "add": [
            {"name": child.first_name, "url": reverse("child_view_write", args=[situation.pk, child.pk])}
            for child in children
        ],
    }


def children_at(meeting: Meeting, ground: Ground, worker: Worker) -> dict[str, Any] | None:
    """The same at a meeting whose kind asks for it; nothing for one who is only invited."""
    if not (ground.opens_all and meeting.kind.uses_child_view):
        return None
    return views_of(meeting.situation, worker)


def rows_of(
    views: Iterable[ChildView],
    *,
    drawing_url: Callable[[ChildDrawing], str],
    remove_url: Callable[[ChildView], str],
) -> list[dict[str, Any]]:
    """One row for each, the newest first."""
    rows = []
    for view in views:
        drawing = getattr(view, "drawing", None)
        rows.append(
            {
                "name": view.child.first_name,
                "when": f"{words.short_day(view.told_on)}, {view.get_moment_display()}",
                "face": view.face,
                "face_label": str(view.get_face_display()),
                "words": view.words,
                "drawing": {
                    "url": drawing_url(drawing),
                    "width": drawing.width,
                    "height": drawing.height,
                    "told": view.drawing_told,
                }
                if drawing is not None
                else None,
                "writer": _("Kirjasi %(name)s") % {"name": view.written_by.name},
                "remove_url": remove_url(view),
            }
        )
    return rows[::-1]
