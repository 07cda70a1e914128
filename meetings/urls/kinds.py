"""Tapaamislajit."""

from django.urls import path

from ..views import kinds

urlpatterns = [
    path("tapaamislajit/", kinds.kind_list, name="kind_list"),
    path("tapaamislajit/<slug:code>/", kinds.kind_edit, name="kind_edit"),
    path("tapaamislajit/<slug:code>/historia/", kinds.kind_history, name="kind_history"),
]
