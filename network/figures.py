"""What is counted on this floor, in words."""

from django.utils.translation import gettext_lazy as _

from .states import ConsultationResult
from .tallies import Figure, add_figures

add_figures(
    Figure(
        name="advice",
        title=_("Annetut neuvot"),
        counted=_(
            "Perheen luvalla kysytty neuvo lasketaan siihen kuukauteen, jona kysymykseen vastattiin, ja"
            " perheen kuntaan; neuvo riitti, kun kysyjä on kirjannut niin."
        ),
        parts=lambda: dict(ConsultationResult.choices) | {"": _("Kysyjä ei ole vielä kertonut")},
    ),
)
