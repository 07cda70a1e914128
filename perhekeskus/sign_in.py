"""Signing in: an account is given by an administrator, nobody makes one for themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-up is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """The house's name stands in front; no site is looked up for it."""
        return f"{settings.SHARED_TIME_NAME}: {subject}"
