"""Addresses of what the archive says of itself, and of its health."""

from django.urls import path

from archive.pages import about, corrections, health, opensearch

app_name = "pages"
urlpatterns = [
    path("about/", about.about, name="about"),
    path("methodology/", about.methodology, name="methodology"),
    path("safety/", about.safety, name="safety"),
    path("corrections/", corrections.correction_list, name="correction-list"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("opensearch.xml", opensearch.opensearch, name="opensearch"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
]
