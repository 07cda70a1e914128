"""The shared plan, reached by the real actions."""

from datetime import time, timedelta

from meetings.models import Meeting
from network.actions import consents
from network.models import Consent, FamilyMember, Worker
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.autosave import Change, mark
from perhekeskus.words import today
from plans import actions
from plans.models import Copy, CopyLink, Plan
from plans.reviewed import matter_field
from plans.states import ContactWay, CopyMethod, MeasurePlace, OutcomeChange, ReviewSide

from .directory import OutsideProfessionalFactory, WorkerFactory
from .threads import a_held_meeting


def a_guardian(plan: Plan) -> FamilyMember:
    """Who of the plan's family says that it may be shared."""
    return plan.situation.family.members.filter(role="guardian")[0]


def an_agreed_plan(*, responsible: Worker, meeting: Meeting | None = None, by: Worker | None = None) -> Plan:
    """A plan that was agreed at a held meeting, with its responsible worker and next contact."""
    meeting = meeting or a_held_meeting(people=[responsible])
    by = by or meeting.convener
    # Now, not at the meeting's own time: the permission of the responsible worker is in force from now on.
    plan = actions.write_plan(
        situation=meeting.situation,
        by=by,
        texts={"wish": "Rauhallisia aamuja."},
        matters=["Aamut ovat kiireisiä."],
        measures=[
            actions.MeasureRow(MeasurePlace.HOME, "Iltapala klo 20.", who="Äiti ja isä", when="joka ilta")
        ],
        responsible=[responsible],
        next_contact=actions.Promise(today() + timedelta(days=14), time(15), ContactWay.PHONE),
        seen_edition=0,
    )
    return actions.agree(plan=plan, by=by, given_by=a_guardian(plan))


def what_was_said(
    plan: Plan, *, change: OutcomeChange = OutcomeChange.BETTER, **texts: str
) -> dict[str, Change]:
    """A review's fields, of a page that was empty when it was opened."""
    fields = {matter_field("change", matter.pk): change.value for matter in plan.matters.all()} | texts
    return {name: Change(value, mark("")) for name, value in fields.items()}


def reviewed(plan: Plan, *, by: Worker | None = None) -> Plan:
    """Both sides have said what came of the plan: the family on its own page, and a worker."""
    said = what_was_said(plan, helped="Yhteinen aikataulu.")
    actions.give_review(plan=plan, side=ReviewSide.FAMILY, by=None, changes=said)
    by = by or plan.situation.holder
    actions.give_review(plan=plan, side=ReviewSide.WORKERS, by=by, changes=what_was_said(plan))
    return plan


def permitted(plan: Plan, to: consents.Receiver | None = None, purpose=ConsentPurpose.COPY) -> Consent:
    """The family's permission for somebody to have the plan."""
    return consents.give(
        family=plan.situation.family,
        to=to or WorkerFactory(),
        purpose=purpose,
        topics=[],
        method=ConsentMethod.FACE_TO_FACE,
        given_by=a_guardian(plan),
        by=plan.situation.holder,
    )


def a_copy_by_link(plan: Plan, to: consents.Receiver | None = None) -> CopyLink:
    """The link of somebody without an account; the one whose letter was queued last."""
    consent = permitted(plan, to or OutsideProfessionalFactory())
    actions.give_copy(plan=plan, consent=consent, by=plan.situation.holder, method=CopyMethod.LINK)
    return CopyLink.objects.filter(consent=consent).latest("pk")


def a_copy_on_paper(plan: Plan, to: consents.Receiver | None = None) -> Copy:
    consent = permitted(plan, to or OutsideProfessionalFactory())
    return actions.give_copy(
        plan=plan,
        consent=consent,
        by=plan.situation.holder,
        method=CopyMethod.PRINTED,
        handed_to="Minna Mäki",
    )
