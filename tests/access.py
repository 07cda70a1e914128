"""One family's matter in two scenes, and everybody who could try to look at it."""

from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from meetings.actions import calendars, handovers, permissions
from meetings.actions.absences import add_absence
from meetings.models import CallDraft, Contact, ExternalCalendar, Situation
from network.actions import adoption, consents, feedback, forums, grievances
from network.models import Area, DirectoryImport, Municipality, Worker, WorkerPhoto
from network.states import Adoption, ConsentMethod, ConsentPurpose, GrievanceTheme
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.states import MessageState
from plans.models import Plan, ResponsibilityHandover
from plans.states import ToldHow
from tests.factories import (
    ClosePersonFactory,
    ContactRuleFactory,
    MunicipalityFactory,
    RoomFactory,
    TeamFactory,
    WorkerFactory,
    a_bulletin,
    a_child_view,
    a_draft,
    a_group,
    a_group_meeting,
    a_held_meeting,
    a_situation,
    an_invited_forum,
    an_invited_meeting,
    an_offered_handover,
    invited,
    next_weekday,
    with_conversation,
)
from tests.factories.consultations import an_asked_consultation
from tests.factories.contacts import a_contact
from tests.factories.plans import a_copy_by_link, a_copy_on_paper, a_guardian, an_agreed_plan
from tests.factories.reports import a_report, a_report_receiver

# Those who sign in, and those who come without an account: a stranger who has got hold of the links, and the
# family, which has also typed the code of its own pages.
SIGNED_IN = (
    "other",
    "holder",
    "convener",
    "receiver",
    "adviser",
    "invited",
    "removed",
    "responsible",
    "coordinator",
    "guidance",
    "administrator",
)
WITHOUT_ACCOUNT = ("nobody", "family")
ROLES = (*WITHOUT_ACCOUNT, *SIGNED_IN)


@dataclass
class Scene:
    """The people by role, and the value of each part of a URL by URL name."""

    name: str
    people: dict[str, Worker]
    situation: Situation
    values: dict[str, dict[str, object]] = field(default_factory=dict)

    def url_arguments(self, name: str, parameters: set[str]) -> dict[str, object]:
        values = self.values.get(name) or self.values.get(name.split("_")[0]) or {}
        return {key: values[key] for key in parameters}


def everybody() -> dict[str, Worker]:
    flags = {"coordinator": True, "administrator": True, "guidance": True}
    return {
        role: WorkerFactory(last_name=role.capitalize(), **({role: True} if role in flags else {}))
        for role in SIGNED_IN
    }


def scene(name: str, people: dict[str, Worker]) -> Scene:
    """In "invited" the invitations are out; in "planned" the shared time was held and the plan agreed."""
    guests = [people["invited"], people["removed"], people["responsible"]]
    situation = with_conversation(a_situation(by=people["convener"]))
    meeting = an_invited_meeting(
        people=guests, situation=situation, period=next_weekday(days=7 if name == "invited" else 14)
    )
    plan = copied = paper = None
    mine, removed, responsible = (invited(meeting, number) for number in range(3))
    permissions.withdraw(consent=removed.consent, by=None)
    meeting.refresh_from_db()
    if name == "planned":
        meeting = a_held_meeting(meeting=meeting)
        plan = an_agreed_plan(meeting=meeting, responsible=people["responsible"])
        copied, paper = a_copy_by_link(plan), a_copy_on_paper(plan)
    asked = meeting.feedback_receipts.exclude(link=None).select_related("link").first()
    # Seen as the plan's responsible worker only, not as an invited one.
    permissions.withdraw(consent=responsible.consent, by=None)
    handovers.accept(
        handover=an_offered_handover(situation=situation, to=people["holder"]), by=people["holder"]
    )
    situation.refresh_from_db()
    handover = an_offered_handover(situation=situation, to=people["receiver"])
    situation = Situation.objects.select_related("family__link").get(pk=situation.pk)
    consultation = an_asked_consultation(
        situation=situation, to=people["adviser"], question="Miten aamuihin saisi rauhaa?"
    )
    message = Message.objects.create(
        kind="family_time",
        occasion=f"trial:{situation.pk}",
        channel=Channel.EMAIL,
        recipient="perhe@demo.example",
        about_id=meeting.pk,
        owner=people["holder"],
        state=MessageState.GIVEN_UP,
    )
    absence = add_absence(by=people["other"], first=timezone.localdate(), last=timezone.localdate())
    WorkerPhoto.objects.get_or_create(worker=people["other"], defaults={"jpeg": b"jpeg"})
    child_view = a_child_view(situation=situation)
    area, _is_new = Area.objects.get_or_create(name="Savon alue")
    of_groups = _of_groups(people)
    token = situation.family.link.token
    close_person = ClosePersonFactory(family=situation.family, name="Läheinen Lempi")
    rule = ContactRuleFactory(is_public=True)
    team = TeamFactory(members=[people["responsible"]])
    file = DirectoryImport.objects.create(
        kind="organisations", file_name="organisaatiot.csv", uploaded_by=people["administrator"]
    )
    return Scene(
        name=name,
        people=people,
        situation=situation,
        values={
            "situation": {"pk": situation.pk},
            "conversation_record": {"pk": situation.pk},
            "child_view_write": {"pk": situation.pk, "child": child_view.child_id},
            "child_view_remove": {"pk": situation.pk, "view": child_view.pk},
            "child_drawing": {"key": child_view.drawing.key},
            "family_child_view_remove": {"token": token, "pk": child_view.pk},
            "family_child_drawing": {"token": token, "key": child_view.drawing.key},
            "conversation": {"pk": situation.pk, "talk": situation.conversations.get().pk},
            "handover_offer": {"pk": situation.pk},
            "supervised": {"pk": situation.pk},
            "handover": {"pk": handover.pk},
            "consultation": {"pk": consultation.pk},
            "consultation_ask": {"pk": situation.pk},
            "meeting_convene": {"pk": situation.pk},
            "meeting": {"pk": meeting.pk},
            "meeting_dialogue_turn": {"pk": meeting.pk, "turn": 0, "step": 1},
            "meeting_dialogue_turn_save": {"pk": meeting.pk, "turn": 0, "step": 1},
            "permission_withdraw": {"pk": mine.consent.pk},
            "family": {"token": token, "pk": mine.consent.pk},
            "family_close_person": {"token": token, "pk": close_person.pk},
            "situation_close_person": {"pk": situation.pk, "person": close_person.pk},
            "feedback": {"token": asked.link.token if asked else "ei-viela"},
            "poll": {"pk": 0, "token": "ei-viela"},
            "invitation_answer": {"token": mine.invitation.link.token},
            "invitation_detail": {"pk": mine.invitation.pk},
            "contribution_by_link": {"token": mine.invitation.link.token},
            "contribution_write": {"pk": mine.invitation.pk},
            "invited": {"pk": mine.pk},
            "plan_edit": {"pk": situation.pk},
            "plan_save": {"pk": situation.pk, "version": 1},
            "plan_review_save": {"pk": plan.pk if plan else 0, "side": "perhe"},
            "plan_review": {"pk": plan.pk if plan else 0, "side": "tyontekijat"},
            "plan": {"pk": plan.pk if plan else 0},
            "copy": {"token": copied.link.token if copied else "ei-viela"},
            "plan_copy_pdf": {"pk": plan.pk if plan else 0, "copy": paper.pk if paper else 0},
            "responsibility_offer": {"pk": plan.pk if plan else 0},
            "responsibility": {"pk": _offered_responsibility(plan, people["receiver"]) if plan else 0},
            "contact": {"pk": plan.contacts.get().pk if plan else 0},
            "message": {"pk": message.pk},
            "demo": {"pk": 1, "number": 1},
            "calendar": {"token": calendars.open_feed(by=people["holder"])},
            "external": {"pk": _own_calendar(people["other"]).pk},
            "worker": {"pk": people["other"].pk},
            "absence": {"pk": absence.pk},
            "adoption": {
                "code": situation.family.municipality_id,
                "pk": _stage_of(people["coordinator"], situation.family.municipality),
            },
            "count_table": {"name": "neuvot", "form": "csv"},
            "area": {"pk": area.pk},
            "kind": {"code": "myr"},
            "count_report_receiver": {"pk": a_report_receiver().pk},
            "count_report_paper": {"pk": a_report().pk, "language": "fi"},
            "room": {"pk": RoomFactory().pk},
            "look": {"pk": people["holder"].pk},
            "municipality": {"code": situation.family.municipality_id},
            "organisation": {"pk": people["other"].unit.organisation_id},
            "unit_create": {"pk": people["other"].unit.organisation_id},
            "unit": {"pk": people["other"].unit_id},
            "need": {"pk": rule.need_id},
            "contacts": {"pk": rule.pk, "code": rule.municipality_id, "need": rule.need_id},
            "meeting_propose": {"kind": "worker", "key": people["other"].pk},
            "team": {"pk": team.pk, "worker": people["responsible"].pk},
            "call": {"key": _call_of(people["guidance"]).form_key},
            "incoming": {"pk": _contact_to(people["guidance"]).pk},
            "reach": {"word": _town_of(people["guidance"]).address_word, "code": "K7QF-2MTD-9XHB"},
            "help": {"word": rule.municipality.address_word},
            "import": {"pk": file.pk},
            "directory_export": {"kind": "organisations", "file": "csv"},
            "account": {"key": "abc", "uidb36": "1"},
            **of_groups,
            "mfa_remove_webauthn": {"pk": 1},
            "mfa_edit_webauthn": {"pk": 1},
        },
    )


def _offered_responsibility(plan: Plan, to: Worker) -> int:
    """The family has named the receiver as its next responsible worker; the permission lets in nobody yet."""
    family = plan.situation.family
    consent = consents.give(
        family=family,
        to=to,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method=ConsentMethod.PHONE,
        given_by=a_guardian(plan),
        by=plan.situation.holder,
    )
    return ResponsibilityHandover.objects.create(
        plan=plan,
        from_worker=plan.responsible_workers.get().worker,
        to_worker=to,
        why="Työ vaihtuu.",
        family_told_on=timezone.localdate(),
        family_told_how=ToldHow.PHONE,
        consent=consent,
        offered_by=plan.situation.holder,
    ).pk


def _town_of(guide: Worker) -> Municipality:
    """A municipality whose families the guidance worker's unit answers."""
    town = MunicipalityFactory(code="997", name_fi="Kaavi", guidance_unit=guide.unit)
    if town.guidance_unit_id is None:
        town.guidance_unit = guide.unit
        town.save()
    return town


def _call_of(guide: Worker) -> CallDraft:
    return CallDraft.objects.create(writer=guide, words="Puhelu, joka on kesken.")


def _contact_to(guide: Worker) -> Contact:
    _town_of(guide)
    return a_contact(unit=guide.unit)


def _of_groups(people: dict[str, Worker]) -> dict[str, dict[str, object]]:
    """A group that the guidance worker chairs, its meeting and bulletins; a forum; what two have written."""
    chair, boss, other = people["guidance"], people["coordinator"], people["other"]
    group = a_group(chair=chair, members=(other,))
    draft, forum = a_draft(by=chair, group=group), an_invited_forum(by=boss)
    need = forums.record_need(by=other, text="Tiedonkulku", municipality=group.municipality, forum=forum)
    grievance = grievances.record(
        by=other, municipality=group.municipality, theme=GrievanceTheme.DISTANCE, text="Bussi ei kulje."
    )
    feedback_given = feedback.give(to=chair, by=other, text="Kokoukset alkavat myöhässä.")
    return {
        "group": {"pk": group.pk},
        **{
            f"group_meeting_{page}": {"pk": a_group_meeting(group=group, by=chair, days=days).pk}
            for days, page in enumerate(("detail", "edit", "memo", "approve", "cancel"), 7)
        },
        **{
            f"bulletin_{page}": {"pk": draft.pk} for page in ("check", "edit", "audience", "units", "discard")
        },
        "bulletin": {"pk": a_bulletin(by=chair, group=group).pk},
        "forum": {"pk": forum.pk},
        "development": {"pk": need.pk},
        "grievance": {"pk": grievance.pk},
        "thanks": {"pk": other.pk},
        "peer_feedback_give": {"pk": other.pk},
        "peer_feedback_detail": {"pk": feedback_given.pk},
    }


def _stage_of(boss: Worker, municipality: Municipality) -> int:
    return adoption.record(
        by=boss, municipality=municipality, stage=Adoption.TRIAL, since=timezone.localdate()
    ).pk


def _own_calendar(worker: Worker) -> ExternalCalendar:
    calendar = ExternalCalendar(worker=worker)
    calendar.address = f"https://kalenteri.example/{worker.pk}.ics"
    calendar.save()
    return calendar


# Tables that a look or a visit may write to.
NOTEBOOKS = {"perhekeskus_accesslog", "django_session"}


def touched() -> dict[str, int]:
    """How many times a row of each table has been written in this transaction, undone writings too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {table: times for table, times in cursor.fetchall() if table not in NOTEBOOKS}


def everything_kept() -> dict[str, str]:
    """A digest of every row of each table, but for the notebooks."""
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.db_table not in NOTEBOOKS and model._meta.managed and not model._meta.proxy
    ]
    digest = "SELECT '{0}', coalesce(md5(string_agg(kept::text, '' ORDER BY kept::text)), '') FROM {0} kept"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(digest.format(table) for table in tables))
        return dict(cursor.fetchall())


def all_urls(patterns=None) -> list[URLPattern]:
    """Every page of the URL configuration, those of the libraries too."""
    found: list[URLPattern] = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        found += all_urls(one.url_patterns) if isinstance(one, URLResolver) else [one]
    return found
