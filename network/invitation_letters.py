"""The words of an invitation's letters: itself, its reminders, its cancellation.

The invitations say when, where and who convenes. They never say whose matter it is or why: not even what the
convener has written for the invited person, which is read behind the link.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from perhekeskus import outbox
from perhekeskus.languages import shared_time_name
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Letter
from perhekeskus.words import clock, short_day, span

from .calendars import calendar
from .models import Invitation, Worker
from .querysets import RECEIVER_ROWS
from .replies import reply_address
from .states import InvitationStatus
from .whereabouts import convener_facts, place_of, where_to_ask


def invitation_of(message: Message) -> Invitation | None:
    return (
        Invitation.objects.select_related(
            "consent__close_person__family",
            "consent__family",
            "link",
            "coming_worker",
            *[f"consent__{row}" for row in RECEIVER_ROWS],
        )  # fmt: skip
        .filter(pk=message.about_id)
        .first()
    )


def request_letter(invitation: Invitation, *, convener: Worker | None = None) -> Letter:
    """The invitation as it is sent; of an unsaved one a preview, with words where the link will be.

    `convener` is the one who is asked about it; left out, the one who wrote the permission down.
    """
    return outbox.written(
        subject=_("Kutsu: %(what)s") % {"what": what_and_when(invitation.period.lower)},
        title=_("Teiltä kutsutaan joku yhteiseen aikaan")
        if invitation.is_to_many
        else _("Sinut on kutsuttu yhteiseen aikaan"),
        facts=[
            *_when_and_where(invitation),
            *_convener_facts(invitation, convener),
            (_("Vastaa viimeistään"), _answer_by(invitation)),
        ],
        action=_answer_action(invitation),
        notes=[
            *_asked_anew(invitation),
            *_where_to_ask(invitation),
            _("Etukäteen ei tarvitse valmistella mitään."),
            _whose_link(invitation),
        ],
    )


def _asked_anew(invitation: Invitation) -> list[str]:
    """A unit or a team that has said who comes may wonder at a second letter."""
    if not invitation.is_to_many or invitation.sequence == 0:
        return []
    return [
        _("Jos olette jo kertoneet, kuka teiltä tulee, kertokaa se uudelleen. Aiempi tieto ei enää päde.")
    ]


def _answer_by(invitation: Invitation) -> str:
    by = invitation.answer_by
    return _("%(day)s klo %(clock)s") % {"day": short_day(by), "clock": clock(by)} if by else ""


def _answer_action(invitation: Invitation) -> Action:
    label = (
        _("Vastaa tästä ja kerro, kuka teiltä tulee")
        if invitation.is_to_many
        else _("Vastaa tästä, pääsetkö tulemaan")
    )
    return Action(label, _answer_url(invitation))


def _whose_link(invitation: Invitation) -> str:
    if invitation.is_to_many:
        return _("Linkki on vain teille. Älkää lähettäkö sitä muille.")
    return _("Linkki on vain sinulle. Älä lähetä sitä eteenpäin.")


def compose_request(message: Message) -> Letter:
    invitation = _known(message)
    if message.channel == Channel.SMS:
        return _text(
            _("Kutsu: %(what)s. Vastaa tästä: %(link)s")
            % {"what": what_and_when(invitation.period.lower), "link": _answer_url(invitation)}
        )
    letter = request_letter(invitation, convener=message.owner)
    return with_calendar(letter, message, invitation)


def compose_moved(message: Message) -> Letter:
    """The time or the place is another than before; for another time an answer is asked again."""
    invitation = _known(message)
    what = what_and_when(invitation.period.lower)
    is_asked = invitation.status == InvitationStatus.PENDING
    if message.channel == Channel.SMS:
        words = (
            _("Muutos: %(what)s. Vastaa uudelleen: %(link)s") if is_asked else _("Muutos: %(what)s. %(link)s")
        )
        return _text(words % {"what": what, "link": _answer_url(invitation)})
    letter = outbox.written(
        subject=_("Muutos: %(what)s") % {"what": what},
        title=_("Yhteisen ajan tiedot muuttuivat"),
        facts=[
            (_("Aika nyt"), span(invitation.period.lower, invitation.period.upper)),
            (_("Paikka"), place_of(invitation)),
            *_convener_facts(invitation, message.owner),
            (_("Vastaa viimeistään"), _answer_by(invitation) if is_asked else ""),
        ],
        action=_answer_action(invitation)
        if is_asked
        else Action(_("Katso tiedot tai muuta vastaustasi"), _answer_url(invitation)),
        notes=[
            *([_("Vastaa uudelleen: aiempi vastaus ei koske uutta aikaa.")] if is_asked else []),
            *_where_to_ask(invitation),
            _whose_link(invitation),
        ],
    )
    return with_calendar(letter, message, invitation)


def compose_reminder(message: Message) -> Letter:
    invitation = _known(message)
    what = what_and_when(invitation.period.lower)
    if message.channel == Channel.SMS:
        return _text(
            _("Muistutus: %(what)s. Jos et pääse: %(link)s") % {"what": what, "link": _answer_url(invitation)}
        )
    return outbox.written(
        subject=_("Muistutus: %(what)s") % {"what": what},
        title=_("Yhteinen aika lähestyy"),
        facts=[*_when_and_where(invitation), *_convener_facts(invitation, message.owner)],
        action=Action(_("Vastaa tai muuta vastaustasi"), _answer_url(invitation)),
        notes=[*_what_to_prepare(invitation), *_where_to_ask(invitation), _whose_link(invitation)],
    )


def _what_to_prepare(invitation: Invitation) -> list[str]:
    """That something is hoped of the invited; what it is, is read behind the link."""
    if not invitation.expectation:
        return []
    if invitation.is_to_many:
        return [_("Kutsussa kerrotaan, mitä teiltä toivotaan. Lukekaa se ennen tapaamista.")]
    return [_("Kutsussa kerrotaan, mitä sinulta toivotaan. Lue se ennen tapaamista.")]


def compose_answer_reminder(message: Message) -> Letter:
    invitation = _known(message)
    if message.channel == Channel.SMS:
        return _text(
            _("Muistutus: vastaa kutsuun viimeistään %(by)s. Vastaa tästä: %(link)s")
            % {"by": _answer_by(invitation), "link": _answer_url(invitation)}
        )
    return outbox.written(
        subject=_("Vastaa kutsuun: %(what)s") % {"what": what_and_when(invitation.period.lower)},
        title=_("Kutsu odottaa vielä vastausta"),
        facts=[
            (_("Vastaa viimeistään"), _answer_by(invitation)),
            *_when_and_where(invitation),
            *_convener_facts(invitation, message.owner),
        ],
        action=_answer_action(invitation),
        notes=[*_where_to_ask(invitation), _whose_link(invitation)],
    )


def compose_cancelled(message: Message) -> Letter:
    invitation = _known(message)
    what = what_and_when(invitation.period.lower)
    if message.channel == Channel.SMS:
        return _text(_("Peruttu: %(what)s. Sinun ei tarvitse tehdä mitään.") % {"what": what})
    letter = outbox.written(
        subject=_("Peruttu: %(what)s") % {"what": what},
        title=_("Kutsusi yhteiseen aikaan on peruttu"),
        facts=[(_("Aika oli"), span(invitation.period.lower, invitation.period.upper))],
        notes=[_("Sinun ei tarvitse tehdä mitään.")],
    )
    return with_calendar(letter, message, invitation, is_cancelled=True)


def with_calendar(
    letter: Letter, message: Message, invitation: Invitation, *, is_cancelled: bool = False
) -> Letter:
    """The letter with its calendar entry: to a professional one to answer, to the others plain facts."""
    # A unit's or a team's answer tells who comes, which a calendar can't say: it is given behind the link.
    is_asked = (
        invitation.consent.worker_id is not None or invitation.consent.outside_professional_id is not None
    )
    if is_cancelled:
        method = "CANCEL"
    else:
        method = "REQUEST" if is_asked else "PUBLISH"
    entry = calendar(
        method=method,
        uid=invitation.event_uid,
        sequence=invitation.sequence + (1 if is_cancelled else 0),
        starts_at=invitation.period.lower,
        ends_at=invitation.period.upper,
        stamp=message.created_at,
        place="" if is_cancelled else place_of(invitation),
        attendee=message.recipient if is_asked else "",
        answer_to=reply_address(invitation) if is_asked else "",
    )
    return Letter(letter.subject, letter.text, letter.html, entry, method)


def what_and_when(starts_at: datetime) -> str:
    """yhteinen aika ma 15.3. klo 9.30"""
    name = shared_time_name()
    return _("%(name)s %(day)s klo %(clock)s") % {
        "name": name[:1].lower() + name[1:],
        "day": short_day(starts_at),
        "clock": clock(starts_at),
    }


def _where_to_ask(invitation: Invitation) -> list[str]:
    return [] if place_of(invitation) else [where_to_ask(invitation)]


def _when_and_where(invitation: Invitation) -> list[tuple[str, str]]:
    return [
        (_("Aika"), span(invitation.period.lower, invitation.period.upper)),
        (_("Paikka"), place_of(invitation)),
    ]


def _convener_facts(invitation: Invitation, convener: Worker | None) -> list[tuple[str, str]]:
    consent = invitation.consent
    return convener_facts(
        convener or consent.recorded_by, consent.family, with_work=invitation.is_to_colleague
    )


def _answer_url(invitation: Invitation) -> str:
    if invitation.pk is None:
        return _("(tähän tulee jokaiselle oma linkki)")
    return outbox.site_url("invitation_answer", invitation.link.token)


def _known(message: Message) -> Invitation:
    invitation = invitation_of(message)
    if invitation is None:
        raise LookupError("invitation")
    return invitation


def _text(words: str) -> Letter:
    return Letter(subject="", text=words)
