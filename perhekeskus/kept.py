"""What was typed is not lost when a form can't be taken in: the session had ended, or the page was old.

Every form carries a sealed mark of the one to whom its page was given. What comes in such a form too late is
kept, sealed, for that writer alone, who finds it after signing in or giving the code again. Nothing is kept
of what another site sent, nor of what no such page was given for.
"""

import json
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from .models import AccessLink, KeptForm
from .models.kept import MOST_TYPED
from .models.links import LinkPurpose
from .sealing import InvalidToken, sealed, unsealed

PURPOSE = "form-writer"
# The two fields that ride along in a form: who it was given to, and which kept one it sends again.
WRITER, AGAIN = "form_writer", "form_kept"
MOST_OF_ONE = 5
# Passwords and codes are typed there, or nothing at all.
NEVER = ("account_", "mfa_", "demo_", "kept_forms", "family_kept", "family_code", "family_leave")


def give_pages_to_link(request: HttpRequest, link: AccessLink) -> None:
    """The forms of the page that answers this request are given to those who came by the link."""
    request.form_writer = f"link:{link.pk}"  # type: ignore[attr-defined]


def writer_mark(request: HttpRequest) -> str:
    """The mark for the page's forms; empty on a page that is for anybody."""
    mark = getattr(request, "form_writer_mark", None)
    if mark is None:
        writer = _reader(request)
        mark = sealed(writer, PURPOSE) if writer else ""
        request.form_writer_mark = mark  # type: ignore[attr-defined]
    return mark


def keep(request: HttpRequest) -> KeptForm | None:
    """Keep what this request brought for the one whose page it came from; None when nothing is kept."""
    if request.method != "POST" or not _is_own_page(request) or not _may_be_kept(request):
        return None
    kept = _of_writer(request)
    if kept is None:
        return None
    fields = [
        (name, values)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", WRITER, AGAIN} and "password" not in name
    ]
    contents = {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    if not fields or len(json.dumps(contents)) > MOST_TYPED:
        return None
    kept.seal(contents)
    mine = KeptForm.objects.filter(worker=kept.worker_id, link=kept.link_id)
    mine.filter(pk=_number(request.POST.get(AGAIN, ""))).delete()
    KeptForm.objects.run_out().delete()
    kept.save()
    mine.exclude(pk__in=list(mine.values_list("pk", flat=True)[:MOST_OF_ONE])).delete()
    request.form_was_kept = True  # type: ignore[attr-defined]
    return kept


def rows(kept: QuerySet[KeptForm]) -> list[dict[str, Any]]:
    """The kept forms of one writer, for their page; `kept` holds that writer's rows only."""
    return [
        {
            "pk": one.pk,
            "kept_at": one.kept_at,
            "path": contents["path"],
            "fields": [(name, value) for name, values in contents["fields"] for value in values],
            # What a person has written in words; the rest are choices and numbers of the form's own.
            "texts": [
                value for _name, values in contents["fields"] for value in values if len(value.split()) > 1
            ],
            "files": contents["files"],
        }
        for one in kept.filter(pk__in=KeptForm.objects.live().values("pk"))
        if (contents := one.unseal()) is not None
    ]


def discard(kept: QuerySet[KeptForm], typed: str) -> None:
    """Forget the one of this number, if it is among them."""
    kept.filter(pk=_number(typed)).delete()


def forget_sent(request: HttpRequest, status: int) -> None:
    """Forget what was sent again and taken in: then the answer leads on to another page."""
    again = request.POST.get(AGAIN) if request.method == "POST" and status in {302, 303} else None
    if not again or getattr(request, "form_was_kept", False):
        return
    writer = _reader(request)
    kind, _colon, number = writer.partition(":")
    if kind:
        discard(KeptForm.objects.filter(**{f"{kind}_id": int(number)}), again)


def is_by_reader(request: HttpRequest) -> bool:
    """Whether what was sent comes from a page that was given to the very one who is here now."""
    try:
        return unsealed(request.POST.get(WRITER, ""), PURPOSE) == _reader(request) != ""
    except InvalidToken:
        return False


def _reader(request: HttpRequest) -> str:
    if given := getattr(request, "form_writer", ""):
        return given
    match = request.resolver_match
    if match is None or not getattr(match.func, "login_required", True):
        # A page for anybody doesn't ask who is looking.
        return ""
    user = getattr(request, "user", None)
    return f"worker:{user.pk}" if user is not None and user.is_authenticated else ""


def _is_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin") in ours


def _may_be_kept(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        match is not None
        # A field that saves itself waits on its page and is sent again from there.
        and not getattr(match.func, "keeps_itself", False)
        and not (match.view_name or "").startswith(NEVER)
        and url_has_allowed_host_and_scheme(request.get_full_path(), allowed_hosts=None)
    )


def _of_writer(request: HttpRequest) -> KeptForm | None:
    """A row, not yet saved, for the one to whom the form's page was given."""
    try:
        kind, _colon, number = unsealed(request.POST.get(WRITER, ""), PURPOSE).partition(":")
    except InvalidToken:
        return None
    if kind == "worker":
        return KeptForm(worker_id=int(number))
    assert request.resolver_match is not None
    token = request.resolver_match.kwargs.get("token", "")
    link = AccessLink.objects.opened_by(LinkPurpose.FAMILY, token)
    return KeptForm(link=link) if link is not None and link.pk == int(number) else None


def _number(typed: str) -> int:
    return int(typed[:18]) if typed.isascii() and typed.isdecimal() else 0
