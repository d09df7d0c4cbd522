"""Rows that the archive cannot work without, put in place after every migration.

Countries come from CLDR by way of Babel; tactics and people concerned from ``fixtures/vocabulary``.
Putting them in place again changes nothing but definitions that have been reworded there, and those not where an
editor has reworded them since.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale
from django.contrib.auth.models import Group, Permission
from django.db import models

from archive.models.base import READ_FULL_TEXT, USE_DESK
from archive.models.events import ArchiveState, Event
from archive.models.people import EDITORS, RESEARCHERS
from archive.models.places import Country
from archive.models.terms import PeopleGroup, Tactic
from archive.models.vocabulary import EventAct

VOCABULARY = Path(__file__).resolve().parents[2] / "fixtures" / "vocabulary"

# CLDR lists these two-letter codes beside ISO 3166-1's: unions, exceptional reservations, test codes.
NOT_ISO_3166_1 = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])


def put_in_place() -> None:
    """Make the state row, groups, countries and controlled terms, where they are missing or changed."""
    ArchiveState.objects.get_or_create(pk=ArchiveState.ONLY)
    _groups()
    _countries()
    _terms(Tactic, "tactics.json", ["group", "label", "definition", "include", "exclude", "example"])
    _terms(PeopleGroup, "people.json", ["label", "use_for", "not_for"])


def _groups() -> None:
    for name, wanted in ((RESEARCHERS, [READ_FULL_TEXT]), (EDITORS, [READ_FULL_TEXT, USE_DESK])):
        group, _ = Group.objects.get_or_create(name=name)
        codes = [permission.split(".")[1] for permission in wanted]
        group.permissions.set(Permission.objects.filter(content_type__app_label="archive", codename__in=codes))


def _countries() -> None:
    names = Locale("en").territories
    wanted = {
        code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NOT_ISO_3166_1
    }
    held = dict(Country.objects.values_list("code", "name"))
    changed = [Country(code=code, name=name) for code, name in wanted.items() if held.get(code) != name]
    if changed:
        Country.objects.bulk_create(changed, update_conflicts=True, unique_fields=["code"], update_fields=["name"])


def _edited(model: type[models.Model]) -> set[str]:
    """Slugs of the terms that editors have worded themselves: their words stay."""
    edits = Event.objects.filter(kind=model._meta.model_name, act__in=[EventAct.EDIT, EventAct.RESTORE])
    pks = [int(number) for number in edits.values_list("public_id", flat=True).distinct()]
    return set(model._default_manager.filter(pk__in=pks).values_list("slug", flat=True))


def _terms(model: type[models.Model], file_name: str, fields: list[str]) -> None:
    rows = json.loads((VOCABULARY / file_name).read_text(encoding="utf-8"))
    wanted = [
        {"slug": row["slug"], "position": position, **{field: row.get(field, "") for field in fields}}
        for position, row in enumerate(rows)
    ]
    columns = ["slug", "position", *fields]
    held = list(model._default_manager.order_by("position").values(*columns))
    edited = _edited(model)
    wanted = [row for row in wanted if row["slug"] not in edited]
    if [row for row in held if row["slug"] not in edited] != wanted:
        model._default_manager.bulk_create(
            [model(**row) for row in wanted],
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=["position", *fields],
        )
