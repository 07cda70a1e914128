"""What is counted of this floor's rows, and what of other rows the database keeps on them for it."""

import pgtrigger

from meetings.models.counted import where_it_is_counted
from network.counting import (
    KEPT,
    Count,
    Kept,
    counted,
    day_of_moment,
    differs,
    month_of_day,
    month_of_moment,
    when,
)

# What this version is the first to agree on; what it carries on has been counted already.
NEW_MEASURES = "(SELECT count(*) FROM plans_measure WHERE plan_id = row.id AND follows_id IS NULL)"

PLAN_COUNTED = counted(
    "plans_plan",
    Count(
        "measure",
        only="row.new_measures > 0",
        part="'agreed'",
        month=month_of_moment("row.agreed_at"),
        number="row.new_measures",
    ),
    moved_by=["status"],
)

PLAN_KEPT = [
    where_it_is_counted("SELECT municipality_id FROM meetings_situation WHERE id = NEW.situation_id"),
    # From here on the rows of the plan stay as they are.
    pgtrigger.Trigger(
        name="kept_of_plan",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=when(differs(["status", "new_measures"])),
        func=f"""
            NEW.new_measures := CASE
                WHEN NEW.status = 'draft' THEN 0
                WHEN OLD.status = 'draft' THEN {NEW_MEASURES.replace("row.", "NEW.")}
                ELSE OLD.new_measures
            END;
            RETURN NEW;
        """,
    ),
]

# A mark says that a measure is done or put aside; the next mark takes that back. What was carried over from
# the version before has been counted there.
_ENDED = "('done', 'put_aside')"

MEASURE_STATE_COUNTED = counted(
    "plans_measurestate",
    Count(
        "measure",
        only=f"row.status IN {_ENDED} AND NOT row.is_carried",
        part="row.status",
        month=month_of_moment("row.marked_at"),
    ),
    Count(
        "measure",
        only="row.takes_back <> ''",
        part="row.takes_back",
        month=month_of_moment("row.takes_back_of"),
        number="-1",
    ),
)

MEASURE_STATE_KEPT = pgtrigger.Trigger(
    name="kept_of_mark",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("before", "record")],
    # The lock makes two who mark the same measure at once come one after the other.
    func=f"""
        PERFORM FROM plans_measure WHERE id = NEW.measure_id FOR NO KEY UPDATE;
        SELECT plan.municipality_id INTO NEW.municipality_id FROM plans_plan plan
            JOIN plans_measure measure ON measure.plan_id = plan.id WHERE measure.id = NEW.measure_id;
        SELECT status, marked_at, number INTO before FROM plans_measurestate
            WHERE measure_id = NEW.measure_id ORDER BY number DESC LIMIT 1;
        NEW.is_carried := EXISTS (
            SELECT FROM plans_measure measure
            JOIN plans_measurestate former ON former.measure_id = measure.follows_id
            WHERE measure.id = NEW.measure_id AND former.number = coalesce(before.number, 0) + 1
              AND former.status = NEW.status AND former.marked_at = NEW.marked_at
        );
        IF NOT NEW.is_carried AND before.status IN {_ENDED} THEN
            NEW.takes_back := before.status;
            NEW.takes_back_of := before.marked_at;
        ELSE
            NEW.takes_back := '';
            NEW.takes_back_of := NULL;
        END IF;
        RETURN NEW;
    """,
)

CONTACT_COUNTED = counted(
    "plans_nextcontact",
    Count(
        "contact",
        only="row.done_at IS NOT NULL",
        part=f"CASE WHEN {day_of_moment('row.done_at')} <= row.on THEN 'on_time' ELSE 'late' END",
        month=month_of_day("row.on"),
    ),
)

CONTACT_KEPT = where_it_is_counted("SELECT municipality_id FROM plans_plan WHERE id = NEW.plan_id")

REVIEW_COUNTED = counted(
    "plans_outcomereview",
    *(
        Count(
            figure,
            only=f"row.side = '{side}' AND row.given_at IS NOT NULL AND row.replaced_at IS NULL"
            f" AND row.{change} > 0",
            part=f"'{change}'",
            month=month_of_moment("row.given_at"),
            number=f"row.{change}",
        )
        for figure, side in (("outcome_family", "family"), ("outcome_worker", "workers"))
        for change in ("better", "same", "worse")
    ),
)

# What is said of each matter stays as it is once the review is given.
REVIEW_KEPT = pgtrigger.Trigger(
    name="kept_of_review",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("given_at"),
    condition=when("NEW.given_at IS NOT NULL AND NEW.replaced_at IS NULL"),
    func="""
        IF TG_OP = 'INSERT' OR OLD.given_at IS NULL THEN
            SELECT count(*) FILTER (WHERE change = 'better'), count(*) FILTER (WHERE change = 'same'),
                   count(*) FILTER (WHERE change = 'worse')
                INTO NEW.better, NEW.same, NEW.worse
                FROM plans_matteroutcome WHERE review_id = NEW.id;
        END IF;
        RETURN NEW;
    """,
)

KEPT += [
    Kept(
        "plans_plan",
        "new_measures",
        f"CASE WHEN row.status = 'draft' THEN 0 ELSE {NEW_MEASURES} END",
    ),
    *(
        Kept(
            "plans_outcomereview",
            change,
            "CASE WHEN row.given_at IS NULL THEN 0 ELSE (SELECT count(*) FROM plans_matteroutcome"
            f" WHERE review_id = row.id AND change = '{change}') END",
        )
        for change in ("better", "same", "worse")
    ),
]
