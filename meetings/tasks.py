"""What Celery does on this floor: fetch workers' calendars elsewhere, let invitations expire."""

from celery import shared_task
from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from network.models import Invitation

from . import contact_messages, refreshing, supervisor_letters
from .actions import answers, calendar_answers, handovers, polls, reports, wishes
from .dashboard import open_data
from .models import Booking, CallDraft


@shared_task
def refresh_calendars() -> None:
    """Share out the calendars that are due, in batches. May run twice harmlessly."""
    for keys in refreshing.claim_due():
        refresh_batch.delay(keys)


@shared_task
def expire_invitations() -> None:
    """Close the doors of those who did not answer in time. May run twice, and many at once, harmlessly."""
    for invitation in Invitation.objects.overdue().order_by("pk"):
        answers.expire(invitation=invitation)


@shared_task
def tell_of_late_contacts() -> None:
    """Tell who ought to answer a family and hasn't. May run twice, and many at once, harmlessly."""
    contact_messages.tell_of_late()


@shared_task
def forget_call_drafts() -> None:
    """What was written of a call and left is gone for good. May run twice, and many at once, harmlessly."""
    CallDraft.objects.run_out().delete()


@shared_task
def return_stranded_offers() -> None:
    """Give back the offers that nobody can take any more. May run twice, and many at once, harmlessly."""
    handovers.return_stranded()


@shared_task
def tell_of_untouched() -> None:
    """Tell supervisors of situations that wait too long. May run twice, and many at once, harmlessly."""
    supervisor_letters.tell_supervisors()


@shared_task
def look_for_earlier() -> None:
    """Tell conveners of earlier times that have come free. May run twice, and many at once, harmlessly."""
    wishes.look_for_earlier()


@shared_task
def close_polls() -> None:
    """End the polls whose time has come. May run twice, and many at once, harmlessly."""
    polls.close_overdue()


@shared_task
def make_monthly_report() -> None:
    """Make and send the steering group's report when its day has come. May run twice, and many at once."""
    reports.make_due()


@shared_task
def make_asked_reports() -> None:
    """Make the reports anew that somebody has asked for. May run twice, and many at once, harmlessly."""
    reports.make_asked()


@shared_task
def publish_open_data() -> None:
    """Publish the county's counts when a month has ended. May run twice, and many at once, harmlessly."""
    open_data.publish_due(reports.due_month(timezone.now()))


@shared_task
def sweep_holds() -> None:
    """Take away the bookings of holds that have ended: they are in nobody's way already. May run twice."""
    Booking.objects.filter(hold__expires_at__lte=Now()).delete()


@shared_task
def fetch_answers() -> None:
    """Take the answers that calendars have sent. May run twice harmlessly; without a mailbox does nothing."""
    if settings.IMAP_URL and settings.REPLY_ADDRESS:
        calendar_answers.fetch()


@shared_task
def refresh_batch(keys: list[int]) -> None:
    """Fetch these calendars. May run twice, and many at once, harmlessly."""
    refreshing.refresh(keys)
