"""What an article's newest text gives an editor to decide: numbers, sources, labels, people, signs of rewriting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from archive.desk.findings import Finding, Stretch
from archive.desk.material import NOT_PROSE, Material, Numbering
from archive.models import Actor, Appearance, Person
from archive.models.vocabulary import CheckKind, Comparator
from archive.text import (
    analysis,
    attributions,
    numerals,
    personal_data,
    private_persons,
    reference_labels,
    rewriting,
    sentences,
    spans,
)
from archive.text.paragraphs import FURNITURE_ZONES
from archive.text.spans import Span

# More places of one kind than this are no list that anybody decides; what is beyond is asked once it got shorter.
MOST_OF_A_KIND = 300


def in_text(material: Material) -> list[Finding]:
    """Everything that the text, beside what is coded of it, gives to decide. Two queries where people are named."""
    if material.text is None:
        return []
    found = [*_personal(material), *_persons(material), *_labels(material), *_rewriting(material)]
    # Of an article that is only listed nobody expects more: its numbers are asked for once something is coded.
    return [*found, *_numbers(material), *_attributions(material)] if material.reports else found


def _located(material: Material, places: Iterable[Span], *, but: frozenset[str]) -> Iterator[tuple[Span, str]]:
    """Those of the places that stand in zones that are read and are not hidden, each with its name.

    What is hidden has its name all the same: what was decided of the second place stays with the second.
    """
    numbering = Numbering(material)
    in_zones = _Forwards(material.within(but=but))
    readable = _Forwards(spans.subtract(in_zones.spans, material.holes))
    count = 0
    for place in sorted(places):
        if not in_zones.meets(place):
            continue
        name = numbering.name(place)
        if readable.meets(place):
            yield place, name
            count += 1
            if count == MOST_OF_A_KIND:
                return


class _Forwards:
    """Spans in order, asked about places in order."""

    def __init__(self, found: list[Span]) -> None:
        self.spans = found
        self._at = 0

    def meets(self, place: Span) -> bool:
        while self._at < len(self.spans) and self.spans[self._at][1] <= place[0]:
            self._at += 1
        return self._at < len(self.spans) and spans.overlaps(self.spans[self._at], place)


def _numbers(material: Material) -> Iterator[Finding]:
    """Numbers that no coded figure has."""
    values = {(one.start, one.end): one.values for one in numerals.numerals(material.words)}
    coded = _coded_numbers(material)
    for place, name in _located(material, values, but=NOT_PROSE):
        if not any(spans.overlaps(place, span) and _is_coded(values[place], bounds) for span, bounds in coded):
            says = _("A number stands here, and no figure is coded for it.")
            yield Finding(CheckKind.NUMBER_NOT_CODED, name, says, (Stretch(place),))


def _coded_numbers(material: Material) -> list[tuple[Span, frozenset[int] | None]]:
    """Where figures stand in this text, with their bounds; None for words without a number."""
    found = []
    for report in material.reports:
        for figure in report.figures.all():
            span = material.place(figure.passage_id or report.passage_id)
            if span is not None:
                bounds = frozenset(bound for bound in (figure.low, figure.high) if bound is not None)
                found.append((span, None if figure.comparator == Comparator.WORDS else bounds))
    return found


def _is_coded(values: tuple[int, ...], bounds: frozenset[int] | None) -> bool:
    """Tell whether a figure has the number; of a fraction, whose value is not kept, that any figure stands there."""
    return not values or bounds is not None and not bounds.isdisjoint(values)


def _attributions(material: Material) -> Iterator[Finding]:
    """Sentences that name a source, in which neither a speaker nor a source is coded."""
    passages = [report.passage_id for report in material.reports if _has_source(report)]
    passages += [citation.passage_id for citation in material.citations]
    coded = [span for passage in passages if (span := material.place(passage)) is not None]
    cues = {(one.cue_start, one.cue_end): (one.start, one.end) for one in attributions.attributions(material.words)}
    for place, name in _located(material, cues, but=NOT_PROSE):
        if not any(spans.overlaps(cues[place], span) for span in coded):
            says = _("Words here name a source, and neither a speaker nor a source is coded in this sentence.")
            yield Finding(CheckKind.ATTRIBUTION_WITHOUT_SOURCE, name, says, (Stretch(place),))


def _has_source(report: Appearance) -> bool:
    return report.speaker_id is not None or any(credit.source_id for credit in report.credits.all())


def _labels(material: Material) -> Iterator[Finding]:
    """Gaps in bracketed numbering that are not noted, and listed labels to which no sentence refers."""
    found = reference_labels.labels(material.words)
    numbered = found.listed or found.marked
    if found.missing and not material.article.reference_gaps:
        missing = reference_labels.written(found.missing)
        beside = {number for low, high in found.missing for number in (low - 1, high + 1)} & numbered.keys()
        says = _("The numbering leaves out %(labels)s.") % {"labels": missing}
        places = tuple(Stretch(numbered[number]) for number in sorted(beside))
        yield Finding(CheckKind.NUMBERING_GAP, f"labels {missing}", says, places)
    noted = {number for one in material.citations if one.is_listed_only for number in re.findall(r"\d+", one.label)}
    unmarked = [number for number in found.unmarked if str(number) not in noted]
    if unmarked:
        written = ", ".join(map(str, unmarked))
        says = _("Nothing in the text refers to what is listed as %(labels)s.") % {"labels": written}
        places = tuple(Stretch(found.listed[number]) for number in unmarked)
        yield Finding(CheckKind.NUMBERING_GAP, f"not marked {written}", says, places)


def _rewriting(material: Material) -> Iterator[Finding]:
    sentence_for = {
        rewriting.REPEATED: _("A sentence stands twice."),
        rewriting.LEFT_OVER: _("Words of a category list or of a template stand between the words."),
        rewriting.NUMBERING: _("The numbering has holes."),
    }
    for sign in rewriting.signs(material.words, material.parts):
        words = " ".join(material.words[start:end] for start, end in sign.places)
        subject = f"{sign.kind} {sentences.digest(words)}"
        places = tuple(Stretch(place) for place in sign.places[:MOST_OF_A_KIND])
        yield Finding(CheckKind.REWRITING, subject, sentence_for[sign.kind], places)


def _personal(material: Material) -> Iterator[Finding]:
    """What reaches one person; an outlet's own addresses of e-mail are none, nor the numbers in a page's footer."""
    labels = {
        personal_data.EMAIL: _("E-mail address"),
        personal_data.TELEPHONE: _("Telephone number"),
        personal_data.DOCUMENT: _("Number of a document"),
        personal_data.ACCOUNT: _("Number of an account"),
    }
    found = {(one.start, one.end): one.kind for one in personal_data.personal_data(material.words)}
    own = _own_domains(material)
    for place, name in _located(material, found, but=FURNITURE_ZONES):
        kind = found[place]
        if kind == personal_data.EMAIL and _domain(material.words[place[0] : place[1]].rpartition("@")[2]) in own:
            continue
        says = _("Something stands here by which one person may be reached or identified.")
        yield Finding(CheckKind.PERSONAL_DATA, name, says, (Stretch(place, label=labels[kind]),))


def _own_domains(material: Material) -> frozenset[str]:
    outlet = material.article.outlet
    hosts = [urlsplit(address).hostname for address in (outlet.website, material.article.address) if address]
    hosts += [domain.domain for domain in outlet.domains.all()]
    return frozenset(_domain(host) for host in hosts if host)


def _domain(host: str) -> str:
    return host.casefold().removeprefix("www.")


def _persons(material: Material) -> Iterator[Finding]:
    found = {(one.start, one.end): one for one in private_persons.private_persons(material.words)}
    known = _known_names(material.reader) if found else []
    for place, name in _located(material, found, but=FURNITURE_ZONES):
        if not _is_known(found[place].name, known):
            says = _("A name stands here as those of private people do.")
            yield Finding(CheckKind.HARM_PRIVATE_PERSON, name, says, (Stretch(place),))


def _is_known(name: str, known: Iterable[Sequence[frozenset[str]]]) -> bool:
    """Tell whether somebody whom the archive knows is called so.

    One word alone is not enough where they have two names: it may be the first name, or the surname, of another.
    """
    asked = _folded(name)
    return any(
        len(asked) >= min(2, len(held)) and all(any(word & other for other in held) for word in asked) for held in known
    )


def _known_names(reader: Person) -> list[Sequence[frozenset[str]]]:
    """Names of people and bodies of the archive, drafts included, in every spelling. Two queries."""
    actors = Actor.objects.visible_to(reader).for_listing()
    names = {name for actor in actors for name in (actor.name, *(other.name for other in actor.names.all()))}
    return [folded for name in names if (folded := _folded(name))]


@lru_cache(maxsize=1 << 14)
def _folded(name: str) -> Sequence[frozenset[str]]:
    """The words of a name, each as the tokens that it may have in the index, whatever case it stands in."""
    return tuple(found for word in analysis.words(name) if (found := analysis.tokens_of(word)))
