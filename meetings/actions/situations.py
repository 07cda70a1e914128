"""Opening, talking, ending: what is done to a situation."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions import consultations, families
from network.models import ClosePerson, Consultation, Family, FamilyMember, Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..agreed import has_agreed_plan
from ..models import Contact, Conversation, Situation
from ..rules import situations as rules
from ..states import ENDING_OF_RESULT, ConversationResult, Ending, HandoverStatus, Stage, WayIn
from . import contacts, talks


def locked(situation: Situation) -> Situation:
    """The situation's row, locked and read again."""
    lock(situation)
    return Situation.objects.select_related("family", "holder").get(pk=situation.pk)


@transaction.atomic
def raise_matter(
    *,
    by: Worker,
    family: Family,
    members: Iterable[FamilyMember],
    way_in: WayIn = WayIn.CLOSE_WORKER,
    form_key: uuid.UUID | None = None,
    contact: Contact | None = None,
    consultation: Consultation | None = None,
) -> Situation:
    """Open a situation with a new family; the recorder gets the koppi. One form opens one situation.

    When the family has contacted us, its contact is closed by it. When it turned to the one who had given a
    colleague advice, the question stands beside it.
    """
    require(rules.why_not_raise(by))
    if form_key is not None:
        # Two presses of the same button stand in line here, and the second finds the first one's work.
        stand_in_line(form_key)
        members = list(members)
        if earlier := Situation.objects.filter(form_key=form_key).first():
            if earlier.opened_by_id == by.pk and _is_same_family(earlier.family, family, members):
                return earlier
            # The back button and another family on the same page: that is a new form.
            form_key = None
    if consultation is not None:
        lock(consultation)
        consultation.refresh_from_db()
        require(rules.why_not_raise_of_advice(by, consultation))
        way_in = WayIn.COLLEAGUE
    elif way_in == WayIn.COLLEAGUE:
        raise Refused(_("Kun perhe kääntyy puoleesi neuvosi jälkeen, avaa tilanne neuvon sivulta."))
    families.register(family=family, members=members)
    situation = Situation.objects.create(
        family=family,
        holder=by,
        opened_by=by,
        way_in=way_in,
        form_key=form_key,
        consultation=consultation,
    )
    if contact is not None:
        contacts.becomes(contact=contact, by=by, situation=situation)
    return situation


@transaction.atomic
def add_close_person(*, situation: Situation, by: Worker, person: ClosePerson) -> ClosePerson:
    """Write down somebody close to the family."""
    situation = locked(situation)
    require(rules.why_not_edit_family(by, situation))
    person.family = situation.family
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def record_conversation(
    *,
    situation: Situation,
    by: Worker,
    conversation: Conversation,
    form_key: uuid.UUID | None = None,
    seen_talks: int | None = None,
    more: talks.More = talks.NOTHING_MORE,
) -> Conversation:
    """Write down a talk with the family; a result that needs nothing more ends the situation."""
    if form_key is not None:
        stand_in_line(form_key)
        if earlier := Conversation.objects.filter(form_key=form_key, recorded_by=by).first():
            return earlier
    situation = locked(situation)
    require(rules.why_not_record_conversation(by, situation))
    if seen_talks is not None and seen_talks != situation.conversations.count():
        raise Refused(
            _("Toinen keskustelu on kirjattu sillä välin. Tarkista tekstisi ja tallenna uudelleen.")
        )
    conversation.situation = situation
    conversation.recorded_by = by
    conversation.form_key = form_key
    conversation.full_clean()
    conversation.save()
    talks.keep_more(conversation, more)
    ending = ENDING_OF_RESULT.get(ConversationResult(conversation.result))
    is_over = ending is not None and rules.why_not_end_as(situation, ending) is None
    if is_over and not situation.meetings.upcoming().exists():
        assert ending is not None
        end(situation=situation, by=by, ending=ending)
    return conversation


@transaction.atomic
def end(*, situation: Situation, by: Worker, ending: Ending) -> Situation:
    """End the situation and say how. What was being prepared is let go."""
    situation = locked(situation)
    require(rules.why_not_end(by, situation) or rules.why_not_end_as(situation, Ending(ending)))
    from .convening import cancel

    for meeting in situation.meetings.preparing():
        cancel(meeting=meeting, by=by)
    situation.refresh_from_db()
    close(situation, ending, by)
    return situation


def close(situation: Situation, ending: Ending, by: Worker) -> None:
    """Mark a locked situation as ended; an unanswered offer of its koppi and open questions lapse."""
    situation.handovers.filter(status=HandoverStatus.OFFERED).update(
        status=HandoverStatus.WITHDRAWN, answered_at=timezone.now()
    )
    consultations.withdraw_of_situation(situation_number=situation.pk, by=by)
    situation.stage = Stage.EVERYDAY if ending == Ending.EVERYDAY else Stage.ENDED
    situation.ending = ending
    situation.ended_at = situation.stage_since = timezone.now()
    situation.ended_by = by
    situation.save(update_fields=["stage", "ending", "ended_at", "ended_by", "stage_since"])


@transaction.atomic
def renew_family_link(*, situation: Situation, by: Worker) -> Situation:
    """Close the family's old link and make a new one, when the old may have got into wrong hands."""
    situation = locked(situation)
    require(rules.why_not_edit_family(by, situation))
    families.renew_link(situation.family)
    return situation


@transaction.atomic
def reopen(*, situation: Situation, by: Worker) -> Situation:
    """Take an ended situation up again."""
    situation = locked(situation)
    require(rules.why_not_reopen(by, situation))
    situation.stage = Stage.RAISED
    situation.stage_since = timezone.now()
    situation.ending = ""
    situation.ended_at = situation.ended_by = None
    situation.save(update_fields=["stage", "ending", "ended_at", "ended_by", "stage_since"])
    return situation


def back_from(situation: Situation) -> None:
    """Put a locked situation where it is without the meeting that was called off: in its plan, if any."""
    move(situation, Stage.PLAN if has_agreed_plan(situation) else Stage.CONVENING)


def move(situation: Situation, stage: Stage) -> None:
    """Move a locked situation to the stage, if it is not there already."""
    if situation.stage != stage:
        situation.stage = stage
        situation.stage_since = timezone.now()
        situation.save(update_fields=["stage", "stage_since"])


def _is_same_family(saved: Family, family: Family, members: list[FamilyMember]) -> bool:
    def told(people: Iterable[FamilyMember]) -> list[tuple[str, str, int]]:
        return sorted((one.role, one.first_name, one.birth_year or 0) for one in people)

    return saved.municipality_id == family.municipality_id and told(saved.members.all()) == told(members)


def stand_in_line(form_key: uuid.UUID) -> None:
    """Wait until another sending of the same form is done."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(form_key)])
