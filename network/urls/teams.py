from django.urls import path

from ..views import teams

urlpatterns = [
    path("verkosto/tiimit/", teams.team_list, name="team_list"),
    path("verkosto/tiimit/uusi/", teams.team_create, name="team_create"),
    path("verkosto/tiimit/<int:pk>/", teams.team_detail, name="team_detail"),
    path("verkosto/tiimit/<int:pk>/muuta/", teams.team_edit, name="team_edit"),
    path(
        "verkosto/tiimit/<int:pk>/jasenet/<int:worker>/poista/",
        teams.team_member_remove,
        name="team_member_remove",
    ),
]
