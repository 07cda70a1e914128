"""The family's own pages, opened by its link."""

from django.urls import URLPattern, path

from ..views import family, family_decision, family_permissions

urlpatterns: list[URLPattern] = [
    path("perhe/<str:token>/", family.family_home, name="family_home"),
    path("perhe/<str:token>/katselut/", family.family_looks, name="family_looks"),
    path("perhe/<str:token>/paatos/", family_decision.family_decide, name="family_decide"),
    path(
        "perhe/<str:token>/paatos/ehdota-ihminen/",
        family_decision.family_suggest_person,
        name="family_suggest_person",
    ),
    path(
        "perhe/<str:token>/paatos/ehdota-aihe/",
        family_decision.family_suggest_topic,
        name="family_suggest_topic",
    ),
    path("perhe/<str:token>/luvat/", family_permissions.family_permissions, name="family_permissions"),
    path(
        "perhe/<str:token>/luvat/<int:pk>/peru/",
        family_permissions.family_permission_withdraw,
        name="family_permission_withdraw",
    ),
]
