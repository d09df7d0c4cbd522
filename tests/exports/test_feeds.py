"""Feeds: valid Atom, what changed last first, in the archive's own words."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from archive.access import extracts
from archive.desk import actions, policy_actions
from archive.models import Article, CaptureText
from archive.models.vocabulary import HarmReview, RedactionReason
from archive.provenance import counts
from archive.text.anchor import TextSpan
from tests.factories import AppearanceFactory, ArticleFactory, OutletFactory, PassageFactory, PersonFactory, captured

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314  # written by the archive itself


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize(
    "address",
    ["/articles.atom", "/claims.atom", "/articles.atom?outlet=one&from=2020&sort=saved", "/claims.atom?sort=said"],
)
def test_a_feed_has_all_that_atom_asks_for(client: Client, address: str):
    report = AppearanceFactory(published=True, article__outlet=OutletFactory(published=True, slug="one"))
    counts.rewrite([report.claim_id])

    found = feed(client, address)
    (entry,) = found.findall(f"{ATOM}entry")

    assert found.tag == f"{ATOM}feed"
    for element in (found, entry):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
            assert text(element, name)
        assert datetime.fromisoformat(text(element, "updated")).tzinfo
        assert text(element, "id").startswith("tag:testserver,2026:/")
    assert found.findtext(f"{ATOM}author/{ATOM}name")
    assert links(found) == {
        "self": f"http://testserver{address}",
        "alternate": f"http://testserver{address.replace('.atom', '/')}",
    }
    assert links(entry)["alternate"].startswith("http://testserver/")


def test_an_entry_is_in_the_archives_own_words(client: Client):
    ArticleFactory(published=True, headline="A & B <b>", summary="What it reports <in> short.", outlet__name="Herald")

    (entry,) = feed(client, "/articles.atom").findall(f"{ATOM}entry")

    assert text(entry, "title") == "A & B <b>"
    assert text(entry, "summary").startswith("Herald, ")
    assert "What it reports &lt;in&gt; short." in text(entry, "summary")
    assert text(entry, "summary").endswith("Version 1.")


def test_a_claims_entry_is_never_without_its_denials(client: Client):
    report = AppearanceFactory(published=True, act="denies")
    counts.rewrite([report.claim_id])

    (entry,) = feed(client, "/claims.atom").findall(f"{ATOM}entry")

    assert text(entry, "title") == report.claim.sentence
    assert "1 denial." in text(entry, "summary")


def test_a_correction_moves_an_entry_up_with_its_new_day_and_version(client: Client, time_machine):
    time_machine.move_to("2026-11-01T10:00:00Z")
    corrected = ArticleFactory(published=True, headline="Before")
    time_machine.move_to("2026-11-02T10:00:00Z")
    ArticleFactory(published=True, headline="Another")
    entries = feed(client, "/articles.atom").findall(f"{ATOM}entry")
    assert [text(entry, "title") for entry in entries] == ["Another", "Before"]
    name = text(entries[1], "id")

    time_machine.move_to("2026-11-05T10:00:00Z")
    editor = PersonFactory(editor=True)
    stored = Article.objects.get(pk=corrected.pk)
    actions.edit(stored, {"headline": "After"}, version=1, why="A typing mistake", by=editor)
    found = feed(client, "/articles.atom")
    first = found.findall(f"{ATOM}entry")[0]

    assert (text(first, "id"), text(first, "title")) == (name, "After")
    assert text(first, "updated") == text(found, "updated") == "2026-11-05T00:00:00+00:00"
    assert "Version 2." in text(first, "summary")


def test_a_feed_holds_the_fifty_that_changed_last_whatever_the_order_of_the_list(client: Client, time_machine):
    for day in range(1, 30):
        time_machine.move_to(datetime(2026, 10, day, tzinfo=UTC))
        ArticleFactory.create_batch(2, published=True, headline=f"On day {day}")

    titles = [text(entry, "title") for entry in feed(client, "/articles.atom?sort=oldest").findall(f"{ATOM}entry")]

    assert len(titles) == 50
    assert titles[0] == "On day 29"
    assert titles[-1] == "On day 5"


def test_a_feed_without_entries_says_that_nothing_ever_changed(client: Client):
    found = feed(client, "/claims.atom")

    assert found.findall(f"{ATOM}entry") == []
    assert text(found, "updated").startswith("1970-01-01")


def test_characters_that_xml_cannot_hold_are_left_out(client: Client):
    ArticleFactory(published=True, headline="A\x0bB\ufffeC\x1f", summary="\x08")

    (entry,) = feed(client, "/articles.atom").findall(f"{ATOM}entry")

    assert text(entry, "title") == "ABC"


def quoted_article(words: str, **article: object) -> CaptureText:
    """A published article of which these words may be read, and others not."""
    made = ArticleFactory(published=True, outlet__limit=500, **article)
    held = captured(made, "A headline", f"{words} and 7 left.")
    AppearanceFactory(article=made, claim__published=True, passage=PassageFactory(capture_text=held, words=words))
    extracts.rebuild([made.pk])
    return held


def redact(held: CaptureText, words: str) -> None:
    start = held.text.index(words)
    span = TextSpan(start, start + len(words))
    actions.redact(held, span, reason=RedactionReason.PRIVATE_PERSON, by=PersonFactory(editor=True))


def hold_back(held: CaptureText, words: str) -> None:
    actions.decide_harm(
        held.capture, decision=HarmReview.BLOCKED, seen=HarmReview.CLEARED, by=PersonFactory(editor=True)
    )


def tighten_the_terms(held: CaptureText, words: str) -> None:
    outlet = held.capture.article.outlet
    values = {"extract_limit": 3, "read_on": date(2026, 11, 4)}
    policy_actions.add_policy(outlet, values, version=1, why="New terms", by=PersonFactory(editor=True))


@pytest.mark.parametrize("act", [redact, hold_back, tighten_the_terms])
def test_an_entry_moves_up_when_less_of_its_text_may_be_read(client: Client, time_machine, act):
    time_machine.move_to("2026-11-01T10:00:00Z")
    held = quoted_article("About 20,000 were sent", headline="First")
    time_machine.move_to("2026-11-02T10:00:00Z")
    quoted_article("About 30,000 were sent", headline="Second")

    time_machine.move_to("2026-11-05T10:00:00Z")
    act(held, "20,000")
    first, second = feed(client, "/articles.atom").findall(f"{ATOM}entry")

    assert [text(first, "title"), text(second, "title")] == ["First", "Second"]
    assert text(first, "updated") == "2026-11-05T00:00:00+00:00"
    assert text(second, "updated") == "2026-11-02T00:00:00+00:00"
    assert "<lastmod>2026-11-05</lastmod>" in client.get("/sitemap.xml").getvalue().decode()


def test_an_entry_stays_where_it_is_when_the_public_reads_the_same(client: Client, time_machine):
    time_machine.move_to("2026-11-01T10:00:00Z")
    held = quoted_article("About 20,000 were sent", headline="First")
    time_machine.move_to("2026-11-05T10:00:00Z")

    redact(held, "7 left")
    (entry,) = feed(client, "/articles.atom").findall(f"{ATOM}entry")

    assert text(entry, "updated") == "2026-11-01T00:00:00+00:00"
