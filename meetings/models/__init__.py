from .calendars import Absence, Booking, Room, WorkingHours
from .counts import MonthlyCount
from .feeds import BusyTime, CalendarFeed, ExternalCalendar
from .meetings import Meeting, Topic
from .participations import Participation
from .situations import Conversation, Handover, Situation
from .stars import StarRay

__all__ = [
    "Absence",
    "Booking",
    "BusyTime",
    "CalendarFeed",
    "Conversation",
    "ExternalCalendar",
    "Handover",
    "Meeting",
    "MonthlyCount",
    "Participation",
    "Room",
    "Situation",
    "StarRay",
    "Topic",
    "WorkingHours",
]
