"""What is typed into the coding form, read: places in the text, dates, records by their names."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from archive.desk import editable, finding
from archive.models import Person
from archive.models.vocabulary import RecordKind
from archive.text import normalise
from archive.text.dates import NotADate, PartialDate, parse_edtf

# Letters of a sentence, a name and a title; as the columns have them.
LONGEST: dict[str, int] = {RecordKind.CLAIM: 300, RecordKind.ACTOR: 200, RecordKind.SOURCE: 500}
PLACE = re.compile(r"(\d{1,18}):(\d{1,9})-(\d{1,9})", re.ASCII)


class PassageField(forms.CharField):
    """A place in a captured text, "text:start-end"; gives (CaptureText pk, start, end), or None where none is held."""

    def clean(self, value: Any) -> tuple[int, int, int] | None:
        typed = super().clean(value)
        if not typed:
            return None
        match = PLACE.fullmatch(typed)
        if match is None or int(match[2]) >= int(match[3]):
            raise ValidationError(_("Choose the passage in the text again."))
        return int(match[1]), int(match[2]), int(match[3])


class SpanField(PassageField):
    """A place in the text that the report names, "start-end"; None where nothing is typed."""

    def clean(self, value: Any) -> Any:
        found = super().clean(f"1:{value}" if value else "")
        return found[1:] if found else None


class DateTyped(forms.CharField):
    """A date as it is written here: 2024-06-27, 2024-06, 2024, ../2024-06-27; None where nothing is typed."""

    def clean(self, value: Any) -> PartialDate | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_edtf(typed)
        except NotADate as error:
            raise ValidationError(str(error)) from error


class Known:
    """What may be named in one form. One query for each kind that is asked for."""

    def __init__(self, reader: Person) -> None:
        self.reader = reader
        self._held: dict[str, list[finding.Called]] = {}

    def of(self, kind: str) -> list[finding.Called]:
        if kind not in self._held:
            self._held[kind] = finding.in_use(kind, self.reader)
        return self._held[kind]


def named(kind: str, typed: str, *, known: Known, is_new: bool) -> Any:
    """The record of a kind that somebody named in any script and spelling, or by id; None where nothing is typed.

    is_new: the editor said what kind of thing it is, to make it: then the name itself comes back where none is held.
    Raises ValidationError, with what came near, where it is not clear which is meant.
    """
    name = normalise.single_line(typed)
    if not name:
        return None
    found, near = finding.meant(known.of(kind), name)
    if found is not None:
        return editable.find(kind, found.key, known.reader)
    if same := [finding.written(one) for one in near if name in one.known_as]:
        advice = _("Several are called “%(name)s”: %(names)s. Take one of them, with its id.")
        raise ValidationError(advice % {"name": name, "names": "; ".join(same)})
    if is_new:
        longest = LONGEST[kind]
        if len(name) > longest:
            raise ValidationError(_("At most %(longest)s letters.") % {"longest": longest})
        return name
    advice = _("“%(name)s” is not held: choose from the list, or say what kind it is to make it.") % {"name": name}
    if near:
        advice += " " + _("Near it: %(names)s.") % {"names": "; ".join(map(finding.written, near))}
    raise ValidationError(advice)
