"""The family's permissions: which are in force, and taking one back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from network.givers import marks, who_decides
from network.models import Consent, Family
from network.states import OPEN_INVITATIONS, ConsentPurpose
from perhekeskus import words
from perhekeskus.refusals import refusals_as_messages

from ..actions.permissions import withdraw
from ..people import shown_name
from .by_link import family_page
from .family import permission_rows


@require_safe
@family_page(gettext_lazy("Perheen luvat"))
def family_permissions(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Every permission in force, each with the way to take it back; who gives them, and who has marked so."""
    rows = permission_rows(family)
    for row in rows:
        row["url"] = reverse("family_permission_withdraw", args=[token, row["pk"]])
    return render(
        request,
        "meetings/family_permissions.html",
        {
            "rows": rows,
            "who_decides": who_decides(family),
            "marks": marks(family),
            "advice_url": reverse("family_consultations", args=[token]),
            "home_url": reverse("family_home", args=[token]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@family_page(gettext_lazy("Luvan peruminen"))
def family_permission_withdraw(request: HttpRequest, family: Family, token: str, pk: int) -> HttpResponse:
    """A second look, then the permission is taken back."""
    consent = family.consents.with_receivers().filter(pk=pk).first()
    if consent is None:
        raise Http404
    back = reverse("family_permissions", args=[token])
    if not consent.is_in_force:
        messages.info(request, _("Tämä lupa on jo peruttu."))
        return redirect(back)
    was_invited = consent.invitations.filter(status__in=OPEN_INVITATIONS).exists()
    if request.method == "POST":
        with refusals_as_messages(request):
            withdraw(consent=consent, by=None)
            messages.success(request, _done(consent, was_invited=was_invited))
        return redirect(back)
    return render(
        request,
        "meetings/family_permission_withdraw.html",
        {
            "name": shown_name(consent, family),
            "since": words.day(consent.given_at),
            "consequences": _consequences(consent, was_invited=was_invited),
            "back_url": back,
        },
    )


def _consequences(consent: Consent, *, was_invited: bool) -> list[str]:
    rows = [_("Lupa lakkaa heti.")]
    if was_invited:
        rows.append(_("Kutsu yhteiseen aikaan perutaan, ja kutsuttu saa siitä viestin."))
    if consent.worker_id is not None:
        rows.append(_("Hän ei enää näe teidän asioitanne tässä palvelussa tämän luvan perusteella."))
    if consent.purpose == ConsentPurpose.COPY:
        rows.append(_("Hän ei enää saa suunnitelmaanne. Jo annettua paperia emme voi ottaa takaisin."))
    rows.append(_("Voitte antaa luvan myöhemmin uudelleen. Syytä ei tarvitse kertoa."))
    return rows


def _done(consent: Consent, *, was_invited: bool) -> str:
    if was_invited:
        return _("Lupa on peruttu: %(name)s. Kutsu peruttiin, ja hän saa siitä viestin.") % {
            "name": shown_name(consent, consent.family)
        }
    return _("Lupa on peruttu: %(name)s.") % {"name": shown_name(consent, consent.family)}
