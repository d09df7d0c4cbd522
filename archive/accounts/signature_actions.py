"""Pen names: nobody signs with what could be taken for somebody else's name, and all signatures follow a change."""

from __future__ import annotations

from archive.history import versions
from archive.models import Article, Person
from archive.models.people import name_key


def is_anothers(pen_name: str, person: Person, *, among_user_names: bool = True) -> bool:
    """Whether another account signs or signs in with a name that differs in case or letter forms alone. Two queries.

    person: whose name it is to be. What both databases cannot compare is compared here: accounts are few.
    """
    key = name_key(pen_name)
    if not key:
        return False
    others = Person.objects.exclude(pk=person.pk)
    if others.filter(pen_name_key=key).exists():
        return True
    return among_user_names and any(name_key(name) == key for name in others.values_list("username", flat=True))


def sign_anew(old: str, new: str) -> int:
    """Put another signature under the summaries that carry a pen name; in the caller's transaction, at its end.

    No event: what is said of articles stays, and the history names people by their ids. The public version moves even
    without summaries, for corrections are signed, too. Returns how many summaries. Two queries.
    """
    if old == new:
        return 0
    signed = Article.objects.signed_by(old).update(summary_by=new) if name_key(old) else 0
    versions.public_changed()
    return signed
