"""A search that finds little is put right with the archive's own public words, and only with what finds more."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from archive.access import documents, extracts, names
from archive.desk import actions
from archive.filters import did_you_mean
from archive.models import Article, SuggestedWord
from archive.models.vocabulary import RedactionReason, WithdrawalReason
from archive.text.anchor import TextSpan
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, PersonFactory, captured

pytestmark = pytest.mark.django_db


def indexed(headline: str = "A headline", *body: str, **fields: Any) -> Article:
    made: Article = ArticleFactory(**{"published": True, "headline": headline, "summary": "", **fields})
    if body:
        captured(made, "As printed", *body)
    extracts.rebuild([made.pk])
    return made


def offered(client: Client, query: str) -> list[tuple[str, str]]:
    """Words and address of each search that the page offers instead."""
    answer = client.get(f"/articles/?{query}" if "=" in query else "/articles/", {} if "=" in query else {"q": query})
    assert answer.status_code == 200
    part = re.search(r'(?s)<p class="search-instead">.*?</p>', answer.content.decode())
    found = re.findall(r'<a href="([^"]*)">([^<]*)</a>', part.group() if part else "")
    return [(html.unescape(words), html.unescape(address)) for address, words in found]


def words(client: Client, query: str) -> list[str]:
    return [one for one, _address in offered(client, query)]


def test_the_page_says_that_nothing_was_found_and_offers_what_may_be_meant(client: Client):
    indexed("Bastrykin spoke in Omsk")

    page = client.get("/articles/?q=bastrikni").content.decode()

    assert "Nothing found for “bastrikni”. Did you mean:" in page
    assert '<a href="?q=bastrykin">bastrykin</a>' in page


@pytest.mark.parametrize(
    ("headline", "typed", "meant"),
    [
        ("Bastrykin spoke", "bastrikni", "bastrykin"),
        ("Бастрыкин выступил", "бастркин", "бастрыкин"),
        ("Повестки вручили", "повстеки", "повестки"),
        ("Summons to soldiers", "Sommons -zubrowka", "summons -zubrowka"),
        ("Summons to soldiers", "title:sommons", "title:summons"),
        ("Summons to soldiers", '"sommons to soldeirs"', '"summons to soldiers"'),
        ("Summons to soldiers", "sommo*", None),
        ("Summons to soldiers", "zubrowka", None),
        ("Summons to soldiers", "to", None),
        ("Summons to soldiers", "??? !", None),
    ],
)
def test_slips_are_put_right_in_both_scripts_and_the_rest_of_the_search_stays(
    client: Client, headline: str, typed: str, meant: str | None
):
    indexed(headline)

    assert words(client, typed) == ([meant] if meant else [])


def test_a_word_of_a_summary_or_of_a_name_is_offered(client: Client):
    indexed("Other matters", summary="Of the regiment")
    OutletFactory(published=True, name="Caliber")
    ActorFactory(published=True, name="Medvedchuk")
    indexed("Other matters", "Caliber wrote of Medvedchuk.")

    assert words(client, "regimnet") == ["regiment"]
    assert words(client, "calibet") == ["caliber"]
    assert words(client, "medvedchku") == ["medvedchuk"]


@pytest.mark.parametrize("role", [None, "researcher", "editor"])
def test_only_what_everybody_may_read_is_offered_to_anybody(client: Client, role: str | None):
    """A captured text is searched, but its words are the outlet's: who types them finds them, nobody is led to them."""
    indexed("A headline", "They sent Zubrowka there.")
    indexed("Krupnikov was sent", headline_withheld=True)
    indexed("Pertsovka drafted", published=False)
    indexed("Nalivka withdrawn", published=False, withdrawn=True)
    OutletFactory(name="Starkanews")
    if role:
        client.force_login(PersonFactory(**{role: True}))

    assert Article.objects.search("zubrowka").exists()
    for typed in ("zubrowak", "zubrwka", "krupnikvo", "krupnkiov", "pertsvoka", "nalivak", "starkanwes", "withhedl"):
        assert words(client, typed) == [], typed


def test_a_word_is_not_offered_once_it_is_edited_out_withheld_or_withdrawn(client: Client):
    by = PersonFactory(editor=True)
    edited, withheld, withdrawn = (indexed(f"{word} came") for word in ("Zubrowka", "Krupnikov", "Pertsovka"))
    for word in ("zubrowka", "krupnikov", "pertsovka"):
        # Still found, so that nothing but the words' own rule keeps it from being offered.
        indexed("Other", f"They sent {word} there.")
    typed = ("zubrowak", "krupnikvo", "pertsovak")
    before = [words(client, one) for one in typed]

    actions.edit(edited, {"headline": "Nothing"}, by=by, version=edited.version, why="Safety")
    actions.edit(withheld, {"headline_withheld": True}, by=by, version=withheld.version, why="Safety")
    actions.withdraw(withdrawn, reason=WithdrawalReason.SAFETY, by=by, version=withdrawn.version)

    assert before == [["zubrowka"], ["krupnikov"], ["pertsovka"]]
    assert [words(client, one) for one in typed] == [[], [], []]
    assert not SuggestedWord.objects.filter(word__in=["zubrowka", "krupnikov", "pertsovka"]).exists()


def test_a_word_whose_witness_was_changed_past_the_index_is_not_offered(client: Client):
    made = indexed("Zubrowka came")
    indexed("Other", "They sent Zubrowka there.")
    assert words(client, "zubrowak") == ["zubrowka"]

    made.headline_withheld = True
    made.save()

    assert words(client, "zubrowak") == []


def test_a_redacted_word_is_offered_to_nobody(client: Client):
    made = indexed("A headline", "They sent Zubrowka there.")
    text = made.captures.get().texts.get()
    span = TextSpan(text.text.index("Zubrowka"), text.text.index("Zubrowka") + len("Zubrowka"))

    actions.redact(text, span, reason=RedactionReason.PRIVATE_PERSON, by=PersonFactory(editor=True))

    assert words(client, "zubrowak") == []
    assert not SuggestedWord.objects.filter(sound__startswith="zubr").exists()


def test_other_filters_stay_and_what_finds_nothing_under_them_is_not_offered(client: Client):
    indexed("Summons came", outlet=OutletFactory(published=True, slug="one"))
    OutletFactory(published=True, slug="two")

    [(text, address)] = offered(client, "q=sommons&outlet=one&sort=oldest&page=1")

    assert (text, address) == ("summons", "?q=summons&outlet=one&sort=oldest")
    assert "Summons" in client.get(f"/articles/{address}").content.decode()
    assert offered(client, "q=sommons&outlet=two") == []


def test_a_search_that_finds_a_few_is_offered_what_finds_more_and_one_that_finds_enough_nothing(client: Client):
    indexed("The contrast was great")
    for number in range(4):
        indexed(f"Contract number {number}")

    page = client.get("/articles/?q=contrast").content.decode()

    assert words(client, "contrast") == ["contract"]
    assert words(client, "contract") == []
    assert "Nothing found for" not in page
    assert "(4 articles)" in page


def test_the_nearest_words_are_offered_and_three_at_most(client: Client):
    for word in ("Barnadek", "Barnadek", "Barnadel", "Barnadem", "Barnaden", "Barnatten"):
        indexed(f"{word} spoke")

    found = words(client, "barnader")

    assert found == ["barnadek", "barnadel", "barnadem"]
    assert len(found) == did_you_mean.MOST_OFFERED


def test_reindexing_brings_the_words_of_an_archive_that_was_there_before(client: Client):
    indexed("Summons came")
    SuggestedWord.objects.all().delete()
    assert words(client, "sommons") == []

    call_command("reindex", all=True, verbosity=0)

    assert words(client, "sommons") == ["summons"]


def test_one_word_of_two_articles_has_another_witness_after_reindexing(client: Client):
    first = indexed("Summons came")
    indexed("Summons went")

    actions.edit(first, {"headline": "Letters"}, by=PersonFactory(editor=True), version=first.version, why="Typo")
    call_command("reindex", all=True, verbosity=0)

    assert words(client, "sommons") == ["summons"]


def test_what_is_typed_stands_escaped_on_the_page(client: Client):
    indexed("Summons came")

    page = client.get("/articles/", {"q": '<b>sommons</b> "'}).content.decode()

    assert "<b>" not in page.split("<main", 1)[1].split("</main", 1)[0].replace("<b>1</b>", "")


def test_it_costs_as_many_queries_for_many_articles_as_for_one(count_queries: Callable[..., int]):
    found = []
    for more in (1, 1, 20, 22):
        for number in range(more):
            indexed(f"Summons {'abcdefghijklmnopqrstuvwxyz'[number]}ow came")
        names.read.cache_clear()
        found.append(count_queries("/articles/?q=sommons"))

    assert len(set(found)) == 1


@pytest.mark.parametrize(
    "typed", ["a" * 500, "абвг " * 16, "sommons " * 16, "\u0301" * 50, "漢字漢字漢字", "١٢٣٤٥ ١٢٣"]
)
def test_whatever_is_typed_is_answered(client: Client, typed: str):
    indexed("Summons came")

    assert client.get("/articles/", {"q": typed}).status_code == 200


def test_a_word_is_kept_once(client: Client):
    indexed("Summons came")
    documents.rebuild([indexed("Summons went").pk])

    assert SuggestedWord.objects.filter(word="summons").count() == 1
