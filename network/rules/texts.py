"""What is written for colleagues names no family."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import Group, GroupMembership, Worker
from ..naming import names_a_family


def why_not_this_text(worker: Worker, *texts: str, apart_from: Iterable[str] = ()) -> Sentence | None:
    """Why these words may not be written where no family belongs: they name a family of the writer's.

    `apart_from` are the colleagues who may be named although somebody in a family has the same name.
    """
    word = names_a_family(worker, "\n".join(texts), apart_from=[worker.name, *apart_from])
    if word is None:
        return None
    return _(
        "Tekstissä on ”%(word)s”. Se näyttää kertovan perheestä, jonka asioita hoidat. Tänne ei kirjoiteta"
        " perheistä: poista kohta tai kerro asia yleisesti."
    ) % {"word": word}


def people_of(group: Group | None) -> list[str]:
    """The names of a group's people: who does what is said in its memo."""
    if group is None or group.pk is None:
        return []
    rows = GroupMembership.objects.filter(group=group).select_related("worker")
    return [row.worker.name for row in rows]
