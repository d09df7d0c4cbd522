"""A coding form as a whole: the report with its sources and numbers, as sent, as held, or as the words look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.desk.coding_fields import Known, PassageField
from archive.desk.coding_forms import CreditForm, FigureForm, ReportForm, place_of
from archive.desk.coding_names import written
from archive.desk.coding_rows import CodedCredit, CodedFigure, CodedReport, Place
from archive.models import Appearance, Article, Person, Source
from archive.models.vocabulary import CountingBasis, Part, Voice

FIGURES = 3
# A report that names more sources than this, and was not imported with them, is several reports.
MOST_CREDITS = 12
TERMS = ("act", "voice", "part", "hedge", "verb", "stance", "wording", "destination", "note")


@dataclass(frozen=True, slots=True)
class Sheet:
    """report: with the claim and the terms; beside it the sources that it names, and its numbers."""

    report: ReportForm
    credits: list[CreditForm]
    figures: list[FigureForm]

    def is_valid(self) -> bool:
        """Each is looked at, so that every mistake is told at once."""
        return all([one.is_valid() for one in (self.report, *self.credits, *self.figures)])

    @property
    def at(self) -> Place | None:
        """The passage that the form names, where it was read without a mistake."""
        if not self.report.is_bound:
            return PassageField(required=False).clean(self.report.initial.get("at", ""))
        self.report.is_valid()
        return self.report.cleaned_data.get("at")

    def coded(self) -> CodedReport:
        """What a valid form says, for the writers."""
        filled = self.report.cleaned_data
        return CodedReport(
            at=filled["at"],
            claim=filled["claim"],
            terms={name: filled[name] for name in TERMS},
            speaker=filled["speaker"],
            credits=[
                CodedCredit(one["source"], one["source_kind"], one["how"], one["basis"])
                for one in (credit.cleaned_data for credit in self.credits)
                if one["source"]
            ],
            tactics=tuple(filled["tactics"]),
            figures=[_figure(number) for number in self.figures if number.is_filled],
            dropped=tuple(filled.get("dropped", ())),
            new={name: filled[name] for name in ("claim_kind", "speaker_kind", "people", "places")},
            is_small_safe=filled.get("is_small_safe", False),
        )


def sent(
    data: Mapping[str, Any], *, carrier: Article | Source, reader: Person, report: Appearance | None = None
) -> Sheet:
    """The form as it was sent, or as it was kept unsent."""
    known, most = Known(reader), max(MOST_CREDITS, len(report.credits.all()) + 1 if report else 0)
    kept = [n for n in range(most) if n < 2 or f"{_prefix(n)}-source" in data]
    return Sheet(
        ReportForm(data, carrier=carrier, known=known, report=report),
        [CreditForm(data, prefix=_prefix(n), carrier=carrier, known=known) for n in kept],
        [FigureForm(data, prefix=f"figure{n}") for n in range(_most_figures(carrier))],
    )


def fresh(
    initial: Mapping[str, Any],
    *,
    carrier: Article | Source,
    reader: Person,
    credits: Sequence[Mapping[str, Any]] = (),
    figures: Sequence[Mapping[str, Any]] = (),
    report: Appearance | None = None,
) -> Sheet:
    """The form before anything is typed, filled in with these, and one source more than those."""
    known = Known(reader)
    sources = [*credits, {}, {}][: max(2, len(credits) + 1)]
    numbers = [*figures, *[{}] * FIGURES][: _most_figures(carrier)]
    start = {"voice": Voice.OWN_WORDS, "part": Part.BODY} | dict(initial)
    return Sheet(
        ReportForm(initial=start, carrier=carrier, known=known, report=report),
        [
            CreditForm(initial=dict(values), prefix=_prefix(n), carrier=carrier, known=known)
            for n, values in enumerate(sources)
        ],
        [FigureForm(initial=dict(values), prefix=f"figure{n}") for n, values in enumerate(numbers)],
    )


def held(report: Appearance, *, carrier: Article | Source, reader: Person, at: Place | None = None) -> Sheet:
    """The form of a report as it is stored. report: as ``loaded``. at: another passage that is chosen for it."""
    place = at or place_of(report)
    initial = {name: getattr(report, name) for name in TERMS} | {
        "version": report.version,
        "at": f"{place[0]}:{place[1]}-{place[2]}" if place else "",
        "claim": written(report.claim, reader),
        "speaker": written(report.speaker, reader),
        "tactics": [use.tactic.slug for use in report.tactic_uses.all()],
    }
    credits = [
        {"source": written(credit.source, reader), "how": credit.how, "basis": credit.basis}
        for credit in report.credits.all()
        if credit.source
    ]
    return fresh(initial, carrier=carrier, reader=reader, credits=credits, report=report)


def differences(typed: Sheet, stored: Sheet) -> list[str]:
    """What two forms of a report say otherwise, field by field, in words."""
    mine, theirs = _fields(typed), _fields(stored)
    found = []
    for name in sorted(mine.keys() | theirs.keys()):
        (label, yours), (_label, kept) = mine.get(name) or (theirs[name][0], ""), theirs.get(name) or ("", "")
        if yours != kept:
            words = {"field": label, "yours": yours or "—", "stored": kept or "—"}
            found.append(_("%(field)s: you wrote “%(yours)s”, stored is “%(stored)s”.") % words)
    return found


def _fields(sheet: Sheet) -> dict[str, tuple[Any, str]]:
    """Label and value of each field that says something of the report, but for sources that are not there."""
    forms: list[Any] = [sheet.report, *(credit for credit in sheet.credits if credit.is_in_sight)]
    return {
        form.add_prefix(name): (field.label, _said(form[name].value()))
        for form in forms
        for name, field in form.fields.items()
        if name not in {"version", "why", "at", "dropped", "is_small_safe"}
    }


def _said(value: Any) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, (list, tuple)) else str(value or "")


def _most_figures(carrier: Article | Source) -> int:
    """Numbers are coded in articles, where every small one is asked about before it is public."""
    return FIGURES if isinstance(carrier, Article) else 0


def _prefix(n: int) -> str | None:
    """The first source is a plain field, as most reports name one."""
    return f"credit{n}" if n else None


def _figure(number: FigureForm) -> CodedFigure:
    filled = number.cleaned_data
    return CodedFigure(
        comparator=filled["comparator"],
        low=filled["low"],
        high=filled["high"],
        measure=filled["measure"],
        as_of=filled["as_of"],
        counting=filled["counting"] or CountingBasis.NOT_STATED.value,
        span=filled["span"],
    )
