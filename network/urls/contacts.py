from django.urls import path

from ..views import contacts, needs

LIST = "verkosto/yhteydenotot/<slug:code>/<int:need>/"
ROW = "verkosto/yhteydenotot/rivit/<int:pk>/"

urlpatterns = [
    path("verkosto/yhteydenotot/", contacts.contacts, name="contacts"),
    path("verkosto/yhteydenotot/puutteet/", contacts.contacts_gaps, name="contacts_gaps"),
    path("verkosto/tarpeet/", needs.need_list, name="need_list"),
    path("verkosto/tarpeet/uusi/", needs.need_create, name="need_create"),
    path("verkosto/tarpeet/<int:pk>/", needs.need_edit, name="need_edit"),
    path("verkosto/tarpeet/<int:pk>/poista/", needs.need_remove, name="need_remove"),
    path(f"{LIST}uusi/", contacts.contacts_rule_create, name="contacts_rule_create"),
    path(f"{LIST}historia/", contacts.contacts_history, name="contacts_history"),
    path(ROW, contacts.contacts_rule_edit, name="contacts_rule_edit"),
    path(f"{ROW}siirra/", contacts.contacts_rule_move, name="contacts_rule_move"),
    path(f"{ROW}poista/", contacts.contacts_rule_remove, name="contacts_rule_remove"),
]
