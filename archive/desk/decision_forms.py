"""Forms for what editors decide: publish, withdraw, redact, checks, the do-no-harm review, terms of reuse."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.desk.forms import LARGEST_VERSION
from archive.models import Article, CaptureText, Check
from archive.models.vocabulary import CheckDecision, HarmReview, RedactionReason, WithdrawalReason
from archive.text import anchor

DECISIONS = [(decision.value, decision.label) for decision in (CheckDecision.RESOLVED, CheckDecision.KEPT)]
HARM_DECISIONS = [(decision.value, decision.label) for decision in (HarmReview.CLEARED, HarmReview.BLOCKED)]
POLICY_FIELDS = ("extract_limit", "is_link_required", "terms_address", "read_on", "note")


class CapturedTextField(forms.ModelChoiceField):
    """Shows each captured text by its capture."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.capture)


class DecisionForm(forms.Form):
    """Several stand on one page: the ids of their fields start with a word of their own; False gives none."""

    ids: ClassVar[str | bool] = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=self.ids)


class ChoosingForm(DecisionForm):
    """A form with a choice among rows of one article."""

    def choose(self, name: str, rows: QuerySet[Any]) -> None:
        """Offer these rows. No query."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # forms declare it so
        field.queryset = rows


class VersionedForm(DecisionForm):
    """A form that was made from one version of a record."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)


class SubmitForm(VersionedForm):
    """Publish, or send to review: nothing to fill in."""


class SendBackForm(VersionedForm):
    ids = "send_back_%s"
    why = forms.CharField(label=_("What is missing"), max_length=500)


class RestoreForm(VersionedForm):
    """The record gets back the values that it had before an event, which the address names."""

    why = forms.CharField(label=_("Why"), required=False, max_length=500)


class WithdrawForm(VersionedForm):
    ids = "withdraw_%s"
    reason = forms.ChoiceField(label=_("Reason that readers are told"), choices=WithdrawalReason.choices)
    why = forms.CharField(label=_("More, for the history"), required=False, max_length=500)


class RedactionForm(ChoosingForm):
    """A quote with its context, in one of the article's captured texts."""

    ids = "redaction_%s"

    text = CapturedTextField(label=_("Saved copy"), queryset=CaptureText.objects.none())
    quote = forms.CharField(label=_("Words to hide, as they stand in the text"), max_length=2000)
    before = forms.CharField(label=_("Words just before"), required=False, max_length=500, strip=False)
    after = forms.CharField(label=_("Words just after"), required=False, max_length=500, strip=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=RedactionReason.choices)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, article: Article, initial: dict[str, Any] | None = None
    ) -> None:
        texts = CaptureText.objects.of_article(article)
        super().__init__(data, initial={"text": texts.first()} | (initial or {}))
        self.choose("text", texts)

    def clean(self) -> dict[str, Any]:
        """Find the words; `cleaned_data["span"]` says where they stand."""
        cleaned = super().clean() or {}
        if "text" not in cleaned or "quote" not in cleaned:
            return cleaned
        # A browser sends line ends of its own.
        quote, before, after = (
            unicodedata.normalize("NFC", cleaned[name].replace("\r\n", "\n")) for name in ("quote", "before", "after")
        )
        try:
            cleaned["span"] = anchor.anchor_quote(cleaned["text"].text, quote, prefix=before, suffix=after)
        except (anchor.QuoteNotFound, anchor.QuoteIsAmbiguous) as error:
            self.add_error("quote", str(error))
        return cleaned


class CheckForm(ChoosingForm):
    check = forms.ModelChoiceField(queryset=Check.objects.none(), widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, article: Article, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.choose("check", Check.objects.of_article(article))


class HarmForm(DecisionForm):
    """seen: the state that the editor decided upon; another one by now means that somebody was first."""

    seen = forms.ChoiceField(choices=HarmReview.choices, widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=_("Do-no-harm check"), choices=HARM_DECISIONS)


class PolicyForm(VersionedForm):
    ids = "policy_%s"
    extract_limit = forms.IntegerField(
        label=_("Characters of one article that may be shown"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Empty where the terms do not say: then the strict limit holds."),
    )
    is_link_required = forms.BooleanField(label=_("The terms ask for a link"), required=False)
    terms_address = forms.URLField(
        label=_("Address of the terms"), required=False, max_length=500, assume_scheme="https"
    )
    read_on = forms.DateField(label=_("Day on which the terms were read"))
    note = forms.CharField(label=_("Note"), required=False, max_length=2000)
    why = forms.CharField(label=_("Why"), required=False, max_length=500)

    def policy_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in POLICY_FIELDS}
