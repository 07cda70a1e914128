"""The house's own words, for anybody: accessibility, privacy, feedback."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """What has been done for everybody to be able to use this, and what has not."""
    return render(
        request,
        "perhekeskus/pages/accessibility_statement.html",
        {"feedback_email": settings.FEEDBACK_EMAIL},
    )


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is written down of a family, who sees it, and what the family may decide."""
    return render(
        request,
        "perhekeskus/pages/privacy.html",
        {
            "feedback_email": settings.FEEDBACK_EMAIL,
            "family_link_days": settings.FAMILY_LINK_DAYS,
            "invitation_link_days": settings.INVITATION_LINK_DAYS,
            "small_number_limit": settings.SMALL_NUMBER_LIMIT,
        },
    )


@login_not_required
def feedback(request: HttpRequest) -> HttpResponse:
    """Where to write or call."""
    return render(
        request,
        "perhekeskus/pages/feedback.html",
        {"feedback_email": settings.FEEDBACK_EMAIL},
    )
