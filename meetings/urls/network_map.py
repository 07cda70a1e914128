from django.urls import path

from ..views import network_map

urlpatterns = [
    path("verkosto/kartta/", network_map.network_map, name="network_map"),
]
