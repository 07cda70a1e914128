"""A worker's card, and one's own: what the others see, and what one keeps oneself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from perhekeskus import words
from perhekeskus.refusals import Refused

from ..actions import cards as actions
from ..cards import is_old, rows_of
from ..forms.cards import PhotoForm, ProfileForm
from ..models import Thanks, Worker, WorkerPhoto
from ..reaching import ways
from ..requests import WorkerRequest
from ..rules.feedback import why_not_write_to
from ..sorting import finnish
from ..states import SpokenLanguage


def languages_in_words(codes: list[str]) -> str:
    """The languages in their common order: "suomi, ruotsi ja viro"."""
    return words.listed(label for code, label in SpokenLanguage.choices if code in codes)


def _photo_url(worker: Worker) -> str:
    """The photograph's address; a changed photograph has another, so that no old one is shown."""
    photo = getattr(worker, "photo", None)
    if photo is None:
        return ""
    return f"{reverse('worker_photo', args=[worker.pk])}?v={int(photo.changed_at.timestamp())}"


def _contact(worker: Worker) -> list[dict]:
    """How to reach a worker, and where they belong; what is not known is left out."""
    unit = worker.unit
    rows = [
        {
            "term": _("Puhelin"),
            "text": words.telephone(worker.phone),
            "url": worker.phone and worker.phone.as_rfc3966,
        },
        {"term": _("Sähköposti"), "text": worker.email, "url": f"mailto:{worker.email}"},
        {"term": _("Tavoittaa parhaiten"), "text": worker.reachable},
        {
            "term": _("Yksikkö"),
            "text": f"{unit.name}, {unit.municipality}",
            "url": reverse("unit_detail", args=[unit.pk]),
        },
        {
            "term": _("Organisaatio"),
            "text": f"{unit.organisation}, {unit.organisation.get_sector_display()}",
        },
        {"term": _("Tiimi"), "text": words.listed(worker.teams.all())},
        {"term": _("Kielet"), "text": languages_in_words(worker.languages)},
        *({"term": row.term, "text": row.text, "url": row.url} for row in rows_of(worker)),
    ]
    return [row for row in rows if row["text"]]


def _availability(worker: Worker) -> list[dict[str, str]]:
    chips = []
    if worker.works_with_families and worker.available_for_consultation:
        chips.append({"text": _("häneltä voi kysyä neuvoa"), "tone": "ok"})
    if worker.works_with_families and worker.available_for_shared_times:
        chips.append({"text": _("hänet voi kutsua yhteiseen aikaan"), "tone": "ok"})
    return chips


def worker_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One worker's card."""
    worker = get_object_or_404(
        Worker.objects.visible_to(request.user).select_related(
            "unit__municipality", "unit__organisation", "photo"
        ),
        pk=pk,
    )
    return render(
        request,
        "network/worker_detail.html",
        {
            "worker": worker,
            "is_me": worker == request.user,
            "lead": f"{worker.title}, {worker.unit}" if worker.title else str(worker.unit),
            "photo_url": _photo_url(worker),
            "availability": _availability(worker),
            "contact": _contact(worker),
            "ways": ways(request.user, worker) if worker.is_active else [],
            "expertise": list(worker.expertise.order_by(finnish("name"))),
            "may_write": why_not_write_to(request.user, worker) is None,
            "thanks": Thanks.objects.visible_to(request.user).filter(to_worker=worker).count()
            if worker == request.user
            else 0,
            "confirmed": words.day(worker.card_confirmed_at)
            if worker.card_confirmed_at and not is_old(worker)
            else "",
            "breadcrumb": [
                {"label": _("Verkosto"), "url": reverse("directory")},
                {"label": worker.name},
            ],
        },
    )


@require_safe
def worker_photo(request: WorkerRequest, pk: int) -> HttpResponse:
    """A worker's photograph, for those who are signed in."""
    photo = get_object_or_404(WorkerPhoto.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(bytes(photo.jpeg), content_type="image/jpeg")
    patch_cache_control(response, private=True, max_age=86_400)
    return response


def profile(request: WorkerRequest) -> HttpResponse:
    """One's own card: what the others see, and what one may change oneself."""
    # A copy: a refused form must not change the name and unit that the page's header shows.
    worker = get_object_or_404(
        Worker.objects.visible_to(request.user).select_related("photo"), pk=request.user.pk
    )
    card = reverse("worker_detail", args=[worker.pk])
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=worker, cancel_url=card)
    if form.is_bound and form.is_valid():
        try:
            actions.keep_card(by=request.user, fields=form.cleaned_data, seen=form.cleaned_data["seen"])
        except Refused as refused:
            form.refuse(str(refused))
        else:
            messages.success(request, _("Korttisi on tallennettu."))
            return redirect(card)
    return render(
        request,
        "network/profile.html",
        {
            "form": form,
            "is_old": is_old(request.user),
            "photo_url": _photo_url(worker),
            "unit_url": reverse("unit_update", args=[request.user.unit_id])
            if request.user.is_unit_editor
            else "",
            "summary": [
                {"term": _("Nimi"), "text": request.user.name},
                {"term": _("Sähköposti"), "text": request.user.email},
                {"term": _("Ammattinimike"), "text": request.user.title},
                {"term": _("Työpaikka"), "text": str(request.user.unit)},
            ],
        },
    )


@require_POST
def profile_confirm(request: WorkerRequest) -> HttpResponse:
    """One's card is as it should be."""
    actions.confirm_card(by=request.user)
    messages.success(request, _("Kiitos! Korttisi on vahvistettu tälle päivälle."))
    return redirect("worker_detail", request.user.pk)


def profile_photo(request: WorkerRequest) -> HttpResponse:
    """One's own photograph."""
    back = reverse("profile")
    worker = get_object_or_404(
        Worker.objects.visible_to(request.user).select_related("photo"), pk=request.user.pk
    )
    is_sent = request.method == "POST"
    form = PhotoForm(request.POST if is_sent else None, request.FILES if is_sent else None, cancel_url=back)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["photo"]
        try:
            actions.set_photo(by=request.user, file=file, size=file.size)
        except Refused as refused:
            form.add_error("photo", str(refused))
        else:
            messages.success(request, _("Kuvasi on tallennettu."))
            return redirect(back)
    return render(
        request,
        "network/profile_photo.html",
        {
            "form": form,
            "photo_url": _photo_url(worker),
            "breadcrumb": [{"label": _("Oma kortti"), "url": back}, {"label": _("Valokuva")}],
        },
    )


@require_POST
def profile_photo_remove(request: WorkerRequest) -> HttpResponse:
    """Take one's photograph away."""
    actions.remove_photo(by=request.user)
    messages.success(request, _("Kuvasi on poistettu."))
    return redirect("profile")
