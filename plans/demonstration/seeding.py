"""The whole demonstration, in order, with a line for each step."""

import json
from collections.abc import Callable
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils import timezone

from meetings.models import Situation
from perhekeskus.models import Message

from . import (
    adoption,
    advice,
    arranging,
    calendars,
    contacts,
    crowd,
    desks,
    files,
    groups,
    history,
    steering,
    voices,
)
from .chance import Chance
from .network import build
from .portrait import hang_up_portrait
from .threads import Teller


def seed(*, scale: int, seed_number: int, tell: Callable[[str], object]) -> None:
    """Fill the database; the same scale, seed and day give the same data."""
    today = timezone.localdate()
    chance = Chance(seed_number)
    say_who_writes(chance)
    call_command("load_municipalities", stdout=StringIO())
    network = build(chance)
    workers = network.everybody()
    tell(f"Verkosto: {network.units} yksikköä, {len(workers)} työntekijää, {network.rooms} tilaa.")
    hang_up_portrait(network.desks["vastuutyontekija"])
    listed = contacts.fill_lists(network.desks["vastuutyontekija"])
    tell(f"Yhteydenottolista: {listed} riviä.")
    tell(f"Tuonti: {files.send_one(network.desks['paakayttaja'])} riviä odottaa vientiä.")
    rows = calendars.fill(workers, today, chance)
    tell(f"Kalenterit: {rows} työaikaa, poissaoloa ja varausta.")
    held = history.tell_of_old_times(network, today, chance, scale)
    tell(f"Menneet kuukaudet: {held} pidettyä yhteistä aikaa.")
    _know_sizes()
    teller = Teller(network, today, chance)
    desks.fill_desks(teller)
    arranging.arrange(teller)
    tell(f"Esittelyn työpöydät: {teller.families} perhettä.")
    asked = advice.ask_around(teller)
    tell(f"Neuvot: {asked} kysymystä eri vaiheissa.")
    others = crowd.tell_of_others(teller, scale, tell)
    tell(f"Muut perheet: {others} perhettä eri vaiheissa.")
    standing = groups.fill(teller, seed_number)
    tell(f"Ryhmät: {standing} ryhmää, niiden kokouksia, tiedotteita ja foorumeita.")
    told = voices.tell_of_feedback(chance, teller)
    tell(f"Palaute: {told} vastausta.")
    grievances = voices.tell_grievances(teller, "Kiuruvesi")
    tell(f"Epäkohdat: {grievances} kirjattua.")
    stages = adoption.tell_of_adoption(teller)
    tell(f"Käyttöönotto: {stages} kirjausta kuntien vaiheista.")
    tell(f"Ohjausryhmä: {steering.gather_steering_group(teller)} saa kuukausiraportin.")
    _touched_when_told()
    # What is left to send becomes due when there is something to send it: nothing begins days late.
    Message.objects.due().update(due_at=timezone.now())
    _know_sizes()


def say_who_writes(chance: Chance) -> None:
    """Tell the history at once what it would look for in vain at each row, until this transaction ends.

    A search in vain is an error that the trigger catches, and PostgreSQL then goes through every check that
    still waits for the end of the transaction: the work would grow with the square of the rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT set_config('pghistory.context_id', %s, true),
                      set_config('pghistory.context_metadata', %s, true)""",
            [str(chance.key()), json.dumps({"worker": None, "page": "seed_demo"})],
        )


def _touched_when_told() -> None:
    """The database notes by its own clock when a situation was touched; here it was on the story's day."""
    told = Situation.objects.open().annotate(
        told_at=Greatest(
            "stage_since",
            Max("conversations__recorded_at"),
            Max("handovers__offered_at"),
            Max("handovers__answered_at"),
            Max("family__consents__given_at"),
            Max("plans__contacts__done_at"),
        )
    )
    for situation in told:
        Situation.objects.filter(pk=situation.pk).update(touched_at=situation.told_at)


def _know_sizes() -> None:
    """Tell PostgreSQL how many rows there are before it notices by itself: pages are quick at once."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
