"""Four eyes: where ARCHIVE_SECOND_PERSON is on, who wrote or coded an article does not publish it.

Who that was, the history says: whoever added, edited or merged the article, its saved copies, reports and figures,
or anything else that would become public with it. What is a draft or in review was never public.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from archive.desk import parts
from archive.models import Appearance, Article, Event, Figure, Person
from archive.models.base import USE_DESK
from archive.models.vocabulary import RecordKind, RecordStatus


def reasons_against(article: Article, person: Person) -> list[str]:
    """What keeps this person from publishing the article, in sentences. No query where the setting is off."""
    if not settings.ARCHIVE_SECOND_PERSON or article.status not in (RecordStatus.DRAFT, RecordStatus.IN_REVIEW):
        return []
    found = []
    if article.status == RecordStatus.DRAFT:
        found.append(_("It is a draft: send it to review first."))
    written_by = Event.objects.writers_of(_written(article))
    if person.public_id in written_by:
        names = ", ".join(sorted(called(one) for one in _others(written_by)))
        found.append(
            _("You wrote or coded part of it, so somebody else must publish it: %(names)s.") % {"names": names}
            if names
            else _("You wrote or coded part of it, and there is nobody else to publish it: open another account.")
        )
    return found


def _written(article: Article) -> list[tuple[str, str]]:
    """Kind and public id of each record that would become public with the article. Queries: a dozen."""
    found = [(RecordKind.ARTICLE.value, article.public_id)]
    used = parts.of_article(article)
    reports = Appearance.objects.opened_with(article, claims=used.claims, sources=used.sources)
    found += [(RecordKind.APPEARANCE.value, one) for one in reports.values_list("public_id", flat=True)]
    figures = Figure.objects.in_reports(reports)
    found += [(RecordKind.FIGURE.value, one) for one in figures.values_list("public_id", flat=True)]
    found += [(RecordKind.CAPTURE.value, one.public_id) for one in article.captures.all()]
    beside = [article.outlet, *used.records()]
    found += [(str(one._meta.model_name), one.public_id) for one in beside if not one.is_published]
    return found


def _others(written_by: set[str]) -> list[Person]:
    return [one for one in Person.objects.with_perm(USE_DESK) if one.public_id not in written_by]


def called(person: Person) -> str:
    """How editors call each other."""
    return person.pen_name or person.username
