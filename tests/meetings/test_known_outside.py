"""A professional from outside whose address is known is shown first, and a slip in the name is mended."""

import pytest
from django.urls import reverse

from meetings.actions.proposing import mend_outside
from meetings.models import Meeting
from network.models import OutsideProfessional
from perhekeskus.refusals import Refused
from tests.factories import OutsideProfessionalFactory, WorkerFactory, a_convened_meeting, an_invited_meeting

pytestmark = pytest.mark.django_db

EMAIL = "olli@jarjesto.example"


@pytest.fixture
def meeting() -> Meeting:
    return a_convened_meeting(people=0)


@pytest.fixture
def olli() -> OutsideProfessional:
    """Misspelt, and invited by another family."""
    person = OutsideProfessionalFactory(
        name="Oli Outonen", title="perhetyöntekijä", organisation="Perheen talo", email=EMAIL
    )
    an_invited_meeting(people=[person])
    return person


def typed(**said: str) -> dict[str, str]:
    return {"outside": "1", "name": "Olli Outonen", "organisation": "Perheen talo ry", "email": EMAIL} | said


def send(client, meeting: Meeting, **said: str):
    client.force_login(meeting.convener)
    return client.post(reverse("meeting_people", args=[meeting.pk]), typed(**said))


SEEN = "Oli Outonen, perhetyöntekijä, Perheen talo"


def proposed(meeting: Meeting) -> list[str]:
    return [one.name for one in meeting.participations.filter(member=None)]


def test_the_known_one_is_shown_first_and_nothing_of_who_invited_them(client, meeting, olli):
    response = send(client, meeting)
    page = response.content.decode()
    assert response.status_code == 422 and f"Tällä osoitteella on jo {SEEN}." in page
    assert "Ehdota häntä: Oli Outonen" in page and "Korjaa tiedot ja ehdota" in page
    other = olli.participations.get().meeting
    assert other.get_absolute_url() not in page and other.situation.get_absolute_url() not in page
    assert response.context["outside"].errors["email"] == [f"Tällä osoitteella on jo {SEEN}."]
    assert proposed(meeting) == []


def test_proposed_as_known(client, meeting, olli):
    assert send(client, meeting, seen=SEEN, **{"as": "known"}).status_code == 302
    assert proposed(meeting) == ["Oli Outonen"]


def test_mended_with_a_reason_and_the_former_name_stays_on_record(client, meeting, olli):
    assert send(client, meeting, seen=SEEN, **{"as": "mend"}).status_code == 422
    assert proposed(meeting) == []
    answer = send(client, meeting, seen=SEEN, why="Nimessä oli virhe.", **{"as": "mend"})
    assert answer.status_code == 302 and proposed(meeting) == ["Olli Outonen"]
    olli.refresh_from_db()
    assert (olli.name, olli.title, olli.organisation) == (
        "Olli Outonen",
        "perhetyöntekijä",
        "Perheen talo ry",
    )
    first, last = OutsideProfessional.pgh_event_model.objects.order_by("pgh_id")
    assert (first.name, last.name) == ("Oli Outonen", "Olli Outonen")
    assert last.pgh_context.metadata["worker"] == meeting.convener.pk
    assert last.pgh_context.metadata["why"] == "Nimessä oli virhe."


def test_what_was_mended_meanwhile_is_shown_anew(client, meeting, olli):
    OutsideProfessional.objects.update(name="Olli Outoinen")
    page = send(client, meeting, seen=SEEN, why="Virhe", **{"as": "mend"}).content.decode()
    assert "Tällä osoitteella on jo Olli Outoinen" in page and proposed(meeting) == []


def test_another_person_is_not_put_in_the_same_seat(client, meeting, olli):
    answer = send(client, meeting, name="Maija Virtanen", seen=SEEN, why="Vaihtui", **{"as": "mend"})
    assert "aivan toinen" in answer.content.decode()
    olli.refresh_from_db()
    assert olli.name == "Oli Outonen"


def test_the_reason_names_no_family(client, meeting, olli):
    answer = send(client, meeting, seen=SEEN, why="Aadan äiti kertoi oikean nimen", **{"as": "mend"})
    assert "Aadan" in answer.content.decode() and proposed(meeting) == []


def test_only_who_prepares_the_shared_time_mends(meeting, olli):
    for by in (WorkerFactory(), WorkerFactory(coordinator=True)):
        with pytest.raises(Refused, match="Vain koollekutsuja"):
            mend_outside(
                meeting=meeting,
                by=by,
                person=olli,
                name="Olli Outonen",
                title="",
                organisation="ry",
                why="Virhe",
            )
