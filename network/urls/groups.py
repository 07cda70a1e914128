from django.urls import path

from ..views import group_meetings, groups

urlpatterns = [
    path("ryhmat/", groups.group_list, name="group_list"),
    path("ryhmat/uusi/", groups.group_create, name="group_create"),
    path("ryhmat/<int:pk>/", groups.group_detail, name="group_detail"),
    path("ryhmat/<int:pk>/tiedot/", groups.group_edit, name="group_edit"),
    path("ryhmat/<int:pk>/jasenet/", groups.group_members, name="group_members"),
    path("ryhmat/<int:pk>/uusi-kokous/", group_meetings.group_meeting_create, name="group_meeting_create"),
    path("kokoukset/<int:pk>/", group_meetings.group_meeting_detail, name="group_meeting_detail"),
    path("kokoukset/<int:pk>/muuta/", group_meetings.group_meeting_edit, name="group_meeting_edit"),
    path("kokoukset/<int:pk>/muistio/", group_meetings.group_meeting_memo, name="group_meeting_memo"),
    path(
        "kokoukset/<int:pk>/muistio/hyvaksy/",
        group_meetings.group_meeting_approve,
        name="group_meeting_approve",
    ),
    path("kokoukset/<int:pk>/peru/", group_meetings.group_meeting_cancel, name="group_meeting_cancel"),
]
