from django.urls import path

from ..views import working_hours

urlpatterns = [
    path("oma-kortti/tyoajat/", working_hours.working_hours, name="working_hours"),
]
