"""Lists: what they show, what they answer to odd questions, and that their price does not grow with their rows."""

from collections.abc import Callable

import pytest
from django.test import Client

from archive.models import vocabulary as terms
from archive.provenance import counts
from tests.factories import (
    DAY,
    ActorFactory,
    ActorNameFactory,
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    FigureFactory,
    OutletFactory,
    PersonFactory,
    SourceActorFactory,
    SourceCheckFactory,
    SourceFactory,
    TacticUseFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ("/articles/", "/outlets/", "/claims/", "/sources/", "/actors/", "/figures/", "/measures/", "/tactics/")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def listed_article() -> None:
    report = AppearanceFactory(published=True)
    CitationFactory(article=report.article, source=SourceFactory(published=True))


def listed_claim() -> None:
    report = AppearanceFactory(published=True)
    counts.rewrite([report.claim_id])


def listed_source() -> None:
    source = SourceFactory(published=True)
    SourceActorFactory(source=source, actor=ActorFactory(published=True))
    SourceCheckFactory(source=source)
    CitationFactory(source=source, article=ArticleFactory(published=True))


def listed_actor() -> None:
    ActorNameFactory(actor=ActorFactory(published=True, parent=ActorFactory(published=True)))


ROWS: dict[str, Callable[[], object]] = {
    "/articles/": listed_article,
    "/outlets/": lambda: ArticleFactory(published=True, outlet__limit=500),
    "/claims/": listed_claim,
    "/sources/": listed_source,
    "/actors/": listed_actor,
    "/figures/": lambda: FigureFactory(published=True, appearance__speaker=ActorFactory(published=True)),
    "/measures/": lambda: FigureFactory(published=True),
    "/tactics/": lambda: TacticUseFactory(published=True),
    "/": lambda: (listed_article(), listed_claim(), listed_source(), listed_actor()),
}


@pytest.mark.parametrize("address", ROWS)
def test_a_list_runs_as_many_queries_for_forty_rows_as_for_one(address: str, count_queries: Callable[..., int]):
    found = []
    for more in (1, 19, 20):
        for _ in range(more):
            ROWS[address]()
        found.append(count_queries(address))

    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("query", ["bogus=1", "page=abc", "page=0", "page=-1", "page=99999", "page=1&page=2"])
def test_a_question_that_cannot_be_understood_gets_a_message_and_no_rows(client: Client, address: str, query: str):
    for row in ROWS.values():
        row()

    text = text_of(client, f"{address}?{query}")

    assert "This list cannot be shown as asked" in text
    assert f'href="{address}"' in text
    assert "<tbody>" not in text
    assert 'class="entry' not in text
    assert 'class="term"' not in text


def test_an_unknown_outlet_gets_a_message_that_keeps_the_rest_of_the_question(client: Client):
    text = text_of(client, "/articles/?outlet=nobody&sort=oldest")

    assert "“outlet” cannot be “nobody”." in text
    assert 'href="/articles/?sort=oldest"' in text


def test_a_readers_words_come_back_shortened_and_escaped(client: Client):
    text = text_of(client, "/articles/?" + "<b>" * 100 + "=1")

    assert "<b><b>" not in text
    assert "&lt;b&gt;" * 30 not in text


def test_articles_stand_newest_first_or_oldest_first(client: Client):
    ArticleFactory(published=True, headline="The older one", published_from=DAY.replace(year=2022))
    ArticleFactory(published=True, headline="The newer one", published_from=DAY.replace(year=2025))

    newest, oldest = text_of(client, "/articles/"), text_of(client, "/articles/?sort=oldest")

    assert newest.index("The newer one") < newest.index("The older one")
    assert oldest.index("The older one") < oldest.index("The newer one")


def test_an_article_without_a_date_is_listed_under_that_heading(client: Client):
    ArticleFactory(published=True, undated=True)

    assert "Date not known</h2>" in text_of(client, "/articles/")


def test_an_outlets_articles_are_listed_alone_and_paged_without_losing_the_question(client: Client):
    outlet = OutletFactory(published=True, slug="one")
    ArticleFactory.create_batch(21, published=True, outlet=outlet)
    ArticleFactory(published=True, headline="Of another outlet")

    first, second = text_of(client, "/articles/?outlet=one"), text_of(client, "/articles/?outlet=one&page=2")

    assert first.count('<li class="entry">') == 20
    assert second.count('<li class="entry">') == 1
    assert "Of another outlet" not in first + second
    assert 'href="?outlet=one&amp;page=2"' in first


def test_two_outlets_in_one_question_list_the_articles_of_both(client: Client):
    for slug in ("one", "two", "three"):
        ArticleFactory(published=True, outlet__slug=slug, headline=f"Of outlet {slug}")

    text = text_of(client, "/articles/?outlet=one&outlet=two")

    assert "Of outlet one" in text
    assert "Of outlet two" in text
    assert "Of outlet three" not in text


@pytest.mark.parametrize("trait", ["in_review", "withdrawn", None])
def test_what_is_not_published_is_on_no_list_for_nobody(client: Client, trait: str | None):
    traits = {trait: True} if trait else {}
    ArticleFactory(headline="Hidden article", **traits)
    OutletFactory(name="Hidden outlet", **traits)
    ClaimFactory(sentence="Hidden claim", **traits)
    SourceFactory(title="Hidden source", **traits)
    ActorFactory(name="Hidden actor", **traits)

    everything = "".join(text_of(client, address) for address in ("/", *LISTS))
    client.force_login(PersonFactory(editor=True))
    everything += "".join(text_of(client, address) for address in ("/", *LISTS))

    assert "Hidden" not in everything


def test_a_withheld_headline_is_withheld_on_the_list(client: Client):
    ArticleFactory(published=True, headline="Names a person", headline_withheld=True)

    text = text_of(client, "/articles/") + text_of(client, "/")

    assert "Names a person" not in text
    assert "Headline withheld to protect a person" in text


def test_a_claim_is_never_listed_without_the_number_of_its_denials(client: Client):
    denial = AppearanceFactory(published=True, act=terms.Act.DENIES)
    counts.rewrite([denial.claim_id])

    assert ">1 denial<" in text_of(client, "/")
    assert f'href="/claims/{denial.claim.public_id}/#answers">1</a>' in text_of(client, "/claims/")


def test_claims_are_listed_by_the_tactic_that_their_reports_assert(client: Client):
    use = TacticUseFactory(published=True, appearance__claim__sentence="People are taken from work.")
    ClaimFactory(published=True, sentence="A law is changed.")

    text = text_of(client, f"/claims/?tactic={use.tactic.slug}")

    assert "People are taken from work." in text
    assert "A law is changed." not in text
    assert f'/claims/?tactic={use.tactic.slug}">1 claim<' in text_of(client, "/tactics/")


def test_a_tactic_of_a_report_that_is_not_published_lists_no_claim(client: Client):
    use = TacticUseFactory(appearance__claim__status="published", appearance__claim__sentence="People are taken.")

    assert "People are taken." not in text_of(client, f"/claims/?tactic={use.tactic.slug}")


def test_the_glossary_gives_every_tactic_with_its_bounds(client: Client):
    text = text_of(client, "/tactics/")

    assert text.count('<article class="term"') == 25
    assert text.count("Takes in</dt>") == text.count("Leaves out</dt>") >= 20
    assert 'id="raid"' in text
