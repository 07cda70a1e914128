"""The family's own pages, opened by its link."""

from django.urls import URLPattern, path

from ..views.addresses import family_address
from ..views.children import family_child_drawing, family_child_view_remove, family_child_views
from ..views.family import family_home, family_looks
from ..views.family_consultations import family_consultations
from ..views.family_decision import family_decide, family_suggest_person, family_suggest_topic
from ..views.family_door import family_code, family_code_enter, family_leave
from ..views.family_kept import family_kept
from ..views.family_network import family_close_person, family_close_person_add, family_network
from ..views.family_permissions import family_permission_withdraw, family_permissions
from ..views.family_preparing import family_prepare
from ..views.offers import family_times
from ..views.polls import family_poll
from ..views.rescheduling import family_reschedule
from ..views.services import family_services
from ..views.wishes import family_earlier

urlpatterns: list[URLPattern] = [
    path("perhe/<str:token>/", family_home, name="family_home"),
    path("perhe/<str:token>/koodi/", family_code, name="family_code"),
    path("perhe/<str:token>/koodi/anna/", family_code_enter, name="family_code_enter"),
    path("perhe/<str:token>/poistu/", family_leave, name="family_leave"),
    path("perhe/<str:token>/tallessa/", family_kept, name="family_kept"),
    path("perhe/<str:token>/postiosoite/", family_address, name="family_address"),
    path("perhe/<str:token>/katselut/", family_looks, name="family_looks"),
    path("perhe/<str:token>/paatos/", family_decide, name="family_decide"),
    path(
        "perhe/<str:token>/paatos/ehdota-ihminen/",
        family_suggest_person,
        name="family_suggest_person",
    ),
    path(
        "perhe/<str:token>/paatos/ehdota-aihe/",
        family_suggest_topic,
        name="family_suggest_topic",
    ),
    path("perhe/<str:token>/lapsen-nakemykset/", family_child_views, name="family_child_views"),
    path(
        "perhe/<str:token>/lapsen-nakemykset/<int:pk>/poista/",
        family_child_view_remove,
        name="family_child_view_remove",
    ),
    path("perhe/<str:token>/lapsen-piirros/<uuid:key>/", family_child_drawing, name="family_child_drawing"),
    path("perhe/<str:token>/jo-auttavat/", family_services, name="family_services"),
    path("perhe/<str:token>/verkosto/", family_network, name="family_network"),
    path("perhe/<str:token>/laheiset/uusi/", family_close_person_add, name="family_close_person_add"),
    path("perhe/<str:token>/laheiset/<int:pk>/", family_close_person, name="family_close_person"),
    path("perhe/<str:token>/tapaaminen/", family_prepare, name="family_prepare"),
    path("perhe/<str:token>/ajat/", family_times, name="family_times"),
    path("perhe/<str:token>/aiempi-aika/", family_earlier, name="family_earlier"),
    path("perhe/<str:token>/aikakysely/", family_poll, name="family_poll"),
    path("perhe/<str:token>/uusi-aika/", family_reschedule, name="family_reschedule"),
    path("perhe/<str:token>/neuvot/", family_consultations, name="family_consultations"),
    path("perhe/<str:token>/luvat/", family_permissions, name="family_permissions"),
    path(
        "perhe/<str:token>/luvat/<int:pk>/peru/",
        family_permission_withdraw,
        name="family_permission_withdraw",
    ),
]
