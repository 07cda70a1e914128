"""What the machine believes: plain Python, no database, written by hand."""

from dataclasses import dataclass

OPEN = {"pending", "accepted", "tentative"}
ANSWERS = ["accepted", "tentative", "declined"]
# Written out by hand, as in test_invitations.
MAY = {
    "pending": {"accepted", "tentative", "declined", "expired", "revoked"},
    "accepted": {"tentative", "declined", "revoked"},
    "tentative": {"accepted", "declined", "revoked"},
    "declined": {"accepted", "tentative", "revoked"},
    "expired": {"pending", "revoked"},
    "revoked": set(),
}
PURPOSES = ["invite", "invite", "invite", "consult", "copy", "inform"]
KINDS = ["worker", "unit", "team", "outside_professional", "close_person"]
MANY = {"unit", "team"}
TAMPERING = ["purpose = 'copy'", "topics = '{Muu}'", "withdrawn_at = NULL"]


@dataclass
class Permission:
    """What the model knows of a permission."""

    family: int
    kind: str
    purpose: str
    topics: list[str]
    is_withdrawn: bool = False
    has_run_out: bool = False

    @property
    def is_in_force(self) -> bool:
        return not (self.is_withdrawn or self.has_run_out)

    @property
    def in_a_row(self) -> str:
        return " ".join([self.purpose, ",".join(self.topics), *["withdrawn"] * self.is_withdrawn])


@dataclass
class Asked:
    """What the model knows of an invitation; `comes` is "", "worker" or "name"."""

    consent: int
    status: str = "pending"
    comes: str = ""
    is_overdue: bool = False
    sequence: int = 0

    @property
    def in_a_row(self) -> str:
        return " ".join([f"{self.consent} {self.status} {self.sequence}", *[self.comes] * bool(self.comes)])


@dataclass
class Letter:
    """What the model knows of a message."""

    invitation: int
    permission: int
    kind: str
    version: int
    state: str = "waiting"
