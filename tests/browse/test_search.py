"""The search box and its answers, as a reader meets them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from archive.access import extracts
from archive.models import Article, finding
from archive.models.vocabulary import Sensitivity, Voice
from archive.search import engine
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    FigureFactory,
    OutletFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    captured,
)

pytestmark = pytest.mark.django_db
BEYOND = "Found in the full text; read it at the outlet."


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def reported(headline: str = "A headline", shown: str = "", hidden: str = "", **fields: object) -> Article:
    """A published article, of whose text one passage is shown to the public."""
    article = ArticleFactory(**{"published": True, "headline": headline, "outlet__limit": 60, **fields})
    text = captured(article, headline, f"{shown} {hidden}".strip() or "Nothing.")
    if shown:
        passage = PassageFactory(capture_text=text, words=shown)
        report = AppearanceFactory(published=True, article=article, passage=passage, voice=Voice.QUOTATION)
        FigureFactory(appearance=report, passage=passage)
    extracts.rebuild([article.pk])
    return article


@pytest.mark.parametrize("address", ["/", "/articles/", "/articles/?outlet=one&q=Omsk"])
def test_a_labelled_search_box_stands_on_the_page(client: Client, address: str):
    reported(outlet__slug="one")

    text = text_of(client, address)

    assert '<label for="q">Search the articles</label>' in text
    assert '<form class="search" id="ask" role="search" action="/articles/" method="get">' in text


def test_the_box_keeps_what_was_typed_and_the_other_filters(client: Client):
    reported(outlet__slug="one")

    text = text_of(client, '/articles/?outlet=one&sort=oldest&q="><b>Omsk')

    assert 'value="&quot;&gt;&lt;b&gt;Omsk"' in text
    assert 'name="outlet" value="one" form="ask" checked' in text
    assert '<option value="oldest" selected>' in text
    assert "<b>Omsk" not in text


def test_hits_are_marked_in_headline_summary_and_wording(client: Client):
    reported("Recruits <in> Omsk", "The recruits wept.", summary="How recruits were found.")
    reported("Another matter")

    text = text_of(client, "/articles/?q=recruit")

    assert "<mark>Recruits</mark> &lt;in&gt; Omsk" in text
    assert "How <mark>recruits</mark> were found." in text
    assert "The <mark>recruits</mark> wept." in text
    assert "Another matter" not in text
    assert "1 found." in text
    assert BEYOND not in text


def test_what_stands_beyond_the_extract_is_found_and_not_shown(client: Client):
    reported("A headline", "Shown to all.", "The Zubrowka battalion was beyond the limit.")

    text = text_of(client, "/articles/?q=battalion")

    assert "A headline" in text
    assert BEYOND in text
    assert "Zubrowka" not in text


def test_one_of_two_words_beyond_the_extract_is_told(client: Client):
    reported("A headline", "Shown to all.", "The battalion was beyond the limit.")

    text = text_of(client, "/articles/?q=headline+battalion")

    assert BEYOND in text


def test_snippets_of_many_searches_show_no_more_than_the_extract(client: Client):
    words = [f"Wort{number:02}x" for number in range(40)]
    reported("A headline", " ".join(words[:5]), " ".join(words[5:]))

    seen = "".join(text_of(client, f"/articles/?q={word}") for word in words)
    body = seen.replace("<mark>", "").replace("</mark>", "")

    for word in words[5:]:
        assert f'value="{word}"' in body
        assert f'<q class="wording" lang="en">{word}' not in body
        assert body.count(word) == body.count(f'value="{word}"') + body.count(f"“{word}”") + body.count(f"q={word}")


def test_a_researcher_reads_a_snippet_of_the_full_text_less_its_redactions(client: Client):
    article = reported("A headline", "", "The battalion of Zubrowka was sent.")
    text = article.captures.get().texts.get()
    RedactionFactory(passage=PassageFactory(capture_text=text, words="Zubrowka"))
    extracts.rebuild([article.pk])

    for person in (PersonFactory(researcher=True), PersonFactory(editor=True)):
        client.force_login(person)
        page = text_of(client, "/articles/?q=battalion")

        assert "The <mark>battalion</mark> of █████ was sent." in page
        assert "Zubrowka" not in page
        assert "No published article fits" in text_of(client, "/articles/?q=Zubrowka")


def test_the_words_of_a_sensitive_article_are_not_shown_in_a_list(client: Client):
    reported("A headline", "The battalion wept.", sensitivity=Sensitivity.values[0])

    text = text_of(client, "/articles/?q=battalion")

    assert "A headline" in text
    assert "wept" not in text


def test_a_withheld_headline_stays_withheld_in_a_search(client: Client):
    reported("Zubrowka was sent", "", "The battalion left.", headline_withheld=True)

    assert "No published article fits" in text_of(client, "/articles/?q=Zubrowka")
    assert "Headline withheld to protect a person" in text_of(client, "/articles/?q=battalion")


def test_drafts_are_on_no_list_of_results(client: Client):
    article = ArticleFactory(headline="Zubrowka in a draft")
    extracts.rebuild([article.pk])
    client.force_login(PersonFactory(editor=True))

    assert "in a draft" not in text_of(client, "/articles/?q=Zubrowka")


def test_the_order_is_said_and_can_be_changed(client: Client):
    reported("Plain", "", "The summons came.", published_from="2025-01-01", summary="")
    reported("Summons in the title", published_from="2020-01-01", summary="")

    best, newest = text_of(client, "/articles/?q=summons"), text_of(client, "/articles/?q=summons&sort=newest")

    assert "2 found. Best match first." in best
    assert "2 found. Newest first." in newest
    assert '<option value="newest" selected>' in newest
    assert 'name="q" value="summons"' in newest
    assert best.index("in the title") < best.index("Plain")
    assert newest.index("Plain") < newest.index("in the title")


def test_a_search_that_finds_too_many_says_that_they_stand_by_date(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finding, "MOST_RANKED", 1)
    reported("Summons one")
    reported("Summons two")

    text = text_of(client, "/articles/?q=summons")

    assert "2 found. Newest first." in text
    assert "The best match first is for searches that find fewer articles." in text
    assert "Summons one" in text.replace("<mark>", "").replace("</mark>", "")


def test_a_search_that_only_leaves_out_stands_by_date_and_offers_no_rank(client: Client):
    reported("Summons")

    reported("Another")

    text = text_of(client, "/articles/?q=-absentword")

    assert "2 found. Newest first." in text
    assert "Best match first" not in text
    assert "is for searches that find fewer" not in text


def test_how_a_search_was_read_is_said(client: Client):
    reported()

    assert "A quotation mark had no partner" in text_of(client, '/articles/?q=headline "')
    assert "There is no word in this search." in text_of(client, "/articles/?q=%3F%3F%3F")
    assert "Articles with “headline”, without “Omsk”." in text_of(client, "/articles/?q=headline+-Omsk")


def test_a_search_that_finds_nothing_says_what_was_searched_and_what_to_try(client: Client):
    reported()

    text = text_of(client, "/articles/?q=nosuchword")

    assert "No published article fits." in text
    assert "Searched: headlines, the archive’s summaries, and the captured texts" in text
    assert "Try fewer words" in text
    assert "is for searches that find fewer" not in text


@pytest.mark.parametrize("words", ["word " * 200, " ".join(f"w{n}" for n in range(17)), "abc* abd* abe* abf*"])
def test_a_search_over_its_budget_is_refused_with_the_reason(client: Client, words: str):
    reported("A headline")

    answer = client.get("/articles/", {"q": words, "outlet": Article.objects.get().outlet.slug})

    text = answer.content.decode()
    assert answer.status_code == 400
    assert "is the most" in text
    assert "Nothing was searched." in text
    assert 'class="entry"' not in text
    assert 'href="/articles/?outlet=' in text


def test_a_search_runs_as_many_queries_for_forty_results_as_for_three(count_queries: Callable[..., int]):
    """Fewer than three are helped by other searches, whose cost tests/browse/test_did_you_mean.py looks at."""
    found = []
    for more in (3, 17, 20):
        for _ in range(more):
            reported("Summons", "They came.")
        found.append(count_queries("/articles/?q=summons"))

    assert found[0] == found[1] == found[2]


def test_the_pages_of_a_search_lose_and_repeat_nothing(client: Client):
    made = {reported(f"Summons {number}", summary="").public_id for number in range(45)}

    pages = [text_of(client, f"/articles/?q=summons&page={number}") for number in (1, 2, 3)]

    seen = [public_id for page in pages for public_id in made if f'/articles/{public_id}/"' in page]
    assert sorted(seen) == sorted(made)
    assert 'href="?q=summons&amp;page=2"' in pages[0]


def test_an_outlet_filter_and_a_search_hold_together(client: Client):
    one = OutletFactory(published=True, slug="one", limit=60)
    reported("Summons of one", outlet=one)
    reported("Summons of two")

    text = text_of(client, "/articles/?q=summons&outlet=one").replace("<mark>", "").replace("</mark>", "")

    assert "Summons of one" in text
    assert "Summons of two" not in text


def test_a_search_that_takes_too_long_is_stopped_and_answered_503(client: Client, monkeypatch: pytest.MonkeyPatch):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL stops statements itself: statement_timeout is tested with the settings.")
    reported("Summons")
    monkeypatch.setattr(engine, "_STEPS_BETWEEN_LOOKS", 1)
    monkeypatch.setattr(engine.time_limit.__wrapped__, "__defaults__", (0.0,))

    answer = client.get("/articles/?q=summons")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_a_file_of_a_search_holds_what_the_page_shows_in_its_order(client: Client):
    reported("Plain", "", "The summons came.", published_from="2025-01-01", summary="")
    reported("Summons in the title", published_from="2020-01-01", summary="")
    reported("Another matter")

    answer = client.get("/articles.csv?q=summons")
    text = b"".join(answer).decode()

    assert text.index("Summons in the title") < text.index("Plain")
    assert "Another matter" not in text
    assert client.get("/articles.csv", {"q": "word " * 200}).status_code == 400
