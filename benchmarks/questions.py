"""What the lists are asked: the same of the archive and of Datasette. Words are looked for in what was imported."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count

from archive.models import Article, Country, Outlet, PeopleGroup, SearchDocument, Tactic
from archive.models import vocabulary as terms
from archive.search import language, matching
from archive.text import analysis

# Of a hundred articles, so many have the word.
SHARES = {"0.1 %": 0.001, "1 %": 0.01, "10 %": 0.1, "33 %": 0.33}
HEADLINES = 4_000  # from which words are taken
DEEP = 0.4  # of the list
PAGE = 20


@dataclass(frozen=True, slots=True)
class Question:
    """total: articles that it finds. of_datasette: what datasette.address takes."""

    label: str
    address: str
    total: int
    of_datasette: Mapping[str, Any] = field(default_factory=dict)


def deal_out_countries() -> None:
    """Give each outlet a country by turns, so that there is something to count; the corpus knows none."""
    codes = list(Country.objects.order_by("code").values_list("pk", flat=True))[:30]
    for place, outlet in enumerate(Outlet.objects.order_by("pk")):
        Outlet.objects.filter(pk=outlet.pk).update(country=codes[place % len(codes)])


def rows_for_datasette() -> Iterator[tuple[object, ...]]:
    columns = ("pk", "headline", "outlet__slug", "outlet__country", "language", "published_from")
    tokens = ("document__title", "document__body")
    for row in Article.objects.published().order_by("pk").values_list(*columns, *tokens).iterator(2000):
        day = row[5]
        yield (*row[:5], day.year if day else None, day.isoformat() if day else None, row[6] or "", row[7] or "")


def of_corpus() -> list[Question]:
    """Lists, filters and searches of the imported corpus."""
    articles = Article.objects.published()
    total = articles.count()
    place = int(total * DEEP) // PAGE
    before = articles.newest_first()[place * PAGE - 1]
    outlets = Counter(dict(articles.order_by().values_list("outlet__slug").annotate(n=Count("pk"))))
    outlet = outlets.most_common(2)[-1][0]
    languages = Counter(dict(articles.order_by().values_list("language").annotate(n=Count("pk"))))
    spoken = languages.most_common(3)[-1][0]
    found = [
        Question("all", "/articles/", total),
        Question(
            f"page {place + 1} by date",
            f"/articles/?page={place + 1}",
            total,
            {"after": f"{before.published_from},{before.pk}"},
        ),
        Question("one outlet", f"/articles/?outlet={outlet}", outlets[outlet], {"outlet": outlet}),
        Question(f"language {spoken}", f"/articles/?language={spoken}", languages[spoken], {"language": spoken}),
    ]
    words, phrase = chosen_words(total)
    typed = {f"word in {share}": word for share, word in words.items()}
    typed["two words"] = f"{words['33 %']} {words['10 %']}"
    typed["phrase"] = f'"{phrase}"'
    typed["prefix"] = f"{words['1 %'][:4]}*"
    found += [search(label, query) for label, query in typed.items()]
    return [*found, search("word in 10 %, one outlet", words["10 %"], outlet)]


def search(label: str, typed: str, outlet: str = "") -> Question:
    """The same condition for both: the text that the archive gives to FTS5 is given to Datasette."""
    tree = language.parse(typed).tree
    articles = Article.objects.published().search(typed)
    equal = {"outlet": outlet} if outlet else {}
    if outlet:
        articles = articles.filter(outlet__slug=outlet)
    match = matching.to_fts5(tree).text or ""
    match = match.replace("{title}", "{title_tokens}").replace("{body}", "{body_tokens}")
    address = f"/articles/?{urlencode({'q': typed, **equal})}"
    return Question(label, address, articles.count(), {"match": match, **equal})


def chosen_words(total: int) -> tuple[dict[str, str], str]:
    """Words of headlines that come nearest to each share of the articles, and two words that often stand in a row."""
    among = Counter[str]()
    for title, body in SearchDocument.objects.values_list("title", "body").iterator(2000):
        among.update({*title.split(), *body.split()})
    rows, words = Counter[str](), dict[str, int]()
    headlines = Article.objects.published().exclude(headline="").order_by("pk")
    step = max(1, headlines.count() // HEADLINES)
    for headline in itertools.islice(headlines.values_list("headline", flat=True).iterator(2000), 0, None, step):
        typed = [word for word in analysis.words(headline) if len(word) > 3 and word.isalpha()]
        rows.update(f"{one} {other}" for one, other in itertools.pairwise(typed))
        for word in typed:
            words[word] = sum(among[stem] for stem in analysis.query_stems(word))
    nearest = {
        label: min(sorted(words), key=lambda word: abs(words[word] - share * total)) for label, share in SHARES.items()
    }
    return nearest, max(sorted(rows), key=rows.__getitem__)


def of_coded_articles() -> list[str]:
    """Every list: all of it, with two filters, with every facet; articles with words, too."""
    tactic, people = Tactic.objects.order_by("pk")[0].slug, PeopleGroup.objects.order_by("pk")[0].slug
    source, stage = terms.SourceKind.values[0], terms.Stage.values[0]
    two = {
        "articles": f"tactic={tactic}&people={people}",
        "claims": f"tactic={tactic}&outlet=outlet-0",
        "figures": f"stage={stage}&outlet=outlet-0",
        "sources": f"source_kind={source}&outlet=outlet-0",
        "outlets": "outlet_kind=news-site&language=ru",
        "actors": "kind=person&part=done-by",
    }
    found = []
    for name, filters in two.items():
        found += [f"/{name}/", f"/{name}/?{filters}", f"/{name}/?filters=all"]
    return [*found, "/articles/?q=gola", "/articles/?q=fimo", "/articles/?q=deku", "/articles/?q=baro"]
