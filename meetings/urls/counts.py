from django.urls import path

from ..views.dashboard import adoption, afterwards, along, development, people, shared_times, tables

urlpatterns = [
    path("koonti/", shared_times.count_page, name="count_page"),
    path("koonti/matkan-varrella/", along.count_along, name="count_along"),
    path("koonti/osallistujat/", people.count_people, name="count_people"),
    path("koonti/jalkeenpain/", afterwards.count_afterwards, name="count_afterwards"),
    path("koonti/kayttoonotto/", adoption.adoption_page, name="adoption_page"),
    path(
        "koonti/kayttoonotto/kirjaukset/<int:pk>/peru/",
        adoption.adoption_take_back,
        name="adoption_take_back",
    ),
    path("koonti/kayttoonotto/<slug:code>/", adoption.adoption_municipality, name="adoption_municipality"),
    path("koonti/kayttoonotto/<slug:code>/kirjaa/", adoption.adoption_record, name="adoption_record"),
    path("koonti/kehittaminen/", development.development_page, name="development_page"),
    path("koonti/taulukot/<slug:name>.<slug:form>", tables.count_table, name="count_table"),
]
