"""A source's page: every look for it in neutral words, its part in chains of claims, gaps in lists that name it."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.browse import details
from archive.models import Source
from archive.models.vocabulary import SourceCheckState
from tests import scenes
from tests.factories import (
    AppearanceFactory,
    CitationFactory,
    ClaimFactory,
    CreditFactory,
    PersonFactory,
    SourceCheckFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def text_of(client: Client, source: Source, question: str = "") -> str:
    answer = client.get(source.get_absolute_url() + question)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_every_look_for_it_stands_there_in_neutral_words_the_newest_first(client: Client):
    source = SourceFactory(published=True)
    for day, state in enumerate(SourceCheckState, start=1):
        SourceCheckFactory(source=source, state=state, checked_on=datetime.date(2026, 11, day))

    looked_for = text_of(client, source).split("Looked for")[1]

    told = [
        "Only an archived copy found on 5 November 2026",
        "Not verified as of 4 November 2026: not found under this title",
        "Found under another title on 3 November 2026",
        "Found under this title on 2 November 2026",
        "Not verified as of 1 November 2026: not checked",
    ]
    places = [looked_for.index(words) for words in told]
    assert places == sorted(places)


def test_it_says_for_which_claims_it_is_the_start_and_for_which_it_passes_on(client: Client):
    scene = scenes.one_speech()
    own = AppearanceFactory(
        claim=ClaimFactory(published=True, sentence="The post says this itself."), article=None, source=scene.post
    )
    CreditFactory(appearance=AppearanceFactory(claim=own.claim, article=scene.articles[1]), source=scene.post)
    unread = ClaimFactory(published=True, sentence="No article has this from the post.")
    AppearanceFactory(claim=unread, article=None, source=scene.post)

    chains = text_of(client, scene.post).split("Its part in the chains of claims")[1].split("What is said to come")[0]

    assert "Starting point The post says this itself. Passes it on New citizens were sent to the war." in chains
    assert "No article has this" not in chains
    assert "Starting point New citizens were sent to the war." in text_of(client, scene.speech)


def test_of_many_chains_the_first_stand_there_with_how_many_there_are_more(client: Client, monkeypatch):
    monkeypatch.setattr(details, "CHAINS_ON_A_PAGE", 2)
    source = SourceFactory(published=True)
    for _ in range(5):
        AppearanceFactory(published=True, claim__published=True, article=None, source=source)
        CreditFactory(published=True, appearance__claim__published=True, source=source)

    page, whole = text_of(client, source), text_of(client, source, "?whole=1")

    assert "Its part in the chains of claims 5" in page
    assert page.count("Starting point ") == 2
    assert "and 3 claims more" in page
    assert whole.count("Starting point ") == 5
    assert "claims more" not in whole


def test_an_unconfirmed_or_inferred_credit_and_a_hidden_claim_give_it_no_part(client: Client):
    source = SourceFactory(published=True)
    CreditFactory(appearance=AppearanceFactory(published=True), source=source, state="suggested")
    CreditFactory(appearance=AppearanceFactory(published=True), source=source, basis="inferred")
    CreditFactory(source=source)

    assert "Its part in the chains" not in text_of(client, source)


def test_the_desk_reads_the_part_that_is_counted_and_not_what_is_no_public_record_yet(client: Client):
    source = SourceFactory(published=True)
    CreditFactory(appearance=AppearanceFactory(claim=ClaimFactory(published=True)), source=source)
    client.force_login(PersonFactory(editor=True))

    assert "Its part in the chains" not in text_of(client, source)


def test_a_numbering_gap_of_an_article_that_cites_it_stands_beside_the_article(client: Client):
    citation = CitationFactory(published=True, article__reference_gaps="[2] to [4]")
    other = CitationFactory(published=True, source=citation.source)

    text = text_of(client, citation.source)

    assert text.count("numbering gap: its list skips [2] to [4]") == 1
    assert other.article.headline in text
    page = client.get(citation.article.get_absolute_url()).content.decode()
    assert '<span class="label">Numbering gap</span>' in page


def test_its_page_costs_the_same_for_one_claim_and_for_many(client: Client):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(source.get_absolute_url())
        return len(queries)

    source = SourceFactory(published=True)
    for _ in range(2):
        CreditFactory(appearance=AppearanceFactory(published=True), source=source)
    few = cost()
    for _ in range(4):
        CreditFactory(appearance=AppearanceFactory(published=True), source=source)

    assert cost() == few
