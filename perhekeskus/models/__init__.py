from .access import AccessLog
from .links import AccessLink
from .outbox import Heartbeat, Message

__all__ = ["AccessLink", "AccessLog", "Heartbeat", "Message"]
