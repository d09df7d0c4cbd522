"""Which parts each kind of record has, how they are read out, and the forms that change them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.desk import part_forms
from archive.desk.editable import EditableRecord, kind_of
from archive.history import versions
from archive.models import ClaimLink
from archive.models.base import User
from archive.models.vocabulary import RecordKind


@dataclass(frozen=True, slots=True)
class Part:
    """key: in addresses and in the history. owner: the field that names the record. relation: the rows of a record.

    says: a row in words, as its record reads it. with_them: what is loaded with the rows. stays: rows are added only.
    """

    key: str
    label: str | Promise
    owner: str
    relation: str
    form: type[part_forms.PartForm]
    says: Callable[[Any, Any], str]
    with_them: tuple[str, ...] = ()
    stays: bool = False

    def rows(self, record: Any) -> Any:
        """The rows of a record, links of claims from either side. One query."""
        if self.form is part_forms.LinkForm:
            return ClaimLink.objects.of_claim(record).order_by("pk")
        rows = getattr(record, self.relation).order_by("pk")
        return rows.select_related(*self.with_them) if self.with_them else rows

    def new(self, record: Any) -> Any:
        """A row of this record, not saved."""
        return self.form._meta.model(**{self.owner: record})


def _and(*words: object) -> str:
    return " · ".join(str(word) for word in words if word not in ("", None))


def _plainly(row: Any, _record: Any) -> str:
    return str(row)


def _link(row: ClaimLink, record: Any) -> str:
    label, other = row.seen_from(record)
    return f"{label}: {other}"


def _date(row: Any, _record: Any) -> str:
    return _and(row, row.earliest, row.latest, _("chosen") if row.is_chosen else "", row.note)


def _citation(row: Any, _record: Any) -> str:
    return _and(row.label, row.source, _("listed only") if row.is_listed_only else "", row.address_as_printed)


PARTS: dict[str, tuple[Part, ...]] = {
    RecordKind.ACTOR: (
        Part(
            "spelling",
            gettext_lazy("Names in other scripts and spellings"),
            "actor",
            "names",
            part_forms.ActorNameForm,
            lambda row, _record: _and(row.name, row.language),
        ),
    ),
    RecordKind.OUTLET: (
        Part("domain", gettext_lazy("Further domains"), "outlet", "domains", part_forms.DomainForm, _plainly),
        Part(
            "ownership",
            gettext_lazy("Who owns or pays for it"),
            "outlet",
            "ownership_notes",
            part_forms.OwnershipNoteForm,
            lambda row, _record: _and(row.text, row.reference),
        ),
    ),
    RecordKind.SOURCE: (
        Part(
            "voice",
            gettext_lazy("Who speaks"),
            "source",
            "roles",
            part_forms.VoiceForm,
            lambda row, _record: _and(row.actor, row.role_as_printed),
            ("actor",),
        ),
        Part(
            "identifier",
            gettext_lazy("Identifiers"),
            "source",
            "identifiers",
            part_forms.IdentifierForm,
            lambda row, _record: _and(row.get_scheme_display(), row.value),
        ),
        Part(
            "copy",
            gettext_lazy("Copies held elsewhere"),
            "source",
            "copies",
            part_forms.CopyForm,
            lambda row, _record: _and(row.address, row.saved_on),
        ),
        Part(
            "look",
            gettext_lazy("Checks of the source"),
            "source",
            "checks",
            part_forms.SourceCheckForm,
            lambda row, _record: _and(row, row.note),
            stays=True,
        ),
    ),
    RecordKind.CLAIM: (
        Part(
            "done",
            gettext_lazy("Who did it, who answered"),
            "claim",
            "done",
            part_forms.DoneForm,
            lambda row, _record: _and(row.get_part_display(), row.actor),
            ("actor",),
        ),
        Part("link", gettext_lazy("Links to other claims"), "from_claim", "links_out", part_forms.LinkForm, _link),
    ),
    RecordKind.ARTICLE: (
        Part(
            "date",
            gettext_lazy("Dates of publication and their basis"),
            "article",
            "date_evidence",
            part_forms.DateEvidenceForm,
            _date,
        ),
        Part(
            "citation",
            gettext_lazy("Sources it cites"),
            "article",
            "citations",
            part_forms.CitationForm,
            _citation,
            ("source",),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A part on the page of its record. rows: (row, in words, whether it can be changed here)."""

    part: Part
    rows: list[tuple[Any, str, bool]]
    form: part_forms.PartForm


def find(kind: str, key: str) -> Part:
    """Raises Http404."""
    for part in PARTS.get(kind, ()):
        if part.key == key:
            return part
    raise Http404


def sections(record: EditableRecord, reader: User) -> Iterator[Section]:
    """The parts of a record, each with its rows and a form for another. One query each, and the article's passages."""
    for part in PARTS.get(kind_of(record), ()):
        rows = [(row, part.says(row, record), is_own(part, row, record)) for row in part.rows(record)]
        yield Section(part, rows, blank(part, record, reader))


def is_own(part: Part, row: Any, record: EditableRecord) -> bool:
    """Whether a row is changed at this record: a link is, where it starts."""
    return not part.stays and getattr(row, f"{part.owner}_id") == record.pk


def blank(part: Part, record: EditableRecord, reader: User) -> part_forms.PartForm:
    """An empty form for another row."""
    return part.form(
        initial={"version": versions.version_of(record)},
        instance=part.new(record),
        owner=record,
        reader=reader,
        auto_id=f"{part.key}_%s",
    )
