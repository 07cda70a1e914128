"""Tilat."""

from django.urls import path

from ..views import rooms

urlpatterns = [
    path("tilat/", rooms.room_list, name="room_list"),
    path("tilat/uusi/", rooms.room_create, name="room_create"),
    path("tilat/<int:pk>/", rooms.room_detail, name="room_detail"),
    path("tilat/<int:pk>/muuta/", rooms.room_edit, name="room_edit"),
    path("tilat/<int:pk>/pois-kaytosta/", rooms.room_close, name="room_close"),
    path("tilat/<int:pk>/kayttoon/", rooms.room_open, name="room_open"),
    path("tilat/<int:pk>/poista/", rooms.room_remove, name="room_remove"),
]
