from django.urls import path

from ..views.dashboard import afterwards, along, people, shared_times, tables

urlpatterns = [
    path("koonti/", shared_times.count_page, name="count_page"),
    path("koonti/matkan-varrella/", along.count_along, name="count_along"),
    path("koonti/osallistujat/", people.count_people, name="count_people"),
    path("koonti/jalkeenpain/", afterwards.count_afterwards, name="count_afterwards"),
    path("koonti/taulukot/<slug:name>.<slug:form>", tables.count_table, name="count_table"),
]
