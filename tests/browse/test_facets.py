"""Facets: every number is the length of the list behind it, for whatever is asked and whoever asks."""

from __future__ import annotations

import datetime
import itertools
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import Client, RequestFactory

from archive.access import extracts
from archive.filters import tally
from archive.filters.articles import ArticleFilter
from archive.filters.claims import ClaimFilter
from archive.filters.facets import FacetedFilter
from archive.filters.figures import FigureFilter
from archive.filters.records import ActorFilter, OutletFilter, SourceFilter
from archive.models import Actor, Appearance, Article, Claim, Figure, Outlet, Source, finding
from archive.models import vocabulary as words
from archive.models.base import User
from archive.models.vocabulary import CreditBasis, CreditState
from archive.provenance import counts
from tests import factories as make

pytestmark = pytest.mark.django_db

LISTS: dict[str, tuple[type[FacetedFilter], Callable[[User], Any]]] = {
    "articles": (ArticleFilter, lambda user: Article.objects.visible_to(user).published().newest_first()),
    "claims": (ClaimFilter, lambda user: Claim.objects.visible_to(user).published().for_listing()),
    "figures": (FigureFilter, lambda user: Figure.objects.visible_to(user).published().loaded()),
    "outlets": (OutletFilter, lambda user: Outlet.objects.visible_to(user).published().for_listing()),
    "sources": (SourceFilter, lambda user: Source.objects.visible_to(user).published().for_listing().with_state()),
    "actors": (ActorFilter, lambda user: Actor.objects.visible_to(user).published().for_listing()),
}


def made_at_random(chance: random.Random) -> None:
    """A small archive in which everything is combined with everything, drafts among it."""
    pick = chance.choice

    def published() -> dict[str, bool]:
        return {"published": True} if chance.random() < 0.8 else {}

    country = make.CountryFactory.create_batch(2)
    outlets = [make.OutletFactory(country=pick(country), **published()) for _ in range(3)]
    region = make.PlaceFactory()
    places = [region, make.PlaceFactory(parent=region, country=country[0]), make.PlaceFactory(country=country[1])]
    tactics, people = make.TacticFactory.create_batch(3), make.PeopleGroupFactory.create_batch(3)
    actors = [make.ActorFactory(country=pick(country), **published()) for _ in range(3)]
    sources = [make.SourceFactory(kind=pick(SOURCE_KINDS), **published()) for _ in range(4)]
    for source in sources:
        make.SourceActorFactory(source=source, actor=pick(actors))
    measures = [make.MeasureFactory() for _ in range(2)]
    articles = [
        make.ArticleFactory(outlet=pick(outlets), language=pick(("en", "ru", "uk")), **published()) for _ in range(7)
    ]
    texts = [*make.ReprintGroupFactory.create_batch(2), None]
    for article in articles:
        article.reprint_group = pick(texts)
        article.save()
    for article in articles[:3]:
        article.provisional_tactics.set(chance.sample(tactics, 2))
        article.provisional_people.set(chance.sample(people, 1))
    claims = [make.ClaimFactory(kind=pick(CLAIM_KINDS), **published()) for _ in range(5)]
    for claim in claims:
        claim.people.set(chance.sample(people, 2))
        claim.areas.set(chance.sample(places, 1))
        claim.places.set(chance.sample(places, 1))
        make.ClaimActorFactory(claim=claim, actor=pick(actors))
    for _ in range(14):
        carrier: dict[str, Any] = (
            {"article": pick(articles[2:])} if chance.random() < 0.85 else {"article": None, "source": pick(sources)}
        )
        report = make.AppearanceFactory(
            claim=pick(claims), speaker=pick([*actors, None]), voice=pick(VOICES), act=pick(ACTS), **carrier
        )
        for tactic in chance.sample(tactics, chance.randint(0, 2)):
            make.TacticUseFactory(appearance=report, tactic=tactic)
        for source in chance.sample(sources, chance.randint(0, 2)):
            state = pick([CreditState.CONFIRMED, CreditState.CONFIRMED, CreditState.SUGGESTED])
            make.CreditFactory(appearance=report, source=source, state=state, basis=pick(BASES))
        for _ in range(chance.randint(0, 2)):
            number = chance.randint(1, 40)
            make.FigureFactory(appearance=report, measure=pick(measures), low=number, high=number)
    for article in articles[:4]:
        make.CitationFactory(article=article, source=pick(sources))
    extracts.rebuild([article.pk for article in articles])
    counts.rewrite([claim.pk for claim in claims])


SOURCE_KINDS = [words.SourceKind.SPEECH, words.SourceKind.OFFICIAL_POST]
CLAIM_KINDS = [words.ClaimKind.EVENT, words.ClaimKind.COUNT]
VOICES = [words.Voice.QUOTATION, words.Voice.OWN_WORDS]
ACTS = [words.Act.ASSERTS, words.Act.ASSERTS, words.Act.DENIES]
MAY_BE_ALL = {
    "articles": ("tactic", "people", "area", "source"),
    "claims": ("tactic", "people", "area"),
    "figures": ("tactic", "people", "area"),
}
BASES = [CreditBasis.SAME_PASSAGE, CreditBasis.ELSEWHERE]


def asked(name: str, question: str, user: User) -> FacetedFilter:
    filters, records = LISTS[name]
    request = RequestFactory().get("/")
    request.user = user
    return filters(QueryDict(question), queryset=records(user), request=request)


def length(name: str, question: str, user: User) -> int:
    found = asked(name, question, user)
    assert found.problems() == {}
    return len(list(found.pks()))


def facets_of(name: str, question: str, user: User) -> Iterator[tuple[str, str, int, str]]:
    """Facet, value, number and address of every option that is offered."""
    found = asked(name, question, user)
    assert found.problems() == {}
    for facet in found.facets():
        for option in (*facet.options, *facet.rest):
            yield facet.name, option.value, option.count, option.address


def question_at_random(chance: random.Random, options: list[tuple[str, str]], name: str) -> str:
    question = QueryDict(mutable=True)
    for facet, value in chance.sample(options, min(len(options), chance.randint(0, 4))):
        question.appendlist(facet, value)
    for facet in MAY_BE_ALL[name]:
        if facet in question and chance.random() < 0.5:
            question[f"{facet}_all"] = "1"
    if chance.random() < 0.3:
        question["min"] = str(chance.randint(1, 30))
    if name == "articles" and chance.random() < 0.6:
        question["once"] = "1"
    question["filters"] = "all"
    return question.urlencode()


def people() -> list[User]:
    return [AnonymousUser(), make.PersonFactory(researcher=True), make.PersonFactory(editor=True)]


@pytest.fixture(params=["few", "many"])
def _few_or_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records found are told to the database by their ids while they are few, and found again where they are many."""
    if request.param == "many":
        monkeypatch.setattr(finding, "MOST_SETTLED", 0)
        monkeypatch.setattr(tally, "FEW", 0)


@pytest.mark.usefixtures("_few_or_many")
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["articles", "claims", "figures"])
def test_every_number_beside_an_option_is_the_length_of_the_list_behind_it(name: str, seed: int):
    chance = random.Random(seed)  # noqa: S311  # rows to test with
    made_at_random(chance)
    readers = people()
    options = [(facet, value) for facet, value, _count, _address in facets_of(name, "filters=all", readers[0])]

    for turn in range(4):
        question = question_at_random(chance, options, name)
        reader = readers[turn % len(readers)]
        for facet, value, count, address in facets_of(name, question, reader):
            behind = length(name, address.removeprefix("?"), reader)
            assert count == behind, f"{facet}={value} of ?{question} says {count}, and {address} has {behind}"


@pytest.mark.usefixtures("_few_or_many")
@pytest.mark.parametrize("narrowed", ["", "&tactic={}", "&tactic={}&tactic_all=1"])
@pytest.mark.parametrize("voice", ["outlet", "speaker", "outlet&asserted_by=speaker"])
def test_a_method_counts_the_claims_in_which_the_voice_asked_for_asserts_it(voice: str, narrowed: str):
    claim, (mine, theirs) = make.ClaimFactory(published=True), make.TacticFactory.create_batch(2)
    for tactic, said in ((mine, words.Voice.OWN_WORDS), (theirs, words.Voice.QUOTATION)):
        report = make.AppearanceFactory(claim=claim, article=make.ArticleFactory(published=True), voice=said)
        make.TacticUseFactory(appearance=report, tactic=tactic)
    denied = make.AppearanceFactory(published=True, voice=words.Voice.OWN_WORDS, act=words.Act.DENIES)
    make.TacticUseFactory(appearance=denied, tactic=theirs)
    reader, question = AnonymousUser(), f"asserted_by={voice}{narrowed.format(mine.slug)}&filters=all"

    found = [option for option in facets_of("claims", question, reader) if option[0] == "tactic"]

    assert found
    for _facet, value, count, address in found:
        assert count == length("claims", address.removeprefix("?"), reader), f"{value} of ?{question}"


@pytest.mark.parametrize("name", ["outlets", "sources", "actors"])
def test_the_shorter_lists_count_as_exactly(name: str):
    chance = random.Random(7)  # noqa: S311  # rows to test with
    made_at_random(chance)
    reader = AnonymousUser()
    options = [(facet, value) for facet, value, _count, _address in facets_of(name, "", reader)]
    assert options

    for one in itertools.islice(options, 8):
        question = f"{one[0]}={one[1]}"
        for facet, value, count, address in facets_of(name, question, reader):
            assert count == length(name, address.removeprefix("?"), reader), f"{facet}={value} of ?{question}"


def ids(client: Client, address: str) -> list[str]:
    """Ids in a list's file."""
    answer = client.get(address)
    assert answer.status_code == 200
    data = json.loads(b"".join(answer.streaming_content))
    return [row["id"] for row in data["records"]]


def reported(tactics: list[Any], **article: Any) -> Article:
    """A published article with one claim for each tactic."""
    made = make.ArticleFactory(published=True, **article)
    for tactic in tactics:
        report = make.AppearanceFactory(claim=make.ClaimFactory(published=True), article=made)
        make.TacticUseFactory(appearance=report, tactic=tactic)
    return made


def test_two_methods_give_the_union_or_with_all_the_intersection(client: Client):
    raid, fees = make.TacticFactory(slug="raid"), make.TacticFactory(slug="debt-or-fees")
    both, one, other = reported([raid, fees]), reported([raid]), reported([fees])

    union = ids(client, "/articles.json?tactic=raid&tactic=debt-or-fees")
    both_of_them = ids(client, "/articles.json?tactic=raid&tactic=debt-or-fees&tactic_all=1")

    assert set(union) == {both.public_id, one.public_id, other.public_id}
    assert both_of_them == [both.public_id]


def test_two_conditions_must_be_met_by_one_claim(client: Client):
    tactic, place = make.TacticFactory(slug="citizenship-for-service"), make.PlaceFactory(slug="sy")
    apart = make.ArticleFactory(published=True)
    offered = make.AppearanceFactory(claim=make.ClaimFactory(published=True), article=apart)
    make.TacticUseFactory(appearance=offered, tactic=tactic)
    elsewhere = make.AppearanceFactory(claim=make.ClaimFactory(published=True), article=apart)
    elsewhere.claim.areas.add(place)
    together = reported([tactic])
    Appearance.objects.get(article=together).claim.areas.add(place)

    assert ids(client, "/articles.json?tactic=citizenship-for-service&area=sy") == [together.public_id]


def test_speaker_and_number_must_stand_in_one_report(client: Client):
    claim, speaker = make.ClaimFactory(published=True), make.ActorFactory(published=True)
    said = make.AppearanceFactory(claim=claim, speaker=speaker, article=make.ArticleFactory(published=True))
    make.FigureFactory(appearance=said, low=10_000, high=10_000)
    of_another = make.AppearanceFactory(claim=claim, article=make.ArticleFactory(published=True))
    make.FigureFactory(appearance=of_another, low=30_000, high=30_000)

    asked_for = f"/claims.json?speaker={speaker.public_id}&min="

    assert len(ids(client, f"{asked_for}10000")) == 1
    assert ids(client, f"{asked_for}20000") == []


def test_a_draft_speaker_is_no_value_and_no_number(client: Client):
    hidden = make.ActorFactory()
    make.AppearanceFactory(published=True, speaker=hidden)

    page = client.get("/articles/").content.decode()
    answer = client.get(f"/articles/?speaker={hidden.public_id}").content.decode()

    assert hidden.name not in page
    assert "“speaker” cannot be" in answer


def test_what_was_ascribed_before_coding_is_found_until_claims_are_coded(client: Client):
    tactic = make.TacticFactory(slug="raid")
    article = make.ArticleFactory(published=True)
    article.provisional_tactics.add(tactic)
    assert ids(client, "/articles.json?tactic=raid") == [article.public_id]

    make.AppearanceFactory(claim=make.ClaimFactory(published=True), article=article)

    assert ids(client, "/articles.json?tactic=raid") == []


def test_a_place_finds_what_happened_in_the_places_inside_it(client: Client):
    region = make.PlaceFactory(slug="omsk-region")
    town = make.PlaceFactory(slug="omsk", parent=region)
    claim = make.ClaimFactory(published=True)
    claim.places.add(town)
    make.AppearanceFactory(claim=claim, article=make.ArticleFactory(published=True))

    for place, found in (("omsk-region", 1), ("omsk", 1)):
        assert len(ids(client, f"/claims.json?place={place}")) == found


@pytest.mark.parametrize("sort", ["newest", "oldest", "saved", "changed"])
def test_three_pages_repeat_no_article_and_miss_none(client: Client, sort: str):
    make.ArticleFactory.create_batch(45, published=True, published_from=None, published_to=None)

    found = [
        row.ref.id
        for page in (1, 2, 3)
        for row in client.get(f"/articles/?sort={sort}&page={page}").context_data["articles"]
    ]

    assert len(found) == len(set(found)) == 45


@pytest.mark.parametrize("seed", range(2))
def test_numbers_of_texts_hold_under_any_bar(seed: int):
    chance = random.Random(seed)  # noqa: S311  # rows to test with
    made_at_random(chance)
    for number, article in enumerate(Article.objects.order_by("pk")):
        article.published_from = article.published_to = datetime.date(2024, 1 + chance.randrange(3), 1 + number)
        article.save()
    reader = AnonymousUser()

    for question in ("once=1&counted=2024-01", "once=1&counted=2024-02&filters=all"):
        for facet, value, count, address in facets_of("articles", question, reader):
            assert count == length("articles", address.removeprefix("?"), reader), f"{facet}={value} of ?{question}"
