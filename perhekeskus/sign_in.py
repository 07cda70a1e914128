"""Signing in: an account is given by an administrator, nobody makes one for themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse

from .models import KeptForm
from .sealing import sealed, unsealed


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-up is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """What was typed too late waits for its writer, who is led to it first."""
        if KeptForm.objects.live().filter(worker=request.user.pk).exists():
            return reverse("kept_forms")
        return super().get_login_redirect_url(request)

    def format_email_subject(self, subject: str) -> str:
        """The house's name stands in front; no site is looked up for it."""
        return f"{settings.SHARED_TIME_NAME}: {subject}"


class WithUnit(AuthenticationBackend):
    """Who is signed in comes with the place of work, in one question: each look at a family names it."""

    def get_user(self, user_id: Any) -> Any:
        worker = get_user_model()._default_manager.filter(pk=user_id).select_related("unit").first()
        return worker if worker is not None and self.user_can_authenticate(worker) else None


class SealedSecondStep(DefaultMFAAdapter):
    """The secrets of the second step are sealed in the database: a copy of it makes no codes."""

    def encrypt(self, text: str) -> str:
        return sealed(text, "second-step")

    def decrypt(self, encrypted_text: str) -> str:
        return unsealed(encrypted_text, "second-step")
