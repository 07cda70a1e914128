"""Koollekutsuminen ja yhteinen aika."""

from django.urls import path

from ..views import (
    cancelling,
    convening,
    inviting,
    meeting_page,
    offers,
    paper,
    permissions,
    polls,
    preparing,
    proposing,
    record,
    rescheduling,
    screen,
    slots,
)

urlpatterns = [
    path("tilanteet/<int:pk>/kutsu-koolle/", convening.meeting_convene, name="meeting_convene"),
    path("yhteiset-ajat/ehdota/<slug:kind>/<int:key>/", proposing.meeting_propose, name="meeting_propose"),
    path("yhteiset-ajat/<int:pk>/", meeting_page.meeting_detail, name="meeting_detail"),
    path("yhteiset-ajat/<int:pk>/kutsuttavat/", convening.meeting_people, name="meeting_people"),
    path("yhteiset-ajat/<int:pk>/kysy-perheelta/", convening.meeting_ask, name="meeting_ask"),
    path("yhteiset-ajat/<int:pk>/paatos/", convening.meeting_decide, name="meeting_decide"),
    path("yhteiset-ajat/<int:pk>/paatoslomake.pdf", paper.meeting_form, name="meeting_form"),
    path("yhteiset-ajat/<int:pk>/valmistelu/", preparing.meeting_prepare, name="meeting_prepare"),
    path("yhteiset-ajat/<int:pk>/puitteet/", preparing.meeting_setting, name="meeting_setting"),
    path("yhteiset-ajat/<int:pk>/muistilista/", preparing.meeting_checklist, name="meeting_checklist"),
    path("yhteiset-ajat/<int:pk>/asialista/", preparing.meeting_agenda, name="meeting_agenda"),
    path(
        "yhteiset-ajat/<int:pk>/asialista/muokkaa/", preparing.meeting_agenda_edit, name="meeting_agenda_edit"
    ),
    path("yhteiset-ajat/<int:pk>/asialista.pdf", preparing.meeting_agenda_pdf, name="meeting_agenda_pdf"),
    path("yhteiset-ajat/<int:pk>/aika/", slots.meeting_time, name="meeting_time"),
    path("yhteiset-ajat/<int:pk>/tarjoa-aikoja/", offers.meeting_offer, name="meeting_offer"),
    path("yhteiset-ajat/<int:pk>/tarjotut-ajat/", offers.meeting_offered, name="meeting_offered"),
    path("yhteiset-ajat/<int:pk>/aikakysely/", polls.meeting_poll, name="meeting_poll"),
    path("yhteiset-ajat/<int:pk>/aikakysely/uusi/", polls.meeting_poll_ask, name="meeting_poll_ask"),
    path("yhteiset-ajat/<int:pk>/aikakysely/perhe/", polls.meeting_poll_family, name="meeting_poll_family"),
    path("yhteiset-ajat/<int:pk>/siirra/", rescheduling.meeting_reschedule, name="meeting_reschedule"),
    path(
        "yhteiset-ajat/<int:pk>/siirra/vastaus/",
        rescheduling.meeting_reschedule_answer,
        name="meeting_reschedule_answer",
    ),
    path("yhteiset-ajat/<int:pk>/vapauta-aika/", inviting.meeting_release, name="meeting_release"),
    path("yhteiset-ajat/<int:pk>/tarkista/", inviting.meeting_check, name="meeting_check"),
    path("yhteiset-ajat/<int:pk>/vetaja/", inviting.meeting_leaders, name="meeting_leaders"),
    path("yhteiset-ajat/<int:pk>/lahetetty/", inviting.meeting_sent, name="meeting_sent"),
    path("yhteiset-ajat/<int:pk>/peru/", cancelling.meeting_cancel, name="meeting_cancel"),
    path("yhteiset-ajat/<int:pk>/ei-pidetty/", cancelling.meeting_not_held, name="meeting_not_held"),
    path("yhteiset-ajat/<int:pk>/uudelleen/", cancelling.meeting_again, name="meeting_again"),
    path("yhteiset-ajat/<int:pk>/kirjaus/", record.meeting_record, name="meeting_record"),
    path("yhteiset-ajat/<int:pk>/kirjaus/talteen/", record.meeting_record_save, name="meeting_record_save"),
    path("yhteiset-ajat/<int:pk>/naytto/", screen.meeting_screen, name="meeting_screen"),
    path("yhteiset-ajat/<int:pk>/naytto/nyt/", screen.meeting_screen_news, name="meeting_screen_news"),
    path("tilanteet/<int:pk>/luvat/", permissions.situation_permissions, name="situation_permissions"),
    path(
        "tilanteet/<int:pk>/luvat/uusi/",
        permissions.situation_permission_give,
        name="situation_permission_give",
    ),
    path("luvat/<int:pk>/peru/", permissions.permission_withdraw, name="permission_withdraw"),
]
