"""Forms for notes. Words that are marked come as a place in the reader's own text, or as the words themselves."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.access.own_text import OwnText
from archive.annotate.actions import Place, Said
from archive.models import Annotation, Claim, Person, Tactic
from archive.models.annotations import LONGEST_BODY, LONGEST_TAG
from archive.models.vocabulary import Motivation, Sharing
from archive.text import anchor, normalise

MOST_TAGS = 20
LONGEST_QUOTE = 5000
_PLACE = re.compile(r"(\d{1,15}):(\d{1,9})-(\d{1,9})")
_PUBLIC_ID = re.compile(r"(?:^|/claims/)([0-9a-z]{8})(?:[/?#]|$)")

MOTIVATIONS = [(one.value, one.label) for one in Motivation if one is not Motivation.REPLYING]
# Everybody reads what an editor published; an author proposes.
SHARINGS = [(one.value, one.label) for one in Sharing if one is not Sharing.PUBLISHED]
BETWEEN_READERS = [(one.value, one.label) for one in (Sharing.SHARED, Sharing.PRIVATE)]


class NoteForm(forms.Form):
    """A note, new or to be changed. own: the text whose words can be marked; None where none is held.

    After validation `place` is where the note stands, or None for the whole article.
    """

    at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    quote = forms.CharField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("Copied from the text; left empty, the note is on the article as a whole."),
        required=False,
        strip=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    before = forms.CharField(
        label=gettext_lazy("Just before them"),
        help_text=gettext_lazy("Only where the same words stand in several places."),
        required=False,
        strip=False,
        max_length=500,
    )
    motivation = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MOTIVATIONS, initial=Motivation.COMMENTING)
    body = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Of your own, parted by commas."),
        required=False,
        max_length=MOST_TAGS * (LONGEST_TAG + 2),
    )
    tactics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Methods of pressure"),
        queryset=Tactic.objects.none(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    claim = forms.CharField(
        label=gettext_lazy("Claim"),
        help_text=gettext_lazy("Its address here, its id, or its sentence."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"list": "claims-offered", "autocomplete": "off"}),
    )
    sharing = forms.ChoiceField(label=gettext_lazy("Who reads it"), choices=SHARINGS, initial=Sharing.PRIVATE)

    def __init__(self, *args: Any, reader: Person, own: OwnText | None, note: Annotation | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.reader, self.own, self.note = reader, own, note
        self.place: Place | None = None
        self.fields["tactics"].queryset = Tactic.objects.all()  # type: ignore[attr-defined]  # declared so above
        if note is not None:
            self.fields["quote"].label = _("Other words")
            self.fields["quote"].help_text = _("Copied from the text; left empty, the note stays where it stands.")
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=note.version)
        if own is None:
            for name in ("at", "quote", "before"):
                del self.fields[name]

    def clean_body(self) -> str:
        return _text(self.cleaned_data["body"])

    def clean_tags(self) -> tuple[str, ...]:
        tags = [normalise.single_line(_text(one)) for one in self.cleaned_data["tags"].split(",")]
        found = tuple(dict.fromkeys(tag for tag in tags if tag))
        if len(found) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in found):
            words = _("At most %(most)s tags of at most %(longest)s characters: leave some out.")
            raise ValidationError(words % {"most": MOST_TAGS, "longest": LONGEST_TAG})
        return found

    def clean_claim(self) -> Claim | None:
        typed = normalise.single_line(self.cleaned_data["claim"])
        if not typed:
            return None
        claims = Claim.objects.visible_to(self.reader).not_withdrawn()
        match = _PUBLIC_ID.search(typed)
        found = claims.with_public_ids([match[1]]).first() if match else None
        found = found or claims.of_sentence(typed)
        if found is None:
            words = _("No claim is at “%(typed)s”: copy its address from its page, or choose one that is offered.")
            raise ValidationError(words % {"typed": typed[:80]})
        return found

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or {}
        if self.own is not None and not {"at", "quote", "before"} & set(self.errors):
            self._find_place(self.own, filled)
        motivation, body = filled.get("motivation"), filled.get("body")
        if motivation in (Motivation.COMMENTING, Motivation.QUESTIONING) and "body" in filled and not body:
            words = _("Write what you want to say; to mark the words alone, make it a highlight.")
            self.add_error("body", ValidationError(words))
        has_words = self.place is not None or self.note is not None and (self.note.text_id or self.note.quote)
        if motivation == Motivation.HIGHLIGHTING and self.own is not None and not has_words and not self.errors:
            self.add_error("quote", ValidationError(_("A highlight marks words: select or copy them.")))
        if motivation == Motivation.TAGGING and not filled.get("tags") and not filled.get("tactics"):
            self.add_error("tags", ValidationError(_("Give a tag, or choose a method of pressure.")))
        if motivation == Motivation.LINKING and "claim" in filled and not filled["claim"]:
            self.add_error("claim", ValidationError(_("Say which claim the note leads to.")))
        return filled

    def said(self) -> Said:
        """What a valid form says."""
        filled = self.cleaned_data
        return Said(
            motivation=filled["motivation"],
            sharing=filled["sharing"],
            body=filled["body"],
            tags=filled["tags"],
            tactics=tuple(filled["tactics"]),
            claim=filled["claim"],
        )

    @property
    def begins_at(self) -> int | None:
        """Where the stretch begins that was chosen for it, in the reader's own text."""
        typed = self["at"].value() if "at" in self.fields else ""
        chosen = self._chosen(self.own, str(typed or "")) if self.own else None
        return chosen[0] if chosen else None

    def _find_place(self, own: OwnText, filled: dict[str, Any]) -> None:
        quote, before = _text(filled.get("quote", "")), _text(filled.get("before", ""))
        chosen = self._chosen(own, filled.get("at", ""))
        try:
            if chosen and quote in ("", own.words[slice(*chosen)]):
                found = chosen
            elif quote:
                found = _within(own, quote, before, chosen)
            else:
                return
        except (anchor.QuoteNotFound, anchor.QuoteIsAmbiguous) as error:
            self.add_error("quote", ValidationError(str(error)))
            return
        self.place = (own.text.pk, *own.kept(*found))

    def _chosen(self, own: OwnText, typed: str) -> tuple[int, int] | None:
        """The stretch that a click or a link chose, if it is one of this text."""
        match = _PLACE.fullmatch(typed)
        if match is None or int(match[1]) != own.text.pk:
            return None
        start, end = int(match[2]), int(match[3])
        return (start, end) if 0 <= start < end <= len(own.words) else None


class ReplyForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 3})
    )
    sharing = forms.ChoiceField(label=gettext_lazy("Who reads it"), choices=BETWEEN_READERS, initial=Sharing.SHARED)

    def clean_body(self) -> str:
        return _text(self.cleaned_data["body"])


class VersionForm(forms.Form):
    """Something is done to a note as it was when its page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class PublishForm(VersionForm):
    is_checked = forms.BooleanField(label=gettext_lazy("I looked: nobody is named who must not be"), required=False)


class DeclineForm(VersionForm):
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed where everybody reads it now."),
    )


def _within(own: OwnText, quote: str, before: str, chosen: tuple[int, int] | None) -> tuple[int, int]:
    """Words within the stretch that was chosen, if they are there once; else in the whole text."""
    if chosen:
        try:
            found = anchor.anchor_quote(own.words[slice(*chosen)], quote, prefix=before)
        except (anchor.QuoteNotFound, anchor.QuoteIsAmbiguous):
            pass
        else:
            return chosen[0] + found.start, chosen[0] + found.end
    try:
        return anchor.anchor_quote(own.words, quote, prefix=before)
    except anchor.QuoteNotFound:
        # Copying takes a line feed or a space along at either end.
        return anchor.anchor_quote(own.words, quote.strip(), prefix=before)


def _text(typed: str) -> str:
    return unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
