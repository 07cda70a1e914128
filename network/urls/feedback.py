from django.urls import path

from ..views import feedback

urlpatterns = [
    path("kiitokset/", feedback.thanks_list, name="thanks_list"),
    path("kiitokset/uusi/<int:pk>/", feedback.thanks_give, name="thanks_give"),
    path("vertaispalaute/uusi/<int:pk>/", feedback.peer_feedback_give, name="peer_feedback_give"),
    path("vertaispalaute/<int:pk>/", feedback.peer_feedback_detail, name="peer_feedback_detail"),
]
