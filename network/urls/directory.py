from django.urls import path

from ..views import directory

urlpatterns = [
    path("verkosto/", directory.directory, name="directory"),
    path("verkosto/<int:pk>/", directory.worker_detail, name="worker_detail"),
    path("oma-kortti/", directory.profile, name="profile"),
]
