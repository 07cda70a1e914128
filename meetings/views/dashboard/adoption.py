"""How far the municipalities are, on the coordinator's page, and recording it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.actions import adoption as actions
from network.county import our_municipalities
from network.models import AdoptionStage, Municipality
from network.requests import WorkerRequest
from network.rules import adoption as rules
from network.states import Adoption
from network.views.group_pages import form_page, sent, sure_page
from perhekeskus import words
from perhekeskus.refusals import refusals_as_messages

from ...dashboard.adoption import STEPS, CountyMap, Now, Step, adoption
from ...dashboard.adoption_picture import stage_columns
from ...dashboard.adoption_tables import COUNTED, tables_of
from ...dashboard.tables import words_of
from ...forms.adoption import AdoptionForm
from .frame import dashboard_page, let_in
from .tables import shown_table


def _tone(step: Step) -> int:
    return STEPS.index(step) + 1


def _row(one: Now, *, records: bool) -> dict[str, Any]:
    code = one.municipality.code
    return {
        "code": code,
        "name": str(one.municipality),
        "tone": _tone(one.step),
        "sign": one.step.sign,
        "words": one.step.words,
        "since": words_of(one.row.since) if one.row else "",
        "note": one.row.note if one.row else "",
        "url": reverse("adoption_municipality", args=[code]),
        "record_url": reverse("adoption_record", args=[code]) if records else "",
        "column": one.municipality.tile_column,
        "row": one.municipality.tile_row,
    }


def _map(county: CountyMap) -> dict[str, Any]:
    """Its tiles from the north-west, row by row: so they are read, too."""
    tiles = sorted(county.tiles, key=lambda one: (one.municipality.tile_row, one.municipality.tile_column))
    return {
        "county": county.county,
        "columns": max((one.municipality.tile_column or 0 for one in tiles), default=1),
        "tiles": [_row(one, records=False) for one in tiles],
        "outside": [_row(one, records=False) for one in county.outside],
    }


@require_safe
def adoption_page(request: WorkerRequest) -> HttpResponse:
    """The municipalities by stage: on the map, over time, and as a table."""
    let_in(request)
    facts = adoption(request.user, words.today())
    now, over_time = tables_of(facts)
    records = rules.why_not_record(request.user) is None
    return dashboard_page(
        request,
        "meetings/dashboard/adoption_page.html",
        {
            "legend": [
                {"tone": _tone(step), "sign": step.sign, "words": step.words, "number": number}
                for step, number in zip(STEPS, facts.numbers, strict=True)
            ],
            "maps": [_map(county) for county in facts.maps],
            "columns": stage_columns(facts.over_time),
            "over_time": shown_table(over_time),
            "table": shown_table(now),
            "rows": [_row(one, records=records) for one in facts.now],
            "records": records,
        },
        title=_("Käyttöönotto"),
        lead=_("Missä vaiheessa kunnat ovat, ja miten siihen on tultu."),
        counted=COUNTED,
    )


def _municipality(request: WorkerRequest, code: str) -> Municipality:
    let_in(request)
    return get_object_or_404(our_municipalities(), code=code)


def _keepers_only(request: WorkerRequest) -> None:
    """For those who read the counts but record nothing, these pages do not exist."""
    if rules.why_not_record(request.user):
        raise Http404


def _trail(municipality: Municipality, *rows: tuple[str, str]) -> list[dict[str, str]]:
    steps = [
        (_("Käyttöönotto"), reverse("adoption_page")),
        (str(municipality), reverse("adoption_municipality", args=[municipality.code])),
        *rows,
    ]
    last = len(steps) - 1
    return [{"label": label, "url": "" if i == last else url} for i, (label, url) in enumerate(steps)]


@require_safe
def adoption_municipality(request: WorkerRequest, code: str) -> HttpResponse:
    """What has been recorded of a municipality, the latest first; what was taken back stays to be read."""
    municipality = _municipality(request, code)
    rows = AdoptionStage.objects.visible_to(request.user).with_people().filter(municipality=municipality)
    records = rules.why_not_record(request.user) is None
    return render(
        request,
        "meetings/dashboard/adoption_municipality.html",
        {
            "title": str(municipality),
            "rows": [
                {
                    "words": row.get_stage_display(),
                    "since": words.day(row.since),
                    "note": row.note,
                    "recorded": f"{row.recorded_by.name}, {words.day(row.recorded_at)}",
                    "taken_back": f"{row.taken_back_by.name}, {words.day(row.taken_back_at)}"
                    if row.taken_back_by and row.taken_back_at
                    else "",
                    "take_back_url": reverse("adoption_take_back", args=[row.pk])
                    if records and not row.taken_back_at
                    else "",
                }
                for row in rows
            ],
            "record_url": reverse("adoption_record", args=[code]) if records else "",
            "breadcrumb": _trail(municipality),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_record(request: WorkerRequest, code: str) -> HttpResponse:
    """Record in which stage a municipality is."""
    _keepers_only(request)
    municipality = _municipality(request, code)
    back = reverse("adoption_municipality", args=[code])
    form = AdoptionForm(
        sent(request),
        initial={"since": words.today(), "seen_mark": actions.mark_of(municipality)},
        cancel_url=back,
    )

    def save() -> str:
        actions.record(
            by=request.user,
            municipality=municipality,
            stage=Adoption(form.cleaned_data["stage"]),
            since=form.cleaned_data["since"],
            note=form.cleaned_data["note"],
            form_key=form.cleaned_data["form_key"],
            seen_mark=form.cleaned_data["seen_mark"],
        )
        return back

    return form_page(
        request,
        form,
        save,
        title=_("Kirjaa vaihe: %(municipality)s") % {"municipality": municipality},
        lead=_("Aiemmat kirjaukset säilyvät. Saman päivän aiempi kirjaus korvautuu tällä."),
        done=_("Vaihe on kirjattu."),
        breadcrumb=_trail(municipality, (_("Kirjaa vaihe"), "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_take_back(request: WorkerRequest, pk: int) -> HttpResponse:
    """A second look before a row is taken back."""
    _keepers_only(request)
    stages = AdoptionStage.objects.visible_to(request.user).select_related("municipality")
    stage = get_object_or_404(stages, pk=pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.take_back(stage=stage, by=request.user)
            messages.success(request, _("Kirjaus on peruttu."))
        return redirect(stage)
    if why := rules.why_not_take_back(request.user, stage):
        messages.error(request, str(why))
        return redirect(stage)
    title = _("Peru kirjaus")
    return sure_page(
        request,
        title=title,
        text=_("%(stage)s, %(day)s alkaen. Kirjaus jää näkyviin peruttuna, mutta sitä ei enää lasketa.")
        % {"stage": stage.get_stage_display().capitalize(), "day": words.day(stage.since)},
        button=_("Peru kirjaus"),
        back=stage.get_absolute_url(),
        breadcrumb=_trail(stage.municipality, (title, "")),
    )
