"""What the list of one's notes may be asked; with the editors' choice of those that others share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.filters import terms
from archive.filters.listing import ListFilter
from archive.filters.reports import values_of
from archive.filters.terms import Choices, Terms
from archive.models import Annotation
from archive.models.annotations import AnnotationQuerySet
from archive.models.vocabulary import Motivation, Sharing
from archive.records.annotations import AnnotationReader, AnnotationRecord
from archive.text import analysis

LONGEST_QUESTION = 200
SORTS = [("changed", _("Changed last first")), ("newest", _("Newest first")), ("article", _("By article"))]
WHOSE = [("mine", _("Mine")), ("others", _("Of others")), ("all", _("All that I may read"))]
STANDS = [("here", _("At its words")), ("lost", _("Not in this version")), ("whole", _("On a whole article"))]
ORDERS = {"newest": "newest_first", "article": "by_article"}
PATHS = {
    "kind": "motivation",
    "sharing": "sharing",
    "tag": "tag_rows__tag",
    "tactic": "tactics__slug",
    "outlet": "article__outlet__slug",
    "article": "article__public_id",
    "by": "author__pen_name",
}


class AnnotationFilter(ListFilter):
    """q: words that a note, its tags or the words that it marks have, all of them, in any script and spelling."""

    whose = django_filters.ChoiceFilter(choices=WHOSE, method="unchanged", label=_("Whose"))
    kind = Terms(Choices(Motivation), _("Kind"))
    sharing = Terms(Choices(Sharing), _("Who reads it"))
    tag = django_filters.CharFilter(method="unchanged", label=_("Tag"), max_length=80)
    tactic = Terms(terms.TACTICS, _("Method of pressure"))
    outlet = Terms(terms.OUTLETS, _("Outlet"))
    article = django_filters.CharFilter(method="unchanged", label=_("Article"), max_length=80)
    by = django_filters.CharFilter(method="unchanged", label=_("Written by"), max_length=80)
    stands = django_filters.ChoiceFilter(choices=STANDS, method="unchanged", label=_("Where it stands"))
    q = django_filters.CharFilter(method="unchanged", label=_("Words"), max_length=LONGEST_QUESTION)
    sort = django_filters.ChoiceFilter(choices=SORTS, method="unchanged", label=_("Order"))

    class Meta:
        model = Annotation
        fields: list[str] = []

    @property
    def user(self) -> Any:
        assert self.request is not None  # noqa: S101  # each view gives it
        return self.request.user

    def filter_queryset(self, annotations: QuerySet[Any]) -> QuerySet[Any]:
        notes: AnnotationQuerySet = annotations  # type: ignore[assignment]  # of the model above
        asked = self.form.cleaned_data
        whose = asked["whose"] or "mine"
        if whose != "all":
            notes = notes.of(self.user) if whose == "mine" else notes.by_others(self.user)
        wanted = values_of(asked, {"kind", "sharing", "tactic", "outlet"})
        wanted |= {name: (asked[name],) for name in ("tag", "article", "by") if asked[name]}
        notes = notes.having({PATHS[name]: values for name, values in wanted.items()})
        if asked["stands"]:
            notes = getattr(notes, f"standing_{asked['stands']}")(self.user)
        if asked["tag"] and whose != "mine":
            # A tag of somebody else's that is not told is not found either.
            notes = notes.by_pks(one.pk for one, told in self._told(notes) if asked["tag"] in told.tags)
        if asked["q"]:
            notes = notes.by_pks(self._holding(notes, asked["q"]))
        return getattr(notes, ORDERS.get(asked["sort"], "changed_last_first"))()

    def _holding(self, notes: AnnotationQuerySet, question: str) -> list[int]:
        """Those that hold every word of a question, as this reader reads them. Some twelve queries."""
        wanted = [stems for word in analysis.words(question) if (stems := analysis.query_stems(word))]
        return [one.pk for one, told in self._told(notes) if _holds(told, wanted)]

    def _told(self, notes: AnnotationQuerySet) -> list[tuple[Annotation, AnnotationRecord]]:
        """Each with what this reader may read of it."""
        rows = list(notes.loaded())
        reader = AnnotationReader(rows, self.user)
        return [(one, reader.record(one)) for one in rows]


def _holds(note: AnnotationRecord, wanted: Iterable[frozenset[str]]) -> bool:
    own_words = " ".join([note.body, *note.tags])
    has = {*analysis.tokens(own_words), *analysis.tokens(own_words, "en")}
    has |= set(analysis.tokens(f"{note.words} {note.quote}", note.language))
    return all(stems & has for stems in wanted)
