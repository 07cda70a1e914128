"""What may be done to a family's own rows."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Family

Sentence = str | Promise | None


def why_not_code(family: Family) -> Sentence:
    """Is there somewhere to send the one-time code of the family's own page?"""
    if not family.code_address[1]:
        return _(
            "Teille ei ole merkitty puhelinnumeroa eikä sähköpostia, johon koodin voisi lähettää,"
            " joten sivu ei avaudu verkossa. Työntekijänne kirjaa päätöksenne kanssanne."
        )
    return None
