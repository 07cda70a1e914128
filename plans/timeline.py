"""The plan and the contacts in the line of a situation's events."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from meetings.models import Situation
from meetings.timeline import Event, Lane, at_noon
from perhekeskus.words import HELSINKI

from .models import NextContact, OutcomeReview
from .states import ReviewSide


def plan_and_contacts(situation: Situation) -> Iterable[Event]:
    """When a plan was agreed on and reviewed, when the family was contacted, and when it is next."""
    for plan in situation.plans.exclude(agreed_at=None).order_by("pk"):
        assert plan.agreed_at is not None
        url = plan.get_absolute_url()
        yield Event(plan.agreed_at, _("Suunnitelma sovittiin"), url=url, lane=Lane.PLAN)
    sides = {
        ReviewSide.FAMILY: _("Perhe arvioi, mitä suunnitelmasta oli hyötyä"),
        ReviewSide.WORKERS: _("Työntekijät arvioivat, mitä suunnitelmasta oli hyötyä"),
    }
    reviews = OutcomeReview.objects.in_force().filter(plan__situation=situation)
    for review in reviews.exclude(not_wanted=True).select_related("plan").order_by("pk"):
        assert review.given_at is not None
        url = f"{review.plan.get_absolute_url()}#arvio"
        yield Event(review.given_at, sides[ReviewSide(review.side)], url=url, lane=Lane.PLAN)
    for contact in NextContact.objects.filter(plan__situation=situation).select_related("plan"):
        way = str(contact.get_way_display()).capitalize()
        if contact.done_at is not None:
            yield Event(contact.done_at, _("Yhteys perheeseen"), way, lane=Lane.CONTACT)
        elif situation.is_open and contact.plan.is_in_force:
            at = (
                datetime.combine(contact.on, contact.at, tzinfo=HELSINKI)
                if contact.at
                else at_noon(contact.on)
            )
            yield Event(
                at,
                _("Luvattu yhteydenotto"),
                way,
                day_only=contact.at is None,
                lane=Lane.CONTACT,
                is_promise=True,
            )
