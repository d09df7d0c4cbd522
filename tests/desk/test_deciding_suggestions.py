"""Suggestions at the desk: their queue, both texts side by side, and what a decision does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.desk import reuse_work, suggestion_actions
from archive.models import Article, Credit, Event, Suggestion
from archive.models.vocabulary import CreditHow, SuggestionState
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    PassageFactory,
    RedactionFactory,
    ReprintGroupFactory,
    SourceFactory,
    SuggestionFactory,
    captured,
)

pytestmark = pytest.mark.django_db

PASSAGE = " ".join(f"shared{number}" for number in range(25))
HIDDEN = "shared7 shared8"


def test_both_texts_stand_side_by_side_with_what_they_share_marked(desk: Client):
    first = captured(
        ArticleFactory(published_from="2024-07-01", published_to="2024-07-01"), "One", f"Before {PASSAGE}."
    )
    captured(ArticleFactory(published_from="2024-07-03", published_to="2024-07-03"), "Other", f"{PASSAGE}; after.")
    start = first.text.index(HIDDEN)
    RedactionFactory(passage=PassageFactory(capture_text=first, start=start, end=start + len(HIDDEN)))
    reuse_work.look()
    one = Suggestion.objects.get()

    page = desk.get(f"/desk/suggestions/{one.pk}/").content.decode()

    assert f"<mark>{PASSAGE}</mark>; after." in page
    assert f'<span class="redaction" title="Hidden from readers">{HIDDEN}</span>' in page
    assert page.count("a possible source, no more") == 1
    assert "25 of its 27 words, 93 %" in page


def test_a_rejected_suggestion_leaves_the_queue_and_nothing_else_changes(desk: Client, editor):
    one = SuggestionFactory()

    assert desk.post(f"/desk/suggestions/{one.pk}/", {"decision": "reject"}).status_code == 302

    one.refresh_from_db()
    assert (one.state, one.decided_by) == (SuggestionState.REJECTED, editor.public_id)
    assert f"/desk/suggestions/{one.pk}/" not in desk.get("/desk/suggestions/").content.decode()
    assert f"/desk/suggestions/{one.pk}/" in desk.get("/desk/suggestions/?state=decided").content.decode()
    assert not Event.objects.exists()
    assert desk.post(f"/desk/suggestions/{one.pk}/", {"decision": "one-text"}).status_code == 409
    assert not Article.objects.exclude(reprint_group=None).exists()


@pytest.mark.parametrize("decision", ["reject", "one-text"])
@pytest.mark.parametrize("is_one_text", [True, False])
def test_what_was_withdrawn_or_is_one_text_already_is_not_decided(desk: Client, decision: str, is_one_text: bool):
    group = ReprintGroupFactory()
    values = {"left__reprint_group": group, "right__reprint_group": group} if is_one_text else {"left__withdrawn": True}
    one = SuggestionFactory(**values)
    address = f"/desk/suggestions/{one.pk}/"

    assert address not in desk.get("/desk/suggestions/").content.decode()
    page = desk.get(address).content.decode()
    assert "Nothing to decide" in page
    assert 'name="decision"' not in page
    assert desk.post(address, {"decision": decision, "why": "So"}).status_code == 409
    one.refresh_from_db()
    assert one.state == SuggestionState.OPEN
    assert not Event.objects.exists()


def test_articles_in_two_groups_or_one_of_them_in_none_are_still_to_be_decided():
    first, second = ReprintGroupFactory.create_batch(2)
    kept = [
        SuggestionFactory(left__reprint_group=left, right__reprint_group=right)
        for left, right in ((first, second), (first, None), (None, second), (None, None))
    ]

    assert list(Suggestion.objects.open()) == kept


def test_both_articles_are_locked_before_the_suggestion_as_a_merge_does(editor):
    one = SuggestionFactory()

    with CaptureQueriesContext(connection) as queries:
        suggestion_actions.confirm_one_text(one, by=editor)

    asked = [query["sql"] for query in queries]
    articles, suggestion = (
        next(number for number, sql in enumerate(asked) if sql.startswith("SELECT") and f'FROM "{table}"' in sql)
        for table in ("archive_article", "archive_suggestion")
    )
    assert articles < suggestion
    for sql in (asked[articles], asked[suggestion]):
        assert ("FOR UPDATE" in sql) == connection.features.has_select_for_update


def test_one_text_joins_both_articles_and_asks_why_where_one_is_public(desk: Client):
    one = SuggestionFactory(left__published=True)
    address = f"/desk/suggestions/{one.pk}/"

    assert desk.post(address, {"decision": "one-text"}).status_code == 422
    assert Suggestion.objects.open().exists()
    assert desk.post(address, {"decision": "one-text", "why": "The same words"}).status_code == 302

    one = Suggestion.objects.get()
    assert one.state == SuggestionState.CONFIRMED
    assert one.left.reprint_group == one.right.reprint_group is not None


def test_the_report_of_one_article_is_credited_to_the_other_as_an_inference(desk: Client, editor):
    one = SuggestionFactory()
    source = SourceFactory(article=one.left)
    AppearanceFactory(article=one.left)
    fitting = AppearanceFactory(article=one.right, claim=one.left.appearances.get().claim)
    AppearanceFactory(article=one.right)
    address = f"/desk/suggestions/{one.pk}/"
    page = desk.get(address).content.decode()
    assert page.count("has it from the other") == 1

    sent = {"decision": f"{fitting.public_id} {source.public_id}", "how": CreditHow.REPRODUCES}
    assert desk.post(address, sent).status_code == 302

    credit = Credit.objects.get(source=source)
    assert (credit.appearance, credit.how, credit.basis) == (fitting, "reproduces", "inferred")
    assert (credit.evidence, credit.state) == ("text-overlap", "confirmed")
    assert Event.objects.get().public_id == fitting.public_id
    assert suggestion_actions.fitting_credits(Suggestion.objects.get(), by=editor) == []


def test_a_public_report_is_not_credited_to_what_nobody_sees(editor):
    one = SuggestionFactory(right__published=True)
    SourceFactory(article=one.left)
    claim = AppearanceFactory(article=one.left).claim
    AppearanceFactory(article=one.right, claim=claim)

    assert suggestion_actions.fitting_credits(one, by=editor) == []


def test_the_count_of_the_queue_is_that_of_its_list_and_of_each_kind(desk: Client):
    SuggestionFactory.create_batch(2)
    SuggestionFactory(kind="shared-post")
    SuggestionFactory(decided=True)
    SuggestionFactory(left__withdrawn=True)

    page = desk.get("/desk/suggestions/").content.decode()

    assert page.count('class="desk-row"') == 3
    assert '<h1>Possibly one origin <span class="count">3</span></h1>' in page
    only = desk.get("/desk/suggestions/?kind=shared-post").content.decode()
    assert only.count('class="desk-row"') == 1
    assert desk.get("/desk/suggestions/999999/").status_code == 404
