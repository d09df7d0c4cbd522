"""What the search box offers while somebody types: names and headlines in any script, and nothing that is hidden."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from archive.access import documents, names
from archive.desk import actions
from archive.models import Article, Tactic
from tests.doors.strange import VALUES
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    OutletFactory,
    PersonFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def suggested(client: Client, typed: str) -> list[tuple[str, str, str]]:
    """Title, kind and path of each suggestion."""
    answer = client.get("/suggest", {"q": typed})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/x-suggestions+json"
    echo, titles, kinds, addresses = answer.json()
    assert echo == typed
    return list(zip(titles, kinds, [one.removeprefix("http://testserver") for one in addresses], strict=True))


def titles(client: Client, typed: str) -> list[str]:
    return [title for title, _kind, _page in suggested(client, typed)]


def indexed(**fields: Any) -> Article:
    made: Article = ArticleFactory(**{"published": True, **fields})
    documents.rebuild([made.pk])
    return made


@pytest.mark.parametrize("typed", ["bastr", "бастр", "Alex", "алекс", "BASTRYKIN", "bas alex"])
def test_an_actor_is_suggested_by_any_of_its_names_in_either_script(client: Client, typed: str):
    actor = ActorFactory(published=True, name="Alexander Bastrykin")
    ActorNameFactory(actor=actor, name="Бастрыкин, Александр Иванович")

    assert suggested(client, typed) == [("Alexander Bastrykin", "State body", actor.get_absolute_url())]


def test_an_actor_is_called_by_its_name_even_where_another_fits(client: Client):
    actor = ActorFactory(published=True, name="The Committee")
    ActorNameFactory(actor=actor, name="Следственный комитет")

    assert titles(client, "следств") == ["The Committee"]


def test_each_kind_leads_to_its_page_and_the_best_kinds_come_first(client: Client):
    outlet = OutletFactory(published=True, name="Raids Weekly")
    actor = ActorFactory(published=True, name="Raiding service")
    source = SourceFactory(published=True, title="Statement on raids")
    article = indexed(outlet=outlet, headline="After the raids")
    tactic = Tactic.objects.get(slug="raid")

    assert suggested(client, "raid") == [
        ("Raids Weekly", "Outlet", outlet.get_absolute_url()),
        ("Raiding service", "State body", actor.get_absolute_url()),
        (tactic.label, "Tactic", "/tactics/#raid"),
        ("Statement on raids", "Source: Official statement", source.get_absolute_url()),
        ("After the raids", "Article: Raids Weekly", article.get_absolute_url()),
    ]


def test_a_headline_is_suggested_by_words_of_any_place_in_it_in_its_language(client: Client):
    indexed(headline="Новых граждан отправляют на фронт", language="ru")

    for typed in ("гражд", "grazhd", "граждан на фр", "отправляют"):
        assert titles(client, typed) == ["Новых граждан отправляют на фронт"], typed
    assert titles(client, "ражд") == titles(client, "граждан из") == []


def test_names_that_begin_as_typed_come_before_those_that_have_it_inside_or_are_spelled_otherwise(client: Client):
    for name in ("Philharmonic Hall", "News of Perm", "Perm News", "The Fermented"):
        OutletFactory(published=True, name=name)

    assert [title for title, kind, _page in suggested(client, "p") if kind == "Outlet"] == [
        "Perm News",
        "News of Perm",
        "Philharmonic Hall",
        "The Fermented",
    ]


def test_there_are_ten_at_most_and_some_of_each_kind(client: Client):
    for number in range(12):
        OutletFactory(published=True, name=f"Zubrowka {number:02}", slug=f"z{number}")
        ActorFactory(published=True, name=f"Zubrowka body {number:02}")
        SourceFactory(published=True, title=f"Zubrowka statement {number:02}")
        indexed(headline=f"Zubrowka headline {number:02}")

    kinds = [kind.partition(":")[0] for _title, kind, _page in suggested(client, "zub")]

    assert kinds == ["Outlet"] * 4 + ["State body"] * 2 + ["Source"] * 2 + ["Article"] * 2


@pytest.mark.parametrize("role", [None, "researcher", "editor"])
def test_drafts_and_withdrawn_and_withheld_things_are_suggested_to_nobody(client: Client, role: str | None):
    OutletFactory(name="Zubrowka outlet")
    ActorFactory(name="Zubrowka actor")
    ActorNameFactory(actor=ActorFactory(in_review=True), name="Zubrowka other name")
    SourceFactory(title="Zubrowka source")
    SourceFactory(published=True, title="Zubrowka withheld", title_withheld=True)
    SourceFactory(published=True, of_article=True, article__headline="Zubrowka is an article")
    indexed(headline="Zubrowka withheld headline", headline_withheld=True)
    indexed(headline="Zubrowka draft", published=False)
    indexed(headline="Zubrowka withdrawn", published=False, withdrawn=True)
    if role:
        client.force_login(PersonFactory(**{role: True}))

    assert suggested(client, "zub") == []
    assert suggested(client, "headline withheld") == suggested(client, "title withheld") == []


def test_words_of_a_text_and_of_a_summary_are_no_headline(client: Client):
    indexed(headline="A headline", summary="Zubrowka in a summary")

    assert suggested(client, "zub") == []


def test_an_edited_name_is_suggested_by_its_new_words_alone(client: Client):
    outlet = OutletFactory(published=True, name="Krupnik")
    before = titles(client, "krup")

    actions.edit(outlet, {"name": "Pertsovka"}, by=PersonFactory(editor=True), version=outlet.version, why="Renamed")

    assert (before, titles(client, "krup"), titles(client, "perts")) == (["Krupnik"], [], ["Pertsovka"])


def test_a_name_that_was_kept_tells_nothing_once_the_record_is_hidden(client: Client):
    """Whoever hid it: what is shown is read at the time of the answer, not kept."""
    source = SourceFactory(published=True, title="Zubrowka statement")
    assert titles(client, "zub") == ["Zubrowka statement"]

    source.title_withheld = True
    source.save()

    assert suggested(client, "zub") == []


def test_a_headline_and_a_title_are_shown_as_the_reader_may_see_them(client: Client):
    indexed(headline="Zubrowka & <b>others</b>")

    assert titles(client, "zub") == ["Zubrowka & <b>others</b>"]


@pytest.mark.parametrize("query", ["", "?x=1", "?q=a&q=b", "?q=a&x=1", "?q=" + "a" * 101])
def test_another_question_is_refused_with_a_message(client: Client, query: str):
    answer = client.get(f"/suggest{query}")

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/json"
    assert "q" in answer.json()["message"]


@pytest.mark.parametrize("typed", ["", " ", "?", "ь", "\u0301", "*", "title:", '"', "-", "zub" * 33])
def test_what_is_no_beginning_of_anything_has_no_suggestion(client: Client, typed: str):
    indexed(headline="A headline")

    assert suggested(client, typed) == []


@pytest.mark.parametrize(
    "typed", ["headline OR", "headline AND", "a " * 50, '"headline', "title:headl", "-headl", "headl*"]
)
def test_signs_of_the_query_language_are_words_or_nothing(client: Client, typed: str):
    indexed(headline="A headline or and title")

    assert "A headline or and title" in titles(client, typed)


def test_strange_input_is_answered_as_json_or_refused(client: Client):
    indexed(headline="A headline")
    answers = {value: client.get(f"/suggest?q={value}") for value in VALUES}

    assert {answer.status_code for answer in answers.values()} <= {200, 400, 414}
    assert [value for value, answer in answers.items() if answer.status_code == 200 and len(answer.json()) != 4] == []


def test_it_costs_as_many_queries_for_many_records_as_for_one(count_queries: Callable[..., int]):
    found = []
    for more in (1, 1, 20, 22):
        for _ in range(more):
            outlet = OutletFactory(published=True)
            ActorNameFactory(actor=ActorFactory(published=True, name="Outlet ministry"), name=f"Outlet {outlet.pk}")
            SourceFactory(published=True, title="Outlet statement")
            indexed(headline="Outlet news", outlet=outlet)
        names.read.cache_clear()
        # With the names' four, which are read once for a public version, and one for the page's tag.
        found.append((count_queries("/suggest?q=outl"), count_queries("/suggest?q=outl")))

    assert set(found) == {(11, 7)}


def test_a_browser_is_told_again_only_what_has_changed(client: Client):
    tag = client.get("/suggest?q=zub").headers["ETag"]

    assert client.get("/suggest?q=zub", headers={"If-None-Match": tag}).status_code == 304
