"""Minun kopissani, tilanteet, puheeksiotto, koppi."""

from django.urls import path

from ..views import (
    addresses,
    children,
    families,
    family_network,
    handovers,
    home,
    protection,
    services,
    situations,
    talks,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("ota-puheeksi/", situations.situation_raise, name="situation_raise"),
    path("tilanteet/", situations.situation_list, name="situation_list"),
    path("tilanteet/<int:pk>/", situations.situation_detail, name="situation_detail"),
    path("tilanteet/<int:pk>/keskustelu/", talks.conversation_record, name="conversation_record"),
    path(
        "tilanteet/<int:pk>/lapsen-nakemys/<int:child>/", children.child_view_write, name="child_view_write"
    ),
    path(
        "tilanteet/<int:pk>/lapsen-nakemys/<int:view>/poista/",
        children.child_view_remove,
        name="child_view_remove",
    ),
    path("lapsen-piirros/<uuid:key>/", children.child_drawing, name="child_drawing"),
    path("tilanteet/<int:pk>/keskustelut/<int:talk>/", talks.conversation_detail, name="conversation_detail"),
    path(
        "tilanteet/<int:pk>/keskustelut/<int:talk>/korjaa/",
        talks.conversation_correct,
        name="conversation_correct",
    ),
    path("tilanteet/<int:pk>/laheiset/", situations.situation_close_people, name="situation_close_people"),
    path(
        "tilanteet/<int:pk>/laheiset/<int:person>/",
        family_network.situation_close_person,
        name="situation_close_person",
    ),
    path("tilanteet/<int:pk>/jo-auttavat/", services.situation_services, name="situation_services"),
    path("tilanteet/<int:pk>/verkosto/", family_network.situation_network, name="situation_network"),
    path("tilanteet/<int:pk>/perhe/", families.situation_family, name="situation_family"),
    path("tilanteet/<int:pk>/turvakielto/", protection.situation_protection, name="situation_protection"),
    path("tilanteet/<int:pk>/postiosoite/", addresses.situation_address, name="situation_address"),
    path("tilanteet/<int:pk>/paata/", situations.situation_end, name="situation_end"),
    path("tilanteet/<int:pk>/perheen-linkki/", situations.situation_link_renew, name="situation_link_renew"),
    path("tilanteet/<int:pk>/avaa-uudelleen/", situations.situation_reopen, name="situation_reopen"),
    path("tilanteet/<int:pk>/katselut/", situations.situation_looks, name="situation_looks"),
    path("tilanteet/<int:pk>/koppi/", handovers.handover_offer, name="handover_offer"),
    path("koppi/<int:pk>/", handovers.handover_answer, name="handover_answer"),
    path("koppi/<int:pk>/peru/", handovers.handover_withdraw, name="handover_withdraw"),
]
