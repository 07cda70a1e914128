"""The request of somebody who has signed in."""

from django.http import HttpRequest

from .models import Worker


class WorkerRequest(HttpRequest):
    """What a view gets behind `SignInFirstMiddleware`: there nobody is anonymous. For types only."""

    user: Worker
