"""Addresses of lists and records. They are promises: what is cited once is found again."""

from django.urls import path

from archive.browse import beside, details, suggesting, views

app_name = "browse"
urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", views.article_list, name="article-list"),
    path("articles/<str:public_id>.json", details.article_json, name="article-json"),
    path("articles/<str:public_id>/", details.article_detail, name="article-detail"),
    path("articles/<str:public_id>/beside/", beside.article_beside_choose, name="article-beside-choose"),
    path("articles/<str:public_id>/beside/<str:other_id>/", beside.article_beside, name="article-beside"),
    path("outlets/", views.outlet_list, name="outlet-list"),
    path("outlets/<slug:slug>/", details.outlet_detail, name="outlet-detail"),
    path("sources/", views.source_list, name="source-list"),
    path("sources/<str:public_id>/", details.source_detail, name="source-detail"),
    path("actors/", views.actor_list, name="actor-list"),
    path("actors/<str:public_id>/", details.actor_detail, name="actor-detail"),
    path("figures/", views.figure_list, name="figure-list"),
    path("measures/", views.measure_list, name="measure-list"),
    path("measures/<path:path>/", details.measure_detail, name="measure-detail"),
    path("tactics/", views.tactic_list, name="tactic-list"),
    path("suggest", suggesting.suggest, name="suggest"),
]
