"""The worker's search for texts that have words in common: what it finds are suggestions, for an editor to decide.

First the newest text of each article is read (fingerprints, and the posts and pages that it points to), then it is
compared with those read before it. Both go batch by batch, what was found is written at the end of a batch, and
stopped it goes on where it was. Texts of withdrawn articles are left out. Words that stand in more than thirty texts
lead to the oldest of these alone, and only where it is of another outlet: that is how the furniture of one is told from
a text that many took over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from typing import Any

from archive.desk import material, reuse_actions, suggesting
from archive.desk.suggesting import Found
from archive.models import CaptureText, Fingerprint, Pointer, TextReading
from archive.models.vocabulary import SuggestionKind
from archive.text import marks, reuse
from archive.text.paragraphs import FURNITURE_ZONES
from archive.text.reuse import IsCommon, Words
from archive.text.spans import Span

BATCH = 200
# Read at once: fingerprints lie anywhere in their index, so each write of a few costs as much as that of many.
READ_AT_ONCE = 2_000
LETTERS_AT_ONCE = 10_000_000  # code points; a batch of reading ends with the text that reaches this
# Values that are asked for in one query.
ASKED_AT_ONCE = 500
MOST_HOLDERS = 30
MOST_POINTING = 10
# Two texts with a passage of reuse.LONG words have two fingerprints in common, but for a few.
FEWEST_IN_COMMON = 2
# Texts with which one is compared, those with most in common.
MOST_COMPARED = 50
LONGEST_TEXT = 500_000  # code points; a longer one is read by its beginning
PASSAGES_KEPT = 100
_WORDS_KEPT = 1_000
_STRETCHES_KEPT = 20_000
_HOLDERS_READ = 120
_HOLDERS_AT_ONCE = MOST_HOLDERS + 1


def look(
    most: int | None = None,
    *,
    is_wanted_elsewhere: Callable[[], bool] = lambda: False,
    tell: Callable[[int], object] = lambda _done: None,
) -> int:
    """Read what is new and compare it. Gives how many were compared.

    most: texts after which no batch is begun, of those read and of those compared; without it all are. tell: gets how
    many were compared so far. is_wanted_elsewhere: asked before each batch; the rest then waits for the next look.
    """
    read, last = 0, 0
    while (most is None or read < most) and not is_wanted_elsewhere():
        pks = _read_batch(after=last)
        if not pks:
            break
        read, last = read + len(pks), pks[-1]
    done, shelf = 0, _Shelf()
    while (most is None or done < most) and not is_wanted_elsewhere():
        compared = _compare_batch(shelf)
        done += compared
        tell(done)
        if compared < BATCH:
            break
    return done


def look_at_figures() -> int:
    """Note articles in which one speaker gives the same figure, all there are. Gives how many pairs are new."""
    return reuse_actions.note(suggesting.figures_alike(), all_of=SuggestionKind.SAME_FIGURE, by=None)


def _read_batch(*, after: int) -> list[int]:
    """Take fingerprints and pointers of some texts that have none. Gives their pks in order, none where none is left.

    Seven queries, and one for every few thousand rows that are written.
    """
    texts = _waiting(after)
    read = {text.pk for text in texts}
    held = CaptureText.objects.of_articles({text.capture.article_id for text in texts})
    every = list(held.values_list("capture__article", "pk"))
    newest = dict(every)
    current = [text for text in texts if newest[text.capture.article_id] == text.pk]
    prints: list[Fingerprint] = []
    pointers: list[Pointer] = []
    for text in current:
        stretches = _reported(text)
        words = reuse.words_of(text.text, stretches)
        prints += [Fingerprint(text=text, value=value) for value in sorted(reuse.fingerprints(words))]
        pointers += _pointers(text, "\n\n".join(text.text[start:end] for start, end in stretches))
    readings = [
        TextReading(text=text, version=reuse.VERSION, is_compared=newest[text.capture.article_id] != text.pk)
        for text in texts
    ]
    # What is kept of a newest text that was read before stays.
    instead_of = [pk for article, pk in every if pk != newest[article] or pk in read]
    reuse_actions.keep(readings, prints, pointers, instead_of=instead_of, by=None)
    return [text.pk for text in texts]


def _waiting(after: int) -> list[CaptureText]:
    """The texts of one batch, ended by their number or by their length."""
    texts: list[CaptureText] = []
    letters = 0
    waiting = CaptureText.objects.not_read_for_reuse(reuse.VERSION).after(after).select_related("capture")
    for text in waiting[:READ_AT_ONCE].iterator(chunk_size=BATCH):
        texts.append(text)
        letters += len(text.text)
        if letters >= LETTERS_AT_ONCE:
            break
    return texts


def read(text: CaptureText) -> Words:
    """The words of a text but for the furniture of its page."""
    return reuse.words_of(text.text, _reported(text))


def _reported(text: CaptureText) -> list[Span]:
    """The stretches of a text that report: neighbouring paragraphs are one, so that passages go on in the next."""
    stretches: list[Span] = []
    goes_on = False
    for part in material.zoned(text.text[:LONGEST_TEXT], text.zones):
        if part.zone in FURNITURE_ZONES:
            goes_on = False
        elif goes_on:
            stretches[-1] = (stretches[-1][0], part.end)
        else:
            stretches.append((part.start, part.end))
            goes_on = True
    return stretches


def _pointers(text: CaptureText, reported: str) -> Iterator[Pointer]:
    if "/" not in reported:
        return
    for kind, found in ((SuggestionKind.SHARED_POST, marks.posts), (SuggestionKind.SHARED_LINK, marks.links)):
        yield from (Pointer(text=text, kind=kind, value=value) for value in found(reported))


def _compare_batch(shelf: _Shelf) -> int:
    readings = TextReading.objects.not_compared().select_related("text__capture__article")[:BATCH]
    texts = [reading.text for reading in readings]
    common, holders = _holders(texts)
    found = [one for text in texts for one in _overlaps(text, holders[text.pk], common, shelf)]
    found += _pointing_alike(texts)
    reuse_actions.note(found, of=texts, by=None)
    return len(texts)


def _holders(texts: Sequence[CaptureText]) -> tuple[set[int], dict[int, Counter[int]]]:
    """Fingerprints that too many texts have; and for each text how many of its others each other text has."""
    by_value: dict[int, list[int]] = {}
    rare: set[int] = set()
    common: dict[int, int] = {}
    for pk, value, count, oldest in Fingerprint.objects.held(texts, most=MOST_HOLDERS):
        by_value.setdefault(value, []).append(pk)
        if count > MOST_HOLDERS:
            common[value] = oldest
        elif count > 1:
            rare.add(value)
    found: dict[int, Counter[int]] = {text.pk: Counter() for text in texts}
    pairs = (pair for values in _chunks(sorted(rare)) for pair in Fingerprint.objects.texts_with(values))
    for value, other in chain(common.items(), pairs):
        for pk in by_value[value]:
            found[pk][other] += 1
    for pk, others in found.items():
        del others[pk]
    return set(common), found


def _overlaps(text: CaptureText, others: Counter[int], common: set[int], shelf: _Shelf) -> Iterator[Found]:
    """The articles whose texts share enough with this one. Two queries, none where nothing is in common."""
    near = [pk for pk, count in others.most_common(MOST_COMPARED) if count >= FEWEST_IN_COMMON]
    if not near:
        return
    mine = shelf.words(text)
    for other in _comparable(text, near):
        theirs = shelf.words(other)
        # What the oldest text of many says is their furniture only where it is the same outlet's.
        is_elsewhere = other.capture.article.outlet_id != text.capture.article.outlet_id
        passages = reuse.shared(mine, theirs, is_common=None if is_elsewhere else shelf.told_by(common))
        if reuse.is_sign(passages, mine, theirs):
            longest = sorted(passages, key=lambda each: (-each.words, each.left))[:PASSAGES_KEPT]
            evidence: dict[str, Any] = {
                "words": sum(each.words for each in passages),
                "of": [len(mine), len(theirs)],
                "texts": [text.pk, other.pk],
                "passages": [[each.words, *each.left, *each.right] for each in longest],
            }
            yield Found(SuggestionKind.TEXT_OVERLAP, text.capture.article_id, other.capture.article_id, evidence)


def _comparable(text: CaptureText, pks: Collection[int]) -> list[CaptureText]:
    """Those of other articles that are still held; a later one that waits to be compared finds this one itself."""
    later = [pk for pk in pks if pk > text.pk]
    waiting = set(TextReading.objects.not_compared().of_texts(later).values_list("pk", flat=True))
    asked = [pk for pk in pks if pk not in waiting]
    others = CaptureText.objects.by_pks(asked).of_held_articles()
    return [other for other in others if other.capture.article_id != text.capture.article_id]


def _pointing_alike(texts: Sequence[CaptureText]) -> Iterator[Found]:
    """Articles that show the same post, and articles of two outlets that link the same page. Three queries."""
    articles = {text.pk: text.capture.article for text in texts}
    pointing: dict[tuple[str, str], list[int]] = {}
    for kind, value, pk in Pointer.objects.shared_with(texts, most=MOST_POINTING):
        pointing.setdefault((kind, value), []).append(pk)
    others = {pk for pks in pointing.values() for pk in pks} - set(articles)
    articles |= {text.pk: text.capture.article for text in CaptureText.objects.by_pks(others).of_held_articles()}
    mine = {text.pk for text in texts}
    for (kind, value), every in pointing.items():
        pks = [pk for pk in every if pk in articles]
        for pk in mine.intersection(pks):
            for other in pks:
                one, two = articles[pk], articles[other]
                is_sign = one.outlet_id != two.outlet_id or kind == SuggestionKind.SHARED_POST
                if one.pk != two.pk and is_sign and (other not in mine or other < pk):
                    yield Found(SuggestionKind(kind), one.pk, two.pk, {"shared": [value], "texts": [pk, other]})


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), ASKED_AT_ONCE):
        yield values[start : start + ASKED_AT_ONCE]


class _Shelf:
    """Words of the texts that were compared last, so that those which many others resemble are read once."""

    def __init__(self) -> None:
        self._held: dict[int, Words] = {}
        self._common: dict[tuple[int, ...], bool] = {}

    def told_by(self, common: set[int]) -> IsCommon:
        """Whether too many texts have a stretch of words. common: fingerprints that too many have, each by itself.

        Two queries for each stretch of which nobody asked before; an outlet’s furniture is always the same.
        """

        def is_common(run: Sequence[int], values: tuple[int, ...]) -> bool:
            if not common.issuperset(values):
                return False
            stretch = tuple(run)
            if stretch not in self._common:
                if len(self._common) >= _STRETCHES_KEPT:
                    self._common.clear()
                self._common[stretch] = self._is_in_many(stretch, values)
            return self._common[stretch]

        return is_common

    def _is_in_many(self, run: Sequence[int], values: tuple[int, ...]) -> bool:
        """Look into the texts that have the fingerprints, some at a time until enough are found; at most the oldest."""
        holders = Fingerprint.objects.held_together(set(values), most=_HOLDERS_READ) if values else []
        found = 0
        for start in range(0, len(holders), _HOLDERS_AT_ONCE):
            some = holders[start : start + _HOLDERS_AT_ONCE]
            # Taken together before more are read: those push earlier ones off the shelf.
            here = {pk: self._held[pk] for pk in some if pk in self._held}
            for text in CaptureText.objects.by_pks([pk for pk in some if pk not in here]):
                here[text.pk] = self.words(text)
            found += sum(words.has(run) for words in here.values())
            left = len(holders) - start - len(some)
            if found > MOST_HOLDERS or found + left <= MOST_HOLDERS:
                break
        return found > MOST_HOLDERS

    def words(self, text: CaptureText) -> Words:
        if text.pk not in self._held:
            if len(self._held) >= _WORDS_KEPT:
                del self._held[next(iter(self._held))]
            self._held[text.pk] = read(text)
        return self._held[text.pk]
