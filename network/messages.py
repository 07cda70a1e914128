"""The letters of an invitation on their way: queued, dropped, asked once more when they leave."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Kind
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI

from .invitation_letters import (
    compose_answer_reminder,
    compose_cancelled,
    compose_moved,
    compose_reminder,
    compose_request,
    invitation_of,
)
from .models import Consent, Invitation, Worker
from .states import OPEN_INVITATIONS, InvitationStatus

REQUEST = "invitation_request"
REMINDER = "invitation_reminder"
ANSWER_REMINDER = "invitation_answer_reminder"
MOVED = "invitation_moved"
CANCELLED = "invitation_cancelled"

# What is no longer said when something newer is.
OUTDATED_BY_NEWS = [REQUEST, MOVED, REMINDER, ANSWER_REMINDER]

REMINDER_CLOCK = time(9)


# --- queueing: called by actions, in their transactions ----------------------------------------------


def queue_request(invitation: Invitation, *, owner: Worker | None) -> bool:
    """Send the invitation now and its reminders in their time; False when there is no address to send to.

    One the day before the answer is waited for no more, and one the day before the event.
    """
    addresses = _addresses(invitation)
    outbox.queue(
        row
        for channel, recipient in addresses
        for row in _told_and_reminded(REQUEST, invitation, channel, recipient, owner)
    )
    return bool(addresses)


def queue_moved(invitation: Invitation, *, owner: Worker | None) -> None:
    """Tell of the new time or place, once: an older letter that has not left is replaced.

    Who was told of the event before hears of the change, the others are invited.
    """
    occasion = _occasion(invitation)
    left = outbox.drop_unsent(Message.objects.filter(kind__in=OUTDATED_BY_NEWS, occasion=occasion))
    told = {message.recipient for message in left if message.kind in {REQUEST, MOVED}}
    outbox.queue(
        row
        for channel, recipient in _addresses(invitation)
        for row in _told_and_reminded(
            MOVED if recipient in told else REQUEST, invitation, channel, recipient, owner
        )
    )


def _told_and_reminded(
    kind: str, invitation: Invitation, channel: Channel, recipient: str, owner: Worker | None
) -> Iterator[Message]:
    yield _message(kind, invitation, channel, recipient, owner)
    reminders = [(REMINDER, day_before(invitation.period.lower))]
    if invitation.answer_by is not None and invitation.status == InvitationStatus.PENDING:
        reminders.append((ANSWER_REMINDER, day_before(invitation.answer_by)))
    for kind, due_at in reminders:
        if due_at > timezone.now():
            reminder = _message(kind, invitation, channel, recipient, owner)
            reminder.due_at = due_at
            yield reminder


def drop_answer_reminders(invitation: Invitation) -> None:
    """Whoever has answered, or has let the time pass, is not asked for an answer any more."""
    outbox.drop_unsent(Message.objects.filter(kind=ANSWER_REMINDER, occasion=_occasion(invitation)))


def queue_cancellation(invitation: Invitation, *, owner: Worker | None) -> None:
    """Drop what has not left, and tell those whom something has, or may have, reached.

    Called after the invitation was revoked: what is claimed by then is known here for certain.
    """
    left = outbox.drop_unsent(
        Message.objects.filter(kind__in=OUTDATED_BY_NEWS, occasion=_occasion(invitation))
    )
    rows = []
    for recipient, channel in sorted({(message.recipient, message.channel) for message in left}):
        cancelled = _message(CANCELLED, invitation, Channel(channel), recipient, owner)
        # It closes a door, so it leaves also when the permission is gone.
        cancelled.permission_id = None
        rows.append(cancelled)
    outbox.queue(rows)


def follow_permission(old: Consent, new: Consent) -> None:
    """What has not left under a permission goes on under the one that replaces it. Called before it ends."""
    unsent = Message.objects.filter(permission_id=old.pk).exclude(
        state__in=[MessageState.SENT, MessageState.DROPPED]
    )
    unsent.update(permission_id=new.pk)


def day_before(starts_at: datetime) -> datetime:
    """Nine o'clock in Helsinki on the day before."""
    day = timezone.localtime(starts_at, HELSINKI).date() - timedelta(days=1)
    return datetime.combine(day, REMINDER_CLOCK, tzinfo=HELSINKI)


def _message(
    kind: str, invitation: Invitation, channel: Channel, recipient: str, owner: Worker | None
) -> Message:
    return Message(
        kind=kind,
        occasion=_occasion(invitation),
        version=invitation.sequence + 1,
        channel=channel,
        recipient=recipient,
        language=_language(invitation),
        about_id=invitation.pk,
        permission_id=invitation.consent_id,
        owner=owner,
    )


def _occasion(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def _addresses(invitation: Invitation) -> list[tuple[Channel, str]]:
    return addresses_of(invitation.consent)


def addresses_of(consent: Consent) -> list[tuple[Channel, str]]:
    """E-mail; a text message to somebody close to the family who has only a telephone."""
    if emails := Invitation(consent=consent).emails:
        return [(Channel.EMAIL, email) for email in emails]
    person = consent.close_person
    if person is not None and person.phone:
        return [(Channel.SMS, person.phone.as_e164)]
    return []


def can_be_sent(invitation: Invitation) -> bool:
    """Whether there is an address for it; the others are told by word."""
    return bool(_addresses(invitation))


def _language(invitation: Invitation) -> str:
    person = invitation.consent.close_person
    return person.family.language if person is not None else settings.LANGUAGE_CODE


# --- asked at the moment of sending ------------------------------------------------------------------


def _why_not_request(message: Message) -> str | None:
    invitation = invitation_of(message)
    if invitation is None:
        return "gone"
    if invitation.status in {InvitationStatus.REVOKED, InvitationStatus.EXPIRED}:
        return invitation.status
    worker = invitation.consent.worker
    if worker is not None and not worker.works_with_families:
        return "left"
    if message.version != invitation.sequence + 1:
        return "outdated"
    return "past" if invitation.period.lower <= timezone.now() else None


def _why_not_reminder(message: Message) -> str | None:
    if reason := _why_not_request(message):
        return reason
    invitation = invitation_of(message)
    return None if invitation is not None and invitation.status in OPEN_INVITATIONS else "declined"


def _why_not_cancelled(message: Message) -> str | None:
    invitation = invitation_of(message)
    if invitation is None:
        return "gone"
    return "past" if invitation.period.upper <= timezone.now() else None


def _why_not_answer_reminder(message: Message) -> str | None:
    if reason := _why_not_request(message):
        return reason
    invitation = invitation_of(message)
    if invitation is None or invitation.status != InvitationStatus.PENDING:
        return "answered"
    return "past" if invitation.answer_by is None or invitation.answer_by <= timezone.now() else None


def _address_now(message: Message) -> str:
    invitation = invitation_of(message)
    if invitation is None:
        return ""
    addresses = [address for channel, address in _addresses(invitation) if channel == message.channel]
    if message.recipient in addresses:
        return message.recipient
    # One person's address may have been mended since; of many, whoever has left is not written to.
    return addresses[0] if len(addresses) == 1 and not invitation.is_to_many else ""


outbox.register(
    Kind(REQUEST, compose_request, _why_not_request, gettext_lazy("Kutsu"), _address_now, translated=True)
)
outbox.register(
    Kind(
        MOVED,
        compose_moved,
        _why_not_request,
        gettext_lazy("Tieto uudesta ajasta"),
        _address_now,
        translated=True,
    )
)
outbox.register(
    Kind(
        ANSWER_REMINDER,
        compose_answer_reminder,
        _why_not_answer_reminder,
        gettext_lazy("Muistutus vastaamisesta"),
        _address_now,
        translated=True,
    )
)
outbox.register(
    Kind(
        REMINDER,
        compose_reminder,
        _why_not_reminder,
        gettext_lazy("Muistutus kutsutulle"),
        _address_now,
        translated=True,
    )
)
outbox.register(
    Kind(
        CANCELLED,
        compose_cancelled,
        _why_not_cancelled,
        gettext_lazy("Tieto kutsun perumisesta"),
        translated=True,
    )
)
