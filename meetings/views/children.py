"""Pages of a child's own view: writing it down, its drawing, taking it away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from network.models import Family
from network.requests import WorkerRequest
from network.states import MemberRole
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import children as actions
from ..child_views import rows_of
from ..forms.children import TEENS, ChildViewForm
from ..looks import open_situation
from ..models import ChildDrawing, ChildView
from ..rules import children as rules
from ..states import MeetingStatus
from ..waiting import number_of
from .by_link import family_page

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
def child_view_write(request: WorkerRequest, pk: int, child: int) -> HttpResponse:
    """Write down what one child told, showed or drew."""
    situation, ground = open_situation(request, pk, _("Lapsen näkemyksen kirjaaminen"))
    if not ground.opens_all:
        return redirect(situation)
    if refused := rules.why_not_write(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    one = get_object_or_404(situation.family.members.filter(role=MemberRole.CHILD), pk=child)
    gone = [MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD]
    meeting = situation.meetings.exclude(status__in=gone).order_by("-pk").first()
    is_sent = request.method == "POST"
    form = ChildViewForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        child=one,
        meeting=meeting,
        back_url=situation.get_absolute_url(),
    )
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["drawing"]
        try:
            actions.write(
                situation=situation,
                by=request.user,
                view=form.save(commit=False),
                drawing=file,
                size=file.size if file else 0,
                form_key=form.cleaned_data["form_key"],
            )
        except Refused as refused:
            form.add_error("drawing" if file else None, str(refused))
        else:
            messages.success(request, _("Lapsen näkemys on tallennettu."))
            return redirect(f"{situation.get_absolute_url()}#lapset")
    if form.is_bound:
        form.ask_for_the_picture_again()
    return render(
        request,
        "meetings/child_view_write.html",
        {
            "form": form,
            "situation": situation,
            "situation_title": number_of(situation),
            "title": _("Mitä %(name)s kertoo") % {"name": one.first_name},
            "is_young": (one.age or 0) < TEENS,
            "holder": situation.holder.name,
        },
        status=422 if form.is_bound else 200,
    )


@METHODS
def child_view_remove(request: WorkerRequest, pk: int, view: int) -> HttpResponse:
    """A second look, then it is taken away for good."""
    situation, ground = open_situation(request, pk, _("Lapsen näkemyksen poistaminen"))
    if not ground.opens_all:
        return redirect(situation)
    one = situation.child_views.select_related("child", "written_by").filter(pk=view).first()
    if one is None:
        messages.info(request, _("Lapsen näkemys on jo poistettu."))
        return redirect(situation)
    one.situation = situation
    if refused := rules.why_not_remove(request.user, one):
        messages.error(request, str(refused))
        return redirect(situation)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove(view=one, by=request.user)
            messages.success(request, _("Lapsen näkemys on poistettu."))
        return redirect(situation)
    return render(
        request,
        "meetings/child_view_remove.html",
        {
            "situation": situation,
            "situation_title": number_of(situation),
            "rows": rows_of([one], drawing_url=_address, remove_url=_no_address),
        },
    )


@require_safe
def child_drawing(request: WorkerRequest, key: str) -> HttpResponse:
    """A drawing, for those who see all of its family's matters; each look at it is on record."""
    drawing = ChildDrawing.objects.visible_to(request.user).filter(key=key).select_related("view").first()
    if drawing is None:
        raise Http404
    open_situation(request, drawing.view.situation_id, _("Lapsen piirros"))
    return _picture(drawing)


@require_safe
@family_page(gettext_lazy("Lapsen näkemys"))
def family_child_views(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """What our children have told, and taking it away."""
    views = ChildView.objects.with_drawings().filter(situation__family=family)
    return render(
        request,
        "meetings/family_child_views.html",
        {
            "rows": rows_of(
                views,
                drawing_url=lambda drawing: reverse("family_child_drawing", args=[token, drawing.key]),
                remove_url=lambda view: reverse("family_child_view_remove", args=[token, view.pk]),
            ),
            "home_url": reverse("family_home", args=[token]),
        },
    )


@METHODS
@family_page(gettext_lazy("Lapsen näkemyksen poistaminen"))
def family_child_view_remove(request: HttpRequest, family: Family, token: str, pk: int) -> HttpResponse:
    """The family takes away what a child told: at once and for good."""
    back = reverse("family_child_views", args=[token])
    views = ChildView.objects.with_drawings().select_related("situation")
    one = views.filter(situation__family=family, pk=pk).first()
    if one is None:
        messages.info(request, _("Tämä on jo poistettu."))
        return redirect(back)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove(view=one, by=None)
            messages.success(request, _("Poistimme sen. Kukaan ei enää näe sitä."))
        return redirect(back)
    rows = rows_of(
        [one],
        drawing_url=lambda drawing: reverse("family_child_drawing", args=[token, drawing.key]),
        remove_url=_no_address,
    )
    return render(request, "meetings/family_child_view_remove.html", {"rows": rows, "back_url": back})


@require_safe
@family_page(gettext_lazy("Lapsen piirros"))
def family_child_drawing(request: HttpRequest, family: Family, token: str, key: str) -> HttpResponse:
    """A drawing of our child's."""
    drawings = ChildDrawing.objects.filter(view__situation__family=family)
    return _picture(get_object_or_404(drawings, key=key))


def _picture(drawing: ChildDrawing) -> HttpResponse:
    """The picture itself, kept by no browser."""
    response = HttpResponse(bytes(drawing.jpeg), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _address(drawing: ChildDrawing) -> str:
    return reverse("child_drawing", args=[drawing.key])


def _no_address(view: ChildView) -> str:
    return ""
