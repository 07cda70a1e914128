from django.urls import path

from ..views import development, forums

urlpatterns = [
    path("foorumit/", forums.forum_list, name="forum_list"),
    path("foorumit/uusi/", forums.forum_create, name="forum_create"),
    path("foorumit/<int:pk>/", forums.forum_detail, name="forum_detail"),
    path("foorumit/<int:pk>/muuta/", forums.forum_edit, name="forum_edit"),
    path("foorumit/<int:pk>/yksikot/", forums.forum_units, name="forum_units"),
    path("foorumit/<int:pk>/tarkista/", forums.forum_check, name="forum_check"),
    path("foorumit/<int:pk>/vastaus/", forums.forum_answer, name="forum_answer"),
    path("foorumit/<int:pk>/kirjaa/", forums.forum_record, name="forum_record"),
    path("foorumit/<int:pk>/peru/", forums.forum_cancel, name="forum_cancel"),
    path("kehittaminen/", development.development_need_list, name="development_need_list"),
    path("kehittaminen/uusi/", development.development_need_create, name="development_need_create"),
    path("kehittaminen/<int:pk>/", development.development_need_detail, name="development_need_detail"),
]
