from .consents import Consent
from .directory import Expertise, Municipality, Need, Organisation, Team, Unit
from .families import ClosePerson, Family, FamilyMember
from .invitations import Invitation
from .workers import Worker

__all__ = [
    "ClosePerson",
    "Consent",
    "Expertise",
    "Family",
    "FamilyMember",
    "Invitation",
    "Municipality",
    "Need",
    "Organisation",
    "Team",
    "Unit",
    "Worker",
]
