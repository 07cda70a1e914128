"""The directory of the network: one field that finds, and says why."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import ngettext
from django_htmx.http import replace_url

from perhekeskus.searching import asks_part

from ..forms.directory import DirectoryForm
from ..models import TextSource
from ..requests import WorkerRequest
from ..results import Row, row_of, rows_of, with_their_own
from ..search import search_or_next_best
from ..sorting import by_name, finnish

PAGE_SIZE = 25


@dataclass
class Result:
    """One page of what was asked for.

    `almost` when only nearly the same was found, `partly` when no row has all the words.
    """

    rows: list[Row]
    count: int
    page: int
    almost: bool = False
    partly: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether every word was found just as it was typed."""
        return not (self.almost or self.partly)

    @property
    def is_last(self) -> bool:
        return self.page * PAGE_SIZE >= self.count


def directory(request: WorkerRequest) -> HttpResponse:
    """Whoever and whatever is in the network, searched and narrowed; only the results while one types."""
    form = DirectoryForm(request.GET)
    near = request.GET.get("near") == "1"
    valid = form.is_valid()
    text = form.cleaned_data.get("text", "")
    result = _result(request, form, text, near) if valid else Result([], 0, 1)
    address = _address(request.GET)
    context = {
        "form": form,
        "result": result,
        "first": PAGE_SIZE * (result.page - 1) + 1,
        "narrows": valid and form.narrows,
        "found": _said(result, bool(text.strip()), form.cleaned_data.get("kind", "")) if valid else "",
        "errors": [error for errors in form.errors.values() for error in errors],
        "more_url": "" if result.is_last else _address(request.GET, page=result.page + 1),
        "start_url": _address(request.GET) if result.page > 1 else "",
        "near_url": _address(request.GET, near="1") if text.strip() and result.is_whole and not near else "",
    }
    is_part = asks_part(request)
    if is_part and request.htmx.target == "lisaa":
        return render(request, "network/_directory_more.html", context)
    if is_part:
        response = render(request, "network/_directory_results.html", {**context, "is_part": True})
        return replace_url(response, address)
    return render(request, "network/directory.html", {**context, "is_part": False})


def _result(request: WorkerRequest, form: DirectoryForm, text: str, near: bool) -> Result:
    among = form.among(request.user)
    if not text.strip():
        kind = form.cleaned_data.get("kind") or TextSource.WORKER
        return _browsed(kind, among[kind], request.GET.get("page"))
    answer, page = search_or_next_best(
        text, among, near=near, page=_number(request.GET.get("page")), most=PAGE_SIZE
    )
    return Result(
        rows_of(answer.matches, among),
        answer.count,
        page,
        almost=bool(answer.matches) and answer.is_near and not near and not answer.is_partial,
        partly=bool(answer.matches) and answer.is_partial,
    )


def _number(asked: str | None) -> int:
    return max(1, int(asked)) if asked and asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1


def _browsed(kind: str, rows: QuerySet[Any], asked: str | None) -> Result:
    """Everybody, or every one of a kind, by name."""
    by = by_name() if kind == TextSource.WORKER else [finnish("name"), "pk"]
    page = Paginator(with_their_own(kind, rows).order_by(*by), PAGE_SIZE).get_page(asked)
    return Result([row_of(kind, thing, []) for thing in page], page.paginator.count, page.number)


def _address(asked: QueryDict, **changes: object) -> str:
    """The address of the same search: nothing empty in it, and from its first page."""
    kept = QueryDict(mutable=True)
    for name in asked:
        if name in {*DirectoryForm.base_fields, "near"} and name not in changes and asked[name]:
            kept[name] = str(asked[name])
    for name, value in changes.items():
        kept[name] = str(value)
    return f"?{kept.urlencode()}" if kept else "?"


def _said(result: Result, searched: bool, kind: str) -> str:
    """How many were found, as it is shown and read aloud."""
    count = {"count": result.count}
    if result.almost:
        return (
            ngettext(
                "Juuri tällä haulla ei löytynyt mitään. %(count)d on melkein sama.",
                "Juuri tällä haulla ei löytynyt mitään. %(count)d on melkein samaa.",
                result.count,
            )
            % count
        )
    if result.partly:
        return (
            ngettext(
                "Kaikki sanat yhdessä eivät löytyneet. %(count)d osuma, jossa on osa sanoista.",
                "Kaikki sanat yhdessä eivät löytyneet. %(count)d osumaa, joissa on osa sanoista.",
                result.count,
            )
            % count
        )
    if searched or kind not in {"", TextSource.WORKER}:
        return ngettext("%(count)d osuma", "%(count)d osumaa", result.count) % count
    return ngettext("%(count)d ihminen", "%(count)d ihmistä", result.count) % count
