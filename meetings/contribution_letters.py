"""The letter to the family when one who can't come has written to it: that there is something, never what."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.actions.families import ensure_link
from network.models import Worker
from network.whereabouts import convener_facts
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter

from .messages import family_address, family_url
from .models import Contribution
from .states import MeetingStatus

FAMILY_CONTRIBUTION = "family_contribution"


def queue_written(contribution: Contribution, *, owner: Worker) -> bool:
    """Tell the family, by one letter at a time; False when it is called or given a paper instead."""
    drop_written(contribution)
    family = contribution.participation.meeting.situation.family
    channel, recipient = family_address(family)
    if not recipient:
        return False
    ensure_link(family)
    outbox.queue(
        [
            Message(
                kind=FAMILY_CONTRIBUTION,
                occasion=_occasion(contribution),
                # Words written anew are told of anew.
                version=Message.objects.filter(occasion=_occasion(contribution)).count(),
                channel=channel,
                recipient=recipient,
                language=family.language,
                about_id=contribution.pk,
                owner=owner,
            )
        ]
    )
    return True


def drop_written(contribution: Contribution) -> None:
    """What the family has decided on, or will be told of anew, is not told of by an old letter."""
    outbox.drop_unsent(Message.objects.filter(kind=FAMILY_CONTRIBUTION, occasion=_occasion(contribution)))


def _occasion(contribution: Contribution) -> str:
    return f"contribution:{contribution.pk}"


def _about(message: Message) -> Contribution | None:
    return (
        Contribution.objects.readable()
        .select_related(
            "participation__meeting__situation__family__link", "participation__meeting__convener__unit"
        )
        .filter(pk=message.about_id)
        .first()
    )


def _why_not(message: Message) -> str | None:
    one = _about(message)
    if one is None:
        return "gone"
    if one.may_be_read is not None:
        return "decided"
    meeting = one.participation.meeting
    if meeting.status != MeetingStatus.INVITED or meeting.period is None:
        return "not_upcoming"
    return "past" if meeting.period.upper <= timezone.now() else None


def _address_now(message: Message) -> str:
    one = _about(message)
    if one is None:
        return ""
    channel, address = family_address(one.participation.meeting.situation.family)
    return address if channel == message.channel else ""


def _compose(message: Message) -> Letter:
    one = _about(message)
    if one is None:
        raise LookupError("contribution")
    meeting = one.participation.meeting
    url = family_url(meeting.situation.family)
    if message.channel == Channel.SMS:
        return Letter(
            subject="",
            text=_("Teille on kirjoitettu yhteistä aikaa varten. Lukekaa omalla sivullanne: %(link)s")
            % {"link": url},
        )
    return outbox.written(
        subject=_("Teille on kirjoitettu"),
        title=_("Teille on kirjoitettu"),
        facts=convener_facts(meeting.convener, meeting.situation.family, with_work=False),
        notes=[
            _("Joku, joka ei pääse yhteiseen aikaan, on kirjoittanut teille etukäteen."),
            _("Luette tekstin omalla sivullanne ja päätätte, saako sen lukea yhteisessä ajassa."),
            _("Linkki on vain teille. Älkää lähettäkö sitä eteenpäin."),
        ],
        action=Action(_("Avatkaa oma sivu"), url),
    )


outbox.register(
    Kind(
        FAMILY_CONTRIBUTION,
        _compose,
        _why_not,
        gettext_lazy("Tieto perheelle: teille on kirjoitettu"),
        _address_now,
        translated=True,
    )
)
