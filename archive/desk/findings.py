"""What a look at an article finds, before it is a check: what it is, where it shows, what an editor may do.

A finding is asked once: its subject names it without a word of the text, and stays the same while the sentence or the
records that it is about do.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from archive.models.vocabulary import CheckKind

# They keep an article from being published until somebody has decided.
BLOCKING = frozenset((CheckKind.HARM_SMALL_FIGURE, CheckKind.HARM_PRIVATE_PERSON, CheckKind.PERSONAL_DATA))
# These are asked by what an editor did (a redaction, new terms), and no look takes them back.
ASKED_BY_ACTS = (CheckKind.REDACTED_ELSEWHERE, CheckKind.EXTRACT_CLIPPED)
# In the order in which an editor wants to see them.
LOOKED_FOR = (
    CheckKind.PERSONAL_DATA,
    CheckKind.HARM_PRIVATE_PERSON,
    CheckKind.HARM_SMALL_FIGURE,
    CheckKind.DATE_WITHOUT_BASIS,
    CheckKind.NUMBER_NOT_CODED,
    CheckKind.ATTRIBUTION_WITHOUT_SOURCE,
    CheckKind.HEADLINE_AND_BODY,
    CheckKind.FIGURES_DIFFER,
    CheckKind.SAME_NUMBER,
    CheckKind.NUMBERING_GAP,
    CheckKind.REWRITING,
    CheckKind.NEAR_DUPLICATE,
    CheckKind.OVER_LIMIT,
)
LONGEST_SUBJECT = 120
# Of a check that an editor opened by hand; a number follows. No look takes it back.
NOTED = "noted by an editor"

ADVICE = {
    CheckKind.PERSONAL_DATA: _("Hide it below, or keep it where it is a body's own public contact."),
    CheckKind.HARM_PRIVATE_PERSON: _("Hide the name below, or keep it where it is that of a person in a public role."),
    CheckKind.HARM_SMALL_FIGURE: _("Place it no finer than its region, or decide that nobody can be singled out."),
    CheckKind.DATE_WITHOUT_BASIS: _("Add what says when it was published and choose it, or keep the article undated."),
    CheckKind.NUMBER_NOT_CODED: _("Code it as a figure, or keep it where it counts nothing that the archive counts."),
    CheckKind.ATTRIBUTION_WITHOUT_SOURCE: _(
        "Code the speaker or the source, or keep it where nothing coded rests on it."
    ),
    CheckKind.HEADLINE_AND_BODY: _("Compare both places; put the coding right, or keep both as they are printed."),
    CheckKind.FIGURES_DIFFER: _("Compare the places; put measure, time or number right, or keep what is printed."),
    CheckKind.SAME_NUMBER: _(
        "See whether each stands for the group and stage that its sentence has; nothing is merged."
    ),
    CheckKind.NUMBERING_GAP: _("Note the gap on the article, and mark what is listed only."),
    CheckKind.REWRITING: _("Look whether a source of the text can be found; readers are never shown this."),
    CheckKind.NEAR_DUPLICATE: _("Compare them; they may be one text, of which one article passes on the other."),
    CheckKind.OVER_LIMIT: _("Shorten or reorder passages, or keep them coded and not shown."),
    CheckKind.REDACTED_ELSEWHERE: _("Take the words out of that field, or keep it where they are another's."),
    CheckKind.EXTRACT_CLIPPED: _("Choose shorter passages where readers should go on seeing them."),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a finding shows: a span of the newest captured text, or a coded passage (its pk; None where none is held).

    label: what stands there, in the archive's words; may be empty.
    """

    span: tuple[int, int] | None = None
    passage: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """kind, subject: those of its check. says: one sentence in the archive's words."""

    kind: CheckKind
    subject: str
    says: str
    stretches: tuple[Stretch, ...] = ()

    @property
    def is_blocking(self) -> bool:
        return self.kind in BLOCKING

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.value, self.subject[:LONGEST_SUBJECT]
