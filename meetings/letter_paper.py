"""The invitation on paper, for a family that is not written to: when, where, who comes, whom to call."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from network.whereabouts import phone_of
from perhekeskus import words
from perhekeskus.languages import shared_time_name
from perhekeskus.paper import Layout, printed

from .given_words import in_own_language
from .models import Meeting
from .people import shown_name, shown_work
from .places import place_for_family
from .states import Decision, MeetingKind


def letter_pdf(meeting: Meeting, *, layout: Layout = Layout.ORDINARY) -> bytes:
    """The letter as a tagged PDF in the family's language. It holds nothing of why the family is met."""
    return printed(
        "meetings/letter_paper.html",
        lambda: {**letter_facts(meeting), "is_easy": layout == Layout.EASY},
        language=meeting.situation.family.language,
        layout=layout,
    )


def letter_facts(meeting: Meeting) -> dict[str, Any]:
    """What the letter says; of a protected family no place, nobody's place of work; it has no address."""
    assert meeting.period is not None, "Only a meeting with a time has a letter."
    family, convener = meeting.situation.family, meeting.convener
    coming = meeting.participations.by_decision().filter(decision=Decision.YES, member=None).with_people()
    is_follow_up = meeting.kind.code == MeetingKind.FOLLOW_UP
    return {
        "title": _("Tervetuloa tapaamiseen") if is_follow_up else _("Tervetuloa yhteiseen aikaan"),
        "is_follow_up": is_follow_up,
        "address": family.postal_address.split("\n") if family.postal_address else [],
        "kind": in_own_language(meeting.kind.title),
        "name": shared_time_name(),
        "when": words.span(meeting.period.lower, meeting.period.upper),
        "place": place_for_family(meeting),
        "people": [
            {"name": shown_name(one, family), "work": shown_work(one, family)}
            for one in coming
            if one.worker_id != convener.pk
        ],
        "convener": {"name": convener.name, "phone": phone_of(convener, family)},
        "guidance_phone": settings.GUIDANCE_PHONE.replace(" ", "\u00a0"),
        "footer": _("Kutsukirje · %(day)s") % {"day": words.day(words.today())},
    }
