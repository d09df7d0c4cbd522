"""The form for asking. It is guarded without a cookie: it carries a signed day, and takes no post from other sites."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http.request import split_domain_port, validate_host
from django.utils.translation import gettext_lazy as _

from archive.models.vocabulary import RequestKind
from archive.records import absences

SALT = "archive.requests"
GOOD_FOR = 24 * 60 * 60  # seconds
LONGEST_TEXT = 5000


def fresh_token() -> str:
    """A signed moment: whoever sends it has asked for the form a while ago."""
    return signing.TimestampSigner(salt=SALT).sign("form")


def is_good(token: str) -> bool:
    try:
        signing.TimestampSigner(salt=SALT).unsign(token, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return True


LONGEST_ADDRESS = 500


class RequestForm(forms.Form):
    """An address that was typed may hold any name of this site (ALLOWED_HOSTS), with its port."""

    kind = forms.ChoiceField(label=_("What you ask for"), choices=RequestKind.choices)
    address = forms.CharField(
        label=_("Address of the page"),
        max_length=LONGEST_ADDRESS,
        help_text=_("The page of this archive that it is about, as your browser shows it."),
    )
    text = forms.CharField(
        label=_("What should change, or what you answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("You need not say who you are. Do not name people who are in danger: the address is enough."),
    )
    contact = forms.CharField(
        label=_("How to reach you, if you wish to be reached"),
        required=False,
        max_length=200,
        help_text=_("Read by the editors alone, and deleted with the decision."),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def clean_address(self) -> str:
        """One of our records' pages as its path; anything else as it was typed."""
        typed: str = self.cleaned_data["address"]
        try:
            parts = urlsplit(typed if "//" in typed or typed.startswith("/") else f"//{typed}")
        except ValueError:
            return typed
        host, _port = split_domain_port(parts.netloc)
        if parts.netloc and not (host and validate_host(host, settings.ALLOWED_HOSTS)):
            return typed
        path = f"{parts.path.removesuffix('/')}/"
        return path if len(path) <= LONGEST_ADDRESS and absences.page_at(path) else typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not is_good(cleaned.get("token", "")):
            raise ValidationError(_("The form lay open for more than a day. Nothing is lost: send it once more."))
        return cleaned
