"""What a reader may type, how it is read, and what is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.search import language, tree
from archive.text import analysis

SIGNS = st.text(st.sampled_from("ab*\"-:()'« »“”\u2212OR ANDtitle:outlet:бї\x00\ud800.^{}+~|&!<"), max_size=60)


def word(typed: str) -> tree.Word:
    """Make the leaf that a word becomes."""
    return tree.Word(typed, analysis.query_stems(typed))


def phrase(typed: str) -> tree.Phrase:
    """Make the leaf that words in a row become."""
    return tree.Phrase(typed, analysis.query_readings(typed))


def prefix(typed: str) -> tree.Prefix:
    """Make the leaf that the beginning of a word becomes."""
    return tree.Prefix(typed, *analysis.query_beginnings(typed))


@given(st.one_of(SIGNS, st.text()))
@example("OR OR OR")
@example('-"" title:"" outlet:"" -')
def test_anything_typed_is_read_or_refused_with_a_sentence(text):
    try:
        query = language.parse(text)
        said = [language.explain(query), *query.notes]
    except language.QueryTooLarge as refusal:
        said = [str(refusal)]

    assert said
    assert all(sentence.endswith(".") for sentence in said)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("migrants", word("migrants")),
        ("migrants citizenship", tree.And((word("migrants"), word("citizenship")))),
        ("migrants AND citizenship", tree.And((word("migrants"), word("citizenship")))),
        ('"labour broker"', phrase("labour broker")),
        ("«labour broker»", phrase("labour broker")),
        ("labour-broker", phrase("labour-broker")),
        ("a -b", tree.And((word("a"), tree.Not(word("b"))))),
        ('-"a b"', tree.Not(phrase("a b"))),
        ("army OR navy", tree.Or((word("army"), word("navy")))),
        ("x army OR navy OR fleet", tree.And((word("x"), tree.Or((word("army"), word("navy"), word("fleet")))))),
        ("army or navy", tree.And((word("army"), word("or"), word("navy")))),
        ("recruit*", prefix("recruit")),
        ("title:summons", tree.InTitle(word("summons"))),
        ('Title:"a b"', tree.InTitle(phrase("a b"))),
        ("-title:summ*", tree.Not(tree.InTitle(prefix("summ")))),
        ("outlet:caliber-az", tree.OfOutlet("caliber-az")),
        ('outlet:"Euromaidan  Press"', tree.OfOutlet("euromaidan press")),
        ("-outlet:tass", tree.Not(tree.OfOutlet("tass"))),
        ("outlet:a OR outlet:b", tree.Or((tree.OfOutlet("a"), tree.OfOutlet("b")))),
        ("foo:bar", phrase("foo:bar")),
        ("п’ять", word("п’ять")),
        ('"OR"', word("OR")),
        ("a - b", tree.And((word("a"), word("b")))),
        ("", None),
        ("  \n", None),
    ],
)
def test_what_is_typed_by_the_rules_is_read_without_a_note(typed, expected):
    query = language.parse(typed)

    assert query.tree == expected
    assert [note for note in query.notes if "only leaves out" not in note] == []


@pytest.mark.parametrize(
    ("typed", "expected", "note"),
    [
        ('"unclosed phrase', tree.And((word("unclosed"), word("phrase"))), "quotation mark"),
        ("OR a", tree.And((word("OR"), word("a"))), "read as a word"),
        ("a OR", tree.And((word("a"), word("OR"))), "read as a word"),
        ("a OR -b", tree.And((word("a"), tree.Not(word("b")))), "passed over"),
        ("a OR outlet:b", tree.And((word("a"), tree.OfOutlet("b"))), "passed over"),
        ("*cruit", word("cruit"), "only at the end"),
        ("re*uit", phrase("re*uit"), "only at the end"),
        ("re*", word("re"), "3 letters"),
        # Doubled letters are one in the index, so this would be a beginning of one letter.
        ("aaaa*", word("aaaa"), "3 letters"),
        ("-a", tree.Not(word("a")), "only leaves out"),
        ("?!", None, "no word"),
    ],
)
def test_what_is_typed_otherwise_is_read_as_words_with_a_note(typed, expected, note):
    query = language.parse(typed)

    assert query.tree == expected
    assert note in " ".join(query.notes)


@pytest.mark.parametrize("typed", ["ab*", "*", "***", "kk*", "щ*", "*abc", "a*b*c"])
def test_no_beginning_is_shorter_than_three_letters_in_the_index(typed):
    leaves = tree.conditions(language.parse(typed).tree)

    assert all(len(text) >= 3 for leaf in leaves if isinstance(leaf, tree.Prefix) for text in leaf.texts)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("a" * 513, "513 characters"),
        (" ".join("a" * 17), "17 words"),
        ('"' + " ".join("a" * 17) + '"', "17 words"),
        ("-".join("a" * 17), "17 words"),
        ("OR " * 17, "17 words"),
        ("title:" + " -".join("a" * 17), "17 words"),
        (" ".join(f"outlet:a{number}" for number in range(17)), "17 words"),
        ("abc* bcd* -cde* title:def*", "4 words with a *"),
    ],
)
def test_a_query_over_its_budget_is_refused_with_the_reason(typed, reason):
    with pytest.raises(language.QueryTooLarge, match=reason.replace("*", r"\*")):
        language.parse(typed)


@pytest.mark.parametrize("typed", ["a" * 512, " ".join("a" * 16), "abc* bcd* -cde*"])
def test_a_query_at_its_budget_is_read(typed):
    assert language.parse(typed).tree is not None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "All articles."),
        (
            'migrants army OR navy -"world cup" recruit*',
            "Articles with “migrants”, with “army” or “navy”, without the words “world cup” in a row, "
            "with words that begin with “recruit”.",
        ),
        ("title:summons -outlet:tass", "Articles with “summons” in the title, not of the outlet “tass”."),
        ("outlet:a OR outlet:b", "Articles of the outlet “a” or of the outlet “b”."),
    ],
)
def test_a_query_is_explained_in_a_sentence(typed, sentence):
    assert language.explain(language.parse(typed)) == sentence


def test_what_is_left_out_and_what_is_asked_of_titles_is_not_marked_in_bodies():
    found = language.parse("army -navy title:fleet recruit* outlet:tass").tree

    in_body, in_title = tree.sought(found), tree.sought(found, in_title=True)

    assert in_body.rows == {(stem,) for stem in analysis.query_stems("army") | analysis.query_stems("recruit")}
    assert in_title.rows - in_body.rows == {(stem,) for stem in analysis.query_stems("fleet")}
    assert in_body.beginnings == in_title.beginnings == {"recruit"}


def test_outlets_are_told_apart_from_what_the_index_answers():
    found = language.parse("army outlet:a OR outlet:b -outlet:c").tree

    assert tree.outlet_conditions(found) == (
        tree.Or((tree.OfOutlet("a"), tree.OfOutlet("b"))),
        tree.Not(tree.OfOutlet("c")),
    )
