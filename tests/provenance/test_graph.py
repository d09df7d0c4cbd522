"""Routes and origins of a claim, on graphs small enough to check by hand and on random ones."""

from hypothesis import given
from hypothesis import strategies as st

from archive.provenance import graph
from archive.provenance.graph import DIRECT, article, source, trace

U24, UNA, CAL, OTHER = (article(number) for number in range(1, 5))
SPEECH, POST, MEDIA, REPORT = (source(number) for number in range(1, 5))


def test_three_articles_on_one_speech_are_two_routes_and_one_origin():
    """UNITED24 has the speech itself; two others have a ministry's post that has the speech."""
    traced = trace([U24, UNA, CAL], [(U24, SPEECH), (UNA, POST), (CAL, POST), (POST, SPEECH)], voices={})

    assert (len(traced.articles), len(traced.routes), len(traced.origins)) == (3, 2, 1)
    assert traced.routes == (DIRECT, POST)
    assert traced.origins[0].sources == (SPEECH,)


def test_a_fourth_article_on_the_post_raises_articles_only():
    credits = [(U24, SPEECH), (UNA, POST), (CAL, POST), (POST, SPEECH), (OTHER, POST)]
    traced = trace([U24, UNA, CAL, OTHER], credits, voices={})

    assert (len(traced.articles), len(traced.routes), len(traced.origins)) == (4, 2, 1)


def test_an_unnamed_starting_point_makes_a_route_and_no_named_origin():
    traced = trace([UNA, CAL], [(UNA, POST), (CAL, POST), (POST, MEDIA)], voices={}, unnamed=[MEDIA])

    assert (len(traced.routes), len(traced.named), len(traced.unnamed)) == (1, 0, 1)


def test_articles_that_credit_the_origin_themselves_are_one_direct_route():
    traced = trace([UNA, CAL], [(UNA, POST), (CAL, POST)], voices={})

    assert traced.routes == (DIRECT,)
    assert len(traced.origins) == 1


def test_an_article_that_credits_nothing_states_no_origin():
    traced = trace([UNA], [], voices={})

    assert traced.origins == traced.routes == ()
    assert traced.not_stated == (UNA,)


def test_one_official_at_two_occasions_is_one_origin():
    traced = trace([U24, UNA], [(U24, SPEECH), (UNA, REPORT)], voices={SPEECH: ["A2"], REPORT: ["A2"]})

    assert len(traced.origins) == 1
    assert set(traced.origins[0].sources) == {SPEECH, REPORT}


def test_a_source_that_joins_two_bodies_joins_their_origins():
    voices = {SPEECH: ["A"], REPORT: ["B"], POST: ["A", "B"]}
    traced = trace([U24], [(U24, SPEECH), (U24, REPORT), (U24, POST)], voices=voices)

    assert len(traced.origins) == 1


def test_an_article_that_is_itself_a_source_passes_its_own_credits_on():
    traced = trace([U24, OTHER], [(OTHER, U24), (U24, SPEECH)], voices={})

    assert traced.routes == (DIRECT,)
    assert len(traced.origins) == 1


def test_an_article_without_source_at_the_end_of_the_credits_is_no_origin():
    traced = trace([U24, OTHER], [(OTHER, U24)], voices={})

    assert traced.origins == ()
    assert traced.not_stated == (U24,)


def test_an_article_that_is_credited_and_does_not_carry_the_claim_is_a_starting_point():
    """It is another outlet's report; what that rests on is not coded."""
    traced = trace([OTHER], [(OTHER, U24)], voices={})

    assert [origin.sources for origin in traced.origins] == [(U24,)]
    assert traced.routes == (DIRECT,)


def test_a_source_with_two_parents_passes_on_those_that_the_claim_credits():
    assert len(trace([U24], [(U24, POST), (POST, SPEECH), (POST, REPORT)], voices={}).origins) == 2
    assert len(trace([U24], [(U24, POST), (POST, SPEECH)], voices={}).origins) == 1


def test_several_credits_of_one_article_are_one_direct_way_and_several_origins():
    traced = trace([U24], [(U24, SPEECH), (U24, REPORT)], voices={})

    assert (traced.routes, len(traced.origins)) == ((DIRECT,), 2)


def test_two_relays_of_one_speech_are_two_ways_and_one_origin():
    traced = trace([UNA, CAL], [(UNA, POST), (CAL, REPORT), (POST, SPEECH), (REPORT, SPEECH)], voices={})

    assert (len(traced.routes), len(traced.origins)) == (2, 1)


def test_a_ring_of_sources_is_one_origin_at_most():
    traced = trace([U24], [(U24, POST), (POST, REPORT), (REPORT, POST)], voices={})

    assert len(traced.origins) == 1
    assert traced.routes == (DIRECT,)


def test_articles_that_credit_only_each_other_state_no_origin():
    traced = trace([U24, UNA], [(U24, UNA), (UNA, U24)], voices={})

    assert traced.origins == traced.routes == ()
    assert traced.not_stated == (U24, UNA)


def test_what_no_article_leads_to_is_not_counted():
    traced = trace([U24], [(POST, SPEECH)], voices={})

    assert traced.origins == ()
    assert set(traced.parents) == {U24}


def test_a_chain_of_thousands_is_followed_to_its_end():
    length = 20_000
    credits = [(U24, source(1)), *((source(n), source(n + 1)) for n in range(1, length))]
    traced = trace([U24], credits, voices={})

    assert [origin.sources for origin in traced.origins] == [(source(length),)]


nodes = st.builds(article, st.integers(1, 4)) | st.builds(source, st.integers(1, 6))
edges = st.lists(st.tuples(nodes, nodes), max_size=20)
some_articles = st.lists(st.builds(article, st.integers(1, 4)), min_size=1, max_size=4)


@given(some_articles, edges)
def test_an_article_crediting_what_others_lead_to_already_never_raises_origins(articles, credits):
    before = trace(articles, credits, voices={})
    reached = [node for node in before.parents if node[0] == "source"]
    newcomer = article(99)
    after = trace([*articles, newcomer], [*credits, *((newcomer, node) for node in reached)], voices={})

    assert len(after.origins) == len(before.origins)


@given(some_articles, edges, st.integers(1, 6), st.integers(1, 6))
def test_merging_two_sources_that_articles_lead_to_never_raises_origins(articles, credits, kept, merged):
    credits = [*credits, (articles[0], source(kept)), (articles[0], source(merged))]
    before = trace(articles, credits, voices={})
    survivor = {source(merged): source(kept)}
    joined = [(survivor.get(a, a), survivor.get(b, b)) for a, b in credits]
    after = trace(articles, joined, voices={})

    assert len(after.origins) <= len(before.origins)


@given(
    some_articles, edges, st.dictionaries(st.builds(source, st.integers(1, 6)), st.lists(st.integers(1, 3), max_size=2))
)
def test_an_article_more_never_raises_origins_whoever_speaks_in_the_sources(articles, credits, voices):
    before = trace(articles, credits, voices=voices)
    reached = [node for node in before.parents if node[0] == "source"]
    after = trace([*articles, article(99)], [*credits, *((article(99), node) for node in reached)], voices=voices)

    assert len(after.origins) == len(before.origins)


@given(some_articles, edges)
def test_an_article_rests_on_an_origin_exactly_where_its_credits_lead_there(articles, credits):
    traced = trace(articles, credits, voices={})
    resting = [set(found) for found in graph.resting(traced)]

    for node in traced.articles:
        alone = trace([node], credits, voices={})
        led_to = {one for origin in alone.origins for one in origin.sources}
        rests_on = [led_to & set(origin.sources) != set() for origin in traced.origins]
        # A source may carry the claim as an article elsewhere: there it is no end, but what it rests on is.
        assert all(node in found for found, leads in zip(resting, rests_on, strict=True) if leads)


@given(some_articles, edges)
def test_counts_do_not_depend_on_the_order_of_articles_and_credits(articles, credits):
    one = trace(articles, credits, voices={})
    other = trace(articles[::-1], credits[::-1], voices={})

    assert len(one.origins) == len(other.origins)
    assert set(one.routes) == set(other.routes)
    assert set(one.not_stated) == set(other.not_stated)


@given(some_articles, edges)
def test_there_are_origins_exactly_where_there_are_routes(articles, credits):
    traced = trace(articles, credits, voices={})

    assert bool(traced.origins) == bool(traced.routes)
