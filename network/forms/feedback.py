"""Thanks, feedback and a reply."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .groups import BackForm

NO_FAMILIES = _("Älä kirjoita perheistä äläkä lapsista, älä etunimelläkään.")


class ThanksForm(BackForm):
    submit_label = _("Lähetä kiitos")
    text = forms.CharField(
        label=_("Mistä kiität"),
        help_text=NO_FAMILIES,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )


class PeerFeedbackForm(BackForm):
    submit_label = _("Lähetä palaute")
    text = forms.CharField(
        label=_("Palaute"),
        help_text=_("Kerro, mitä huomasit, mitä siitä seurasi ja mitä toivot. %(no_families)s")
        % {"no_families": NO_FAMILIES},
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
    )


class ReplyForm(BackForm):
    submit_label = _("Lähetä vastaus")
    text = forms.CharField(
        label=_("Vastauksesi"),
        help_text=NO_FAMILIES,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
