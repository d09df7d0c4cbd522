"""What a search finds, on either database: words in any script and form, and nothing that is hidden."""

import pytest
from django.contrib.auth.models import AnonymousUser

from archive.access import documents, extracts
from archive.models import Article, finding
from archive.search import language
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    CreditFactory,
    OutletFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    SourceFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def article(headline: str = "A headline", *body: str, cleared: bool = True, **fields: object) -> Article:
    """A published, indexed article, with a captured text if a body is given."""
    made = ArticleFactory(**{"published": True, "headline": headline, **fields})
    if body:
        captured(made, headline, *body, cleared=cleared)
    documents.rebuild([made.pk])
    return made


def found(words: str) -> set[str]:
    return set(Article.objects.search(words).values_list("headline", flat=True))


@pytest.mark.parametrize("words", ["Bastrykin", "Bastrikin", "Бастрыкина", "БАСТРЫКИН", "бастрыкин", "title:bastrykin"])
def test_a_name_is_found_in_any_script_spelling_and_case(words: str):
    article("Бастрыкин выступил", language="ru")
    article("Bastrykin spoke", language="en")
    article("Somebody else spoke")

    assert found(words) == {"Бастрыкин выступил", "Bastrykin spoke"}


@pytest.mark.parametrize("words", ["п'ять", "п’ять", "пʼять"])
def test_a_word_with_any_apostrophe_is_one_word(words: str):
    article("Повернулися п’ять чоловіків", language="uk")
    article("Повернулися ять чоловіків", language="uk")

    assert found(words) == {"Повернулися п’ять чоловіків"}


@pytest.mark.parametrize("words", ["военный", "военныи\u0306"])
def test_a_letter_of_two_parts_is_the_letter_that_it_makes(words: str):
    article("Новый военный закон", language="ru")

    assert found(words) == {"Новый военный закон"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("military register", {"Both", "Apart", "Omsk"}),
        ('"military register"', {"Both", "Omsk"}),
        ('"military register" -Omsk', {"Both"}),
        ("-military", {"Else"}),
        ("citizenship OR Omsk", {"Omsk", "Else"}),
        ("citiz*", {"Else"}),
        ("outlet:first", {"Both", "Apart"}),
        ("outlet:first-news military", {"Both", "Apart"}),
        ("-outlet:first", {"Omsk", "Else"}),
        ("outlet:первые OR outlet:second", {"Omsk", "Else"}),
        ("outlet:nobody", set()),
        ("title:Omsk", {"Omsk"}),
        ("title:register", set()),
        ("", {"Both", "Apart", "Omsk", "Else"}),
        ("!!!", {"Both", "Apart", "Omsk", "Else"}),
    ],
)
def test_what_can_be_asked(words: str, expected: set[str]):
    first = OutletFactory(published=True, name="First News", slug="first-news")
    second = OutletFactory(published=True, name="Second Post", slug="second")
    article("Both", "They were put on the military register.", outlet=first, summary="")
    article("Apart", "The military keeps no such register.", outlet=first, summary="")
    article("Omsk", "The military register of Omsk.", outlet=second, summary="")
    article("Else", "Citizenship was taken away.", outlet=second, summary="")

    assert found(words) == expected


def test_the_archives_own_summary_is_searched():
    article("Headline", summary="They were promised a passport.")

    assert found("passports") == {"Headline"}


def test_a_phrase_is_not_found_across_title_and_body_nor_across_what_was_taken_out():
    made = article("Trains to", summary="Rostov departed.")
    text = captured(made, "Other headline", "The officer Zubrowka shouted.")
    RedactionFactory(passage=PassageFactory(capture_text=text, words="Zubrowka"))
    documents.rebuild([made.pk])

    assert found('"to rostov"') == set()
    assert found('"officer shouted"') == set()
    assert found('"trains to"') == {"Trains to"}


def test_a_redacted_word_is_found_by_nobody():
    made = article("Headline", "They sent Zubrowka there.")
    text = made.captures.get().texts.get()
    assert found("Zubrowka") == {"Headline"}

    RedactionFactory(passage=PassageFactory(capture_text=text, words="Zubrowka"))
    extracts.rebuild([made.pk])

    for words in ("Zubrowka", "zubro*", "-nothing zubrowka", '"Zubrowka there"', '"sent zubrowka"'):
        assert found(words) == set(), words
    assert found("sent") == {"Headline"}


def test_a_text_that_was_not_checked_for_harm_is_not_found_by_its_words():
    article("Headline", "They sent Zubrowka there.", cleared=False)

    assert found("Zubrowka") == set()
    assert found("headline") == {"Headline"}


def test_a_withheld_headline_is_found_neither_as_title_nor_in_the_text():
    article("Zubrowka was sent", "The rest may be read.", headline_withheld=True)

    assert found("Zubrowka") == set()
    assert found("rest") == {"Zubrowka was sent"}


def test_a_draft_is_found_by_the_desk_alone():
    article("Zubrowka in a draft", published=False)

    assert Article.objects.visible_to(AnonymousUser()).search("zubrowka").count() == 0
    assert Article.objects.visible_to(PersonFactory(researcher=True)).search("zubrowka").count() == 0
    assert Article.objects.visible_to(PersonFactory(editor=True)).search("zubrowka").count() == 1


def test_an_article_that_is_gone_leaves_nothing_in_the_index():
    made = article("Zubrowka")
    article("Another")
    made.date_evidence.all().delete()
    made.delete()
    documents.rebuild([])

    assert found("zubrowka") == set()
    assert found("-something") == {"Another"}


def test_what_an_older_capture_shows_the_public_is_found_and_the_rest_of_it_is_not():
    made = article("Headline", "The newest text.")
    older = captured(made, "Headline", "A quoted Zubrowka. A Krupnik beyond.", captured_at="2020-01-01T00:00Z")
    passage = PassageFactory(capture_text=older, words="A quoted Zubrowka.")
    made.date_evidence.update(passage=passage)
    extracts.rebuild([made.pk])

    assert found("Zubrowka") == {"Headline"}
    assert found("Krupnik") == set()


def test_a_word_far_behind_is_found():
    article("Headline", "word " * 17_000 + "Zubrowka at the end.")

    assert found("zubrowka") == {"Headline"}


def test_a_text_larger_than_a_database_can_index_is_kept():
    article("Headline", " ".join(f"word{number}x" for number in range(120_000)))

    assert found("word17x") == {"Headline"}


def ranked(words: str) -> list[str]:
    tree = language.parse(words).tree
    assert tree is not None
    best = Article.objects.search(words).best_first(tree)
    assert best is not None
    return [str(one) for one in best[:20]]


def test_a_word_in_the_title_comes_before_the_word_in_the_text():
    article("In the text", "Bastrykin said so. Then Bastrykin left.", summary="")
    article("Bastrykin in the title", "Nothing of him here.", summary="")
    article("In the text too", "He met Bastrykin.", summary="")

    assert ranked("bastrykin")[0] == "Bastrykin in the title"


def test_equally_good_matches_stand_newest_first():
    for year in (2021, 2024, 2023):
        article(f"Summons of {year}", published_from=f"{year}-02-01", summary="")

    assert ranked("summons") == ["Summons of 2024", "Summons of 2023", "Summons of 2021"]


def test_too_many_matches_are_not_ranked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finding, "MOST_RANKED", 2)
    for number in range(3):
        article(f"Summons {number}")
    tree = language.parse("summons").tree
    assert tree is not None

    assert Article.objects.search("summons").best_first(tree) is None


@pytest.mark.parametrize("words", ["outlet:first", "-summons"])
def test_a_search_without_a_word_to_rank_by_is_not_ranked(words: str):
    article("Headline")
    tree = language.parse(words).tree
    assert tree is not None

    assert Article.objects.search(words).best_first(tree) is None


def test_a_query_over_its_budget_is_refused_in_words():
    with pytest.raises(language.QueryTooLarge, match="16 is the most"):
        Article.objects.search("a " * 17 + " ".join(f"word{number}" for number in range(17)))


def test_an_article_is_found_by_the_claims_speakers_and_sources_that_are_coded_of_it():
    made = article("Nothing of it in the headline", summary="")
    speaker = ActorFactory(published=True, name="Alexander Bastrykin")
    ActorNameFactory(actor=speaker, name="Александр Бастрыкин", language="ru")
    claim = ClaimFactory(published=True, sentence="New citizens dig trenches")
    report = AppearanceFactory(article=made, claim=claim, speaker=speaker)
    CreditFactory(appearance=report, source=SourceFactory(published=True, title="Forum of lawyers"))
    extracts.rebuild([made.pk])

    for words in ("Bastrykin", "Бастрыкина", "trench", "lawyer forum"):
        assert found(words) == {"Nothing of it in the headline"}, words


def test_what_is_coded_and_not_published_finds_nothing():
    made = article("Nothing of it in the headline", summary="")
    report = AppearanceFactory(
        article=made, claim=ClaimFactory(sentence="A draft on conscripts"), speaker=ActorFactory(name="Hidden")
    )
    withheld = SourceFactory(published=True, title="Withheldtitle", title_withheld=True)
    CreditFactory(appearance=report, source=withheld)
    CitationFactory(article=made, source=withheld)
    extracts.rebuild([made.pk])

    for words in ("conscripts", "hidden", "withheldtitle"):
        assert found(words) == set(), words
