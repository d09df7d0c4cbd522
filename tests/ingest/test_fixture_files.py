"""The demo's facts as they lie in fixtures/: checked as files, before any database sees them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.models import vocabulary
from archive.models.outlets import STRICT_EXTRACT_LIMIT
from archive.models.terms import measure_slug
from archive.text.addresses import canonical_address
from archive.text.dates import parse_edtf
from archive.text.numbers import check_bounds
from archive.text.paragraphs import ZONES

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DEMO = FIXTURES / "demo"
SAMPLES = {
    "asb-media-omsk",
    "united24-forcibly-enlisted",
    "ukrainian-news-british-intelligence",
    "caliber-az-frontline",
    "euromaidan-press-tsyganok",
}
OWN_OUTLET = "coercive-recruitment-archive"
DIFFERENCES = {
    "comparator", "number", "people", "area", "place", "time", "hedge", "force", "attribution", "verb",
}  # fmt: skip
# A longest phrase that is still a phrase: quoted words, never a sentence of somebody else's.
LONGEST_PHRASE = 60


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return found


def articles() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((DEMO / "articles").glob("*.json"))]


def keys(name: str, field: str = "key") -> set[str]:
    return {row[field] for row in rows(name)}


def appearances() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every report of a claim, with the article or source that carries it."""
    for carrier in [*articles(), *rows("demo/sources.json")]:
        for appearance in carrier["appearances"]:
            yield carrier["key"], appearance


def figures() -> Iterator[tuple[str, dict[str, Any]]]:
    for carrier, appearance in appearances():
        for figure in appearance.get("figures", []):
            yield carrier, figure


def credited() -> Iterator[tuple[str, dict[str, Any]]]:
    for carrier, appearance in appearances():
        for credit in appearance["credits"]:
            yield carrier, credit


def values(choices: Any) -> set[str]:
    return set(choices.values)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


@pytest.mark.parametrize("name", ["outlets", "actors", "places", "sources", "claims", "measures", "articles"])
def test_no_key_is_given_twice(name: str) -> None:
    found = articles() if name == "articles" else rows(f"demo/{name}.json")
    given = [row["key"] for row in found]

    assert len(given) == len(set(given))


def test_an_article_lies_in_the_file_of_its_key() -> None:
    for path in (DEMO / "articles").glob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))["key"] == path.stem


def test_the_demo_is_worth_looking_at() -> None:
    dated = {figure["date"] for _, figure in figures() if figure.get("date")}

    assert len(articles()) >= 34
    assert len(rows("demo/claims.json")) >= 10
    assert len(list(figures())) >= 20
    assert len(dated) >= 10
    assert {article["key"] for article in articles() if article["depth"] == "full"} == SAMPLES


def test_every_record_that_is_named_exists() -> None:
    outlets, actors, places = keys("demo/outlets.json"), keys("demo/actors.json"), keys("demo/places.json")
    claims, sources, measures = keys("demo/claims.json"), keys("demo/sources.json"), keys("demo/measures.json")
    people, tactics = keys("vocabulary/people.json", "slug"), keys("vocabulary/tactics.json", "slug")
    article_keys = {article["key"] for article in articles()}
    figure_keys = {figure["key"] for _, figure in figures()}
    named: list[tuple[str, set[str], set[str]]] = [
        ("outlets", {article["outlet"] for article in articles()}, outlets),
        ("cited sources", {cited["source"] for a in articles() for cited in a["citations"]}, sources),
        ("credited sources", {c["source"] for _, c in credited() if c["source"]}, sources),
        ("claims", {a["claim"] for _, a in appearances()}, claims),
        ("linked claims", {x["to"] for claim in rows("demo/claims.json") for x in claim.get("links", [])}, claims),
        ("speakers", {a["speaker"] for _, a in appearances() if a.get("speaker")}, actors),
        ("parents", {a["parent"] for a in rows("demo/actors.json") if a["parent"]}, actors),
        ("doers", {x["actor"] for claim in rows("demo/claims.json") for x in claim.get("actors", [])}, actors),
        ("authors", {x["actor"] for source in rows("demo/sources.json") for x in source["actors"]}, actors),
        ("outer places", {p["parent"] for p in rows("demo/places.json") if p["parent"]}, places),
        ("places of sources", {s["place"] for s in rows("demo/sources.json") if s.get("place")}, places),
        ("areas and places", {p for c in rows("demo/claims.json") for p in [*c["areas"], *c["places"]]}, places),
        ("people", {p for c in rows("demo/claims.json") for p in c["people"]}, people),
        ("measures", {figure["measure"] for _, figure in figures()}, measures),
        ("wholes of figures", {figure["of"] for _, figure in figures() if figure.get("of")}, figure_keys),
        ("tactics", {use["tactic"] for _, a in appearances() for use in a.get("tactics", [])}, tactics),
        ("articles as sources", {s["article"] for s in rows("demo/sources.json") if s.get("article")}, article_keys),
        ("provisional tactics", {t for a in articles() for t in a["provisional"]["tactics"]}, tactics),
        ("provisional people", {t for a in articles() for t in a["provisional"]["people"]}, people),
        ("provisional areas", {t for a in articles() for t in a["provisional"]["areas"]}, places),
    ]

    assert {what: sorted(asked - held) for what, asked, held in named if asked - held} == {}


def test_every_record_that_is_held_is_used() -> None:
    used_claims = {appearance["claim"] for _, appearance in appearances()}
    used_sources = {cited["source"] for article in articles() for cited in article["citations"]}
    used_sources |= {credit["source"] for _, credit in credited()}
    used_sources |= {source["key"] for source in rows("demo/sources.json") if source["appearances"]}

    assert keys("demo/claims.json") - used_claims == set()
    assert keys("demo/sources.json") - used_sources == set()
    assert keys("demo/measures.json") - {figure["measure"] for _, figure in figures()} == set()
    assert keys("demo/outlets.json") - {article["outlet"] for article in articles()} == set()


def test_every_code_is_a_term_of_its_list() -> None:
    v = vocabulary
    reports = [appearance for _, appearance in appearances()]
    credits = [credit for _, credit in credited() if credit["source"]]
    claims = rows("demo/claims.json")
    used: list[tuple[str, set[str], set[str]]] = [
        ("voice", {a["voice"] for a in reports}, values(v.Voice)),
        ("part", {a.get("part", "body") for a in reports}, values(v.Part)),
        ("act", {a.get("act", "asserts") for a in reports}, values(v.Act)),
        ("hedge", {a.get("hedge", "none") for a in reports}, values(v.Hedge)),
        ("stance", {a.get("stance", "passes-on") for a in reports}, values(v.Stance)),
        ("wording", {a.get("wording", "not-known") for a in reports}, values(v.Wording)),
        ("destination", {a["destination"] for a in reports if a.get("destination")}, values(v.Destination)),
        ("differs", {term for a in reports for term in a.get("differs", [])}, DIFFERENCES),
        ("how", {c["how"] for c in credits}, values(v.CreditHow)),
        ("basis", {c["basis"] for _, c in credited()}, values(v.CreditBasis)),
        ("evidence", {c["evidence"] for c in credits}, values(v.CreditEvidence)),
        ("state", {c["state"] for c in credits}, values(v.CreditState)),
        ("comparator", {f["comparator"] for _, f in figures()}, values(v.Comparator)),
        ("counting", {f["counting"] for _, f in figures()}, values(v.CountingBasis)),
        ("claim kind", {c["kind"] for c in claims}, values(v.ClaimKind)),
        ("setting", {c["setting"] for c in claims if c.get("setting")}, values(v.Setting)),
        ("response", {c["response"] for c in claims if c.get("response")}, values(v.Response)),
        ("claim link", {x["kind"] for c in claims for x in c.get("links", [])}, values(v.ClaimLinkKind)),
        ("part in claim", {x["part"] for c in claims for x in c.get("actors", [])}, values(v.ClaimActorPart)),
        ("source kind", {s["kind"] for s in rows("demo/sources.json")}, values(v.SourceKind)),
        ("check", {c["state"] for s in rows("demo/sources.json") for c in s.get("checks", [])},
         values(v.SourceCheckState)),
        ("scheme", {i["scheme"] for s in rows("demo/sources.json") for i in s.get("identifiers", [])},
         values(v.IdentifierScheme)),
        ("actor kind", {a["kind"] for a in rows("demo/actors.json")}, values(v.ActorKind)),
        ("place kind", {p["kind"] for p in rows("demo/places.json")}, values(v.PlaceKind)),
        ("outlet kind", {o["kind"] for o in rows("demo/outlets.json")}, values(v.OutletKind)),
        ("stage", {m["stage"] for m in rows("demo/measures.json")}, values(v.Stage)),
        ("unit", {m["unit"] for m in rows("demo/measures.json")}, values(v.Unit)),
        ("group", {t["group"] for t in rows("vocabulary/tactics.json")}, values(v.TacticGroup)),
        ("depth", {a["depth"] for a in articles()}, values(v.Depth)),
        ("zone", {p["zone"] for a in articles() for c in a["captures"] for p in c["text"]}, set(ZONES)),
        ("method", {c["method"] for a in articles() for c in a["captures"]}, values(v.CaptureMethod)),
        ("date basis", {d["basis"] for a in articles() for d in a["dates"]}, values(v.DateBasis)),
    ]  # fmt: skip

    assert {what: sorted(said - legal) for what, said, legal in used if said - legal} == {}


def test_every_tactic_says_what_it_includes_and_what_not() -> None:
    terms = rows("vocabulary/tactics.json")

    assert len(terms) == 25
    assert all(term[field] for term in terms for field in ("label", "definition", "include", "exclude", "example"))


def test_every_quoted_phrase_stands_once_in_its_part_of_the_page() -> None:
    astray = []
    for article in articles():
        for part, within, quote in quotes_of(article):
            zone = [p["text"] for c in article["captures"] for p in c["text"] if p["zone"] == part]
            places = [within] if quote in within else zone
            if sum(place.count(quote) for place in places) != 1:
                astray.append((article["key"], part, quote))

    assert astray == []


def quotes_of(article: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Part of the page, the words of the report that it stands in (or none), the phrase."""
    for cited in article["citations"]:
        if cited.get("quote"):
            yield cited["part"], "", cited["quote"]
    for appearance in article["appearances"]:
        part, words = appearance.get("part", "body"), appearance.get("quote", "")
        if words:
            yield part, "", words
        inner = [*appearance.get("figures", []), *appearance.get("tactics", [])]
        yield from ((part, words, holder["quote"]) for holder in inner if holder.get("quote"))


def test_what_is_held_of_another_outlet_are_phrases_within_its_limit() -> None:
    limits = {outlet["key"]: outlet["policies"][-1]["extract_limit"] for outlet in rows("demo/outlets.json")}
    for article in articles():
        if article["outlet"] == OWN_OUTLET:
            continue
        held = [p for capture in article["captures"] for p in capture["text"] if p["zone"] != "headline"]

        assert {capture["method"] for capture in article["captures"]} <= {"excerpt"}, article["key"]
        assert sum(len(p["text"]) for p in held) <= (limits[article["outlet"]] or STRICT_EXTRACT_LIMIT), article["key"]
        assert all(len(p["text"]) <= LONGEST_PHRASE for p in held), article["key"]
        assert not any(re.search(r"[.!?]$", p["text"]) for p in held), article["key"]


def test_the_first_paragraph_held_is_the_headline_as_printed() -> None:
    for article in articles():
        for capture in article["captures"]:
            headlines = [place for place, p in enumerate(capture["text"]) if p["zone"] == "headline"]
            if article["headline"].startswith("["):
                assert headlines == [], f"{article['key']}: a supplied headline is no wording of the outlet"
            else:
                assert headlines == [0]
                assert capture["text"][0]["text"] == article["headline"]


def test_no_byline_of_another_outlet_is_held() -> None:
    assert {article["byline"] for article in articles() if article["outlet"] != OWN_OUTLET} == {""}


def test_the_archives_own_texts_are_long_enough_to_read() -> None:
    own = [article for article in articles() if article["outlet"] == OWN_OUTLET]

    assert len(own) == 2
    for article in own:
        assert 600 <= sum(len(p["text"].split()) for p in article["captures"][0]["text"]) <= 900
        assert article["appearances"] == [], "the archive's own texts are commentary: no claim is counted from them"


def test_every_date_can_be_read() -> None:
    dates = [d["edtf"] for article in articles() for d in article["dates"]]
    dates += [figure["date"] for _, figure in figures() if figure.get("date")]
    dates += [row["date"] for name in ("sources", "claims") for row in rows(f"demo/{name}.json") if row.get("date")]

    for edtf in dates:
        parse_edtf(edtf)


def test_a_footer_or_render_stamp_is_kept_and_never_chosen() -> None:
    bounds = [d for a in articles() for d in a["dates"] if d["basis"] in vocabulary.BOUNDS_ONLY]

    assert {d["basis"] for d in bounds} == {"footer", "render-stamp"}
    assert not any(d["chosen"] for d in bounds)
    assert all(sum(d["chosen"] for d in article["dates"]) <= 1 for article in articles())


def test_the_bounds_of_every_figure_fit_its_comparator() -> None:
    misfits = [
        (carrier, figure["key"], check_bounds(figure["comparator"], figure["low"], figure["high"]))
        for carrier, figure in figures()
    ]

    assert [row for row in misfits if row[2]] == []


def test_figure_keys_are_given_once() -> None:
    given = [figure["key"] for _, figure in figures()]

    assert len(given) == len(set(given))


def test_a_small_figure_has_its_do_no_harm_check_decided() -> None:
    small = [f for _, f in figures() if max(f["low"] or 0, f["high"] or 0) in range(1, 10)]

    assert {figure["key"] for figure in small} == {"F05", "F08"}
    assert all(figure.get("harm_decision") == "kept" and figure.get("note") for figure in small)


def test_the_key_of_a_measure_is_its_address() -> None:
    for m in rows("demo/measures.json"):
        assert m["key"] == measure_slug(m["stage"], m["people"], m["origin"], m["territory"])


def test_a_credit_names_its_source_or_says_that_none_is_stated() -> None:
    for carrier, credit in credited():
        assert (credit["source"] is None) == (credit["basis"] == "none-stated"), carrier


def test_every_report_in_an_article_says_on_whose_word() -> None:
    for article in articles():
        assert all(appearance["credits"] for appearance in article["appearances"]), article["key"]


def test_every_address_is_one_that_a_browser_can_open() -> None:
    given = [a["address"] for a in articles() if a["address"]]
    given += [s["address"] for s in rows("demo/sources.json") if s.get("address")]
    given += [o["website"] for o in rows("demo/outlets.json") if o["website"]]
    given += [cited["address_printed"] for a in articles() for cited in a["citations"] if cited.get("address_printed")]

    for address in given:
        assert canonical_address(address).startswith("https://")
    assert all(article["address"] == "" for article in articles() if article["address_withheld"])


def test_what_waits_for_an_editor_says_so() -> None:
    leads = [a for a in articles() if a["lead"]]
    leads += [row for name in ("sources", "claims") for row in rows(f"demo/{name}.json") if row.get("lead")]

    assert all(row["note"].endswith("Lead, to be confirmed.") for row in leads)


def test_a_claim_has_no_number_in_its_sentence_but_a_year() -> None:
    for claim in rows("demo/claims.json"):
        assert re.findall(r"\d+", claim["sentence"]) in ([], ["2025"]), claim["key"]
        assert len(claim["sentence"]) <= 300


def test_no_text_of_the_archive_judges_what_it_reports() -> None:
    judging = re.compile(r"\b(fake|fabricated|hallucinat\w*|debunk\w*|disinformation|propaganda)\b", re.IGNORECASE)
    files = ["demo/outlets.json", "demo/sources.json", "demo/claims.json", "vocabulary/tactics.json"]
    own_words = [text for name in files for text in strings(rows(name))]
    own_words += [article["summary"] for article in articles()]

    assert [text for text in own_words if judging.search(text)] == []


def test_a_denial_stands_beside_what_it_denies() -> None:
    acts = {(appearance["claim"], appearance.get("act", "asserts")) for _, appearance in appearances()}

    assert ("C77", "denies") in acts
    assert ("C77", "asserts") in acts
