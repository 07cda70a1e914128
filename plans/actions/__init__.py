"""What is done to the plan, by its nouns."""

from .agreeing import agree
from .contacts import keep_outcome, record_contact
from .copies import follow_copies, give_copy, send_copy_again
from .copy_links import send_copy_code
from .finishing import finish
from .follow_up import convene_follow_up
from .measures import Mark, MarkedMeanwhile, mark_measures
from .plans import TEXTS, MeasureRow, PlanChanged, Promise, latest, write_plan
from .requests import ask_contact, take_back_request
from .responsibility import (
    FamilySaid,
    accept_responsibility,
    decline_responsibility,
    offer_responsibility,
    take_back_responsibility,
)
from .reviews import give_review, note_not_wanted, save_review_fields, write_review

__all__ = [
    "TEXTS",
    "FamilySaid",
    "Mark",
    "MarkedMeanwhile",
    "MeasureRow",
    "PlanChanged",
    "Promise",
    "accept_responsibility",
    "agree",
    "ask_contact",
    "convene_follow_up",
    "decline_responsibility",
    "finish",
    "follow_copies",
    "give_copy",
    "give_review",
    "keep_outcome",
    "latest",
    "mark_measures",
    "note_not_wanted",
    "offer_responsibility",
    "record_contact",
    "save_review_fields",
    "send_copy_again",
    "send_copy_code",
    "take_back_request",
    "take_back_responsibility",
    "write_plan",
    "write_review",
]
