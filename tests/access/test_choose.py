"""Which passages enter the public extract: properties that hold for any text, passages and limit."""

from hypothesis import given
from hypothesis import strategies as st

from archive.access import extracts
from archive.text import spans

LENGTH = 60


@st.composite
def drafts(draw):
    """A text of LENGTH code points with holes, candidates in it, and a limit."""
    positions = st.integers(0, LENGTH)
    span = st.tuples(positions, positions).filter(lambda pair: pair[0] < pair[1])
    holes = draw(st.lists(span, max_size=3))
    headline = draw(st.none() | st.just((0, 10)))
    text = extracts.Text(draw(st.text(min_size=LENGTH, max_size=LENGTH)), headline, holes)
    found = draw(st.lists(st.tuples(span, st.integers(0, 2)), max_size=8))
    candidates = [
        extracts.Candidate(number, 1, start, end, weight) for number, ((start, end), weight) in enumerate(found)
    ]
    return candidates, {1: text}, draw(st.integers(0, LENGTH))


@given(drafts())
def test_the_union_of_what_is_shown_never_exceeds_the_limit(draft):
    candidates, texts, limit = draft
    chosen = extracts.choose(candidates, texts, limit=limit, shows_headline=True)

    shown = [(one.start, one.end) for one in chosen.shown]
    assert extracts.counted(texts[1], shown) == chosen.length <= limit


@given(drafts())
def test_every_passage_is_shown_whole_or_named_as_left_out(draft):
    candidates, texts, limit = draft
    chosen = extracts.choose(candidates, texts, limit=limit, shows_headline=True)

    assert sorted([one.passage for one in chosen.shown] + chosen.left_out) == sorted(one.passage for one in candidates)


@given(drafts())
def test_a_withheld_headline_is_in_no_shown_passage(draft):
    candidates, texts, limit = draft
    chosen = extracts.choose(candidates, texts, limit=limit, shows_headline=False)

    headline = texts[1].headline
    assert not headline or not any(spans.overlaps((one.start, one.end), headline) for one in chosen.shown)


@given(drafts())
def test_redacted_characters_are_in_nothing_that_is_stored(draft):
    candidates, texts, limit = draft
    marked = "".join("R" if any(s <= i < e for s, e in texts[1].holes) else "v" for i in range(LENGTH))
    text = extracts.Text(marked, texts[1].headline, texts[1].holes)
    chosen = extracts.choose(candidates, {1: text}, limit=limit, shows_headline=True)

    for candidate in chosen.shown:
        assert "R" not in "".join(piece for piece, _ in extracts._stored(candidate, text)["pieces"])


def test_figures_enter_before_quotations_and_quotations_before_the_rest():
    text = extracts.Text("x" * 30, None, [])
    rest, quoted, figure = (
        extracts.Candidate(number, 1, number * 10, number * 10 + 10, weight)
        for number, weight in enumerate([extracts.REST, extracts.QUOTATION, extracts.FIGURE])
    )
    chosen = extracts.choose([rest, quoted, figure], {1: text}, limit=20, shows_headline=True)

    assert [one.passage for one in chosen.shown] == [figure.passage, quoted.passage]
    assert chosen.left_out == [rest.passage]


def test_overlapping_passages_count_once():
    text = extracts.Text("x" * 30, None, [])
    inner, outer = extracts.Candidate(1, 1, 5, 10, 0), extracts.Candidate(2, 1, 0, 20, 1)
    chosen = extracts.choose([inner, outer], {1: text}, limit=20, shows_headline=True)

    assert chosen.length == 20
    assert chosen.left_out == []
