"""Views see rows through a scope of their queryset only, so that who sees what is said in one place."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VIEWS = sorted(
    path
    for floor in ("perhekeskus", "network", "meetings", "plans")
    for path in ROOT.glob(f"{floor}/views/**/*.py")
)
# What Django itself gives a manager: none of them asks who is looking.
BARE = re.compile(
    r"(\w+)\.objects\s*\.(?:all|get|get_or_create|filter|exclude|select_related|prefetch_related|order_by|values"
    r"|values_list|annotate|alias|in_bulk|first|last|latest|earliest|create|count|exists|iterator|raw|using|none)\("
)
# Rows of one that was opened just before, or that belong to nobody.
OF_WHAT_WAS_OPENED = {
    ("meetings/views/answers.py", "Invitation"),  # by the link that was opened
    ("meetings/views/children.py", "ChildDrawing"),  # of the family whose page it is
    ("meetings/views/convening.py", "ClosePerson"),  # of the meeting's family
    ("meetings/views/convening.py", "Topic"),  # of the meeting
    ("meetings/views/dialogues.py", "Dialogue"),  # of the meeting
    ("meetings/views/feedback.py", "FeedbackReceipt"),  # by the link or of the meeting that was opened
    ("meetings/views/family_consultations.py", "Consultation"),  # of the family whose page it is
    ("meetings/views/family_kept.py", "KeptForm"),  # of the family's own link
    ("meetings/views/feedback.py", "FeedbackReceipt"),  # of the link that was opened, or of the meeting
    ("meetings/views/situation_page.py", "Situation"),  # the very one, with its next step
    ("network/views/bulletins.py", "BulletinReceipt"),  # of the bulletin
    ("network/views/forums.py", "ForumParticipation"),  # of the forum
    ("network/views/forums.py", "Unit"),  # among which the forum's units are chosen
    ("network/views/groups.py", "GroupMembership"),  # of the group
    ("network/views/teams.py", "Expertise"),  # of the members who are shown
    ("perhekeskus/views/kept.py", "KeptForm"),  # the worker's own
}


def bare(source: str) -> set[str]:
    """The models that this text of a view asks for without a scope."""
    return {found.group(1) for found in BARE.finditer(source)}


@pytest.mark.parametrize(
    ("source", "models"),
    [
        ("Unit.objects.all()", {"Unit"}),
        ("rows = Unit.objects\n        .filter(pk=1)", {"Unit"}),
        ("Unit.objects.visible_to(worker).filter(pk=1)", set()),
        ("Consent.objects.in_force()", set()),
    ],
)
def test_what_is_bare(source, models):
    assert bare(source) == models


def test_no_view_asks_past_the_scopes():
    found = {
        (str(path.relative_to(ROOT)), model)
        for path in VIEWS
        for model in bare(path.read_text(encoding="utf-8"))
    }
    assert found == OF_WHAT_WAS_OPENED
