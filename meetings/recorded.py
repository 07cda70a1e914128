"""What is written down of a shared time, field by field: where each field of the recorder's page is kept."""

from collections.abc import Mapping

from perhekeskus.autosave import BETWEEN, as_text

from .models import Dialogue, Meeting, StarRay
from .states import Decision, StarHeading, StarTone

# The parts of one heading of the star: the field's first word, and the column.
RAY_PARTS = ("aspects", "strengths", "strengths_by", "text", "text_by", "tone")
LISTS = {"aspects", "strengths_by", "text_by"}


def parts_used(meeting: Meeting) -> set[str]:
    """The parts of the recording that this kind of meeting uses, and those that are written in already."""
    kind = meeting.kind
    used = {
        "star": kind.uses_star or meeting.rays.exists(),
        "notes": kind.uses_notes or bool(meeting.notes),
        "child_view": kind.uses_child_view,
        "dialogue": kind.uses_dialogue or Dialogue.objects.filter(meeting=meeting).exists(),
        "influence": kind.uses_influence or meeting.influence_items.exists(),
        "plan": kind.uses_plan,
    }
    return {part for part, is_used in used.items() if is_used}


def ray_field(part: str, heading: StarHeading) -> str:
    return f"{part}_{heading.value}"


def saved_fields(meeting: Meeting) -> dict[str, str]:
    """What is saved in each field. Two queries."""
    seats = meeting.participations.filter(decision=Decision.YES).order_by("pk")
    saved = {f"came_{pk}": attendance for pk, attendance in seats.values_list("pk", "attendance")}
    rays = {ray.heading: ray for ray in meeting.rays.all()}
    for heading in StarHeading:
        ray = rays.get(heading) or StarRay(tone=StarTone.NONE)
        saved |= {ray_field(part, heading): as_text(getattr(ray, part)) for part in RAY_PARTS}
    return saved | {"notes": meeting.notes}


def _kept(part: str, value: str) -> str | list[str]:
    return [one for one in value.split(BETWEEN) if one] if part in LISTS else value


def write_fields(meeting: Meeting, fields: Mapping[str, str]) -> None:
    """Write the fields into their rows. The meeting is locked by the one who calls."""
    for one in meeting.participations.all():
        came = fields.get(f"came_{one.pk}")
        if came is not None and one.attendance != came:
            one.attendance = came
            one.save(update_fields=["attendance"])
    for heading in StarHeading:
        names = {part: ray_field(part, heading) for part in RAY_PARTS}
        said = {part: _kept(part, fields[name]) for part, name in names.items() if name in fields}
        if said:
            StarRay.objects.update_or_create(meeting=meeting, heading=heading, defaults=said)
    if "notes" in fields and meeting.notes != fields["notes"]:
        meeting.notes = fields["notes"]
        meeting.save(update_fields=["notes"])
