from django.urls import path

from ..views import administration

urlpatterns = [
    path("yllapito/", administration.administration, name="administration"),
    path("yllapito/tyontekijat/", administration.worker_list, name="worker_list"),
    path("yllapito/tyontekijat/uusi/", administration.worker_create, name="worker_create"),
    path("yllapito/tyontekijat/<int:pk>/", administration.worker_edit, name="worker_edit"),
    path("yllapito/tyontekijat/<int:pk>/katselut/", administration.look_list, name="look_list"),
    path("yllapito/kunnat/", administration.municipality_list, name="municipality_list"),
    path("yllapito/kunnat/uusi/", administration.municipality_create, name="municipality_create"),
    path("yllapito/kunnat/<slug:code>/", administration.municipality_edit, name="municipality_edit"),
    path("yllapito/alueet/", administration.area_list, name="area_list"),
    path("yllapito/alueet/uusi/", administration.area_create, name="area_create"),
    path("yllapito/alueet/<int:pk>/", administration.area_edit, name="area_edit"),
    path("yllapito/organisaatiot/", administration.organisation_list, name="organisation_list"),
    path("yllapito/organisaatiot/uusi/", administration.organisation_create, name="organisation_create"),
    path("yllapito/organisaatiot/<int:pk>/", administration.organisation_edit, name="organisation_edit"),
    path("yllapito/organisaatiot/<int:pk>/yksikot/uusi/", administration.unit_create, name="unit_create"),
    path("yllapito/yksikot/<int:pk>/", administration.unit_edit, name="unit_edit"),
]
