"""The agenda that a meeting begins with."""

from ..models import AgendaItem, Meeting


def copy_agenda(meeting: Meeting) -> None:
    """The usual agenda of the meeting's kind, in place of what there was."""
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=row.position, title=row.title, minutes=row.minutes)
        for row in meeting.kind.agenda.all()
    )
