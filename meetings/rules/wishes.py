"""May an earlier time be wished for?"""

from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Meeting
from ..states import UPCOMING

Sentence = str | Promise | None

# What comes free later than this can be told to nobody in time.
NOTICE = timedelta(days=2)


def why_not_wish(meeting: Meeting) -> Sentence:
    if meeting.status not in UPCOMING:
        return _("Aikaa ei ole vielä varattu.")
    if meeting.period.lower - timezone.now() <= NOTICE:
        return _("Yhteinen aika on jo niin lähellä, ettei aikaisempaa enää ehdi löytyä.")
    return None
