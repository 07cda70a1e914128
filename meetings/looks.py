"""Opening a situation or a meeting: what may be seen, and the look on record, in one transaction."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Consultation, Family
from network.requests import WorkerRequest
from perhekeskus.looks import record_look
from perhekeskus.models import AccessLink, AccessLog
from perhekeskus.models.links import LinkPurpose
from perhekeskus.searching import asks_part

from .models import Contact, Meeting, Situation
from .querysets import Ground


@transaction.atomic
def open_situation(request: WorkerRequest, pk: int, what: str | Promise) -> tuple[Situation, Ground]:
    """The situation and the ground on which this worker sees it; 404 when they may not know of it.

    What an open page asks by itself while somebody types is the same look, on record twice an hour.
    """
    situation, ground = _visible_situation(request, pk)
    if not (asks_part(request) and _looked_lately(request, situation.family_id, what)):
        record_look(worker=request.user, family_id=situation.family_id, what=what, ground=ground.words)
    return situation, ground


@transaction.atomic
def open_meeting(request: WorkerRequest, pk: int, what: str | Promise) -> tuple[Meeting, Ground]:
    """The meeting and the ground on which this worker sees its situation."""
    meeting, ground = _visible_meeting(request, pk)
    record_look(worker=request.user, family_id=meeting.situation.family_id, what=what, ground=ground.words)
    return meeting, ground


# A page that asks for news by itself is one look for so long, and another one after it.
LOOK_LASTS = timedelta(minutes=30)


@transaction.atomic
def look_on(request: WorkerRequest, pk: int, what: str | Promise) -> tuple[Meeting, Ground]:
    """The same for what an open page asks every now and then: by the same rules, on record twice an hour."""
    meeting, ground = _visible_meeting(request, pk)
    family_id = meeting.situation.family_id
    if not _looked_lately(request, family_id, what):
        record_look(worker=request.user, family_id=family_id, what=what, ground=ground.words)
    return meeting, ground


@transaction.atomic
def look_on_situation(request: WorkerRequest, pk: int, what: str | Promise) -> tuple[Situation, Ground]:
    """The same of a situation's open page."""
    situation, ground = _visible_situation(request, pk)
    if not _looked_lately(request, situation.family_id, what):
        record_look(worker=request.user, family_id=situation.family_id, what=what, ground=ground.words)
    return situation, ground


def _visible_situation(request: WorkerRequest, pk: int) -> tuple[Situation, Ground]:
    situation = (
        Situation.objects.visible_to(request.user)
        .filter(pk=pk)
        .select_related("family__municipality", "holder__unit")
        .first()
    )
    ground = Situation.objects.filter(pk=pk).ground_for(request.user) if situation else None
    if situation is None or ground is None:
        raise Http404
    return situation, ground


def _looked_lately(request: WorkerRequest, family_id: int, what: str | Promise) -> bool:
    lately = AccessLog.objects.filter(family_id=family_id, at__gt=timezone.now() - LOOK_LASTS)
    return lately.filter(worker=request.user, what=str(what)).exists()


def _visible_meeting(request: WorkerRequest, pk: int) -> tuple[Meeting, Ground]:
    meeting = (
        Meeting.objects.visible_to(request.user)
        .filter(pk=pk)
        .select_related(
            "situation__family__municipality",
            "situation__holder",
            "convener__unit",
            "room__unit",
            "times_offer",
            "kind",
            "preparation__leading_unit",
        )
        .first()
    )
    ground = Situation.objects.filter(pk=meeting.situation_id).ground_for(request.user) if meeting else None
    if meeting is None or ground is None:
        raise Http404
    return meeting, ground


@transaction.atomic
def open_consultation(request: WorkerRequest, pk: int) -> tuple[Consultation, bool]:
    """The question and whether it is seen from the asker's side; 404 when they may not know of it.

    A look is on record, whether or not it tells the receiver whose matter it is.
    """
    visible = Consultation.objects.visible_to(request.user).filter(pk=pk)
    consultation = visible.with_people().select_related("consent__family").first()
    if consultation is None:
        raise Http404
    asked = Consultation.objects.asked_for(request.user).filter(pk=pk).exists()
    ground: str | Promise = _("perhe antoi luvan kysyä häneltä neuvoa")
    if asked:
        found = Situation.objects.filter(pk=consultation.situation_number).ground_for(request.user)
        ground = found.words if found is not None else ground
    record_look(
        worker=request.user,
        family_id=consultation.consent.family_id,
        what=_("Nimetön neuvonpyyntö") if consultation.is_anonymous else _("Neuvonpyyntö"),
        ground=ground,
    )
    return consultation, asked


@transaction.atomic
def open_contact(request: WorkerRequest, pk: int, what: str | Promise) -> Contact:
    """A family's contact, with the look on record; 404 when they may not know of it."""
    contact = (
        Contact.objects.visible_to(request.user)
        .filter(pk=pk)
        .select_related("municipality", "unit", "picked_up_by", "written_by", "situation")
        .first()
    )
    if contact is None:
        raise Http404
    record_look(
        worker=request.user,
        contact_id=contact.pk,
        family_id=contact.situation.family_id if contact.situation is not None else None,
        what=what,
        ground=GUIDANCE
        if contact.picked_up_by_id != request.user.pk
        else _("otti yhteydenoton vastattavakseen"),
    )
    return contact


GUIDANCE = _("perhe otti yhteyttä ohjaus- ja neuvontapalveluun")
OWN_LINK = _("perheen oma linkki")


def family_of(token: str) -> Family | None:
    """The family whose own link this is, not yet looked at; None when the link opens nothing."""
    link = AccessLink.objects.opened_by(LinkPurpose.FAMILY, token)
    if link is None:
        return None
    return Family.objects.select_related("municipality", "link").filter(link=link).first()


@transaction.atomic
def open_family(request: HttpRequest, family: Family, what: str | Promise) -> None:
    """Write down a look at the family's own page, behind its door.

    A worker who is signed in and has come in by the family's code is on record by name.
    """
    record_look(
        family_id=family.pk,
        what=what,
        worker=request.user if request.user.is_authenticated else None,
        who=_("perhe omalla sivullaan"),
        ground=OWN_LINK,
    )


def looks_of_others(family: Family) -> QuerySet[AccessLog]:
    """Every look but the family's own: by somebody with an account, or by the link of an invitation."""
    return AccessLog.objects.filter(_of(family)).exclude(_own()).order_by("-at", "-pk")


def _of(family: Family) -> Q:
    """The looks at a family's matters, and at its contact before it was on record."""
    contacts = Contact.objects.filter(situation__family=family).order_by().values("pk")
    return Q(family_id=family.pk) | Q(family_id=None, contact_id__in=contacts)


def own_looks(family: Family) -> QuerySet[AccessLog]:
    """The looks on the family's own page."""
    return AccessLog.objects.filter(_own(), family_id=family.pk).order_by("-at", "-pk")


def _own() -> Q:
    # Looks are written in the house's language, in whichever language they are asked for.
    with translation.override(settings.LANGUAGE_CODE):
        return Q(worker__isnull=True, ground=str(OWN_LINK))
