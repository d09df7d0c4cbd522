"""One measure as data: what is counted, and every number that was given for it, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from archive.access.texts import texts_for
from archive.models import Figure, Measure
from archive.models.base import User
from archive.records import groups, parts
from archive.records.reader import Reader
from archive.text import dates


@dataclass(frozen=True, slots=True)
class MeasureRecord:
    """One measure. figures: by the day they hold for; none of them is "the" figure."""

    id: str
    page: str
    title: str
    definition: str
    stage: parts.Term
    people: tuple[parts.Term, ...]
    origin: str
    territory: str
    unit: parts.Term
    figures: tuple[parts.FigureRecord, ...]


@dataclass(frozen=True, slots=True)
class FigureExport:
    """A row of a measure's file. series: number of its series on the page, from 1. edtf: the day it holds for."""

    figure: parts.FigureRecord
    series: int
    is_new: bool
    unit: parts.Term
    edtf: str
    page: str


def figure_exports(measure: Measure) -> list[FigureExport]:
    """The rows of the tables on a measure's page as the public reads them, in their order. Constant query count."""
    record = measure_record(measure, AnonymousUser())
    return [
        FigureExport(
            figure,
            number,
            series.is_new,
            record.unit,
            dates.edtf(
                dates.PartialDate(figure.as_of.earliest, figure.as_of.latest, figure.as_of.precision, figure.as_of.text)
            ),
            f"{record.page}#figure-{figure.id}",
        )
        for number, series in enumerate(groups.by_speaker(record.figures), start=1)
        for figure in series.figures
    ]


def measure_record(measure: Measure, user: User) -> MeasureRecord:
    """Everything that this reader may see under one measure, loaded ``for_listing()``. Constant query count."""
    figures = figure_records(Figure.objects.visible_to(user).of_measure(measure), user)
    return MeasureRecord(
        id=measure.slug,
        page=measure.get_absolute_url(),
        title=measure.title,
        definition=measure.definition,
        stage=parts.term(measure, "stage"),
        people=tuple(parts.Term(one.slug, one.label) for one in measure.people.all()),
        origin=str(measure.origin or ""),
        territory=str(measure.territory or ""),
        unit=parts.term(measure, "unit"),
        figures=figures,
    )


def public_figures(measures: Iterable[Measure], user: User) -> list[tuple[parts.Ref, tuple[parts.FigureRecord, ...]]]:
    """Each measure with its published figures, by the day they hold for. Constant query count."""
    wanted = list(measures)
    found = figure_records(Figure.objects.visible_to(user).published().of_measures(wanted), user)
    return [(ref := parts.measure(one), tuple(f for f in found if f.measure == ref)) for one in wanted]


def figure_records(figures: Iterable[Figure], user: User) -> tuple[parts.FigureRecord, ...]:
    """From figures with ``loaded()`` relations. Constant query count."""
    found = list(figures)
    articles = {one.appearance.article.pk: one.appearance.article for one in found if one.appearance.article}
    reader = Reader(user, texts_for(articles.values(), user))
    return tuple(reader.figure(one, one.appearance) for one in found)
