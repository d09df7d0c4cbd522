"""The page of a claim: who carries it, which way it came, where it started, and who denies it."""

import datetime
import html
import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from archive.models import Claim, Credit, Source
from archive.models import vocabulary as terms
from archive.provenance import counts, wordings
from archive.records import told
from archive.records.reader import Reader
from tests import scenes
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    ClaimFactory,
    ClaimLinkFactory,
    CreditFactory,
    FigureFactory,
    MeasureFactory,
    OutletFactory,
    PersonFactory,
    ReprintGroupFactory,
    SourceFactory,
    TacticFactory,
    TacticUseFactory,
)

pytestmark = pytest.mark.django_db


def page_of(client: Client, claim: object) -> str:
    answer = client.get(claim.get_absolute_url())  # type: ignore[attr-defined]  # any record with a page
    assert answer.status_code == 200
    return answer.content.decode()


def test_three_articles_on_one_speech_came_two_ways_from_one_starting_point(client: Client):
    scene = scenes.one_speech()

    text = page_of(client, scene.claim)

    assert '<a href="#articles"><b>3</b> articles</a>' in text
    assert '<a href="#ways">passed on <b>2</b> ways</a>' in text
    assert '<a href="#starting-points"><b>1</b> starting point we could trace</a>' in text
    assert '<a href="#no-source"><b>0</b> name no source</a>' in text
    assert "No denial found in the articles coded so far." in text


def test_each_number_at_the_head_leads_to_a_place_on_the_page(client: Client):
    text = page_of(client, scenes.one_speech().claim)

    for place in ("articles", "ways", "starting-points", "no-source"):
        assert text.count(f'id="{place}"') == 1


def test_the_chain_runs_from_the_speech_by_the_post_to_the_articles(client: Client):
    text = page_of(client, scenes.one_speech().claim)
    chain = text[text.index('<ol class="chain">') : text.index('id="ways"')]

    places = [chain.index(words) for words in ("Speech at the forum", "Headline ten", "Post of the ministry")]

    assert places == sorted(places)
    assert chain.index("Post of the ministry") < chain.index("Headline eleven") < chain.index("Headline twelve")


def test_an_article_more_on_the_same_post_changes_the_number_of_articles_alone(client: Client):
    scene = scenes.one_speech()
    scenes.reporting_article(scene.claim, scene.post, scene.speaker, scene.measure, "A fourth", "thirteen were sent")
    counts.rewrite([scene.claim.pk])

    data = client.get(f"/claims/{scene.claim.public_id}.json").json()

    assert (data["articles"], data["routes"], data["origins"]) == (4, 2, 1)


def test_the_record_as_json_counts_and_names_articles_routes_and_origins(client: Client):
    scene = scenes.one_speech()

    data = client.get(f"/claims/{scene.claim.public_id}.json").json()

    assert data["id"] == scene.claim.public_id
    assert (data["articles"], data["routes"], data["origins"]) == (3, 2, 1)
    assert {one["ref"]["id"] for one in data["article_list"]} == {one.public_id for one in scene.articles}
    assert data["origin_list"][0]["by"][0]["title"] == "The Chairman"


def test_each_articles_wording_stands_in_a_table_with_its_verb_and_whose_words_they_are(client: Client):
    text = page_of(client, scenes.one_speech().claim)
    table = text[text.index('class="index stack wordings"') :].split("</table>")[0]

    for words in ("already ten thousand were sent", "already eleven thousand", "“boasted”", "quotation", "Body"):
        assert words in table


def test_figures_stand_side_by_side_and_none_is_picked(client: Client):
    scene = scenes.one_speech()

    text = page_of(client, scene.claim)

    assert text.count('data-kind="figure"') == 3
    assert f'href="{scene.measure.get_absolute_url()}"' in text


def test_a_denial_is_counted_at_the_head_and_shown_with_its_words(client: Client):
    scene = scenes.one_speech()
    AppearanceFactory(
        claim=scene.claim,
        article=ArticleFactory(published=True),
        act=terms.Act.DENIES,
        speaker=ActorFactory(published=True, name="The Spokesman"),
    )
    counts.rewrite([scene.claim.pk])

    text = page_of(client, scene.claim)

    assert '<a href="#answers">1 denial or withdrawal</a>' in text
    assert "No denial found" not in text
    assert "The Spokesman</a> <b>denies it</b>" in text


def test_an_article_that_names_no_source_is_listed_and_is_no_starting_point(client: Client):
    report = AppearanceFactory(published=True, article__headline="Says it without a source")
    CreditFactory(appearance=report, none_stated=True)
    counts.rewrite([report.claim_id])

    text = page_of(client, report.claim)

    assert "<b>1</b> names no source" in text
    assert "<b>0</b> starting points we could trace" in text
    assert text[text.index('id="no-source"') :].split("</section>")[0].count("Says it without a source") == 1


def test_a_link_between_claims_is_read_from_both_sides(client: Client):
    newer, older = ClaimFactory(published=True), ClaimFactory(published=True)
    ClaimLinkFactory(from_claim=newer, to_claim=older, kind=terms.ClaimLinkKind.UPDATES)

    assert ">updates</span>" in page_of(client, newer)
    assert ">is updated by</span>" in page_of(client, older)


def test_a_page_costs_the_same_for_three_articles_and_for_thirteen(count_queries):
    scene = scenes.one_speech()
    before = count_queries(scene.claim.get_absolute_url())
    for number in range(10):
        scenes.reporting_article(
            scene.claim, scene.post, scene.speaker, scene.measure, f"More {number}", f"thousands {number} were sent"
        )

    assert count_queries(scene.claim.get_absolute_url()) == before


def test_the_desk_is_led_to_its_own_page_of_the_claim(client: Client):
    claim = ClaimFactory(published=True)
    client.force_login(PersonFactory(editor=True))

    assert "Edit at the desk" in page_of(client, claim)


def test_each_number_is_explained_one_click_away(client: Client):
    text = page_of(client, scenes.one_speech().claim)

    assert '<details class="counts-about">' in text
    assert "the most that there can be: no common source was found" in text


def test_the_drawing_and_the_list_hold_the_same_articles_sources_and_steps(client: Client):
    scene = scenes.one_speech()

    text = page_of(client, scene.claim)
    drawing = text[text.index('<figure class="chain-drawing">') : text.index('<ol class="chain">')]
    chain = text[text.index('<ol class="chain">') : text.index('id="ways"')]

    for record in (scene.speech, scene.post, *scene.articles):
        assert f'href="{record.get_absolute_url()}"' in drawing
        assert f'href="{record.get_absolute_url()}"' in chain
    # The legend shows one line, too.
    assert drawing.count('class="step-stated"') - 1 == chain.count('class="step"') == 4
    assert "<title id=" in drawing
    assert "<desc id=" in drawing


def test_what_an_editor_inferred_is_drawn_otherwise_said_and_not_counted(client: Client):
    scene = scenes.one_speech()
    report = scene.claim.appearances.get(article=scene.articles[0])
    inferred = SourceFactory(published=True, title="A study that nobody names")
    CreditFactory(appearance=report, source=inferred, basis=terms.CreditBasis.INFERRED)
    CreditFactory(appearance=report, published=True, source__title="Only suggested", state=terms.CreditState.SUGGESTED)
    counts.rewrite([scene.claim.pk])

    text = page_of(client, scene.claim)

    assert "<b>1</b> starting point we could trace" in text
    assert 'class="step-uncounted"' in text
    assert "inferred by an editor; not counted" in text
    assert "Only suggested" not in text[: text.index('id="articles"')]


def test_many_articles_below_one_node_are_folded_and_unfolded_by_an_address(client: Client):
    scene = scenes.one_speech()
    for number in range(30):
        CreditFactory(
            appearance__claim=scene.claim,
            appearance__article__headline=f"Another {number}",
            published=True,
            source=scene.post,
        )

    text, whole = page_of(client, scene.claim), client.get(f"{scene.claim.get_absolute_url()}?whole=1").content.decode()

    assert "and 20 articles more" in text
    assert "articles more" not in whole
    for page, drawn in ((text, 16), (whole, 35)):
        assert page.count('<g class="node') == drawn


def test_each_starting_point_stands_once_with_its_articles_and_the_address_says_so(client: Client):
    scene = scenes.one_speech()
    other = CreditFactory(published=True, appearance__claim=scene.claim, appearance__article__headline="On its own")

    text = client.get(f"{scene.claim.get_absolute_url()}?once=1").content.decode()
    groups = text[text.index('class="once-list"') : text.index('id="wording"')].split('class="once-origin"')[1:]

    assert [group.count('class="carrier-title"') for group in groups] == [3, 1]
    assert "On its own" in groups[1]
    assert other.source.title in groups[1]
    assert 'class="once-list"' not in page_of(client, scene.claim)


def test_where_each_stands_once_articles_of_one_text_do_with_their_wordings(client: Client):
    scene = scenes.one_speech()
    first, reprint, other = scene.articles[1], scene.articles[2], scene.articles[0]
    group = ReprintGroupFactory()
    for article in (first, reprint, ArticleFactory(published=True)):
        article.reprint_group = group
        article.save()
    AppearanceFactory(claim=scene.claim, article=reprint)
    address = scene.claim.get_absolute_url()

    plain, once = client.get(address), client.get(f"{address}?once=1")
    before, after = plain.context_data["claim"], once.context_data["claim"]

    assert (before.report_total, after.report_total, after.left_out) == (4, 2, 2)
    assert {report.carrier.ref.id for report in after.reports} == {first.public_id, other.public_id}
    assert (len(after.article_list), after.text_total) == (3, 2)
    lines = [line for _origin, lines in after.by_origin for line in lines]
    assert [[one.ref.id for one in line.also] for line in lines] == [[], [reprint.public_id]]
    page = once.content.decode()
    assert "2 wordings of articles that are one text with another here are left out" in page
    assert page.count("one text with <a") == 2
    assert "one text with" not in plain.content.decode()
    listed = re.search(r'<a class="total" href="([^"]*once=1)">2</a>', page)
    assert listed
    assert client.get(html.unescape(listed[1])).context_data["list"].total == 2


@pytest.mark.parametrize("question", ["once=2", "page=0", "page=two", "page=9", "page=99999999999999999999", "whole="])
def test_a_question_that_means_nothing_is_explained(client: Client, question: str):
    text = client.get(f"{scenes.one_speech().claim.get_absolute_url()}?{question}").content.decode()

    assert '<div class="problem" role="status">' in text
    assert "Show the page without it" in text


def test_wordings_come_in_pages_of_which_none_is_lost(client: Client):
    claim = ClaimFactory(published=True)
    article = ArticleFactory(published=True)
    AppearanceFactory.create_batch(told.PAGE_SIZE + 2, claim=claim, article=article)

    pages = [client.get(f"{claim.get_absolute_url()}?page={number}").content.decode() for number in (1, 2)]
    found = [re.findall(r'href="[^"]+#report-(\w+)"', page) for page in pages]

    assert [len(one) for one in found] == [told.PAGE_SIZE, 2]
    assert len({*found[0], *found[1]}) == told.PAGE_SIZE + 2


def test_a_page_costs_the_same_for_two_hundred_reports(count_queries):
    scene = scenes.one_speech()
    before = count_queries(scene.claim.get_absolute_url())
    for number in range(50):
        article = ArticleFactory(published=True, outlet=scene.articles[0].outlet)
        for report in AppearanceFactory.create_batch(4, claim=scene.claim, article=article):
            CreditFactory(appearance=report, source=scene.post if number % 2 else scene.speech)

    assert count_queries(scene.claim.get_absolute_url()) == before


def test_methods_are_counted_apart_for_the_speaker_and_for_the_outlet(client: Client):
    claim, tactic = ClaimFactory(published=True), TacticFactory(label="Threats")
    article = ArticleFactory(published=True)
    for voice in (terms.Voice.OWN_WORDS, terms.Voice.OWN_WORDS, terms.Voice.REPORTED_SPEECH):
        TacticUseFactory(appearance__claim=claim, appearance__article=article, appearance__voice=voice, tactic=tactic)
    TacticUseFactory(
        appearance=AppearanceFactory(published=True, claim=claim, voice=terms.Voice.OWN_WORDS), tactic=tactic
    )

    data = client.get(f"/claims/{claim.public_id}.json").json()
    [found] = data["tactic_voices"]

    assert (len(found["speaker"]), len(found["outlet"]), len(found["nobody"])) == (1, 2, 0)


def test_the_bars_of_the_timeline_add_up_to_the_articles_and_lead_to_them(client: Client):
    claim = ClaimFactory(published=True)
    days = [datetime.date(2024, 6, 27), datetime.date(2024, 6, 28), datetime.date(2024, 9, 1), None]
    for day in days:
        AppearanceFactory(claim=claim, article=ArticleFactory(published=True, published_from=day, published_to=day))
    AppearanceFactory(claim=claim, act=terms.Act.DENIES, article=ArticleFactory(published=True))

    text = page_of(client, claim)
    bars = re.findall(r'<a class="bar" rel="nofollow" href="([^"]+)" aria-label="([^"]+)"', text)
    told_by_lists = [client.get(address.replace("&amp;", "&").replace("/?", ".csv?")) for address, _ in bars]

    assert [said for _, said in bars] == [
        "June 2024: 2 articles",
        "September 2024: 1 article",
        "Date not known: 1 article",
    ]
    assert [b"".join(one.streaming_content).count(b"\r\n") - 1 for one in told_by_lists] == [2, 1, 1]


def withheld_article(claim: Claim, **kwargs: object) -> Source:
    """A published article that is a source of withheld title, credited for a claim by another article."""
    source = SourceFactory(
        of_article=True,
        published=True,
        title_withheld=True,
        article__headline="CANARYHEADLINE",
        article__outlet=OutletFactory(published=True, name="CANARYOUTLET"),
        **kwargs,
    )
    CreditFactory(
        appearance=AppearanceFactory(claim=claim, article=ArticleFactory(published=True, headline="Open")),
        source=source,
    )
    return source


@pytest.mark.parametrize("says_it_itself", [False, True])
def test_a_withheld_title_is_not_given_away_by_the_article_that_the_source_is(client: Client, says_it_itself: bool):
    claim = ClaimFactory(published=True)
    source = withheld_article(claim)
    if says_it_itself:
        CreditFactory(appearance=AppearanceFactory(claim=claim, article=None, source=source), published=True)
    assert source.article is not None
    answers = [
        client.get(f"/claims/{claim.public_id}{end}").content.decode() for end in ("/", "/?once=1&whole=1", ".json")
    ]
    answers.append(client.get(f"/sources/{source.public_id}/").content.decode())

    for text in answers:
        assert "Title withheld to protect a person" in text
        assert "CANARY" not in text
        assert source.article.public_id not in text


def test_an_article_of_withheld_title_that_carries_the_claim_is_not_named_as_what_others_credit(client: Client):
    claim = ClaimFactory(published=True)
    source = withheld_article(claim)
    CreditFactory(appearance__claim=claim, appearance__article=source.article, published=True)

    data = client.get(f"/claims/{claim.public_id}.json").json()
    named_as_a_step = json.dumps([data["chain"], data["route_list"]])

    assert "Title withheld to protect a person" in named_as_a_step
    assert "CANARY" not in named_as_a_step
    assert "CANARYHEADLINE" in json.dumps(data["article_list"])


def test_the_desk_reads_the_headline_of_a_source_whose_title_is_withheld(client: Client):
    claim = ClaimFactory(published=True)
    withheld_article(claim)
    client.force_login(PersonFactory(editor=True))

    text = page_of(client, claim)

    assert "CANARYHEADLINE" in text[text.index('<ol class="chain">') : text.index('id="ways"')]


def article_credit(claim: Claim, headline: str, source: Source, **credit: object) -> Credit:
    """A published article of this headline credits the source for the claim."""
    return CreditFactory(
        appearance__claim=claim, appearance__article__headline=headline, published=True, source=source, **credit
    )


def article_naming_no_source(claim: Claim, headline: str) -> Source:
    """A published article that carries the claim and names no source, as a source of others."""
    report = AppearanceFactory(claim=claim, article=ArticleFactory(published=True, headline=headline))
    return SourceFactory(of_article=True, published=True, article=report.article)


def chain_in(text: str) -> tuple[str, str]:
    """The drawing of the chain, and the list that says the same."""
    drawing, rest = text.split('<figure class="chain-drawing">')[1].split("</figure>", 1)
    return drawing, rest.split('id="ways"')[0]


def test_an_article_that_is_credited_and_names_no_source_is_no_starting_point_and_drawn_once(client: Client):
    claim = ClaimFactory(published=True)
    article_credit(claim, "Has it from the first", article_naming_no_source(claim, "Says it first"))

    drawing, chain = chain_in(page_of(client, claim))

    assert drawing.count("<title>Says it first</title>") == 1
    assert "names no source" in drawing
    assert "Starting point<" not in drawing + chain


def test_a_source_that_only_an_editor_inferred_is_no_starting_point_and_what_it_credits_is_drawn(client: Client):
    claim = ClaimFactory(published=True)
    inferred = SourceFactory(published=True, title="An inferred study")
    article_credit(claim, "Names nobody", inferred, basis=terms.CreditBasis.INFERRED)
    speech = SourceFactory(published=True, title="What the study quotes")
    CreditFactory(appearance=AppearanceFactory(claim=claim, article=None, source=inferred), source=speech)

    text = page_of(client, claim)
    drawing, chain = chain_in(text)

    assert "<b>0</b> starting points we could trace" in text
    assert "Starting point<" not in drawing + chain
    assert chain.index("Not counted<") < chain.index("What the study quotes") < chain.index("An inferred study")
    assert "<title>What the study quotes</title>" in drawing
    assert drawing.count("<title>Names nobody</title>") == 1


def test_articles_that_credit_only_each_other_are_drawn_each_once(client: Client):
    claim = ClaimFactory(published=True)
    one, other = (article_naming_no_source(claim, headline) for headline in ("Left", "Right"))
    CreditFactory(appearance=claim.appearances.get(article=one.article), source=other)
    CreditFactory(appearance=claim.appearances.get(article=other.article), source=one)

    drawing, chain = chain_in(page_of(client, claim))

    assert [drawing.count(f"<title>{headline}</title>") for headline in ("Left", "Right")] == [1, 1]
    assert "Starting point<" not in drawing + chain


def test_no_article_is_lost_where_each_starting_point_stands_once(client: Client):
    claim = ClaimFactory(published=True)
    article_credit(claim, "Has it from the first", article_naming_no_source(claim, "Says it first"))
    article_credit(claim, "Rests on nobody", SourceFactory(published=True, kind=terms.SourceKind.UNNAMED_OFFICIAL))
    article_credit(claim, "Rests on a statement", SourceFactory(published=True))

    text = client.get(f"{claim.get_absolute_url()}?once=1").content.decode()
    groups = text.split('class="once-list"')[1].split("</section>")[0].split('class="once-origin"')[1:]

    assert "1 starting point, with the articles" in text
    assert [group.count('class="carrier-title"') for group in groups] == [1, 1, 2]
    assert "Says it first" in groups[-1]
    assert "Has it from the first" in groups[-1]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (terms.SourceKind.OFFICIAL_STATEMENT, True),
        (terms.SourceKind.UNNAMED_OFFICIAL, False),
        (terms.SourceKind.UNNAMED_MEDIA, False),
        (terms.SourceKind.OWN_REPORTING, False),
    ],
)
def test_a_claim_is_relayed_on_the_word_of_a_source_that_is_named(client: Client, kind: str, found: bool):
    credit = CreditFactory(published=True, source__kind=kind)

    text = client.get(f"/claims/?relayed_by={credit.appearance.article.outlet.slug}").content.decode()

    assert (credit.appearance.claim.sentence in text) is found


def test_a_report_that_went_away_while_a_page_was_made_is_left_out():
    gone = told.Loaded(Reader(AnonymousUser()), {}, [], 0, {7: wordings.Nearest(None, is_original=False)})

    assert (gone.records([7]), gone.drifts([7])) == ((), ())


def test_long_rows_say_how_many_there_are_and_the_whole_page_has_them_all(client: Client):
    claim, most = ClaimFactory(published=True), told.MOST
    carrier = ArticleFactory(published=True)
    source = SourceFactory(published=True)
    AppearanceFactory.create_batch(most + 1, claim=claim, article=None, source=source)
    AppearanceFactory.create_batch(most + 2, claim=claim, article=carrier, act=terms.Act.DENIES)
    report, measure = AppearanceFactory(claim=claim, article=carrier), MeasureFactory()
    FigureFactory.create_batch(most + 3, appearance=report, measure=measure)

    text = page_of(client, claim)
    whole = client.get(f"{claim.get_absolute_url()}?whole=1").content.decode()

    for place, row, total in (
        ("in-sources", 'class="carrier-title"', most + 1),
        ("answers", 'class="answer"', most + 2),
        ("figures", 'data-kind="figure"', most + 3),
    ):
        short, full = (page.split(f'id="{place}"')[1].split("</section>")[0] for page in (text, whole))
        assert (short.count(row), full.count(row)) == (most, total)
        assert f'href="?whole=1#{place}">All {total}</a>' in short
        assert "?whole=1" not in full


def test_where_there_is_no_such_page_the_page_without_it_is_shown(client: Client):
    scene = scenes.one_speech()

    text = client.get(f"{scene.claim.get_absolute_url()}?page=9&whole=1").content.decode()

    assert "There is no page 9 of wordings" in text
    assert text.count("data-voice") == page_of(client, scene.claim).count("data-voice")
    assert "already ten thousand were sent" in text.split('class="index stack wordings"')[1].split("</table>")[0]
