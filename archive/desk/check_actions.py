"""Opening checks for what a look finds, and closing those whose reason is gone."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from archive.desk import checking
from archive.desk.findings import LOOKED_FOR, NOTED
from archive.models import Article, Check, Person
from archive.models.vocabulary import CheckDecision, CheckKind


def look(article: Article, *, by: Person) -> None:
    """Look at an article's text, coding and dates anew, and ask what there is to decide, each thing once.

    What was decided stays decided as long as its subject is the same. What is open and has lost its reason is taken
    back. Reads first and writes in a transaction of its own, without an event: a question changes no record.
    Queries: some thirty, however long the text and however much is coded.
    """
    stored = Article.objects.visible_to(by).for_page().select_related("extract").get(pk=article.pk)
    found = {finding.key: finding for finding in checking.findings_of(stored, by)}
    held = list(Check.objects.of_article(stored).of_kinds(LOOKED_FOR))
    new = found.keys() - {(check.kind, check.subject) for check in held}
    gone = [check.pk for check in held if checking.has_lost_its_reason(check, found)]
    if not new and not gone:
        # Most looks find what they found before, and no other writer should wait for that.
        return
    with transaction.atomic():
        # Only what is still open: somebody may have decided it a moment ago.
        Check.objects.by_pks(gone).open().delete()
        Check.objects.bulk_create(
            [
                Check(article=stored, kind=kind, subject=subject, is_blocking=found[kind, subject].is_blocking)
                for kind, subject in found
                if (kind, subject) in new
            ],
            ignore_conflicts=True,
        )


def note_private_person(article: Article, *, by: Person) -> None:
    """Ask whether a private person is named, because an editor read it so; once, as long as that is open."""
    with transaction.atomic():
        stored = Article.objects.visible_to(by).select_for_update().get(pk=article.pk)
        asked = Check.objects.of_article(stored).of_kinds([CheckKind.HARM_PRIVATE_PERSON])
        noted = [check for check in asked if check.subject.startswith(NOTED)]
        if all(check.decision != CheckDecision.OPEN for check in noted):
            subject = f"{NOTED}, {len(noted) + 1}"
            Check.objects.create(article=stored, kind=CheckKind.HARM_PRIVATE_PERSON, subject=subject, is_blocking=True)


def ask(questions: Iterable[tuple[Article, str]], kind: CheckKind, *, is_blocking: bool, by: Person) -> None:
    """Open checks for what an act of this person raises, in its transaction, each once. Without an event of its own.

    questions: article and subject; what was asked before is not asked again.
    """
    Check.objects.bulk_create(
        [Check(article=article, kind=kind, subject=subject, is_blocking=is_blocking) for article, subject in questions],
        ignore_conflicts=True,
    )
