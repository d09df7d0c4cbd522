"""Two versions of a text, and in what they differ."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import differing

WORDS = st.sampled_from(
    [
        "the",
        "a",
        "of",
        "seventy",
        "70",
        "не",
        "п’ять",
        "e\u0301",
        "للجيش",
        "שלום",
        "漢字",
        "👨‍👩‍👧",
        "█████",
        ".",
        "“",
        "-",
        "",
    ]
)
SPACES = st.sampled_from([" ", "\n", "\u00a0", "  ", ""])
PARAGRAPHS = st.one_of(
    st.lists(st.tuples(SPACES, WORDS), max_size=8).map(lambda parts: "".join(one + other for one, other in parts)),
    st.text(max_size=20),
)
TEXTS = st.lists(PARAGRAPHS, max_size=6)


def told(before, after):
    """The one comparison of two paragraphs, as [-gone-]{+new+} and what is the same."""
    (found,) = differing.compare([before], [after])
    return "".join(
        one.after if one.is_same else f"[-{one.before}-]" if one.before else f"{{+{one.after}+}}"
        for one in found.stretches
    )


def kinds(before, after):
    return [(one.kind, one.before, one.after) for one in differing.compare(before, after)]


@given(TEXTS, TEXTS)
def test_the_pieces_of_either_side_joined_are_that_text(before, after):
    found = differing.compare(before, after)

    sides = (
        [(one.before, "".join(part.before for part in one.stretches)) for one in found if one.before is not None],
        [(one.after, "".join(part.after for part in one.stretches)) for one in found if one.after is not None],
    )
    assert sides == (list(enumerate(before)), list(enumerate(after)))


@given(TEXTS, TEXTS)
def test_what_is_told_as_the_same_differs_in_spaces_alone_and_nothing_stands_on_the_wrong_side(before, after):
    for one in differing.compare(before, after):
        for part in one.stretches:
            if part.is_same:
                assert part.before.split() == part.after.split() or "".join(part.before.split()) == "".join(
                    part.after.split()
                )
            else:
                assert bool(part.before) is not bool(part.after)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(kind == "same" for kind, _before, _after in kinds(text, text))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Some 70 were called up.", "Some 90 were called up.", "Some [-70-]{+90+} were called up."),
        ("Не менее 70 человек.", "Не менее 70 человек, сказал он.", "Не менее 70 человек{+, сказал он+}."),
        ("It's 'over' now.", "It’s 'over' now.", "[-It's-]{+It’s+} 'over' now."),
        ("two spaces", "two \u00a0spaces", "two \u00a0spaces"),
        ("It came: a man of 30, so they say.", "It came: the head of lands, so they say.",
         "It came: [-a man of 30-]{+the head of lands+}, so they say."),
        ("that █████ of Oryol went", "that █████ of Kursk went", "that █████ of [-Oryol-]{+Kursk+} went"),
        ("они 👨‍👩‍👧 пришли сюда", "они 👨‍👩‍👦 пришли сюда", "они [-👨‍👩‍👧-]{+👨‍👩‍👦+} пришли сюда"),
    ],
)  # fmt: skip
def test_words_are_compared_as_words(before, after, expected):
    assert told(before, after) == expected


def test_paragraphs_are_paired_by_their_words_and_what_has_no_like_is_gone_or_new():
    before = ["Headline", "Some 70 were called up in May.", "It was denied.", "The end of the text."]
    after = ["Headline", "An editor’s note.", "Some 90 were called up in May.", "The end of the text."]

    assert kinds(before, after) == [
        ("same", 0, 0),
        ("new", None, 1),
        ("changed", 1, 2),
        ("gone", 2, None),
        ("same", 3, 3),
    ]


def test_every_one_of_many_paragraphs_may_have_changed():
    before = [f"Paragraph {n} of these has its own words w{n} x{n} y{n}." for n in range(60)]

    found = kinds(before, [one.replace("own", "other") for one in before])

    assert found == [("changed", n, n) for n in range(60)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["a b " * 50_000], ["b a a " * 40_000]),
        ([f"{n % 7} {n % 11}" for n in range(40_000)], [f"{n % 11} {n % 7}" for n in range(40_000)]),
        ([f"w{n} " * 200 for n in range(200)], [f"w{n} " * 201 for n in reversed(range(200))]),
        ([" ".join(f"w{n % 97}" for n in range(40_000))], [" ".join(f"w{n % 89}" for n in range(40_000))]),
    ],
)
def test_long_and_hostile_texts_cost_a_bounded_time(before, after):
    began = process_time()
    differing.compare(before, after)

    assert process_time() - began < 6
