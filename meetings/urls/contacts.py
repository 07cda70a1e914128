"""The ways in: the family's own contact, and what a worker writes down while the family talks."""

from django.urls import URLPattern, path

from ..views import calls, incoming, reach_us

urlpatterns: list[URLPattern] = [
    path("ota-yhteytta/", reach_us.reach_us, name="reach_us"),
    path("ota-yhteytta/lahetetty/", reach_us.reach_us_sent, name="reach_us_sent"),
    path("ota-yhteytta/seuraa/", reach_us.reach_us_follow, name="reach_us_follow"),
    path(
        "ota-yhteytta/seuraa/koodi-<slug:code>/", reach_us.reach_us_follow_link, name="reach_us_follow_link"
    ),
    path("ota-yhteytta/oma/", reach_us.reach_us_own, name="reach_us_own"),
    path("ota-yhteytta/oma/peru/", reach_us.reach_us_withdraw, name="reach_us_withdraw"),
    path("ota-yhteytta/oma/sulje/", reach_us.reach_us_leave, name="reach_us_leave"),
    path("ota-yhteytta/<slug:word>/", reach_us.reach_us_write, name="reach_us_write"),
    path("yhteydenotot/", incoming.incoming_list, name="incoming_list"),
    path("yhteydenotot/puhelu/", calls.call_start, name="call_start"),
    path("yhteydenotot/kohtaaminen/", calls.call_outreach, name="call_outreach"),
    path("yhteydenotot/puhelu/haku/", calls.call_search, name="call_search"),
    path("yhteydenotot/puhelu/<uuid:key>/", calls.call_edit, name="call_edit"),
    path("yhteydenotot/puhelu/<uuid:key>/tallenna/", calls.call_save, name="call_save"),
    path("yhteydenotot/saapunut/<int:pk>/", incoming.incoming_detail, name="incoming_detail"),
    path("yhteydenotot/saapunut/<int:pk>/ota/", incoming.incoming_pick_up, name="incoming_pick_up"),
    path("yhteydenotot/saapunut/<int:pk>/jata/", incoming.incoming_let_go, name="incoming_let_go"),
    path("yhteydenotot/saapunut/<int:pk>/soitin/", incoming.incoming_reached, name="incoming_reached"),
    path("yhteydenotot/saapunut/<int:pk>/kasitelty/", incoming.incoming_close, name="incoming_close"),
]
