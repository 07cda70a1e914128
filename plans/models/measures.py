"""The rows of the plan: what needs a change, what is done and by whom, and how far it has come."""

from collections.abc import Iterable

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.states import OPEN_STAGES
from network.models import ClosePerson, FamilyMember, Municipality, Worker
from perhekeskus.constraints import paired

from ..querysets import MeasureQuerySet
from ..states import MEASURE_MOVES, MeasurePlace, MeasureStatus
from .counted import MEASURE_STATE_COUNTED, MEASURE_STATE_KEPT
from .plans import Plan

# A measure is one's to do; whoever else is with them, or is none of these, is told in words.
DOERS = ("member", "close_person", "worker")


def rows_of_a_draft(name: str) -> pgtrigger.Trigger:
    """Rows come to, change in and leave a draft only."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF EXISTS (
                SELECT FROM plans_plan WHERE id IN (NEW.plan_id, OLD.plan_id) AND status <> 'draft'
            ) THEN
                RAISE EXCEPTION 'Sovittu suunnitelma ei muutu. Muutoksesta tehdään uusi versio.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        """,
    )


def of_own_family(name: str) -> pgtrigger.Trigger:
    """Whoever of a family is referred to is of the plan's own family."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("plan_id", "member_id", "close_person_id"),
        func=f"""
            IF EXISTS (
                SELECT FROM plans_plan plan
                JOIN meetings_situation situation ON situation.id = plan.situation_id
                WHERE plan.id = NEW.plan_id AND (
                    EXISTS (SELECT FROM network_familymember member
                            WHERE member.id = NEW.member_id AND member.family_id <> situation.family_id)
                    OR EXISTS (SELECT FROM network_closeperson person
                            WHERE person.id = NEW.close_person_id AND person.family_id <> situation.family_id)
                )
            ) THEN
                RAISE EXCEPTION 'Hän on toisesta perheestä tai toisen perheen läheinen.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )


def _follows_own(name: str, table: str) -> pgtrigger.Trigger:
    """A row goes on from a row of an earlier, agreed version of the same plan."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("plan_id", "follows_id"),
        condition=pgtrigger.Q(new__follows_id__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM {table} followed
                JOIN plans_plan earlier ON earlier.id = followed.plan_id
                JOIN plans_plan plan ON plan.id = NEW.plan_id
                WHERE followed.id = NEW.follows_id AND earlier.status <> 'draft'
                  AND earlier.situation_id = plan.situation_id AND earlier.version < plan.version
            ) THEN
                RAISE EXCEPTION 'Kohta jatkaa vain saman suunnitelman aiemman, sovitun version kohtaa.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


def _allowed() -> str:
    """The moves of the table, as a condition of SQL."""
    return " OR ".join(
        f"(before = '{start.value}' AND NEW.status IN ({_quoted(end.value for end in ends)}))"
        for start, ends in MEASURE_MOVES.items()
    )


class Matter(models.Model):
    """A concrete matter of everyday life that needs a change or a solution."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="matters")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("asia"), max_length=2000)
    # The same matter in the version before.
    follows = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="followers")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="matter_position_once"),
            models.UniqueConstraint(
                fields=["plan", "follows"], condition=Q(follows__isnull=False), name="matter_follows_once"
            ),
        ]
        triggers = [
            rows_of_a_draft("matter_of_draft"),
            _follows_own("matter_follows_own", "plans_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"


class Measure(models.Model):
    """Something that is done: where, what, who, when."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(_("missä"), max_length=20, choices=MeasurePlace)
    where = models.CharField(_("missä tarkemmin"), max_length=100, blank=True)
    what = models.TextField(_("mitä tehdään"), max_length=2000)
    # Who does it: one of the family, close to it, or a worker. In words somebody else, or who is with
    # them.
    member = models.ForeignKey(FamilyMember, models.RESTRICT, null=True, blank=True, related_name="measures")
    close_person = models.ForeignKey(
        ClosePerson, models.RESTRICT, null=True, blank=True, related_name="measures"
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="measures"
    )
    who = models.CharField(_("kuka"), max_length=200, blank=True)
    when = models.CharField(_("milloin"), max_length=200, blank=True)
    by = models.DateField(_("viimeistään"), null=True, blank=True)
    # Who said it, when it was taken from a dialogue.
    words_of = models.CharField(_("kenen sanoin"), max_length=200, blank=True, default="", db_default="")
    # The same measure in the version before.
    follows = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="followers")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        triggers = [
            rows_of_a_draft("measure_of_draft"),
            of_own_family("measure_of_own_family"),
            _follows_own("measure_follows_own", "plans_measure"),
            pgtrigger.Trigger(
                name="measure_by_a_worker",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("worker_id"),
                condition=pgtrigger.Q(new__worker_id__isnull=False),
                func="""
                    -- Whoever leaves work later stays in what was written.
                    IF NEW.worker_id IS DISTINCT FROM OLD.worker_id AND NOT EXISTS (
                        SELECT FROM network_worker WHERE id = NEW.worker_id AND is_active
                        AND NOT is_coordinator AND NOT is_administrator
                    ) THEN
                        RAISE EXCEPTION 'Tekijäksi valitaan työntekijä, joka työskentelee perheiden kanssa.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'measure_by_a_worker';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="measure_position_once"),
            models.UniqueConstraint(
                fields=["plan", "follows"], condition=Q(follows__isnull=False), name="measure_follows_once"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True, close_person__isnull=True)
                | Q(member__isnull=True, worker__isnull=True)
                | Q(close_person__isnull=True, worker__isnull=True),
                name="measure_of_one",
                violation_error_message=_("Kohtaan valitaan yksi tekijä. Kirjoita muut hänen rinnalleen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"

    def done_by(self, person: FamilyMember | ClosePerson | Worker | None) -> None:
        """Let this one do it, and no other."""
        self.member = person if isinstance(person, FamilyMember) else None
        self.close_person = person if isinstance(person, ClosePerson) else None
        self.worker = person if isinstance(person, Worker) else None

    @property
    def doer(self) -> FamilyMember | ClosePerson | Worker | None:
        """The one who is chosen to do it; None when it is told in words only."""
        return self.member or self.close_person or self.worker

    @property
    def says_who(self) -> bool:
        return bool(self.who or self.member_id or self.close_person_id or self.worker_id)

    @property
    def says_when(self) -> bool:
        return bool(self.when or self.by)

    @property
    def is_blank(self) -> bool:
        """Nothing is written in this row of a draft, whichever place was pressed."""
        return not (self.what or self.where or self.says_who or self.says_when)

    @property
    def status(self) -> MeasureStatus:
        """How far it has come: what was marked last, of states that are read already."""
        states = list(self.states.all())
        return MeasureStatus(states[-1].status) if states else MeasureStatus.AGREED


class MeasureState(models.Model):
    """How far a measure of the agreed plan had come, when somebody said so. Rows are only added."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="states")
    # Where it is counted: kept as it was, even if the family moves later. The database finds it.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", db_index=False, editable=False
    )
    # The database counts: 1, 2, 3 of one measure.
    number = models.PositiveSmallIntegerField(default=0, editable=False)
    status = models.CharField(_("missä mennään"), max_length=9, choices=MeasureStatus)
    why = models.CharField(_("miksi"), max_length=300, blank=True)
    marked_at = models.DateTimeField(default=timezone.now)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Kept by the database for the counts: that it was carried over from the version before, and that the mark
    # before this one said done or put aside, and when.
    is_carried = models.BooleanField(default=False, db_default=False, editable=False)
    takes_back = models.CharField(max_length=9, blank=True, default="", db_default="", editable=False)
    takes_back_of = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["measure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="measure_state_number_once"),
            models.CheckConstraint(
                condition=~Q(status=MeasureStatus.PUT_ASIDE) | ~Q(why=""),
                name="measure_put_aside_says_why",
                violation_error_message=_("Kirjoita, miksi tämä jätetään sikseen."),
            ),
            paired("marked_at", "marked_by", name="measure_state_marked_paired"),
        ]
        triggers = [
            MEASURE_STATE_KEPT,
            *MEASURE_STATE_COUNTED,
            pgtrigger.Protect(
                name="measure_state_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            # The lock makes two who mark the same measure at once come one after the other.
            pgtrigger.Trigger(
                name="measure_state_moves",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("before", "text"), ("counted", "smallint")],
                func=f"""
                    PERFORM FROM plans_measure WHERE id = NEW.measure_id FOR NO KEY UPDATE;
                    PERFORM FROM plans_measure measure
                        JOIN plans_plan plan ON plan.id = measure.plan_id
                        JOIN meetings_situation situation ON situation.id = plan.situation_id
                        WHERE measure.id = NEW.measure_id
                          AND plan.status = 'agreed' AND plan.ended_at IS NULL
                          AND situation.stage IN ({_quoted(OPEN_STAGES)})
                        FOR SHARE OF plan;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'Merkintä tehdään vain voimassa olevan suunnitelman kohtaan.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'measure_state_of_agreed';
                    END IF;
                    SELECT status, number INTO before, counted FROM plans_measurestate
                        WHERE measure_id = NEW.measure_id ORDER BY number DESC LIMIT 1;
                    before := COALESCE(before, 'agreed');
                    NEW.number := COALESCE(counted, 0) + 1;
                    IF NOT ({_allowed()}) THEN
                        RAISE EXCEPTION 'Tilasta % ei voi siirtyä tilaan %.', before, NEW.status
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'measure_state_moves';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.status}"
