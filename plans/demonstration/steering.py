"""The steering group that gets the monthly report; the report itself is made when the worker starts."""

from meetings.actions.reports import ReceiverCard, add_receiver

from .threads import Teller

GROUP = (
    ("Outi Aalto", "outi.aalto", "fi"),
    ("Pekka Niemi", "pekka.niemi", "fi"),
    ("Siv Lindholm", "siv.lindholm", "sv"),
)


def gather_steering_group(teller: Teller) -> int:
    """How many get the report."""
    boss = teller.network.desks["koordinaattori"]
    for name, address, language in GROUP:
        add_receiver(by=boss, card=ReceiverCard(name, f"{address}@demo.example", language))
    return len(GROUP)
