"""Versions of the plan: what is new in each, and any order of marking and writing against a plain model."""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from network.models import Worker
from perhekeskus.autosave import Change as Written
from perhekeskus.autosave import mark as mark_of
from perhekeskus.refusals import Refused
from plans import actions, drafting
from plans.actions import Mark
from plans.changes import Change, Kind, Row, Version, changes_of, what_changed
from plans.models import Plan
from plans.progress import finished_before
from plans.states import MeasurePlace, MeasureStatus
from plans.written import saved_fields
from tests.door import FamilyClient
from tests.factories.plans import a_guardian
from tests.undone import undone

from .conftest import in_days, written
from .test_drafting import saves
from .test_measures import page_of, signed_in
from .test_measures_database import MOVES_BY_HAND

# --- what is new, as one pure function --------------------------------------------------------------

WORDS = st.sampled_from(["Aamut", "Uni", "Koulu", "Uinti"])


@st.composite
def two_versions(draw) -> tuple[Version, Version, Counter]:
    """A version and the next, with how many differences of each kind were made between them."""
    before, after, made = [], [], Counter()
    for number in range(draw(st.integers(0, 6))):
        says = f"{draw(WORDS)} {number}"
        ended = draw(st.sampled_from([None, None, Kind.DONE, Kind.PUT_ASIDE]))
        before.append(Row(number, None, says, ended))
        fate = draw(st.sampled_from(["stays", "changes", "goes"]))
        if fate == "goes":
            made[ended or Kind.REMOVED] += 1
        else:
            made[Kind.CHANGED] += fate == "changes"
            after.append(Row(100 + number, number, says if fate == "stays" else f"{says}!"))
    for number in range(draw(st.integers(0, 3))):
        made[Kind.ADDED] += 1
        after.append(Row(200 + number, None, f"Uusi {number}"))
    rows = draw(st.permutations(after))
    return Version({}, {"rivit": tuple(before)}), Version({}, {"rivit": tuple(rows)}), +made


@given(two_versions())
def test_every_difference_is_told_once_and_no_other(versions: tuple[Version, Version, Counter]) -> None:
    before, after, made = versions
    assert Counter(change.kind for change in what_changed(before, after)) == made
    assert what_changed(after, after) == []


def test_texts_and_rows_of_old_versions_are_told_too() -> None:
    before = Version({"Toive": "Rauha", "Vastuu": "", "Tapa": "soitto"}, {"Asiat": (Row(1, None, "Aamut"),)})
    after = Version({"Toive": "Uni", "Vastuu": "Kaisa", "Tapa": ""}, {"Asiat": (Row(2, None, "Aamut"),)})
    assert what_changed(before, after) == [
        Change(Kind.CHANGED, "Toive", "Rauha", "Uni"),
        Change(Kind.ADDED, "Vastuu", "", "Kaisa"),
        Change(Kind.REMOVED, "Tapa", "soitto", ""),
    ]


@pytest.mark.django_db
def test_what_changed_is_told_to_workers_and_to_the_family(agreed: Plan, nurse: Worker) -> None:
    first, second = agreed.measures.all()
    marks = [Mark(second.pk, MeasureStatus.DONE)]
    actions.mark_measures(plan=agreed, by=nurse, marks=marks)
    values = {
        "wish": "Uusi toive",
        "matters-1-text": "",
        "measures-0-when": "arkisin",
        "next_on": in_days(20).isoformat(),
    }
    saves(agreed.situation, nurse, values, version=2)
    draft = actions.latest(agreed.situation)
    checking = signed_in(nurse).get(reverse("plan_agree", args=[draft.pk])).content.decode()
    newer = actions.agree(plan=draft, by=nurse, given_by=a_guardian(agreed))
    told = [(change.kind, change.name) for change in changes_of(newer)]
    assert told == [
        (Kind.CHANGED, "Tätä toivomme"),
        (Kind.CHANGED, "Seuraava yhteydenotto"),
        (Kind.REMOVED, "Mihin haetaan muutosta"),
        (Kind.CHANGED, "Mitä tehdään"),
        (Kind.DONE, "Mitä tehdään"),
    ]
    family = FamilyClient().get(reverse("family_plan", args=[agreed.situation.family.link.token]))
    for page in (page_of(signed_in(nurse), newer), family.content.decode(), checking):
        assert "Mikä muuttui versiosta 1" in page
        assert "Äiti ja isä, arkisin" in page
    assert "Mikä muuttui" not in page_of(signed_in(nurse), agreed)
    assert changes_of(agreed) == []


# --- any order of marking and writing ---------------------------------------------------------------

MARK = st.tuples(st.just("mark"), st.integers(0, 2), st.sampled_from(list(MeasureStatus)))
WRITE = st.tuples(st.just("write"), st.integers(0, 3), st.sampled_from(["Uinti", "Luetaan", ""]))
AGREE = st.just([("agree", None, None)])
# Each round marks something, writes something and perhaps marks while it is written, and is agreed on.
ROUND = st.builds(
    lambda *parts: sum(parts, []),
    st.lists(MARK, min_size=1, max_size=3),
    st.lists(st.one_of(WRITE, WRITE, MARK), min_size=1, max_size=3),
    AGREE,
)


@dataclass
class PlainRow:
    what: str
    follows: "PlainRow | None" = None
    status: str = "agreed"


@dataclass
class PlainPlan:
    """The same in a few lines: lists of rows, nothing kept but what is in force and what is being written."""

    agreed: list[PlainRow]
    draft: dict[int, PlainRow] | None = None
    finished: list[PlainRow] = field(default_factory=list)
    told: Counter = field(default_factory=Counter)

    def write(self, place: int, what: str) -> None:
        if self.draft is None:
            going = [row for row in enumerate(self.agreed) if row[1].status in {"agreed", "going_on"}]
            self.draft = {at: PlainRow(row.what, row) for at, row in going}
        if not what:
            self.draft.pop(place, None)
        elif place in self.draft:
            self.draft[place].what = what
        else:
            self.draft[place] = PlainRow(what)

    def agree(self) -> None:
        rows = [self.draft[place] for place in sorted(self.draft or {})]
        followed = [id(row.follows) for row in rows if row.follows]
        gone = [row for row in self.agreed if id(row) not in followed]
        self.finished += [row for row in gone if row.status in {"done", "put_aside"}]
        ended = {"done": Kind.DONE, "put_aside": Kind.PUT_ASIDE}
        new, left = [row for row in rows if not row.follows], list(gone)
        self.told = Counter()
        for row in new:
            undone_left = [one for one in left if one.status not in ended]
            same = next((one for one in undone_left if one.what == row.what), None)
            if same is None:
                self.told[Kind.ADDED] += 1
            else:
                left.remove(same)
        for row in left:
            self.told[ended.get(row.status, Kind.REMOVED)] += 1
        self.told[Kind.CHANGED] += sum(
            row.follows is not None and row.follows.what != row.what for row in rows
        )
        for row in rows:
            row.status = row.follows.status if row.follows else "agreed"
        self.agreed, self.draft = rows, None


def typed(plan: Plan, place: int, what: str) -> dict[str, Written]:
    """One row as somebody writes it who has seen all that is saved."""
    parts = {"what": what, "who": "Äiti" if what else "", "when": "ma" if what else ""}
    named = {f"measures-{place}-{part}": value for part, value in parts.items()}
    seen = saved_fields(plan, named)
    return {name: Written(value, mark_of(seen[name])) for name, value in named.items()}


def walk(plan: Plan, by: Worker, steps: list[tuple]) -> None:
    situation = plan.situation
    model = PlainPlan([PlainRow(row.what) for row in plan.measures.all()])
    for kind, place, said in steps:
        newest = actions.latest(situation)
        if kind == "mark":
            rows = list(plan.measures.prefetch_related("states"))
            if place >= len(rows):
                continue
            row, plain = rows[place], model.agreed[place]
            marks = [Mark(row.pk, said, "syy", len(row.states.all()))]
            if said == plain.status or MOVES_BY_HAND[plain.status, said.value]:
                count = actions.mark_measures(plan=plan, by=by, marks=marks)
                assert count == (said != plain.status)
                plain.status = said.value
            else:
                with pytest.raises(Refused):
                    actions.mark_measures(plan=plan, by=by, marks=marks)
        elif kind == "write":
            version = drafting.version_written(newest)
            changes = typed(newest, place, said)
            drafting.save_fields(situation=situation, by=by, version=version, changes=changes)
            if model.draft is not None or actions.latest(situation) != newest:
                model.write(place, said)
        elif model.draft:
            plan = actions.agree(plan=newest, by=by, given_by=a_guardian(newest))
            model.agree()
            sheet = Plan.objects.with_sheet().get(pk=plan.pk)
            rows = [change for change in changes_of(sheet) if change.name == "Mitä tehdään"]
            assert Counter(change.kind for change in rows) == +model.told
        now = list(plan.measures.prefetch_related("states"))
        assert [(row.what, row.status) for row in now] == [(row.what, row.status) for row in model.agreed]
        assert [row.what for row in finished_before(plan)] == [row.what for row in model.finished]


@pytest.mark.django_db
def test_any_order_of_marking_and_writing_keeps_to_the_plain_model(situation, nurse: Worker) -> None:
    rows = [actions.MeasureRow(MeasurePlace.HOME, what, who="Äiti", when="ma") for what in ("Satu", "Uni")]
    by = situation.holder
    plan = actions.write_plan(
        situation=situation, by=by, **written(measures=rows, responsible=[nurse], matters=["Aamut"])
    )
    plan = actions.agree(plan=plan, by=by, given_by=a_guardian(plan))

    @settings(max_examples=8, deadline=None)
    @given(st.lists(ROUND, min_size=2, max_size=3))
    def tried(rounds: list[list[tuple]]) -> None:
        with undone():
            walk(Plan.objects.get(pk=plan.pk), by, sum(rounds, []))

    tried()
