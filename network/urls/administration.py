from django.urls import path

from ..views import accounts, administration, places

urlpatterns = [
    path("yllapito/", administration.administration, name="administration"),
    path("yllapito/tyontekijat/", accounts.worker_list, name="worker_list"),
    path("yllapito/tyontekijat/uusi/", accounts.worker_create, name="worker_create"),
    path("yllapito/tyontekijat/<int:pk>/", accounts.worker_edit, name="worker_edit"),
    path("yllapito/tyontekijat/<int:pk>/katselut/", accounts.look_list, name="look_list"),
    path("yllapito/kunnat/", places.municipality_list, name="municipality_list"),
    path("yllapito/kunnat/uusi/", places.municipality_create, name="municipality_create"),
    path("yllapito/kunnat/<slug:code>/", places.municipality_edit, name="municipality_edit"),
    path(
        "yllapito/kunnat/<slug:code>/alle-18/", places.municipality_population, name="municipality_population"
    ),
    path("yllapito/alueet/", places.area_list, name="area_list"),
    path("yllapito/alueet/uusi/", places.area_create, name="area_create"),
    path("yllapito/alueet/<int:pk>/", places.area_edit, name="area_edit"),
    path("yllapito/organisaatiot/", places.organisation_list, name="organisation_list"),
    path("yllapito/organisaatiot/uusi/", places.organisation_create, name="organisation_create"),
    path("yllapito/organisaatiot/<int:pk>/", places.organisation_edit, name="organisation_edit"),
    path("yllapito/organisaatiot/<int:pk>/yksikot/uusi/", places.unit_create, name="unit_create"),
    path("yllapito/yksikot/<int:pk>/", places.unit_edit, name="unit_edit"),
]
