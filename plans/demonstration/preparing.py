"""What is agreed before two of the demonstration's meetings, so that their pages are worth seeing."""

from datetime import datetime

from meetings.actions import answers, preparing
from meetings.actions.contributions import contribute
from meetings.models import Meeting, Participation
from network.models import OutsideProfessional
from network.states import InvitationStatus

from .clock import set_to
from .threads import Thread


def agreed_beforehand(thread: Thread, on: datetime) -> Thread:
    """Goal, division of work, the setting with its checklist, and the family's own wish."""
    meeting, by = thread.meeting, thread.by
    with set_to(on):
        preparing.agree(
            meeting=meeting,
            by=by,
            agreement=preparing.Agreement(
                kind=meeting.kind,
                goal="Löydetään yhdessä keinot, joilla arki helpottuu jo tässä kuussa.",
                means="Katsotaan tavallinen viikko läpi ja valitaan kaksi asiaa, joista aloitetaan.",
                division="Jokainen kertoo, mitä voi tehdä heti. Perhe kertoo, mikä on jo auttanut.",
                family_asked="Mikä hetki päivässä sujuu jo nyt? Mitä toivotte, että muuttuu ensin?",
                leading_unit=by.unit,
            ),
            seen_version=None,
        )
        preparing.set_setting(
            meeting=_again(meeting),
            by=by,
            setting=preparing.Setting(
                seats=8,
                coffee=True,
                toys=True,
                access_needs="Lastenvaunut mahtuvat sisään.",
                child_care="Lapsi saa leikkiä huoneen nurkassa.",
            ),
            seen_version=None,
        )
        coffee, *others = meeting.errands.order_by("title")
        preparing.see_to(
            meeting=_again(meeting),
            by=by,
            checklist=preparing.Checklist(
                who={coffee.pk: by.pk, **{one.pk: None for one in others}}, done=[coffee.pk]
            ),
        )
        preparing.wish(
            meeting=_again(meeting), words="Toivomme, että istumme pyöreän pöydän ääressä eikä kiirehditä."
        )
    thread.meeting.refresh_from_db()
    return thread


def written_beforehand(thread: Thread, on: datetime, person: OutsideProfessional) -> Thread:
    """One who can't come after all writes what they would have said; the family has not decided on it yet."""
    seat = Participation.objects.select_related("invitation", "meeting").get(
        meeting=thread.meeting, outside_professional=person
    )
    assert seat.invitation is not None
    with set_to(on):
        answers.answer(invitation=seat.invitation, status=InvitationStatus.DECLINED)
        contribute(
            participation=seat,
            text="Äiti on käynyt vertaisryhmässä joka viikko, ja muut odottavat häntä. Ryhmä jatkuu kesään.",
        )
    thread.meeting.refresh_from_db()
    return thread


def _again(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)
