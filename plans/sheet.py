"""What the shared plan says, ready to be written: the same facts on the screen, the phone and the paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.stars import drawn_star
from meetings.states import StarTone
from network.models import Consent
from perhekeskus.forms import clean_text
from perhekeskus.pictures import Star
from perhekeskus.words import HELSINKI, day, moment, span, telephone, today

from .doers import place_words, when_words, who_words
from .holders import holders_of, on_paper
from .models import NextContact, Plan
from .presence import names_of_present
from .rules import is_blank
from .states import ContactWay, MeasureStatus, PlanStatus

if TYPE_CHECKING:
    from meetings.models import Meeting


@dataclass(frozen=True)
class Done:
    """One row of what is done."""

    place: str
    what: str
    who: str
    when: str
    words_of: str = ""
    status: MeasureStatus = MeasureStatus.AGREED

    @property
    def state(self) -> str:
        """How far it has come; empty while it is as it was agreed."""
        return "" if self.status == MeasureStatus.AGREED else str(MeasureStatus(self.status).label)


@dataclass(frozen=True)
class Person:
    name: str
    title: str
    unit: str
    phone: str
    dial: str


@dataclass(frozen=True)
class Sheet:
    """The plan's words in one language, without the place when the family's address is protected."""

    number: int
    version: int
    is_draft: bool
    when_agreed: str
    day: str
    wish: str
    strengths: str
    matters: list[str]
    measures: list[Done]
    responsible: list[Person]
    contact: str
    contact_from_family: str
    follow_up: list[str]
    holders: list[str]
    # Who was there when it was agreed on; of a draft, and of what was agreed before this was asked, nobody.
    present: list[str]
    star: Star | None
    link: str
    # For somebody else than the family, who is then not spoken to as "te".
    is_copy: bool = False

    @property
    def to_do(self) -> list[Done]:
        """What is still to be done, for the refrigerator door."""
        over = {MeasureStatus.DONE, MeasureStatus.PUT_ASIDE}
        return [measure for measure in self.measures if measure.status not in over]

    @property
    def footer(self) -> str:
        return " · ".join(
            [
                _("Yhteinen suunnitelma"),
                _("tilanne %(number)s") % {"number": self.number},
                self.day,
                _("luonnos") if self.is_draft else _("versio %(version)s") % {"version": self.version},
            ]
        )


def _star_of(meeting: "Meeting | None") -> Star | None:
    """The star of the shared time; none when nothing was marked on it."""
    if meeting is None:
        return None
    rays = list(meeting.rays.all())
    if all(ray.tone == StarTone.NONE for ray in rays):
        return None
    return drawn_star(rays)


def _contact(contact: NextContact | None, people: list[Person]) -> str:
    """Hän soittaa teille ma 12.4.2027 klo 15.00; of a day that has gone by, that it was promised."""
    if contact is None or not people:
        return ""
    if contact.at is None:
        when = day(contact.on)
    else:
        when = moment(datetime.combine(contact.on, contact.at, tzinfo=HELSINKI))
    if contact.on < today():
        return _("Lupasimme olla teihin yhteydessä %(when)s. Jos meistä ei ole kuulunut, soittakaa.") % {
            "when": when
        }
    who = _("Hän") if len(people) == 1 else people[0].name
    sentences = {
        ContactWay.PHONE: _("%(who)s soittaa teille %(when)s."),
        ContactWay.SMS: _("%(who)s lähettää teille tekstiviestin %(when)s."),
        ContactWay.EMAIL: _("%(who)s lähettää teille sähköpostia %(when)s."),
        ContactWay.VISIT: _("%(who)s tapaa teidät %(when)s."),
    }
    return sentences[ContactWay(contact.way)] % {"who": who, "when": when}


def _agreed_words(plan: Plan, place_shown: bool) -> str:
    meeting = plan.meeting
    if plan.status == PlanStatus.DRAFT:
        return _("Luonnos: tästä ei ole vielä sovittu.")
    if plan.version > 1 or meeting is None or meeting.period is None:
        return _("Sovittiin yhdessä %(when)s") % {"when": day(plan.agreed_at or plan.written_at)}
    when = span(meeting.period.lower, meeting.period.upper)
    words = _("Sovittiin yhdessä %(when)s") % {"when": when}
    if place_shown and meeting.room is not None:
        words = f"{words}, {meeting.room}"
    return words


def _people(plan: Plan, place_shown: bool) -> list[Person]:
    people = []
    for row in plan.responsible_workers.all():
        worker = row.worker
        # The switchboard of the unit answers when a worker has no number of their own; a protected family's
        # whereabouts could be told from it.
        number = worker.phone or (worker.unit.phone if place_shown else "")
        people.append(
            Person(
                name=worker.name,
                title=_("%(title)s, toistaiseksi") % {"title": worker.title}
                if row.stands_in
                else worker.title,
                unit=worker.unit.name if place_shown else "",
                phone=telephone(number),
                dial=str(getattr(number, "as_e164", "") or ""),
            )
        )
    return people


def _holders(plan: Plan, place_shown: bool, permissions: Iterable[Consent] | None) -> list[str]:
    """Who has the plan: the family, the responsible workers, and those whom the family lets have a copy."""
    # One who stands in has not been given the plan.
    rows = [row for row in plan.responsible_workers.all() if not row.stands_in]
    named = [_("%(name)s, vastuutyöntekijä") % {"name": row.worker.name} for row in rows]
    holders = holders_of(plan, permissions)
    return [_("Perhe"), *named, *on_paper(plan, holders, place_shown=place_shown)]


def family_link(plan: Plan) -> str:
    """The address of the family's own page, for the paper that they take home.

    Empty when the link is closed, or when there is no telephone or mail for the code that the page asks for.
    """
    link = plan.situation.family.link
    if link is None or not link.is_live or not plan.situation.family.code_address[1]:
        return ""
    return settings.BASE_URL + reverse("family_home", args=[link.token])


def sheet_of(
    plan: Plan,
    *,
    link: str = "",
    with_holders: bool = True,
    is_copy: bool = False,
    permissions: Iterable[Consent] | None = None,
) -> Sheet:
    """The facts of the plan, in the language that is active. `link` becomes the QR code of the paper;
    `permissions` are all that the family has given, when they are known already.

    One who has a copy only isn't told who else has one, nor what the family alone is promised.
    """
    place_shown = not plan.situation.family.address_protected
    people = _people(plan, place_shown)
    open_contacts = [contact for contact in plan.contacts.all() if contact.done_at is None]
    in_force = plan.status != PlanStatus.SUPERSEDED and plan.ended_at is None and plan.situation.is_open
    is_promised = bool(open_contacts) and in_force and not is_copy
    to_family = clean_text(plan.contact_to_family).strip()
    follow_up = [
        clean_text(plan.follow_up).strip(),
        _kept_in_touch(is_copy) % {"how": to_family} if to_family else "",
    ]
    return Sheet(
        number=plan.situation_id,
        version=plan.version,
        is_draft=plan.status == PlanStatus.DRAFT,
        when_agreed=_agreed_words(plan, place_shown),
        day=day(plan.agreed_at or plan.written_at),
        wish=clean_text(plan.wish).strip(),
        strengths=clean_text(plan.strengths).strip(),
        matters=[clean_text(matter.text).strip() for matter in plan.matters.all()],
        measures=[
            Done(
                place=place_words(measure),
                what=clean_text(measure.what).strip(),
                who=who_words(measure),
                when=when_words(measure),
                status=measure.status,
                words_of=clean_text(measure.words_of).strip(),
            )
            for measure in plan.measures.all()
            if not is_blank(measure)
        ],
        responsible=people,
        contact=_contact(open_contacts[0] if is_promised else None, people),
        contact_from_family=clean_text(plan.contact_from_family).strip(),
        follow_up=[text for text in follow_up if text],
        holders=_holders(plan, place_shown, permissions) if with_holders and not is_copy else [],
        present=names_of_present(plan, place_shown),
        star=_star_of(plan.meeting),
        link=link,
        is_copy=is_copy,
    )


def _kept_in_touch(is_copy: bool) -> str:
    return _("Yhteydenpito perheeseen: %(how)s") if is_copy else _("Yhteydenpito teihin: %(how)s")
