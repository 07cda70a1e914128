"""What children of the demonstration tell, and a Lapset puheeksi talk in full."""

from datetime import datetime
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw

from meetings.actions import children, services, situations
from meetings.actions.talks import More
from meetings.models import ChildView, Conversation, ServiceInvolved
from meetings.states import ChildFace, ChildMoment, ConversationKind, ConversationResult, TalkPlace
from network.states import MemberRole

from .clock import set_to
from .threads import Thread

INK, ROOF, WALL, SUN = "#1c2a29", "#a3163a", "#00695f", "#ffc53d"


def drawn_house() -> bytes:
    """A house, two people and the sun, as a small child draws them."""
    picture = Image.new("RGB", (1000, 720), "#fffdf8")
    draw = ImageDraw.Draw(picture)
    draw.line([(150, 402), (352, 196), (561, 409), (144, 399)], fill=ROOF, width=11, joint="curve")
    draw.line([(192, 408), (188, 621), (523, 627), (517, 405)], fill=WALL, width=11, joint="curve")
    draw.line([(318, 624), (322, 512), (391, 508), (396, 622)], fill=INK, width=8, joint="curve")
    draw.ellipse((811, 58, 931, 172), fill=SUN)
    for ray in ((790, 60, 758, 38), (786, 121, 741, 124), (806, 176, 772, 209), (872, 190, 874, 232)):
        draw.line(ray, fill=SUN, width=9)
    for left, top, size in ((633, 388, 1.0), (748, 452, 0.72)):
        head, body = 62 * size, 150 * size
        middle = left + head / 2
        draw.ellipse((left, top, left + head, top + head), outline=INK, width=7)
        draw.arc((left + 16, top + 22, left + head - 14, top + head - 10), 15, 165, fill=INK, width=5)
        draw.line((middle, top + head, middle + 3, top + body), fill=INK, width=7)
        draw.line(
            (middle - 44 * size, top + head + 30, middle + 46 * size, top + head + 22), fill=INK, width=7
        )
        draw.line((middle + 3, top + body, middle - 30 * size, top + body + 66 * size), fill=INK, width=7)
        draw.line((middle + 3, top + body, middle + 34 * size, top + body + 62 * size), fill=INK, width=7)
    draw.line([(62, 652), (302, 648), (611, 660), (948, 650)], fill="#7a9a5b", width=14, joint="curve")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def drew_beforehand(thread: Thread, on: datetime) -> Thread:
    """The youngest showed a face and drew before the meeting; who helps already is written down."""
    picture = drawn_house()
    child = thread.situation.family.members.filter(role=MemberRole.CHILD).order_by("-birth_year")[0]
    with set_to(on):
        children.write(
            situation=thread.situation,
            by=thread.by,
            view=ChildView(
                child=child,
                moment=ChildMoment.BEFORE,
                meeting=thread.meeting,
                told_on=timezone.localdate(),
                face=ChildFace.GLAD,
                drawing_told="Isi ja minä. Aurinko ei mene nukkumaan.",
                child_knows=True,
            ),
            drawing=BytesIO(picture),
            size=len(picture),
        )
        services.add(
            situation=thread.situation,
            by=thread.by,
            service=ServiceInvolved(name="Neuvolan terveydenhoitaja", since="vauvan syntymästä"),
            tell=True,
        )
    return thread


def lapset_puheeksi(thread: Thread, on: datetime) -> Thread:
    """A Lapset puheeksi talk with each of its parts; the family still thinks."""
    story = thread.story
    with set_to(on):
        situations.record_conversation(
            situation=thread.situation,
            by=thread.by,
            conversation=Conversation(
                kind=ConversationKind.LAPSET_PUHEEKSI,
                held_on=timezone.localdate(),
                noticed_where=story.noticed_where,
                strengths=story.strengths,
                family_words=story.family_words,
                child_view=story.child_view,
                worries=story.worries,
                tried="Yhteinen kalenteri jääkaapin ovessa auttoi pari viikkoa.",
                result=ConversationResult.THINKING,
            ),
            more=More(
                parts={
                    TalkPlace.HOME: _part("Iltapala ja satu molemmissa kodeissa.", "Vaihtopäivän ilta."),
                    TalkPlace.DAY: _part(
                        "Leikkii mielellään isossa ryhmässä.",
                        "Vaihtopäivän aamu.",
                        "Unilelu kulkee repussa, ja aikuinen ottaa vastaan ovella.",
                    ),
                    TalkPlace.FREE_TIME: _part("Naapurin lapset ovat samat molemmissa paikoissa.", ""),
                },
                helpers=tuple(thread.close),
                new_service=ServiceInvolved(name="Perheasioiden sovittelija", since="syksystä"),
            ),
        )
    return thread


def _part(goes_well: str, needs_support: str, agreed: str = "") -> dict[str, str]:
    return {"goes_well": goes_well, "needs_support": needs_support, "agreed": agreed}
