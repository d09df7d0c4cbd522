"""Addresses for asking; who has a request's reference reads what became of it."""

from django.urls import path

from archive.requests import views

app_name = "requests"
urlpatterns = [
    path("new/", views.request_create, name="request-create"),
    path("<slug:public_id>/", views.request_detail, name="request-detail"),
]
