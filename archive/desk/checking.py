"""A look at an article: all that it gives to decide now, and its checks with the places that they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.access import texts
from archive.desk import material
from archive.desk.coding_findings import in_coding
from archive.desk.findings import ADVICE, LOOKED_FOR, NOTED, Finding, Stretch
from archive.desk.near_copies import SUBJECT, finding_for, near_copies
from archive.desk.text_findings import in_text
from archive.models import Article, Check, Person
from archive.models.vocabulary import CheckDecision, CheckKind
from archive.text.identifiers import is_public_id


@dataclass(frozen=True, slots=True)
class ShownStretch:
    """Where a check shows: an excerpt of the captured text, or a coded passage, or what stands in its place."""

    label: str = ""
    excerpt: texts.Excerpt | None = None
    quote: texts.Quote | None = None
    absence: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """says: empty where the record no longer gives the reason, or an act asked it. advice: what an editor may do."""

    check: Check
    says: str
    advice: str
    stretches: tuple[ShownStretch, ...]


@dataclass(frozen=True, slots=True)
class ShownChecks:
    """Checks of an article by their order on its page. is_behind: another look would open or close some."""

    open: tuple[ShownCheck, ...]
    decided: tuple[ShownCheck, ...]
    is_behind: bool
    checklist: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One word of the line above a text that is being coded. state: "open", "kept" or "fine"."""

    kind: str
    label: str
    count: int
    state: str


def findings_of(article: Article, reader: Person) -> list[Finding]:
    """Everything that an article gives to decide, near copies included, each once. Some thirty queries."""
    held = material.of(article, reader)
    found = [*in_text(held), *in_coding(held), *near_copies(held)]
    return list({finding.key: finding for finding in found}.values())


def checks_of(article: Article, reader: Person, visible: texts.VisibleText) -> ShownChecks:
    """The checks of an article with their places, as this reader may see them. Near copies are not looked for anew."""
    held = material.of(article, reader)
    found = {finding.key: finding for finding in (*in_text(held), *in_coding(held))}
    checks = sorted(Check.objects.of_article(article), key=_order)
    for check in checks:
        if check.kind == CheckKind.NEAR_DUPLICATE:
            found[check.kind, check.subject] = finding_for(check.subject.removeprefix(SUBJECT))
    asked = [found[key] for check in checks if (key := (check.kind, check.subject)) in found]
    excerpts = _excerpts(held, asked, reader)
    shown = [_shown(check, found.get((check.kind, check.subject)), visible, excerpts) for check in checks]
    return ShownChecks(
        tuple(one for one in shown if one.check.decision == CheckDecision.OPEN),
        tuple(one for one in shown if one.check.decision != CheckDecision.OPEN),
        _is_behind(checks, found),
        tuple(checklist(checks)),
    )


def _order(check: Check) -> tuple[bool, int, int]:
    """Those that block first, then by what they are about, then as they were asked."""
    kinds = [str(kind.value) for kind in LOOKED_FOR]
    return not check.is_blocking, kinds.index(check.kind) if check.kind in kinds else -1, check.pk


def has_lost_its_reason(check: Check, found: Collection[tuple[str, str]]) -> bool:
    """Whether a check is open, of a kind that looks ask and not noted by hand, and not among what was found."""
    is_asked_by_looks = check.kind in LOOKED_FOR and not check.subject.startswith(NOTED)
    return is_asked_by_looks and check.decision == CheckDecision.OPEN and (check.kind, check.subject) not in found


def _is_behind(checks: Sequence[Check], found: Collection[tuple[str, str]]) -> bool:
    held = {(check.kind, check.subject) for check in checks}
    return any(key not in held for key in found) or any(has_lost_its_reason(check, found) for check in checks)


def _excerpts(
    held: material.Material, asked: Iterable[Finding], reader: Person
) -> dict[tuple[int, int], texts.Excerpt]:
    """The stretches of the text that the findings show, by their spans. One query."""
    wanted = sorted({one.span for finding in asked for one in finding.stretches if one.span is not None})
    if held.text is None:
        return {}
    return dict(zip(wanted, texts.excerpts(held.text, wanted, reader), strict=False))


def _shown(
    check: Check,
    finding: Finding | None,
    visible: texts.VisibleText,
    excerpts: dict[tuple[int, int], texts.Excerpt],
) -> ShownCheck:
    stretches = finding.stretches if finding is not None else ()
    is_copy = check.kind == CheckKind.NEAR_DUPLICATE
    return ShownCheck(
        check,
        finding.says if finding is not None else "",
        str(ADVICE.get(CheckKind(check.kind), "")),
        tuple(_other_article(one) if is_copy else _stretch(one, visible, excerpts) for one in stretches),
    )


def _other_article(stretch: Stretch) -> ShownStretch:
    if not is_public_id(stretch.label):
        return ShownStretch(label=stretch.label)
    address = reverse("desk:article-detail", kwargs={"public_id": stretch.label})
    return ShownStretch(label=_("Article %(id)s") % {"id": stretch.label}, address=address)


def _stretch(
    stretch: Stretch, visible: texts.VisibleText, excerpts: dict[tuple[int, int], texts.Excerpt]
) -> ShownStretch:
    if stretch.span is not None:
        return ShownStretch(stretch.label, excerpt=excerpts.get(stretch.span))
    quote = visible.quote(stretch.passage)
    return ShownStretch(stretch.label, quote=quote, absence="" if quote else visible.absence(stretch.passage))


def checklist(checks: Sequence[Check]) -> list[ChecklistItem]:
    """One line on how far an article is: what is open, and that date and headline were looked at. No query."""
    opened = Counter(check.kind for check in checks if check.decision == CheckDecision.OPEN)
    kept = {check.kind for check in checks if check.decision != CheckDecision.OPEN}
    items = []
    for kind in LOOKED_FOR:
        count = opened[kind.value]
        state = "open" if count else "kept" if kind.value in kept else "fine"
        if count or kind in (CheckKind.DATE_WITHOUT_BASIS, CheckKind.HEADLINE_AND_BODY):
            items.append(ChecklistItem(kind.value, _label(kind, count), count, state))
    return items


def _label(kind: CheckKind, count: int) -> str:
    """In a few words; with its count, where there may be many."""
    counted = {
        CheckKind.NUMBER_NOT_CODED: ngettext("%(n)s number not coded", "%(n)s numbers not coded", count),
        CheckKind.ATTRIBUTION_WITHOUT_SOURCE: ngettext("%(n)s source not coded", "%(n)s sources not coded", count),
        CheckKind.PERSONAL_DATA: ngettext("%(n)s personal datum", "%(n)s personal data", count),
        CheckKind.HARM_PRIVATE_PERSON: ngettext("%(n)s name to look at", "%(n)s names to look at", count),
        CheckKind.HARM_SMALL_FIGURE: ngettext("%(n)s small figure", "%(n)s small figures", count),
        CheckKind.REWRITING: ngettext("%(n)s sign of rewriting", "%(n)s signs of rewriting", count),
        CheckKind.NEAR_DUPLICATE: ngettext("%(n)s near copy", "%(n)s near copies", count),
        CheckKind.DATE_WITHOUT_BASIS: _("date basis"),
        CheckKind.HEADLINE_AND_BODY: _("headline ≠ body") if count else _("headline = body"),
        CheckKind.FIGURES_DIFFER: _("figures differ"),
        CheckKind.SAME_NUMBER: _("one number, several groups"),
        CheckKind.NUMBERING_GAP: _("numbering gap"),
        CheckKind.OVER_LIMIT: _("over the outlet’s limit"),
    }
    return counted[kind] % {"n": count} if "%(n)s" in counted[kind] else counted[kind]
