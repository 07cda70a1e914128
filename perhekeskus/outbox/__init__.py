"""The outbox: messages are rows, written with the change that calls for them and sent by whoever drains.

An action queues in its own transaction, so a message exists exactly when its cause does. Any number of
drains may run at once. What cannot be sent waits, then is given up, and a person tries it again.
"""

from .draining import drain
from .kinds import Attachment, Kind, Letter, kind_of, register
from .letters import Action, site_url, written
from .queueing import drop_unsent, queue, retry, why_not_retry

__all__ = [
    "Action",
    "Attachment",
    "Kind",
    "Letter",
    "drain",
    "drop_unsent",
    "kind_of",
    "queue",
    "register",
    "retry",
    "site_url",
    "why_not_retry",
    "written",
]
