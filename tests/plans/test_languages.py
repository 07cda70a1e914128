"""The papers and the letters of a family in its own language: whole, with nothing of Finnish left in them."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

import perhekeskus.paper
from meetings import (
    contact_messages,
    contribution_letters,
    feedback_letters,
    messages,
    poll_letters,
    report_letters,
)
from meetings.actions import polls, rescheduling
from meetings.actions.answers import answer
from meetings.actions.contributions import contribute
from meetings.agenda_paper import agenda_pdf
from meetings.feedback_paper import feedback_pdf
from meetings.letter_paper import letter_pdf
from meetings.models import Meeting, ReportSending
from meetings.paper import decision_pdf
from network import code_messages
from network import messages as invitation_messages
from network.actions.family_codes import send_code
from network.models import Worker
from network.states import InvitationStatus
from perhekeskus import outbox
from perhekeskus.catalogues import LANGUAGES
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import kinds
from perhekeskus.paper import Layout
from perhekeskus.words import today
from plans import actions, copy_letters, responsibility_letters
from plans.actions.copy_links import send_copy_code
from plans.models import Plan, ResponsibilityHandover
from plans.outcome_paper import outcome_pdf
from plans.paper import copy_pdf, plan_pdf
from plans.states import ToldHow
from tests.factories import (
    ClosePersonFactory,
    RoomFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    invited,
    next_weekday,
    with_conversation,
)
from tests.factories.contacts import a_contact, a_guidance_service
from tests.factories.plans import a_copy_by_link, a_guardian, an_agreed_plan, reviewed
from tests.factories.reports import a_report, a_report_receiver
from tests.plugins.catalogues import catalogue, noting_misses, said_in_source

pytestmark = pytest.mark.django_db

# What people and the directory say stands as it was written; here it is like no Finnish word.
NUMBERS = count()
PLAIN = {"title": "Qzkin", "phone": "+358401234567"}


def a_worker(name: str) -> Worker:
    unit = UnitFactory(
        name=f"Qzunit{name}", organisation__name=f"Qzorg {next(NUMBERS)}", phone="+358171234567"
    )
    return WorkerFactory(first_name=f"Qz{name}", last_name="Vexler", unit=unit, **PLAIN)


class Town:
    """A family that reads the language, and its shared times in each of their stages."""

    def __init__(self, language: str) -> None:
        self.language = language
        # The pages' modules are read when the first address is asked for: not in the middle of a letter.
        reverse("home")
        self.convener, self.nurse = a_worker("Ykx"), a_worker("Zwei")
        self.room = RoomFactory(name="Qzrum", unit=self.convener.unit)
        self.drafted = self._meeting()
        self.booked = a_booked_meeting(meeting=self._decided(), room=self.room)
        self.asked = self._decided()
        self.invited = an_invited_meeting(
            meeting=a_booked_meeting(
                meeting=self._decided(), room=self.room, period=next_weekday(days=9, hour=12)
            )
        )
        self.held = a_held_meeting(
            meeting=an_invited_meeting(
                meeting=a_booked_meeting(
                    meeting=self._decided(), room=self.room, period=next_weekday(days=11, hour=14)
                )
            )
        )
        self.plan = reviewed(an_agreed_plan(responsible=self.nurse, meeting=self.held))

    def _meeting(self) -> Meeting:
        situation = with_conversation(
            a_situation(
                by=self.convener, language=self.language, email="qz@demo.example", phone="+358401112223"
            )
        )
        mother = ClosePersonFactory(
            family=situation.family, name="Qznana", relation="qzrel", phone="+358405556667"
        )
        return a_convened_meeting(situation=situation, people=[self.nurse, mother], topics=["Qzema"])

    def _decided(self) -> Meeting:
        return a_decided_meeting(meeting=self._meeting())

    def papers(self) -> dict[str, Callable[..., bytes]]:
        plan = Plan.objects.with_sheet().get(pk=self.plan.pk)
        return {
            "plan": lambda layout: plan_pdf(plan, language=self.language, layout=layout),
            "agenda": lambda layout: agenda_pdf(self.invited, {"Qzema"}, layout=layout),
            "decision": lambda layout: decision_pdf(self.drafted, layout=layout),
            "feedback": lambda layout: feedback_pdf(self.held, layout=layout),
            "letter": lambda layout: letter_pdf(self.invited, layout=layout),
            "outcome": lambda layout: outcome_pdf(plan, layout=layout),
            "copy": lambda layout: copy_pdf(
                plan, language=self.language, name="Qznana", since=timezone.now()
            ),
        }

    def letters(self) -> dict[str, tuple[int, int]]:
        """By kind what it is about, and its version."""
        seat = invited(self.invited, 1)
        poll = polls.ask(
            meeting=self.asked,
            by=self.convener,
            periods=[next_weekday(hour=hour) for hour in (9, 14)],
            closes_at=timezone.now() + timedelta(days=4),
        )
        change = rescheduling.propose(
            meeting=self.booked, by=self.convener, period=next_weekday(days=12, hour=16), room=self.room
        )
        answer(invitation=seat.invitation, status=InvitationStatus.DECLINED)
        written = contribute(participation=invited(self.invited, 1), text="Qzord")
        receipt = self.held.feedback_receipts.of_family().get()
        family = self.plan.situation.family
        door = a_copy_by_link(self.plan, ClosePersonFactory(family=family, name="Qzopa", relation="qzrel"))
        send_copy_code(door)
        code = door.link.codes.get()
        handing = self._handed_over()
        report = ReportSending.objects.create(report=a_report(), receiver=a_report_receiver())
        contact = a_contact(unit=a_guidance_service(), email="qz@demo.example", language=self.language)
        of_family = (
            messages.DECIDE_LINK,
            messages.FAMILY_TIMES,
            messages.FAMILY_TIME,
            messages.FAMILY_MOVED,
            messages.FAMILY_REMINDER,
            messages.FAMILY_CANCELLED,
        )
        of_invited = (
            invitation_messages.REQUEST,
            invitation_messages.MOVED,
            invitation_messages.REMINDER,
            invitation_messages.ANSWER_REMINDER,
            invitation_messages.CANCELLED,
        )
        voice = {True: poll.voices.get(consent=None).pk}
        voice[False] = poll.voices.exclude(consent__close_person=None).get().pk
        return {
            **dict.fromkeys(of_family, (self.invited.pk, self.invited.sequence + 1)),
            **dict.fromkeys(of_invited, (seat.invitation_id, seat.invitation.sequence + 1)),
            copy_letters.COPY: (door.pk, 1),
            copy_letters.NEW_VERSION: (door.pk, 1),
            copy_letters.CODE: (code.pk, 1),
            responsibility_letters.FAMILY: (handing.pk, 1),
            messages.FAMILY_TIME_ASKED: (self.booked.pk, change.pk),
            code_messages.FAMILY_CODE: (send_code(self.invited.situation.family).pk, 1),
            feedback_letters.FAMILY_FEEDBACK: (receipt.pk, 1),
            poll_letters.FAMILY_POLL: (voice[True], 1),
            poll_letters.FAMILY_POLL_REMINDER: (voice[True], 1),
            poll_letters.POLL: (voice[False], 1),
            poll_letters.POLL_REMINDER: (voice[False], 1),
            contribution_letters.FAMILY_CONTRIBUTION: (written.pk, 1),
            contact_messages.CONFIRMATION: (contact.pk, 1),
            contact_messages.ANSWERED: (contact.pk, 1),
            report_letters.MONTHLY_REPORT: (report.pk, 1),
        }

    def _handed_over(self) -> ResponsibilityHandover:
        heir = a_worker("Heir")
        TeamFactory(members=[heir]).area.municipalities.add(self.plan.situation.family.municipality)
        handing = actions.offer_responsibility(
            plan=self.plan,
            by=self.plan.situation.holder,
            former=self.nurse,
            to=heir,
            why="Qzwhy",
            said=actions.FamilySaid(today(), ToldHow.PHONE, a_guardian(self.plan)),
        )
        assert handing is not None
        return handing


@pytest.fixture(params=LANGUAGES)
def town(request) -> Town:
    return Town(request.param)


def words_of(page: str) -> set[str]:
    """The words that people read or hear, in small letters."""
    heard = " ".join(re.findall(r'(?:title|aria-label|data-[a-z]+)="([^"]*)"', page))
    seen = strip_tags(re.sub(r"<style.*?</style>|https?://\S+", " ", page, flags=re.DOTALL))
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", f"{seen} {heard}")}


def finnish_words(language: str) -> set[str]:
    """What only the Finnish says: words of the source that the catalogue never uses."""
    translated = [text for one in catalogue(language) for text in forms(one.string)]
    finnish = [text for said in said_in_source() for text in forms(said)]
    return words_of(" ".join(finnish)) - words_of(" ".join(translated))


def forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def written_pages(town: Town, monkeypatch) -> Iterator[tuple[str, str]]:
    monkeypatch.setattr(perhekeskus.paper, "pdf_of", lambda page, pictures=None: page.encode())
    for name, paper in town.papers().items():
        for layout in (Layout.ORDINARY, Layout.LARGE, Layout.EASY):
            yield f"{name}, {layout}", paper(layout).decode()


def written_letters(town: Town, letters: dict[str, tuple[int, int]]) -> Iterator[tuple[str, str]]:
    for name, (about, version) in letters.items():
        for channel in (Channel.EMAIL, Channel.SMS):
            message = Message(
                kind=name, about_id=about, version=version, channel=channel, language=town.language,
                recipient="qz@demo.example", owner=town.convener, created_at=timezone.now(),
            )  # fmt: skip
            letter = outbox.kind_of(message).compose(message)
            calendar = (letter.calendar or b"").decode()
            told = "".join(re.findall(r"SUMMARY:.*|ORGANIZER;CN=.*?:", calendar))
            yield f"{name}, {channel}", f"{letter.subject} {letter.text} {letter.html} {told}"


# The factories' own words of the plan and the meeting, and what is the same in all three languages.
FREE = """Tuntee lapsen arjen. Aamut ovat raskaita, kiireisiä. Iltapala klo, äiti ja isä, joka ilta,
aikataulu. Ohjaus ja neuvonta."""
SAME = {"min"}


def test_nothing_is_left_in_finnish(town, monkeypatch):
    finnish = finnish_words(town.language) - words_of(FREE) - SAME
    letters = town.letters()
    with noting_misses() as misses:
        pages = dict(written_pages(town, monkeypatch))
        with override(town.language):
            pages |= dict(written_letters(town, letters))
    assert misses == set()
    assert {name: found for name, page in pages.items() if (found := words_of(page) & finnish)} == {}


def test_every_letter_that_is_said_to_be_translated_is_tried_here(town):
    assert set(town.letters()) == {name for name, kind in kinds._kinds.items() if kind.translated}
