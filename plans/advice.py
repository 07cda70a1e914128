"""What the plan's pages advise and never forbid."""

from django.utils.translation import gettext as _

from perhekeskus.words import number_word

# With more matters than this at once a family easily loses sight of each.
HANDFUL = 5


def many_matters(count: int) -> str:
    """A word to those who write more than a handful; empty when it is none."""
    if count <= HANDFUL:
        return ""
    return _(
        "Asioita on jo %(count)s. Olisiko kevyempää aloittaa muutamasta, joista on arjessa eniten apua?"
        " Muut eivät unohdu: niistä voi sopia seuraavaksi."
    ) % {"count": number_word(count)}
