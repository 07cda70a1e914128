"""The decision form on paper: the questions of the family's own page, for a family without a telephone."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from network.models import Family
from network.states import MemberRole
from network.whereabouts import phone_of, title_and_place_of_work
from perhekeskus import words
from perhekeskus.paper import Layout, printed

from .given_words import in_own_language
from .models import Meeting
from .people import shown_name, shown_work

# Empty lines for the family's own wishes.
OWN_LINES = range(2)


def decision_pdf(meeting: Meeting, *, layout: Layout = Layout.ORDINARY) -> bytes:
    """The form as a tagged PDF in the family's language: yes or no to each, own wishes, signatures."""
    family = meeting.situation.family
    return printed(
        "meetings/decision_paper.html",
        lambda: {**decision_facts(meeting), "is_easy": layout == Layout.EASY},
        language=family.language,
        layout=layout,
    )


def decision_facts(meeting: Meeting) -> dict[str, Any]:
    """What the form says; of a protected family's people no place of work, and no place anywhere."""
    family = meeting.situation.family
    convener = meeting.convener
    people = meeting.participations.filter(member=None).with_people()
    return {
        "title": _("Päätös yhteisestä ajasta"),
        "people": [
            {
                "name": shown_name(one, family),
                "note": ". ".join(
                    f"{text[0].upper()}{text[1:].rstrip('.')}"
                    for text in (shown_work(one, family), one.why)
                    if text
                ),
            }
            for one in people
        ],
        "topics": [{"name": in_own_language(topic.title), "note": ""} for topic in meeting.topics.all()],
        "own_lines": OWN_LINES,
        "signatures": _signatures(family),
        "both_asked": family.both_guardians_asked,
        "to": {
            "name": convener.name,
            "work": title_and_place_of_work(convener, family),
            "phone": phone_of(convener, family),
        },
        "guidance_phone": settings.GUIDANCE_PHONE.replace(" ", "\u00a0"),
        "footer": _("Päätös yhteisestä ajasta · tilanne %(number)s · %(day)s")
        % {"number": meeting.situation_id, "day": words.day(words.today())},
    }


def _signatures(family: Family) -> list[str]:
    lines = [_("Huoltajan allekirjoitus ja nimen selvennys")] * (2 if family.both_guardians_asked else 1)
    if family.members.filter(role=MemberRole.CHILD, is_mature=True).exists():
        lines.append(_("Nuoren allekirjoitus, jos nuori päättää itse"))
    return lines
