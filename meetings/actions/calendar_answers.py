"""A calendar answers for the invited: its mail changes what the person's own press would."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from network import mailbox
from network.models import CalendarReply, Invitation
from network.replies import Reply, is_secret_of, read_reply
from network.states import ReplyOutcome
from perhekeskus.refusals import Refused

from .answers import answer

# A calendar's clock may be a little ahead; one that is far ahead would shut out every later answer.
AHEAD_AT_MOST = timedelta(hours=1)


def fetch() -> int:
    """Take the answers that have come into the mailbox, and return how many mails were answers."""
    return mailbox.read_new(take)


def take(raw: bytes) -> bool:
    """Take the answer of one mail, once; False when the mail is no calendar's answer."""
    reply = read_reply(raw)
    if reply is None:
        return False
    with transaction.atomic():
        # The same mail read by two at once: the second waits here, and finds it handled.
        handled, is_new = CalendarReply.objects.get_or_create(
            key=reply.key, defaults={"stamp": reply.stamp, "outcome": ReplyOutcome.UNKNOWN}
        )
        if is_new:
            handled.invitation = _invitation_of(reply)
            if handled.invitation is not None:
                handled.outcome = _outcome(reply, handled.invitation)
            handled.save(update_fields=["invitation", "outcome"])
    return True


def _invitation_of(reply: Reply) -> Invitation | None:
    """The invitation whose secret the mail knows, and whose invited person it comes from."""
    invitations = Invitation.objects.filter(event_uid=reply.uid).select_related(
        "link", "consent__worker", "consent__unit", "consent__team", "consent__outside_professional"
    )
    for invitation in invitations:
        knows = any(is_secret_of(invitation, secret) for secret in reply.secrets)
        emails = [] if invitation.is_to_many else [email.lower() for email in invitation.emails]
        if knows and reply.attendee in emails:
            return invitation
    return None


def _outcome(reply: Reply, invitation: Invitation) -> ReplyOutcome:
    if reply.sequence != invitation.sequence or _is_older(reply, invitation):
        return ReplyOutcome.OUTDATED
    try:
        answer(invitation=invitation, status=reply.status, at=min(reply.stamp, timezone.now()))
    except Refused:
        return ReplyOutcome.REFUSED
    return ReplyOutcome.TAKEN


def _is_older(reply: Reply, invitation: Invitation) -> bool:
    """Whether the person has said something since the calendar wrote this, or it is dated in the future."""
    if reply.stamp > timezone.now() + AHEAD_AT_MOST:
        return True
    if invitation.answered_at is not None and reply.stamp < invitation.answered_at:
        return True
    taken = invitation.calendar_replies.filter(outcome=ReplyOutcome.TAKEN)
    return taken.filter(stamp__gt=reply.stamp).exists()
