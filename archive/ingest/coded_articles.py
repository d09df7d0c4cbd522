"""Articles of a coded folder: what was published when, and the words of it that are held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from django.utils import timezone

from archive.captures import store
from archive.ingest.coded_book import Book, CodingRefused
from archive.ingest.coded_folder import Row
from archive.models import Article, Capture, CaptureText, DateEvidence, Passage, ReprintGroup
from archive.models.vocabulary import HarmReview, RecordStatus
from archive.text.addresses import address_key, canonical_address
from archive.text.dates import PartialDate, parse_edtf
from archive.text.hashing import sha256_hex
from archive.text.normalise import plain_text
from archive.text.paragraphs import paragraphs

EXTRACTOR = "coded 1"
MEDIA_TYPE = "text/plain; charset=utf-8"


class HeldWords:
    """The texts held of one article, in which quoted phrases are found."""

    def __init__(self, key: str, texts: Iterable[CaptureText]) -> None:
        self._key = key
        self._texts = list(texts)
        self._passages: dict[tuple[int, int, int], Passage] = {}

    def passage(self, quote: str, part: str, *, within: Passage | None = None) -> Passage | None:
        """The passage of a phrase: inside another passage if it stands there, or else once in its part of the page.

        None for an empty quote: the wording is not held. Raises CodingRefused where no place, or more than one, fits.
        """
        if not quote:
            return None
        places = list(self._inside(quote, within)) if within else []
        places = places or list(self._in_part(quote, part))
        if len(places) != 1:
            raise CodingRefused(
                self._key, f"“{quote}” stands {len(places)} times in the part “{part}”; it must be once."
            )
        text, start = places[0]
        place = (text.pk, start, start + len(quote))
        if place not in self._passages:
            self._passages[place] = Passage.objects.create(capture_text=text, start=start, end=start + len(quote))
        return self._passages[place]

    def _inside(self, quote: str, within: Passage) -> Iterator[tuple[CaptureText, int]]:
        text = within.capture_text
        for start in _starts(text.text[within.start : within.end], quote):
            yield text, within.start + start

    def _in_part(self, quote: str, part: str) -> Iterator[tuple[CaptureText, int]]:
        for text in self._texts:
            for paragraph, zone in zip(paragraphs(text.text), text.zones, strict=True):
                if zone == part:
                    for start in _starts(paragraph.text, quote):
                        yield text, paragraph.start + start


def _starts(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def text_of(capture: Row) -> str:
    """The plain text of a capture: its paragraphs with a blank line between them."""
    return plain_text("\n\n".join(paragraph["text"] for paragraph in capture["text"]))


def keep_bytes(rows: Iterable[Row]) -> None:
    """Store the bytes of every capture; call before the transaction that refers to them."""
    for row in rows:
        for capture in row["captures"]:
            store.keep(text_of(capture).encode())


def held_by_address(rows: Iterable[Row]) -> dict[str, Article]:
    """Articles that the archive holds under a row's address, by the row's key. One query."""
    keys = {canonical_address(row["address"]): row["key"] for row in rows if row["address"]}
    held = Article.objects.in_bulk(list(keys), field_name="address")
    return {keys[address]: article for address, article in held.items()}


def add_article(row: Row, *, book: Book) -> Article:
    """Add an article with the evidence of its date; nothing of what it says yet."""
    dates = [(one, parse_edtf(one["edtf"])) for one in row["dates"]]
    chosen = next(((one, when) for one, when in dates if one["chosen"]), None)
    address = canonical_address(row["address"]) if row["address"] else None
    article = Article.objects.create(
        outlet=book.record("outlet", row["outlet"]),
        headline=row["headline"],
        headline_withheld=row["headline_withheld"],
        byline=row["byline"],
        language=row["language"],
        address=address,
        address_key=address_key(address) if address else "",
        address_withheld=row["address_withheld"],
        summary=row["summary"],
        summary_by=book.by.signature,
        depth=row["depth"],
        sensitivity=row["sensitivity"],
        is_lead=row["lead"],
        reference_gaps=row.get("reference_gaps", ""),
        note=row.get("note", ""),
        status=RecordStatus.PUBLISHED,
        **(_published(*chosen) if chosen else {}),
    )
    for one, when in dates:
        _add_date(article, one, when)
    _add_provisional(article, row["provisional"], book=book)
    return article


def join_texts(new: Iterable[tuple[Article, Row]], *, book: Book) -> None:
    """Put articles to others of which their rows say that they are one text (“one_text_with”, a key)."""
    for article, row in new:
        other = book.record("article", row.get("one_text_with"))
        if other is None:
            continue
        if other.reprint_group is None:
            other.reprint_group = ReprintGroup.objects.create(confirmed_by=book.by.public_id)
            other.save(update_fields=["reprint_group"])
        article.reprint_group = other.reprint_group
        article.save(update_fields=["reprint_group"])


def _published(one: Row, when: PartialDate) -> dict[str, object]:
    return {
        "published_from": when.earliest,
        "published_to": when.latest,
        "published_precision": when.precision,
        "published_basis": one["basis"],
        "published_words": one["words"],
    }


def _add_date(article: Article, one: Row, when: PartialDate) -> None:
    DateEvidence.objects.create(
        article=article,
        earliest=when.earliest,
        latest=when.latest,
        precision=when.precision,
        words=one["words"],
        basis=one["basis"],
        is_chosen=one["chosen"],
        note=one.get("note", ""),
    )


def _add_provisional(article: Article, row: Row, *, book: Book) -> None:
    article.provisional_tactics.add(*(book.tactics[slug] for slug in row["tactics"]))
    article.provisional_people.add(*(book.people[slug] for slug in row["people"]))
    article.provisional_areas.add(*(book.places[slug] for slug in row["areas"]))


def add_captures(article: Article, row: Row, *, book: Book) -> HeldWords:
    """Add what is held of the article's text. Its bytes are stored already."""
    return HeldWords(row["key"], [_capture_text(article, capture, book=book) for capture in row["captures"]])


def _capture_text(article: Article, row: Row, *, book: Book) -> CaptureText:
    text, zones = text_of(row), [paragraph["zone"] for paragraph in row["text"]]
    if len(paragraphs(text)) != len(zones):
        raise CodingRefused(str(article), "Each paragraph of a capture is one paragraph of plain text.")
    digest = sha256_hex(text.encode())
    is_cleared = row.get("harm_review") == HarmReview.CLEARED
    capture = Capture.objects.create(
        article=article,
        sha256=digest,
        size=len(text.encode()),
        blob=digest,
        media_type=MEDIA_TYPE,
        address=row.get("address", ""),
        method=row["method"],
        captured_at=datetime.combine(date.fromisoformat(row["captured_on"]), time(12), tzinfo=UTC),
        harm_review=HarmReview.CLEARED if is_cleared else HarmReview.OPEN,
        harm_reviewed_by=book.by.public_id if is_cleared else "",
        harm_reviewed_at=timezone.now() if is_cleared else None,
    )
    return CaptureText.objects.create(capture=capture, extractor=EXTRACTOR, text=text, zones=zones)
