"""Made-up coded articles to measure the lists with: everything published, spread as unevenly as reporting is.

Nothing here is a record of anything: words are numbered syllables, people and bodies are numbered.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction

from archive.access import documents
from archive.models import (
    Actor,
    Appearance,
    Article,
    Citation,
    Claim,
    ClaimActor,
    Country,
    Credit,
    Figure,
    Measure,
    Outlet,
    PeopleGroup,
    Place,
    Source,
    SourceActor,
    SourceCheck,
    Tactic,
    TacticUse,
)
from archive.models import vocabulary as terms
from archive.models.terms import measure_slug
from archive.provenance import counts

ARTICLES = 20_000
CLAIMS_IN_EACH = 3
ROWS_A_STATEMENT = 1_000
PUBLISHED = {"status": terms.RecordStatus.PUBLISHED}
FIRST_DAY, DAYS = datetime.date(2022, 2, 1), 1_700
LANGUAGES = {"ru": 50, "uk": 25, "en": 15, "kk": 5, "uz": 3, "tg": 2}
# How many in a hundred headlines have the word: what searches are asked for.
WORDS = {"baro": 33.0, "deku": 10.0, "fimo": 1.0, "gola": 0.1}
SYLLABLES = ("ba", "de", "fi", "go", "lu", "mo", "na", "pe", "ri", "so", "tu", "ve")


def make(articles: int = ARTICLES, seed: int = 7) -> None:
    """Fill an empty archive with articles of three claims each, and with all that is said in them."""
    made = Made(articles, random.Random(seed))  # noqa: S311  # rows to measure with
    with transaction.atomic():
        made.terms()
        made.sources()
        made.articles()
        made.claims()
        made.reports()
        pks = list(Claim.objects.values_list("pk", flat=True))
        for batch in batches(pks, 200):
            counts.rewrite(batch)
    analyse()
    documents.index_missing()


def analyse() -> None:
    """Let the database look at how its values are spread, as it does by itself some time after rows were written."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def uneven(things: Sequence[Any], chance: random.Random) -> Callable[[], Any]:
    """Give one of the things, the second half as often as the first, the third a third as often."""
    weights = list(itertools.accumulate(1 / place for place in range(1, len(things) + 1)))
    return lambda: chance.choices(things, cum_weights=weights)[0]


def several(draw: Callable[[], models.Model], number: int) -> list[Any]:
    """Draw until there are so many different rows."""
    found: dict[int, models.Model] = {}
    while len(found) < number:
        one = draw()
        found[one.pk] = one
    return list(found.values())


def batches(things: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (things[start : start + size] for start in range(0, len(things), size))


def kept(rows: Iterable[models.Model]) -> list[Any]:
    """Write rows of one model and give them back with their ids."""
    found = list(rows)
    model: Any = type(found[0])
    return list(model.objects.bulk_create(found, batch_size=ROWS_A_STATEMENT))


class Made:
    """What was made so far. Each step uses the ones before it."""

    def __init__(self, size: int, chance: random.Random) -> None:
        self.size = size
        self.chance = chance
        # Sizes of everything else follow from the number of articles: 20,000 have 2,000 claims.
        self.tenth = max(20, size // 10)

    def pick(self, things: Sequence[Any]) -> Any:
        return self.chance.choice(things)

    def terms(self) -> None:
        """Outlets, places, actors and measures; tactics and people are there already."""
        codes = list(Country.objects.order_by("code").values_list("pk", flat=True))[:40]
        kinds = list(terms.OutletKind.values)
        self.outlets = kept(
            Outlet(
                name=f"Outlet {n}", slug=f"outlet-{n}", kind=self.pick(kinds), country_id=self.pick(codes), **PUBLISHED
            )
            for n in range(max(5, self.size // 100))
        )
        countries = kept(
            Place(slug=f"land-{n}", name=f"Land {n}", kind=terms.PlaceKind.COUNTRY, country_id=code)
            for n, code in enumerate(codes)
        )
        regions = kept(
            Place(slug=f"region-{n}", name=f"Region {n}", kind=terms.PlaceKind.REGION, parent=one, country=one.country)
            for n, one in enumerate(self.pick(countries) for _ in range(80))
        )
        towns = kept(
            Place(slug=f"town-{n}", name=f"Town {n}", kind=terms.PlaceKind.SETTLEMENT, parent=one, country=one.country)
            for n, one in enumerate(self.pick(regions) for _ in range(200))
        )
        self.areas, self.places = countries, [*countries, *regions, *towns]
        self.actors = kept(
            Actor(name=f"Body {n}", kind=self.pick(terms.ActorKind.values), country_id=self.pick(codes), **PUBLISHED)
            for n in range(max(10, self.size // 66))
        )
        self.people, self.tactics = list(PeopleGroup.objects.all()), list(Tactic.objects.all())
        named = {}
        for stage, one, area in ((s, p, a) for s in terms.Stage.values for p in self.people[:4] for a in countries[:2]):
            named[measure_slug(stage, [one.slug], area.slug, None)] = (stage, one, area)
        measures = kept(Measure(slug=slug, stage=stage, origin=area) for slug, (stage, _one, area) in named.items())
        kept(Measure.people.through(measure=one, peoplegroup=named[one.slug][1]) for one in measures)
        self.measures = measures

    def sources(self) -> None:
        # One kind needs more said of it than a measurement has use for.
        named = [kind for kind in terms.SourceKind.values if kind != terms.SourceKind.AFFECTED_PERSON]
        kinds, days = uneven(named, self.chance), [None, *range(DAYS)]
        rows = []
        for n in range(self.tenth):
            day = self.day(self.pick(days))
            rows.append(
                Source(
                    kind=kinds(),
                    title=f"Source {n}",
                    occasion=f"Occasion {n % 50}" if n % 3 else "",
                    place=self.pick(self.places) if n % 2 else None,
                    date_from=day,
                    date_to=day,
                    date_precision=terms.DatePrecision.DAY if day else terms.DatePrecision.UNKNOWN,
                    **PUBLISHED,
                )
            )
        self.credited = kept(rows)
        actor = uneven(self.actors, self.chance)
        kept(SourceActor(source=one, actor=actor()) for one in self.credited)
        states = list(terms.SourceCheckState.values)
        kept(
            SourceCheck(source=one, checked_on=FIRST_DAY, state=self.pick(states))
            for one in self.credited
            if self.chance.random() < 0.7
        )

    def day(self, number: int | None) -> datetime.date | None:
        return None if number is None else FIRST_DAY + datetime.timedelta(days=number)

    def headline(self, number: int) -> str:
        rare = [word for word, percent in WORDS.items() if self.chance.random() * 100 < percent]
        return " ".join([*rare, *("".join(self.chance.choices(SYLLABLES, k=3)) for _ in range(6)), str(number)]).title()

    def articles(self) -> None:
        outlet, depths = uneven(self.outlets, self.chance), [terms.Depth.CLAIMS, terms.Depth.CLAIMS, terms.Depth.FULL]
        rows = []
        for n in range(self.size):
            day = None if self.chance.random() < 0.03 else self.day(self.chance.randrange(DAYS))
            rows.append(
                Article(
                    outlet=outlet(),
                    headline=self.headline(n),
                    language=self.chance.choices(list(LANGUAGES), list(LANGUAGES.values()))[0],
                    address=f"https://outlet.example/{n}",
                    depth=self.pick(depths),
                    published_from=day,
                    published_to=day,
                    published_precision=terms.DatePrecision.DAY if day else terms.DatePrecision.UNKNOWN,
                    published_basis=terms.DateBasis.BYLINE if day else "",
                    **PUBLISHED,
                )
            )
        self.carriers = kept(rows)
        source = uneven(self.credited, self.chance)
        pairs = {(one.pk, source().pk) for one in self.carriers for _ in range(2)}
        kept(Citation(article_id=article, source_id=cited, label=f"[{cited}]") for article, cited in sorted(pairs))

    def claims(self) -> None:
        kind = uneven(list(terms.ClaimKind.values), self.chance)
        rows = []
        for n in range(self.tenth):
            day = self.day(self.chance.randrange(DAYS)) if self.chance.random() < 0.6 else None
            rows.append(
                Claim(
                    sentence=f"Claim {n} is made up.",
                    kind=kind(),
                    date_from=day,
                    date_to=day,
                    date_precision=terms.DatePrecision.DAY if day else terms.DatePrecision.UNKNOWN,
                    setting=self.pick(["", "", *terms.Setting.values]),
                    response=self.pick(["", "", "", *terms.Response.values]),
                    **PUBLISHED,
                )
            )
        self.claimed = kept(rows)
        for field, among, most in (("people", self.people, 3), ("areas", self.areas, 2), ("places", self.places, 2)):
            through, one_of = getattr(Claim, field).through, uneven(among, self.chance)
            column = "peoplegroup_id" if field == "people" else "place_id"
            pairs = {(claim.pk, one_of().pk) for claim in self.claimed for _ in range(self.chance.randint(1, most))}
            kept(through(**{"claim_id": claim, column: pk}) for claim, pk in sorted(pairs))
        actor, parts = uneven(self.actors, self.chance), list(terms.ClaimActorPart.values)
        kept(ClaimActor(claim=one, actor=actor(), part=self.pick(parts)) for one in self.claimed)

    def reports(self) -> None:
        """Three claims in each article, and each claim once in a source; credits, numbers and methods of each."""
        claim, speaker = uneven(self.claimed, self.chance), uneven([None, *self.actors], self.chance)
        voices, acts = list(terms.Voice.values), [*[terms.Act.ASSERTS] * 20, *terms.Act.values]
        rows = [
            Appearance(claim=one, article=article, speaker=speaker(), voice=self.pick(voices), act=self.pick(acts))
            for article in self.carriers
            for one in several(claim, CLAIMS_IN_EACH)
        ]
        source = uneven(self.credited, self.chance)
        rows += [Appearance(claim=one, source=source(), voice=terms.Voice.QUOTATION) for one in self.claimed]
        reports = kept(rows)
        tactic, measure = uneven(self.tactics, self.chance), uneven(self.measures, self.chance)
        kept(self.credit(report, source) for report in reports)
        pairs = {(one.pk, tactic().pk) for one in reports for _ in range(self.chance.randint(0, 2))}
        kept(TacticUse(appearance_id=report, tactic_id=pk) for report, pk in sorted(pairs))
        kept(self.figure(report, measure()) for report in reports if self.chance.random() < 0.4)

    def credit(self, report: Appearance, source: Callable[[], Source]) -> Credit:
        if self.chance.random() < 0.2:
            return Credit(appearance=report, source=None, basis=terms.CreditBasis.NONE_STATED)
        state = terms.CreditState.CONFIRMED if self.chance.random() < 0.9 else terms.CreditState.SUGGESTED
        basis = terms.CreditBasis.SAME_PASSAGE if self.chance.random() < 0.7 else terms.CreditBasis.ELSEWHERE
        return Credit(appearance=report, source=source(), basis=basis, state=state)

    def figure(self, report: Appearance, measure: Measure) -> Figure:
        number = int(10 ** self.chance.uniform(0, 5))
        day = self.day(self.chance.randrange(DAYS))
        return Figure(
            appearance=report,
            measure=measure,
            comparator=terms.Comparator.MORE_THAN if number % 3 == 0 else terms.Comparator.NONE,
            low=number,
            high=None if number % 3 == 0 else number,
            as_of_from=day,
            as_of_to=day,
            as_of_precision=terms.DatePrecision.DAY,
            counting=self.pick(terms.CountingBasis.values),
        )
