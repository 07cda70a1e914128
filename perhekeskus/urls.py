"""The ground's own pages; the upper floors' are named as strings, so that the ground imports nobody."""

from django.urls import URLPattern, URLResolver, include, path

from .views import demo, errors, health, kept, messages, pages, styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("terveys", health.health, name="health"),
    path("terveys/elossa", health.alive, name="health_alive"),
    path("saavutettavuus/", pages.accessibility_statement, name="accessibility_statement"),
    path("tietosuoja/", pages.privacy, name="privacy"),
    path("palaute/", pages.feedback, name="feedback"),
    path("tyyliopas/", styleguide.styleguide, name="styleguide"),
    path("tallessa/", kept.kept_forms, name="kept_forms"),
    path("viestit/", messages.message_list, name="message_list"),
    path("viestit/<int:pk>/uudelleen/", messages.message_retry, name="message_retry"),
    path("demo/kirjaudu/", demo.demo_sign_in, name="demo_sign_in"),
    path("demo/posti/", demo.demo_mail, name="demo_mail"),
    path("demo/posti/<int:pk>/", demo.demo_mail_detail, name="demo_mail_detail"),
    path("demo/posti/<int:pk>/liite/<int:number>/", demo.demo_mail_attachment, name="demo_mail_attachment"),
    path("tili/", include("allauth.urls")),
    path("", include("meetings.urls.situations")),
    path("", include("meetings.urls.convening")),
    path("", include("meetings.urls.family")),
    path("", include("meetings.urls.answers")),
    path("", include("meetings.urls.consultations")),
    path("", include("meetings.urls.contacts")),
    path("", include("meetings.urls.counts")),
    path("", include("meetings.urls.reports")),
    path("", include("meetings.urls.supervised")),
    path("", include("meetings.urls.kinds")),
    path("", include("meetings.urls.rooms")),
    path("", include("meetings.urls.feedback")),
    path("", include("meetings.urls.dialogues")),
    path("", include("meetings.urls.network_map")),
    path("", include("meetings.urls.working_hours")),
    path("", include("meetings.urls.calendars")),
    path("", include("plans.urls")),
    path("", include("network.urls.directory")),
    path("", include("network.urls.contacts")),
    path("", include("network.urls.teams")),
    path("", include("network.urls.help")),
    path("", include("network.urls.groups")),
    path("", include("network.urls.bulletins")),
    path("", include("network.urls.forums")),
    path("", include("network.urls.grievances")),
    path("", include("network.urls.feedback")),
    path("", include("network.urls.administration")),
    path("", include("network.urls.imports")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
