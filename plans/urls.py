from django.urls import path

from .views import (
    contacts,
    copies,
    copy_link,
    export,
    family,
    family_contact,
    family_review,
    measures,
    outcome_paper,
    plans,
    responsibility,
    reviews,
)

urlpatterns = [
    path("tilanteet/<int:pk>/suunnitelma/", plans.plan_edit, name="plan_edit"),
    path("tilanteet/<int:pk>/suunnitelma/<int:version>/kentat/", plans.plan_save, name="plan_save"),
    path("suunnitelmat/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("suunnitelmat/<int:pk>/suunnitelma.pdf", plans.plan_pdf, name="plan_pdf"),
    path("suunnitelmat/<int:pk>/kohdat/", measures.plan_measures, name="plan_measures"),
    path("suunnitelmat/<int:pk>/sovi/", plans.plan_agree, name="plan_agree"),
    path("suunnitelmat/<int:pk>/kopio/", copies.plan_copy, name="plan_copy"),
    path("suunnitelmat/<int:pk>/kopiot/<int:copy>.pdf", copies.plan_copy_pdf, name="plan_copy_pdf"),
    path("suunnitelmat/<int:pk>/suunnitelma.json", export.plan_export, name="plan_export"),
    path("kopio/<str:token>/", copy_link.copy_link, name="copy_link"),
    path("kopio/<str:token>/koodi/", copy_link.copy_code, name="copy_code"),
    path("kopio/<str:token>/suunnitelma/", copy_link.copy_plan, name="copy_plan"),
    path("kopio/<str:token>/suunnitelma.pdf", copy_link.copy_plan_pdf, name="copy_plan_pdf"),
    path("kopio/<str:token>/sulje/", copy_link.copy_leave, name="copy_leave"),
    path("suunnitelmat/<int:pk>/seurantatapaaminen/", reviews.plan_follow_up, name="plan_follow_up"),
    path("suunnitelmat/<int:pk>/arvio/<slug:side>/", reviews.plan_review, name="plan_review"),
    path(
        "suunnitelmat/<int:pk>/arvio/<slug:side>/kentat/", reviews.plan_review_save, name="plan_review_save"
    ),
    path("suunnitelmat/<int:pk>/paata/", reviews.plan_close, name="plan_close"),
    path(
        "suunnitelmat/<int:pk>/mita-saimme-aikaan.pdf",
        outcome_paper.plan_outcome_pdf,
        name="plan_outcome_pdf",
    ),
    path("yhteydenotot/<int:pk>/", contacts.contact_record, name="contact_record"),
    path("suunnitelmat/<int:pk>/vastuu/", responsibility.responsibility_offer, name="responsibility_offer"),
    path("vastuut/<int:pk>/", responsibility.responsibility_answer, name="responsibility_answer"),
    path("vastuut/<int:pk>/peru/", responsibility.responsibility_withdraw, name="responsibility_withdraw"),
    path("perhe/<str:token>/yhteydenotto/", family_contact.family_contact, name="family_contact"),
    path("perhe/<str:token>/suunnitelma/", family.family_plan, name="family_plan"),
    path("perhe/<str:token>/arvio/", family_review.family_review, name="family_review"),
    path("perhe/<str:token>/suunnitelma.pdf", family.family_plan_pdf, name="family_plan_pdf"),
    path(
        "perhe/<str:token>/mita-saimme-aikaan.pdf",
        outcome_paper.family_outcome_pdf,
        name="family_outcome_pdf",
    ),
]
