"""Numbers as they are worded, with their comparators, in three languages; and what a passage looks like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import numbers
from archive.text.figures_said import figures_said
from archive.text.proposing import propose
from archive.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "words", "comparator", "low", "high"),
    [
        ("more than 16,000 men came on 27 June 2024", "more than 16,000", "more-than", 16_000, None),
        ("about 10 thousand of them", "about 10 thousand", "about", 10_000, 10_000),
        ("nearly 70 people", "nearly 70", "nearly", None, 70),
        ("sixteen men", "sixteen", "none", 16, 16),
        ("between 300 and 400 men", "between 300 and 400", "between", 300, 400),
        ("12–15 men", "12–15", "between", 12, 15),
        ("thousands were sent", "thousands", "words", None, None),
        ("более 30 тысяч человек", "более 30 тысяч", "more-than", 30_000, None),
        ("от 12 до 15 тыс. человек", "от 12 до 15 тыс", "between", 12_000, 15_000),
        ("понад 1 200 осіб", "понад 1 200", "more-than", 1_200, None),
        ("no more than 30 men", "no more than 30", "up-to", None, 30),
        ("not more than 300 men", "not more than 300", "up-to", None, 300),
        ("does not exceed 300 men", "not exceed 300", "up-to", None, 300),
        ("не более 40 человек", "не более 40", "up-to", None, 40),
        ("не больше чем 40 человек", "не больше чем 40", "up-to", None, 40),
        ("не більше 300 осіб", "не більше 300", "up-to", None, 300),
        ("не більш як 300 осіб", "не більш як 300", "up-to", None, 300),
        ("no less than 300 men", "no less than 300", "at-least", 300, None),
        ("no fewer than 300 men", "no fewer than 300", "at-least", 300, None),
        ("не менее чем 300 человек", "не менее чем 300", "at-least", 300, None),
        ("не менше ніж 300 осіб", "не менше ніж 300", "at-least", 300, None),
        ("between 500 and 1,000 men", "between 500 and 1,000", "between", 500, 1_000),
        ("from 500 to 2,000 men", "from 500 to 2,000", "between", 500, 2_000),
        ("from 1 to 2,000 men", "from 1 to 2,000", "between", 1, 2_000),
        ("from 5 to 10 thousand men", "from 5 to 10 thousand", "between", 5_000, 10_000),
        ("from 2 to 3 million men", "from 2 to 3 million", "between", 2_000_000, 3_000_000),
        ("between 500 and two thousand men", "between 500 and two thousand", "between", 500, 2_000),
        ("between two and three hundred men", "between two and three hundred", "between", 200, 300),
    ],
)
def test_a_number_is_found_with_the_words_that_bound_it(text, words, comparator, low, high):
    found = figures_said(text)

    assert [(text[one.start : one.end], one.comparator, one.low, one.high) for one in found] == [
        (words, comparator, low, high)
    ]


@pytest.mark.parametrize("text", ["[1] and [5]", "from 2014 to 2021", "on 27 June 2024", "18% of the men", "at 14:30"])
def test_years_days_times_shares_and_labels_count_nobody(text):
    assert figures_said(text) == []


@given(st.text(alphabet="аб 0123456789.,–-%[]tofrmand\nтысболе", max_size=80))
def test_what_is_found_fits_the_rules_of_figures_and_the_text(text):
    found = figures_said(text)

    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert numbers.check_bounds(one.comparator, one.low, one.high) is None
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "words", "voice", "hedge", "verb"),
    [
        ("The men were sent.", "The men were sent.", "own-words", "none", ""),
        ("The body said that men were sent.", "men were sent", "reported-speech", "none", "said"),
        ("“We sent the men,” he said.", "We sent the men", "quotation", "none", "said"),
        ("He said that “ten men” were sent.", "“ten men” were sent", "part-quotation", "none", "said"),
        ("Men are reportedly sent.", "Men are reportedly sent.", "hearsay", "said", ""),
        ("Men may be sent.", "Men may be sent.", "own-words", "possible", ""),
        ("In May 2024 men were sent.", "men were sent", "own-words", "none", ""),
        ("Слова „так і є“ були. Поліція затримала 20 осіб.", "Поліція", "own-words", "none", ""),
        ("Слова „так і є” були. Поліція затримала 20 осіб.", "Поліція", "own-words", "none", ""),
        ("Слова „так і є“ були. Поліція затримала 20 осіб.", "так", "quotation", "none", ""),
        ("«Слова „так“ і „ні“ були», а 20 осіб — ні.", "були", "quotation", "none", ""),
        ("«Слова „так“ і „ні“ були», а 20 осіб — ні.", "20 осіб", "own-words", "none", ""),
        ("«Слова «так» були» тут, а “20 осіб” там.", "20 осіб", "quotation", "none", ""),
        ('"Sent", he wrote, "to war", and 20 men went.', "to war", "quotation", "none", ""),
        ('"Sent", he wrote, "to war", and 20 men went.', "20 men", "own-words", "none", ""),
        ("Представитель заявил, что людей отправили.", "людей отправили", "reported-speech", "none", "заявил"),
        ("За словами речника, людей відправили.", "людей відправили", "reported-speech", "none", "За словами"),
    ],
)
def test_a_passage_is_read_for_whose_words_it_has_how_sure_and_by_which_verb(text, words, voice, hedge, verb):
    start = text.index(words)

    found = propose(text, start, start + len(words), sentence=sentences(text)[0], zone="body")

    assert (found.voice, found.hedge, found.verb) == (voice, hedge, verb)


def test_an_embedded_post_is_quoted_and_a_headline_keeps_its_part():
    assert propose("Men were sent", 0, 13, sentence=(0, 13), zone="embed").voice == "quotation"
    assert propose("Men were sent", 0, 13, sentence=(0, 13), zone="headline").part == "headline"
    assert propose("Read more", 0, 9, sentence=(0, 9), zone="related-link").part == "body"
