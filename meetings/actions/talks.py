"""What belongs to a talk with the family, and putting its words right afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import ClosePerson, Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..models import Conversation, ServiceInvolved, Situation, TalkHelper, TalkPart
from ..rules.situations import why_not_correct_conversation
from ..states import ConversationKind, TalkPlace

PART_TEXTS = ("goes_well", "needs_support", "agreed")
# What may be put right: everything but what sort of talk it was and what came of it.
CORRECTABLE = ("held_on", "strengths", "family_words", "worries", "noticed_where", "tried", "child_view")

PartTexts = Mapping[TalkPlace, Mapping[str, str]]


@dataclass(frozen=True)
class More:
    """What a talk has beside its own texts; who is new is written down with the others of the family."""

    parts: PartTexts = field(default_factory=dict)
    helpers: tuple[ClosePerson, ...] = ()
    new_helper: ClosePerson | None = None
    new_service: ServiceInvolved | None = None


NOTHING_MORE = More()


def keep_more(conversation: Conversation, more: More) -> None:
    """Save the parts and the helpers of a talk whose situation is locked."""
    if conversation.kind == ConversationKind.LAPSET_PUHEEKSI:
        _keep_parts(conversation, more.parts)
    if more.new_service is not None:
        _keep_service(conversation, more.new_service)
    helpers = list(more.helpers)
    if more.new_helper is not None:
        helpers.append(_written_down(conversation.situation, more.new_helper))
    kept = set(conversation.helpers.values_list("person_id", flat=True))
    conversation.helpers.exclude(person__in=helpers).delete()
    TalkHelper.objects.bulk_create(
        TalkHelper(conversation=conversation, person=one)
        for one in dict.fromkeys(helpers)
        if one.pk not in kept
    )


def _keep_service(conversation: Conversation, service: ServiceInvolved) -> None:
    family = conversation.situation.family
    if not family.services.filter(name=service.name).exists():
        service.family, service.recorded_by = family, conversation.recorded_by
        service.full_clean()
        service.save()


def _keep_parts(conversation: Conversation, parts: PartTexts) -> None:
    kept = {part.place: part for part in conversation.parts.all()}
    for place, texts in parts.items():
        part = kept.get(place) or TalkPart(conversation=conversation, place=place)
        is_changed = any(getattr(part, name) != texts[name] for name in PART_TEXTS)
        for name in PART_TEXTS:
            setattr(part, name, texts[name])
        if is_changed:
            part.full_clean()
            part.save()


def _written_down(situation: Situation, person: ClosePerson) -> ClosePerson:
    """The family's close person of this name, who may be there already."""
    same = situation.family.close_people.filter(name=person.name, relation=person.relation).first()
    if same is not None:
        return same
    person.family = situation.family
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def correct(
    *,
    conversation: Conversation,
    by: Worker,
    texts: Mapping[str, object],
    seen_version: int,
    more: More = NOTHING_MORE,
) -> Conversation:
    """Put the words of a recorded talk right; what they were before stays in the history."""
    lock(conversation.situation)
    situation = Situation.objects.select_related("family", "holder").get(pk=conversation.situation_id)
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    conversation.situation = situation
    require(why_not_correct_conversation(by, situation))
    if seen_version != conversation.version:
        raise Refused(_("Keskustelua on korjattu sillä välin. Tarkista tekstisi ja tallenna uudelleen."))
    for name in CORRECTABLE:
        setattr(conversation, name, texts[name])
    conversation.corrected_at = timezone.now()
    conversation.corrected_by = by
    conversation.version += 1
    conversation.full_clean()
    conversation.save(update_fields=[*CORRECTABLE, "corrected_at", "corrected_by", "version"])
    keep_more(conversation, more)
    return conversation
