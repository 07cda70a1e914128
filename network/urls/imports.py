from django.urls import path

from ..views import imports

urlpatterns = [
    path("yllapito/tuonti/", imports.import_list, name="import_list"),
    path("yllapito/tuonti/uusi/", imports.import_create, name="import_create"),
    path("yllapito/tuonti/<int:pk>/", imports.import_detail, name="import_detail"),
    path("yllapito/tuonti/<int:pk>/tarkista/", imports.import_check, name="import_check"),
    path("yllapito/tuonti/<int:pk>/peru/", imports.import_cancel, name="import_cancel"),
    path("yllapito/tuonti/<int:pk>/virheet.csv", imports.import_bad_rows, name="import_bad_rows"),
    path("yllapito/vienti/<slug:kind>.<slug:file>", imports.directory_export, name="directory_export"),
]
