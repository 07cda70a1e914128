from .access import AccessLog
from .codes import LinkCode
from .demo import DemonstrationMail
from .kept import KeptForm
from .links import AccessLink
from .outbox import Heartbeat, Message

__all__ = ["AccessLink", "AccessLog", "DemonstrationMail", "Heartbeat", "KeptForm", "LinkCode", "Message"]
