from django.urls import path

from ..views import grievances

urlpatterns = [
    path("epakohdat/", grievances.grievance_list, name="grievance_list"),
    path("epakohdat/uusi/", grievances.grievance_create, name="grievance_create"),
    path("epakohdat/<int:pk>/", grievances.grievance_detail, name="grievance_detail"),
]
