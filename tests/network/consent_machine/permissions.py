"""Permissions: given, taken back, run out, tampered with."""

import pgtrigger
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from network.actions import consents
from network.models import Consent
from network.states import ConsentMethod, ConsentPurpose

from .model import KINDS, PURPOSES, TAMPERING, Permission
from .walk import Walk, sql


class Permissions(Walk):
    @rule(
        family=st.integers(0, 1),
        kind=st.sampled_from(KINDS),
        purpose=st.sampled_from(PURPOSES),
        topics=st.sampled_from([["Uni"], ["Uni", "Arki"]]),
        givers=st.sampled_from(["one", "both", "none", "stranger"]),
    )
    def give(self, family, kind, purpose, topics, givers):
        own, others = self.people.guardians[family], self.people.guardians[1 - family]
        given_by, given_with = {
            "one": (own[0], None),
            "both": (own[0], own[1]),
            "none": (None, None),
            "stranger": (others[0], None),
        }[givers]
        may = givers == "both" or (givers in {"one", "none"} and family == 0)

        def act():
            return consents.give(
                family=self.people.families[family],
                to=self.people.receiver(family, kind),
                purpose=ConsentPurpose(purpose),
                topics=topics,
                method=ConsentMethod.FACE_TO_FACE,
                given_by=given_by,
                given_with=given_with,
                by=self.people.recorder,
            )

        consent = self.tries(act, may)
        if consent is None or consent.pk in self.consents:
            return
        earlier = [
            key
            for key, one in self.consents.items()
            if one.is_in_force and (one.family, one.kind, one.purpose) == (family, kind, purpose)
        ]
        # The same again is no new row.
        assert not earlier or self.consents[max(earlier)].topics != topics
        self.consents[consent.pk] = Permission(family, kind, purpose, topics)
        for old in earlier:
            for asked in self.invited.values():
                if asked.consent == old and asked.status != "revoked":
                    asked.consent = consent.pk
            for letter in self.letters.values():
                if letter.permission == old and letter.state not in {"sent", "dropped"}:
                    letter.permission = consent.pk
            self.consents[old].is_withdrawn = True

    @precondition(lambda self: self.consents)
    @rule(data=st.data(), in_raw_sql=st.booleans())
    def withdraw(self, data, in_raw_sql):
        key = self.one_of(data, self.consents)
        chosen = self.consents[key]
        if in_raw_sql:
            statement = "UPDATE network_consent SET withdrawn_at = now() WHERE id = %s"
            done = self.tries(lambda: sql(statement, key), not chosen.is_withdrawn)
            closed = [key] if done else []
        else:
            self.tries(lambda: consents.withdraw(consent=Consent.objects.get(pk=key)), may=True)
            closed = [
                other
                for other, one in self.consents.items()
                if not one.is_withdrawn
                and (one.family, one.kind, one.purpose) == (chosen.family, chosen.kind, chosen.purpose)
            ]
        for one in closed:
            self.consents[one].is_withdrawn = True
            for asked in self.invited.values():
                if asked.consent == one:
                    asked.status = "revoked"
            for letter in self.letters.values():
                if letter.permission == one and letter.state == "waiting":
                    letter.state = "dropped"

    @precondition(lambda self: self.consents)
    @rule(data=st.data())
    def run_out(self, data):
        """Time passes for one of them: nobody writes such a thing, so the guard looks away for a moment."""
        key = self.one_of(data, self.consents)
        with pgtrigger.ignore("network.Consent:consent_unchanged", "network.Consent:consent_withdrawn_once"):
            sql("UPDATE network_consent SET valid_until = now() - interval '1 hour' WHERE id = %s", key)
        self.consents[key].has_run_out = True

    @precondition(lambda self: self.consents)
    @rule(data=st.data(), column=st.sampled_from(TAMPERING))
    def tamper(self, data, column):
        """Nobody changes a permission, and nobody takes a withdrawal back."""
        key = self.one_of(data, self.consents)
        one = self.consents[key]
        same = {
            "purpose = 'copy'": one.purpose == "copy",
            "topics = '{Muu}'": False,
            "withdrawn_at = NULL": not one.is_withdrawn,
        }[column]
        may = same and not one.is_withdrawn
        self.tries(lambda: sql(f"UPDATE network_consent SET {column} WHERE id = %s", key), may)
