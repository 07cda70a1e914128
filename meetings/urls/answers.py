"""Answering an invitation: by the link in the message, or signed in."""

from django.urls import URLPattern, path

from ..views import answers

urlpatterns: list[URLPattern] = [
    path("kutsu/<str:token>/", answers.invitation_answer, name="invitation_answer"),
    path("kutsut/<int:pk>/", answers.invitation_detail, name="invitation_detail"),
]
