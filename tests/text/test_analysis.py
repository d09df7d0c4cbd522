"""The index chain: what is found by what."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.text import analysis, stems

LANGUAGES = st.sampled_from(["", "ru", "uk", "en", "uk-UA", "de", "ky", "xx", "no such language"])
# Any code point, and more often those that the chain treats in some way of its own.
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "abcdehijkopqstuvwxyzABCабвгдежийклмнорстухцчшщъыьэюяіїєґЁёИй'’ʼʻ‘-_*\"\u0306\u0301\u00ad\u200b北ー१ि½"
        ),
    ),
    max_size=60,
)


@given(ANY_TEXT, LANGUAGES)
@example("İŉǰßﬁ\ud800\x00", "en")
def test_tokens_of_any_text_are_at_most_forty_letters_and_digits(text, language):
    for token in analysis.tokens(text, language):
        assert re.fullmatch("[a-z0-9]{1,40}", token)


@given(ANY_TEXT, LANGUAGES)
def test_composed_and_decomposed_text_have_the_same_tokens(text, language):
    decomposed = analysis.tokens(unicodedata.normalize("NFD", text), language)
    composed = analysis.tokens(unicodedata.normalize("NFC", text), language)

    assert decomposed == composed


@given(ANY_TEXT, LANGUAGES)
@example("Євген Вагнера Кадыров мігрантів", "uk-UA")
def test_each_word_of_a_text_is_found_by_typing_it(text, language):
    asked = [analysis.query_stems(word) for word in analysis.words(text)]
    indexed = analysis.tokens(text, language)

    assert [stems for stems in asked if stems] and len([1 for stems in asked if stems]) == len(indexed) or not indexed
    assert all(token in stems for token, stems in zip(indexed, filter(None, asked), strict=True))


@given(ANY_TEXT, LANGUAGES)
def test_each_text_is_found_by_typing_it_as_a_phrase(text, language):
    indexed = tuple(analysis.tokens(text, language))

    assert indexed in analysis.query_readings(text) or not indexed


WORDS = st.text(st.sampled_from("abcdeghijkopstuvwxyzабвгдежзийклмнопрстухцчшщъыьэюяіїєґ"), min_size=4, max_size=30)


@given(WORDS, st.integers(min_value=3))
@example("Soloviev", 7)
@example("zelenskaya", 9)
@example("bakhmut", 3)
@example("joseph", 5)
@example("tadzhik", 4)
def test_an_unstemmed_word_is_found_by_each_of_its_beginnings(word, cut):
    token = analysis.token(word)
    beginnings, whole = analysis.query_beginnings(word[: min(cut, len(word))])

    assert not token or token in whole or token.startswith(tuple(beginnings))


@given(WORDS)
@example("українських")
@example("призваны")
def test_words_of_one_script_are_stemmed_by_their_own_languages_alone(word):
    as_english = analysis.token(word, "en")
    as_russian = analysis.token(word, "ru")

    if re.search("[а-яіїєґ]", word):
        assert as_english == analysis.token(word)
    else:
        assert as_russian == analysis.token(word)


# Each row: what may stand in a text and in which language, all found by what is typed first.
MEETINGS = [
    ("Bastrykin", "en:Bastrykin en:Bastrikin ru:Бастрыкина ru:БАСТРЫКИН ru:Бастрыкиным uk:Бастрикін uk:Бастрикіна"),
    ("Bastrikin", "en:Bastrykin en:Bastrykin’s :Bastrykin ru:Бастрыкину ru:Бастры́кина uk:Бастрикіним"),
    ("Бастрыкина", "en:Bastrykin en:Bastrikin ru:Бастрыкин ru:БАСТРЫКИН uk:Бастрикін :Бастрыкин"),
    ("БАСТРЫКИН", "en:Bastrykin en:Bastrikin ru:Бастрыкина ru:Бастрыкину uk:Бастрикіну"),
    ("Kadyrov", "ru:Кадыров ru:Кадырова ru:Кадыровым uk:Кадиров uk:Кадирова de:Kadyrow"),
    ("Gerasimov", "ru:Герасимов ru:Герасимова"),
    ("Soloviev", "en:Solovyov en:Solovyev ru:Соловьёв ru:Соловьева"),
    ("Shoigu", "en:Shoygu ru:Шойгу uk:Шойгу"),
    ("Zelenskyy", "en:Zelensky en:Zelenskiy ru:Зеленского uk:Зеленському"),
    ("Wagner", "ru:Вагнер ru:Вагнера ru:Вагнером uk:Вагнера de:Wagner"),
    ("Shchedrin", "ru:Щедрина en:Schedrin"),
    ("Kyiv", "uk:Києва uk:КИЄВА"),
    ("Ukraine", "ru:Украины ru:Украине uk:Україна uk:Україну"),
    ("Luhansk", "uk:Луганську ru:Луганска en:Lugansk"),
    ("Луганск", "uk:Луганськ en:Luhansk en:Lugansk"),
    ("Tajikistan", "en:Tadzhikistan ru:Таджикистан ru:Таджикистана ru:Таджикистане"),
    ("Uzbekistan", "ru:Узбекистан ru:Узбекистана ru:Узбекистане ru:Узбекистаном uk:Узбекистан"),
    ("Chechnya", "ru:Чечни ru:Чечне"),
    ("Afghanistan", "ru:Афганистана"),
    ("мигранты", "ru:мигрант ru:мигрантов ru:мигрантам uk:мігрантів"),
    ("граждане", "ru:граждан ru:гражданам"),
    ("громадянство", "uk:громадянства uk:громадянством"),
    ("recruit", "en:recruits en:recruited en:recruiting"),
    ("п'ять", "uk:п’ять uk:пʼять uk:П‘ЯТЬ uk:п'яти"),
    ("О\u02bbzbek", "en:O’zbek en:o'zbek"),
    ("й", "ru:и\u0306 uk:й"),
    ("елка", "ru:ёлка ru:е\u0308лка"),
    ("москва", "ru:мос\u00adква ru:мос\u200bквы"),
]


@pytest.mark.parametrize(("typed", "written"), MEETINGS, ids=[typed for typed, _ in MEETINGS])
def test_a_name_is_found_in_each_spelling_script_and_case(typed, written):
    for entry in written.split():
        language, _, word = entry.partition(":")
        assert analysis.tokens(word, language)[0] in analysis.query_stems(typed), entry


@pytest.mark.parametrize(
    ("typed", "written"),
    [("2200", "20"), ("use", "us"), ("offer", "of"), ("party", "part"), ("army", "arm"), ("policy", "police")],
)
def test_different_words_do_not_meet(typed, written):
    assert analysis.query_stems(typed).isdisjoint(analysis.tokens(written, "en"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("labour-broker", "labour broker"),
        ("30,000", "30 000"),
        ("п’ять", "п'ять"),
        ("snake_case", "snake case"),
        ("«Вагнер»", "Вагнер"),
        ("‘quoted’", "quoted"),
        ("北京", "北 京"),
        ("a ь b", "a b"),
    ],
)
def test_two_ways_of_writing_are_the_same_tokens_in_a_row(one, other):
    assert analysis.tokens(one, "uk") == analysis.tokens(other, "uk")


def test_vowel_signs_do_not_cut_a_word():
    assert len(analysis.tokens("विदेशी सैनिक")) == 2


def test_the_ukrainian_word_in_a_russian_text_is_read_as_ukrainian():
    assert analysis.tokens("мігрантів", "ru") == analysis.tokens("мігрантів", "uk")
    assert analysis.tokens("выборов", "uk") == analysis.tokens("выборов", "ru")


@pytest.mark.parametrize(("code", "known"), [("ru-RU", "ru"), ("EN_gb", "en"), (" uk ", "uk"), ("rus", ""), ("", "")])
def test_a_declared_language_is_known_by_its_first_part(code, known):
    assert stems.known_language(code) == known


def test_a_million_letters_without_a_space_are_one_short_token():
    assert analysis.tokens("ab" * 500_000) == ["ab" * 20]


SAMPLE = (
    "Военкоматы призвали 30 тысяч новых граждан России; Бастрыкин заявил о мобилизованных мигрантах. "
    "Військкомати мобілізували п’ятьох. The recruiters’ offices summoned naturalised citizens. Zaporizhzhia, 北京."
)
TOKENS = {
    "ru": (
        "voenkomat prizv 30 tisiach nov grazhdan ros bastrikin zaiav o mobilizov migrant "
        "viskomat mobilizuvati piatoh the recruiters ofices sumoned naturalised citizens zaporizhzh bei ing"
    ),
    "uk": (
        "voenkomat prizval 30 tisiach nov grazhdan rosi bastrikin zaiavil o mobilizov migrant "
        "viskomat mobilizuvati piat the recruiters ofices sumoned naturalised citizens zaporizhzh bei ing"
    ),
    "en": (
        "voenkomati prizvali 30 tisiach novih grazhdan rosi bastrikin zaiavil o mobilizovanih migrantah "
        "viskomati mobilizuvali piatoh the recruit ofic sumon naturalis citizen zaporizhzh bei ing"
    ),
}


@pytest.mark.parametrize("language", TOKENS)
def test_this_version_of_the_chain_gives_these_tokens(language):
    """Whoever changes one of them makes a new version, so that every index is made anew."""
    assert analysis.CHAIN_VERSION == 2
    assert " ".join(analysis.tokens(SAMPLE, language)) == TOKENS[language]
