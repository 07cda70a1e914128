"""Hyvinvoinnin tähti as a picture: six rays, each as the family sees it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from perhekeskus import pictures, words

from .models import Meeting, StarRay
from .states import MeetingStatus, StarAspect, StarHeading, StarTone, StarVoice


def _lines(heading: StarHeading) -> list[str]:
    """The heading as it stands round the picture, line by line."""
    return {
        StarHeading.HEALTH: [_("Lapsen terveys,"), _("kasvu ja kehitys")],
        StarHeading.RELATIONS: [_("Ihmissuhteet"), _("ja turvallisuus")],
        StarHeading.SELF: [_("Lapsen käsitys"), _("itsestään")],
        StarHeading.EVERYDAY: [_("Perhe, päiväkoti,"), _("koulu, vapaa-aika")],
        StarHeading.PARENTHOOD: [_("Vanhempana"), _("toimiminen")],
        StarHeading.SURROUNDINGS: [_("Perhe ja"), _("ympäristö")],
    }[heading]


def drawn_star(rays: Iterable[StarRay]) -> pictures.Star:
    """The star for `components/_star.html`; headings without a row are drawn as not talked about."""
    by_heading = {ray.heading: ray for ray in rays}
    return pictures.star(
        [
            {
                "heading": str(heading.label),
                "lines": _lines(heading),
                "tone": by_heading[heading].tone if heading in by_heading else StarTone.NONE.value,
                "text": by_heading[heading].text or by_heading[heading].strengths
                if heading in by_heading
                else "",
            }
            for heading in StarHeading
        ]
    )


@dataclass(frozen=True)
class Said:
    """What was said under one heading, as it is read."""

    number: int
    heading: str
    tone: str
    tone_words: str
    aspects: str
    strengths: str
    strengths_by: str
    text: str
    text_by: str


def said_in(rays: Iterable[StarRay]) -> list[Said]:
    """The star in words, in its order and with the picture's numbers; what was not touched is left out."""
    by_heading = {ray.heading: ray for ray in rays}
    rows = []
    for number, heading in enumerate(StarHeading, start=1):
        ray = by_heading.get(heading)
        if ray is None or not (ray.text or ray.strengths or ray.aspects or ray.tone != StarTone.NONE):
            continue
        rows.append(
            Said(
                number=number,
                heading=str(heading.label),
                tone=ray.tone,
                tone_words=str(ray.get_tone_display()),
                aspects=words.listed([str(StarAspect(one).label) for one in ray.aspects]),
                strengths=ray.strengths,
                strengths_by=_in_words_of(ray.strengths_by),
                text=ray.text,
                text_by=_in_words_of(ray.text_by),
            )
        )
    return rows


def _in_words_of(voices: list[str]) -> str:
    """Lapsen ja vanhemman sanoin; empty when it was not told."""
    if not voices:
        return ""
    return _("%(whose)s sanoin") % {"whose": words.listed([str(StarVoice(one).label) for one in voices])}


@dataclass(frozen=True)
class EarlierStar:
    """The star of the shared time before this one."""

    when: str
    star: pictures.Star
    said: list[Said]


def earlier_star(meeting: Meeting) -> EarlierStar | None:
    """The newest star of the same situation before this meeting, to be looked at beside this one's.

    Only for those who see all of the situation: an invitation to one meeting opens no earlier one.
    """
    if meeting.period is None:
        return None
    before = (
        Meeting.objects.filter(situation=meeting.situation_id, status=MeetingStatus.HELD, rays__isnull=False)
        .filter(period__startswith__lt=meeting.period.lower)
        .order_by("-period__startswith", "-pk")
        .first()
    )
    if before is None:
        return None
    rays = list(before.rays.all())
    return EarlierStar(words.short_day(before.starts_at), drawn_star(rays), said_in(rays))
