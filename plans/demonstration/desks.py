"""What waits on the desks of those who sign in with one click: a family for each thing that can wait."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from meetings.actions import calls, contacts, families, handovers, permissions
from meetings.actions.absences import add_absence
from meetings.models import Absence, Contact
from meetings.states import ContactReach, ConversationResult, WayIn
from network.actions.consents import Receiver
from network.models import Consent, Municipality, OutsideProfessional, Worker
from network.states import ContactChannel, InvitationStatus, MemberRole
from perhekeskus.models import Message
from perhekeskus.states import MessageState
from plans.states import CopyMethod

from .children import drew_beforehand, lapset_puheeksi
from .clock import set_to, workday
from .copying import copied
from .places import HOME_TOWN
from .preparing import agreed_beforehand, written_beforehand
from .responsibility import asked_for_contact, passed_to
from .stories import STORIES
from .threads import Teller, Thread

ACCEPTED = InvitationStatus.ACCEPTED
TENTATIVE = InvitationStatus.TENTATIVE
DECLINED = InvitationStatus.DECLINED
PENDING = InvitationStatus.PENDING


def fill_desks(teller: Teller) -> None:
    """Families in every stage for the frontline worker, the responsible worker and the guidance service."""
    _frontline_past(teller)
    _frontline_now(teller)
    _responsible(teller)
    _guidance(teller)


def _thread(teller: Teller, story: str, desk: str, **changes: Any) -> Thread:
    by = teller.network.desks[desk]
    return teller.thread(STORIES[story], HOME_TOWN, by, **changes)


def _held(thread: Thread, start: int, *, met: int) -> Thread:
    """From the talk on the workday `start` to the shared time on the workday `met` or soon after."""
    at = thread.teller.at
    return (
        thread.raised(at(start, time(8, 40)))
        .proposed(at(start + 1))
        .decided(at(start + 2))
        .booked(at(start + 2, time(11)), met, met)
        .invited(at(start + 2, time(11, 20)))
        .answered(at(start + 3))
        .recorded()
    )


def _frontline_past(teller: Teller) -> None:
    at, today, worker = teller.at, teller.today, teller.network.desks["lahityontekija"]
    # A promised contact that is a day late.
    thread = _held(_thread(teller, "few_words", "lahityontekija"), -19, met=-14)
    thread.planned([worker], workday(today, -8)).contacted(
        worker, thread.story.contacts[0], workday(today, -1), time(14, 30)
    ).settled()
    # Everyday life runs.
    family_worker = teller.network.desks["vastuutyontekija"]
    thread = _held(_thread(teller, "grandmother_helps", "lahityontekija"), -62, met=-56)
    thread.planned([family_worker, worker], workday(today, -42))
    thread.contacted(family_worker, thread.story.contacts[0], workday(today, -21))
    thread.finished(at(-21, time(13)), family_worker).settled()
    # A talk was enough; an offer that the family did not want.
    thread = _thread(teller, "tight_home", "lahityontekija", is_named=False)
    thread.raised(at(-30), result=ConversationResult.GUIDANCE)
    thread = _thread(teller, "new_baby", "lahityontekija", is_named=False)
    thread.raised(at(-17), result=ConversationResult.DECLINED).settled()


def _frontline_now(teller: Teller) -> None:
    at, people = teller.at, teller.network.one
    family_worker = teller.network.desks["vastuutyontekija"]
    # The family has decided: look for a time.
    thread = _thread(
        teller,
        "mornings",
        "lahityontekija",
        channel=ContactChannel.SMS,
        cast={"family_worker": family_worker},
    )
    thread.raised(at(-7, time(8, 15))).proposed(at(-5, time(10, 15))).asked(at(-5, time(10, 20)))
    thread.decided(at(-3, time(19, 40)), by_link=True).settled()
    # The shared time was on the last workday, and is not written down yet.
    thread = _thread(teller, "biting", "lahityontekija", channel=ContactChannel.EMAIL)
    thread.raised(at(-12)).proposed(at(-10)).decided(at(-9)).booked(at(-9, time(12)), -1)
    thread.invited(at(-8)).answered(at(-7)).settled()
    # Invited, and four of the six have answered.
    thread = _thread(
        teller,
        "sleepless_toddler",
        "lahityontekija",
        channel=ContactChannel.EMAIL,
        cast={"family_worker": family_worker},
    )
    extra = [
        (
            people(HOME_TOWN, "special_day_care_teacher", teller.chance),
            "Tuntee pienen lapsen päiväkotipäivän.",
        ),
        (people(HOME_TOWN, "social_counsellor", teller.chance), "Kertoo, mitä apua kotiin voi saada."),
    ]
    thread.raised(at(-9)).proposed(at(-8), extra=extra).decided(at(-6)).booked(at(-6, time(12)), 2, 3)
    thread.settled().invited(at(-5)).answered(
        at(-3), ACCEPTED, TENTATIVE, PENDING, ACCEPTED, PENDING, ACCEPTED
    )
    agreed_beforehand(thread, at(-3, time(14)))
    drew_beforehand(thread, at(-2, time(9, 30)))
    # The family has its link, and thinks.
    thread = _thread(teller, "swedish", "lahityontekija", channel=ContactChannel.SMS)
    thread.raised(at(-4)).proposed(at(-2)).asked(at(-1, time(15)))
    # The family thinks whether it wants a shared time at all.
    thread = _thread(teller, "two_homes", "lahityontekija", channel=ContactChannel.PHONE)
    thread.raised(at(-2, time(15, 30)), talked=False)
    lapset_puheeksi(thread, at(-2, time(16)))


def _responsible(teller: Teller) -> None:
    at, today = teller.at, teller.today
    worker = teller.network.desks["vastuutyontekija"]
    day_care_teacher = teller.network.desks["lahityontekija"]
    # Two days late.
    thread = _held(_thread(teller, "after_loss", "vastuutyontekija"), -16, met=-10)
    thread.planned([worker], workday(today, -2), at=time(13)).settled()
    asked_for_contact(thread, at(-1, time(18, 40)), "Voisitko soittaa? Illat ovat taas olleet raskaita.")
    # Today. The guidance service took the call, and the koppi was caught.
    thread = _thread(teller, "from_far", "ohjaus")
    thread.raised(at(-33, time(9, 5)), way_in=WayIn.PHONE)
    thread.handed_over(at(-33, time(9, 30)), worker, "Äiti toivoo, että tulkki on aina paikalla.")
    thread.proposed(at(-30)).decided(at(-29)).booked(at(-29, time(12)), -25).invited(at(-28)).answered(
        at(-27)
    )
    second = teller.network.one(HOME_TOWN, "social_counsellor", teller.chance)
    thread.recorded().planned([worker, second], workday(today, -12))
    thread.contacted(worker, thread.story.contacts[0], today).settled()
    # Next week, and a follow-up meeting to which the frontline worker is invited.
    thread = _held(_thread(teller, "no_friends", "vastuutyontekija"), -40, met=-34)
    former = teller.network.one(HOME_TOWN, "social_counsellor", teller.chance)
    thread.planned([former], workday(today, -20))
    passed_to(thread, at(-28), former, worker, "Siirryn toisiin tehtäviin.")
    thread.contacted(worker, thread.story.contacts[0], workday(today, 6), time(9))
    invited: list[Receiver] = [day_care_teacher, *[person for person, _why in thread.people_asked()][:2]]
    # Somebody of the guidance service, and somebody from outside who answers by the link.
    outside = OutsideProfessional.objects.create(
        name="Riikka Ranta",
        title="vertaisryhmän ohjaaja",
        organisation="Perheiden tupa ry",
        email="riikka.ranta@jarjesto.example",
        added_by=worker,
    )
    invited += [teller.network.desks["ohjaus"].unit, outside]
    thread.follow_up(at(-6), invited, ["Miten on mennyt", "Mitä jatketaan"]).decided(at(-4))
    thread.booked(at(-4, time(12)), 4, 5, minutes=60).settled()
    thread.invited(at(-2)).answered(at(-1), PENDING, ACCEPTED, PENDING, PENDING, ACCEPTED)
    written_beforehand(thread, at(-1, time(15)), outside)
    # The letter of the link waits for a visitor to open it; the paper was taken by somebody of the place.
    copied(thread, at(-1, time(15, 30)), outside, CopyMethod.LINK, by=worker)
    copied(
        thread,
        at(-1, time(15, 35)),
        thread.people_asked()[0][0].unit,
        CopyMethod.PRINTED,
        by=worker,
        handed_to=thread.people_asked()[0][0].name,
    )
    # The family took one permission back; the others still come. One invitation could not be delivered.
    thread = _thread(teller, "protected", "vastuutyontekija", channel=ContactChannel.SMS)
    thread.raised(at(-11), way_in=WayIn.OUTREACH).proposed(at(-9)).decided(at(-8))
    thread.booked(at(-8, time(12)), 6, 8).settled().invited(at(-7)).answered(at(-5), ACCEPTED, ACCEPTED)
    _not_delivered(thread)
    _taken_back(thread, "psychologist")
    # Being prepared. Both parents are asked, and the young person decides for herself.
    thread = _thread(teller, "quiet_girl", "vastuutyontekija", channel=ContactChannel.EMAIL)
    thread.raised(at(-2), way_in=WayIn.OUTREACH)
    _asks_both(thread)
    thread.proposed(at(-1))


def _asks_both(thread: Thread) -> None:
    children = thread.situation.family.members.filter(role=MemberRole.CHILD)
    with set_to(thread.teller.at(-2, time(15))):
        families.set_givers(
            situation=thread.situation,
            by=thread.by,
            both_asked=True,
            mature=list(children.values_list("pk", flat=True)),
        )


def _taken_back(thread: Thread, post: str) -> None:
    [(person, _why)] = thread.people_asked([post])
    consent = Consent.objects.in_force().get(family=thread.situation.family_id, worker=person)
    with set_to(thread.teller.at(-2, time(20, 10))):
        permissions.withdraw(consent=consent)


def _not_delivered(thread: Thread) -> None:
    """The first invitation came back: nothing in a demonstration fails by itself."""
    messages = Message.objects.filter(kind="invitation_request", owner=thread.by, state=MessageState.WAITING)
    first = messages.order_by("-pk").last()
    if first is not None:
        one = Message.objects.filter(pk=first.pk)
        one.update(state=MessageState.CLAIMED, claimed_at=first.due_at, attempts=1)
        one.update(state=MessageState.GIVEN_UP, last_error="SMTPRecipientsRefused 550")


def _of_one_away(teller: Teller) -> None:
    """A colleague of the guidance service is away with two koppis: the supervisor may offer them."""
    at, desk = teller.at, teller.network.desks["ohjaus"]
    colleague = (
        Worker.objects.working_with_families()
        .filter(unit=desk.unit_id, is_supervisor=False)
        .exclude(pk=desk.pk)
        .order_by("pk")
        .first()
    )
    if colleague is None:
        return
    for story, days in (("tight_home", -24), ("night_games", -3)):
        thread = teller.thread(STORIES[story], HOME_TOWN, colleague, is_named=False)
        thread.raised(at(days), way_in=WayIn.PHONE, result=ConversationResult.THINKING)
    if not Absence.objects.of(colleague).now().exists():
        add_absence(by=colleague, first=teller.today, last=teller.today + timedelta(days=4))


def _guidance(teller: Teller) -> None:
    at, chance = teller.at, teller.chance
    first, second = (
        teller.network.desks["lahityontekija"],
        teller.network.one(HOME_TOWN, "family_counsellor", chance),
    )
    # Offered to the frontline worker, and waiting for an answer.
    thread = _thread(teller, "after_loss", "ohjaus", is_named=False, channel=ContactChannel.PHONE)
    thread.raised(at(-1, time(14, 5)), way_in=WayIn.PHONE, result=ConversationResult.THINKING)
    thread.offered(
        at(-1, time(14, 40)),
        first,
        "Äiti soitti ja toivoo, että päiväkodin tuttu aikuinen ottaisi asian."
        " Hän tietää, että kysyn sinulta.",
    )
    # Offered and not taken: the koppi stayed with the guidance service.
    thread = _thread(teller, "night_games", "ohjaus", is_named=False, channel=ContactChannel.SMS)
    thread.raised(at(-4), way_in=WayIn.ELECTRONIC, result=ConversationResult.THINKING)
    handover = thread.offered(at(-4, time(11)), second, "Isä toivoo tapaamista iltapäivällä.")
    with set_to(at(-3)):
        handovers.decline(handover=handover, by=second)
    # Offered to the guidance service by the family worker: whoever there catches it first gets it.
    thread = _thread(teller, "tight_home", "vastuutyontekija", is_named=False, channel=ContactChannel.PHONE)
    thread.raised(at(-2, time(12)), way_in=WayIn.OUTREACH, result=ConversationResult.THINKING)
    thread.offered(
        at(-1, time(9)),
        teller.network.desks["ohjaus"].unit,
        "Sopisiko jollekulle teistä? Äiti tietää, että kysyn teiltä.",
    )
    _of_one_away(teller)
    # A call that has just ended; nothing of it is written down yet but the family.
    thread = _thread(teller, "new_baby", "ohjaus", is_named=False, channel=ContactChannel.SMS)
    thread.raised(timezone.now() - timedelta(minutes=35), way_in=WayIn.PHONE, talked=False)
    _contacts(teller)


def _contacts(teller: Teller) -> None:
    """Families that have written or called: one waits, one too long, one is answered, one still talks."""
    at, guide = teller.at, teller.network.desks["ohjaus"]
    home = Municipality.objects.get(name_fi=HOME_TOWN)
    for when, words, facts in WRITTEN:
        with set_to(at(*when)):
            contact = contacts.send(
                contact=Contact(municipality=home, words=words, **facts), form_key=teller.chance.key()
            )
    contacts.pick_up(contact=contact, by=guide)
    contacts.answer(contact=contact, by=guide, text=ANSWER)
    calls.save_draft(
        by=guide,
        form_key=teller.chance.key(),
        way=WayIn.PHONE,
        typed={"words": CALL, "phone": "044 000 9177", "children_ages": "1", "municipality": home},
        seen_version=0,
    )


# When, in which words, and how the family is reached.
WRITTEN = (
    (
        (-3, time(8, 10)),
        "Poika ei ole käynyt koulussa kahteen viikkoon. En tiedä, kenelle soittaa.",
        {"phone": "+358440009171", "name": "Tiina", "children_ages": "13"},
    ),
    (
        (-1, time(20, 40)),
        "Erosimme keväällä, ja lapset itkevät jokaisen vaihdon jälkeen. Haluaisin puhua jonkun kanssa.",
        {
            "reach": ContactReach.EMAIL,
            "email": "isa@perhe.example",
            "children_ages": "4 ja 6",
            "address_protected": True,
            "when_to_reach": "arkisin kello 16 jälkeen",
        },
    ),
    (
        (-1, time(9, 15)),
        "Vauva herää tunnin välein, enkä ole nukkunut kunnolla kuukauteen.",
        {"reach": ContactReach.PAGE, "name": "Noora", "children_ages": "5 kk"},
    ),
)
ANSWER = (
    "Hei Noora! Valvominen on raskasta. Perheohjaajamme voi tulla käymään jo tällä viikolla."
    " Sopisiko torstai?"
)
CALL = "Äiti soittaa. Taapero puree päiväkodissa, muut vanhemmat ovat valittaneet."
