"""The family writes to us, without an account: the form, the code, and the page that the code opens."""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.contacts import municipality_at
from network.help import guidance_of
from network.models import Municipality, Worker
from perhekeskus import words
from perhekeskus.limits import asked_too_often, visitor_of
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import contacts as actions
from ..answer_clock import answer_time_in_words, latest_in_words
from ..forms.reach_us import CodeOfContactForm, HomeTownForm, MessageOfFamilyForm, ReachUsForm
from ..models import Contact
from ..rules.contacts import why_not_message, why_not_withdraw
from ..states import ContactReach, ContactStatus

HOUR = 3600
# What this browser follows, and since when nobody has been there.
FOLLOWED = "contact_followed"
METHODS = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def reach_us(request: HttpRequest) -> HttpResponse:
    """Choose where one lives: the guidance service of that municipality answers."""
    form = HomeTownForm(request.GET if "municipality" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("reach_us_write", form.cleaned_data["municipality"].address_word)
    return render(request, "meetings/reach_us.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@METHODS
def reach_us_write(request: HttpRequest, word: str) -> HttpResponse:
    """The form itself."""
    municipality = _town(word)
    form = ReachUsForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if _is_flood(request):
                form.add_error(
                    None,
                    _(
                        "Yhteydenottoja on tullut juuri nyt hyvin paljon. Odota hetki ja lähetä uudelleen,"
                        " tai soita."
                    ),
                )
                status = 429
            else:
                contact = form.save(commit=False)
                contact.municipality = municipality
                try:
                    contact = actions.send(contact=contact, form_key=form.cleaned_data["form_key"])
                except Refused as refused:
                    form.add_error(None, str(refused))
                else:
                    _follow(request, contact)
                    return redirect("reach_us_sent")
    return render(
        request,
        "meetings/reach_us_write.html",
        {
            "form": form,
            "municipality": municipality,
            "guidance": guidance_of(municipality),
            "when": answer_time_in_words(),
        },
        status=status,
    )


def _town(word: str) -> Municipality:
    municipality = municipality_at(word)
    if municipality is None or municipality.guidance_unit_id is None:
        raise Http404
    return municipality


def _is_flood(request: HttpRequest) -> bool:
    """More than one home sends in an hour, or more than all of them do."""
    one = asked_too_often(f"contacts:{visitor_of(request)}", most=settings.CONTACTS_PER_HOUR, seconds=HOUR)
    everybody = asked_too_often("contacts", most=settings.CONTACTS_PER_HOUR_OF_ALL, seconds=HOUR)
    return one or everybody


# --- following it ------------------------------------------------------------------------------------


def _follow(request: HttpRequest, contact: Contact) -> None:
    request.session.cycle_key()
    request.session[FOLLOWED] = {"contact": contact.pk, "seen": int(time.time())}


def _followed(request: HttpRequest) -> Contact | None:
    """The contact that this browser has given the code of, unless it has been away for too long."""
    kept = request.session.get(FOLLOWED)
    if not kept or time.time() - kept["seen"] > settings.FAMILY_IDLE_MINUTES * 60:
        return None
    if (found := Contact.objects.opened_by_code(kept["contact"])) is not None:
        request.session[FOLLOWED] = {"contact": found.pk, "seen": int(time.time())}
    return found


def followed(view: Callable[[HttpRequest, Contact], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the contact whose code was given in this browser; else the code is asked for."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        contact = _followed(request)
        if contact is None:
            return redirect("reach_us_follow")
        # The base template shows the way out.
        request.leave_url = reverse("reach_us_leave")  # type: ignore[attr-defined]
        return view(request, contact)

    return opened


@require_safe
@followed
def reach_us_sent(request: HttpRequest, contact: Contact) -> HttpResponse:
    """It has come: the code, and what happens next."""
    return render(
        request,
        "meetings/reach_us_sent.html",
        {
            "code": contact.code,
            "by": latest_in_words(contact.answer_by),
            "how": _how(contact),
            # What is said to happen happens: somewhere there is nobody above to be told.
            "has_supervisor": Worker.objects.supervisors_of(contact.unit).exists(),
            "follow_url": settings.BASE_URL + reverse("reach_us_follow"),
            "guidance": guidance_of(contact.municipality),
        },
    )


def _how(contact: Contact) -> str:
    match contact.reach:
        case ContactReach.PHONE:
            return _("Soitamme sinulle numeroon, jonka annoit.")
        case ContactReach.SMS:
            return _("Saat tekstiviestin, kun vastaus on luettavissa.")
        case ContactReach.EMAIL:
            return _("Saat sähköpostin, kun vastaus on luettavissa.")
    return _("Vastaus tulee sivulle, jonka koodisi avaa.")


@login_not_required
@METHODS
def reach_us_follow(request: HttpRequest) -> HttpResponse:
    """Type the code."""
    form = CodeOfContactForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _enter(request, form.cleaned_data["code"], form)
    return render(
        request, "meetings/reach_us_follow.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_not_required
@require_safe
def reach_us_follow_link(request: HttpRequest, code: str) -> HttpResponse:
    """The code in a letter's link."""
    return _enter(request, code, CodeOfContactForm({"code": code}))


def _enter(request: HttpRequest, code: str, form: CodeOfContactForm) -> HttpResponse:
    visitor = f"contact-codes:{visitor_of(request)}"
    form.is_valid()
    status = 422
    if asked_too_often(visitor, most=settings.CONTACT_CODE_TRIES_PER_HOUR, seconds=HOUR):
        form.add_error("code", _("Koodia on kokeiltu monta kertaa. Odota tunti, tai soita meille."))
        status = 429
    elif (contact := Contact.objects.followed_by(code)) is not None:
        _follow(request, contact)
        return redirect("reach_us_own")
    else:
        form.add_error("code", _("Koodilla ei löydy yhteydenottoa. Tarkista merkit."))
    return render(request, "meetings/reach_us_follow.html", {"form": form}, status=status)


@METHODS
@followed
def reach_us_own(request: HttpRequest, contact: Contact) -> HttpResponse:
    """How it stands, what was answered, and one more word. What was written first is not shown again."""
    form = MessageOfFamilyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_message(
                contact=contact, text=form.cleaned_data["text"], form_key=form.cleaned_data["form_key"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Viestisi on lähetetty."))
            return redirect("reach_us_own")
    return render(
        request,
        "meetings/reach_us_own.html",
        {
            "state": _state_in_words(contact),
            "sent_at": words.moment(contact.received_at),
            "thread": [
                {
                    "who": _("Sinä") if one.by is None else f"{one.by.first_name}, {one.by.title}",
                    "when": words.moment(one.at),
                    "text": one.text,
                }
                for one in contact.messages.select_related("by")
            ],
            "form": form if not why_not_message(contact) else None,
            "can_withdraw": not why_not_withdraw(contact),
            "guidance": guidance_of(contact.municipality),
        },
        status=422 if form.is_bound else 200,
    )


def _state_in_words(contact: Contact) -> dict[str, str]:
    """A heading and a sentence. A time is promised only while it can be kept."""
    if contact.status == ContactStatus.WITHDRAWN:
        return {
            "title": _("Peruit yhteydenoton"),
            "text": _(
                "Viestisi, saamasi vastaukset ja yhteystietosi on poistettu."
                " Voit ottaa yhteyttä uudelleen, milloin haluat."
            ),
        }
    if contact.status == ContactStatus.CLOSED:
        return {
            "title": _("Yhteydenotto on käsitelty"),
            "text": _("Jos asia mietityttää yhä, ota yhteyttä uudelleen tai soita meille."),
        }
    if contact.status == ContactStatus.ANSWERED:
        return {
            "title": _("Sinulle on vastattu"),
            "text": _("Voit jatkaa keskustelua tällä sivulla tai puhelimessa."),
        }
    if contact.answer_by <= timezone.now():
        return {
            "title": _("Vastaus on myöhässä, anteeksi"),
            "text": _("Muistutamme työntekijöitämme asiasta. Jos et halua odottaa, soita meille."),
        }
    by = _("Vastaamme viimeistään %(moment)s.") % {"moment": latest_in_words(contact.answer_by)}
    if contact.status == ContactStatus.PICKED_UP:
        return {"title": _("Joku on ottanut asiasi"), "text": by}
    return {"title": _("Viestisi on perillä"), "text": by}


@METHODS
@followed
def reach_us_withdraw(request: HttpRequest, contact: Contact) -> HttpResponse:
    """Take it back, after a second look."""
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.withdraw(contact=contact)
            messages.success(request, _("Yhteydenotto on peruttu."))
        return redirect("reach_us_own")
    return render(request, "meetings/reach_us_withdraw.html", {})


@login_not_required
@require_POST
def reach_us_leave(request: HttpRequest) -> HttpResponse:
    """Forget the contact in this browser."""
    request.session.pop(FOLLOWED, None)
    messages.success(request, _("Sivu on suljettu. Pääset takaisin koodillasi."))
    return redirect("reach_us_follow")
