"""Which sentences say on whose word they stand."""

import pytest
from hypothesis import given

from archive.text.attributions import attributions
from tests.text.made_up import SLOW, any_text, seconds


def cues(text: str) -> list[str]:
    return [text[one.cue_start : one.cue_end] for one in attributions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to the test ministry, all came. They ate.", ["According to"]),
        ("They ate, the ministry said. It rained, reported by nobody else.", ["said", "reported by"]),
        ("He argued “for a longer test of it”. He argued.", ["argued"]),
        ("По словам чиновника, все пришли. Об этом сообщает пример.", ["По словам", "Об этом сообщает"]),
        ("За даними міністерства, усі прийшли. Про це повідомили в місті.", ["За даними", "Про це повідомили"]),
        ("Чиновник добавил: «этого никогда не было». Он добавил воды.", ["добавил"]),
    ],
)
def test_sentences_with_words_for_a_source_are_found(text: str, expected: list[str]):
    assert cues(text) == expected


@pytest.mark.parametrize("text", ["They reportedly came.", "He explained nothing.", "The saying goes on.", ""])
def test_sentences_without_a_source_are_not(text: str):
    assert cues(text) == []


@given(any_text)
def test_a_cue_stands_within_its_sentence_and_the_sentence_within_the_text(text: str):
    for one in attributions(text):
        assert 0 <= one.start <= one.cue_start < one.cue_end <= one.end <= len(text)


@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:6].strip() or "space")
def test_long_runs_of_one_sign_are_read_at_once(text: str):
    assert seconds(attributions, text) < 10
