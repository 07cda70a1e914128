"""A search that finds while one types, and works as a plain form too."""

from crispy_forms.helper import FormHelper
from django.http import HttpRequest
from django.utils.translation import ngettext
from django_htmx.middleware import HtmxDetails

from perhekeskus.forms import HouseForm, Words


def asks_part(request: HttpRequest) -> bool:
    """Whether an open page asks for the results alone; never so when Back brings a page again."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return request.method == "GET" and bool(htmx) and not htmx.history_restore_request


def found_in_words(count: int) -> str:
    """How many were found, as it is read aloud when the results change."""
    return ngettext("%(count)d osuma", "%(count)d osumaa", count) % {"count": count}


class SearchForm(HouseForm):
    """A plain GET form; with JavaScript the results in `#loytyi` change while one types.

    `results_url` answers such a question with the results alone.
    """

    form_method = "get"
    mark_optional = False
    results_url: Words = ""

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.attrs |= {
            "hx-get": self.results_url,
            "hx-trigger": "input delay:250ms, submit",
            "hx-target": "#loytyi",
            "hx-sync": "this:replace",
        }
        return helper
