from django.urls import path

from ..views import contacts

LIST = "verkosto/yhteydenotot/<slug:code>/<int:need>/"
ROW = "verkosto/yhteydenotot/rivit/<int:pk>/"

urlpatterns = [
    path("verkosto/yhteydenotot/", contacts.contacts, name="contacts"),
    path("verkosto/yhteydenotot/puutteet/", contacts.contacts_gaps, name="contacts_gaps"),
    path(f"{LIST}uusi/", contacts.contacts_rule_create, name="contacts_rule_create"),
    path(f"{LIST}historia/", contacts.contacts_history, name="contacts_history"),
    path(f"{LIST}hakusanat/", contacts.contacts_words, name="contacts_words"),
    path(ROW, contacts.contacts_rule_edit, name="contacts_rule_edit"),
    path(f"{ROW}siirra/", contacts.contacts_rule_move, name="contacts_rule_move"),
    path(f"{ROW}poista/", contacts.contacts_rule_remove, name="contacts_rule_remove"),
]
