"""Which fields of which record an editor can change, and how their values are written as text.

One text form serves the edit form, the history and a restored value: related records by their public
id, slug or code; dates as 2024-07-02; yes and no as True and False. A field's texts are a list: of one
text or none, and of several where a field holds several records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import Http404

from archive.desk import forms as desk_forms
from archive.desk import term_forms
from archive.models import Actor, Article, Claim, Figure, Measure, Outlet, Place, Source, Tactic
from archive.models.base import User
from archive.models.vocabulary import RecordKind

Texts: TypeAlias = dict[str, list[str]]
EditableRecord: TypeAlias = Article | Outlet | Claim | Source | Actor | Figure | Place | Measure | Tactic

LONGEST_NUMBER = 9  # digits


@dataclass(frozen=True, slots=True)
class Editable:
    model: type[models.Model]
    form: type[desk_forms.RecordForm]


EDITABLE: dict[str, Editable] = {
    RecordKind.ARTICLE: Editable(Article, desk_forms.ArticleForm),
    RecordKind.OUTLET: Editable(Outlet, desk_forms.OutletForm),
    RecordKind.CLAIM: Editable(Claim, desk_forms.ClaimForm),
    RecordKind.SOURCE: Editable(Source, desk_forms.SourceForm),
    RecordKind.ACTOR: Editable(Actor, desk_forms.ActorForm),
    RecordKind.FIGURE: Editable(Figure, desk_forms.FigureForm),
    RecordKind.PLACE: Editable(Place, term_forms.PlaceForm),
    RecordKind.MEASURE: Editable(Measure, term_forms.MeasureForm),
    RecordKind.TACTIC: Editable(Tactic, term_forms.TacticForm),
}
# Named by their number: they have no public id, and the slug of a measure may change.
BY_NUMBER = (RecordKind.PLACE, RecordKind.MEASURE, RecordKind.TACTIC)


def find(kind: str, public_id: str, user: User) -> Any:
    """The record of this kind and id, through the one door. Raises Http404."""
    if kind not in EDITABLE:
        raise Http404
    key = "pk" if kind in BY_NUMBER else "public_id"
    if kind in BY_NUMBER and not (public_id.isdecimal() and len(public_id) <= LONGEST_NUMBER):
        raise Http404
    try:
        return _visible(EDITABLE[kind].model, user).get(**{key: public_id})
    except ObjectDoesNotExist as error:
        raise Http404 from error


def records_of(record: EditableRecord, user: User) -> Any:
    """All records of this one's kind that the person may see."""
    return _visible(type(record), user)


def _visible(model: Any, user: User) -> Any:
    return model.objects.visible_to(user)


def kind_of(record: EditableRecord) -> RecordKind:
    return RecordKind(str(record._meta.model_name))


def form_of(record: EditableRecord) -> type[desk_forms.RecordForm]:
    return EDITABLE[kind_of(record)].form


def texts_of(record: EditableRecord) -> Texts:
    """The editable fields of a record as text. One query for each field that names other records."""
    fields = form_of(record).base_fields
    return {name: _texts(record, name) for name in form_of(record).field_names() if name in fields}


def _texts(record: EditableRecord, name: str) -> list[str]:
    value = getattr(record, name)
    if isinstance(value, models.Manager):
        return sorted(key_text(related) for related in value.all())
    if isinstance(value, models.Model):
        return [key_text(value)]
    return [] if value is None or value == "" else [str(value)]


def key_text(related: models.Model) -> str:
    """How forms and history name a related record."""
    return str(getattr(related, desk_forms.key_of(type(related))))


def kept(texts: list[str]) -> str | None:
    """A field's texts as one text for the history; None where there are none."""
    return ", ".join(texts) or None


def unkept(text: str | None, field: forms.Field) -> list[str]:
    """A field's texts from the one that the history keeps."""
    if text is None:
        return []
    return text.split(", ") if isinstance(field, forms.ModelMultipleChoiceField) else [text]
