from .adoption import AdoptionStage
from .bulletins import Bulletin, BulletinMunicipality, BulletinReceipt, BulletinUnit, RegularLetter
from .consents import Consent
from .consultations import Consultation
from .contacts import ContactRule
from .directory import Area, Expertise, Municipality, Need, Organisation, Unit
from .directory_texts import DirectoryText, TextSource
from .families import ClosePerson, Family, FamilyMember
from .feedback import PeerFeedback, Thanks
from .forums import AreaForum, DevelopmentNeed, ForumParticipation
from .grievances import GrievanceStep, StructuralGrievance
from .groups import Group, GroupMeeting, GroupMembership
from .imports import DirectoryImport, ImportRow
from .invitations import Invitation
from .outside import OutsideProfessional
from .photos import WorkerPhoto
from .populations import Population
from .replies import CalendarReply
from .tallies import NetworkTally, Tally, TallyChange
from .teams import Team, TeamMember, TeamTime
from .workers import Worker

__all__ = [
    "AdoptionStage",
    "Area",
    "AreaForum",
    "Bulletin",
    "BulletinMunicipality",
    "BulletinReceipt",
    "BulletinUnit",
    "CalendarReply",
    "ClosePerson",
    "Consent",
    "Consultation",
    "ContactRule",
    "DevelopmentNeed",
    "DirectoryImport",
    "DirectoryText",
    "Expertise",
    "Family",
    "FamilyMember",
    "ForumParticipation",
    "GrievanceStep",
    "Group",
    "GroupMeeting",
    "GroupMembership",
    "ImportRow",
    "Invitation",
    "Municipality",
    "Need",
    "Organisation",
    "OutsideProfessional",
    "PeerFeedback",
    "Population",
    "RegularLetter",
    "StructuralGrievance",
    "NetworkTally",
    "Tally",
    "TallyChange",
    "Team",
    "Thanks",
    "TeamMember",
    "TeamTime",
    "TextSource",
    "Unit",
    "Worker",
    "WorkerPhoto",
]
