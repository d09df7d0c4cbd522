"""The page of an article: what it reports, on whose word, and no more of its text than may be shown."""

import datetime

import pytest
from django.test import Client

from archive.access import extracts
from archive.models import vocabulary as terms
from tests import scenes
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    DateEvidenceFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    SourceCheckFactory,
    SourceFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def page_of(client: Client, article: object) -> str:
    answer = client.get(article.get_absolute_url())  # type: ignore[attr-defined]  # any record with a page
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_is_reported_by_whom_in_which_words_and_from_where(client: Client):
    scene = scenes.one_speech()

    text = page_of(client, scene.articles[0])

    assert "New citizens were sent to the war." in text
    assert "already ten thousand were sent" in text
    assert "The Chairman</a> says so (“boasted”)" in text
    assert "Speech at the forum</a>" in text
    assert "named in the same passage" in text
    assert '<b class="amount">10,000</b>' in text


def test_it_says_how_much_of_what_the_outlet_allows_is_shown(client: Client):
    article = scenes.one_speech().articles[0]

    assert "30 of 500 characters that the outlet allows." in page_of(client, article)


def test_an_outlet_whose_terms_are_not_known_gets_the_strict_limit(client: Client):
    article = ArticleFactory(published=True)
    extracts.rebuild([article.pk])

    assert "0 of 200 characters of the strict limit: the outlet’s terms are not known." in page_of(client, article)


def test_the_public_reads_no_more_than_the_passages_and_researchers_read_the_text_with_numbered_paragraphs(
    client: Client,
):
    article = scenes.one_speech().articles[0]

    assert "read at the outlet." not in page_of(client, article)
    client.force_login(PersonFactory(researcher=True))
    text = page_of(client, article)

    assert "The rest of the text is read at the outlet." in text
    assert '<li id="p3" data-zone="body">' in text


def test_redacted_words_are_a_mark_for_everybody_but_the_desk(client: Client):
    article = ArticleFactory(published=True)
    text = captured(article, "A headline", "Somebody called Private Person was taken away.")
    report = AppearanceFactory(
        claim__published=True,
        article=article,
        passage=PassageFactory(capture_text=text, words="Somebody called Private Person was taken"),
    )
    RedactionFactory(passage=PassageFactory(capture_text=text, words="Private Person"))
    extracts.rebuild([article.pk])

    public = page_of(client, article)
    client.force_login(PersonFactory(researcher=True))
    reading = page_of(client, article)
    client.force_login(PersonFactory(editor=True))
    desk = page_of(client, article)

    assert report.passage is not None
    assert "Private Person" not in public + reading
    assert '<span class="redaction"' in public
    assert "Private Person" in desk


def test_stamps_are_kept_as_evidence_and_not_used_as_the_date(client: Client):
    article = ArticleFactory(published=True)
    DateEvidenceFactory(
        article=article,
        earliest=datetime.date(2026, 1, 1),
        latest=datetime.date(2026, 12, 31),
        precision=terms.DatePrecision.YEAR,
        basis=terms.DateBasis.FOOTER,
    )

    text = page_of(client, article)

    assert "the year in the page&#x27;s footer" in text
    assert text.count("kept as evidence, not used as the date") == 1
    assert text.count("used as the date</span>") == 2


def test_cited_sources_stand_with_their_label_their_neutral_state_and_its_day(client: Client):
    article = ArticleFactory(published=True, reference_gaps="2–4")
    source = SourceFactory(published=True, title="Report on something")
    SourceCheckFactory(source=source, state=terms.SourceCheckState.NOT_FOUND)
    CitationFactory(article=article, source=source, label="[5]", is_listed_only=True)

    text = page_of(client, article)

    assert '<span class="citation-label">[5]</span>' in text
    assert "Not verified as of 3 November 2026</b>: not found under this title" in text
    assert "listed, not attached to any passage" in text
    assert "list of references skips 2–4." in text


def test_what_is_not_coded_is_not_taken_for_nothing_reported(client: Client):
    assert "does not mean that it reports none" in page_of(client, ArticleFactory(published=True))


def test_a_withheld_headline_and_address_leave_outlet_and_date(client: Client):
    article = ArticleFactory(
        published=True,
        headline="Names a person",
        headline_withheld=True,
        address="https://outlet.example/names-a-person",
        address_withheld=True,
    )

    text = page_of(client, article)

    assert "Names a person" not in text
    assert "names-a-person" not in text
    assert article.outlet.name in text
    assert "2 July 2024" in text


def test_search_engines_are_asked_to_leave_out_what_is_marked_so(client: Client):
    marked = ArticleFactory(published=True, is_noindex=True)
    other = ArticleFactory(published=True)

    answer = client.get(marked.get_absolute_url())

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert client.get(f"/articles/{marked.public_id}.json").headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(other.get_absolute_url()).headers


def test_words_of_a_sensitive_article_are_shown_only_when_asked_for(client: Client):
    scene = scenes.one_speech()
    article = scene.articles[0]
    article.sensitivity = terms.Sensitivity.GRAPHIC
    article.save()

    for text in (page_of(client, article), page_of(client, scene.claim)):
        before, _, rest = text.partition("already ten thousand were sent")
        assert rest
        assert before.rindex('<details class="sensitive">') > before.rfind("</details>")
    assert "Graphic descriptions" in page_of(client, article)


def test_the_record_as_json_has_what_the_page_shows(client: Client):
    article = scenes.one_speech().articles[0]

    answer = client.get(f"/articles/{article.public_id}.json")
    data = answer.json()

    assert answer.headers["Content-Type"] == "application/json"
    assert data["id"] == article.public_id
    assert data["when"]["earliest"] == "2024-07-02"
    assert data["reports"][0]["wording"]["pieces"] == [["already ten thousand were sent", False]]
    assert data["reports"][0]["credits"][0]["source"]["title"] == "Speech at the forum"
    assert data["paragraphs"] == []


def test_a_page_costs_the_same_for_one_report_and_for_many(count_queries):
    scene = scenes.one_speech()
    article = scene.articles[0]
    before = count_queries(article.get_absolute_url())
    for _ in range(10):
        report = AppearanceFactory(claim__published=True, article=article)
        CitationFactory(article=article, source=SourceFactory(published=True))
        scenes.CreditFactory(appearance=report, source=SourceFactory(published=True))

    assert count_queries(article.get_absolute_url()) == before


def test_drafts_are_for_the_desk_which_is_told_so(client: Client):
    draft = ArticleFactory(headline="A draft")

    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(PersonFactory(researcher=True))
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(PersonFactory(editor=True))
    text = page_of(client, draft)

    assert "Only the desk sees this page." in text
    assert f'href="/desk/articles/{draft.public_id}/"' in text
