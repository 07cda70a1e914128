"""What came of the plan, as the family and the workers see it: by matter and in words, never in points."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Municipality
from perhekeskus.constraints import sealed
from perhekeskus.history import keeps_history

from ..querysets import OutcomeReviewQuerySet
from ..states import OutcomeChange, ReviewSide
from .counted import REVIEW_COUNTED, REVIEW_KEPT
from .measures import Matter
from .plans import Plan

LONGEST_WORDS = 3_000


@keeps_history(exclude=["better", "same", "worse"])
class OutcomeReview(models.Model):
    """One side's review of a plan. A draft until it is given; a correction of what was given is a new one."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reviews")
    # Whose municipality: so that outcomes are counted without a way to the family.
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    side = models.CharField(max_length=7, choices=ReviewSide)
    # Written by the family itself on its own page; else a worker writes, the family's side together with it.
    by_family = models.BooleanField(default=False)
    # The family's side only: it has said that it doesn't want to review.
    not_wanted = models.BooleanField(default=False)
    own_acts = models.TextField(_("perheen omat teot"), max_length=LONGEST_WORDS, blank=True)
    service_acts = models.TextField(_("palvelujen teot"), max_length=LONGEST_WORDS, blank=True)
    # In the family's words, kept for the family.
    helped = models.TextField(_("mikä auttoi"), max_length=LONGEST_WORDS, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    # Kept by the database for the counts: of how many matters it says so, once it is given.
    better = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    same = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    worse = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = OutcomeReviewQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "side", "by_family"],
                condition=Q(given_at__isnull=True),
                name="review_one_draft",
            ),
            models.UniqueConstraint(
                fields=["plan", "side"],
                condition=Q(given_at__isnull=False, replaced_at__isnull=True),
                name="review_one_in_force",
                violation_error_message=_("Kummallakin puolella on yksi arvio kerrallaan."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(given_at__isnull=False),
                name="review_replaced_was_given",
            ),
            models.CheckConstraint(
                condition=Q(by_family=True, side=ReviewSide.FAMILY, written_by__isnull=True)
                | Q(by_family=False, written_by__isnull=False),
                name="review_by_somebody",
                violation_error_message=_("Arviolla on kirjaaja, paitsi kun perhe kirjoittaa sen itse."),
            ),
            models.CheckConstraint(
                condition=Q(side=ReviewSide.FAMILY) | Q(helped=""),
                name="review_helped_in_family_words",
                violation_error_message=_("Mikä auttoi, sen kertoo perhe."),
            ),
            models.CheckConstraint(
                condition=Q(not_wanted=False)
                | Q(side=ReviewSide.FAMILY, by_family=False, own_acts="", service_acts="", helped=""),
                name="review_not_wanted_says_nothing",
                violation_error_message=_("Jos perhe ei halua arvioida, sen puolesta ei kirjoiteta arviota."),
            ),
        ]
        triggers = [
            REVIEW_KEPT,
            *REVIEW_COUNTED,
            sealed(
                "review_given_stays",
                condition=pgtrigger.Q(old__given_at__isnull=False),
                only_if="TG_OP = 'DELETE' OR OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL"
                " OR to_jsonb(NEW) - 'replaced_at' <> to_jsonb(OLD) - 'replaced_at'",
                sentence="Annettu arvio säilyy. Jos jokin muuttuu, kirjataan uusi arvio.",
            ),
            pgtrigger.Trigger(
                name="review_of_agreed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("plan_id", "given_at"),
                func="""
                    IF EXISTS (SELECT FROM plans_plan WHERE id = NEW.plan_id AND status = 'draft') THEN
                        RAISE EXCEPTION 'Arvioidaan suunnitelmaa, josta on sovittu.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_of_agreed';
                    END IF;
                    IF NEW.given_at IS NOT NULL AND NOT NEW.not_wanted AND EXISTS (
                        SELECT FROM plans_matter matter WHERE matter.plan_id = NEW.plan_id
                        AND NOT EXISTS (
                            SELECT FROM plans_matteroutcome outcome
                            WHERE outcome.review_id = NEW.id AND outcome.matter_id = matter.id
                              AND outcome.change <> ''
                        )
                    ) THEN
                        RAISE EXCEPTION 'Arviossa kerrotaan jokaisesta asiasta, miten sen kanssa kävi.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_of_every_matter';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.side}"

    @property
    def is_given(self) -> bool:
        return self.given_at is not None


@keeps_history()
class MatterOutcome(models.Model):
    """One matter of the plan in a review: better, as before or worse, and in words."""

    review = models.ForeignKey(OutcomeReview, models.CASCADE, related_name="outcomes")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="outcomes")
    change = models.CharField(max_length=6, choices=OutcomeChange, blank=True)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)

    class Meta:
        ordering = ["review", "matter__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "matter"], name="outcome_matter_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="outcome_of_own_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("its_review", "bigint"), ("its_matter", "bigint")],
                func="""
                    IF TG_OP = 'DELETE' THEN its_review := OLD.review_id; its_matter := NULL;
                    ELSE its_review := NEW.review_id; its_matter := NEW.matter_id;
                    END IF;
                    IF EXISTS (
                        SELECT FROM plans_outcomereview WHERE id = its_review AND given_at IS NOT NULL
                    ) OR (TG_OP = 'UPDATE' AND NEW.review_id <> OLD.review_id) THEN
                        RAISE EXCEPTION 'Annettu arvio säilyy. Jos jokin muuttuu, kirjataan uusi arvio.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_given_stays';
                    END IF;
                    IF its_matter IS NOT NULL AND NOT EXISTS (
                        SELECT FROM plans_outcomereview review
                        JOIN plans_matter matter ON matter.plan_id = review.plan_id
                        WHERE review.id = its_review AND matter.id = its_matter
                    ) THEN
                        RAISE EXCEPTION 'Arvioidaan saman suunnitelman asioita.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_of_own_plan';
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        RETURN OLD;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.matter_id}"
