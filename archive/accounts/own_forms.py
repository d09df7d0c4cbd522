"""Forms with which people change what is their own. What is grave asks for the present password."""

from __future__ import annotations

import unicodedata
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from archive.accounts import factor_actions, guessing, second_factor, signature_actions
from archive.accounts.forms import LONGEST_PASSWORD, PasswordForm, PersonForm
from archive.models import Person
from archive.text import normalise

TOO_FAST = "too-fast"
LONGEST_CODE = 60
SLOWED = _("That was tried too often just now. Nothing was changed: wait five minutes, then send it again.")


def status_of(form: forms.Form) -> HTTPStatus:
    """What a form that was not taken is answered with: 429 for guessing too fast, else 422."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return HTTPStatus.TOO_MANY_REQUESTS if TOO_FAST in codes else HTTPStatus.UNPROCESSABLE_ENTITY


class CodeField(forms.CharField):
    """A code as people copy it: spaces, hyphens and wide digits do not matter."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(max_length=LONGEST_CODE, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        return "".join(unicodedata.normalize("NFKC", typed).replace("-", "").split())


class CodeForm(forms.Form):
    """A code of the second factor, when signing in or when turning it on."""

    code = CodeField(label=_("Code"))


class PresentPasswordForm(PersonForm):
    """The password that is good now, of one person."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_present(self) -> str:
        password: str = self.cleaned_data["present"]
        if not guessing.may_try_password(self.person):
            raise ValidationError(SLOWED, code=TOO_FAST)
        if not self.person.check_password(password):
            raise ValidationError(_("This is not your password. It tells small from capital letters."))
        return password


class OwnPasswordForm(PasswordForm, PresentPasswordForm):
    """A new password, and the present one."""

    field_order = ("present", "password", "again")


class ConfirmForm(PresentPasswordForm):
    """Password, and a code where the second factor is turned on."""

    code = CodeField(label=_("Code of your second factor, or a recovery code"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if second_factor.device_of(self.person) is None:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """The code is looked at last, because it is good once."""
        cleaned = super().clean() or {}
        if self.errors or "code" not in self.fields:
            return cleaned
        if not guessing.may_try_code(self.person):
            self.add_error("code", ValidationError(SLOWED, code=TOO_FAST))
        elif not factor_actions.take_code(self.person, cleaned["code"]):
            self.add_error("code", ValidationError(_("This code is not good, or was used before. Take the next one.")))
        return cleaned


class LeaveForm(ConfirmForm):
    """What asks for an account's removal: its name, the password, a code."""

    name = forms.CharField(
        label=_("Your user name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    field_order = ("name", "present", "code")

    def clean_name(self) -> str:
        name = Person.normalize_username(self.cleaned_data["name"])
        if name != self.person.username:
            raise ValidationError(_("This is not the name that you sign in with."))
        return name


class PenNameForm(PersonForm):
    """How a person signs in public; empty for “the editors”."""

    pen_name = forms.CharField(
        label=_("Pen name"),
        max_length=80,
        required=False,
        help_text=_("It stands under summaries, corrections and notes that you share. Without one they name nobody."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["pen_name"] = self.person.pen_name

    def clean_pen_name(self) -> str:
        pen_name = normalise.single_line(self.cleaned_data["pen_name"])
        if any(unicodedata.category(character) in {"Cf", "Co", "Cn"} for character in pen_name):
            raise ValidationError(_("The name holds characters that nobody sees. Type it again."))
        if signature_actions.is_anothers(pen_name, self.person):
            raise ValidationError(_("This could be taken for somebody else. Choose another name."))
        return pen_name
