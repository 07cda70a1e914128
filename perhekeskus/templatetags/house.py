"""Tags and filters that every template has: words, icons, and what a form page needs to say about errors."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import QueryDict
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from perhekeskus import words
from perhekeskus.kept import WRITER, writer_mark

register = template.Library()

register.filter("day", words.day)
register.filter("short_day", words.short_day)
register.filter("clock", words.clock)
register.filter("moment", words.moment)
register.filter("span", words.span)
register.filter("clock_span", words.clock_span)
register.filter("listed", words.listed)
register.filter("number_word", words.number_word)
register.filter("initials", words.initials)
register.filter("relative_day", words.relative_day)
register.filter("days_late", words.days_late)
register.filter("telephone", words.telephone)
register.filter("folded", words.folded)


@register.simple_tag
def is_data_open() -> bool:
    """Whether the county's counts are published for anybody."""
    return settings.OPEN_DATA


@register.simple_tag
def icon(name: str, size: int = 20) -> str:
    """A drawn icon that says nothing to a screen reader: the words beside it do."""
    return lucide(name, size=size, aria_hidden="true", focusable="false")


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> str:
    """Django's own, and beside it to whom the page was given: what is typed on it is theirs."""
    token = CsrfTokenNode().render(context)
    request = context.get("request")
    mark = writer_mark(request) if token and request is not None else ""
    if not mark:
        return token
    return format_html('{}<input type="hidden" name="{}" value="{}" />', token, WRITER, mark)


# --- forms ---------------------------------------------------------------------------------------


def _first_input_id(field: BoundField) -> str:
    """The id to jump to: for a group of inputs its first one."""
    if not field.use_fieldset:
        return field.id_for_label or field.auto_id
    for widget in field.subwidgets:
        if found := widget.data["attrs"].get("id"):
            parts = widget.data.get("subwidgets")
            return str(parts[0]["attrs"]["id"]) if parts else str(found)
    return f"{field.auto_id}_group"


def _rows(form: BaseForm) -> Iterator[dict[str, str]]:
    for error in form.non_field_errors():
        yield {"text": str(error), "href": ""}
    for field in form:
        for error in field.errors:
            if field.is_hidden:
                yield {"text": str(error), "href": ""}
            else:
                yield {"text": str(error), "href": f"#{_first_input_id(field)}"}


@register.simple_tag
def error_rows(*forms: BaseForm | BaseFormSet | None) -> list[dict[str, str]]:
    """Every error in the order of the page: {text, href}; href is empty when it is about the whole."""
    rows: list[dict[str, str]] = []
    for form in forms:
        if not form or not form.is_bound:
            continue
        if isinstance(form, BaseFormSet):
            rows += [{"text": str(error), "href": ""} for error in form.non_form_errors()]
            for one in form.forms:
                rows += _rows(one)
        else:
            rows += _rows(form)
    return rows


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """ "Virhe: " in front of the page's title when a form on it was not accepted."""
    for name in ("form", "formset"):
        form = context.get(name)
        if isinstance(form, BaseForm) and form.is_bound and form.errors:
            return _("Virhe: ")
        if isinstance(form, BaseFormSet) and form.is_bound and not form.is_valid():
            return _("Virhe: ")
    return _("Virhe: ") if context.get("has_errors") else ""


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether "(vapaaehtoinen)" stands beside the label: a lone checkbox needs no such word."""
    if field.field.required or widget_kind(field) == "checkbox":
        return False
    return getattr(field.form, "mark_optional", True) and getattr(field.field, "mark_optional", True)


@register.filter
def without_placeholder(field: BoundField) -> BoundField:
    """The field without a text inside it: it goes away when one writes, and the label already says it."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def widget_kind(field: BoundField) -> str:
    """choices, parts, checkbox, hidden or one: how the field is laid out."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if getattr(widget, "input_type", "") in {"radio", "checkbox"} and hasattr(widget, "choices"):
        return "choices"
    if getattr(widget, "input_type", "") == "checkbox":
        return "checkbox"
    if hasattr(widget, "widgets"):
        return "parts"
    return "one"


@register.filter
def choice_groups(field: BoundField) -> list[tuple[str, list[dict[str, Any]]]]:
    """The choices under their group names: [(name or "", [{tag, id, label, hint}])]."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    names = [
        str(name or "")
        for name, options, _index in field.field.widget.optgroups(
            field.html_name, field.field.widget.format_value(field.value()) or [], {}
        )
        for _option in options
    ]
    for name, option in zip(names, field.subwidgets, strict=True):
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        label, hint = option.choice_label, ""
        # A choice may carry its own hint: the label is then an object with .hint beside its text.
        hint = getattr(label, "hint", "")
        groups[-1][1].append(
            {
                "tag": option.tag(),
                "id": option.id_for_label,
                "label": label,
                "hint": hint,
            }
        )
    return groups


# --- pages of a list -----------------------------------------------------------------------------


@register.inclusion_tag("components/_pagination.html", takes_context=True)
def pagination(context: Context, page: Page) -> dict[str, Any]:
    """The pages of a list as links that keep the rest of the address."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    rows = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            query["page"] = str(number)
            rows.append(
                {
                    "label": number,
                    "url": f"?{query.urlencode()}",
                    "current": number == page.number,
                }
            )
        else:
            rows.append({"label": SafeString("…"), "url": "", "current": False})
    return {"rows": rows, "many": page.paginator.num_pages > 1}
