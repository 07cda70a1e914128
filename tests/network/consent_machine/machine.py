"""The whole machine: every step there is, and the letters that leave."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from perhekeskus import outbox

from .invitations import Invitations
from .permissions import Permissions
from .walk import sql


class Machine(Permissions, Invitations):
    """One life of permissions. Everything that it wrote is rolled back at its end."""

    @precondition(lambda self: any(one.state == "waiting" for one in self.letters.values()))
    @rule(data=st.data())
    def claim_in_raw_sql(self, data):
        """Some sender takes a message: the database lets nothing out unpermitted, whoever asks."""
        waiting = {key: one for key, one in self.letters.items() if one.state == "waiting"}
        key = self.one_of(data, waiting)
        may = self.consents[waiting[key].permission].is_in_force
        # Not now(): that is the beginning of the whole life, and a claim so old is taken for lost.
        claim = (
            "UPDATE perhekeskus_message SET state = 'claimed', claimed_at = clock_timestamp() WHERE id = %s"
        )
        if self.tries(lambda: sql(claim, key), may):
            self.letters[key].state = "claimed"

    @precondition(lambda self: any(self.is_due(one) for one in self.letters.values()))
    @rule()
    def drain(self):
        """The real sender sends one message, and drops what must not leave on its way to it."""
        outbox.drain(limit=1)
        for key in sorted(self.letters):
            letter = self.letters[key]
            if not self.is_due(letter):
                continue
            asked = self.invited[letter.invitation]
            is_wanted = asked.status not in {"revoked", "expired"} and letter.version == asked.sequence + 1
            if is_wanted and self.consents[letter.permission].is_in_force:
                letter.state = "sent"
                break
            letter.state = "dropped"
