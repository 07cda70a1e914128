from .calendars import Absence, Booking, WorkingHours
from .cancellations import Cancellation, OpenRole
from .children import ChildDrawing, ChildView
from .contacts import CallDraft, Contact, ContactMessage
from .contributions import Contribution
from .dialogues import Dialogue, DialogueAnswer, DialogueTurn
from .feedback import FeedbackAnswer, FeedbackReceipt
from .feeds import BusyTime, CalendarFeed, ExternalCalendar
from .first_shared_times import FirstSharedTime
from .handovers import Handover
from .holds import Hold
from .influence import InfluenceItem
from .kinds import Kind, KindAgendaRow
from .meetings import Meeting, Topic
from .offers import OfferedTime, TimesOffer
from .participations import Participation
from .polls import PollAnswer, PollTime, PollVoice, TimePoll
from .preparations import AgendaItem, Errand, Preparation
from .reports import MonthlyReport, OpenData, ReportPaper, ReportReceiver, ReportRequest, ReportSending
from .rooms import Room
from .services import ServiceInvolved
from .situations import Conversation, Situation
from .stars import StarRay
from .talks import TalkHelper, TalkPart
from .time_changes import TimeChange
from .wishes import EarlierWish

__all__ = [
    "MonthlyReport",
    "OpenData",
    "ReportPaper",
    "ReportReceiver",
    "ReportRequest",
    "ReportSending",
    "Contribution",
    "AgendaItem",
    "Preparation",
    "Errand",
    "Absence",
    "Booking",
    "BusyTime",
    "CalendarFeed",
    "Cancellation",
    "OpenRole",
    "CallDraft",
    "Contact",
    "ContactMessage",
    "ChildDrawing",
    "ChildView",
    "Conversation",
    "Dialogue",
    "DialogueAnswer",
    "DialogueTurn",
    "ExternalCalendar",
    "FeedbackAnswer",
    "FeedbackReceipt",
    "FirstSharedTime",
    "Handover",
    "Hold",
    "InfluenceItem",
    "Kind",
    "KindAgendaRow",
    "Meeting",
    "OfferedTime",
    "Participation",
    "Room",
    "ServiceInvolved",
    "Situation",
    "StarRay",
    "TalkHelper",
    "TalkPart",
    "PollAnswer",
    "PollTime",
    "PollVoice",
    "TimePoll",
    "EarlierWish",
    "TimeChange",
    "TimesOffer",
    "Topic",
    "WorkingHours",
]
