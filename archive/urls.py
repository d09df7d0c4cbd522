"""Every address of the archive. Features keep their own patterns; addresses are promises."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("archive.browse.urls")),
    path("", include("archive.pages.urls")),
    path("", include("archive.exports.urls")),
    path("", include("archive.annotate.urls")),
    path("requests/", include("archive.requests.urls")),
    path("claims/", include("archive.claims.urls")),
    path("accounts/", include("archive.accounts.urls")),
    path("workspace/", include("archive.workspace.urls")),
    path("desk/", include("archive.desk.urls")),
]

handler400 = "archive.pages.errors.bad_request"
handler403 = "archive.pages.errors.forbidden"
handler404 = "archive.pages.errors.not_found"
handler500 = "archive.pages.errors.server_error"

if settings.ARCHIVE_ADMIN:
    from django.contrib import admin
    from django.views.generic import RedirectView

    from archive.accounts.views import admin_sign_in

    # In place of its own pages, which know neither the second factor nor slow anybody down.
    urlpatterns.append(path("admin/login/", admin_sign_in))
    urlpatterns.append(path("admin/password_change/", RedirectView.as_view(pattern_name="accounts:me")))
    urlpatterns.append(path("admin/", admin.site.urls))
