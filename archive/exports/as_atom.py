"""What changed last in a list, as a feed: at the list's address with “.atom”, for whatever the list may be asked.

An entry's time is the day of the record's last change, as everywhere in public. Its words are the archive's own.
Source: RFC 4287 (Atom), RFC 4151 (tag: identifiers).
"""

from __future__ import annotations

import datetime
import re
from urllib.parse import quote, urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.exports.files import Listed, Origin, Record, origin_of
from archive.filters.listing import ListFilter
from archive.records.export_rows import ArticleExport, ClaimExport

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ENTRIES = 50
# A tag: identifier says since when its host's name is ours; the year in which the archive began stands for good.
SINCE = "2026"
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

# Characters that XML cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ChangeFeed(Atom1Feed):
    """Django's Atom, whose feed without entries says that it never changed, not that it changed just now."""

    def latest_post_date(self) -> datetime.datetime:
        return max((entry["updateddate"] for entry in self.items), default=NEVER)


def answer(request: HttpRequest, asked: ListFilter, listed: Listed) -> HttpResponse:
    """Answer with the records that changed last. Queries: one for the ids, and a constant number for the records."""
    newest = list(asked.qs.recently_changed().values_list("pk", flat=True)[:ENTRIES])
    origin = origin_of(request, asked, listed)
    words = feed(listed.load(newest), origin, title=listed.title, address=request.path)
    return HttpResponse(words, content_type=MEDIA_TYPE)


def feed(records: list[Record], origin: Origin, *, title: str, address: str) -> str:
    """Write the feed. address: its own path."""
    own_address = f"{origin.site}{address}" + (f"?{origin.query}" if origin.query else "")
    made = ChangeFeed(
        title=clean(f"{title} · {_('Coercive Recruitment Archive')}"),
        link=origin.list_address,
        description=clean(_("What was asked: %(query)s") % {"query": origin.query} if origin.query else ""),
        language="en",
        author_name=_("Coercive Recruitment Archive"),
        feed_url=own_address,
        feed_guid=tag(origin.site, f"{address}?{origin.query}" if origin.query else address),
    )
    for record in records:
        made.add_item(
            title=clean(record.title if isinstance(record, ArticleExport) else record.sentence),
            link=f"{origin.site}{record.page}",
            # Atom's text here is HTML.
            description=escape(clean(summary(record))),
            unique_id=tag(origin.site, record.page),
            updateddate=datetime.datetime.combine(record.updated_on, datetime.time(), datetime.UTC),
        )
    return made.writeString("utf-8")


def summary(record: Record) -> str:
    """An article's summary with its outlet and date, or a claim's counts."""
    if isinstance(record, ClaimExport):
        return counts(record)
    version = _("Version %(version)s.") % {"version": record.version}
    return " ".join(filter(None, [f"{record.outlet.title}, {record.when.text}.", record.summary, version]))


def counts(claim: ClaimExport) -> str:
    """Never without the number of denials."""
    found = [
        ngettext("%(n)s article", "%(n)s articles", claim.articles) % {"n": claim.articles},
        ngettext("passed on %(n)s way", "passed on %(n)s ways", claim.routes) % {"n": claim.routes},
        ngettext("%(n)s starting point", "%(n)s starting points", claim.origins) % {"n": claim.origins},
        ngettext("%(n)s denial", "%(n)s denials", claim.denials) % {"n": claim.denials},
    ]
    version = _("Version %(version)s.") % {"version": claim.version}
    return f"{' · '.join(found)}. {version}"


def tag(site: str, path: str) -> str:
    """An identifier that stays, whatever becomes of the address. Holds no port: the name alone is owned."""
    return f"tag:{urlsplit(site).hostname},{SINCE}:{quote(path, safe='/?=&%:;,+~-._')}"


def clean(words: str) -> str:
    return _NOT_XML.sub("", words)
