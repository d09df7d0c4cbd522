"""Where a claim is reported, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from archive.models.actors import Actor
from archive.models.articles import Article
from archive.models.base import User, is_desk, known
from archive.models.captures import Passage
from archive.models.claims import Claim
from archive.models.evidence import Credit, Figure, TacticUse
from archive.models.sources import Source
from archive.models.vocabulary import (
    UNNAMED_SOURCE_KINDS,
    Act,
    CreditState,
    Destination,
    Hedge,
    Part,
    RecordStatus,
    SourceKind,
    Stance,
    Voice,
    Wording,
)
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id

PUBLISHED = RecordStatus.PUBLISHED


class SaidOf(NamedTuple):
    """A credit, as plain values."""

    source_id: int | None
    how: str
    basis: str
    evidence: str
    state: str


@dataclass(slots=True)
class Said:
    """An appearance, as plain values: thousands of rows are read at once."""

    pk: int
    claim_id: int
    article_id: int | None
    source_id: int | None
    act: str
    voice: str
    wording: str
    passage_id: int | None
    credits: list[SaidOf] = field(default_factory=list)


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def published(self) -> Self:
        return self.filter(Q(article__status=PUBLISHED) | Q(source__status=PUBLISHED), claim__status=PUBLISHED)

    def published_in_articles(self) -> Self:
        """Those of ``published()`` that stand in articles."""
        return self.filter(article__status=PUBLISHED, claim__status=PUBLISHED)

    def visible_to(self, user: User) -> Self:
        """An appearance is seen where its claim and what carries it are seen."""
        return self.all() if is_desk(user) else self.published()

    def loaded(self) -> Self:
        """With claim, carrier, speaker, credits, figures and tactics. Five queries."""
        return self.select_related("claim", "article__outlet", "source__article__outlet", "speaker").prefetch_related(
            Prefetch("credits", Credit.objects.select_related("source", "source__article")),
            Prefetch(
                "figures",
                Figure.objects.select_related("measure__origin", "measure__territory", "of_figure")
                .prefetch_related("measure__people")
                .order_by("pk"),
            ),
            Prefetch("tactic_uses", TacticUse.objects.select_related("tactic")),
        )

    def said(self) -> list[Said]:
        """Of each, with its credits, as little as routes and wordings are worked out from. Two queries."""
        columns = ("pk", "claim", "article", "source", "act", "voice", "wording", "passage")
        found = {row[0]: Said(*row) for row in self.values_list(*columns)}
        credits = Credit.objects.filter(appearance__in=self.order_by().values("pk")).order_by("pk")
        for row in credits.values_list("appearance", "source", "how", "basis", "evidence", "state"):
            if row[0] in found:
                found[row[0]].credits.append(SaidOf(*row[1:]))
        return list(found.values())

    def in_article(self, article: Article) -> Self:
        return self.filter(article=article).order_by("position", "pk")

    def by_pks(self, pks: Iterable[int]) -> Self:
        return self.filter(pk__in=list(pks)).order_by()

    def also_in(self, article: Article) -> Self:
        """Of claims that this article reports, too."""
        return self.filter(claim__in=self.model.objects.filter(article=article).order_by().values("claim"))

    def not_crediting(self, source: Source) -> Self:
        return self.exclude(pk__in=Credit.objects.filter(source=source).values("appearance"))

    def in_articles(self, articles: Iterable[int]) -> Self:
        return self.filter(article__in=list(articles)).order_by()

    def opened_with(
        self, article: Article, *, claims: models.QuerySet[Claim], sources: models.QuerySet[Source]
    ) -> Self:
        """Those that become public with a hidden article and with these claims and sources, and are not yet."""
        told = Q(claim__in=claims.order_by().values("pk")) | Q(claim__status=PUBLISHED)
        is_public = Q(source__status=PUBLISHED, claim__status=PUBLISHED)
        return self.filter(Q(article=article) | Q(source__in=sources.order_by().values("pk")) & told & ~is_public)

    def of_claims(self, claims: Iterable[int]) -> Self:
        return self.filter(claim__in=list(claims)).order_by()

    def asserting(self) -> Self:
        return self.filter(act=Act.ASSERTS)

    def in_source(self, source: Source) -> Self:
        return self.filter(source=source).order_by("position", "pk")

    def of_claim(self, claim: Claim) -> Self:
        return self.filter(claim=claim).order_by(
            F("article__published_from").asc(nulls_last=True), "article_id", "position", "pk"
        )

    def spoken_by(self, actor: Actor) -> Self:
        return self.filter(speaker=actor).order_by("claim_id", "pk")

    def counted_claims(self) -> int:
        """In how many claims these stand. One query."""
        return self.order_by().values("claim").distinct().count()

    def of_outlets(self, slugs: Iterable[str]) -> Self:
        """What published articles of these outlets assert."""
        return self.published_in_articles().asserting().filter(article__outlet__slug__in=list(slugs)).order_by()

    def before_others(self, slugs: Iterable[str]) -> Self:
        """Of these outlets, in an article that is certainly older than every other outlet's on the claim; of which
        there is one at least."""
        told = Appearance.objects.published_in_articles().asserting().filter(claim=OuterRef("claim")).order_by()
        others = told.exclude(article__outlet__slug__in=list(slugs))
        perhaps_older = others.filter(
            Q(article__published_from__isnull=True) | Q(article__published_from__lte=OuterRef("article__published_to"))
        )
        found = self.of_outlets(slugs).filter(article__published_to__isnull=False)
        return found.filter(Exists(others)).exclude(Exists(perhaps_older))

    def relaying(self, slugs: Iterable[str]) -> Self:
        """Of these outlets, resting on a source that is named and not their own reporting."""
        named = Credit.objects.counted().exclude(source__kind__in=(SourceKind.OWN_REPORTING, *UNNAMED_SOURCE_KINDS))
        return self.of_outlets(slugs).filter(Exists(named.filter(appearance=OuterRef("pk"))))

    def naming_no_source(self, slugs: Iterable[str]) -> Self:
        """Of these outlets, in an article that names no source for the claim in any passage."""
        named = Credit.objects.counted().filter(
            appearance__claim=OuterRef("claim"), appearance__article=OuterRef("article"), appearance__act=Act.ASSERTS
        )
        return self.of_outlets(slugs).exclude(Exists(named))

    def last_credited(self) -> Credit | None:
        """The newest credit to a source among these, with source and speaker. One query."""
        credits = Credit.objects.filter(appearance__in=self.order_by(), source__isnull=False)
        return credits.select_related("source__article", "appearance__speaker").order_by("-pk").first()

    def crediting(self, source: Source) -> Self:
        """What was taken from this source, and confirmed."""
        return self.filter(credits__source=source, credits__state=CreditState.CONFIRMED).distinct()


class Appearance(models.Model):
    """A claim in an article or in a source, one row per passage; counts of articles count articles.

    speaker: whose word it is, where an actor says it. verb: as printed ("boasted").
    destination: where people were said to be sent, kept apart because wordings differ in it.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appearances")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="appearances")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="appearances")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    speaker = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="appearances")
    act = models.CharField(max_length=12, choices=Act, default=Act.ASSERTS)
    voice = models.CharField(max_length=16, choices=Voice)
    part = models.CharField(max_length=16, choices=Part, default=Part.BODY)
    hedge = models.CharField(max_length=8, choices=Hedge, default=Hedge.NONE)
    verb = models.CharField(max_length=60, blank=True)
    stance = models.CharField(max_length=12, choices=Stance, default=Stance.PASSES_ON)
    wording = models.CharField(max_length=12, choices=Wording, default=Wording.NOT_KNOWN)
    destination = models.CharField(max_length=12, choices=Destination, blank=True)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["claim", "article"], name="appearance_claim_article")]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, source__isnull=True) | Q(article__isnull=True, source__isnull=False),
                name="appearance_in_article_or_source",
                violation_error_message="A claim appears in one article or in one source, not in both or none.",
            ),
            known("act", Act, "appearance_act_known"),
            known("voice", Voice, "appearance_voice_known"),
            known("part", Part, "appearance_part_known"),
            known("hedge", Hedge, "appearance_hedge_known"),
            known("stance", Stance, "appearance_stance_known"),
            known("wording", Wording, "appearance_wording_known"),
            known("destination", Destination, "appearance_destination_known", or_blank=True),
        ]

    def __str__(self) -> str:
        return f"Claim {self.claim_id} in {'article' if self.article_id else 'source'}"

    def get_absolute_url(self) -> str:
        page = self.article or self.source
        assert page is not None  # noqa: S101  # the constraint appearance_in_article_or_source
        return page.get_absolute_url() + self.fragment

    @property
    def fragment(self) -> str:
        """Where it stands on the page of its article or source."""
        return f"#report-{self.public_id}"
