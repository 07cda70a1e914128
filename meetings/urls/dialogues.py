"""Tulevaisuuden muistelu, and what we can influence."""

from django.urls import path

from ..views import dialogues, influence

urlpatterns = [
    path("yhteiset-ajat/<int:pk>/tulevaisuus/", dialogues.meeting_dialogue, name="meeting_dialogue"),
    path(
        "yhteiset-ajat/<int:pk>/tulevaisuus/suunnitelmaan/",
        dialogues.meeting_dialogue_proposals,
        name="meeting_dialogue_proposals",
    ),
    path(
        "yhteiset-ajat/<int:pk>/tulevaisuus/<int:turn>/<int:step>/",
        dialogues.meeting_dialogue_turn,
        name="meeting_dialogue_turn",
    ),
    path(
        "yhteiset-ajat/<int:pk>/tulevaisuus/<int:turn>/<int:step>/tallenna/",
        dialogues.meeting_dialogue_turn_save,
        name="meeting_dialogue_turn_save",
    ),
    path("yhteiset-ajat/<int:pk>/vaikuttaminen/", influence.meeting_influence, name="meeting_influence"),
    path(
        "yhteiset-ajat/<int:pk>/vaikuttaminen/suunnitelmaan/",
        influence.meeting_influence_proposals,
        name="meeting_influence_proposals",
    ),
]
