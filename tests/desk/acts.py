"""What editors do at the desk, by the forms of its pages; and what readers see of an article then."""

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from archive.access import extracts
from archive.access.texts import texts_for
from archive.models import Article, Event
from archive.models.vocabulary import RecordStatus
from tests.desk.edit_form import sent_by
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    ClaimFactory,
    FigureFactory,
    OutletFactory,
    PassageFactory,
    SourceFactory,
    captured,
)

READER = AnonymousUser()
FACTORIES = {
    "article": ArticleFactory,
    "outlet": OutletFactory,
    "claim": ClaimFactory,
    "source": SourceFactory,
    "actor": ActorFactory,
    "figure": FigureFactory,
}
TEXT_FIELDS = {
    "article": "summary",
    "outlet": "about",
    "claim": "note",
    "source": "note",
    "actor": "role",
    "figure": "note",
}


def address_of(record, kind: str = "article") -> str:
    return f"/desk/{kind}/{record.public_id}/edit/"


def edit(desk: Client, record, kind: str = "article", **changes: object):
    address = address_of(record, kind)
    return desk.post(address, sent_by(desk.get(address), address, **changes))


def last_event() -> Event:
    return Event.objects.latest("seq")


def changes_of(event: Event) -> dict[str, tuple[str | None, str | None]]:
    return {value.field: (value.old, value.new) for value in event.values_kept.all()}


def page_of(article: Article) -> str:
    return f"/desk/articles/{article.public_id}/"


def send(desk: Client, article: Article, what: str, **changes: object):
    address = f"{page_of(article)}{what}/"
    return desk.post(address, sent_by(desk.get(page_of(article)), address, **changes))


def shown_to_readers(article: Article) -> str:
    article.refresh_from_db()
    return " ".join(quote.plain for quote in texts_for([article], READER)[article.pk].passages)


def coded(words: str = "About 20,000 were sent", **article: object) -> Article:
    """An article with one report of a claim whose wording is held."""
    record = ArticleFactory(**article)
    text = captured(record, "A headline", f"{words}, it says.")
    is_public = record.status == RecordStatus.PUBLISHED
    report = AppearanceFactory(
        article=record, claim__published=is_public, passage=PassageFactory(capture_text=text, words=words)
    )
    extracts.rebuild([record.pk])
    return report.article


def redact(desk: Client, article: Article, quote: str, **more: object):
    return send(desk, article, "redactions", quote=quote, reason="private-person", **more)


def review(desk: Client, article: Article, decision: str):
    capture = article.captures.get()
    address = f"/desk/captures/{capture.public_id}/review/"
    return desk.post(address, sent_by(desk.get(page_of(article)), address, decision=decision))


def add_policy(desk: Client, outlet, **changes: object):
    address, form_page = f"/desk/outlets/{outlet.public_id}/policies/", f"/desk/outlet/{outlet.public_id}/edit/"
    values = {"read_on": "2026-11-20", "why": "New terms", **changes}
    return desk.post(address, sent_by(desk.get(form_page), address, **values))
