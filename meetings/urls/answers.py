"""Answering an invitation: by the link in the message, or signed in."""

from django.urls import URLPattern, path

from ..views import answers, cancelling, contributions, invited, polls

urlpatterns: list[URLPattern] = [
    path("kutsu/<str:token>/", answers.invitation_answer, name="invitation_answer"),
    path("kutsut/<int:pk>/", answers.invitation_detail, name="invitation_detail"),
    path("kutsu/<str:token>/osuus/", contributions.contribution_by_link, name="contribution_by_link"),
    path("kutsut/<int:pk>/osuus/", contributions.contribution_write, name="contribution_write"),
    path(
        "yhteiset-ajat/<int:pk>/etukateen/", contributions.meeting_contribution, name="meeting_contribution"
    ),
    path("kutsutut/<int:pk>/laheta-uudelleen/", invited.invited_send_again, name="invited_send_again"),
    path("kutsutut/<int:pk>/ehdota-toista/", invited.invited_propose_instead, name="invited_propose_instead"),
    path("kutsutut/<int:pk>/peru/", cancelling.invited_take_out, name="invited_take_out"),
    path(
        "kutsutut/<int:pk>/kutsu-sittenkin/", cancelling.invited_ask_after_all, name="invited_ask_after_all"
    ),
    path("aikakysely/<str:token>/", polls.poll_link, name="poll_link"),
    path("aikakyselyt/<int:pk>/", polls.poll_answer, name="poll_answer"),
]
