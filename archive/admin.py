"""Django's administration: accounts alone. Records are written at the desk, whose actions keep the history.

It exists only with ARCHIVE_ADMIN=1. Accounts are closed, never deleted: history refers to their ids.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts import actions
from archive.models import Person

# It would show the secrets of other people's second factors.
if admin.site.is_registered(TOTPDevice):
    admin.site.unregister(TOTPDevice)


@admin.register(Person)
class PersonAdmin(UserAdmin):
    """What an administrator may see and change of an account; nothing of its password or its private work."""

    list_display = ("username", "pen_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "pen_name")
    ordering = ("username",)
    filter_horizontal = ("groups",)
    # People choose it on their own page, where it is compared with all others.
    readonly_fields = ("pen_name",)
    fieldsets = (
        (None, {"fields": ("username", "pen_name")}),
        (_("What it may do"), {"fields": ("is_active", "is_staff", "groups")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_administrator(request)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Django's; and where the password is changed, sign-ins end."""
        answer = super().user_change_password(request, id, form_url)
        person = self.get_object(request, id)
        if answer.status_code == 302 and person is not None:
            actions.end_sign_ins(person)
        return answer

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _is_administrator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)
