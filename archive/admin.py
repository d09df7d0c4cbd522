"""Django's administration: accounts alone. Records are written at the desk, whose actions keep the history.

It exists only with ARCHIVE_ADMIN=1. Accounts are closed, never deleted: history refers to their ids.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.models import Person


@admin.register(Person)
class PersonAdmin(UserAdmin):
    """What an administrator may see and change of an account; nothing of its password or its private work."""

    list_display = ("username", "pen_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "pen_name")
    ordering = ("username",)
    filter_horizontal = ("groups",)
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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _is_administrator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)
