from django.urls import path

from ..views import help

urlpatterns = [
    path("apua/", help.help, name="help"),
    path("apua/<slug:word>/", help.help_municipality, name="help_municipality"),
    path("apua/<slug:word>/tulosta.pdf", help.help_pdf, name="help_pdf"),
]
