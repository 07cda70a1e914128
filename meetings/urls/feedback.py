"""How a shared time was."""

from django.urls import path

from ..views import feedback, missing
from ..views.dashboard import feedback as dashboard_feedback

urlpatterns = [
    path("koonti/palaute/", dashboard_feedback.count_feedback, name="count_feedback"),
    path("yhteiset-ajat/<int:pk>/poissaolijat/", missing.meeting_missing, name="meeting_missing"),
    path("palaute/<str:token>/", feedback.feedback_link, name="feedback_link"),
    path("perhe/<str:token>/palaute/", feedback.family_feedback, name="family_feedback"),
    path("yhteiset-ajat/<int:pk>/palaute/", feedback.meeting_feedback, name="meeting_feedback"),
    path(
        "yhteiset-ajat/<int:pk>/perheen-palaute/",
        feedback.meeting_feedback_family,
        name="meeting_feedback_family",
    ),
    path(
        "yhteiset-ajat/<int:pk>/perheen-palaute/paperi/",
        feedback.meeting_feedback_paper,
        name="meeting_feedback_paper",
    ),
]
