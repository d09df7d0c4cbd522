"""How a record is cited, in one line of text: the words of _components/citation.html, for files."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from archive.records.export_rows import ArticleExport, ClaimExport
from archive.text.dates import PartialDate, written

NOT_DATED = written(PartialDate(None, None, "unknown", ""))


def citation(record: ArticleExport | ClaimExport, *, site: str, on: date) -> str:
    """The line for a record that was read on a day. site: scheme and host."""
    if isinstance(record, ArticleExport):
        dated = f", {record.when.text}" if record.when.text != NOT_DATED else ""
        address = f" {record.url}." if record.url else ""
        head = f"{record.outlet.title}: “{record.title}”{dated}.{address}"
    else:
        head = f"“{record.sentence}”."
    words = _("In: Coercive Recruitment Archive, record %(id)s, version %(version)s, accessed %(day)s.")
    day = written(PartialDate(on, on, "day", ""))
    tail = words % {"id": record.id, "version": record.version, "day": day}
    return f"{head} {tail} {site}{record.page}"
