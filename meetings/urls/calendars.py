from django.urls import path

from ..views import calendars

urlpatterns = [
    path("oma-kortti/kalenterit/", calendars.own_calendars, name="own_calendars"),
    path("oma-kortti/kalenterit/osoite/", calendars.calendar_feed_open, name="calendar_feed_open"),
    path("oma-kortti/kalenterit/osoite/sulje/", calendars.calendar_feed_close, name="calendar_feed_close"),
    path(
        "oma-kortti/kalenterit/<int:pk>/hae/",
        calendars.external_calendar_fetch,
        name="external_calendar_fetch",
    ),
    path(
        "oma-kortti/kalenterit/<int:pk>/poista/",
        calendars.external_calendar_remove,
        name="external_calendar_remove",
    ),
    path("kalenterit/<slug:token>.ics", calendars.calendar_feed, name="calendar_feed"),
]
