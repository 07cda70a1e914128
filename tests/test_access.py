"""Every page × everybody who could try it: nothing of a family reaches anybody whom it has not let in.

The table is written by hand. A page of the URL configuration that is not in it fails the test: whoever adds a
page says here who may open it.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from perhekeskus.models import AccessLog
from tests.access import (
    ROLES,
    SIGNED_IN,
    WITHOUT_ACCOUNT,
    Scene,
    all_urls,
    everybody,
    everything_kept,
    scene,
    touched,
)
from tests.door import comes_in

pytestmark = [
    pytest.mark.django_db,
    # The libraries' own templates lean on variables that are not there; ours are watched by their own tests.
    pytest.mark.ignore_template_errors,
]

LOGIN = "login"
# What a page answers: "=" shown, ">" sent on to another page with a sentence, "-" no such page for them,
# "!" only by POST.
CODES = {"=": {200}, ">": {302}, "-": {404}, "!": {405}}

ALL = " ".join(ROLES)
STAFF = " ".join(SIGNED_IN)
FAMILY_STAFF = "other holder convener receiver adviser invited removed responsible guidance"
PUBLIC = {"=": ALL}
SIGN_IN_FIRST = {"=": STAFF}
BY_POST = {"!": STAFF}
ADMINISTRATION = {"=": "administrator"}
KEEPERS = {"=": "coordinator administrator"}
# The link is the key: whoever has it comes in, and the family's list says who it was.
BY_LINK = {"=": ALL}
# The link leads to the door, and the code opens it.
STRANGERS = " ".join(one for one in ROLES if one != "family")
BY_CODE = {"=": "family", ">": STRANGERS}

# A group's page is kept by its chair and the coordinators; the others are told so.
GROUP_KEEPERS = {
    "=": "coordinator guidance",
    ">": " ".join(role for role in SIGNED_IN if role not in {"coordinator", "guidance"}),
}
ARRANGERS = {"=": "coordinator", ">": f"{FAMILY_STAFF} administrator"}
# Nobody writes to themselves.
TO_ANOTHER = {"=": " ".join(role for role in SIGNED_IN if role != "other"), ">": "other"}

# What is not said is 404 for those who have signed in, and the sign-in page for those who have not.
PAGES: dict[str, dict[str, str]] = {
    # --- for everybody
    "health": {"503 or =": ALL},
    "health_alive": PUBLIC,
    "accessibility_statement": PUBLIC,
    "privacy": PUBLIC,
    "feedback": PUBLIC,
    # --- a demonstration's own pages: not there outside a demonstration
    "demo_sign_in": {"-": ALL},
    "demo_mail": {"-": ALL},
    "demo_mail_detail": {"-": ALL},
    "demo_mail_attachment": {"-": ALL},
    # --- a supervisor's own: none of these is one (meetings/test_supervised.py)
    "supervised_unit": {},
    "supervised_offer": {},
    # --- signing in
    "account_login": {"=": "nobody family", ">": STAFF},
    "account_logout": {"=": STAFF, ">": "nobody family"},
    "account_inactive": PUBLIC,
    "account_signup": {"=": "nobody family", ">": STAFF},
    "account_reauthenticate": SIGN_IN_FIRST,
    "account_email": SIGN_IN_FIRST,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_change_password": SIGN_IN_FIRST,
    "account_set_password": {">": STAFF},
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_confirm_login_code": {">": STAFF},
    "mfa_index": SIGN_IN_FIRST,
    "mfa_authenticate": {">": STAFF},
    "mfa_reauthenticate": {">": STAFF},
    "mfa_activate_totp": {">": STAFF},
    "mfa_deactivate_totp": {},
    "mfa_view_recovery_codes": {},
    "mfa_generate_recovery_codes": {">": STAFF},
    "mfa_download_recovery_codes": {},
    "mfa_list_webauthn": SIGN_IN_FIRST,
    "mfa_add_webauthn": {">": STAFF},
    "mfa_reauthenticate_webauthn": {">": STAFF},
    "mfa_remove_webauthn": {">": STAFF},
    "mfa_edit_webauthn": {">": STAFF},
    "mfa_login_webauthn": {">": STAFF},
    # --- the family's own contact: the form is for everybody, the rest for the browser that gave the code
    "reach_us": PUBLIC,
    "reach_us_write": PUBLIC,
    "reach_us_follow": PUBLIC,
    "reach_us_follow_link": {"422": ALL},
    "reach_us_sent": {">": ALL},
    "reach_us_own": {">": ALL},
    "reach_us_withdraw": {">": ALL},
    "reach_us_leave": {"!": ALL},
    # Rows for those who answer families, numbers for those who see none.
    "incoming_list": SIGN_IN_FIRST,
    "call_start": {"=": "guidance", ">": " ".join(role for role in SIGNED_IN if role != "guidance")},
    "call_outreach": {"=": FAMILY_STAFF, ">": "coordinator administrator"},
    "call_search": BY_POST,
    "call_edit": {"=": "guidance"},
    "call_save": BY_POST,
    "incoming_detail": {"=": "guidance"},
    "incoming_pick_up": BY_POST,
    "incoming_let_go": BY_POST,
    "incoming_reached": BY_POST,
    "incoming_close": {">": "guidance"},
    # --- one's own
    "home": {"=": FAMILY_STAFF, ">": "coordinator administrator"},
    "situation_list": SIGN_IN_FIRST,
    "consultation_list": SIGN_IN_FIRST,
    # Only with the one who is asked in the address.
    "consultation_start": {},
    "situation_raise": {"=": FAMILY_STAFF, ">": "coordinator administrator"},
    "kept_forms": SIGN_IN_FIRST,
    "message_list": SIGN_IN_FIRST,
    "message_retry": BY_POST,
    "profile": SIGN_IN_FIRST,
    "working_hours": SIGN_IN_FIRST,
    "own_calendars": SIGN_IN_FIRST,
    "calendar_feed_open": SIGN_IN_FIRST,
    "calendar_feed_close": SIGN_IN_FIRST,
    "external_calendar_fetch": BY_POST,
    "external_calendar_remove": {"=": "other"},
    # The address is the key, to the time and the place of what its owner has agreed on.
    "calendar_feed": BY_LINK,
    "profile_confirm": BY_POST,
    "profile_photo": SIGN_IN_FIRST,
    "profile_photo_remove": BY_POST,
    "absence_list": SIGN_IN_FIRST,
    "absence_remove": BY_POST,
    # --- the network
    "directory": SIGN_IN_FIRST,
    "worker_detail": SIGN_IN_FIRST,
    "worker_photo": SIGN_IN_FIRST,
    "unit_list": SIGN_IN_FIRST,
    "unit_detail": SIGN_IN_FIRST,
    "unit_update": ADMINISTRATION,
    "contacts": SIGN_IN_FIRST,
    "contacts_gaps": KEEPERS,
    "contacts_history": KEEPERS,
    "contacts_rule_create": KEEPERS,
    "need_list": KEEPERS,
    "need_create": KEEPERS,
    "need_edit": KEEPERS,
    "need_remove": BY_POST,
    "contacts_rule_edit": KEEPERS,
    "contacts_rule_move": BY_POST,
    "contacts_rule_remove": BY_POST,
    "meeting_propose": {"=": FAMILY_STAFF},
    "network_map": SIGN_IN_FIRST,
    "kind_list": SIGN_IN_FIRST,
    "kind_edit": KEEPERS,
    "kind_history": KEEPERS,
    # A unit's own keeper is not in these scenes (meetings/test_rooms.py).
    "room_list": SIGN_IN_FIRST,
    "room_create": KEEPERS,
    "room_detail": KEEPERS,
    "room_edit": KEEPERS,
    "room_close": KEEPERS,
    "room_open": BY_POST,
    "room_remove": BY_POST,
    "team_list": SIGN_IN_FIRST,
    "team_detail": SIGN_IN_FIRST,
    "team_create": KEEPERS,
    "team_edit": KEEPERS,
    "team_member_remove": BY_POST,
    "help": PUBLIC,
    "help_municipality": PUBLIC,
    "help_pdf": PUBLIC,
    # --- groups, bulletins, forums: the guidance worker chairs the group
    "group_list": SIGN_IN_FIRST,
    "group_create": ARRANGERS,
    "group_detail": SIGN_IN_FIRST,
    "group_edit": GROUP_KEEPERS,
    "group_members": GROUP_KEEPERS,
    "group_meeting_create": GROUP_KEEPERS,
    "group_meeting_detail": SIGN_IN_FIRST,
    "group_meeting_edit": GROUP_KEEPERS,
    "group_meeting_memo": {">": STAFF},
    "group_meeting_approve": BY_POST,
    "group_meeting_cancel": GROUP_KEEPERS,
    "bulletin_list": SIGN_IN_FIRST,
    "bulletin_create": GROUP_KEEPERS,
    "bulletin_digest": BY_POST,
    "bulletin_detail": SIGN_IN_FIRST,
    "bulletin_seen": BY_POST,
    "bulletin_receipts": GROUP_KEEPERS,
    "bulletin_withdraw": GROUP_KEEPERS,
    "bulletin_edit": {"=": "coordinator guidance"},
    "bulletin_audience": {"=": "coordinator guidance"},
    "bulletin_units": {"=": "coordinator guidance"},
    "bulletin_check": {"=": "coordinator guidance"},
    "bulletin_discard": BY_POST,
    "forum_list": SIGN_IN_FIRST,
    "forum_create": ARRANGERS,
    "forum_detail": SIGN_IN_FIRST,
    "forum_edit": {"=": "coordinator"},
    "forum_units": {"=": "coordinator"},
    "forum_check": {"=": "coordinator"},
    "forum_answer": BY_POST,
    "forum_record": {">": "coordinator"},
    "forum_cancel": {"=": "coordinator"},
    "development_need_list": SIGN_IN_FIRST,
    "development_need_create": SIGN_IN_FIRST,
    "development_need_detail": SIGN_IN_FIRST,
    # Handled by the coordinators; the one of the trial has no answer yet.
    "grievance_list": SIGN_IN_FIRST,
    "grievance_create": SIGN_IN_FIRST,
    "grievance_detail": {"=": "coordinator"},
    # --- between two: nobody else reads it, whoever they are
    "thanks_list": SIGN_IN_FIRST,
    "thanks_give": TO_ANOTHER,
    "peer_feedback_give": TO_ANOTHER,
    "peer_feedback_detail": {"=": "other guidance"},
    # --- numbers
    "count_feedback": KEEPERS,
    "count_page": {"=": "coordinator administrator"},
    "count_afterwards": {"=": "coordinator administrator"},
    "count_people": {"=": "coordinator administrator"},
    "count_along": {"=": "coordinator administrator"},
    "count_table": {"=": "coordinator administrator"},
    "open_data_page": PUBLIC,
    # Nothing is published yet.
    "open_data_json": {"-": ALL},
    "open_data_csv": {"-": ALL},
    "open_data_schema": PUBLIC,
    "count_report": KEEPERS,
    "count_report_make": BY_POST,
    "count_report_add": KEEPERS,
    "count_report_receiver": KEEPERS,
    "count_report_history": KEEPERS,
    "count_report_paper": KEEPERS,
    "adoption_page": KEEPERS,
    "adoption_municipality": KEEPERS,
    "adoption_record": {"=": "coordinator"},
    "adoption_take_back": {"=": "coordinator"},
    "development_page": KEEPERS,
    # --- administration
    "styleguide": ADMINISTRATION,
    "administration": ADMINISTRATION,
    "worker_list": ADMINISTRATION,
    "worker_create": ADMINISTRATION,
    "worker_edit": ADMINISTRATION,
    "look_list": ADMINISTRATION,
    "municipality_list": ADMINISTRATION,
    "municipality_create": ADMINISTRATION,
    "municipality_edit": ADMINISTRATION,
    "municipality_population": ADMINISTRATION,
    "area_list": ADMINISTRATION,
    "area_create": ADMINISTRATION,
    "area_edit": ADMINISTRATION,
    "organisation_list": ADMINISTRATION,
    "organisation_create": ADMINISTRATION,
    "organisation_edit": ADMINISTRATION,
    "import_list": {"=": "administrator coordinator"},
    "import_create": {"=": "administrator coordinator"},
    # Of organisations: a coordinator takes in and out the yhteydenottolista only.
    "import_detail": ADMINISTRATION,
    "import_check": BY_POST,
    "import_cancel": BY_POST,
    "import_bad_rows": ADMINISTRATION,
    "directory_export": ADMINISTRATION,
    "unit_create": ADMINISTRATION,
    "unit_edit": ADMINISTRATION,
}

# The pages of a family's matter, while the invitations are out: there is no plan yet, so nobody is
# responsible, and the one who will be is an outsider like any other.
# The koppi has changed hands, and with it the convening: who convened first is an outsider too.
INVITED: dict[str, dict[str, str]] = {
    "situation_detail": {"=": "holder invited"},
    "situation_looks": {"=": "holder", ">": "invited"},
    "conversation_record": {"=": "holder", ">": "invited"},
    "child_view_write": {"=": "holder", ">": "invited"},
    "child_view_remove": {"=": "holder", ">": "invited"},
    "child_drawing": {"=": "holder"},
    "conversation_detail": {"=": "holder", ">": "invited"},
    "conversation_correct": {"=": "holder", ">": "invited"},
    "situation_services": {"=": "holder", ">": "invited"},
    "situation_address": {"=": "holder", ">": "invited"},
    "situation_protection": {"=": "holder", ">": "invited"},
    "situation_close_people": {"=": "holder", ">": "invited"},
    "situation_family": {"=": "holder", ">": "invited"},
    "situation_network": {"=": "holder", ">": "invited"},
    "situation_close_person": {"=": "holder", ">": "invited"},
    "situation_permissions": {"=": "holder", ">": "invited"},
    "situation_permission_give": {"=": "holder", ">": "invited"},
    "situation_end": {">": "holder invited"},
    "situation_reopen": BY_POST,
    "situation_link_renew": {"=": "holder", ">": "invited"},
    "handover_offer": {">": "holder invited"},
    "handover_answer": {"=": "receiver"},
    "handover_withdraw": BY_POST,
    "consultation_ask": {"=": "holder", ">": "invited"},
    "consultation_detail": {"=": "holder adviser"},
    "consultation_pick_up": BY_POST,
    "consultation_let_go": BY_POST,
    "consultation_close": BY_POST,
    "consultation_withdraw": BY_POST,
    "meeting_convene": {">": "holder invited"},
    "meeting_detail": {"=": "holder invited"},
    "meeting_people": {"=": "holder", ">": "invited"},
    "meeting_ask": BY_POST,
    "meeting_decide": {"=": "holder", ">": "invited"},
    "meeting_time": {"= or >": "holder invited"},
    "meeting_prepare": {"=": "holder", ">": "invited"},
    "meeting_setting": {"=": "holder", ">": "invited"},
    "meeting_checklist": BY_POST,
    "meeting_agenda": {"=": "holder invited"},
    "meeting_agenda_edit": {"=": "holder", ">": "invited"},
    "meeting_agenda_pdf": {"=": "holder invited"},
    "meeting_offer": {">": "holder invited"},
    "meeting_form": {"=": "holder", ">": "invited"},
    "meeting_letter": {"=": "holder", ">": "invited"},
    "meeting_offered": {">": "holder invited"},
    "meeting_reschedule": {"=": "holder", ">": "invited"},
    "meeting_reschedule_answer": {">": "holder invited"},
    "meeting_earlier": BY_POST,
    "meeting_poll": {">": "holder invited"},
    "meeting_poll_ask": {">": "holder invited"},
    "meeting_poll_family": {">": "holder invited"},
    # No poll is open in these scenes; whom it opens to is tried in meetings/test_polls.py.
    "poll_link": {"-": ALL},
    "poll_answer": {},
    "meeting_release": BY_POST,
    "meeting_check": {"=": "holder", ">": "invited"},
    "meeting_leaders": {"=": "holder", ">": "invited"},
    "meeting_contribution": BY_POST,
    "meeting_sent": {"=": "holder invited"},
    "meeting_cancel": {"=": "holder", ">": "invited"},
    "meeting_not_held": {">": "holder invited"},
    "meeting_again": BY_POST,
    "invited_take_out": {"=": "holder", ">": "invited"},
    "invited_ask_after_all": BY_POST,
    "meeting_record": {">": "holder invited"},
    "meeting_record_save": BY_POST,
    "meeting_dialogue_turn_save": BY_POST,
    "meeting_screen": {"=": "holder", ">": "invited"},
    "meeting_screen_news": {"=": "holder"},
    "meeting_dialogue": {">": "holder invited"},
    "meeting_dialogue_turn": {">": "holder invited"},
    "meeting_dialogue_proposals": {">": "holder invited"},
    "meeting_missing": {">": "holder invited"},
    "meeting_influence": {">": "holder invited"},
    "meeting_influence_proposals": {">": "holder invited"},
    "meeting_feedback": {},
    "meeting_feedback_family": {">": "holder invited"},
    "meeting_feedback_paper": {">": "holder invited"},
    # Nobody has been asked yet, so the link opens nothing.
    "feedback_link": {"-": ALL},
    "permission_withdraw": {"=": "holder"},
    "invitation_answer": BY_LINK,
    "contribution_by_link": BY_LINK,
    "invitation_detail": {"=": "invited"},
    "contribution_write": {"=": "invited"},
    "invited_send_again": BY_POST,
    "invited_propose_instead": BY_POST,
    "family_code": {"=": STRANGERS, ">": "family"},
    "family_code_enter": {"=": STRANGERS, ">": "family"},
    "family_leave": BY_LINK,
    "family_home": BY_CODE,
    "family_kept": BY_CODE,
    "family_looks": BY_CODE,
    "family_decide": BY_CODE,
    "family_suggest_person": BY_CODE,
    "family_suggest_topic": BY_CODE,
    "family_prepare": BY_CODE,
    "family_times": {">": ALL},
    "family_reschedule": {">": ALL},
    "family_poll": {">": ALL},
    "family_earlier": {">": ALL},
    "family_feedback": {">": ALL},
    "family_services": BY_CODE,
    "family_address": BY_CODE,
    "family_child_views": BY_CODE,
    "family_child_view_remove": BY_CODE,
    "family_child_drawing": BY_CODE,
    "family_network": BY_CODE,
    "family_close_person": BY_CODE,
    "family_close_person_add": BY_CODE,
    "family_permissions": BY_CODE,
    "family_consultations": BY_CODE,
    "family_permission_withdraw": BY_CODE,
    "family_plan": BY_CODE,
    "family_review": {">": ALL},
    "family_plan_pdf": {"-": "family", ">": STRANGERS},
    "family_outcome_pdf": {"-": "family", ">": STRANGERS},
    "plan_edit": {">": "holder"},
    "plan_save": BY_POST,
    "plan_detail": {},
    "plan_pdf": {},
    "plan_outcome_pdf": {},
    "plan_agree": {},
    "plan_measures": {},
    "plan_copy": BY_POST,
    "plan_copy_pdf": {},
    "plan_export": {},
    "copy_link": {"-": ALL},
    "copy_code": {"-": ALL},
    "copy_plan": {"-": ALL},
    "copy_plan_pdf": {"-": ALL},
    "copy_leave": {"!": ALL},
    "plan_follow_up": BY_POST,
    "plan_review": {},
    "plan_review_save": BY_POST,
    "plan_close": {},
    "contact_record": {},
    "responsibility_offer": {},
    "responsibility_answer": {},
    "responsibility_withdraw": BY_POST,
    "family_contact": BY_CODE,
}

# The same pages when the shared time was held and the plan agreed: its responsible worker sees everything.
PLANNED: dict[str, dict[str, str]] = INVITED | {
    "situation_detail": {"=": "holder convener responsible invited"},
    "family_prepare": {">": ALL},
    "situation_looks": {"=": "holder convener responsible", ">": "invited"},
    "conversation_record": {"=": "holder", ">": "convener responsible invited"},
    "child_view_write": {"=": "holder convener responsible", ">": "invited"},
    "child_view_remove": {"=": "holder", ">": "convener responsible invited"},
    "child_drawing": {"=": "holder convener responsible"},
    "conversation_detail": {"=": "holder convener responsible", ">": "invited"},
    "conversation_correct": {"=": "holder", ">": "convener responsible invited"},
    "situation_services": {"=": "holder", ">": "convener responsible invited"},
    "situation_address": {"=": "holder", ">": "convener responsible invited"},
    "situation_protection": {"=": "holder", ">": "convener responsible invited"},
    "situation_close_people": {"=": "holder", ">": "convener responsible invited"},
    "situation_family": {"=": "holder", ">": "convener responsible invited"},
    "situation_network": {"=": "holder convener responsible", ">": "invited"},
    "situation_close_person": {"=": "holder", ">": "convener responsible invited"},
    "situation_permissions": {"=": "holder convener responsible", ">": "invited"},
    "situation_permission_give": {"=": "holder convener responsible", ">": "invited"},
    "situation_end": {"=": "holder", ">": "convener responsible invited"},
    "situation_link_renew": {"=": "holder", ">": "convener responsible invited"},
    "handover_offer": {">": "holder convener responsible invited"},
    "consultation_ask": {"=": "holder convener responsible", ">": "invited"},
    "consultation_detail": {"=": "holder convener responsible adviser"},
    "meeting_convene": {"=": "holder responsible", ">": "convener invited"},
    "meeting_detail": {"=": "holder convener responsible invited"},
    "meeting_people": {">": "holder convener responsible invited"},
    "meeting_decide": {">": "holder convener responsible invited"},
    "meeting_time": {"= or >": "holder convener responsible invited"},
    "meeting_prepare": {">": "holder convener responsible invited"},
    "meeting_setting": {">": "holder convener responsible invited"},
    "meeting_agenda": {"=": "holder convener responsible invited"},
    "meeting_agenda_edit": {">": "holder convener responsible invited"},
    "meeting_agenda_pdf": {"=": "holder convener responsible invited"},
    "meeting_offer": {">": "holder convener responsible invited"},
    "meeting_form": {">": "holder convener responsible invited"},
    "meeting_letter": {">": "holder convener responsible invited"},
    "meeting_offered": {">": "holder convener responsible invited"},
    "meeting_poll": {">": "holder convener responsible invited"},
    "meeting_poll_ask": {">": "holder convener responsible invited"},
    "meeting_poll_family": {">": "holder convener responsible invited"},
    "meeting_reschedule": {">": "holder convener responsible invited"},
    "meeting_reschedule_answer": {">": "holder convener responsible invited"},
    "meeting_check": {">": "holder convener responsible invited"},
    "meeting_leaders": {">": "holder convener responsible invited"},
    "meeting_sent": {">": "holder convener responsible invited"},
    "meeting_cancel": {">": "holder convener responsible invited"},
    "meeting_not_held": {">": "holder convener responsible invited"},
    "invited_take_out": {">": "holder convener responsible invited"},
    "meeting_record": {">": "holder convener responsible invited"},
    "meeting_screen": {"=": "holder convener", ">": "responsible invited"},
    "meeting_screen_news": {"=": "holder convener"},
    "meeting_dialogue": {">": "holder convener responsible invited"},
    "meeting_dialogue_turn": {">": "holder convener responsible invited"},
    "meeting_dialogue_proposals": {">": "holder convener responsible invited"},
    "meeting_missing": {">": "holder convener responsible invited"},
    "meeting_influence": {">": "holder convener responsible invited"},
    "meeting_influence_proposals": {">": "holder convener responsible invited"},
    # Those who were there, each about their own experience.
    "meeting_feedback": {"=": "convener responsible invited"},
    "meeting_feedback_family": {"=": "holder convener", ">": "responsible invited"},
    "meeting_feedback_paper": {"=": "holder convener", ">": "responsible invited"},
    "feedback_link": BY_LINK,
    "family_feedback": BY_CODE,
    "permission_withdraw": {"=": "holder convener responsible"},
    "family_suggest_person": {">": ALL},
    "family_suggest_topic": {">": ALL},
    "family_plan_pdf": BY_CODE,
    "plan_edit": {"= or >": "holder convener responsible"},
    "plan_detail": {"=": "holder convener responsible"},
    "plan_pdf": {"=": "holder convener responsible"},
    # Nobody has said yet what came of it.
    "plan_outcome_pdf": {">": "holder convener responsible"},
    "plan_agree": {">": "holder convener responsible"},
    "plan_measures": {"=": "holder convener responsible"},
    "plan_copy_pdf": {"=": "holder convener responsible"},
    "plan_export": {"=": "holder convener responsible"},
    # The link leads to a door, and behind it is the one who has the code.
    "copy_link": BY_LINK,
    "copy_code": BY_LINK,
    "copy_plan": {">": ALL},
    "copy_plan_pdf": {">": ALL},
    "plan_review": {"=": "holder convener responsible"},
    "plan_close": {"=": "holder convener responsible"},
    "family_review": BY_CODE,
    "contact_record": {"=": "holder convener responsible"},
    # It is offered to the receiver already, so that it can't be offered once more.
    "responsibility_offer": {">": "holder convener responsible"},
    "responsibility_answer": {"=": "receiver"},
}

SCENES = {"invited": PAGES | INVITED, "planned": PLANNED}

# What one press could do, and who may press it.
PRESSES: dict[str, tuple[dict[str, str], str]] = {
    "team_member_remove": ({}, "coordinator administrator"),
    "situation_end": ({"ending": "nothing_more"}, "holder"),
    "situation_reopen": ({}, "holder"),
    "situation_link_renew": ({}, "holder"),
    "child_view_remove": ({}, "holder"),
    "family_child_view_remove": ({}, "family"),
    "handover_answer": ({"answer": "accept"}, "receiver"),
    "handover_withdraw": ({}, "holder"),
    "incoming_pick_up": ({}, "guidance"),
    "incoming_let_go": ({}, "guidance"),
    "call_edit": ({"finish": "later"}, "guidance"),
    "call_save": ({}, "guidance"),
    "consultation_detail": ({"answer": "Näin."}, "adviser"),
    "consultation_pick_up": ({}, "adviser"),
    "consultation_let_go": ({}, "adviser"),
    "consultation_close": ({"result": "enough"}, "holder convener responsible"),
    "consultation_withdraw": ({}, "holder convener responsible"),
    "meeting_convene": ({"kind": "shared_time"}, "holder responsible"),
    "meeting_ask": ({}, "holder convener"),
    "meeting_checklist": ({"added": "Avaimet"}, "holder convener"),
    "meeting_release": ({}, "holder convener"),
    "meeting_earlier": ({}, "holder convener"),
    "meeting_cancel": ({"who": "convener"}, "holder convener"),
    "invited_take_out": ({"who": "professional"}, "holder convener"),
    "permission_withdraw": ({}, "holder convener responsible"),
    "invitation_detail": ({"answer": "declined"}, "invited"),
    "message_retry": ({}, "holder administrator"),
    "plan_agree": ({}, "holder convener responsible"),
    "plan_measures": ({}, "holder convener responsible"),
    "plan_follow_up": ({}, "holder responsible"),
    "plan_review": ({}, "holder convener responsible"),
    "family_review": ({}, "family"),
    "responsibility_answer": ({"answer": "accept"}, "receiver"),
    "responsibility_withdraw": ({}, "holder convener responsible"),
    "family_contact": ({"form_key": "6e3c1f0c-4c0e-4a55-8a57-0c7a3a9d2f11"}, "family"),
    "room_close": ({"reason": "Remontti"}, "coordinator administrator"),
    "count_report_add": (
        {"seen_version": "0", "name": "Oili", "email": "oili@demo.example", "language": "fi"},
        "coordinator administrator",
    ),
    "room_open": ({}, "coordinator administrator"),
    "room_remove": ({}, "coordinator administrator"),
    "import_check": ({}, "administrator"),
    "import_cancel": ({}, "administrator"),
    # The link is the key; a wrong one is tried in meetings/test_family_pages.py.
    "invitation_answer": ({"answer": "declined"}, ALL),
    # Whoever has the link can have a code sent, to the family; and can leave.
    "family_code": ({}, ALL),
    "family_leave": ({}, ALL),
    "copy_link": ({}, ALL),
    "copy_leave": ({}, ALL),
    # Behind the door the family decides; what a worker who is signed in tries is in test_family_pages.py.
    "family_permission_withdraw": ({}, "family"),
    "family_earlier": ({}, "family"),
    "family_suggest_topic": ({"title": "Oma aihe"}, "family"),
    "family_suggest_person": ({"name": "Mummo", "relation": "mummo"}, "family"),
    # What a group's chair, a coordinator, and everybody for themselves may press.
    "group_meeting_cancel": ({}, "coordinator guidance"),
    "bulletin_withdraw": ({}, "coordinator guidance"),
    "bulletin_discard": ({}, "coordinator guidance"),
    "bulletin_digest": ({}, STAFF),
    "bulletin_seen": ({}, STAFF),
    "forum_answer": ({"answer": "coming"}, STAFF),
    "forum_cancel": ({}, "coordinator"),
    "development_need_detail": ({"take": "yes"}, STAFF),
    "grievance_detail": ({"take": "yes"}, "coordinator"),
    "adoption_take_back": ({}, "coordinator"),
    # One's own card and one's own address.
    "profile": ({}, STAFF),
    "profile_confirm": ({}, STAFF),
    "profile_photo_remove": ({}, STAFF),
    "absence_remove": ({}, "other"),
    "account_email": ({}, STAFF),
    # One's own calendars.
    "calendar_feed_open": ({}, STAFF),
    "calendar_feed_close": ({}, STAFF),
    "external_calendar_fetch": ({}, "other"),
    "external_calendar_remove": ({}, "other"),
    # Signing out ends the trial itself.
    "account_logout": ({}, ALL),
}

# The sign-in library knows no roles of ours: four are enough for its pages.
ANY_FOUR = {"nobody", "other", "coordinator", "administrator"}
# On a page of no family they are what "other", "holder" and "removed" are: workers among workers.
ALIKE = {"convener", "receiver", "adviser", "invited", "responsible"}
# Each sees their own rows there, so each is tried.
OWN_ROWS = {"home", "situation_list", "consultation_list", "incoming_list", "kept_forms", "message_list"}
OWN_ROWS |= {"directory", "worker_detail", "own_calendars", "calendar_feed", "meeting_propose"}


def who_tries(trial: Scene, name: str) -> list[str]:
    """The roles that try the page; on a page that takes some of them for one, the others stand for them."""
    if name.startswith(("account_", "mfa_")):
        return [role for role in ROLES if role in ANY_FOUR]
    rule = SCENES[trial.name][name]
    are_one = len({frozenset(expected(rule, role)) for role in ALIKE | {"holder", "removed"}}) == 1
    if name in OWN_ROWS or name not in PAGES or not are_one:
        return list(ROLES)
    return [role for role in ROLES if role not in ALIKE]


def test_every_page_is_in_the_table():
    names = {one.name for one in all_urls()}
    assert None not in names, "a page without a name can't be watched"
    assert names == set(PAGES | INVITED), (
        f"missing: {names - set(PAGES | INVITED)}, gone: {set(PAGES | INVITED) - names}"
    )
    assert names >= set(PRESSES) | OWN_ROWS


@pytest.fixture
def clients() -> dict[str, Client]:
    return {role: Client() for role in ROLES}


@pytest.fixture(params=list(SCENES))
def trial(request: pytest.FixtureRequest, clients: dict[str, Client]) -> Scene:
    people = everybody()
    for role, worker in people.items():
        clients[role].force_login(worker)
    made = scene(request.param, people)
    comes_in(clients["family"], str(made.values["family"]["token"]))
    return made


def pages_of(trial: Scene) -> Iterator[tuple[str, str]]:
    for one in all_urls():
        if one.name in SCENES[trial.name]:
            yield one.name, reverse(one.name, kwargs=trial.url_arguments(one.name, parts_of(one)))


def parts_of(one: URLPattern) -> set[str]:
    """The names of what the whole address of the page needs."""
    possibilities, *_rest = get_resolver().reverse_dict.getlist(one.name)[0]
    return set(possibilities[0][1])


def answered(response) -> str:
    """What came: a sign, or the number."""
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return LOGIN
    return next(
        (sign for sign, codes in CODES.items() if response.status_code in codes), str(response.status_code)
    )


def expected(rule: dict[str, str], role: str) -> set[str]:
    for signs, roles in rule.items():
        if role in roles.split():
            return set(signs.split(" or "))
    return {LOGIN} if role in WITHOUT_ACCOUNT else {"-"}


# What was said in confidence, and who the family are.
SAID = (
    "Sisarukset leikkivät",
    "rauhallisia aamuja",
    "Leikin majaa",
    "Aamut ovat raskaita",
    "Rauhallisia aamuja",
)
NAMES = ("Äiti-Kaisa", "Isä-Örjan", "Aada", "Läheinen Lempi")


# The tests' browser asks for no token, people's browsers do.
POSTED = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)


def test_who_may_open_what_and_reads_nothing_of_the_family(trial: Scene, clients: dict[str, Client]):
    """Each page opens to whom the table says, and shows an outsider not a word of the family, lists too."""
    wrong = []
    for name, url in pages_of(trial):
        of_library = name.startswith(("account_", "mfa_"))
        for role in who_tries(trial, name):
            response = clients[role].get(url)
            came, wanted = answered(response), expected(SCENES[trial.name][name], role)
            # The library sends somebody who is in the middle of nothing to the sign-in page or to the front.
            if came not in wanted:
                wrong.append(f"{name}: {role} got {came}, not {' or '.join(sorted(wanted))}")
            if of_library:
                continue
            page = b"".join(response).decode(errors="replace")
            if any("csrfmiddlewaretoken" not in form for form in POSTED.findall(page)):
                wrong.append(f"{name}: a form that {role} sends is refused: it has no token")
            if not name.startswith(("family_", "health")):
                wrong += [f"{name}: {role} read {words!r}" for words in told(trial, name, role, page)]
    assert not wrong, "\n".join(wrong)


def told(trial: Scene, name: str, role: str, page: str) -> list[str]:
    """What the page tells of the family to somebody whom the family has not told it."""
    if role in {"holder", "convener"} or (role == "responsible" and trial.name == "planned"):
        return []
    words = [word for word in (SAID if role == "invited" else SAID + NAMES) if word in page]
    number = f"/tilanteet/{trial.situation.pk}/"
    if number in page and role not in {"invited", "receiver"} and name not in INVITED:
        words.append(number)
    return words


def test_nobody_changes_what_is_not_theirs(trial: Scene, clients: dict[str, Client]):
    wrong = []
    before, writings = everything_kept(), touched()
    for name, url in pages_of(trial):
        data, may = PRESSES.get(name, ({}, ""))
        table = SCENES[trial.name][name]
        for role in who_tries(trial, name):
            if role in may.split() or (table is ADMINISTRATION and role == "administrator"):
                continue
            came = answered(clients[role].post(url, data))
            wanted = expected(table, role)
            if wanted == {"-"} and came not in {"-", "!"}:
                wrong.append(f"{name}: POST by {role} got {came}")
            if wanted == {LOGIN} and came not in {LOGIN, "!"}:
                wrong.append(f"{name}: POST by {role} got {came}")
        if (now := touched()) == writings:
            continue
        after, writings = everything_kept(), now
        changed = [table for table in before if before[table] != after[table]]
        if changed:
            wrong.append(f"{name}: somebody who may not changed {', '.join(changed)}")
            before = after
    assert not wrong, "\n".join(wrong)


# These open to their receiver, not to the convener: their looks have tests of their own.
WITHOUT_FAMILY = {"invitation_detail", "handover_answer", "family_plan_pdf", "family_outcome_pdf"}
# They ask for words, and show nothing of whose matter it is.
WITHOUT_FAMILY |= {"contribution_by_link", "contribution_write"}
# It shows a day, and nothing of whose matter it was.
WITHOUT_FAMILY |= {"feedback_link"}
# Asked every two seconds of a page whose look is on record already; twice an hour is enough.
WITHOUT_FAMILY |= {"meeting_screen_news"}
# Its link is another's, and nobody is asked here; the look has a test of its own among the polls'.
WITHOUT_FAMILY |= {"poll_link"}
# Before the door there is nothing to look at yet.
WITHOUT_FAMILY |= {"copy_link", "copy_code", "copy_plan", "copy_plan_pdf", "copy_leave"}
WITHOUT_FAMILY |= {"family_code", "family_code_enter", "family_leave"}


def test_every_look_at_a_familys_matter_is_on_record():
    """Whoever has seen the page, the family sees that they have: once, by name, on their ground."""
    trial, client = scene("invited", everybody()), Client()
    client.force_login(trial.people["holder"])
    comes_in(client, str(trial.values["family"]["token"]))
    looks = AccessLog.objects.filter(family_id=trial.situation.family_id)
    unseen = []
    for name, url in pages_of(trial):
        if name in PAGES or name in WITHOUT_FAMILY or INVITED[name] in ({}, BY_POST):
            continue
        before = looks.count()
        response = client.get(url)
        mine = looks.filter(worker=trial.people["holder"])
        if looks.count() != before + 1 or looks.latest("pk") != mine.latest("pk"):
            unseen.append(f"{name} ({response.status_code})")
    assert not unseen, "no look, or not one, on record: " + ", ".join(unseen)


def test_a_page_that_is_not_shown_leaves_no_look():
    """The log says who has looked, not who has tried."""
    trial, client = scene("invited", everybody()), Client()
    client.force_login(trial.people["other"])
    for name, url in pages_of(trial):
        # A link opens its page to whoever has it, and they are on record by name.
        if name in INVITED and not name.startswith("family_") and name != "invitation_answer":
            client.get(url)
    assert not AccessLog.objects.filter(worker=trial.people["other"]).exists()
