"""Writing on a text: by its place, by its words, on the whole; and reading what others wrote."""

import re

import pytest
from django.test import Client

from archive.models import Annotation
from tests import factories as make

pytestmark = pytest.mark.django_db
WORDS = "Его забрали 🙂 у мечети, é said one.\n\nThe same words stand here. The same words stand here, too."


@pytest.fixture
def article():
    return make.ArticleFactory(published=True)


@pytest.fixture
def text(article):
    return make.captured(article, "Headline", *WORDS.split("\n\n"))


def signed_in(**traits) -> Client:
    client = Client()
    client.force_login(make.PersonFactory(**(traits or {"researcher": True})))
    return client


def sent(**fields) -> dict[str, str]:
    return {"motivation": "commenting", "body": "What I think.", "sharing": "private"} | fields


def test_a_note_stands_at_exactly_the_words_that_were_selected(article, text):
    start = text.text.index("забрали 🙂")
    place = f"{text.pk}:{start}-{start + len('забрали 🙂')}"

    answer = signed_in().post(f"/articles/{article.public_id}/text/", sent(at=place))

    note = Annotation.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/text/#note-{note.public_id}")
    assert text.text[note.start : note.end] == "забрали 🙂"


def test_without_a_script_the_words_are_copied_and_those_before_them_choose_between_places(article, text):
    client, address = signed_in(), f"/articles/{article.public_id}/text/"

    twice = client.post(address, sent(quote="The same words"))
    missing = client.post(address, sent(quote="No such words", body="Typed by hand"))
    client.post(address, sent(quote="The same words", before="stand here. "))

    assert (twice.status_code, missing.status_code) == (422, 422)
    assert "stands in several places" in twice.content.decode()
    assert "Typed by hand" in missing.content.decode()
    note = Annotation.objects.get()
    assert note.start == text.text.rindex("The same words")


def test_a_paragraph_that_is_chosen_brings_its_words_into_the_form_and_any_of_them_can_be_kept(article, text):
    client, address = signed_in(), f"/articles/{article.public_id}/text/"
    page = client.get(address).content.decode()
    chosen = re.findall(r'href="\?at=(\d+-\d+)#write"', page)[2]

    form = client.get(f"{address}?at={chosen}").content.decode()
    client.post(address, sent(at=f"{text.pk}:{chosen}", quote="stand here, too"))

    assert f'value="{text.pk}:{chosen}"' in form
    assert "The same words stand here. The same" in form.partition("<textarea")[2]
    note = Annotation.objects.get()
    assert text.text[note.start : note.end] == "stand here, too"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"body": ""}, "Write what you want to say"),
        ({"motivation": "highlighting", "body": ""}, "A highlight marks words"),
        ({"motivation": "tagging"}, "Give a tag"),
        ({"motivation": "linking"}, "which claim"),
        ({"claim": "no such claim"}, "No claim is at"),
        ({"sharing": "published"}, "published"),
        ({"tags": ",".join(map(str, range(30)))}, "At most 20 tags"),
    ],
)
def test_what_cannot_be_saved_is_told_and_kept_in_the_form(article, text, fields, told):
    answer = signed_in().post(f"/articles/{article.public_id}/text/", sent(**fields))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Annotation.objects.exists()


def test_a_note_has_tags_methods_and_the_claim_that_it_leads_to(article, text):
    claim, tactic = make.ClaimFactory(published=True), make.TacticFactory()
    fields = {
        "motivation": "linking",
        "claim": f"https://testserver/claims/{claim.public_id}/",
        "tactics": [tactic.slug],
    }

    signed_in().post(f"/articles/{article.public_id}/text/", sent(**fields, tags="raids, Кыргызстан,raids"))

    note = Annotation.objects.get()
    assert (note.claim, list(note.tactics.all())) == (claim, [tactic])
    assert [row.tag for row in note.tag_rows.all()] == ["raids", "Кыргызстан"]
    by_sentence = signed_in().post(
        f"/articles/{article.public_id}/text/", sent(motivation="linking", claim=claim.sentence)
    )
    assert by_sentence.status_code == 302


def test_nested_and_overlapping_notes_are_marked_and_the_text_stays_what_it_is(article, text):
    for words in ("Его забрали 🙂 у мечети", "забрали 🙂", "у мечети, é said", "é"):
        make.AnnotationFactory(in_text=text, words=words, shared=True)

    page = signed_in().get(f"/articles/{article.public_id}/text/").content.decode()

    (paragraph,) = [one for one in re.findall(r"<p data-start[^>]*>(.*?)</p>", page) if "забрали" in one]
    assert re.sub(r"<[^>]+>", "", paragraph) == WORDS.split("\n\n")[0]
    assert re.findall(r'data-n="(\d)"', paragraph) == ["2", "1", "4", "3"]


def test_positions_are_those_of_the_readers_own_text(article, text):
    make.RedactionFactory(passage=make.PassageFactory(capture_text=text, words="Его забрали"))
    client, address = signed_in(), f"/articles/{article.public_id}/text/"
    own = text.text.replace("Его забрали", "█████")
    start = own.index("у мечети")

    client.post(address, sent(at=f"{text.pk}:{start}-{start + 8}"))
    client.post(address, sent(quote="█████ 🙂", body="From a mark on"))

    first, second = Annotation.objects.order_by("pk")
    assert text.text[first.start : first.end] == "у мечети"
    assert text.text[second.start : second.end] == "Его забрали 🙂"
    assert "Его" not in client.get(address).content.decode()


def test_who_reads_which_note(article, text):
    author, other, editor = (
        make.PersonFactory(**role) for role in ({"researcher": True}, {"researcher": True}, {"editor": True})
    )
    make.AnnotationFactory(in_text=text, words="мечети", author=author, body="For me alone")
    shared = make.AnnotationFactory(in_text=text, words="one", author=author, body="For all who read", shared=True)
    make.AnnotationFactory(answering=shared, author=other, body="An answer", shared=True)
    make.AnnotationFactory(answering=shared, author=other, body="A thought", sharing="private")

    def read(person) -> str:
        client = Client()
        client.force_login(person)
        return client.get(f"/articles/{article.public_id}/text/").content.decode()

    for person, seen in ((author, {0, 1, 2}), (other, {1, 2, 3}), (editor, {1, 2})):
        page = read(person)
        said = ("For me alone", "For all who read", "An answer", "A thought")
        assert {n for n, words in enumerate(said) if words in page} == seen
    assert Client().get(f"/articles/{article.public_id}/text/").status_code == 302


def test_a_page_runs_as_many_queries_for_many_notes_as_for_few(article, text, count_queries):
    reader = make.PersonFactory(researcher=True)
    address = f"/articles/{article.public_id}/text/"
    for number in range(3):
        note = make.AnnotationFactory(in_text=text, words="The same words", shared=True)
        make.AnnotationTagFactory(annotation=note)
        make.AnnotationFactory(answering=note, shared=True)
        if number == 0:
            few = count_queries(address, reader)
            make.AnnotationFactory(article=article, shared=True)

    assert count_queries(address, reader) == few


def test_what_somebody_else_wrote_is_not_told_where_it_repeats_hidden_words(article, text):
    note = make.AnnotationFactory(in_text=text, words="one", body="That is МЕЧЕТИ on the corner", shared=True)
    make.RedactionFactory(passage=make.PassageFactory(capture_text=text, words="мечети"))
    client = signed_in()

    page = client.get(f"/articles/{article.public_id}/text/").content.decode()

    assert "Not shown: it repeats words that are hidden" in page
    assert "МЕЧЕТИ" not in page + client.get(f"/annotations/{note.public_id}/").content.decode()
    assert "МЕЧЕТИ" not in client.get("/workspace/annotations/?whose=all").content.decode()
    assert note.public_id not in client.get("/workspace/annotations/?whose=all&q=мечети").content.decode()
