from .consents import Consent
from .contacts import ContactRule
from .directory import Area, Expertise, Municipality, Need, Organisation, Team, Unit
from .families import ClosePerson, Family, FamilyMember
from .invitations import Invitation
from .outside import OutsideProfessional
from .workers import Worker

__all__ = [
    "Area",
    "ClosePerson",
    "Consent",
    "ContactRule",
    "Expertise",
    "Family",
    "FamilyMember",
    "Invitation",
    "Municipality",
    "Need",
    "Organisation",
    "OutsideProfessional",
    "Team",
    "Unit",
    "Worker",
]
