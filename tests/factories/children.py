"""What children have told."""

from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw

from meetings.actions import children
from meetings.models import ChildView, Situation
from meetings.states import ChildFace, ChildMoment
from network.models import Worker
from network.states import MemberRole


def a_drawing(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **options: object) -> bytes:
    """A small picture with a circle on it."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).ellipse((40, 40, 160, 160), fill="orange")
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def a_child_view(
    *, situation: Situation, by: Worker | None = None, drawing: bytes | None = None, **values: object
) -> ChildView:
    """What the first child of the situation told, with a drawing."""
    drawing = a_drawing() if drawing is None else drawing
    told = {
        "child": situation.family.members.filter(role=MemberRole.CHILD).first(),
        "moment": ChildMoment.TALK,
        "told_on": timezone.localdate(),
        "face": ChildFace.WORRIED,
        "words": "Aamulla mahaan sattuu.",
        "drawing_told": "Tässä on meidän maja.",
        "child_knows": True,
    }
    return children.write(
        situation=situation,
        by=by or situation.holder,
        view=ChildView(**told | values),
        drawing=BytesIO(drawing),
        size=len(drawing),
    )
