"""Hidden words leave through no door: every address, every role, every answer."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from archive.models import Outlet
from tests.doors.table import ROWS, Row

pytestmark = pytest.mark.django_db

MAY_READ = {
    "anonymous": set(),
    "researcher": {"researchers"},
    "editor": {"researchers", "desk"},
    "administrator": {"researchers", "desk"},
}

# Who else asks is a question for pages, and the same on each database.
ASKING = ["anonymous", *(pytest.param(role, marks=pytest.mark.once) for role in ("researcher", "editor"))]


@pytest.mark.once
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name + row.query)
def test_no_hidden_word_leaves_through(row: Row, world) -> None:
    for role, may_read in MAY_READ.items():
        client = Client(raise_request_exception=False)
        if world.people[role]:
            client.force_login(world.people[role])
        hidden = [word for word, readers in world.tokens.items() if readers not in may_read]
        if role == "researcher":
            # Their own name stands on their own pages.
            hidden = [word for word in hidden if word != world.people[role].username]

        # An administrator reads what an editor does.
        asked = [row.address(world)] if role == "administrator" else row.every_address(world)
        for address in asked:
            answer = client.get(address)
            said = b"".join(answer) if answer.streaming else answer.content
            everything = said.decode(errors="replace") + str(dict(answer.headers))
            # The secret of a feed opens the question that it answers.
            hushed = [word for word in hidden if not (row.name == "exports:search-atom" and "Query" in word)]
            found = [word for word in hushed if word in everything]
            assert not found, f"{address} tells {role} {found}"


def test_who_owns_private_work_reads_it(world) -> None:
    """Else the test above would prove nothing."""
    client = Client()
    client.force_login(world.people["owner"])
    pages = [
        reverse("workspace:home"),
        *(
            reverse("workspace:collection-detail", args=[world.ids[f"{one}_collection"]])
            for one in ("private", "shared")
        ),
        reverse("workspace:search-detail", args=[world.ids["search"]]),
        reverse("annotate:annotation-list"),
        reverse("annotate:own-jsonld"),
    ]

    said = "".join(client.get(page).content.decode() for page in pages)

    # What was taken out is told by its title, and read again when it is put back; where a note came from is only kept.
    assert {word for word, who in world.tokens.items() if who == "owner" and word not in said} == {
        "CanaryRemovedNoteQx7",
        "CanaryTakenOutQx7",
        "CanaryImportedIdQx7",
    }


@pytest.mark.parametrize("role", ["researcher", "editor", "administrator"])
def test_nobody_else_writes_into_private_work(role: str, world) -> None:
    client = Client()
    client.force_login(world.people[role])
    private, entry, search = (world.ids[key] for key in ("private_collection", "entry", "search"))
    sent = [
        (reverse("workspace:collection-edit", args=[private]), {"title": "Mine", "version": 1}),
        (reverse("workspace:collection-edit", args=[world.ids["shared_collection"]]), {"title": "Mine", "version": 1}),
        *(
            (reverse("workspace:collection-do", args=[private]), {"act": act})
            for act in ("remove", "restore", "forget")
        ),
        *((reverse("workspace:entry-order", args=[private]), {act: entry}) for act in ("up", "remove", "forget")),
        (reverse("workspace:entry-edit", args=[private, entry]), {"note": "Mine", "version": 1}),
        *(
            (reverse("workspace:search-do", args=[search]), {"act": act, "seq": 0})
            for act in ("seen", "feed", "forget")
        ),
        (reverse("workspace:search-edit", args=[search]), {"name": "Mine", "version": 1}),
        (
            reverse("workspace:entry-add"),
            {"kind": "article", "record": world.ids["article"], "into": world.ids["shared_collection"]},
        ),
    ]

    note, version = reverse("annotate:annotation-detail", args=[world.ids["private_note"]]), {"version": 1}
    sent += [(note, {"body": "Mine"} | version), (f"{note}reply/", {"body": "Mine", "sharing": "shared"})]
    sent += [(f"{note}remove/", version)]
    if role != "researcher":
        sent += [(f"{note}{verb}/", version) for verb in ("publish", "decline")]

    assert {client.post(address, form).status_code for address, form in sent} == {404}


def test_the_desk_reads_what_is_hidden_from_others(world) -> None:
    """Else the canaries would sing for nobody, and the tests above would prove nothing."""
    client = Client()
    client.force_login(world.people["editor"])

    page = client.get(reverse("desk:article-detail", args=[world.ids["article"]])).content.decode()

    assert "CanaryRedactedQx7" in page
    assert "CanaryUnreviewedQx7" in page


def test_a_researcher_reads_the_full_text_less_its_redactions(world) -> None:
    client = Client()
    client.force_login(world.people["researcher"])

    page = client.get(reverse("browse:article-detail", args=[world.ids["article"]])).content.decode()

    assert "CanaryBeyondLimitQx7" in page
    assert "CanaryRedactedQx7" not in page


@pytest.mark.parametrize("role", ASKING)
def test_no_hidden_word_is_found_by_a_search(role: str, world) -> None:
    """Not even by the desk: lists show what is published, and the index holds nothing that may not leave the desk.

    The page and the file of a list find the same (``tests/exports/test_files_of_lists.py``); the file costs less.
    """
    client = Client()
    if world.people[role]:
        client.force_login(world.people[role])
    hidden = [word for word, readers in world.tokens.items() if readers != "researchers"]

    for word in hidden:
        assert 'class="entry"' not in client.get("/articles/", {"q": word}).content.decode(), f"{role} finds {word}"
        # What people keep for themselves stands beside the records, and never in the index.
        ways = (f"{word[:-1]}*", f"title:{word}", f'"{word}"', f"-nothing {word}")
        for asked in ways if world.tokens[word] == "desk" else ():
            assert found_in_file(client, asked) == [], f"{role} finds {asked}"
    assert found_in_file(client, "headline*"), "nothing can be found, so nothing was tested"


def found_in_file(client: Client, asked: str) -> list[object]:
    answer = client.get("/articles.json", {"q": asked})
    assert answer.status_code == 200, asked
    return list(json.loads(b"".join(answer))["records"])


@pytest.mark.parametrize("role", ASKING)
def test_no_beginning_of_a_hidden_word_is_completed(role: str, world) -> None:
    """Nor to those who may read it elsewhere: what is offered while somebody types is what is published."""
    client = Client()
    if world.people[role]:
        client.force_login(world.people[role])

    for word in world.tokens:
        for typed in (word, word[:-3], word[:6], word[:1], f"headline {word[:-3]}"):
            _typed, *offered = client.get("/suggest", {"q": typed}).json()
            assert "Canary" not in str(offered), f"{role} is offered {offered} for {typed}"


def test_what_is_published_is_completed(world) -> None:
    """Else the test above would prove nothing."""
    outlet = Outlet.objects.visible_to(AnonymousUser()).get(slug=world.ids["outlet"])

    _typed, titles, *_rest = Client().get("/suggest", {"q": outlet.name[:5]}).json()

    assert outlet.name in titles
    assert "Headline" in str(Client().get("/suggest", {"q": "headl"}).json())


def test_a_search_finds_what_stands_beyond_the_limit_and_shows_it_to_those_who_read_in_full(world) -> None:
    """Else the test above would prove nothing."""
    public, researcher = Client(), Client()
    researcher.force_login(world.people["researcher"])
    asked = {"q": "passage limit canarybeyond*"}

    seen, read = (client.get("/articles/", asked).content.decode() for client in (public, researcher))

    assert 'class="entry"' in seen
    assert "CanaryBeyondLimitQx7" not in seen
    assert "<mark>CanaryBeyondLimitQx7</mark>" in read
    for word, readers in world.tokens.items():
        assert readers == "researchers" or "username" in word or word not in read, word
