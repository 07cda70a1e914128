"""The ground's own pages; the upper floors' are named as strings, so that the ground imports nobody."""

from django.conf import settings
from django.urls import include, path

from .views import health

urlpatterns = [
    path("terveys", health.health, name="health"),
    path("terveys/elossa", health.alive, name="health_alive"),
    path("tili/", include("allauth.urls")),
]
