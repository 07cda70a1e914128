"""Answering an invitation: by the link in the message, or signed in."""

from django.urls import URLPattern, path

from ..views import answers, invited

urlpatterns: list[URLPattern] = [
    path("kutsu/<str:token>/", answers.invitation_answer, name="invitation_answer"),
    path("kutsut/<int:pk>/", answers.invitation_detail, name="invitation_detail"),
    path("kutsutut/<int:pk>/laheta-uudelleen/", invited.invited_send_again, name="invited_send_again"),
    path("kutsutut/<int:pk>/ehdota-toista/", invited.invited_propose_instead, name="invited_propose_instead"),
]
