from django.urls import path

from ..views import absences, working_hours

urlpatterns = [
    path("oma-kortti/tyoajat/", working_hours.working_hours, name="working_hours"),
    path("oma-kortti/poissaolot/", absences.absence_list, name="absence_list"),
    path("oma-kortti/poissaolot/<int:pk>/poista/", absences.absence_remove, name="absence_remove"),
]
