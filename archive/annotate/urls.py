"""Addresses for reading and writing on texts."""

from django.urls import path

from archive.annotate import changes, listing, notes, reading, taking

app_name = "annotate"
urlpatterns = [
    path("articles/<str:public_id>/text/", reading.article_text, name="article-text"),
    path("articles/<str:public_id>/text/changes/", changes.text_changes, name="text-changes"),
    path("articles/<str:public_id>/annotations.jsonld", taking.article_jsonld, name="article-jsonld"),
    path("annotations/<str:public_id>/", notes.annotation_detail, name="annotation-detail"),
    path("annotations/<str:public_id>/reply/", notes.annotation_reply, name="annotation-reply"),
    path("annotations/<str:public_id>/remove/", notes.annotation_remove, name="annotation-remove"),
    path("annotations/<str:public_id>/publish/", notes.annotation_publish, name="annotation-publish"),
    path("annotations/<str:public_id>/decline/", notes.annotation_decline, name="annotation-decline"),
    path("workspace/annotations/", listing.annotation_list, name="annotation-list"),
    path("workspace/annotations.jsonld", taking.own_jsonld, name="own-jsonld"),
    path("workspace/annotations/import/", taking.annotation_import, name="annotation-import"),
]
