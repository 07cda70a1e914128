"""A button that says which of several was pressed."""

from typing import Any

from crispy_forms.utils import TEMPLATE_PACK
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString


class Press:
    """A layout object: a submit button with a name, a value and words of its own."""

    def __init__(self, name: str, value: str, label: str | Promise, css_class: str = "") -> None:
        self.name, self.value, self.label, self.css_class = name, value, label, css_class

    def render(
        self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        return format_html(
            '<button type="submit" name="{}" value="{}" class="button {}">{}</button>',
            self.name,
            self.value,
            self.css_class,
            self.label,
        )
