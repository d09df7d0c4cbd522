"""Small archives that several tests look at: whole chains of records, published and counted."""

import datetime
from dataclasses import dataclass

from archive.access import extracts
from archive.models import Actor, Article, Claim, Measure, Source
from archive.models import vocabulary as terms
from archive.provenance import counts
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    CreditFactory,
    FigureFactory,
    MeasureFactory,
    OutletFactory,
    PassageFactory,
    SourceActorFactory,
    SourceCheckFactory,
    SourceFactory,
    TacticUseFactory,
    captured,
)


@dataclass(frozen=True)
class OneSpeech:
    """Three articles that carry one claim: one has it from the speech, two from a ministry's post on the speech."""

    claim: Claim
    speaker: Actor
    speech: Source
    post: Source
    articles: list[Article]
    measure: Measure


def one_speech() -> OneSpeech:
    speaker = ActorFactory(published=True, name="The Chairman", kind=terms.ActorKind.PERSON)
    speech = SourceFactory(published=True, kind=terms.SourceKind.SPEECH, title="Speech at the forum")
    post = SourceFactory(published=True, kind=terms.SourceKind.OFFICIAL_POST, title="Post of the ministry")
    SourceActorFactory(source=speech, actor=speaker, role_as_printed="head of the committee")
    SourceActorFactory(source=post, actor=ActorFactory(published=True, name="The Ministry"))
    SourceCheckFactory(source=post, state=terms.SourceCheckState.NOT_FOUND)
    claim = ClaimFactory(published=True, sentence="New citizens were sent to the war.")
    report_in_post = AppearanceFactory(claim=claim, article=None, source=post, speaker=speaker)
    CreditFactory(appearance=report_in_post, source=speech)
    measure = MeasureFactory()
    articles = [
        reporting_article(claim, credited, speaker, measure, f"Headline {name}", f"already {name} thousand were sent")
        for name, credited in (("ten", speech), ("eleven", post), ("twelve", post))
    ]
    counts.rewrite([claim.pk])
    return OneSpeech(claim, speaker, speech, post, articles, measure)


def reporting_article(
    claim: Claim, credited: Source, speaker: Actor, measure: Measure, headline: str, words: str
) -> Article:
    """A published article of an outlet that lets 500 characters be shown, with a quoted report and a figure in it."""
    article = ArticleFactory(published=True, headline=headline, outlet=OutletFactory(published=True, limit=500))
    text = captured(article, headline, f"He said that {words}.", "The rest of the text is read at the outlet.")
    passage = PassageFactory(capture_text=text, words=words)
    report = AppearanceFactory(
        claim=claim,
        article=article,
        passage=passage,
        speaker=speaker,
        voice=terms.Voice.QUOTATION,
        verb="boasted",
    )
    CreditFactory(appearance=report, source=credited)
    CitationFactory(article=article, source=credited, label="[1]")
    TacticUseFactory(appearance=report)
    FigureFactory(appearance=report, measure=measure, passage=passage, as_of_from=datetime.date(2024, 6, 27))
    extracts.rebuild([article.pk])
    return article
