from django.urls import path

from ..views import cards, directory, units

urlpatterns = [
    path("verkosto/", directory.directory, name="directory"),
    path("verkosto/<int:pk>/", cards.worker_detail, name="worker_detail"),
    path("verkosto/<int:pk>/kuva.jpg", cards.worker_photo, name="worker_photo"),
    path("verkosto/yksikot/", units.unit_list, name="unit_list"),
    path("verkosto/yksikot/<int:pk>/", units.unit_detail, name="unit_detail"),
    path("verkosto/yksikot/<int:pk>/muuta/", units.unit_update, name="unit_update"),
    path("oma-kortti/", cards.profile, name="profile"),
    path("oma-kortti/vahvista/", cards.profile_confirm, name="profile_confirm"),
    path("oma-kortti/kuva/", cards.profile_photo, name="profile_photo"),
    path("oma-kortti/kuva/poista/", cards.profile_photo_remove, name="profile_photo_remove"),
]
