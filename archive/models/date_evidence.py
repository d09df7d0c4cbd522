"""What says when an article was published, and how it is known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from archive.models.base import known, ordered
from archive.models.vocabulary import BOUNDS_ONLY, DateBasis, DatePrecision


class DateEvidence(models.Model):
    """One thing that says when an article was published, and how it is known.

    earliest, latest: both empty where no year is printed. At most one is chosen; a footer's year or the
    time of rendering is kept and shown, may bound the others, and can never be chosen.
    """

    article = models.ForeignKey("archive.Article", on_delete=models.CASCADE, related_name="date_evidence")
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=16, choices=DatePrecision)
    words = models.CharField(max_length=120, blank=True)
    basis = models.CharField(max_length=12, choices=DateBasis)
    passage = models.ForeignKey("archive.Passage", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_chosen = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "date evidence"
        constraints = [
            known("precision", DatePrecision, "date_evidence_precision_known"),
            known("basis", DateBasis, "date_evidence_basis_known"),
            ordered("earliest", "latest", "date_evidence_in_order"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(is_chosen=True),
                name="date_evidence_one_chosen",
                violation_error_message="One date is chosen already. Take that choice back first.",
            ),
            models.CheckConstraint(
                condition=Q(is_chosen=False) | ~Q(basis__in=[b.value for b in BOUNDS_ONLY]),
                name="date_evidence_bounds_never_chosen",
                violation_error_message="A footer or render stamp bounds a date; it cannot be the date of publication.",
            ),
            models.CheckConstraint(
                condition=~Q(precision__in=[DatePrecision.NO_YEAR, DatePrecision.UNKNOWN])
                | Q(earliest__isnull=True, latest__isnull=True),
                name="date_evidence_no_year_no_bounds",
                violation_error_message="A date without its year has no earliest and no latest day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words or self.earliest or '?'} ({self.get_basis_display()})"
