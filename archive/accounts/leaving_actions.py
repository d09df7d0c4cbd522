"""Somebody leaves: the account and everything private of theirs goes, in one transaction; their work stays."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils.translation import gettext as _

from archive.accounts import signature_actions
from archive.models import Person
from archive.records import everything

# Django's administration notes who changed which account. Its table may be there while it is switched off.
ADMIN_LOG = "django_admin_log"


class LastAdministrator(Exception):
    """Without this account nobody could run the site; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You are the only administrator. Make another one first, with “manage.py create_person NAME"
                " --role administrator”; then you can leave."
            )
        )


def is_last_administrator(person: Person) -> bool:
    """Whether nobody else with an open account runs the site. One query."""
    if not person.is_staff:
        return False
    return not Person.objects.filter(is_staff=True, is_active=True).exclude(pk=person.pk).exists()


@transaction.atomic
def leave(person: Person) -> None:
    """Remove an account with all that is private of it. Raises LastAdministrator; of two at once, one is told so."""
    # In one order, so that two who leave at once wait for each other.
    list(Person.objects.filter(is_staff=True).select_for_update().order_by("pk"))
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if is_last_administrator(locked):
        raise LastAdministrator
    for act in everything.ACTS:
        act(by=locked)
    for rows in everything.rows_of(locked):
        rows.delete()
    _forget_in_admin_log(locked)
    old = locked.pen_name
    locked.delete()
    signature_actions.sign_anew(old, "")


def _forget_in_admin_log(person: Person) -> None:
    if ADMIN_LOG not in connection.introspection.table_names():
        return
    accounts = ContentType.objects.get_for_model(Person).pk
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_admin_log WHERE user_id = %s OR content_type_id = %s AND object_id = %s",
            [person.pk, accounts, str(person.pk)],
        )
