"""Addresses of claims."""

from django.urls import path

from archive.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.claim_list, name="claim-list"),
    path("<str:public_id>.json", views.claim_json, name="claim-json"),
    path("<str:public_id>/", views.claim_detail, name="claim-detail"),
]
