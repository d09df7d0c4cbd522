"""Corrections as a feed, for those who keep copies of what they cite. It takes no question."""

from __future__ import annotations

import datetime
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.exports.as_atom import ENTRIES, MEDIA_TYPE, ChangeFeed, clean, tag
from archive.filters.corrections import CorrectionPages
from archive.filters.listing import refused
from archive.history import corrections
from archive.records.corrections import CorrectionRecord, correction_records


@login_not_required
@require_safe
def correction_feed(request: HttpRequest) -> HttpResponse:
    """Answer with the newest corrections as Atom; 400 for any question."""
    title, page = _("Corrections"), reverse("pages:correction-list")
    asked = CorrectionPages(request.GET, request=request)
    problems = asked.problems() or {name: _("The feed has no pages.") for name in asked.data}
    if problems:
        context = {"list": refused(asked, problems), "title": title, "path": page}
        return render(request, "exports/refused.html", context, status=HTTPStatus.BAD_REQUEST)
    site = request.build_absolute_uri("/").rstrip("/")
    feed = ChangeFeed(
        title=f"{title} · {_('Coercive Recruitment Archive')}",
        link=f"{site}{page}",
        description=_("What was changed after it was published."),
        language="en",
        author_name=_("Coercive Recruitment Archive"),
        feed_url=f"{site}{request.path}",
        feed_guid=tag(site, request.path),
    )
    for record in correction_records(corrections.loaded(corrections.seqs()[:ENTRIES])):
        feed.add_item(
            title=clean(entry_title(record)),
            link=f"{site}{record.about.page}" if record.about else f"{site}{page}",
            description=escape(clean(told(record))),
            unique_id=tag(site, f"{page}{record.id}"),
            updateddate=datetime.datetime.combine(record.on, datetime.time(), datetime.UTC),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=MEDIA_TYPE)


def entry_title(record: CorrectionRecord) -> str:
    if record.about is None:
        return _("%(kind)s withdrawn") % {"kind": record.kind.label}
    return f"{record.kind.label}: {record.about.title}"


def told(record: CorrectionRecord) -> str:
    """All that is told of a correction, in one line."""
    if record.about is None:
        return record.reason
    if not record.changes:
        return f"{_('Changed for editorial reasons.')} {capitalised(record.who)}."
    nothing = _("nothing")
    changes = [
        f"{one.label}: {one.old or nothing} → {one.new or nothing}." if one.has_values else f"{one.label}."
        for one in record.changes
    ]
    return f"{' '.join(changes)} {capitalised(record.who)}."


def capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
