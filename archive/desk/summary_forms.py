"""The form of an article's summary, begun with what the coded claims say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from archive.desk.forms import LARGEST_VERSION
from archive.models import Appearance, Article

LONGEST = 5000


class SummaryForm(forms.Form):
    """version: of the article."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("In the archive's own words: no sentence of the outlet's."),
    )
    why = forms.CharField(label=_("Why (the article is public)"), required=False, max_length=500)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not article.is_published:
            del self.fields["why"]


def begun(article: Article, reports: Iterable[Appearance]) -> SummaryForm:
    """The form with the stored summary, or, while there is none, with the sentences of the claims. No query."""
    words = article.summary
    if not words:
        sentences = dict.fromkeys(report.claim.sentence.rstrip(".") for report in reports)
        words = _now("It reports: %(claims)s.") % {"claims": "; ".join(sentences)} if sentences else ""
    return SummaryForm(initial={"summary": words, "version": article.version}, article=article)
