"""Five real articles, from pasted text to published, through the forms of the desk; each with the traps that it holds.

They are other people's writing and lie outside the project: SAMPLES is beside the folder ARCHIVE_SHARED_DATA. Only
the words that are data themselves (a number, a term) stand here.
"""

import os
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Article, Check, Claim, DateEvidence, Outlet, PublicExtract, Source
from archive.models.vocabulary import BOUNDS_ONLY, CheckDecision, CheckKind
from tests.desk.intakes import add_text
from tests.desk.test_coding import filled_in, save

SAMPLES = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere")).parent / "sample-articles"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not SAMPLES.is_dir(), reason="NOT TESTED ON THE SAMPLE ARTICLES: ARCHIVE_SHARED_DATA is not set beside them"
    ),
]

OUTLETS = {
    "asb-media-omsk": "asb-media.info",
    "united24-forcibly-enlisted": "UNITED24 Media",
    "ukrainian-news-british-intelligence": "Ukrainian News Agency",
    "caliber-az-frontline": "Caliber.Az",
    "euromaidan-press-tsyganok": "Euromaidan Press",
}
# Where the terms ask for a link, nothing is shown without an address.
ADDRESSES = {"euromaidan-press-tsyganok": "https://euromaidanpress.com/2022/12/08/"}
SENT = "New citizens found off the military register have been sent to the war"
PRESSED = "Law enforcement presses migrants with charges so that they enlist"
SPEECH, POST = "Speech at the forum", "Update of the ministry, post on X"
MEASURE = "sent/naturalised/all"


@pytest.fixture
def pasted(desk: Client) -> dict[str, Article]:
    """All five, taken in."""
    for name, outlet in OUTLETS.items():
        text, address = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8"), ADDRESSES.get(name, "")
        answer = add_text(desk, text, outlet=outlet, address=address)
        assert answer.status_code == 302, name
    return {name: Article.objects.get(outlet__name=outlet) for name, outlet in OUTLETS.items()}


def code(desk: Client, article: Article, words: str, **sent: object) -> None:
    answer = save(desk, article, **filled_in(desk, article, words) | sent)
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def kinds_of(article: Article) -> set[str]:
    return set(Check.objects.of_article(article).values_list("kind", flat=True))


def published(desk: Client, article: Article) -> None:
    """Decide what stands in the way, and publish."""
    for capture in article.captures.all():
        sent = {"decision": "cleared", "seen": capture.harm_review}
        assert desk.post(f"/desk/captures/{capture.public_id}/review/", sent).status_code == 302
    desk.post(f"/desk/articles/{article.public_id}/publish/", {"version": article.version})
    for check in Check.objects.of_article(article).blocking():
        sent = {"check": check.pk, "decision": CheckDecision.KEPT}
        assert desk.post(f"/desk/articles/{article.public_id}/checks/", sent).status_code == 302
    article.refresh_from_db()
    if not article.is_published:
        answer = desk.post(f"/desk/articles/{article.public_id}/publish/", {"version": article.version})
        assert answer.status_code == 302, answer.content.decode()[:4000]
    article.refresh_from_db()
    assert article.is_published


def source_reports(desk: Client, title: str, claim: str, **sent: object) -> None:
    address = f"/desk/sources/{Source.objects.get(title=title).public_id}/reports/"
    start = {"act": "asserts", "hedge": "none", "voice": "own-words", "part": "body"}
    assert desk.post(address, start | {"claim": claim} | sent).status_code == 302


def test_three_articles_on_one_speech_are_two_ways_and_one_starting_point(desk: Client, pasted):
    united, agency, caliber = (
        pasted[name]
        for name in ("united24-forcibly-enlisted", "ukrainian-news-british-intelligence", "caliber-az-frontline")
    )
    new_claim = {"claim_kind": "count", "people": ["naturalised"]}
    speaker = {"speaker": "Alexander Bastrykin", "speaker_kind": "person"}
    figure = {"figure0-measure": MEASURE, "figure0-as_of": "../2024-06-27"}
    speech = {"source": SPEECH, "source_kind": "speech"}
    post = {"source": POST, "source_kind": "official-post", "how": "reports", "basis": "same-passage"}
    code(desk, united, "already about 10 thousand", claim=SENT, **new_claim, **speaker, **speech, **figure)
    code(desk, united, "Forcibly Enlisted", claim=SENT, source="")
    code(desk, agency, "10,000 of them", claim=SENT, **speaker, **post, **figure)
    code(desk, caliber, "10,000 of these", claim=SENT, **speaker, **post, **figure)
    code(desk, caliber, "frontline", claim=SENT, **post)
    # The post has two parents: each passes on what it is credited for, and nothing else.
    source_reports(desk, POST, SENT, source=SPEECH)
    pressed = {"claim_kind": "practice", "people": ["foreign-nationals"]}
    code(desk, agency, "to join the russian armed forces", claim=PRESSED, **pressed, **post)
    code(desk, caliber, "to enlist in the Russian armed forces", claim=PRESSED, **post)
    source_reports(desk, POST, PRESSED, source="Russian independent media", source_kind="unnamed-media")
    for article in (united, agency, caliber):
        published(desk, article)

    told = Client().get(f"/claims/{Claim.objects.get(sentence=SENT).public_id}.json").json()
    other = Client().get(f"/claims/{Claim.objects.get(sentence=PRESSED).public_id}.json").json()

    assert (told["articles"], told["routes"], told["origins"]) == (3, 2, 1)
    assert (other["articles"], other["routes"], other["origins"], other["unnamed"]) == (2, 1, 0, 1)
    # The outlet's own words are not the speaker's.
    own = united.appearances.get(passage__start=min(united.appearances.values_list("passage__start", flat=True)))
    assert (own.voice, own.speaker, own.part) == ("own-words", None, "headline")
    assert all(extract.length <= extract.limit for extract in PublicExtract.objects.all())


def test_the_day_a_page_was_made_and_the_year_in_a_footer_are_no_days_of_publication(pasted):
    assert not DateEvidence.objects.filter(is_chosen=True, basis__in=BOUNDS_ONLY).exists()
    agency = pasted["ukrainian-news-british-intelligence"]
    assert agency.published_basis not in BOUNDS_ONLY
    footer = DateEvidence.objects.filter(article=pasted["euromaidan-press-tsyganok"], basis="footer")
    assert [evidence.is_chosen for evidence in footer] == [False]
    assert str(pasted["euromaidan-press-tsyganok"].published_from) == "2022-12-08"


def test_gaps_signs_of_rewriting_and_numbers_that_do_not_fit_are_asked_about(desk: Client, pasted):
    omsk = pasted["asb-media-omsk"]
    new = {"claim_kind": "event", "people": ["naturalised"], "source": ""}
    code(
        desk,
        omsk,
        "Seventy",
        claim="New citizens are registered",
        **new,
        **{"figure0-measure": "registered/naturalised/all"},
    )
    code(
        desk,
        omsk,
        "nearly 70",
        claim="Foreigners are summoned",
        **new,
        **{"figure0-measure": "summoned/foreign-nationals+naturalised/all"},
    )

    assert kinds_of(omsk) >= {CheckKind.NUMBERING_GAP, CheckKind.REWRITING, CheckKind.SAME_NUMBER}
    assert CheckKind.DATE_WITHOUT_BASIS in kinds_of(omsk)
    page = desk.get(f"/desk/articles/{omsk.public_id}/").content.decode()
    assert "A gap in the printed numbering" in page


def test_an_outlets_limit_holds_for_all_that_is_shown_of_an_article(desk: Client, pasted):
    article = pasted["euromaidan-press-tsyganok"]
    outlet = Outlet.objects.get(name="Euromaidan Press")
    terms = {"extract_limit": 500, "is_link_required": "on", "read_on": "2026-11-03", "version": outlet.version}
    assert desk.post(f"/desk/outlets/{outlet.public_id}/policies/", terms).status_code == 302
    new = {"claim_kind": "count", "source": "Words of the analyst", "source_kind": "statement"}
    counted = {"figure0-measure": "willing/foreign-recruits/all"}
    code(
        desk,
        article,
        "more than 16,000",
        claim="Volunteers wish to join",
        **new,
        **counted,
    )
    text = article.captures.get().texts.get().text
    long = text[text.index("As a result") : text.index("Middle East")]
    assert len(long) > 200
    code(desk, article, long, claim="Foreigners may soon serve", claim_kind="forecast", source="Words of the analyst")
    published(desk, article)

    extract = PublicExtract.objects.get(article=article)
    assert extract.limit == 500
    assert 0 < extract.length <= extract.limit
