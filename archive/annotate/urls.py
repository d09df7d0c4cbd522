"""Addresses of what signed-in people do with captured texts."""

from django.urls import path

from archive.annotate import changes

app_name = "annotate"
urlpatterns = [
    path("articles/<str:public_id>/text/changes/", changes.text_changes, name="text-changes"),
]
