from django.urls import path

from ..views import counts

urlpatterns = [
    path("koonti/", counts.count_page, name="count_page"),
]
