"""Addresses of exports: the list's own address with an ending, taking the same question."""

from django.urls import path

from archive.exports import corrections, measures, searches, sitemap, views

app_name = "exports"
urlpatterns = [
    path("articles.csv", views.articles, {"ending": "csv"}, name="article-csv"),
    path("articles.json", views.articles, {"ending": "json"}, name="article-json"),
    path("articles.atom", views.articles, {"ending": "atom"}, name="article-atom"),
    path("claims.csv", views.claims, {"ending": "csv"}, name="claim-csv"),
    path("claims.json", views.claims, {"ending": "json"}, name="claim-json"),
    path("claims.atom", views.claims, {"ending": "atom"}, name="claim-atom"),
    path("measures/<path:path>.csv", measures.figures, name="measure-csv"),
    path("corrections.atom", corrections.correction_feed, name="correction-atom"),
    path("feeds/<str:token>.atom", searches.search_feed, name="search-atom"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]
