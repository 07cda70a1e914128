from django.urls import path

from ..views.dashboard import shared_times

urlpatterns = [
    path("koonti/", shared_times.count_page, name="count_page"),
]
