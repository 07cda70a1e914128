"""A promised contact in words."""

from django.utils.translation import gettext as _

from perhekeskus.words import clock, day

from .models import NextContact


def contact_words(contact: NextContact) -> str:
    """ma 12.4.2027 klo 15.00, soitto"""
    when = day(contact.on)
    if contact.at is not None:
        when = _("%(day)s klo %(clock)s") % {"day": when, "clock": clock(contact.at)}
    return f"{when}, {contact.get_way_display()}"
