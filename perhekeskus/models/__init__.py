from .access import AccessLog
from .demo import DemonstrationMail
from .links import AccessLink
from .outbox import Heartbeat, Message

__all__ = ["AccessLink", "AccessLog", "DemonstrationMail", "Heartbeat", "Message"]
