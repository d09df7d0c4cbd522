"""Strange input everywhere that input is taken: every parameter, path, header, cookie and field. Never a 5xx."""

from __future__ import annotations

import itertools
import os
import zlib
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from archive import slowdown
from tests import factories as make
from tests.desk.edit_form import sent_by
from tests.doors.strange import VALUES
from tests.doors.table import ROWS

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
LISTS = [row.name for row in ROWS if row.name.endswith("-list") and "desk" not in row.name]
# Of each list: what it is asked for, and one that it does not know.
PARAMETERS = [(name, "page") for name in LISTS] + [("browse:article-list", "anything")]
PARAMETERS += [("browse:article-list", name) for name in ("outlet", "sort", "from", "to", "date", "counted", "q")]
PARAMETERS += [("browse:article-list", name) for name in ("language", "occasion", "place", "min", "tactic_all")]
PARAMETERS += [("browse:figure-list", name) for name in ("stage", "measure", "max", "sort")]
PARAMETERS += [("browse:source-list", "state"), ("browse:outlet-list", "language"), ("browse:actor-list", "parent")]
PARAMETERS += [("browse:suggest", "q")]
PARAMETERS += [("claims:claim-list", name) for name in ("tactic", "from", "sort", "language_not", "min")]
PARAMETERS += [("claims:claim-list", name) for name in ("asserted_by", "first_in", "relayed_by", "no_source_in")]
PARAMETERS += [("browse:article-list", "once"), ("browse:outlet-list", "watched")]
FILES = list(dict.fromkeys(row.name for row in ROWS if row.name.startswith("exports:")))
PARAMETERS += [("exports:article-csv", "outlet"), ("exports:article-csv", "q"), ("exports:article-atom", "sort")]
PARAMETERS += [("exports:claim-json", "tactic")]
OF_THEIR_OWN = {"exports:sitemap", "exports:measure-csv", "exports:search-atom"}
PARAMETERS += [(name, "page") for name in FILES if name not in OF_THEIR_OWN] + [("exports:sitemap", "part")]
PATHS = ["/{}", *(f"/{kind}/{{}}/" for kind in ("articles", "outlets", "claims", "sources", "actors", "measures"))]
PATHS += ["/articles.{}", "/claims.{}", "/measures/{}.csv"]
PATHS += ["/articles/{}.json", "/claims/{}.json", "/accounts/password/{}/x-y/", "/accounts/password/00000000/{}/"]
PATHS += ["/requests/{}/", "/feeds/{}.atom"]
DESK_PATHS = ["/desk/records/{}/", "/desk/{}/new/", "/desk/place/{}/edit/", "/desk/actor/{}/merge/"]
DESK_PATHS += [
    "/desk/{}/",
    "/desk/intakes/{}/",
    "/desk/articles/{}/",
    "/desk/captures/{}/original",
    "/desk/requests/{}/",
    "/desk/{}/x/talk/",
    "/articles/{}/text/changes/",
]
DESK_PARAMETERS = [("desk:article-list", "page"), ("desk:source-queue", "page"), ("desk:request-list", "page")]
DESK_PARAMETERS += [("desk:link-queue", "page"), ("desk:request-list", "state"), ("desk:article-list", "status")]
DESK_PARAMETERS += [("desk:suggestion-list", name) for name in ("page", "state", "kind")]
HEADERS = (
    "User-Agent",
    "Accept-Language",
    "Accept-Encoding",
    "If-None-Match",
    "If-Modified-Since",
    "Referer",
    "X-Forwarded-Proto",
)
WORKSPACE_PATHS = ["/workspace/collections/{}/", "/workspace/collections/{}.csv", "/workspace/searches/{}/"]
COOKIES = ("sessionid", "csrftoken", "other")


# Places that are asked with every value in every run. The others share the values out among their like, in turn,
# so that a run takes minutes; ARCHIVE_ALL_STRANGE=1 asks everywhere with everything.
ASKED_WHOLLY = {("browse:article-list", "q")}


def share(place: int, of: int) -> Sequence[str]:
    """Every so-many-th value, beginning with the place's own; with ARCHIVE_ALL_STRANGE=1 all of them."""
    return VALUES if os.environ.get("ARCHIVE_ALL_STRANGE") == "1" else VALUES[place % of :: of]


def raw(value: str) -> bytes:
    return unquote_to_bytes(value)


def is_hard(value: str) -> bool:
    """What databases and decoders are known to fail on: bytes that are no text, NUL, numbers beyond their bounds."""
    try:
        text = raw(value).decode()
    except UnicodeDecodeError:
        return True
    return "\0" in text or sum(map(str.isdigit, text)) >= 9


# Taken wherever letters are: with few values that come to a form, all of them might be refused.
TAKEN = "Zo%C3%AB%20%F0%9F%99%82"
HARD = frozenset(filter(is_hard, VALUES))
# By a sum of the value and not by its place: whoever takes every so-many-th would get those of one turn alone.
TURNS = {value: ("sqlite", "postgresql")[zlib.crc32(value.encode()) % 2] for value in VALUES}


def comes_here(value: str) -> bool:
    """Hard values come to both databases, the others to one of them each; with ARCHIVE_ALL_STRANGE=1 all to both."""
    return (
        value in HARD
        or TURNS.get(value, connection.vendor) == connection.vendor
        or os.environ.get("ARCHIVE_ALL_STRANGE") == "1"
    )


def no_defect(ask: Callable[[str], HttpResponse], values: Sequence[str] = VALUES) -> None:
    """Ask with every value that comes here; a 400 has words for the reader, and there is no 5xx."""
    faults = []
    for value in filter(comes_here, values):
        answer = ask(value)
        if answer.status_code >= 500:
            faults.append((answer.status_code, value[:60]))
        elif answer.status_code == 400 and b"<h1" not in answer.content and b'{"message": "' not in answer.content:
            faults.append((400, "without a message", value[:60]))
    assert not faults, faults[:10]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def editor(world) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people["editor"])
    return client


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_in_a_parameter_of_a_list(name: str, parameter: str, client: Client) -> None:
    values = VALUES if (name, parameter) in ASKED_WHOLLY else share(PARAMETERS.index((name, parameter)), 30)
    no_defect(lambda value: client.get(f"{reverse(name)}?{parameter}={value}"), values)


def test_as_the_name_of_a_parameter(client: Client) -> None:
    no_defect(lambda value: client.get(f"/articles/?{value}=1&{value}"))


@pytest.mark.parametrize("path", PATHS)
def test_in_a_path(path: str, client: Client) -> None:
    values = VALUES if path == "/{}" else share(PATHS.index(path), 16)
    no_defect(lambda value: client.get(path.format(value)), values)


@pytest.fixture
def researcher(world) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people["researcher"])
    return client


@pytest.mark.parametrize("path", WORKSPACE_PATHS)
def test_in_a_path_of_the_workspace(path: str, researcher: Client) -> None:
    no_defect(lambda value: researcher.get(path.format(value)), share(WORKSPACE_PATHS.index(path), 24))


# Each form with its fields, one after the other taking what is strange, and what else it needs to be taken.
WORKSPACE_FORMS = {
    "workspace:collection-create": {"title": "Mine", "note": "", "is_shared": ""},
    "workspace:collection-edit": {"title": "Mine", "note": "", "version": "1"},
    "workspace:collection-do": {"act": "restore"},
    "workspace:entry-add": {"title": "Mine", "note": "", "into": "", "kind": "article", "record": ""},
    "workspace:entry-order": {"up": "", "remove": "", "restore": "", "place-": "", "down": ""},
    "workspace:entry-edit": {"note": "", "version": "1"},
    "workspace:search-create": {"name": "Mine", "query": "", "kind": "articles"},
    "workspace:search-edit": {"name": "Mine", "version": "1"},
    "workspace:search-do": {"seq": "0", "act": "seen"},
}


@pytest.mark.parametrize("name", WORKSPACE_FORMS)
def test_in_the_fields_of_a_form_of_the_workspace(name: str, researcher: Client, world) -> None:
    keys = {"entry": ["collection", "own_entry"], "search": ["own_search"], "create": [], "add": []}
    noun, verb = name.partition(":")[2].split("-")
    takes = keys.get(verb, keys["entry"] if name == "workspace:entry-edit" else keys.get(noun, ["collection"]))
    takes = ["collection"] if name == "workspace:entry-order" else takes
    address = reverse(name, args=[world.ids[key] for key in takes])
    right = WORKSPACE_FORMS[name] | ({"record": world.ids["article"]} if verb == "add" else {})
    fields = itertools.cycle([*right, *([f"place-{world.ids['own_entry']}"] if verb == "order" else [])])

    def ask(value: str) -> Any:
        strange = next(fields)
        rest = urlencode({field: held for field, held in right.items() if field != strange})
        return researcher.post(address, f"{rest}&{strange}={value}", content_type=FORM)

    no_defect(ask, share(list(WORKSPACE_FORMS).index(name), 20))


NOTE = {"motivation": "commenting", "body": "So", "sharing": "private", "version": "1"}
NOTE |= dict.fromkeys(("at", "quote", "before", "tags", "tactics", "claim", "why", "is_checked"), "")
NOTES = ("article-text", "annotation-detail", "annotation-reply", "annotation-remove", "annotation-publish")


@pytest.mark.parametrize("name", [*NOTES, "annotation-decline"])
def test_in_the_fields_of_a_note(name: str, editor: Client, world) -> None:
    """Each value in one field after the other; a note that can be written is written, and shown."""
    asked = next(row for row in ROWS if row.name == f"annotate:{name}")
    address, page = asked.address(world), reverse("annotate:article-text", args=[world.ids["article"]])
    fields = itertools.cycle(NOTE)

    def ask(value: str) -> Any:
        strange = next(fields)
        rest = urlencode({field: held for field, held in NOTE.items() if field != strange})
        answer = editor.post(address, f"{rest}&{strange}={value}", content_type=FORM)
        return editor.get(page) if answer.status_code == 302 else answer

    no_defect(ask, share(NOTES.index(name) if name in NOTES else len(NOTES), 16))


@pytest.mark.parametrize("parameter", ["q", "tag", "article", "kind", "stands", "whose", "sort", "tactic"])
def test_in_a_parameter_of_the_list_of_notes(parameter: str, researcher: Client) -> None:
    name = reverse("annotate:annotation-list")
    no_defect(lambda value: researcher.get(f"{name}?{parameter}={value}"), share(len(parameter), 40))


def test_in_the_place_that_a_link_chooses_in_a_text(researcher: Client, world) -> None:
    address = reverse("annotate:article-text", args=[world.ids["article"]])
    no_defect(lambda value: researcher.get(f"{address}?at={value}"), share(17, 24))


@pytest.mark.parametrize("parameter", ["new", "page", "anything"])
def test_in_a_parameter_of_a_saved_search(parameter: str, researcher: Client, world) -> None:
    address = reverse("workspace:search-detail", args=[world.ids["own_search"]])
    no_defect(lambda value: researcher.get(f"{address}?{parameter}={value}"), share(14, 24))


def test_in_the_question_of_a_saved_search(researcher: Client) -> None:
    """Escaped once more, so that what is strange comes out of the question and not out of the form."""
    address, saved = reverse("workspace:search-create"), []

    def ask(value: str) -> HttpResponse:
        for query in (f"q={value}", f"outlet={value}", f"{value}=1"):
            answer = researcher.post(address, {"kind": "articles", "name": "Mine", "query": query})
            saved.append(answer.status_code == 302)
        return answer

    no_defect(ask, share(15, 24))
    assert any(saved), "nothing could be saved, so nothing was tested"


@pytest.mark.parametrize("path", DESK_PATHS)
def test_in_a_path_of_the_desk(path: str, editor: Client) -> None:
    no_defect(lambda value: editor.get(path.format(value)), share(DESK_PATHS.index(path), 10))


@pytest.mark.parametrize(("name", "parameter"), DESK_PARAMETERS)
def test_in_a_parameter_of_a_list_of_the_desk(name: str, parameter: str, editor: Client) -> None:
    values = share(DESK_PARAMETERS.index((name, parameter)), 24)
    no_defect(lambda value: editor.get(f"{reverse(name)}?{parameter}={value}"), values)


@pytest.mark.parametrize("header", HEADERS)
def test_in_a_header(header: str, client: Client) -> None:
    values = share(HEADERS.index(header), 10)
    no_defect(lambda value: client.get("/about/", headers={header: raw(value).decode("latin-1")}), values)


@pytest.mark.parametrize("cookie", COOKIES)
def test_in_a_cookie(cookie: str, client: Client) -> None:
    no_defect(lambda value: client.get("/about/", HTTP_COOKIE=f"{cookie}={raw(value).decode('latin-1')}"))


def test_a_nul_hidden_in_a_cookie_is_refused(client: Client) -> None:
    """Stock Django on PostgreSQL answers 500 to this."""
    answer = client.get("/articles/", HTTP_COOKIE=r'sessionid="\000abcdefghij"')

    assert answer.status_code == 400


SIGN_IN = ("username", "password", "next", "csrfmiddlewaretoken", "anything")


@pytest.mark.parametrize("field", SIGN_IN)
def test_in_a_field_of_the_sign_in_form(field: str, client: Client, monkeypatch) -> None:
    for guess in ("takes_place", "takes_place_of"):
        monkeypatch.setattr(slowdown, guess, lambda *_args, **_more: True)
    values = VALUES if field == "username" else share(SIGN_IN.index(field), 10)
    no_defect(lambda value: client.post(reverse("accounts:sign-in"), f"{field}={value}", content_type=FORM), values)


# Of each kind that the desk edits: what is text in it, and what is anything else.
TEXTS = {
    "article": ("headline", "summary", "note", "language", "reference_gaps"),
    "claim": ("sentence", "note"),
    "source": ("title", "occasion", "note"),
    "outlet": ("name", "about"),
    "actor": ("name", "role"),
    "figure": ("note",),
}
OTHERS = (
    "version",
    "outlet",
    "address",
    "kind",
    "country",
    "slug",
    "website",
    "parent",
    "people",
    "low",
    "high",
    "passage",
)


def desk_form(kind: str, world) -> str:
    return reverse("desk:record-edit", args=[kind, world.ids["outlet_id" if kind == "outlet" else kind]])


@pytest.mark.parametrize("kind", TEXTS)
def test_in_all_fields_of_a_form_of_the_desk(kind: str, editor: Client, world) -> None:
    address = desk_form(kind, world)
    fields = (*TEXTS[kind], *OTHERS, "why", *(f"initial-{field}" for field in TEXTS[kind]))
    no_defect(
        lambda value: editor.post(address, "&".join(f"{field}={value}" for field in fields), content_type=FORM),
        share_of("all fields", kind),
    )


@pytest.mark.parametrize("kind", TEXTS)
def test_in_the_texts_of_a_form_that_is_right_otherwise(kind: str, editor: Client, world) -> None:
    """So that what can be saved is saved, and the database has its say."""
    address = desk_form(kind, world)
    form = sent_by(editor.get(address), address)
    saved = []

    def ask(value: str) -> HttpResponse:
        nonlocal form
        right = {name: values for name, values in form.items() if name not in TEXTS[kind]} | {"why": "Because."}
        strange = "&".join(f"{field}={value}" for field in TEXTS[kind])
        answer = editor.post(address, f"{urlencode(right, doseq=True)}&{strange}", content_type=FORM)
        if answer.status_code == 302:
            saved.append(value)
            form = sent_by(editor.get(address), address)
        return answer

    no_defect(ask, [*share_of("texts", kind), TAKEN])
    assert saved, "nothing could be saved, so nothing was tested"


# Pages of the desk that read what is typed in their address: the page, and the name.
ASKED_AT_THE_DESK = [("/desk/records/{}/", "q"), ("/desk/records/{}/", "status"), ("/desk/records/{}/", "page")]
ASKED_AT_THE_DESK += [("/desk/{}/new/", "name"), ("/desk/{}/{}/merge/", "into")]


@pytest.mark.parametrize(("path", "parameter"), ASKED_AT_THE_DESK)
def test_in_a_parameter_of_the_desk(path: str, parameter: str, editor: Client, world) -> None:
    address = path.format("actor", world.ids["actor"])
    place = ASKED_AT_THE_DESK.index((path, parameter))
    no_defect(lambda value: editor.get(f"{address}?{parameter}={value}"), share(place, 20))


@pytest.mark.parametrize("parameter", ["from", "to", "anything"])
def test_in_a_parameter_of_the_comparison_of_copies(parameter: str, editor: Client, world) -> None:
    address = reverse("annotate:text-changes", args=[world.ids["article"]])
    no_defect(lambda value: editor.get(f"{address}?{parameter}={value}"), share(len(parameter), 20))


def test_in_what_a_text_is_compared_with(editor: Client, world) -> None:
    choose = reverse("browse:article-beside-choose", args=[world.ids["article"]])
    no_defect(lambda value: editor.get(f"{choose}?with={value}"), share(3, 8))
    no_defect(lambda value: editor.get(f"{choose}{value}/"), share(5, 16))


ADDED = {
    "outlet": ("name", "languages", "website", "about", "kind"),
    "actor": ("name", "role", "parent", "country"),
    "source": ("title", "occasion", "address", "date_from"),
    "claim": ("sentence", "note", "places", "date_words"),
    "place": ("name", "parent", "country"),
    "measure": ("definition", "people", "origin", "stage"),
}


@pytest.mark.parametrize("kind", ADDED)
def test_in_the_fields_of_a_new_record(kind: str, editor: Client, world) -> None:
    """With what else is needed, so that what can be saved is saved."""
    kinds = {"place": "region", "claim": "practice", "source": "official-statement", "outlet": "agency"}
    right = {"kind": kinds.get(kind, "person")}
    right |= {"date_precision": "unknown", "stage": "sent", "unit": "persons", "is_new": "on"}
    address = reverse("desk:record-add", args=[kind])
    saved = []

    def ask(value: str) -> HttpResponse:
        answer = editor.post(address, f"{urlencode(right)}&{ADDED[kind][0]}={value}", content_type=FORM)
        saved.append(answer.status_code)
        assert answer.status_code < 500, value
        strange = "&".join(f"{field}={value}" for field in ADDED[kind])
        return editor.post(address, f"{urlencode(right)}&{strange}&why={value}", content_type=FORM)

    no_defect(ask, [*share_of("new record", kind), TAKEN])
    assert 302 in saved or kind == "measure", "nothing could be saved, so nothing was tested"


PARTS = {
    ("source", "voice"): ("actor", "role_as_printed"),
    ("source", "identifier"): ("value", "scheme"),
    ("source", "copy"): ("address", "saved_on"),
    ("source", "look"): ("note", "checked_on"),
    ("actor", "spelling"): ("name", "language"),
    ("outlet", "domain"): ("domain",),
    ("outlet", "ownership"): ("text", "reference"),
    ("claim", "done"): ("actor", "part"),
    ("claim", "link"): ("to_claim", "kind"),
    ("article", "date"): ("words", "earliest", "passage"),
    ("article", "citation"): ("label", "source", "position", "address_as_printed"),
}


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_in_the_fields_of_a_part(kind: str, part: str, editor: Client, world) -> None:
    """The version is asked for each time, so that what can be saved is saved."""
    key = world.ids["outlet_id" if kind == "outlet" else kind]
    address = reverse("desk:part-add", args=[kind, key, part])
    right = {"scheme": "doi", "checked_on": "2026-11-20", "state": "not-found"}
    right |= {"precision": "unknown", "basis": "byline"}

    def ask(value: str) -> HttpResponse:
        version = sent_by(editor.get(address), address)["version"][0]
        rest = urlencode({**right, "version": version, "why": "So"})
        answer = editor.post(address, f"{rest}&{PARTS[kind, part][0]}={value}", content_type=FORM)
        assert answer.status_code < 500, value
        strange = "&".join(f"{field}={value}" for field in PARTS[kind, part])
        return editor.post(address, f"version={version}&why=So&{strange}", content_type=FORM)

    no_defect(ask, share_of("part", (kind, part)))


MERGE = ("into", "version", "into_version", "why")


@pytest.mark.parametrize("field", MERGE)
def test_in_the_fields_of_a_merge(field: str, editor: Client, world) -> None:
    address = reverse("desk:record-merge", args=["claim", world.ids["draft_claim"]])
    right = {"into": world.ids["claim"], "version": "9", "into_version": "9", "why": "So"}
    rest = urlencode({name: value for name, value in right.items() if name != field})
    no_defect(
        lambda value: editor.post(address, f"{rest}&{field}={value}", content_type=FORM), share_of("merge", field)
    )


ACTS = ("desk:article-publish", "desk:article-withdraw", "desk:redaction-create", "desk:check-decide")
ACTS += ("desk:article-send-back", "desk:article-assign")


@pytest.mark.parametrize("name", ACTS)
def test_in_the_fields_of_an_act(name: str, editor: Client, world) -> None:
    address = reverse(name, args=[world.ids["draft"]])
    fields = ("version", "reason", "quote", "prefix", "suffix", "capture", "check", "decision", "why")
    fields += ("to", "seen", "back")
    no_defect(
        lambda value: editor.post(address, "&".join(f"{field}={value}" for field in fields), content_type=FORM),
        share_of("act", name),
    )


# Those of a report that are free, and those whose terms are listed.
TYPED = ("at", "claim", "speaker", "source", "credit1-source", "verb", "note", "why", "people", "places", "version")
TYPED += tuple(f"figure0-{name}" for name in ("comparator", "low", "high", "measure", "as_of", "counting", "span"))
CHOSEN = ("claim_kind", "speaker_kind", "source_kind", "act", "voice", "how", "basis", "tactics", "dropped")
MADE = "claim_kind=practice&speaker_kind=ngo&source_kind=ngo-report&act=asserts&voice=own-words&part=body&hedge=none"


FORMS_OF_REPORTS = ("desk:article-code", "desk:source-code", "desk:report-edit")


@pytest.mark.parametrize("name", FORMS_OF_REPORTS)
def test_in_the_fields_of_a_report(name: str, editor: Client, world) -> None:
    """Each value in one field after the other; and all at once, in the names of what is to be made."""
    address = next(row for row in ROWS if row.name == name).address(world)
    # The forms take alike fields: each begins where the one before it leaves off.
    turn = FORMS_OF_REPORTS.index(name) * (len(VALUES) // len(PLACES))
    fields = itertools.islice(itertools.cycle((*TYPED, *CHOSEN)), turn, None)
    held = f"{MADE}&claim=Held&version=1&why=Read"

    def ask(value: str) -> Any:
        editor.post(address, f"{MADE}&claim={value}&speaker={value}&source={value}&why=Read", content_type=FORM)
        return editor.post(address, f"{held}&{next(fields)}={value}", content_type=FORM)

    no_defect(ask, share_of("report", name))


@pytest.mark.parametrize("parameter", ["page", "once", "whole"])
def test_in_a_parameter_of_a_claims_page(parameter: str, client: Client, world) -> None:
    address = reverse("claims:claim-detail", args=[world.ids["claim"]])
    no_defect(lambda value: client.get(f"{address}?{parameter}={value}"), share(13, 24))


CODING_SCREEN = ("at", "quote", "before", "after")


@pytest.mark.parametrize("parameter", CODING_SCREEN)
def test_in_a_parameter_of_the_coding_screen(parameter: str, editor: Client, world) -> None:
    address = next(row for row in ROWS if row.name == "desk:article-code").address(world)
    no_defect(
        lambda value: editor.get(f"{address}?quote=the&{parameter}={value}"), share_of("coding screen", parameter)
    )


# Each with what else it needs to be taken.
OTHER_FORMS = {
    "desk:summary-save": ("version", "summary", "why"),
    "desk:article-join": ("other", "why"),
    "desk:article-leave": ("why",),
    "desk:coverage-note": ("first", "last", "is_watched", "why"),
    "desk:record-talk": ("text",),
    "desk:comment-settle": ("comment", "state"),
    "desk:draft-keep": ("place", "summary"),
    "desk:draft-drop": ("place",),
    "desk:request-detail": ("state", "answer", "public_note", "withdraw_for"),
    "desk:suggestion-detail": ("decision", "how", "why"),
}


@pytest.mark.parametrize("name", OTHER_FORMS)
def test_in_the_fields_of_another_form_of_the_desk(name: str, editor: Client, world) -> None:
    address = next(row for row in ROWS if row.name == name).address(world)
    fields = OTHER_FORMS[name]
    no_defect(
        lambda value: editor.post(address, "&".join(f"{field}={value}" for field in fields), content_type=FORM),
        share_of("other form", name),
    )


# Forms and pages of the desk that share the values out: over a run, each value comes to one of them, and to another on
# the other database. However many they become, they cost the same.
SHARED_OUT = {
    "all fields": TEXTS,
    "texts": TEXTS,
    "new record": ADDED,
    "part": PARTS,
    "merge": MERGE,
    "act": ACTS,
    "report": FORMS_OF_REPORTS,
    "coding screen": CODING_SCREEN,
    "other form": OTHER_FORMS,
}
PLACES = [(what, name) for what, names in SHARED_OUT.items() for name in names]


def share_of(what: str, name: Any) -> Sequence[str]:
    """The values that come to one of these places."""
    turn = len(PLACES) // 2 if connection.vendor == "postgresql" else 0
    return share(PLACES.index((what, name)) + turn, len(PLACES))


def test_every_value_comes_to_the_desk() -> None:
    assert {value for place in PLACES for value in share_of(*place)} == set(VALUES)


def test_in_the_unsent_words_of_a_form(editor: Client, world) -> None:
    """They are kept, and shown again in their form."""
    place = desk_form("article", world)
    kept = []

    def ask(value: str) -> HttpResponse:
        answer = editor.post(
            reverse("desk:draft-keep"), f"place={place}&{value}=1&summary={value}&outlet={value}", content_type=FORM
        )
        kept.append(answer.status_code == 200)
        return editor.get(f"{place}?unsent=1") if kept[-1] else answer

    no_defect(ask, share(5, 30))
    assert any(kept), "nothing could be kept, so nothing was tested"


OWN_FORMS = {
    "accounts:password-change": ("present", "password", "again"),
    "accounts:pen-name-change": ("pen_name",),
    "accounts:sign-in-end": ("which",),
    "accounts:leave": ("name", "present", "code"),
    "accounts:second-factor-begin": ("present",),
    "accounts:second-factor-confirm": ("code",),
    "accounts:second-factor-renew": ("renew-present", "renew-code"),
    "accounts:second-factor-off": ("off-present", "off-code"),
}


@pytest.mark.parametrize("name", OWN_FORMS)
def test_in_the_fields_of_a_persons_own_forms(name: str, editor: Client, world, monkeypatch) -> None:
    """With the right password beside, so that what is strange is looked at."""
    for guess in ("takes_place", "takes_place_of"):
        monkeypatch.setattr(slowdown, guess, lambda *_args, **_more: True)
    address, fields = reverse(name), OWN_FORMS[name]
    right = dict.fromkeys(("present", "renew-present", "off-present"), make.PASSWORD)
    taken = []

    def ask(value: str) -> HttpResponse:
        answer = editor.post(address, "&".join(f"{field}={value}" for field in fields), content_type=FORM)
        assert answer.status_code < 500, value
        strange = "&".join(f"{field}={value}" for field in fields if field not in right)
        if strange:
            answer = editor.post(address, f"{urlencode(right)}&{strange}", content_type=FORM)
        taken.append(answer.status_code)
        return answer

    no_defect(ask, share(list(OWN_FORMS).index(name), 30))
    assert 302 in taken or name != "accounts:pen-name-change", "nothing could be saved, so nothing was tested"


def test_in_a_code_when_signing_in(client: Client, world, monkeypatch) -> None:
    monkeypatch.setattr(slowdown, "takes_place_of", lambda *_args, **_more: True)
    person = make.PersonFactory(editor=True)
    make.second_factor(person)
    client.post(reverse("accounts:sign-in"), {"username": person.username, "password": make.PASSWORD})
    address = reverse("accounts:sign-in-code")
    assert client.get(address).status_code == 200
    no_defect(lambda value: client.post(address, f"code={value}", content_type=FORM), share(3, 6))


def test_in_what_a_persons_page_says_was_done(editor: Client) -> None:
    no_defect(lambda value: editor.get(f"{reverse('accounts:me')}?done={value}"), share(4, 24))


REQUEST = ("kind", "address", "text", "contact", "token", "anything")


@pytest.mark.parametrize("field", REQUEST)
def test_in_a_field_of_the_form_for_requests(field: str, client: Client, monkeypatch) -> None:
    monkeypatch.setattr(slowdown, "takes_place", lambda *_args, **_more: True)
    address = reverse("requests:request-create")
    form = sent_by(client.get(address), address, text="Please.", address="/articles/", kind="reply")
    right = urlencode({name: value for name, value in form.items() if name != field}, doseq=True)
    no_defect(
        lambda value: client.post(address, f"{right}&{field}={value}", content_type=FORM),
        share(REQUEST.index(field), 24),
    )


def test_in_the_address_that_fills_in_the_form_for_requests(client: Client) -> None:
    no_defect(lambda value: client.get(f"{reverse('requests:request-create')}?address={value}"), share(3, 24))


WAYS = ("address", "file", "text")


@pytest.mark.parametrize("way", WAYS)
def test_in_the_fields_of_the_ways_in(way: str, editor: Client) -> None:
    address, fields = reverse("desk:intake-create"), ("address", "text", "outlet", "file")
    no_defect(
        lambda value: editor.post(
            address, "&".join([f"way={way}", *(f"{field}={value}" for field in fields)]), content_type=FORM
        ),
        share(WAYS.index(way), 24),
    )


def test_in_a_pasted_text_that_is_right_otherwise(editor: Client) -> None:
    """So that what can be taken in is a draft, and the database has its say."""
    address, taken = reverse("desk:intake-create"), []

    def ask(value: str) -> HttpResponse:
        answer = editor.post(address, f"way=text&outlet=A{value}&text=Words%0a%0a{value}", content_type=FORM)
        taken.append(answer.status_code == 302)
        return answer

    no_defect(ask, share(5, 30))
    assert any(taken), "nothing could be taken in, so nothing was tested"


def test_in_a_file_and_its_name(editor: Client) -> None:
    def ask(value: str) -> HttpResponse:
        head = b'--x\r\nContent-Disposition: form-data; name="way"\r\n\r\nfile\r\n--x\r\n'
        named = b'Content-Disposition: form-data; name="file"; filename="' + raw(value) + b'.html"\r\n\r\n'
        body = head + named + raw(value) + b"\r\n--x--\r\n"
        return editor.post(reverse("desk:intake-create"), body, content_type="multipart/form-data; boundary=x")

    no_defect(ask, share(7, 30))


def test_in_the_answer_to_an_intake(editor: Client, world) -> None:
    address = reverse("desk:intake-answer", args=[world.ids["intake_asking"]])
    no_defect(lambda value: editor.post(address, f"answer={value}", content_type=FORM), share(8, 30))
    no_defect(lambda value: editor.post(address, f"answer=page&page={value}", content_type=FORM), share(9, 30))


def test_in_a_form_with_parts(client: Client) -> None:
    def ask(value: str) -> HttpResponse:
        part = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n' + raw(value) + b"\r\n--x--\r\n"
        return client.post(reverse("accounts:sign-in"), part, content_type="multipart/form-data; boundary=x")

    no_defect(ask)


BODIES = ["application/json", "text/plain; charset=utf-16", "multipart/form-data", "x/y; charset=\udc80", ""]


@pytest.mark.parametrize("kind", BODIES)
def test_as_a_body_of_another_type(kind: str, client: Client) -> None:
    no_defect(
        lambda value: client.generic(
            "POST",
            reverse("accounts:sign-in"),
            raw(value),
            content_type=kind.encode("utf-8", "surrogateescape").decode("latin-1"),
        ),
        share(BODIES.index(kind), 9),
    )


def test_there_are_more_than_six_hundred_strange_inputs() -> None:
    assert len(VALUES) > 600
