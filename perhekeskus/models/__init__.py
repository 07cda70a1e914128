from .access import AccessLog
from .codes import LinkCode
from .demo import DemonstrationMail
from .links import AccessLink
from .outbox import Heartbeat, Message

__all__ = ["AccessLink", "AccessLog", "DemonstrationMail", "Heartbeat", "LinkCode", "Message"]
