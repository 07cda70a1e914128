"""Neuvon kysyminen perheen luvalla."""

from django.urls import path

from ..views import consultation_ask, consultations

urlpatterns = [
    path("neuvot/", consultations.consultation_list, name="consultation_list"),
    path("neuvot/kysy/", consultations.consultation_start, name="consultation_start"),
    path("tilanteet/<int:pk>/kysy-neuvoa/", consultation_ask.consultation_ask, name="consultation_ask"),
    path("neuvot/<int:pk>/", consultations.consultation_detail, name="consultation_detail"),
    path("neuvot/<int:pk>/ota/", consultations.consultation_pick_up, name="consultation_pick_up"),
    path("neuvot/<int:pk>/jata/", consultations.consultation_let_go, name="consultation_let_go"),
    path("neuvot/<int:pk>/kirjaa/", consultations.consultation_close, name="consultation_close"),
    path("neuvot/<int:pk>/peru/", consultations.consultation_withdraw, name="consultation_withdraw"),
]
