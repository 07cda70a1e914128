"""Ohjausryhmän kuukausiraportti ja avoin data."""

from django.urls import path

from ..views.dashboard import open_data, report

urlpatterns = [
    path("koonti/raportti/", report.count_report, name="count_report"),
    path("koonti/raportti/tee/", report.count_report_make, name="count_report_make"),
    path("koonti/raportti/saajat/uusi/", report.count_report_add, name="count_report_add"),
    path("koonti/raportti/saajat/<int:pk>/", report.count_report_receiver, name="count_report_receiver"),
    path("koonti/raportti/saajat/muutokset/", report.count_report_history, name="count_report_history"),
    path(
        "koonti/raportti/<int:pk>/<slug:language>.pdf", report.count_report_paper, name="count_report_paper"
    ),
    path("avoin-data/", open_data.open_data_page, name="open_data_page"),
    path("avoin-data/yhteiset-ajat.json", open_data.open_data_json, name="open_data_json"),
    path("avoin-data/yhteiset-ajat.csv", open_data.open_data_csv, name="open_data_csv"),
    path("avoin-data/yhteiset-ajat.schema.json", open_data.open_data_schema, name="open_data_schema"),
]
