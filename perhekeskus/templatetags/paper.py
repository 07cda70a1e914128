"""Tags of the printed papers."""

from django import template
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import override

from perhekeskus.words import direction

register = template.Library()
register.filter("direction", direction)


class Both(Node):
    """The words inside, and beside the Finnish the same in the family's own language.

    The second time `sheet` is the paper's `other`, when it has one: the facts in that language.
    """

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        ours = self.nodelist.render(context).strip()
        paper = context.get("paper")
        if not paper or paper.beside is None or not paper.beside.code:
            return ours
        language = paper.beside.code
        with override(language), context.push(sheet=paper.other or context.get("sheet")):
            theirs = self.nodelist.render(context).strip()
        return format_html(
            '<span class="both"><span>{}</span><span class="both-beside" lang="{}">{}</span></span>',
            mark_safe(ours),
            language,
            mark_safe(theirs),
        )


@register.tag("both")
def do_both(parser: Parser, token: Token) -> Both:
    """{% both %}{% translate "Luvat" %}{% endboth %}: on a paper for an interpreter in two languages."""
    nodelist = parser.parse(("endboth",))
    parser.delete_first_token()
    return Both(nodelist)
