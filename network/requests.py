"""The request of somebody who has signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import Worker


class WorkerRequest(HttpRequest):
    """What a view gets behind `SignInFirstMiddleware`: there nobody is anonymous. For types only."""

    user: Worker
    htmx: HtmxDetails
