"""The supervisor's own page."""

from django.urls import path

from ..views import supervised

urlpatterns = [
    path("yksikkoni/", supervised.supervised_unit, name="supervised_unit"),
    path("yksikkoni/kopit/<int:pk>/", supervised.supervised_offer, name="supervised_offer"),
]
