"""The pages of outlets, sources, actors and measures."""

import datetime

import pytest
from django.test import Client

from archive.models import vocabulary as terms
from tests import scenes
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    ClaimActorFactory,
    ClaimFactory,
    FigureFactory,
    MeasureFactory,
    OutletFactory,
    OwnershipNoteFactory,
    ReusePolicyFactory,
    SourceCopyFactory,
    SourceFactory,
    SourceIdentifierFactory,
)

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_outlet_says_what_may_be_shown_by_whose_terms_and_when_they_were_read(client: Client):
    outlet = OutletFactory(published=True, name="Euromaidan Press", slug="euromaidan-press")
    ReusePolicyFactory(
        outlet=outlet, extract_limit=500, is_link_required=True, terms_address="https://outlet.example/terms"
    )
    OwnershipNoteFactory(outlet=outlet, text="Lives on its readers.", reference="Foot of its pages")
    ArticleFactory(published=True, outlet=outlet, headline="Its only article")

    text = text_of(client, "/outlets/euromaidan-press/")

    assert "<b>500</b> characters of one article at most" in text
    assert "the outlet’s own terms" in text
    assert "required by the terms" in text
    assert "3 November 2026" in text
    assert "Lives on its readers." in text
    assert "Foot of its pages" in text
    assert "Its only article" in text
    assert '<a class="total" href="/articles/?outlet=euromaidan-press">1</a>' in text


def test_an_outlet_whose_terms_nobody_read_has_the_strict_limit(client: Client):
    text = text_of(client, OutletFactory(published=True).get_absolute_url())

    assert "<b>200</b> characters" in text
    assert "Nobody has read the outlet’s terms yet" in text


def test_an_outlets_articles_are_paged_on_its_page(client: Client):
    outlet = OutletFactory(published=True, slug="one")
    ArticleFactory.create_batch(21, published=True, outlet=outlet)

    assert text_of(client, "/outlets/one/").count('<li class="entry">') == 20
    assert text_of(client, "/outlets/one/?page=2").count('<li class="entry">') == 1
    assert "There is no page 3" in text_of(client, "/outlets/one/?page=3")


def test_a_source_says_who_speaks_what_was_looked_for_and_who_takes_what_from_it(client: Client):
    scene = scenes.one_speech()
    SourceIdentifierFactory(source=scene.post, value="1808123456")
    SourceCopyFactory(source=scene.post, address="https://copies.example/post")

    text = text_of(client, scene.post.get_absolute_url())

    assert "Not verified as of 3 November 2026</b>: not found under this title" in text
    assert "<code>1808123456</code>" in text
    assert "https://copies.example/post" in text
    assert text.count("Headline eleven") == 2  # cites it, and has the claim from it
    assert "Headline ten" not in text
    assert "Speech at the forum" in text


def test_a_sources_number_of_citing_articles_equals_its_list(client: Client):
    scene = scenes.one_speech()

    assert f'{scene.post.get_absolute_url()}#cited-by">cited by 2 articles</a>' in text_of(client, "/sources/")
    assert 'Articles that cite it <span class="total">2</span>' in text_of(client, scene.post.get_absolute_url())


def test_a_source_whose_address_is_withheld_gives_no_way_to_it(client: Client):
    source = SourceFactory(published=True, address="https://private.example/person", address_withheld=True)
    SourceIdentifierFactory(source=source, value="id-of-the-person")
    SourceCopyFactory(source=source, address="https://copies.example/person")

    text = text_of(client, source.get_absolute_url())

    assert "private.example" not in text
    assert "id-of-the-person" not in text
    assert "copies.example" not in text


def test_a_source_that_is_a_hidden_article_says_nothing_of_it(client: Client):
    hidden = ArticleFactory(headline="Hidden headline")
    source = SourceFactory(published=True, article=hidden, title="", kind=terms.SourceKind.MEDIA_REPORT)

    text = text_of(client, source.get_absolute_url()) + text_of(client, "/sources/")

    assert "Hidden headline" not in text
    assert hidden.outlet.name not in text
    assert "2 July 2024" not in text
    assert source.article.address not in text


def test_an_actor_has_its_names_in_every_script_its_words_and_its_acts(client: Client):
    scene = scenes.one_speech()
    ActorNameFactory(actor=scene.speaker, name="Председатель", language="ru")
    claim = ClaimFactory(published=True, sentence="Workplaces are searched.")
    ClaimActorFactory(claim=claim, actor=scene.speaker)

    text = text_of(client, scene.speaker.get_absolute_url())

    assert '<span lang="ru">Председатель</span>' in text
    assert "New citizens were sent to the war." in text
    assert "Speech at the forum" in text
    assert "as printed: head of the committee" in text
    assert "Workplaces are searched." in text


def test_a_hidden_claim_is_not_shown_among_an_actors_acts(client: Client):
    actor = ActorFactory(published=True)
    ClaimActorFactory(claim=ClaimFactory(sentence="A hidden claim."), actor=actor)

    assert "A hidden claim." not in text_of(client, actor.get_absolute_url())


def test_a_measure_shows_each_figure_with_its_comparator_speaker_and_day(client: Client):
    scene = scenes.one_speech()

    text = text_of(client, scene.measure.get_absolute_url())

    assert text.count('data-kind="figure"') == 3
    assert text.count("already ten thousand were sent") == 1
    assert "The Chairman" in text
    assert "27 June 2024" in text


def test_figures_of_two_days_are_drawn_as_steps_with_the_table_beside_them(client: Client):
    measure = MeasureFactory()
    speaker = ActorFactory(published=True, name="The Chairman")
    for year, low in ((2024, 10_000), (2025, 20_000)):
        FigureFactory(
            published=True,
            measure=measure,
            appearance__speaker=speaker,
            low=low,
            high=None,
            comparator=terms.Comparator.MORE_THAN,
            as_of_from=datetime.date(year, 5, 20),
        )

    text = text_of(client, measure.get_absolute_url())

    assert text.count('<path class="steps"') == 1
    assert text.count('<path class="open"') == 2
    assert text.count(">more than 10,000</text>") == 1
    assert text.count('data-kind="figure"') == 2


def test_a_figure_alone_is_not_drawn(client: Client):
    figure = FigureFactory(published=True)

    assert "<svg" not in text_of(client, figure.measure.get_absolute_url())
