"""The decision form on paper: every question of the family's own page, boxes, and signatures."""

import io
import re

import pikepdf
import pytest
from django.urls import reverse

from meetings.actions import families
from meetings.models import Meeting
from meetings.paper import decision_facts, decision_pdf
from network.models import Family
from perhekeskus.models import AccessLog
from tests.factories import (
    ClosePersonFactory,
    UnitFactory,
    WorkerFactory,
    a_convened_meeting,
    a_situation,
    with_conversation,
)
from tests.plugins.paper import read_by_poppler

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    situation = with_conversation(a_situation(contact_channel="paper", email=""))
    people = [
        WorkerFactory(first_name="Tuula", title="kuraattori", unit=UnitFactory(name="Louhikon koulu")),
        ClosePersonFactory(family=situation.family, name="Mummo Maija"),
    ]
    return a_convened_meeting(situation=situation, people=people, topics=["Aamut ja uni", "<b>Koulu</b>"])


def read_again(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("situation__family", "convener__unit").get(pk=meeting.pk)


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", read_by_poppler(pdf, "-raw"))


def test_the_form_asks_what_the_page_asks(meeting):
    text = text_of(decision_pdf(read_again(meeting)))
    for words in ("Tuula", "Kuraattori, Louhikon koulu", "Mummo Maija", "Aamut ja uni", "<b>Koulu</b>"):
        assert words in text, text
    assert text.count("Huoltajan allekirjoitus") == 1 and "Kyllä" in text and "Ei nyt" in text
    assert meeting.convener.name in text and "017 000 0000" in text and "milloin vain" in text


def test_it_is_tagged(meeting):
    with pikepdf.open(io.BytesIO(decision_pdf(read_again(meeting)))) as paper:
        assert str(paper.Root.Lang).startswith("fi") and paper.Root.MarkInfo.Marked
        assert paper.open_metadata().get("pdfuaid:part") == "1"
        assert "Päätös yhteisestä ajasta" in str(paper.docinfo.get("/Title", ""))


def test_both_sign_where_both_are_asked(meeting):
    child = meeting.situation.family.members.get(role="child")
    child.birth_year -= 7
    child.save()
    families.set_givers(situation=meeting.situation, by=meeting.convener, both_asked=True, mature=[child.pk])
    facts = decision_facts(read_again(meeting))
    assert len(facts["signatures"]) == 3 and facts["both_asked"]


def test_a_protected_familys_form_tells_no_place(meeting):
    Family.objects.update(address_protected=True)
    text = text_of(decision_pdf(read_again(meeting)))
    assert "Louhikon" not in text and str(meeting.convener.unit) not in text and "Kuraattori" in text


def test_the_convener_opens_it_and_it_is_a_look(client, meeting):
    client.force_login(meeting.convener)
    url = reverse("meeting_form", args=[meeting.pk])
    for name in ("meeting_decide", "meeting_people"):
        assert url in client.get(reverse(name, args=[meeting.pk])).content.decode()
    response = client.get(url)
    assert response.content.startswith(b"%PDF-") and "no-store" in response["Cache-Control"]
    assert AccessLog.objects.latest("pk").what == "Päätöslomakkeen tulostaminen"


def test_what_the_family_added_on_paper_has_its_way_into_the_proposal(client, meeting):
    client.force_login(meeting.convener)
    said = client.get(reverse("meeting_decide", args=[meeting.pk])).content.decode()
    assert f'href="{reverse("meeting_people", args=[meeting.pk])}"' in said


def test_four_people_and_three_topics_fit_on_one_sheet():
    situation = with_conversation(a_situation(contact_channel="paper", email=""))
    people = [WorkerFactory(), WorkerFactory(), UnitFactory(name="Saarilampi"), WorkerFactory()]
    meeting = a_convened_meeting(situation=situation, people=people, topics=["Aamut", "Koulu", "Rahahuolet"])
    with pikepdf.open(io.BytesIO(decision_pdf(read_again(meeting)))) as pdf:
        assert len(pdf.pages) == 1
