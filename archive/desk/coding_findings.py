"""What an article's coding gives an editor to decide: its date, its figures, its headline, its limit."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from archive.desk import rules
from archive.desk.findings import Finding, Stretch
from archive.desk.material import Material
from archive.models import Appearance, Figure
from archive.models.vocabulary import BOUNDS_ONLY, CheckKind, Destination, Hedge
from archive.provenance import consistency
from archive.text.sentences import digest


def in_coding(material: Material) -> list[Finding]:
    """Everything that the records of an article give to decide. Five queries."""
    return [
        *_small_figures(material),
        *_date(material),
        *_headline(material),
        *_series(material),
        *_same_numbers(material),
        *_over_limit(material),
    ]


def _small_figures(material: Material) -> Iterator[Finding]:
    for figure in rules.small_figures(material.article):
        says = _("%(figure)s people are counted with a place finer than a region.") % {"figure": figure}
        place = Stretch(passage=figure.passage_id or figure.appearance.passage_id)
        yield Finding(CheckKind.HARM_SMALL_FIGURE, rules.subject_of(figure), says, (place,))


def _date(material: Material) -> Iterator[Finding]:
    evidence = list(material.article.date_evidence.all())
    if any(one.is_chosen for one in evidence):
        return
    usable = [one for one in evidence if one.basis not in BOUNDS_ONLY]
    if usable:
        subject, says = "not chosen", _("Something says when it was published, and none of it is chosen.")
    elif evidence:
        subject = "bounds only"
        says = _("Only a footer or the time of rendering bears a date: that bounds publication, and is no date of it.")
    else:
        subject, says = "no evidence", _("Nothing says when it was published.")
    places = tuple(Stretch(passage=one.passage_id, label=str(one)) for one in evidence)
    yield Finding(CheckKind.DATE_WITHOUT_BASIS, subject, says, places)


def _headline(material: Material) -> Iterator[Finding]:
    for one in consistency.headline_differences(material.reports):
        said, otherwise = _written(one.differs_in, one.said), _written(one.differs_in, one.otherwise)
        says = _("Headline: %(said)s; body: %(otherwise)s.") % {"said": said, "otherwise": otherwise}
        subject = f"report {one.report.public_id} {one.differs_in} {digest(f'{one.said} {one.otherwise}')}"
        places = (_report(one.report), *(_report(report) for report in one.reports))
        yield Finding(CheckKind.HEADLINE_AND_BODY, subject, says, places)


def _written(kind: str, terms: tuple[str, ...]) -> str:
    """Terms as an editor reads them."""
    labels: dict[str, str] = {}
    if kind == consistency.DESTINATION:
        labels = {str(term.value): str(term.label) for term in Destination}
    if kind == consistency.HEDGE:
        labels = {str(term.value): _("hedge: %(hedge)s") % {"hedge": term.label} for term in Hedge}
    return ", ".join(labels.get(term, term) for term in terms)


def _report(report: Appearance) -> Stretch:
    said_by = f", {report.speaker}" if report.speaker else ""
    return Stretch(
        passage=report.passage_id, label=f"{report.get_part_display()}, {report.get_voice_display()}{said_by}"
    )


def _series(material: Material) -> Iterator[Finding]:
    for figures in consistency.differing_series(material.reports):
        numbers = ", ".join(dict.fromkeys(figure.written for figure in figures))
        says = _("Figures of one series differ, “%(measure)s”: %(numbers)s.") % {
            "measure": figures[0].measure.title,
            "numbers": numbers,
        }
        bounds = sorted((figure.public_id, figure.low, figure.high) for figure in figures)
        subject = f"series of figure {bounds[0][0]} {digest(str(bounds))}"
        yield Finding(CheckKind.FIGURES_DIFFER, subject, says, tuple(_figure(figure) for figure in figures))


def _same_numbers(material: Material) -> Iterator[Finding]:
    for number, figures in consistency.same_numbers(material.reports):
        says = _("The number %(number)s stands with different groups or stages.") % {"number": f"{number:,}"}
        counted = sorted((figure.public_id, figure.measure.slug) for figure in figures)
        subject = f"number {number} {digest(str(counted))}"
        yield Finding(CheckKind.SAME_NUMBER, subject, says, tuple(_figure(figure) for figure in figures))


def _figure(figure: Figure) -> Stretch:
    label = f"{figure.written}: {figure.measure.title}"
    return Stretch(passage=figure.passage_id or figure.appearance.passage_id, label=label)


def _over_limit(material: Material) -> Iterator[Finding]:
    extract = getattr(material.article, "extract", None)
    if extract is None or not extract.left_out:
        return
    says = _("The outlet lets %(limit)s characters be shown: some of what is coded stays outside.")
    places = tuple(Stretch(passage=passage) for passage in extract.left_out)
    yield Finding(CheckKind.OVER_LIMIT, f"extract of {extract.limit}", says % {"limit": extract.limit}, places)
