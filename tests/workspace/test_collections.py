"""Collections: put together from the pages of records, in an order, with notes; private or shared; nothing is lost."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.desk import merging
from archive.management.commands import worker
from archive.models import Article, Collection, CollectionEntry, Person, SavedSearch
from archive.records.workspace import everything_of
from archive.workspace import actions
from tests import scenes
from tests.desk.edit_form import sent_by
from tests.factories import ArticleFactory, CollectionEntryFactory, CollectionFactory, PersonFactory, SavedSearchFactory
from tests.workspace.conftest import withdraw_as_duplicate

pytestmark = pytest.mark.django_db

ADD = "/workspace/collections/add/"


def said(page) -> str:
    """What a page says, without its tags, in single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def titles(page) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'entry-title"><a[^>]*>([^<]*)</a>', page.content.decode())]


def order(address: str) -> str:
    return f"{address}order/"


def test_a_collection_is_started_filled_ordered_noted_and_emptied_through_its_pages(at_work: Client):
    scene = scenes.one_speech()
    first, second, _third = scene.articles
    page = at_work.get(first.get_absolute_url())
    answer = at_work.post(ADD, sent_by(page, ADD, title="Raids", note="Begin here."))
    collection = Collection.objects.get()
    address = collection.get_absolute_url()
    assert answer["Location"].startswith(f"{address}#entry-")
    # The form of the next page offers it.
    at_work.post(ADD, sent_by(at_work.get(scene.claim.get_absolute_url()), ADD))
    at_work.post(ADD, sent_by(at_work.get(second.get_absolute_url()), ADD))
    names = [first.headline, scene.claim.sentence, second.headline]
    page = at_work.get(address)
    assert titles(page) == names
    assert "Begin here." in said(page)

    ids = [entry.public_id for entry in collection.entries.in_order()]
    at_work.post(order(address), {"down": ids[0]})
    assert titles(at_work.get(address)) == [names[1], names[0], names[2]]
    at_work.post(order(address), {"up": ids[0]})
    at_work.post(order(address), sent_by(at_work.get(address), order(address), **{f"place-{ids[2]}": "1"}))
    assert titles(at_work.get(address)) == [names[2], names[0], names[1]]

    edit = reverse("workspace:entry-edit", args=[collection.public_id, ids[1]])
    at_work.post(edit, sent_by(at_work.get(edit), edit, note="Compare the speech."))
    assert "Compare the speech." in said(at_work.get(address))

    at_work.post(order(address), {"remove": ids[1]})
    assert titles(at_work.get(address)) == [names[2], names[0]]
    at_work.post(order(address), {"restore": ids[1]})
    assert titles(at_work.get(address)) == [names[2], names[0], names[1]]
    assert "Compare the speech." in said(at_work.get(address))
    at_work.post(order(address), {"remove": ids[1]})
    at_work.post(order(address), {"forget": ids[1]})
    assert not CollectionEntry.objects.filter(public_id=ids[1]).exists()


def test_a_record_stands_once_in_a_collection_and_comes_back_with_both_notes(at_work: Client, researcher: Person):
    entry = CollectionEntryFactory(collection__owner=researcher, note="First.")
    at_work.post(order(entry.collection.get_absolute_url()), {"remove": entry.public_id})

    again = {"kind": "article", "record": entry.article.public_id, "into": entry.collection.public_id}
    at_work.post(ADD, again | {"note": "Second."})

    (kept,) = CollectionEntry.objects.all()
    assert (kept.note, kept.removed_at) == ("First.\n\nSecond.", None)


@pytest.mark.parametrize("place", ["0", "-1", "x", "1.5", "٣", "9999999"])
def test_a_place_that_is_none_moves_nothing_and_says_so(at_work: Client, researcher: Person, place: str):
    entry = CollectionEntryFactory(collection__owner=researcher)
    answer = at_work.post(order(entry.collection.get_absolute_url()), {f"place-{entry.public_id}": place})

    assert answer.status_code == 422
    assert "Nothing was moved" in said(answer)


def test_nothing_typed_is_lost_when_a_record_cannot_be_put_anywhere(at_work: Client):
    article = ArticleFactory(published=True)
    answer = at_work.post(ADD, {"kind": "article", "record": article.public_id, "note": "Keep these words."})

    assert answer.status_code == 422
    assert "write the title of a new one" in said(answer)
    assert sent_by(answer, ADD)["note"] == ["Keep these words."]
    done = at_work.post(ADD, sent_by(answer, ADD, title="A title"))
    assert done.status_code == 302


def test_only_what_is_published_is_collected(client: Client):
    client.force_login(PersonFactory(editor=True))
    for made in (ArticleFactory(), ArticleFactory(withdrawn=True)):
        assert client.post(ADD, {"kind": "article", "record": made.public_id, "title": "Mine"}).status_code == 404
    assert not Collection.objects.exists()


def test_a_deleted_collection_is_put_back_whole_or_deleted_for_good(at_work: Client, researcher: Person):
    entry = CollectionEntryFactory(collection__owner=researcher)
    address = entry.collection.get_absolute_url()

    at_work.post(f"{address}do/", {"act": "remove"})
    assert at_work.get(address).status_code == 404
    home = at_work.get("/workspace/")
    assert f"{address}do/" in home.content.decode()
    at_work.post(f"{address}do/", {"act": "restore"})
    assert titles(at_work.get(address)) == [entry.article.headline]
    at_work.post(f"{address}do/", {"act": "forget"})
    assert Collection.objects.exists()
    for act in ("remove", "forget"):
        at_work.post(f"{address}do/", {"act": act})
    assert not Collection.objects.exists()


def test_a_stale_form_is_refused_with_both_texts_and_can_be_saved_over(at_work: Client, researcher: Person):
    address = f"{CollectionFactory(owner=researcher, title='Old').get_absolute_url()}edit/"
    first, second = (at_work.get(address) for _ in range(2))
    at_work.post(address, sent_by(first, address, title="From one window"))
    answer = at_work.post(address, sent_by(second, address, title="From the other", note="And a note."))

    assert answer.status_code == 409
    assert "From one window" in said(answer)
    form = sent_by(answer, address)
    assert (form["title"], form["note"]) == (["From the other"], ["And a note."])
    assert at_work.post(address, form).status_code == 302
    assert Collection.objects.get().title == "From the other"


def test_a_shared_collection_is_signed_with_a_pen_name_or_as_a_researcher(at_work: Client):
    signed = CollectionFactory(is_shared=True, owner__pen_name="Max Pen", owner__username="max.real")
    unsigned = CollectionFactory(is_shared=True, owner__pen_name="", owner__username="ann.real")
    pages = [at_work.get(path) for path in ("/workspace/", signed.get_absolute_url(), unsigned.get_absolute_url())]

    assert "Max Pen" in said(pages[0])
    assert "a researcher" in said(pages[0])
    assert "Max Pen" in said(pages[1])
    assert "a researcher" in said(pages[2])
    assert not any("real" in page.content.decode() for page in pages)
    assert "Take out" not in said(pages[1])


def test_what_was_merged_is_followed_and_what_was_withdrawn_leaves_a_line(at_work: Client, researcher: Person):
    merged, survivor, gone = ArticleFactory.create_batch(3, published=True)
    collection = CollectionFactory(owner=researcher, is_shared=True)
    for number, article in enumerate((merged, gone), start=1):
        CollectionEntryFactory(collection=collection, article=article, position=number, note=f"Note {number}.")
    withdraw_as_duplicate(merged, survivor)
    Article.objects.filter(pk=gone.pk).update(
        status="withdrawn", withdrawn_reason="safety", withdrawn_on="2026-11-20", headline="Names a person"
    )
    address = collection.get_absolute_url()
    other = Client()
    other.force_login(PersonFactory(editor=True))

    for reader, reads_note in ((at_work, True), (other, False)):
        for page in (reader.get(address), reader.get(f"{address}dossier/")):
            words = said(page)
            assert survivor.headline in words
            assert merged.headline not in words
            assert "An article, withdrawn from the archive" in words
            assert "Names a person" not in words
            assert ("Note 2." in words) == reads_note
    entries = json.loads(other.get(f"{address.rstrip('/')}.json").content)["entries"]
    assert [(one["state"], one["note"]) for one in entries] == [("held", "Note 1."), ("withdrawn", "")]


def test_a_merge_at_the_desk_neither_tells_nor_moves_what_is_somebodys_own():
    entry = CollectionEntryFactory()
    survivor = ArticleFactory(published=True)

    plan = merging.plan(entry.article, survivor, by=PersonFactory(editor=True))

    assert "entr" not in " ".join(move.label for move in plan.moves)


def test_files_and_paper_hold_what_the_public_may_see_and_cite_as_the_pages_do(at_work: Client, researcher: Person):
    scene = scenes.one_speech()
    collection = CollectionFactory(owner=researcher, title="=Sum", note="Why these.")
    CollectionEntryFactory(collection=collection, article=scene.articles[0], note="=1+1", position=1)
    CollectionEntryFactory(collection=collection, article=None, claim=scene.claim, position=2)
    address = collection.get_absolute_url()

    whole = json.loads(at_work.get(f"{address.rstrip('/')}.json").content)
    rows = list(csv.DictReader(io.StringIO(at_work.get(f"{address.rstrip('/')}.csv").content.decode())))
    paper = at_work.get(f"{address}dossier/")

    assert whole["collection"]["title"] == "=Sum"
    assert whole["entries"][0]["record"]["passages"] == ["already ten thousand were sent"]
    assert [row["note"] for row in rows] == ["'=1+1", ""]
    assert rows[0]["collection"] == "'=Sum"
    assert [row["page"] for row in rows] == [one["record"]["page"] for one in whole["entries"]]
    assert "already ten thousand were sent" in said(paper)
    assert "The rest of the text" not in said(paper)
    assert "Why these." in said(paper)
    printed = [re.sub(r"^To cite this record ", "", one) for one in _citations(paper)]
    assert printed == [one["citation"] for one in whole["entries"]] == [row["citation"] for row in rows]


def _citations(page) -> list[str]:
    found = re.findall(r'<p class="cite">(.*?)</p>', page.content.decode(), re.DOTALL)
    quoted = [one.replace("</q>", "”") for one in found]
    plain = [re.sub(r"<[^>]+>", "", re.sub(r"<q[^>]*>", "“", one)) for one in quoted]
    return [" ".join(html.unescape(one).split()) for one in plain]


def test_a_collection_costs_the_same_for_ten_entries_as_for_two(count_queries: Callable[..., int], researcher: Person):
    collection = CollectionFactory(owner=researcher)

    def fill(count: int) -> list[int]:
        CollectionEntryFactory.create_batch(count, collection=collection)
        CollectionEntryFactory.create_batch(count, collection=collection, of_claim=True)
        pages = ("", "dossier/")
        return [count_queries(f"{collection.get_absolute_url()}{page}", researcher) for page in pages]

    assert fill(1) == fill(4)


def test_everything_of_a_person_can_be_taken_out_and_goes_with_the_account(researcher: Person):
    entry = CollectionEntryFactory(collection__owner=researcher, note="Mine.", collection__title="Kept")
    CollectionEntryFactory(note="Somebody else's.")

    found = everything_of(researcher)
    (kept,) = found.collections
    (held,) = kept.entries
    assert (kept.title, held.note, held.id) == ("Kept", "Mine.", entry.article.public_id)

    researcher.delete()
    assert not Collection.objects.filter(title="Kept").exists()
    assert CollectionEntry.objects.count() == 1


def test_a_stale_note_is_refused_with_both_texts(at_work: Client, researcher: Person):
    entry = CollectionEntryFactory(collection__owner=researcher)
    address = reverse("workspace:entry-edit", args=[entry.collection.public_id, entry.public_id])
    first, second = (at_work.get(address) for _ in range(2))
    at_work.post(address, sent_by(first, address, note="From one window."))
    answer = at_work.post(address, sent_by(second, address, note="From the other."))

    assert answer.status_code == 409
    assert "From one window." in said(answer)
    assert at_work.post(address, sent_by(answer, address)).status_code == 302
    assert CollectionEntry.objects.get().note == "From the other."


def test_what_was_taken_out_a_month_ago_is_deleted_by_the_worker():
    long_ago, lately = (timezone.now() - timedelta(days=days) for days in (31, 29))
    for gone in (long_ago, lately, None):
        CollectionEntryFactory(removed_at=gone)
        SavedSearchFactory(removed_at=gone)
        CollectionFactory(removed_at=gone)

    assert worker.clear_removed() == []

    counts = [model.objects.count() for model in (CollectionEntry, SavedSearch, Collection)]
    assert counts == [2, 2, 5]


def test_who_sends_a_form_twice_or_fills_everything_loses_nothing(at_work: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "MOST_ENTRIES", 1)
    first, second = ArticleFactory.create_batch(2, published=True)
    page = at_work.get(first.get_absolute_url())
    at_work.post(ADD, sent_by(page, ADD, title="Full"))
    again = at_work.post(ADD, sent_by(at_work.get(first.get_absolute_url()), ADD))
    over = at_work.post(ADD, sent_by(at_work.get(second.get_absolute_url()), ADD, note="Kept words."))

    assert again.status_code == 302
    assert over.status_code == 422
    assert "There is room for 1" in said(over)
    assert sent_by(over, ADD)["note"] == ["Kept words."]
    assert CollectionEntry.objects.count() == 1
