"""What a look at an article asks, once each, and how an editor settles it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.access import extracts
from archive.desk import check_actions
from archive.models import Article, Check, Figure, Person
from archive.models.vocabulary import CheckDecision, CheckKind, RecordStatus
from tests.desk.acts import edit, page_of, redact, send
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    CreditFactory,
    DateEvidenceFactory,
    FigureFactory,
    OutletFactory,
    PassageFactory,
    PeopleGroupFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def with_text(*body: str, coded: str = "", **article: object) -> Article:
    """An article with this text. coded: words of it that a report quotes."""
    found = ArticleFactory(**{"headline": "A headline of some length", **article})
    text = captured(found, found.headline, *body)
    if coded:
        AppearanceFactory(article=found, passage=PassageFactory(capture_text=text, words=coded))
    return found


def look(desk: Client, article: Article) -> None:
    """Press the button on the page."""
    assert send(desk, article, "look").status_code == 302


def asked(article: Article, decision: CheckDecision = CheckDecision.OPEN) -> list[str]:
    return sorted(article.checks.filter(decision=decision).values_list("kind", flat=True))


def shown(desk: Client, article: Article) -> str:
    return desk.get(page_of(article)).content.decode()


# Asking.


def test_a_number_in_the_text_is_asked_about_until_its_figure_is_coded(desk: Client):
    article = with_text("Some 40 came and 50 went.", coded="came")
    look(desk, article)
    before = asked(article)

    report = article.appearances.get()
    passage = PassageFactory(capture_text=report.passage.capture_text, words="40 came and 50")
    FigureFactory(appearance=report, passage=passage, low=40)
    look(desk, article)

    assert before == ["number-not-coded", "number-not-coded"]
    assert asked(article) == ["number-not-coded"]


def test_numbers_and_sources_are_asked_about_once_something_is_coded(desk: Client):
    article = with_text("Some 40 came, the ministry said.")

    look(desk, article)

    assert asked(article) == []


def test_a_word_without_a_number_is_coded_as_words(desk: Client):
    article = with_text("Some thousands came.", coded="came")
    report = article.appearances.get()
    passage = PassageFactory(capture_text=report.passage.capture_text, words="thousands")
    FigureFactory(appearance=report, passage=passage, low=None, high=None, comparator="words")

    look(desk, article)

    assert asked(article) == []


@pytest.mark.parametrize("has_source", ["speaker", "credit", "citation", ""])
def test_a_sentence_that_names_a_source_is_asked_about_while_none_is_coded_in_it(desk: Client, has_source: str):
    article = with_text("They came, the ministry said.", coded="They came")
    report = article.appearances.get()
    if has_source == "speaker":
        article.appearances.update(speaker=ActorFactory())
    if has_source == "credit":
        CreditFactory(appearance=report)
    if has_source == "citation":
        CitationFactory(article=article, passage=report.passage)

    look(desk, article)

    assert asked(article) == ([] if has_source else ["no-source-coded"])


@pytest.mark.parametrize(
    ("evidence", "subject"),
    [
        ([], "no evidence"),
        ([{"basis": "footer"}, {"basis": "render-stamp"}], "bounds only"),
        ([{"basis": "footer"}, {"basis": "byline"}], "not chosen"),
        ([{"basis": "byline", "is_chosen": True}], ""),
    ],
)
def test_a_date_without_a_usable_basis_is_asked_about(desk: Client, evidence: list[dict[str, object]], subject: str):
    article = with_text("They came.", undated=True)
    for values in evidence:
        DateEvidenceFactory(article=article, **values)

    look(desk, article)

    assert list(article.checks.values_list("subject", flat=True)) == ([subject] if subject else [])


def test_a_gap_in_the_numbering_is_asked_about_until_it_is_noted(desk: Client):
    article = with_text("They came [1].", "[1] A book", "[4] Another")
    look(desk, article)
    before = article.checks.get(kind=CheckKind.NUMBERING_GAP, subject="labels 2–3")
    page = shown(desk, article)

    edit(desk, article, reference_gaps="2–3")

    assert "The numbering leaves out 2–3." in page
    assert not Check.objects.filter(pk=before.pk).exists()


def test_a_listed_label_that_no_sentence_has_is_asked_about_until_it_is_coded_so(desk: Client):
    article = with_text("They came.", "[1] A book", "[2] Another")
    look(desk, article)
    before = list(article.checks.values_list("subject", flat=True))

    CitationFactory(article=article, label="[1]", is_listed_only=True)
    look(desk, article)

    assert before == ["not marked 1, 2"]
    assert list(article.checks.values_list("subject", flat=True)) == ["not marked 2"]


def test_each_sign_of_rewriting_is_one_check(desk: Client):
    twice = "Seven people came to the old market."
    article = with_text(f"{twice} {twice} {twice}", "It touches rain-and-wind and local-news topics.")

    look(desk, article)

    assert asked(article) == ["rewriting", "rewriting"]


def test_figures_that_differ_equal_numbers_and_headlines_are_asked_about(desk: Client):
    article = ArticleFactory()
    claim = ClaimFactory()
    one = FigureFactory(appearance__article=article, appearance__claim=claim, low=70)
    FigureFactory(appearance__article=article, measure=one.measure, low=80)
    FigureFactory(appearance__article=article, low=70)
    AppearanceFactory(article=article, claim=claim, part="headline", hedge="none")
    AppearanceFactory(article=article, claim=claim, hedge="likely")

    look(desk, article)

    assert asked(article) == ["figures-differ", "headline-and-body", "same-number"]
    assert "The number 70 stands with different groups or stages." in shown(desk, article)


def test_a_changed_number_is_another_question(desk: Client):
    article = ArticleFactory()
    one = FigureFactory(appearance__article=article, low=70)
    other = FigureFactory(appearance__article=article, measure=one.measure, low=80)
    look(desk, article)
    send(desk, article, "checks", decision="kept")
    look(desk, article)
    while_the_same = asked(article)

    Figure.objects.filter(pk=other.pk).update(low=90, high=90)
    look(desk, article)

    assert while_the_same == []
    assert (asked(article), asked(article, CheckDecision.KEPT)) == (["figures-differ"], ["figures-differ"])


LONG = " ".join(f"Word{number} stands here and goes on to the end of row {number}." for number in range(20))


def held_twice() -> tuple[Article, Article]:
    """Two articles of one text, one of them with a sentence more, both in the index."""
    articles = with_text(LONG), with_text(f"{LONG} And more of it.")
    extracts.rebuild([article.pk for article in articles])
    return articles


def test_nearly_the_same_text_is_asked_about_and_leads_to_the_other_article(desk: Client):
    one, other = held_twice()

    look(desk, one)

    assert asked(one) == ["near-duplicate"]
    assert f'href="{page_of(other)}"' in shown(desk, one)


def test_another_text_and_a_few_words_are_no_copy(desk: Client):
    one = with_text(LONG)
    with_text(LONG.replace("stands here and goes", "goes up and ends"))
    short, _same = with_text("A few words alone."), with_text("A few words alone.")
    extracts.rebuild(Article.objects.values_list("pk", flat=True))

    look(desk, one)
    look(desk, short)

    assert asked(one) == asked(short) == []


def test_the_very_bytes_are_found_although_nobody_may_search_them_yet(desk: Client):
    one, other = ArticleFactory(headline="The same one"), ArticleFactory(headline="The same one")
    for article in (one, other):
        captured(article, "The same one", LONG, cleared=False)

    look(desk, one)

    assert list(one.checks.values_list("subject", flat=True)) == [f"article {other.public_id}"]


def test_what_exceeds_the_outlets_limit_is_asked_about_once_it_is_published(desk: Client):
    article = with_text("They came to the market.", coded="They came to the market", outlet=OutletFactory(limit=5))

    send(desk, article, "publish")

    article.refresh_from_db()
    assert (article.status, asked(article)) == (RecordStatus.PUBLISHED, ["over-limit"])


# Do no harm.


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Call +380 44 000-00-00.", "personal-data"),
        ("Write to somebody@mail.example.", "personal-data"),
        ("Testo Testov, 23, was sent.", "harm-private-person"),
        ("His brother Testo was sent.", "harm-private-person"),
    ],
)
def test_what_may_reach_one_person_blocks_although_nobody_looked(desk: Client, words: str, kind: str):
    article = with_text(words)

    refused = send(desk, article, "publish")
    blocking = asked(article)
    send(desk, article, "checks", decision="kept")
    done = send(desk, article, "publish")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert blocking == [kind]


def test_a_redaction_takes_the_question_back(desk: Client):
    article = with_text("Testo Testov, 23, was sent; call +380 44 000-00-00.")
    look(desk, article)
    before = asked(article)

    redact(desk, article, "Testo Testov, 23")
    redact(desk, article, "+380 44 000-00-00")

    assert before == ["harm-private-person", "personal-data"]
    assert asked(article) == []
    assert send(desk, article, "publish").status_code == 302


def test_what_was_decided_of_one_place_is_not_inherited_by_the_next_when_it_is_hidden(desk: Client):
    article = with_text("Call +380 44 000-00-00 or +380 44 000-00-01 for a place.")
    look(desk, article)
    first, second = article.checks.order_by("pk")
    send(desk, article, "checks", check=first.pk, decision="kept")

    redact(desk, article, "+380 44 000-00-00")
    look(desk, article)

    assert [check.subject for check in article.checks.filter(decision="open")] == [second.subject]
    assert send(desk, article, "publish").status_code == 422


def test_people_whom_the_archive_knows_by_two_names_are_not_asked_about(desk: Client):
    ActorNameFactory(actor=ActorFactory(name="Testo Testov"), name="Тесто Тестов")
    known = with_text("Testo Testov, 53, said nothing.", "Вчера 53-летний Тесто Тестов молчал.")
    namesake = with_text("Testo, 23, said nothing.")

    look(desk, known)
    look(desk, namesake)

    assert asked(known) == []
    assert asked(namesake) == ["harm-private-person"]


def test_an_outlets_own_address_is_not_asked_about(desk: Client):
    outlet = OutletFactory(website="https://www.paper.example/")
    article = with_text("Write to desk@paper.example or to one@mail.example.", outlet=outlet)

    look(desk, article)

    assert asked(article) == ["personal-data"]


def test_an_editor_who_reads_a_private_persons_name_stops_publishing(desk: Client):
    article = with_text("They came.")

    send(desk, article, "private-person")
    send(desk, article, "private-person")
    look(desk, article)
    refused = send(desk, article, "publish")
    send(desk, article, "checks", decision="resolved")
    done = send(desk, article, "publish")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert asked(article, CheckDecision.RESOLVED) == ["harm-private-person"]


def test_what_was_noted_and_decided_may_be_noted_again(desk: Client):
    article = with_text("They came.")
    send(desk, article, "private-person")
    send(desk, article, "checks", decision="resolved")

    send(desk, article, "private-person")

    assert (asked(article), asked(article, CheckDecision.RESOLVED)) == (["harm-private-person"],) * 2


# Each thing once.


def test_a_second_look_asks_nothing_anew_and_decided_is_decided(desk: Client):
    article = with_text("Some 40 came.", coded="came")
    look(desk, article)
    send(desk, article, "checks", decision="kept")

    look(desk, article)

    assert (asked(article), asked(article, CheckDecision.KEPT)) == ([], ["number-not-coded"])


def test_a_new_text_asks_again_only_where_a_sentence_changed(desk: Client):
    article = with_text("Some 40 came.", "Some 50 went.", coded="came")
    look(desk, article)
    for _each in range(2):
        send(desk, article, "checks", decision="kept")

    captured(article, article.headline, "A sentence before.", "Some 40 came.", "Some 60 went.")
    look(desk, article)

    assert asked(article) == ["number-not-coded"]
    assert "<mark>60</mark>" in shown(desk, article)


def test_a_look_takes_back_what_is_open_and_nothing_that_was_decided(desk: Client, editor: Person):
    article = with_text("Some 40 came.", coded="came")
    look(desk, article)
    send(desk, article, "checks", decision="resolved")
    captured(article, article.headline, "They came. And 70 went.")
    look(desk, article)
    captured(article, article.headline, "They came.")

    check_actions.look(article, by=editor)

    assert (asked(article), asked(article, CheckDecision.RESOLVED)) == ([], ["number-not-coded"])


def test_an_edit_looks_by_itself(desk: Client):
    article = with_text("They came.", undated=True)

    edit(desk, article, summary="What it reports, anew")

    assert asked(article) == ["date-without-basis"]


# The page.


def test_a_check_shows_its_place_within_its_sentence_and_what_to_do(desk: Client):
    article = with_text("Before it. Some 40 <b>came</b> here. After it.", coded="came")
    look(desk, article)

    page = shown(desk, article)

    assert '<q lang="en">Some <mark>40</mark> &lt;b&gt;came&lt;/b&gt; here.</q>' in page
    assert "no figure is coded for it" in page
    assert "Code it as a figure" in page


def test_hidden_words_beside_a_place_are_marked_as_hidden(desk: Client):
    article = with_text("Some 40 came with Testo Testov here.", coded="came")
    redact(desk, article, "Testo Testov")

    page = shown(desk, article)

    assert 'came with <span class="redaction" title="Hidden from readers">Testo Testov</span> here.</q>' in page


def test_the_line_above_says_how_far_an_article_is(desk: Client):
    article = with_text("Some 40 came and 50 went.", coded="came")
    look(desk, article)

    page = shown(desk, article)
    line = page.split('class="checklist"')[1].split("</ul>")[0]

    assert [word for word in ("2 numbers not coded", "date basis", "headline = body") if word in line] == [
        "2 numbers not coded",
        "date basis",
        "headline = body",
    ]
    assert line.count("✓") == 2


def test_the_page_says_when_the_article_has_changed_since(desk: Client):
    article = with_text("They came.", coded="came")
    look(desk, article)
    before = shown(desk, article)

    captured(article, article.headline, "They came. And 70 went.")

    assert "has changed since" not in before
    assert "has changed since" in shown(desk, article)


def test_the_words_of_an_article_stand_in_no_check(desk: Client):
    article = with_text("Testo Testov, 23, said: call +380 44 000-00-00. Some 4567 came.", coded="came")
    look(desk, article)

    subjects = " ".join(article.checks.values_list("subject", flat=True))

    assert len(asked(article)) >= 4
    assert not any(words in subjects for words in ("Test", "380", "4567", "said"))


@pytest.mark.parametrize("kind", [kind.value for kind in CheckKind])
def test_each_kind_has_a_queue_whose_count_is_that_of_its_list(desk: Client, kind: str):
    for article in ArticleFactory.create_batch(2):
        Check.objects.create(article=article, kind=kind, subject="one")
        Check.objects.create(article=article, kind=kind, subject="two")
    address = f"/desk/articles/?status=check-{kind}"

    home, listed = desk.get("/desk/").content.decode(), desk.get(address).content.decode()

    link = home.split(f'<a href="{address}"')[1].split("</a>")[0]
    assert 'class="count">2<' in link
    assert listed.count('class="desk-row"') == 2


def test_a_look_and_the_page_ask_as_often_for_much_coding_as_for_little(desk: Client, editor: Person, count_queries):
    article = with_text(*(f"Some {number} came, he said." for number in range(300, 340)))
    text = article.captures.get().texts.get()

    def add(numbers: range) -> None:
        for number in numbers:
            passage = PassageFactory(capture_text=text, words=f"{number} came")
            report = AppearanceFactory(
                article=article,
                passage=passage,
                speaker=ActorFactory(),
                part="headline" if number % 2 else "body",
                claim=ClaimFactory(people=[PeopleGroupFactory()]),
            )
            FigureFactory.create_batch(2, appearance=report, passage=passage)
            CreditFactory(appearance=report)
            CitationFactory(article=article)

    def queries() -> tuple[int, int]:
        # The first look opens and takes back; what every further one costs is compared.
        check_actions.look(article, by=editor)
        with CaptureQueriesContext(connection) as asked_in_a_look:
            check_actions.look(article, by=editor)
        return len(asked_in_a_look), count_queries(page_of(article), editor)

    add(range(300, 302))
    few = queries()
    add(range(302, 330))

    assert queries() == few
