from django.urls import path

from ..views import bulletin_writing, bulletins

urlpatterns = [
    path("tiedotteet/", bulletins.bulletin_list, name="bulletin_list"),
    path("tiedotteet/uusi/", bulletin_writing.bulletin_create, name="bulletin_create"),
    path("tiedotteet/kooste/", bulletins.bulletin_digest, name="bulletin_digest"),
    path("tiedotteet/<int:pk>/", bulletins.bulletin_detail, name="bulletin_detail"),
    path("tiedotteet/<int:pk>/luettu/", bulletins.bulletin_seen, name="bulletin_seen"),
    path("tiedotteet/<int:pk>/lukeneet/", bulletins.bulletin_receipts, name="bulletin_receipts"),
    path("tiedotteet/<int:pk>/takaisin/", bulletins.bulletin_withdraw, name="bulletin_withdraw"),
    path("tiedotteet/<int:pk>/teksti/", bulletin_writing.bulletin_edit, name="bulletin_edit"),
    path("tiedotteet/<int:pk>/keille/", bulletin_writing.bulletin_audience, name="bulletin_audience"),
    path("tiedotteet/<int:pk>/yksikot/", bulletin_writing.bulletin_units, name="bulletin_units"),
    path("tiedotteet/<int:pk>/tarkista/", bulletin_writing.bulletin_check, name="bulletin_check"),
    path("tiedotteet/<int:pk>/poista/", bulletin_writing.bulletin_discard, name="bulletin_discard"),
]
