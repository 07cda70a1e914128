"""What a worker has in hand on this floor: open situations, offered ones, meetings to be held."""

from django.db.models import Q
from django.utils.translation import ngettext

from network.duties import Duty, register
from network.models import Consultation

from .models import Contact, Meeting, Situation

register(
    Duty(
        "koppi",
        lambda worker: Situation.objects.held_by(worker).open().count(),
        lambda count: ngettext("%(count)d avoin koppi", "%(count)d avointa koppia", count) % {"count": count},
    )
)
register(
    Duty(
        "convener",
        lambda worker: Meeting.objects.filter(convener=worker).upcoming().count(),
        lambda count: (
            ngettext("%(count)d tuleva yhteinen aika", "%(count)d tulevaa yhteistä aikaa", count)
            % {"count": count}
        ),
    )
)
register(
    Duty(
        "advice",
        lambda worker: (
            Consultation.objects.received_by(worker)
            .open()
            .filter(Q(consent__worker=worker) | Q(picked_up_by=worker))
            .count()
        ),
        lambda count: (
            ngettext("%(count)d vastaamaton kysymys", "%(count)d vastaamatonta kysymystä", count)
            % {"count": count}
        ),
    )
)
register(
    Duty(
        "contacts",
        lambda worker: Contact.objects.open().filter(picked_up_by=worker).count(),
        lambda count: (
            ngettext("%(count)d perheen yhteydenotto", "%(count)d perheen yhteydenottoa", count)
            % {"count": count}
        ),
    )
)
