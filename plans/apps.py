from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Suunnitelmat"

    def ready(self) -> None:
        from meetings.agreed import AGREED, CARRIERS
        from meetings.family_cards import CARDS
        from meetings.proposals import RECEIVERS
        from meetings.querysets import GROUNDS
        from meetings.rules.meetings import SEALS
        from meetings.rules.situations import ENDINGS
        from meetings.screen import PLANS
        from meetings.supervising import COLUMNS
        from meetings.timeline import SOURCES as EVENTS
        from meetings.untouched import AGREED_AHEAD
        from meetings.waiting import SOURCES, STEPS
        from network.actions.consents import FOLLOWERS

        from . import (  # noqa: F401  (they register themselves)
            copy_letters,
            duties,
            figures,
            late_letters,
            messages,
            request_letters,
            responsibility_letters,
        )
        from .actions import follow_copies
        from .carrying import responsible_card
        from .outcome_rules import why_not_everyday
        from .proposing import PLAN_DRAFT
        from .querysets import RESPONSIBLE, carriers, contact_promised, is_agreed
        from .rules import why_not_change_record
        from .screen import plan_so_far
        from .supervised import FAMILIES, LATE
        from .timeline import plan_and_contacts
        from .waiting import (
            asked_contacts,
            contact_step,
            families_without,
            offered_responsibilities,
            promised_contacts,
            standing_in_unseen,
        )

        # Stronger than an invitation: the responsible worker sees everything.
        if RESPONSIBLE not in GROUNDS:
            GROUNDS.insert(2, RESPONSIBLE)
        for source in (
            promised_contacts,
            asked_contacts,
            offered_responsibilities,
            families_without,
            standing_in_unseen,
        ):
            if source not in SOURCES:
                SOURCES.append(source)
        if responsible_card not in CARDS:
            CARDS.append(responsible_card)
        for column in (FAMILIES, LATE):
            if column not in COLUMNS:
                COLUMNS.append(column)
        if contact_step not in STEPS:
            STEPS.append(contact_step)
        if plan_and_contacts not in EVENTS:
            EVENTS.append(plan_and_contacts)
        if contact_promised not in AGREED_AHEAD:
            AGREED_AHEAD.append(contact_promised)
        if why_not_change_record not in SEALS:
            SEALS.append(why_not_change_record)
        if PLAN_DRAFT not in RECEIVERS:
            RECEIVERS.append(PLAN_DRAFT)
        if plan_so_far not in PLANS:
            PLANS.append(plan_so_far)
        if follow_copies not in FOLLOWERS:
            FOLLOWERS.append(follow_copies)
        if is_agreed not in AGREED:
            AGREED.append(is_agreed)
        if carriers not in CARRIERS:
            CARRIERS.append(carriers)
        if why_not_everyday not in ENDINGS:
            ENDINGS.append(why_not_everyday)
