"""The states of the ground's own rows and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    WAITING = "waiting", _("odottaa lähettämistä")
    CLAIMED = "claimed", _("lähdössä")
    SENT = "sent", _("lähetetty")
    GIVEN_UP = "given_up", _("ei mennyt perille")
    DROPPED = "dropped", _("ei enää tarpeen")


MESSAGE_MOVES: dict[MessageState, set[MessageState]] = {
    MessageState.WAITING: {MessageState.CLAIMED, MessageState.DROPPED},
    MessageState.CLAIMED: {
        MessageState.SENT,
        MessageState.WAITING,
        MessageState.GIVEN_UP,
        MessageState.DROPPED,
    },
    MessageState.SENT: set(),
    MessageState.GIVEN_UP: {MessageState.WAITING, MessageState.DROPPED},
    MessageState.DROPPED: set(),
}
