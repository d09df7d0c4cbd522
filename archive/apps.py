"""The one app. After every migration it puts triggers and seed rows back in place."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ArchiveConfig(AppConfig):
    name = "archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from archive import system_checks  # noqa: F401  # registers the checks once models are loaded
        from archive.annotate import actions as notes
        from archive.records import everything

        # Features do not know each other; who leaves takes their notes out of public pages and talks first.
        everything.when_somebody_leaves(notes.remove_all_of)

        # The one signal of the project: Django rebuilds SQLite tables without their triggers, and
        # only post_migrate comes after every way of migrating and flushing.
        post_migrate.connect(put_back, sender=self)


def put_back(**kwargs: Any) -> None:
    from django.core.management import call_command
    from django.db import connections  # models are not loaded when this module is

    from archive.history import triggers
    from archive.models import seeds
    from archive.models.events import EventValue
    from archive.search import engine

    alias = kwargs["using"]
    connection = connections[alias]
    # A migration back to zero leaves no tables to guard.
    if EventValue._meta.db_table not in connection.introspection.table_names():
        return
    triggers.install(connection)
    # Migrated back to before the index, there is nothing to keep in step with the documents.
    if {engine.FTS, engine.VECTORS} & set(connection.introspection.table_names()):
        engine.install(connection)
    if alias == "default":
        seeds.put_in_place()
        # The table of archive/slowdown.py, which no model and so no migration makes; that of this name stays as it is.
        call_command("createcachetable", database=alias, verbosity=0)
