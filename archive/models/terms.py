"""Controlled terms that need a definition: tactics, people concerned, measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from archive.models.base import User, known
from archive.models.places import Place
from archive.models.vocabulary import ASSERTED_BY, Act, AssertedBy, RecordStatus, Stage, TacticGroup, Unit


class Term(models.Model):
    """A term with what it includes and what it does not."""

    slug = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.label


COUNTED_VOICES = (AssertedBy.SPEAKER, AssertedBy.OUTLET, AssertedBy.NOBODY)


class TacticQuerySet(models.QuerySet["Tactic"]):
    def visible_to(self, user: User) -> Self:
        """Tactics are vocabulary; what is said of them passes the door of its report."""
        return self.all()

    def with_claim_count(self) -> Self:
        """Count published claims on which a published report has the tactic, one that denies it, too. No query."""
        return self.annotate(
            claim_count=Count(
                "uses__appearance__claim",
                filter=Q(uses__appearance__claim__status=RecordStatus.PUBLISHED)
                & (
                    Q(uses__appearance__article__status=RecordStatus.PUBLISHED)
                    | Q(uses__appearance__source__status=RecordStatus.PUBLISHED)
                ),
                distinct=True,
            )
        )

    def with_voices(self) -> Self:
        """Beside that, the claims in which speakers assert it, outlets by themselves, and hearsay. No query."""
        of_claim = Q(uses__appearance__claim__status=RecordStatus.PUBLISHED, uses__appearance__act=Act.ASSERTS)
        in_articles = of_claim & Q(uses__appearance__article__status=RecordStatus.PUBLISHED)
        in_sources = of_claim & Q(uses__appearance__source__status=RecordStatus.PUBLISHED)
        voices: dict[str, list[str]] = {}
        for voice, who in ASSERTED_BY.items():
            voices.setdefault(who, []).append(voice)
        said = {who: in_articles & Q(uses__appearance__voice__in=found) for who, found in voices.items()}
        said[AssertedBy.SPEAKER] |= in_sources
        counts = {
            f"{who}_count": Count("uses__appearance__claim", filter=said[who], distinct=True) for who in COUNTED_VOICES
        }
        return self.with_claim_count().annotate(**counts)


class Tactic(Term):
    """A method of pressure."""

    group = models.CharField(max_length=16, choices=TacticGroup)
    definition = models.TextField()
    include = models.TextField(blank=True)
    exclude = models.TextField(blank=True)
    example = models.TextField(blank=True)

    objects = TacticQuerySet.as_manager()

    class Meta(Term.Meta):
        constraints = [known("group", TacticGroup, "tactic_group_known")]

    def get_absolute_url(self) -> str:
        return f"{reverse('browse:tactic-list')}#{self.slug}"

    @property
    def voices(self) -> list[tuple[str, str, int]]:
        """On whose word it is asserted, in how many claims each: rows of ``with_voices()``."""
        return [(one.value, str(one.label), getattr(self, f"{one.value}_count")) for one in COUNTED_VOICES]


class PeopleGroup(Term):
    """A group of people concerned."""

    use_for = models.TextField(blank=True)
    not_for = models.TextField(blank=True)


def measure_slug(stage: str, people: Iterable[str], origin: str | None, territory: str | None) -> str:
    """The address of a measure: ``sent/naturalised/ru``, ``recruited/foreign-recruits-from-np/all``."""
    who = "+".join(sorted(people))
    return "/".join([stage, f"{who}-from-{origin}" if origin else who, territory or "all"])


# Of measures: a figure that the public may see.
PUBLISHED_FIGURE = Q(figures__appearance__claim__status=RecordStatus.PUBLISHED) & (
    Q(figures__appearance__article__status=RecordStatus.PUBLISHED)
    | Q(figures__appearance__source__status=RecordStatus.PUBLISHED)
)


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: User) -> Self:
        """Measures are vocabulary; figures under them pass their own door."""
        return self.all()

    def for_listing(self) -> Self:
        """Load what browse/measure_list.html reads. Two queries."""
        return self.select_related("territory", "origin").prefetch_related("people").with_figure_count()

    def with_figure_count(self) -> Self:
        """Count published figures under each measure, as ``figure_count``."""
        return self.annotate(figure_count=Count("figures", filter=PUBLISHED_FIGURE, distinct=True))

    def best_followed(self) -> Self:
        """Measures with two published figures or more that have a number and a day, those with most first."""
        followed = PUBLISHED_FIGURE & (Q(figures__low__isnull=False) | Q(figures__high__isnull=False))
        followed &= Q(figures__as_of_from__isnull=False) | Q(figures__as_of_to__isnull=False)
        counted = self.annotate(followed_count=Count("figures", filter=followed, distinct=True))
        return counted.filter(followed_count__gte=2).order_by("-followed_count", "slug")


class Measure(models.Model):
    """What is counted: a stage, of some people, in a territory, in a unit.

    Only figures of equal measures share a chart or a notice that figures differ.
    origin: the area that the people come from, where the number is limited to it.
    territory: None means everywhere.
    """

    slug = models.CharField(max_length=160, unique=True)
    stage = models.CharField(max_length=20, choices=Stage)
    people = models.ManyToManyField(PeopleGroup, related_name="measures")
    origin = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="measures_from")
    territory = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="measures_in")
    unit = models.CharField(max_length=12, choices=Unit, default=Unit.PERSONS)
    definition = models.TextField(blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            known("stage", Stage, "measure_stage_known"),
            known("unit", Unit, "measure_unit_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("browse:measure-detail", kwargs={"path": self.slug})

    @property
    def title(self) -> str:
        """In plain words, from loaded relations: new citizens · sent to a war zone · Russia."""
        people = ", ".join(group.label for group in self.people.all())
        origin = f" from {self.origin}" if self.origin else ""
        return (
            f"{people[:1].upper()}{people[1:]}{origin} · {self.get_stage_display()} · {self.territory or 'everywhere'}"
        )
