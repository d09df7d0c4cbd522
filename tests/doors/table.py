"""Every address of the archive, and what each role gets there. An address without a row fails the suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

ROLES = ("anonymous", "researcher", "editor", "administrator")
PUBLIC = dict.fromkeys(ROLES, 200)
REFUSED = dict.fromkeys(ROLES, 400)
DESK_ONLY = {"anonymous": 302, "researcher": 403, "editor": 200, "administrator": 200}
DESK_POST = {"anonymous": 302, "researcher": 403, "editor": 405, "administrator": 405}
OWN_POST = {"anonymous": 302, "researcher": 405, "editor": 405, "administrator": 405}
# What a researcher owns: others with the same rights find nothing there.
MINE = {"anonymous": 302, "researcher": 200, "editor": 404, "administrator": 404}
NOBODYS = {"anonymous": 302, "researcher": 404, "editor": 404, "administrator": 404}
RESEARCHER_POST = {"anonymous": 302, "researcher": 405, "editor": 405, "administrator": 405}
SIGNED_IN = {"anonymous": 302, "researcher": 200, "editor": 200, "administrator": 200}


@dataclass(frozen=True)
class Row:
    """name: of the URL. answers: role → status of a GET. args: which of the world's ids it takes.

    others: further ids that it may be asked with (drafts, withdrawn), for the canaries.
    """

    name: str
    answers: Mapping[str, int]
    args: Callable[[Mapping[str, str]], list[Any]] = field(default=lambda ids: [])
    others: tuple[str, ...] = ()
    query: str = ""

    def address(self, world: Any) -> str:
        return reverse(self.name, args=self.args(world.ids)) + self.query

    def every_address(self, world: Any) -> list[str]:
        asked = [self.address(world)]
        for other in self.others:
            args = self.args(world.ids)
            asked.append(reverse(self.name, args=[*args[:-1], world.ids[other]]) + self.query)
        return asked


def one(*keys: str) -> Callable[[Mapping[str, str]], list[Any]]:
    return lambda ids: [ids[key] for key in keys]


ARTICLES = ("draft", "in_review", "withheld", "withdrawn")
NOTES = ("private_note", "proposed_note", "note_on_draft")
CLAIMS = ("draft_claim", "withdrawn_claim", "withheld_claim", "public_claim")
COLLECTIONS = ("private_collection", "removed_collection")

ROWS = [
    Row("browse:home", PUBLIC),
    Row("browse:article-list", PUBLIC),
    Row("browse:article-list", PUBLIC, query="?once=1"),
    Row("browse:article-list", PUBLIC, query="?counted=2024&once=1"),
    Row("browse:article-detail", PUBLIC, one("article"), ARTICLES),
    Row("browse:article-json", PUBLIC, one("article"), ARTICLES),
    Row("annotate:text-changes", SIGNED_IN, one("article"), ARTICLES),
    Row("annotate:text-changes", SIGNED_IN, one("article"), ARTICLES, query="?from=canary&to="),
    Row("browse:article-beside", SIGNED_IN, one("withheld", "article"), ARTICLES),
    Row("browse:article-beside-choose", SIGNED_IN, one("article"), ARTICLES),
    Row("browse:article-beside-choose", SIGNED_IN, one("article"), query="?with=00000000"),
    Row("browse:outlet-list", PUBLIC),
    Row("browse:outlet-list", PUBLIC, query="?watched=2024-06"),
    Row("browse:outlet-detail", PUBLIC, one("outlet"), ("draft_outlet",)),
    Row("browse:outlet-detail", PUBLIC, one("outlet"), ("draft_outlet",), query="?once=1"),
    Row("browse:source-list", PUBLIC),
    Row("browse:source-detail", PUBLIC, one("source"), ("draft_source", "withheld_source")),
    Row("browse:source-detail", PUBLIC, one("source"), ("draft_source", "withheld_source"), query="?whole=1"),
    Row("browse:actor-list", PUBLIC),
    Row("browse:actor-detail", PUBLIC, one("actor"), ("draft_actor",)),
    Row("browse:figure-list", PUBLIC),
    Row("browse:measure-list", PUBLIC),
    Row("browse:measure-detail", PUBLIC, one("measure")),
    Row("browse:tactic-list", PUBLIC),
    Row("browse:suggest", PUBLIC, query="?q=headline"),
    Row("browse:suggest", PUBLIC, query="?q=canary"),
    Row("browse:suggest", PUBLIC, query="?q=withheld"),
    Row("browse:suggest", REFUSED),
    Row("claims:claim-list", PUBLIC),
    Row("claims:claim-list", PUBLIC, query="?asserted_by=outlet&first_in=canary-draft-outlet"),
    Row("claims:claim-detail", PUBLIC, one("claim"), CLAIMS),
    Row("claims:claim-detail", PUBLIC, one("claim"), CLAIMS, query="?once=1&whole=1&page=1"),
    Row("claims:claim-json", PUBLIC, one("claim"), CLAIMS),
    Row("exports:article-csv", PUBLIC),
    Row("exports:article-csv", PUBLIC, query="?once=1"),
    Row("exports:article-csv", PUBLIC, query="?sort=oldest&page=2"),
    Row("exports:article-csv", REFUSED, query="?outlet=canary-draft-outlet"),
    Row("exports:article-json", PUBLIC),
    Row("exports:article-json", PUBLIC, query="?once=1"),
    Row("exports:article-json", REFUSED, query="?bogus=1"),
    Row("exports:article-atom", PUBLIC),
    Row("exports:article-atom", PUBLIC, query="?once=1"),
    Row("exports:article-atom", PUBLIC, query="?sort=oldest"),
    Row("exports:article-atom", REFUSED, query="?page=0"),
    Row("exports:claim-csv", PUBLIC),
    Row("exports:claim-csv", PUBLIC, query="?tactic=raid&tactic=contract-deception"),
    Row("exports:claim-json", PUBLIC),
    Row("exports:claim-json", REFUSED, query="?tactic=bogus"),
    Row("exports:claim-atom", PUBLIC),
    Row("exports:measure-csv", PUBLIC, one("measure")),
    Row("exports:measure-csv", REFUSED, one("measure"), query="?speaker=bogus"),
    Row("exports:sitemap", PUBLIC),
    Row("exports:sitemap", PUBLIC, query="?part=1"),
    Row("exports:sitemap", dict.fromkeys(ROLES, 404), query="?part=0"),
    Row("pages:about", PUBLIC),
    Row("pages:methodology", PUBLIC),
    Row("pages:safety", PUBLIC),
    Row("pages:correction-list", PUBLIC),
    Row("pages:correction-list", PUBLIC, query="?page=2"),
    Row("exports:correction-atom", PUBLIC),
    Row("exports:correction-atom", REFUSED, query="?page=1"),
    Row("requests:request-create", PUBLIC),
    Row("requests:request-create", PUBLIC, query="?address=/articles/abc/"),
    Row("requests:request-detail", PUBLIC, one("request"), ("decided_request",)),
    Row("pages:healthz", PUBLIC),
    Row("pages:readyz", PUBLIC),
    Row("pages:robots", PUBLIC),
    Row("pages:opensearch", PUBLIC),
    Row("pages:security-txt", dict.fromkeys(ROLES, 404)),
    Row("accounts:sign-in", {"anonymous": 200, "researcher": 302, "editor": 302, "administrator": 302}),
    Row("accounts:sign-out", {"anonymous": 405, "researcher": 405, "editor": 405, "administrator": 405}),
    Row("accounts:sign-in-code", dict.fromkeys(ROLES, 302)),
    Row("accounts:set-password", dict.fromkeys(ROLES, 404), lambda ids: ["00000000", "no-token"]),
    Row("accounts:me", SIGNED_IN),
    Row("accounts:me", SIGNED_IN, query="?done=password"),
    Row("accounts:password-change", OWN_POST),
    Row("accounts:pen-name-change", OWN_POST),
    Row("accounts:sign-in-end", OWN_POST),
    Row("accounts:everything", SIGNED_IN),
    Row("accounts:leave", SIGNED_IN),
    Row("accounts:second-factor", SIGNED_IN),
    Row("accounts:second-factor-begin", OWN_POST),
    Row("accounts:second-factor-confirm", OWN_POST),
    Row("accounts:second-factor-renew", OWN_POST),
    Row("accounts:second-factor-off", OWN_POST),
    Row("annotate:article-text", SIGNED_IN, one("article"), ARTICLES),
    Row("annotate:article-text", SIGNED_IN, one("article"), query="?whose=mine&at=3-9"),
    Row("annotate:article-jsonld", PUBLIC, one("article"), ARTICLES),
    Row("annotate:annotation-detail", SIGNED_IN, one("shared_note"), NOTES),
    Row("annotate:annotation-reply", RESEARCHER_POST, one("shared_note")),
    Row("annotate:annotation-remove", RESEARCHER_POST, one("private_note")),
    Row("annotate:annotation-publish", DESK_POST, one("proposed_note")),
    Row("annotate:annotation-decline", DESK_POST, one("proposed_note")),
    Row("annotate:annotation-list", SIGNED_IN),
    Row("annotate:annotation-list", SIGNED_IN, query="?whose=all&sort=newest"),
    Row("annotate:annotation-list", SIGNED_IN, query="?whose=all&stands=lost&q=canary*"),
    Row("annotate:own-jsonld", SIGNED_IN, query="?whose=all"),
    Row("annotate:own-jsonld", REFUSED | {"anonymous": 302}, query="?sort=bogus"),
    Row("annotate:annotation-import", SIGNED_IN),
    Row("workspace:home", SIGNED_IN),
    Row("workspace:collection-create", RESEARCHER_POST),
    Row("workspace:entry-add", RESEARCHER_POST),
    Row("workspace:collection-detail", SIGNED_IN, one("shared_collection"), COLLECTIONS),
    Row("workspace:collection-json", SIGNED_IN, one("shared_collection"), COLLECTIONS),
    Row("workspace:collection-csv", SIGNED_IN, one("shared_collection"), COLLECTIONS),
    Row("workspace:collection-dossier", SIGNED_IN, one("shared_collection"), COLLECTIONS),
    Row("workspace:collection-detail", MINE, one("collection")),
    Row("workspace:collection-edit", MINE, one("collection"), ("shared_collection", *COLLECTIONS)),
    Row("workspace:collection-do", RESEARCHER_POST, one("private_collection")),
    Row("workspace:entry-order", RESEARCHER_POST, one("private_collection")),
    Row("workspace:entry-edit", MINE, one("collection", "own_entry")),
    Row("workspace:entry-edit", NOBODYS, one("private_collection", "entry")),
    Row("workspace:search-create", RESEARCHER_POST),
    Row("workspace:search-detail", MINE, one("own_search"), ("search",)),
    Row("workspace:search-detail", MINE, one("own_search"), ("search",), query="?new=0&page=1"),
    Row("workspace:search-edit", MINE, one("own_search"), ("search",)),
    Row("workspace:search-do", RESEARCHER_POST, one("search")),
    Row("exports:search-atom", PUBLIC, one("feed")),
    Row("exports:search-atom", dict.fromkeys(ROLES, 404), lambda ids: ["no-such-feed"]),
    Row("desk:home", DESK_ONLY),
    Row("desk:intake-create", DESK_ONLY),
    Row("desk:intake-list", DESK_ONLY),
    Row("desk:intake-detail", DESK_ONLY, one("intake"), ("intake_asking",)),
    Row("desk:intake-answer", DESK_POST, one("intake")),
    Row("desk:article-list", DESK_ONLY),
    Row("desk:article-detail", DESK_ONLY, one("article"), ARTICLES),
    Row("desk:article-code", DESK_ONLY, one("article"), ARTICLES),
    Row("desk:source-code", DESK_ONLY, one("source"), ("draft_source", "withheld_source")),
    Row("desk:summary-save", DESK_POST, one("article")),
    Row("desk:report-edit", DESK_ONLY, one("report")),
    Row("desk:report-remove", DESK_POST, one("report")),
    Row("desk:record-edit", DESK_ONLY, lambda ids: ["article", ids["article"]], ARTICLES),
    Row("desk:record-history", DESK_ONLY, lambda ids: ["article", ids["article"]], ARTICLES),
    Row("desk:record-restore", DESK_POST, lambda ids: ["article", ids["article"], ids["event"]]),
    Row("desk:article-publish", DESK_POST, one("article")),
    Row("desk:article-withdraw", DESK_POST, one("article")),
    Row("desk:redaction-create", DESK_POST, one("article")),
    Row("desk:article-submit", DESK_POST, one("article")),
    Row("desk:article-send-back", DESK_POST, one("article")),
    Row("desk:article-join", DESK_POST, one("article")),
    Row("desk:article-leave", DESK_POST, one("article")),
    Row("desk:article-assign", DESK_POST, one("article")),
    Row("desk:article-preview", DESK_ONLY, one("article"), ("draft", "in_review", "withheld")),
    Row("desk:source-queue", DESK_ONLY),
    Row("desk:link-queue", DESK_ONLY),
    Row("desk:request-list", DESK_ONLY),
    Row("desk:request-detail", DESK_ONLY, one("request"), ("decided_request",)),
    Row("desk:suggestion-list", DESK_ONLY),
    Row("desk:suggestion-detail", DESK_ONLY, one("suggestion")),
    Row("desk:record-talk", DESK_ONLY, lambda ids: ["article", ids["article"]], ARTICLES),
    Row("desk:comment-settle", DESK_POST, lambda ids: ["article", ids["article"]]),
    Row("desk:draft-keep", DESK_POST),
    Row("desk:draft-drop", DESK_POST),
    Row("desk:check-decide", DESK_POST, one("article")),
    Row("desk:article-look", DESK_POST, one("article")),
    Row("desk:person-note", DESK_POST, one("article")),
    Row("desk:capture-review", DESK_POST, one("capture")),
    Row("desk:policy-create", DESK_POST, one("outlet_id")),
    Row("desk:coverage-note", DESK_POST, one("outlet_id")),
    Row("desk:event-list", DESK_ONLY),
    Row("desk:part-add", DESK_ONLY, lambda ids: ["source", ids["source"], "voice"]),
    Row("desk:part-change", DESK_ONLY, lambda ids: ["source", ids["source"], "voice", ids["voice"]]),
    Row("desk:part-remove", DESK_POST, lambda ids: ["source", ids["source"], "voice", ids["voice"]]),
    Row("desk:record-merge", DESK_ONLY, lambda ids: ["claim", ids["claim"]], ("draft_claim", "withdrawn_claim")),
    Row("desk:record-list", DESK_ONLY, lambda ids: ["actor"]),
    Row("desk:record-add", DESK_ONLY, lambda ids: ["source"]),
    Row("desk:capture-original", DESK_ONLY, one("capture")),
]
