"""What came of the plan: from both sides, by matter; without it everyday life is not said to run."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meetings.actions import situations
from meetings.models import Situation
from meetings.states import Ending, Stage
from network.models import Worker
from perhekeskus.autosave import Change, WrittenMeanwhile, mark
from perhekeskus.refusals import Refused
from plans import actions
from plans.models import MatterOutcome, OutcomeReview, Plan
from plans.outcome_rules import why_not_everyday, why_not_review
from plans.outcomes import outcome_of
from plans.querysets import sides_missing
from plans.reviewed import saved_fields
from plans.states import OutcomeChange, ReviewSide
from tests.factories import UnitFactory, WorkerFactory
from tests.factories.plans import a_guardian, reviewed, what_was_said

from .conftest import written

pytestmark = pytest.mark.django_db

FAMILY, WORKERS = ReviewSide.FAMILY, ReviewSide.WORKERS


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


@contextmanager
def refused(name: str) -> Iterator[None]:
    """The database refuses by the constraint whose name has these words."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert name in refusal.value.__cause__.diag.constraint_name


def given(plan: Plan, side: ReviewSide = FAMILY, by: Worker | None = None, **said) -> OutcomeReview:
    return actions.give_review(plan=plan, side=side, by=by, changes=what_was_said(plan, **said))


def end_by_hand(situation: Situation, ending: str) -> None:
    sql(
        "UPDATE meetings_situation SET stage = %s, ending = %s, ended_at = now(), ended_by_id = holder_id"
        " WHERE id = %s",
        "everyday" if ending == "everyday" else "ended",
        ending,
        situation.pk,
    )


def test_database_lets_everyday_life_run_only_after_both_sides_have_reviewed(agreed: Plan, nurse) -> None:
    with refused("everyday_after_review"):
        end_by_hand(agreed.situation, "everyday")
    given(agreed)
    with refused("everyday_after_review"):
        end_by_hand(agreed.situation, "everyday")
    given(agreed, WORKERS, nurse)
    end_by_hand(agreed.situation, "everyday")


def test_other_endings_ask_for_no_review(agreed: Plan) -> None:
    end_by_hand(agreed.situation, "moved")


def test_ending_well_is_refused_in_words_whichever_door_is_tried(agreed: Plan, nurse: Worker) -> None:
    situation = agreed.situation
    assert "sekä perhe että työntekijät" in str(why_not_everyday(situation))
    with pytest.raises(Refused, match="sekä perhe että"):
        actions.finish(situation=situation, by=nurse, outcome="Arki sujuu.")
    given(agreed)
    with pytest.raises(Refused, match="työntekijöiden arvio"):
        situations.end(situation=situation, by=situation.holder, ending=Ending.EVERYDAY)
    given(agreed, WORKERS, nurse)
    assert actions.finish(situation=situation, by=nurse, outcome="Arki sujuu.").stage == Stage.EVERYDAY


def test_what_was_given_stays_and_a_correction_is_a_new_one(agreed: Plan, nurse: Worker) -> None:
    first = given(agreed, WORKERS, nurse, own_acts="Iltapala klo 20.")
    assert given(agreed, WORKERS, nurse, own_acts="Iltapala klo 20.") == first
    saved = saved_fields(agreed, WORKERS, by_family=False)
    assert saved["own_acts"] == "Iltapala klo 20."

    change = {"own_acts": Change("Iltapala ja kirja.", mark(saved["own_acts"]))}
    second = actions.give_review(plan=agreed, side=WORKERS, by=nurse, changes=change)
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert (first.own_acts, second.own_acts) == ("Iltapala klo 20.", "Iltapala ja kirja.")
    assert agreed.reviews.in_force().get() == second

    for query in (
        "UPDATE plans_outcomereview SET own_acts = 'muuta' WHERE id = %s",
        "UPDATE plans_outcomereview SET given_at = NULL WHERE id = %s",
        "DELETE FROM plans_outcomereview WHERE id = %s",
        "UPDATE plans_matteroutcome SET change = 'worse' WHERE review_id = %s",
        "DELETE FROM plans_matteroutcome WHERE review_id = %s",
    ):
        with refused("stays"):
            sql(query, second.pk)
    with refused("stays"):
        sql("UPDATE plans_outcomereview SET replaced_at = NULL WHERE id = %s", first.pk)


def test_review_is_of_every_matter_of_its_own_agreed_plan(agreed: Plan, nurse: Worker) -> None:
    one, other = agreed.matters.all()
    seen = {f"change_{one.pk}": Change("same", mark(""))}
    with pytest.raises(Refused, match="jokaisen asian"):
        actions.give_review(plan=agreed, side=FAMILY, by=None, changes=seen)
    draft = actions.write_review(plan=agreed, side=FAMILY, by=None, changes=seen)
    with refused("review_of_every_matter"):
        sql("UPDATE plans_outcomereview SET given_at = now() WHERE id = %s", draft.pk)
    next_version = actions.write_plan(
        situation=agreed.situation,
        by=nurse,
        **written(responsible=[nurse], seen_edition=agreed.edition),
    )
    with refused("outcome_of_own_plan"):
        MatterOutcome.objects.create(review=draft, matter=next_version.matters.all()[0])
    with refused("review_of_agreed"):
        OutcomeReview.objects.create(
            plan=next_version,
            side=WORKERS,
            written_by=nurse,
            municipality_id=agreed.situation.family.municipality_id,
        )
    assert not MatterOutcome.objects.filter(matter=other).exists()


def test_one_draft_and_one_review_in_force_of_each_side(agreed: Plan, nurse: Worker) -> None:
    given(agreed, WORKERS, nurse)
    home = agreed.situation.family.municipality_id
    facts = {"plan": agreed, "side": WORKERS, "written_by": nurse, "municipality_id": home}
    OutcomeReview.objects.create(**facts)
    with refused("review_one_draft"):
        OutcomeReview.objects.create(**facts)
    with refused("review_helped_in_family_words"):
        OutcomeReview.objects.filter(given_at=None).update(helped="Auttoi kovasti.")
    draft = OutcomeReview.objects.get(given_at=None)
    for matter in agreed.matters.all():
        draft.outcomes.create(matter=matter, change="same")
    with refused("review_one_in_force"):
        sql("UPDATE plans_outcomereview SET given_at = now() WHERE id = %s", draft.pk)


def test_family_may_say_that_it_wants_no_review(agreed: Plan, nurse: Worker) -> None:
    review = actions.note_not_wanted(plan=agreed, by=nurse)
    assert actions.note_not_wanted(plan=agreed, by=nurse) == review
    assert sides_missing(agreed) == [WORKERS]
    # It changes its mind on its own page; what it says there is its own.
    given(agreed, helped="Yhteiset aamut.")
    with pytest.raises(Refused, match="vain perhe muuttaa"):
        actions.note_not_wanted(plan=agreed, by=nurse)
    assert outcome_of(agreed).helped == "Yhteiset aamut."


def test_both_sides_stand_beside_each_other_though_they_differ(agreed: Plan, nurse: Worker) -> None:
    matter = agreed.matters.all()[0]
    given(agreed, helped="Mummo.", **{f"words_{matter.pk}": "Aamut sujuvat."})
    given(agreed, WORKERS, nurse, change=OutcomeChange.SAME, service_acts="Neuvola tapasi kahdesti.")
    seen = outcome_of(agreed)
    first = seen.matters[0]
    assert first.family and first.workers and seen.workers
    assert (first.family.change, first.family.words) == ("Paremmin", "Aamut sujuvat.")
    assert first.workers.change == "Ennallaan"
    assert (seen.helped, seen.workers.service_acts) == ("Mummo.", "Neuvola tapasi kahdesti.")
    assert seen.missing == []
    # Counted without a way to a family.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT review.municipality_id, review.side, outcome.change, count(*)"
            " FROM plans_matteroutcome outcome JOIN plans_outcomereview review ON review.id = review_id"
            " WHERE given_at IS NOT NULL AND replaced_at IS NULL GROUP BY 1, 2, 3 ORDER BY 2"
        )
        home = agreed.situation.family.municipality_id
        assert cursor.fetchall() == [(home, "family", "better", 2), (home, "workers", "same", 2)]


def test_family_and_worker_write_drafts_of_their_own_and_nobody_writes_over_unseen(
    agreed: Plan, nurse: Worker
) -> None:
    words = f"words_{agreed.matters.all()[0].pk}"
    actions.write_review(plan=agreed, side=FAMILY, by=None, changes={words: Change("Oma.", mark(""))})
    assert saved_fields(agreed, FAMILY, by_family=False)[words] == ""
    actions.save_review_fields(plan=agreed, side=FAMILY, by=nurse, changes={words: Change("A.", mark(""))})
    holder = agreed.situation.holder
    unseen = {words: Change("B.", mark(""))}
    with pytest.raises(WrittenMeanwhile):
        actions.write_review(plan=agreed, side=FAMILY, by=holder, changes=unseen)
    assert actions.save_review_fields(plan=agreed, side=FAMILY, by=holder, changes=unseen)[words] == "A."
    assert not OutcomeReview.objects.visible_to(nurse).filter(by_family=True).exists()


def test_new_version_loses_no_words_of_a_draft(agreed: Plan, nurse: Worker) -> None:
    said = {f"words_{agreed.matters.all()[0].pk}": Change("Jo parempi.", mark(""))}
    actions.write_review(plan=agreed, side=FAMILY, by=None, changes=said)
    draft = actions.write_plan(
        situation=agreed.situation, by=nurse, **written(responsible=[nurse], seen_edition=agreed.edition)
    )
    newer = actions.agree(plan=draft, by=nurse, given_by=a_guardian(draft))
    with pytest.raises(Refused, match="uudempi versio"):
        actions.write_review(plan=agreed, side=FAMILY, by=None, changes=said)
    fields = saved_fields(newer, FAMILY, by_family=True)
    assert fields[f"words_{newer.matters.all()[0].pk}"] == "Jo parempi."


def test_who_may_review(agreed: Plan, nurse: Worker, volunteer: Worker) -> None:
    assert why_not_review(nurse, agreed, WORKERS) is None
    assert why_not_review(agreed.situation.holder, agreed, FAMILY) is None
    for worker in (volunteer, WorkerFactory(), WorkerFactory(is_coordinator=True)):
        assert why_not_review(worker, agreed, WORKERS)
    reviewed(agreed)
    actions.finish(situation=agreed.situation, by=nurse, outcome="Arki sujuu.")
    ended = Plan.objects.select_related("situation").get(pk=agreed.pk)
    assert "päättynyt" in str(why_not_review(None, ended, FAMILY))
    assert Situation.objects.get(pk=agreed.situation_id).ended_at <= timezone.now()


def test_a_protected_family_is_given_the_one_number_of_all(agreed: Plan) -> None:
    """A municipality's own number is public: it would tell where the family lives."""
    family, town = agreed.situation.family, agreed.situation.family.municipality
    town.guidance_unit = UnitFactory(name="Kuhalan ohjaus", phone="017 111 2222", municipality=town)
    town.save()
    ask = outcome_of(agreed).ask
    assert ask is not None and (ask.name, ask.phone) == ("Kuhalan ohjaus", "017 111 2222")
    family.address_protected = True
    family.save()
    agreed.situation.refresh_from_db()
    ask = outcome_of(agreed).ask
    assert ask is not None and (ask.name, ask.phone, ask.hours) == ("", settings.GUIDANCE_PHONE, "")
    assert not ask.address
