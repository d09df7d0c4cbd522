"""Addresses of what people keep for themselves."""

from django.urls import path

from archive.workspace import collecting, collections, searches, views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("collections/new/", collections.collection_create, name="collection-create"),
    path("collections/add/", collecting.entry_add, name="entry-add"),
    path("collections/<slug:public_id>/", collections.collection_detail, name="collection-detail"),
    path("collections/<slug:public_id>/edit/", collections.collection_edit, name="collection-edit"),
    path("collections/<slug:public_id>/do/", collections.collection_do, name="collection-do"),
    path("collections/<slug:public_id>/order/", collecting.entry_order, name="entry-order"),
    path("collections/<slug:public_id>/entries/<slug:entry>/", collecting.entry_edit, name="entry-edit"),
    path("collections/<slug:public_id>/dossier/", collections.dossier, name="collection-dossier"),
    path("collections/<slug:public_id>.json", collections.as_json, name="collection-json"),
    path("collections/<slug:public_id>.csv", collections.as_csv, name="collection-csv"),
    path("searches/new/", searches.search_create, name="search-create"),
    path("searches/<slug:public_id>/", searches.search_detail, name="search-detail"),
    path("searches/<slug:public_id>/edit/", searches.search_edit, name="search-edit"),
    path("searches/<slug:public_id>/do/", searches.search_do, name="search-do"),
]
